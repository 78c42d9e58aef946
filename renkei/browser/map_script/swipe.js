/* Side by side: the slider between two indicators. */

Object.assign(renkeiMap, {
  // The slider between two indicators: a line over the map and an input that a keyboard moves too.
  makeSlider: function () {
    const box = el("div", "renkei-slider"), line = el("div", "renkei-divide");
    const input = el("input");
    Object.assign(input, { type: "range", min: 2, max: 98, value: 50, step: 1 });
    const titles = [el("span", "renkei-side"), el("span", "renkei-side")];
    box.append(titles[0], input, titles[1]);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.on(box, "mousedown touchstart pointerdown", L.DomEvent.stopPropagation);
    const move = () => {
      this.renderers.fills.divide = Number(input.value) / 100;
      line.style.left = input.value + "%";
      const renderer = this.renderers.fills;
      cancelAnimationFrame(this.sliding);
      this.sliding = requestAnimationFrame(() => { renderer._redrawBounds = null; renderer._redraw(); });
    };
    input.addEventListener("input", move);
    this.map.on("move", () => { if (this.slider.shown) move(); });
    this.map.getContainer().append(line, box);
    this.slider = { box, line, input, titles, shown: false };
    this.showSlider(false);
  },

  showSlider: function (shown) {
    const { box, line, input, titles } = this.slider;
    this.slider.shown = shown;
    box.style.display = line.style.display = shown ? "" : "none";
    line.style.left = input.value + "%";
    if (!shown) return;
    input.setAttribute("aria-label", this.words().swipe_label);
    titles[0].textContent = "◀ " + this.state.legend.title;
    titles[1].textContent = this.state.second.legend.title + " ▶";
  },
});
