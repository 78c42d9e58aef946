/* The map in the browser: fetches geometry and facts once, then repaints from a short state.
 *
 * The files of this folder are joined in the order of `SCRIPT_FILES` (views/static_files.py) into one script with one
 * scope. The server sends one object per change (views/map_state.py). Nothing here asks for a file that is not below
 * `base`, which is this server's own static folder.
 */

const renkeiMap = {
  painted: null,               // sequence of the last state on the canvas; read by tests and benchmarks
  state: null,
  requests: 0,

  start: function (map, options) {
    this.map = map;
    this.base = options.base;
    this.files = options.files;
    this.alone = Boolean(options.alone);   // a file of its own: no server, no address
    this.view = options.view || "";
    this.polygons = new Map();       // code -> [layer at z5, finer layers…]
    this.coarse = new Map();         // prefecture -> LayerGroup at z5
    this.fine = new Map();           // "z8/01" -> LayerGroup, or null while it is on its way
    this.values = null;
    this.hiddenClasses = new Set();  // classes that the legend hides; -1 is no data
    this.counter = 0;
    if (!this.goToAddress()) map.fitBounds(options.home, { animate: false });
    map.getContainer().classList.add("renkei-map");
    map.attributionControl.setPrefix(false);
    const credit = el("span", "", options.credit);
    map.attributionControl.addAttribution(credit.innerHTML);        // escaped: read back from a text node
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);

    const panes = [["fills", 350], ["lines", 360], ["under", 365], ["chosen", 370]];
    this.renderers = {};
    for (const [name, order] of panes) {
      map.createPane(name).style.zIndex = order;
      const Renderer = name === "fills" ? FillCanvas : L.Canvas;
      this.renderers[name] = new Renderer({ pane: name, padding: 0.3, tolerance: 4 });
    }

    this.makeLayerPanes();
    this.makeSlider();
    this.makeDates();
    this.under = L.layerGroup().addTo(map);
    this.underBlocs = "";
    this.outlines = new Map();       // bloc position + level -> rings
    this.top = { blocs: L.layerGroup().addTo(map), ties: L.layerGroup().addTo(map), cases: L.layerGroup().addTo(map) };
    this.chosen = L.layerGroup().addTo(map);
    map.zoomControl.setPosition("topright");
    this.makeLayerList();
    this.legendBoxes = [this.makeBox("bottomright"), this.makeBox("topleft"), this.makeBox("bottomleft")];
    this.tooltip = L.tooltip({ sticky: true, className: "renkei-tooltip", opacity: 1 });

    map.on("dragend zoomend", () => { this.moved = true; });
    map.on("zoomend moveend", () => { this.refine(); this.tellView(); });
    map.on("zoomend", () => {
      this.drawCases();
      const gathered = map.getZoom() < GATHER_TIES_BELOW;
      if (gathered !== this.gathered && this.ready && this.state) this.drawTies();
    });
    // One listener decides: the upper canvas covers the fills, so what lies below is asked by position.
    map.on("mousemove", (e) => this.hover(e));
    map.on("mouseout", () => { this.tooltip.remove(); this.showUnder([]); });
    map.on("click", (e) => this.click(e));

    Promise.all([
      this.load(this.files.z5), this.load(this.files.facts), this.load(this.files.prefectures),
      this.load(this.files.northern),
    ]).then(([z5, facts, prefectures, northern]) => {
      this.facts = facts;
      this.order = new Map(facts.codes.map((code, i) => [code, i]));
      this.pairs = facts.pairs;
      L.geoJSON(northern, { renderer: this.renderers.fills, pane: "fills", interactive: false,
        style: { stroke: true, weight: 0.6, color: "#a7adb3", fillColor: "#eceeef", fillOpacity: 1 } }).addTo(map);
      this.addCoarse(z5);
      L.geoJSON(prefectures, { renderer: this.renderers.lines, pane: "lines", interactive: false,
        style: { weight: 0.9, color: "#5d6772", opacity: 0.75, fill: false } }).addTo(map);
      this.ready = true;
      const wanted = this.alone && !this.view && this.answer ? this.answer.asked.prefectures : [];
      if (wanted.length) {
        const bounds = L.latLngBounds([]);
        for (const prefecture of wanted) bounds.extend(this.extents.get(prefecture));
        map.fitBounds(bounds.pad(0.1), { animate: false, maxZoom: 9 });
      }
      if (this.answer) this.show(this.answer);
      this.refine();
      this.listenAhead();
    }).catch((error) => this.fail(error));
  },

  load: function (name) {
    const inside = document.querySelector('script[data-file="' + CSS.escape(name) + '"]');
    if (inside) return Promise.resolve().then(() => JSON.parse(inside.textContent));
    if (this.alone) return Promise.reject(new Error(name + " is not in this file"));
    this.requests += 1;
    return fetch(this.base + name).then((answer) => {
      if (!answer.ok) throw new Error(name + ": " + answer.status);
      return answer.json();
    });
  },

  fail: function (error) {
    const box = el("div", "renkei-failure",
      "地図データを読み込めませんでした。ページを再読み込みしてください。 / The map data could not be loaded; reload the page.");
    this.map.getContainer().appendChild(box);
    this.failure = String(error);
  },

  // What the server sends. While a choice waits for its answer, that choice is painted over it.
  show: function (answer) { this.paint(this.withWish(answer)); },

  paint: function (state) {
    const before = this.shownOnce ? this.state : null;
    this.state = state;
    if (!this.ready) return;
    state = this.state = this.masked(state);
    const differs = (...keys) => !before || keys.some((key) => String(before[key]) !== String(state[key]));
    if (differs("values")) this.values = null;
    if (differs("values", "colors")) this.hiddenClasses.clear();     // other classes: none of them is hidden
    const swiped = Boolean(state.second && state.second.classes);
    const other = (each) => (each && each.second ? each.second.values + each.second.classes : "");
    if (differs("classes", "shown", "colors") || other(before) !== other(state)) {
      this.renderers.fills.divide = swiped ? Number(this.slider.input.value) / 100 : null;
      this.repaint();
    }
    this.showSlider(swiped);
    if (other(before) !== other(state)) this.secondValues = null;
    if (differs("blocs", "ties", "cases", "chosen", "pair", "bloc", "fly")) {
      this.drawBlocs();
      this.drawTies();
      this.drawCases();
      this.drawChosen(before);
    }
    this.shownOnce = true;
    this.showLayers();
    this.fillLegend();
    this.showDates();
    requestAnimationFrame(() => {
      this.painted = state.sequence;
      this.map.getContainer().dataset.painted = state.sequence;
      this.map.getContainer().dataset.paintedAt = String(performance.timeOrigin + performance.now());
    });
  },
};
window.renkeiMap = renkeiMap;
