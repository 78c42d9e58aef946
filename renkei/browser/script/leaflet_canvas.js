/* The one file that leans on Leaflet's insides (1.9): canvases with hatches, two sides and signs, and a hit test.
 *
 * Used: L.Canvas#_draw, #_fillStroke, #_ctx, #_map, #_bounds, #_drawing, #_redraw, #_redrawBounds, #_redrawRequest;
 * L.Path#_updatePath, #_empty, #_containsPoint, #_point, #_radius, #_renderer. tests/chromium name what a new Leaflet changes.
 */
import { apartPattern, noDataPattern, shapePath } from "./signs.js";

/** @typedef {import("leaflet").Path & {code: string, level: string, options: FillOptions}} FillPath */
/** @typedef {import("leaflet").PolylineOptions & {hatched?: boolean, apart?: boolean, second?: {hatched: boolean, fillColor: string}}} FillOptions */
/** @typedef {import("leaflet").Canvas & {divide: number | null, side: number}} SplitCanvas */
/** @typedef {{color: string, shape: string, count: number}} Slice */

const CanvasBase = /** @type {any} */ (L.Canvas);

/** A canvas whose fills may be hatched and, side by side, painted twice: each side clipped at the divide. */
export const FillCanvas = CanvasBase.extend({
  _draw() {
    if (this.divide === undefined || this.divide === null) {
      CanvasBase.prototype._draw.call(this);
      return;
    }
    const context = this._ctx;
    const at = this._map.containerPointToLayerPoint([this._map.getSize().x * this.divide, 0]).x;
    const { min, max } = this._bounds;
    /** @type {[number, number][]} */
    const sides = [[min.x, at], [at, max.x]];
    sides.forEach(([left, right], side) => {
      context.save();
      context.beginPath();
      context.rect(left, min.y, Math.max(0, right - left), max.y - min.y);
      context.clip();
      this.side = side;
      CanvasBase.prototype._draw.call(this);
      context.restore();
    });
    this.side = 0;
  },
  /** @param {CanvasRenderingContext2D} context @param {FillPath & {options: any}} layer */
  _fillStroke(context, layer) {
    const options = this.side ? { ...layer.options, ...layer.options.second } : layer.options;
    if (options.fill) {
      context.globalAlpha = options.fillOpacity;
      context.fillStyle = options.hatched ? noDataPattern(context)
        : options.apart ? apartPattern(context, options.color) : options.fillColor;
      context.fill("evenodd");
    }
    if (options.stroke && options.weight !== 0) {
      context.setLineDash(layer.options._dashArray || []);
      context.globalAlpha = options.opacity;
      context.lineWidth = options.weight;
      context.strokeStyle = options.color;
      context.lineCap = options.lineCap;
      context.lineJoin = options.lineJoin;
      context.stroke();
    }
  },
});

/** Draw a canvas once, with whatever its paths' options say now. @param {import("leaflet").Canvas} canvas */
export function redrawn(canvas) {
  const renderer = /** @type {any} */ (canvas);
  if (!renderer._ctx) return;
  L.Util.cancelAnimFrame(renderer._redrawRequest);
  renderer._redrawBounds = null;
  renderer._redraw();
}

/** Whether a point of the map's layer lies on a path. @param {import("leaflet").Layer} layer @param {import("leaflet").Point} point @returns {boolean} */
export function liesOn(layer, point) {
  return /** @type {any} */ (layer)._containsPoint(point);
}

/** Give paths their colours without measuring each again. @param {FillPath} layer @param {FillOptions} style */
export function restyled(layer, style) {
  Object.assign(layer.options, style);
}

/** The cases of a place or of several: one sign, or a ring cut by theme with their number inside. */
export const CaseMark = /** @type {any} */ (L.CircleMarker).extend({
  _updatePath() {
    const renderer = this._renderer;
    if (!renderer._drawing || this._empty()) return;
    /** @type {CanvasRenderingContext2D} */
    const context = renderer._ctx;
    const { x, y } = this._point;
    const r = this._radius;
    const { slices, count, dimmed, rim } = this.options;
    context.save();
    context.globalAlpha = dimmed ? 0.3 : 1;
    if (slices.length === 1 && count === 1) {
      shapePath(context, slices[0].shape, x, y, r);
      context.lineWidth = rim ? 6 : 3; // of a planner's own file: a second rim
      context.strokeStyle = rim || "#ffffff";
      context.stroke();
      if (rim) {
        context.lineWidth = 2.5;
        context.strokeStyle = "#ffffff";
        context.stroke();
      }
      context.fillStyle = slices[0].color;
      context.fill();
      context.lineWidth = 0.8;
      context.strokeStyle = "rgba(20,30,40,.65)";
      context.stroke();
    } else ringOf(context, x, y, r, slices, count, rim);
    context.restore();
  },
});

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} r @param {Slice[]} slices @param {number} count @param {string} rim */
function ringOf(context, x, y, r, slices, count, rim) {
  const disc = (/** @type {number} */ radius, color = "#ffffff") => {
    context.beginPath();
    context.arc(x, y, radius, 0, Math.PI * 2);
    context.fillStyle = color;
    context.fill();
  };
  if (rim) disc(r + 3.5, rim);
  disc(r + 1.5);
  let angle = -Math.PI / 2;
  for (const slice of slices) {
    const next = angle + (Math.PI * 2 * slice.count) / count;
    context.beginPath();
    context.moveTo(x, y);
    context.arc(x, y, r, angle, next);
    context.closePath();
    context.fillStyle = slice.color;
    context.fill();
    angle = next;
  }
  disc(r * 0.68);
  context.fillStyle = "#1f2a36";
  context.font = `600 ${Math.max(10, Math.round(r * 0.85))}px sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(String(count), x, y + 0.5);
}
