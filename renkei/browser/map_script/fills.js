/* Municipality fills in three levels of detail: their classes, their hatch, the finer borders of what is in view. */

const FILL_OPACITY = 0.86;
const LEVELS = [                 // the finest level whose zoom is reached is drawn, for what is in view
  { zoom: 10, name: "z11" },
  { zoom: 7, name: "z8" },
];

// Hatch for "no data": never the colour of zero.
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

Object.assign(renkeiMap, {
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
});
