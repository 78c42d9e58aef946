/* The years of a series: a slider that repaints while it is moved, and a button that plays it. */

const STEP_MS = 900;             // between two years while it plays

Object.assign(renkeiMap, {
  makeDates: function () {
    const box = el("div", "renkei-dates"), input = el("input"), button = el("button"), label = el("output");
    Object.assign(input, { type: "range", min: 0, step: 1 });
    button.type = "button";
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    L.DomEvent.on(box, "mousedown touchstart pointerdown", L.DomEvent.stopPropagation);
    box.append(button, input, label);
    this.map.getContainer().append(box);
    this.dates = { box, input, button, label, list: [], playing: null };
    input.addEventListener("input", () => { this.stopDates(false); this.dateAt(Number(input.value)); });
    input.addEventListener("change", () => this.tellDate());
    button.addEventListener("click", () => (this.dates.playing ? this.stopDates(true) : this.playDates()));
    box.style.display = "none";
  },

  showDates: function () {
    const { box, input, label, button } = this.dates;
    const list = this.state.dates || [];
    const changed = String(list) !== String(this.dates.list);
    this.dates.list = list;
    box.style.display = list.length ? "" : "none";
    this.map.getContainer().classList.toggle("renkei-dated", list.length > 0);
    if (!list.length) { this.stopDates(false); return; }
    if (changed) this.stopDates(false);
    const asked = this.state.foretold || this.state.asked;
    const index = Math.max(0, list.findIndex(([date]) => date === asked.date));
    input.max = list.length - 1;
    if (!this.dates.playing && Number(input.value) !== index) input.value = index;
    label.textContent = list[index][1];
    input.setAttribute("aria-label", this.words().date);
    input.setAttribute("aria-valuetext", list[index][1]);
    this.tellPlay();
    const bivariate = Boolean(this.state.second && !this.state.second.classes);
    button.disabled = !asked.standard || bivariate;
    // In the kept file nobody answers: other classes than the standard ones stay at their year.
    input.disabled = Boolean(this.alone) && button.disabled;
  },

  // Paint a year. Where the browser does not hold it, the server is asked.
  dateAt: function (index) {
    const [date, label] = this.dates.list[index];
    this.dates.label.textContent = label;
    if (!this.paintAhead({ date: date })) this.tell({ date: date });
  },
  tellDate: function () {
    const chosen = this.dates.list[Number(this.dates.input.value)];
    if (chosen) this.tell({ date: chosen[0] });
  },

  playDates: function () {
    const { input, list } = this.dates;
    let index = Number(input.value) + 1 >= list.length ? 0 : Number(input.value) + 1;
    const step = () => {
      if (index >= this.dates.list.length) { this.stopDates(true); return; }
      input.value = index;
      this.dateAt(index);
      index += 1;
    };
    this.dates.playing = setInterval(step, STEP_MS);
    step();
    this.tellPlay();
  },
  stopDates: function (tell) {
    if (!this.dates.playing) return;
    clearInterval(this.dates.playing);
    this.dates.playing = null;
    this.tellPlay();
    if (tell) this.tellDate();
  },
  tellPlay: function () {
    const { button, playing } = this.dates;
    const text = this.words()[playing ? "pause" : "play"];
    button.textContent = playing ? "❚❚" : "▶";
    button.title = text;
    button.setAttribute("aria-label", text);
  },
});
