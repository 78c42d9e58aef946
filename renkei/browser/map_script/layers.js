/* The list of layers: its order is the order in which they are drawn, the first on top; and the tiles of 国土地理院. */

const FACT_LAYERS = ["cases", "ties", "blocs", "core_city", "self_reliant", "medical"];
const TOP_PANE = 395;            // z-index of the uppermost of them
const TILES = "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png";
const TILES_TERMS = "https://maps.gsi.go.jp/development/ichiran.html";
const TILES_MS = 6000;           // with no tile by then, the network is closed

Object.assign(renkeiMap, {
  // A pane and a canvas a layer: another order is another z-index, nothing is drawn again.
  makeLayerPanes: function () {
    FACT_LAYERS.forEach((id, i) => {
      this.map.createPane(id).style.zIndex = TOP_PANE - i;
      this.renderers[id] = new L.Canvas({ pane: id, padding: 0.3, tolerance: 4 });
    });
    this.layerOrder = FACT_LAYERS.slice();
  },
  style: function (layer) { return { renderer: this.renderers[layer], pane: layer, interactive: false }; },

  // Facts of a layer that is off carry no mark. Whatever draws, counts or answers to the pointer sees these marks.
  masked: function (state) {
    const on = new Set(state.layers);
    const none = (text) => "0".repeat(text.length);
    let blocs = "";
    this.facts.blocs.forEach((bloc, i) => { blocs += on.has(bloc.layer) ? state.blocs[i] : "0"; });
    return { ...state, cases: on.has("cases") ? state.cases : none(state.cases),
      ties: on.has("ties") ? state.ties : none(state.ties), blocs: blocs };
  },

  makeLayerList: function () {
    const box = el("details", "renkei-legend renkei-layers");
    box.open = false;
    const control = L.control({ position: "topright" });
    control.onAdd = () => {
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      L.DomEvent.on(box, "click", L.DomEvent.stopPropagation);      // what is clicked is made anew: Leaflet would not find the box
      return box;
    };
    control.addTo(this.map);
    this.layerBox = box;
  },

  showLayers: function () {
    const layers = this.state.layers, facts = layers.filter((id) => FACT_LAYERS.includes(id));
    this.layerOrder = [...facts, ...this.layerOrder.filter((id) => !facts.includes(id))];
    this.layerOrder.forEach((id, i) => { this.map.getPane(id).style.zIndex = TOP_PANE - i; });
    this.showTiles(layers.includes("tiles"));
    const key = [this.layerOrder, layers, this.state.english].join("|");
    if (key === this.layerKey) return;
    this.layerKey = key;
    const words = this.words(), active = document.activeElement && document.activeElement.dataset.act;
    const list = el("ol");
    this.layerOrder.forEach((id, i) => list.append(this.layerRow(id, i, layers.includes(id))));
    const ground = el("div", "renkei-small", words.ground);
    this.layerBox.replaceChildren(el("summary", "", words.layers), list, ground);
    if (!this.alone) this.layerBox.append(this.layerCheck("tiles", layers.includes("tiles")));
    // The list is made anew: whoever uses a keyboard stays where they were.
    const again = active && this.layerBox.querySelector('[data-act="' + active + '"]');
    if (again) (again.disabled ? again.parentNode.querySelector("button:not(:disabled)") : again).focus();
  },
  layerName: function (id) { return this.words().blocs[id] || this.words()[id]; },
  layerRow: function (id, i, on) {
    const row = el("li", "renkei-layer"), words = this.words();
    row.append(this.layerCheck(id, on));
    for (const [step, sign, word] of [[-1, "↑", words.upward], [1, "↓", words.downward]]) {
      const button = el("button", "", sign);
      button.type = "button";
      button.dataset.act = id + step;
      button.disabled = i + step < 0 || i + step >= FACT_LAYERS.length;
      button.title = word;
      button.setAttribute("aria-label", this.layerName(id) + "：" + word);
      button.addEventListener("click", () => this.moveLayer(id, step));
      row.append(button);
    }
    return row;
  },
  layerCheck: function (id, on) {
    const label = el("label"), box = el("input");
    box.type = "checkbox";
    box.checked = on;
    box.dataset.act = id;
    box.addEventListener("change", () => {
      this.tilesFailed = false;
      this.chooseLayers(box.checked ? [...this.state.layers, id] : this.state.layers.filter((each) => each !== id));
    });
    label.append(box, el("span", "", this.layerName(id)));
    return label;
  },
  moveLayer: function (id, step) {
    const at = this.layerOrder.indexOf(id);
    [this.layerOrder[at], this.layerOrder[at + step]] = [this.layerOrder[at + step], id];
    this.chooseLayers(this.state.layers);
  },
  // In the order of the list; painted at once, then told to the server, which keeps it in the address.
  chooseLayers: function (wanted) {
    const layers = [...this.layerOrder, "tiles"].filter((id) => wanted.includes(id));
    this.layerKey = "";
    this.paintAhead({ layers: layers });
    this.tell({ layers: layers });
  },

  // -- tiles: the one thing that asks another server, only when a person wants it --------------------
  showTiles: function (on) {
    if (on === Boolean(this.tiles) || (on && this.tilesFailed)) return;
    if (!on) { this.stopTiles(); return; }
    const credit = el("a", "", this.words().tiles);
    credit.href = TILES_TERMS;
    credit.target = "_blank";
    credit.rel = "noopener";
    let come = false;
    this.tiles = L.tileLayer(TILES, { minZoom: 5, maxNativeZoom: 18, attribution: credit.outerHTML });
    this.tiles.on("tileload", () => { come = true; });
    const failed = () => {
      if (!this.tiles || come) return;
      this.tilesFailed = true;                 // not tried again before someone asks
      this.stopTiles();
      this.say(this.words().no_tiles);
      setTimeout(() => this.chooseLayers(this.state.layers.filter((id) => id !== "tiles")), 800);
    };
    this.tiles.on("tileerror", failed);
    this.tilesTimer = setTimeout(failed, TILES_MS);
    this.tiles.addTo(this.map);
    this.map.getPane("fills").style.opacity = "0.6";
  },
  stopTiles: function () {
    clearTimeout(this.tilesTimer);
    if (this.tiles) this.tiles.remove();
    this.tiles = null;
    this.map.getPane("fills").style.opacity = "";
  },

  // A sentence on the map, until it is closed.
  say: function (text) {
    const box = el("div", "renkei-notice"), button = el("button", "", "×");
    box.setAttribute("role", "status");
    button.type = "button";
    button.setAttribute("aria-label", this.words().dismiss);
    button.addEventListener("click", () => box.remove());
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.on(box, "click", L.DomEvent.stopPropagation);
    box.append(el("span", "", text), button);
    this.map.getContainer().querySelectorAll(".renkei-notice").forEach((old) => old.remove());
    this.map.getContainer().append(box);
  },
});
