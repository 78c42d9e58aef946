/* The map in the browser: fetches geometry and facts once, then repaints from a short state.
 *
 * The server sends one object per change (views/map_state.py). No value is ever put into HTML as
 * markup: every text goes through textContent or canvas fillText. Nothing here asks for a file that
 * is not below `base`, which is this server's own static folder.
 */
(function () {
  "use strict";

  const FILL_OPACITY = 0.86;
  const GATHER_PX = 26;          // markers nearer than this are gathered into one
  const GATHER_TIES_BELOW = 6.75; // zoom below which ties are drawn prefecture to prefecture
  const LEAST_COUNT = 3;         // fewer ties than this carry no number
    const LEVELS = [               // the finest level whose zoom is reached is drawn, for what is in view
    { zoom: 10, name: "z11" },
    { zoom: 7, name: "z8" },
  ];

  // ---- small DOM helper: text only -------------------------------------------------------------
  function el(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined && text !== null) node.textContent = String(text);
    return node;
  }

  // ---- marker shapes on canvas: the theme is told by shape as well as colour ---------------------
  function shapePath(context, shape, x, y, r) {
    context.beginPath();
    if (shape === "triangle") {
      context.moveTo(x, y - r * 1.15);
      context.lineTo(x + r * 1.1, y + r * 0.85);
      context.lineTo(x - r * 1.1, y + r * 0.85);
      context.closePath();
    } else if (shape === "square") {
      context.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
    } else if (shape === "diamond") {
      context.moveTo(x, y - r * 1.2);
      context.lineTo(x + r * 1.2, y);
      context.lineTo(x, y + r * 1.2);
      context.lineTo(x - r * 1.2, y);
      context.closePath();
    } else if (shape === "plus") {
      const a = r * 0.42, b = r * 1.15;
      context.moveTo(x - a, y - b); context.lineTo(x + a, y - b); context.lineTo(x + a, y - a);
      context.lineTo(x + b, y - a); context.lineTo(x + b, y + a); context.lineTo(x + a, y + a);
      context.lineTo(x + a, y + b); context.lineTo(x - a, y + b); context.lineTo(x - a, y + a);
      context.lineTo(x - b, y + a); context.lineTo(x - b, y - a); context.lineTo(x - a, y - a);
      context.closePath();
    } else {
      context.arc(x, y, r, 0, Math.PI * 2);
    }
  }

  // ---- lines and outlines are made here, from points and from the borders that the browser holds ----
  const DASHES = [null, "9 4", "2 5"];   // documents and official pages; other pages; inferred
  const ARC_POINTS = 24;

  // The great circle on the sphere: drawn, never measured (that is the server's, on the ellipsoid).
  function arc(from, to) {
    const rad = Math.PI / 180;
    const vector = ([lon, lat]) => [Math.cos(lat * rad) * Math.cos(lon * rad), Math.cos(lat * rad) * Math.sin(lon * rad), Math.sin(lat * rad)];
    const a = vector(from), b = vector(to);
    const angle = Math.acos(Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
    const line = [];
    for (let i = 0; i <= ARC_POINTS; i++) {
      const t = i / ARC_POINTS;
      const p = angle < 1e-9 ? 1 - t : Math.sin((1 - t) * angle) / Math.sin(angle);
      const q = angle < 1e-9 ? t : Math.sin(t * angle) / Math.sin(angle);
      const [x, y, z] = [0, 1, 2].map((k) => p * a[k] + q * b[k]);
      line.push([Math.atan2(z, Math.hypot(x, y)) / rad, Math.atan2(y, x) / rad]);
    }
    return line;
  }

  // The outline of a union in a coverage: a border that two members share is inside, all others are outside.
  function unionRings(ringsOfMembers) {
    const edges = new Map();
    for (const ring of ringsOfMembers) {
      for (let i = 0; i < ring.length; i++) {
        const a = ring[i], b = ring[(i + 1) % ring.length];
        const ka = a.lng + "," + a.lat, kb = b.lng + "," + b.lat;
        if (ka === kb) continue;
        const key = ka < kb ? ka + ";" + kb : kb + ";" + ka;
        if (edges.has(key)) edges.set(key, null); else edges.set(key, [ka, a, kb, b]);
      }
    }
    const ends = new Map();
    for (const edge of edges.values()) {
      if (!edge) continue;
      for (const k of [edge[0], edge[2]]) { if (!ends.has(k)) ends.set(k, []); ends.get(k).push(edge); }
    }
    const rings = [], used = new Set();
    for (const first of edges.values()) {
      if (!first || used.has(first)) continue;
      used.add(first);
      const ring = [first[1]];
      let key = first[2], point = first[3];
      while (key !== first[0]) {
        ring.push(point);
        const next = ends.get(key).find((edge) => !used.has(edge));
        if (!next) break;
        used.add(next);
        [key, point] = next[0] === key ? [next[2], next[3]] : [next[0], next[1]];
      }
      rings.push(ring);
    }
    return rings;
  }
  function ringsIn(latlngs, found) {
    if (latlngs.length && latlngs[0].lat !== undefined) found.push(latlngs);
    else for (const part of latlngs) ringsIn(part, found);
    return found;
  }

  // A number on a line: how many ties it stands for.
  const CountMark = L.CircleMarker.extend({
    _updatePath: function () {
      const renderer = this._renderer;
      if (!renderer._drawing || this._empty()) return;
      const context = renderer._ctx, p = this._point, text = this.options.text;
      context.save();
      context.globalAlpha = this.options.dimmed ? 0.3 : 1;
      context.font = "600 11px sans-serif";
      const half = Math.max(8, context.measureText(text).width / 2 + 5);
      context.beginPath(); context.roundRect(p.x - half, p.y - 8, half * 2, 16, 8);
      context.fillStyle = "#ffffff"; context.fill();
      context.lineWidth = 1.2; context.strokeStyle = this.options.color; context.stroke();
      context.fillStyle = "#1f2a36"; context.textAlign = "center"; context.textBaseline = "middle";
      context.fillText(text, p.x, p.y + 0.5);
      context.restore();
    },
  });

  const CaseMarker = L.CircleMarker.extend({
    _updatePath: function () {
      const renderer = this._renderer;
      if (!renderer._drawing || this._empty()) return;
      const context = renderer._ctx, p = this._point, r = this._radius;
      context.save();
      context.globalAlpha = this.options.dimmed ? 0.25 : 1;
      if (this.options.slices.length === 1 && this.options.count === 1) {
        shapePath(context, this.options.slices[0].shape, p.x, p.y, r);
        context.lineWidth = 3; context.strokeStyle = "#ffffff"; context.stroke();
        context.fillStyle = this.options.slices[0].color; context.fill();
        context.lineWidth = 0.8; context.strokeStyle = "rgba(20,30,40,.65)"; context.stroke();
      } else {
        // A gathering: a ring cut by theme, the number inside.
        context.beginPath(); context.arc(p.x, p.y, r + 1.5, 0, Math.PI * 2);
        context.fillStyle = "#ffffff"; context.fill();
        let angle = -Math.PI / 2;
        for (const slice of this.options.slices) {
          const next = angle + Math.PI * 2 * slice.count / this.options.count;
          context.beginPath(); context.moveTo(p.x, p.y); context.arc(p.x, p.y, r, angle, next);
          context.closePath(); context.fillStyle = slice.color; context.fill();
          angle = next;
        }
        context.beginPath(); context.arc(p.x, p.y, r * 0.66, 0, Math.PI * 2);
        context.fillStyle = "#ffffff"; context.fill();
        context.fillStyle = "#1f2a36";
        context.font = "600 " + Math.max(10, Math.round(r * 0.85)) + "px sans-serif";
        context.textAlign = "center"; context.textBaseline = "middle";
        context.fillText(String(this.options.count), p.x, p.y + 0.5);
      }
      context.restore();
    },
  });

  function markPicture(mark) {
    const canvas = document.createElement("canvas");
    canvas.width = 36; canvas.height = 28; canvas.className = "renkei-mark";
    const pen = canvas.getContext("2d"); pen.scale(2, 2);
    const outlined = mark.shape === "outline";
    if (outlined || mark.shape === "line") {
      pen.strokeStyle = mark.color; pen.lineWidth = 2.2;
      pen.setLineDash([[], [5, 2.5], [1.5, 2.5]][mark.dash || 0]);
      pen.beginPath();
      if (outlined) pen.rect(2, 2, 14, 10);
      else { pen.moveTo(0, 11); pen.quadraticCurveTo(9, -2, 18, 11); }
      pen.stroke();
    } else {
      shapePath(pen, mark.shape, 9, 7, 5); pen.fillStyle = mark.color; pen.fill();
    }
    return canvas;
  }

  // ---- hatch for "no data": never the colour of zero ----------------------------------------------
  let hatch = null;
  function hatchPattern(context) {
    if (hatch) return hatch;
    const tile = document.createElement("canvas");
    tile.width = tile.height = 6;
    const pen = tile.getContext("2d");
    pen.fillStyle = "#f4f4f2"; pen.fillRect(0, 0, 6, 6);
    pen.strokeStyle = "#b9bcc0"; pen.lineWidth = 1;
    pen.beginPath(); pen.moveTo(-1, 7); pen.lineTo(7, -1); pen.moveTo(-1, 1); pen.lineTo(1, -1);
    pen.moveTo(5, 7); pen.lineTo(7, 5); pen.stroke();
    hatch = context.createPattern(tile, "repeat");
    return hatch;
  }
  const FillCanvas = L.Canvas.extend({
    // Side by side: the same borders twice, each side clipped at the divide and filled with its own classes.
    _draw: function () {
      if (this.divide === undefined || this.divide === null) { L.Canvas.prototype._draw.call(this); return; }
      const context = this._ctx, size = this._map.getSize();
      const at = this._map.containerPointToLayerPoint([size.x * this.divide, 0]).x;
      const { min, max } = this._bounds;
      [[min.x, at], [at, max.x]].forEach(([left, right], side) => {
        context.save();
        context.beginPath(); context.rect(left, min.y, Math.max(0, right - left), max.y - min.y); context.clip();
        this.side = side;
        L.Canvas.prototype._draw.call(this);
        context.restore();
      });
      this.side = 0;
    },
    _fillStroke: function (context, layer) {
      const options = this.side ? { ...layer.options, ...layer.options.second } : layer.options;
      if (options.fill) {
        context.globalAlpha = options.fillOpacity;
        context.fillStyle = options.hatched ? hatchPattern(context) : options.fillColor;
        context.fill("evenodd");
      }
      if (options.stroke && options.weight !== 0) {
        if (context.setLineDash) context.setLineDash(layer.options._dashArray || []);
        context.globalAlpha = options.opacity;
        context.lineWidth = options.weight;
        context.strokeStyle = options.color;
        context.lineCap = options.lineCap; context.lineJoin = options.lineJoin;
        context.stroke();
      }
    },
  });

  // ---- the map ----------------------------------------------------------------------------------
  const renkeiMap = {
    painted: null,               // sequence of the last state on the canvas; read by tests and benchmarks
    state: null,
    requests: 0,

    start: function (map, options) {
      this.map = map;
      this.base = options.base;
      this.files = options.files;
      this.polygons = new Map();       // code -> [layer at z5, finer layers…]
      this.coarse = new Map();         // prefecture -> LayerGroup at z5
      this.fine = new Map();           // "z8/01" -> LayerGroup, or null while it is on its way
      this.values = null;
      this.hiddenClasses = new Set();  // classes that the legend hides; -1 is no data
      this.counter = 0;
      if (!this.goToAddress()) map.fitBounds(options.home, { animate: false });
      map.getContainer().style.background = "#e8f0f4";
      map.attributionControl.setPrefix(false);
      const credit = el("span", "", options.credit);
      map.attributionControl.addAttribution(credit.innerHTML);        // escaped: read back from a text node
      L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);

      const panes = [["fills", 350], ["lines", 360], ["under", 365], ["chosen", 370], ["facts", 380]];
      this.renderers = {};
      for (const [name, order] of panes) {
        map.createPane(name).style.zIndex = order;
        const Renderer = name === "fills" ? FillCanvas : L.Canvas;
        this.renderers[name] = new Renderer({ pane: name, padding: 0.3, tolerance: 4 });
      }

      this.makeSlider();
      this.under = L.layerGroup().addTo(map);
      this.underBlocs = "";
      this.outlines = new Map();       // bloc position + level -> rings
      this.top = { blocs: L.layerGroup().addTo(map), ties: L.layerGroup().addTo(map), cases: L.layerGroup().addTo(map) };
      this.chosen = L.layerGroup().addTo(map);
      map.zoomControl.setPosition("topright");
      this.legendBoxes = [this.makeBox("bottomright"), this.makeBox("topleft"), this.makeBox("bottomleft")];
      this.tooltip = L.tooltip({ sticky: true, className: "renkei-tooltip", opacity: 1 });

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
        if (this.state) this.show(this.state);
        this.refine();
      }).catch((error) => this.fail(error));
    },

    load: function (name) {
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

    // -- fills -----------------------------------------------------------------------------------
    fillStyle: function (code) {
      const style = { stroke: true, weight: 0.25, color: "#7d8791", opacity: 0.7, fill: true,
        fillOpacity: FILL_OPACITY, hatched: true, fillColor: "#f4f4f2" };
      const state = this.state;
      if (!state) return style;
      const digit = state.classes.charCodeAt(this.order.get(code));
      const outside = digit === 46;                                 // "." lies in no bloc of the painted kind
      const index = digit < 48 ? -1 : digit - 48;                   // "-" is no data; "0".. are classes
      style.hatched = index < 0 && !outside;
      if (index >= 0) style.fillColor = state.colors[index];
      if (!outside && this.hiddenClasses.has(index)) Object.assign(style, { hatched: false, fillColor: "#ffffff", fillOpacity: 0.35 });
      if (state.shown && state.shown[this.order.get(code)] === "0") style.fillOpacity = 0.18;
      if (state.second && state.second.classes) {
        const other = state.second.classes.charCodeAt(this.order.get(code)) - 48;
        style.second = { hatched: other < 0, fillColor: other < 0 ? "#f4f4f2" : state.second.colors[other] };
      }
      return style;
    },

    addPolygons: function (collection, level, group) {
      for (const feature of collection.features) {
        const code = feature.properties.c;
        const layer = L.GeoJSON.geometryToLayer(feature, { renderer: this.renderers.fills });
        L.setOptions(layer, { renderer: this.renderers.fills, pane: "fills", interactive: false, smoothFactor: 0 });
        layer.code = code;
        layer.level = level;
        layer.setStyle(this.fillStyle(code));
        group(code).addLayer(layer);
        if (!this.polygons.has(code)) this.polygons.set(code, []);
        this.polygons.get(code).push(layer);
      }
    },

    addCoarse: function (collection) {
      this.addPolygons(collection, "z5", (code) => {
        const prefecture = code.slice(0, 2);
        if (!this.coarse.has(prefecture)) this.coarse.set(prefecture, L.layerGroup());
        return this.coarse.get(prefecture);
      });
      this.extents = new Map();
      for (const [prefecture, group] of this.coarse) {
        const bounds = L.latLngBounds([]);
        group.eachLayer((layer) => bounds.extend(layer.getBounds()));
        this.extents.set(prefecture, bounds);
        group.addTo(this.map);
      }
    },

    // Finer borders for the prefectures in view; the coarse ones leave when the finer have come.
    refine: function () {
      if (!this.ready) return;
      const before = this.levelsNow();
      this.chooseLevels();
      if (this.state && before !== this.levelsNow()) {
        this.drawBlocs();
        this.drawChosen(this.state);      // on the borders that are drawn now
        this.underBlocs = "";
        this.showUnder([]);
      }
    },
    // Which borders are drawn, prefecture by prefecture: "z5" unless finer ones are on the map.
    levelsNow: function () {
      this.levelOf = new Map();
      for (const prefecture of this.extents ? this.extents.keys() : []) {
        const finer = LEVELS.find(({ name }) => {
          const group = this.fine.get(name + "/" + prefecture);
          return group && this.map.hasLayer(group);
        });
        this.levelOf.set(prefecture, finer ? finer.name : "z5");
      }
      return [...this.levelOf.values()].join();
    },
    chooseLevels: function () {
      const zoom = this.map.getZoom(), view = this.map.getBounds();
      const level = LEVELS.find((l) => zoom >= l.zoom);
      for (const [prefecture, extent] of this.extents) {
        const wanted = level && view.intersects(extent) ? level.name + "/" + prefecture : null;
        for (const { name } of LEVELS) {
          const key = name + "/" + prefecture;
          const group = this.fine.get(key);
          if (group && key !== wanted && this.map.hasLayer(group)) group.remove();
        }
        if (!wanted) { this.put(this.coarse.get(prefecture)); continue; }
        const group = this.fine.get(wanted);
        if (group) { this.coarse.get(prefecture).remove(); this.put(group); continue; }
        this.put(this.coarse.get(prefecture));
        if (group === undefined) {
          this.fine.set(wanted, null);
          this.load(this.files.levels.replace("{level}", level.name).replace("{prefecture}", prefecture))
            .then((collection) => {
              const fresh = L.layerGroup();
              this.addPolygons(collection, level.name, () => fresh);
              this.fine.set(wanted, fresh);
              this.refine();
            })
            .catch(() => this.fine.delete(wanted));     // the coarse border stays; the next move asks again
        }
      }
    },
    put: function (group) { if (!this.map.hasLayer(group)) group.addTo(this.map); },

    // -- a change --------------------------------------------------------------------------------
    show: function (state) {
      const before = this.shownOnce ? this.state : null;
      this.state = state;
      if (!this.ready) return;
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
      this.fillLegend();
      requestAnimationFrame(() => {
        this.painted = state.sequence;
        this.map.getContainer().dataset.painted = state.sequence;
        this.map.getContainer().dataset.paintedAt = String(performance.timeOrigin + performance.now());
      });
    },

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

    // Give every fill its class and draw the canvas once: setStyle would measure each of 1,741 paths again.
    repaint: function () {
      for (const [code, layers] of this.polygons) {
        const style = this.fillStyle(code);
        for (const layer of layers) Object.assign(layer.options, style);
      }
      const renderer = this.renderers.fills;
      if (!renderer._ctx) return;
      L.Util.cancelAnimFrame(renderer._redrawRequest);
      renderer._redrawBounds = null;
      renderer._redraw();
    },

    // The outline of a bloc on the borders that are drawn: the coarsest level of its members' prefectures.
    outlineOf: function (position) {
      const bloc = this.facts.blocs[position];
      const order = ["z5", ...LEVELS.map((l) => l.name).reverse()];
      const levels = new Set(bloc.members.map((code) => this.levelOf.get(code.slice(0, 2)) || "z5"));
      const level = order.find((name) => levels.has(name));
      const key = level + position;
      if (!this.outlines.has(key)) {
        const rings = [];
        for (const code of bloc.members) {
          const layers = this.polygons.get(code) || [];
          const layer = layers.find((each) => each.level === level) || layers[0];
          if (layer) ringsIn(layer.getLatLngs(), rings);
        }
        this.outlines.set(key, unionRings(rings));
      }
      return this.outlines.get(key);
    },

    drawBlocs: function () {
      const group = this.top.blocs; group.clearLayers();
      const state = this.state;
      if (!this.levelOf) this.levelsNow();
      this.facts.blocs.forEach((bloc, i) => {
        if (state.blocs[i] !== "1" && state.bloc !== bloc.id) return;
        const lifted = Boolean(state.chosen) && bloc.members.includes(state.chosen) || state.bloc === bloc.id;
        const dimmed = Boolean(state.chosen || state.bloc) && !lifted;
        const color = this.facts.blocColors[bloc.layer];
        const programme = bloc.layer === "blocs";
        const lines = { renderer: this.renderers.facts, pane: "facts", interactive: false, smoothFactor: 0.5, fill: false };
        const weight = lifted ? 3 : programme ? 2.1 : 1.3;
        if (lifted || programme) {
          group.addLayer(L.polygon(this.outlineOf(i), { ...lines, color: "#ffffff", weight: weight + 2, opacity: dimmed ? 0.2 : 0.75 }));
        }
        group.addLayer(L.polygon(this.outlineOf(i), { ...lines, color: color, weight: weight,
          opacity: dimmed ? 0.25 : 0.95, dashArray: DASHES[bloc.style], fill: lifted, fillColor: color, fillOpacity: 0.07 }));
      });
    },

    // A quiet fill for the blocs under the pointer alone: all of them where they overlap.
    showUnder: function (positions) {
      const key = positions.join();
      if (key === this.underBlocs) return;
      this.underBlocs = key;
      this.under.clearLayers();
      for (const i of positions) {
        const color = this.facts.blocColors[this.facts.blocs[i].layer];
        this.under.addLayer(L.polygon(this.outlineOf(i), { renderer: this.renderers.under, pane: "under", interactive: false,
          smoothFactor: 0.5, color: color, weight: 4, opacity: 0.55, fill: true, fillColor: color, fillOpacity: 0.16 }));
      }
    },

    addArc: function (from, to, style) {
      const line = arc(from, to);
      const shared = { renderer: this.renderers.facts, pane: "facts", interactive: false, smoothFactor: 0.8 };
      this.top.ties.addLayer(L.polyline(line, { ...shared, color: "#ffffff", weight: style.weight + 2, opacity: style.opacity * 0.8 }));
      const layer = L.polyline(line, { ...shared, color: this.facts.tieColor, weight: style.weight, opacity: style.opacity, dashArray: DASHES[style.style] });
      this.top.ties.addLayer(layer);
      if (style.count >= LEAST_COUNT) {
        this.top.ties.addLayer(new CountMark(line[ARC_POINTS / 2], { ...shared, radius: 16, text: String(style.count),
          color: this.facts.tieColor, dimmed: style.opacity < 0.5 }));
      }
      return layer;
    },

    // Ties one by one; far out, prefecture to prefecture, but for those of the chosen municipality.
    drawTies: function () {
      this.top.ties.clearLayers();
      const state = this.state, facts = this.facts;
      this.gathered = this.map.getZoom() < GATHER_TIES_BELOW;
      const partners = new Set();
      const chosenPair = (pair) => state.pair === pair.from + "-" + pair.to;
      for (const pair of this.pairs) {
        pair.visible = pair.ties.filter((i) => state.ties[i] === "1");
        pair.layer = null;
        if (!pair.visible.length || !state.chosen) continue;
        if (pair.from === state.chosen) partners.add(pair.to);
        if (pair.to === state.chosen) partners.add(pair.from);
      }
      this.partners = partners;
      const flows = new Map();
      const drawn = [];
      for (const pair of this.pairs) {
        if (!pair.visible.length) continue;
        const own = Boolean(state.chosen) && (pair.from === state.chosen || pair.to === state.chosen);
        const second = partners.has(pair.from) || partners.has(pair.to);
        const ends = [pair.from.slice(0, 2), pair.to.slice(0, 2)].sort();
        if (this.gathered && !own && !chosenPair(pair) && ends[0] !== ends[1]) {
          const key = ends.join("-");
          if (!flows.has(key)) flows.set(key, { from: ends[0], to: ends[1], pairs: [], count: 0, style: 2 });
          const flow = flows.get(key);
          flow.pairs.push(pair);
          flow.count += pair.visible.length;
          flow.style = Math.min(flow.style, ...pair.visible.map((i) => facts.ties[i].style));
          continue;
        }
        drawn.push([pair, own || chosenPair(pair) ? 2 : second ? 1 : 0]);
      }
      const focused = Boolean(state.chosen || state.pair || state.bloc);
      const opacity = (rank) => (!focused ? 0.9 : rank === 2 ? 0.95 : rank === 1 ? 0.45 : 0.14);
      this.flows = [...flows.values()].sort((a, b) => a.count - b.count);
      for (const flow of this.flows) {
        flow.layer = this.addArc(facts.prefecturePoints[flow.from], facts.prefecturePoints[flow.to],
          { weight: Math.min(8, 0.6 + Math.sqrt(flow.count)), opacity: focused ? 0.16 : 0.6, style: flow.style,
            count: focused ? 0 : flow.count });
      }
      drawn.sort((a, b) => a[1] - b[1]);
      for (const [pair, rank] of drawn) {
        pair.layer = this.addArc(facts.points[pair.from], facts.points[pair.to], {
          weight: Math.min(7, (this.gathered ? 0.6 : 1.2) + Math.sqrt(pair.visible.length) * 1.1), opacity: opacity(rank),
          style: Math.min(...pair.visible.map((i) => facts.ties[i].style)),
          count: !this.gathered && rank !== 0 || !focused && !this.gathered ? pair.visible.length : 0 });
      }
    },

    drawCases: function () {
      if (!this.ready || !this.state) return;
      const group = this.top.cases; group.clearLayers();
      const state = this.state, themes = this.facts.themes;
      const clusters = [];
      this.facts.cases.forEach((item, i) => {
        if (state.cases[i] !== "1") return;
        const point = this.map.latLngToLayerPoint([item.lat, item.lon]);
        let home = clusters.find((c) => c.point.distanceTo(point) < GATHER_PX);
        if (!home) { home = { point: point, lat: item.lat, lon: item.lon, items: [] }; clusters.push(home); }
        home.items.push(i);
      });
      this.clusters = clusters;
      for (const cluster of clusters) {
        const counts = new Map();
        for (const i of cluster.items) {
          const theme = this.facts.cases[i].theme;
          counts.set(theme, (counts.get(theme) || 0) + 1);
        }
        const slices = [...counts].sort((a, b) => b[1] - a[1])
          .map(([theme, count]) => ({ color: themes[theme].color, shape: themes[theme].shape, count: count }));
        const total = cluster.items.length;
        const places = new Set(cluster.items.map((i) => this.facts.cases[i].place));
        cluster.marker = new CaseMarker([cluster.lat, cluster.lon], { renderer: this.renderers.facts, pane: "facts",
          interactive: false, radius: total === 1 ? 6.5 : Math.min(18, 9 + Math.sqrt(total)), slices: slices,
          count: total, dimmed: Boolean(state.chosen) && !places.has(state.chosen) });
        group.addLayer(cluster.marker);
      }
    },

    drawChosen: function (before) {
      this.chosen.clearLayers();
      const state = this.state;
      const flies = state.fly && (!before || before.fly !== state.fly);
      const position = this.facts.blocs.findIndex((bloc) => bloc.id === state.bloc);
      if (position >= 0 && flies) {
        this.map.fitBounds(L.latLngBounds(this.outlineOf(position).flat()).pad(0.25), { maxZoom: 9, animate: false });
      }
      if (!state.chosen || !this.polygons.has(state.chosen)) return;
      const ring = (code, color, weight) => {
        const layers = this.polygons.get(code);
        if (!layers) return;
        const finest = layers[layers.length - 1];
        this.chosen.addLayer(L.polygon(finest.getLatLngs(), { renderer: this.renderers.chosen, pane: "chosen",
          interactive: false, fill: false, color: color, weight: weight, smoothFactor: 0 }));
      };
      for (const code of this.partners) ring(code, this.facts.tieColor, 1.8);
      ring(state.chosen, "#ffffff", 5);
      ring(state.chosen, "#111827", 2.6);
      if (flies) {
        const bounds = L.polygon(this.polygons.get(state.chosen)[0].getLatLngs()).getBounds();
        this.map.fitBounds(bounds.pad(1.2), { maxZoom: 9, animate: false });
      }
    },

    // -- what is under the pointer ------------------------------------------------------------------
    clusterAt: function (point) {
      if (!this.clusters) return null;
      let best = null, near = Infinity;
      for (const cluster of this.clusters) {
        const d = this.map.latLngToLayerPoint([cluster.lat, cluster.lon]).distanceTo(point);
        if (d <= cluster.marker.getRadius() + 3 && d < near) { best = cluster; near = d; }
      }
      return best;
    },
    pairAt: function (point) {
      return (this.pairs || []).find((pair) => pair.layer && pair.layer._containsPoint(point)) || null;
    },
    flowAt: function (point) {
      return (this.flows || []).slice().reverse().find((flow) => flow.layer._containsPoint(point)) || null;
    },
    codeAt: function (point) {
      const found = (group) => {
        let code = null;
        group.eachLayer((layer) => { if (!code && layer._containsPoint(point)) code = layer.code; });
        return code;
      };
      const where = this.map.layerPointToLatLng(point);
      for (const [prefecture, extent] of this.extents || []) {
        if (!extent.contains(where)) continue;
        for (const { name } of LEVELS) {
          const group = this.fine.get(name + "/" + prefecture);
          if (group && this.map.hasLayer(group)) { const code = found(group); if (code) return code; }
        }
        if (this.map.hasLayer(this.coarse.get(prefecture))) {
          const code = found(this.coarse.get(prefecture));
          if (code) return code;
        }
      }
      return null;
    },
    blocsOf: function (code) {
      const found = [];
      this.facts.blocs.forEach((bloc, i) => {
        if (this.state.blocs[i] === "1" && bloc.members.includes(code)) found.push(i);
      });
      return found;
    },

    hover: function (e) {
      if (!this.ready || !this.state) return;
      const now = performance.now();
      if (this.lastHover && now - this.lastHover < 30) return;
      this.lastHover = now;
      this.pointed = [];
      const content = this.describe(e.layerPoint);
      this.showUnder(this.pointed);
      this.map.getContainer().style.cursor = content ? "pointer" : "";
      if (!content) { this.tooltip.remove(); return; }
      this.tooltip.setLatLng(e.latlng).setContent(content);
      if (!this.map.hasLayer(this.tooltip)) this.tooltip.addTo(this.map);
    },

    describe: function (point) {
      const box = el("div");
      const words = this.words();
      const cluster = this.clusterAt(point);
      if (cluster) {
        const cases = cluster.items.map((i) => this.facts.cases[i]);
        const places = [...new Set(cases.map((c) => c.place))];
        box.append(el("b", "", places.slice(0, 3).map((c) => this.name(c)).join("、") + (places.length > 3 ? " …" : "")));
        box.append(el("div", "renkei-small", words.cases + " " + cases.length));
        for (const item of cases.slice(0, 4)) {
          box.append(el("div", "", this.themeName(item.theme) + "：" + (item.title || item.organisation || "–")));
        }
        if (cases.length > 4) box.append(el("div", "renkei-small", "+" + (cases.length - 4)));
        return box;
      }
      const pair = this.pairAt(point);
      if (pair) {
        box.append(el("b", "", this.name(pair.from) + " – " + this.name(pair.to)));
        for (const i of pair.visible.slice(0, 8)) {
          const tie = this.facts.ties[i];
          box.append(el("div", "", (tie.since ? tie.since + "　" : "") + tie.kind + (tie.style ? "（" + words.lines[tie.style] + "）" : "")));
        }
        if (pair.visible.length > 8) box.append(el("div", "renkei-small", "+" + (pair.visible.length - 8)));
        return box;
      }
      const flow = this.flowAt(point);
      if (flow) {
        box.append(el("b", "", this.facts.prefectures[flow.from] + " – " + this.facts.prefectures[flow.to]));
        box.append(el("div", "", words.ties + " " + flow.count));
        for (const each of flow.pairs.slice(0, 6)) {
          box.append(el("div", "renkei-small", this.name(each.from) + " – " + this.name(each.to) + "　" + each.visible.length));
        }
        if (flow.pairs.length > 6) box.append(el("div", "renkei-small", "+" + (flow.pairs.length - 6)));
        box.append(el("div", "renkei-small", words.gathered));
        return box;
      }
      const code = this.codeAt(point);
      if (!code) return null;
      box.append(el("b", "", this.name(code)));
      const value = el("div", "", this.state.legend.title + "：");
      value.append(el("strong", "", this.valueOf(code)));
      box.append(value);
      if (this.state.second) {
        const other = el("div", "", this.state.second.title + "：");
        other.append(el("strong", "", this.secondOf(code)));
        box.append(other);
      }
      box.append(el("div", "renkei-small", this.state.legend.dated));
      this.pointed = this.blocsOf(code);
      for (const i of this.pointed) {
        const line = el("div", "renkei-small");
        const dot = el("span", "renkei-dot");
        dot.style.borderColor = this.facts.blocColors[this.facts.blocs[i].layer];
        line.append(dot, el("span", "", this.facts.blocs[i].name));
        box.append(line);
      }
      return box;
    },

    // The figures behind the classes come once per indicator and date, at the first look at one.
    valueOf: function (code) {
      const name = this.state.values;
      if (!this.values) {
        this.values = { name: name, list: null };
        this.load(name).then((list) => { if (this.values && this.values.name === name) this.values.list = list; })
          .catch(() => { this.values = null; });
        return "…";
      }
      if (!this.values.list) return "…";
      const text = this.values.list[this.order.get(code)];
      return text === null ? this.state.legend.noData : text;
    },
    secondOf: function (code) {
      const name = this.state.second.values;
      if (!this.secondValues || this.secondValues.name !== name) {
        this.secondValues = { name: name, list: null };
        this.load(name).then((list) => { if (this.secondValues && this.secondValues.name === name) this.secondValues.list = list; })
          .catch(() => { this.secondValues = null; });
      }
      if (!this.secondValues.list) return "…";
      const text = this.secondValues.list[this.order.get(code)];
      return text === null ? this.state.legend.noData : text;
    },
    name: function (code) {
      const i = this.order.get(code);
      const names = this.state.english ? this.facts.names_en : this.facts.names;
      return i === undefined ? (this.facts.prefectures[code.slice(0, 2)] || code) : names[i];
    },
    themeName: function (i) { return this.state.english ? this.facts.themes[i].en : this.facts.themes[i].name; },

    click: function (e) {
      if (!this.ready || !this.state) return;
      const cluster = this.clusterAt(e.layerPoint);
      if (cluster) {
        const places = [...new Set(cluster.items.map((i) => this.facts.cases[i].place))];
        if (places.length > 1 && this.map.getZoom() < this.map.getMaxZoom()) {
          this.map.setView([cluster.lat, cluster.lon], this.map.getZoom() + 2);
          return;
        }
        this.tell({ code: places[0] });
        return;
      }
      const pair = this.pairAt(e.layerPoint);
      if (pair) { this.tell({ pair: pair.from + "-" + pair.to }); return; }
      const flow = this.flowAt(e.layerPoint);
      if (flow) {
        const ends = flow.pairs.flatMap((each) => [this.facts.points[each.from], this.facts.points[each.to]]);
        const bounds = L.latLngBounds(ends.map(([lon, lat]) => [lat, lon]));
        this.map.setView(bounds.getCenter(), Math.max(GATHER_TIES_BELOW, this.map.getBoundsZoom(bounds.pad(0.1))));
        return;
      }
      const code = this.codeAt(e.layerPoint);
      this.tell({ code: code || "" });
    },

    // The only messages to the server: something was chosen. Panning and zooming never run it.
    tell: function (message) {
      this.counter += 1;
      message.n = Date.now() + this.counter;
      window.Streamlit.setComponentValue(message);
    },
    // Where the map stands is part of the address (?map=zoom/lat/lon), kept by the browser alone.
    goToAddress: function () {
      const parts = (new URL(window.parent.location.href).searchParams.get("map") || "").split("/").map(Number);
      if (parts.length !== 3 || parts.some((part) => !Number.isFinite(part))) return false;
      const [zoom, lat, lon] = parts;
      if (zoom < 3 || zoom > 14 || lat < 15 || lat > 55 || lon < 115 || lon > 165) return false;
      this.map.setView([lat, lon], zoom, { animate: false });
      return true;
    },
    tellView: function () {
      const c = this.map.getCenter();
      const view = [this.map.getZoom(), c.lat.toFixed(3), c.lng.toFixed(3)].join("/");
      const url = new URL(window.parent.location.href);
      url.searchParams.set("map", view);
      window.parent.history.replaceState(window.parent.history.state, "", url.search.replace(/%2F/g, "/"));
    },

    // -- legend ------------------------------------------------------------------------------------
    makeBox: function (position) {
      const box = { open: null, node: el("div", "renkei-legend") };
      const control = L.control({ position: position });
      control.onAdd = () => {
        L.DomEvent.disableClickPropagation(box.node);
        L.DomEvent.disableScrollPropagation(box.node);
        return box.node;
      };
      control.addTo(this.map);
      return box;
    },
    fillLegend: function () {
      const legend = this.state.legend, classes = [], marks = [];
      for (const row of legend.rows) {
        const swatch = el("span", "renkei-swatch" + (row.color ? "" : " renkei-hatch"));
        if (row.color) swatch.style.background = row.color;
        const index = row.color ? this.state.colors.indexOf(row.color) : -1;
        classes.push([swatch, row, legend.grid ? undefined : index]);
      }
      for (const mark of this.marksNow()) marks.push([markPicture(mark), mark]);
      const second = this.state.second && this.state.second.legend;
      const others = (second ? second.rows : []).map((row) => {
        const swatch = el("span", "renkei-swatch" + (row.color ? "" : " renkei-hatch"));
        if (row.color) swatch.style.background = row.color;
        return [swatch, row];
      });
      // Side by side, each legend stands on its own side.
      if (second) this.fillBox(this.legendBoxes[0], second.title + " ▶", second.dated, others);
      else this.fillBox(this.legendBoxes[0], legend.title, legend.dated, classes, legend.grid);
      this.fillBox(this.legendBoxes[2], "◀ " + legend.title, legend.dated, second ? classes : []);
      this.fillBox(this.legendBoxes[1], this.words().marks, null, marks);
    },
    // A class of the legend is a button that hides it on the map and shows it again.
    makeToggle: function (line, index) {
      const told = () => line.setAttribute("aria-pressed", String(!this.hiddenClasses.has(index)));
      line.type = "button";
      line.title = this.words().hide_class;
      told();
      line.addEventListener("click", () => {
        if (!this.hiddenClasses.delete(index)) this.hiddenClasses.add(index);
        told();
        this.repaint();
      });
    },

    // Nine classes as a table: rows of the first indicator from high to low, columns of the second from low to high.
    gridOf: function (grid) {
      const table = el("table", "renkei-grid");
      for (let row = grid.axes[0].labels.length - 1; row >= 0; row--) {
        const line = el("tr");
        line.append(el("th", "", grid.axes[0].labels[row]));
        grid.axes[1].labels.forEach((_, column) => {
          const cell = el("td", "", grid.counts[row * 3 + column]);
          cell.style.background = this.state.colors[row * 3 + column];
          cell.style.color = row + column > 2 ? "#ffffff" : "#1f2a36";
          line.append(cell);
        });
        table.append(line);
      }
      const foot = el("tr");
      foot.append(el("th", "", "↑ " + grid.axes[0].title));
      for (const label of grid.axes[1].labels) foot.append(el("th", "", label));
      table.append(foot);
      const box = el("div");
      box.append(table, el("div", "renkei-small", "→ " + grid.axes[1].title));
      return box;
    },
    words: function () { return this.facts.words[this.state.english ? "en" : "ja"]; },

    // The legend of what is drawn: themes of cases, ties, kinds of blocs, and the line styles among them.
    marksNow: function () {
      const state = this.state, facts = this.facts, words = this.words();
      const count = (list, marks, key) => {
        const found = new Map();
        list.forEach((item, i) => { if (marks[i] === "1") found.set(key(item), (found.get(key(item)) || 0) + 1); });
        return found;
      };
      const number = (n) => n.toLocaleString("en");
      const marks = [];
      const themes = count(facts.cases, state.cases, (item) => item.theme);
      facts.themes.forEach((theme, i) => {
        if (themes.has(i)) marks.push({ label: this.themeName(i), shape: theme.shape, color: theme.color, count: number(themes.get(i)) });
      });
      const styles = count(facts.ties, state.ties, (tie) => tie.style);
      const ties = [...styles.values()].reduce((a, b) => a + b, 0);
      if (ties) marks.push({ label: words.ties, shape: "line", color: facts.tieColor, count: number(ties) });
      const blocs = count(facts.blocs, state.blocs, (bloc) => bloc.layer);
      for (const [layer, color] of Object.entries(facts.blocColors)) {
        if (blocs.has(layer)) marks.push({ label: words.blocs[layer], shape: "outline", color: color, count: number(blocs.get(layer)) });
      }
      count(facts.blocs, state.blocs, (bloc) => bloc.style).forEach((n, style) => styles.set(style, n));
      this.lineStyles = [...styles.keys()].sort().map((style) => ({ dash: style, label: words.lines[style] }));
      return marks;
    },
    fillBox: function (box, title, dated, lines, grid) {
      box.node.replaceChildren();
      box.node.style.display = lines.length ? "" : "none";
      const details = el("details");
      details.open = box.open === null ? this.map.getSize().x > 560 : box.open;
      details.addEventListener("toggle", () => { box.open = details.open; });
      details.append(el("summary", "", title));
      if (dated) details.append(el("div", "renkei-small", dated));
      if (grid) details.append(this.gridOf(grid));
      const themes = el("div", "renkei-themes"), rest = el("div");
      for (const [picture, row, index] of lines) {
        const line = el(index === undefined ? "div" : "button", "renkei-row");
        if (index !== undefined) this.makeToggle(line, index);
        line.append(picture, el("span", "renkei-label", row.label), el("span", "renkei-count", row.count));
        (row.shape && row.shape !== "line" && row.shape !== "outline" ? themes : rest).append(line);
      }
      details.append(themes, rest);
      if (!dated && this.lineStyles.length > 1) {
        const line = el("div", "renkei-row renkei-small");
        for (const style of this.lineStyles) {
          line.append(markPicture({ shape: "line", color: "#55606b", dash: style.dash }), el("span", "", style.label));
        }
        details.append(line);
      }
      box.node.append(details);
    },
  };

  window.renkeiMap = renkeiMap;
})();
