/* 南西諸島 and 小笠原 beside the map, so that the rest of Japan fills the window. */

/** @typedef {import("./contract").Facts} Facts */
/** @typedef {import("./fills").Fills} Fills */
/** @typedef {import("./leaflet_canvas").FillOptions} FillOptions */
/** @typedef {import("./map_view").MapView} MapView */
import { COARSE } from "./fills.js";
import { ringsIn } from "./geometry.js";
import { noDataPattern } from "./signs.js";
import { el } from "./text.js";

const SHOWN_BELOW = 6.4; // nearer, the main map goes there
// West, south, east, north in degrees; width and height in pixels at the same scale north to south.
const PARTS = [
  { id: "nansei", box: [122.7, 24.0, 131.4, 30.95], size: [186, 166] },
  { id: "ogasawara", box: [141.2, 26.4, 142.6, 27.9], size: [34, 40] },
];

/** @typedef {{id: string, button: HTMLButtonElement, canvas: HTMLCanvasElement, box: number[], paths: {code: string, path: Path2D}[]}} Inset */

/** @param {MapView} view @param {HTMLElement} place @param {Record<string, string>} names
 * @param {(code: string, bounds: import("leaflet").LatLngBounds) => void} choose @returns {Inset[]} */
export function makeInsets(view, place, names, choose) {
  const insets = PARTS.map(({ id, box, size }) => {
    const button = el("button", "rk-inset");
    button.type = "button";
    button.setAttribute("aria-label", names[id] ?? id);
    const canvas = el("canvas");
    const [width = 0, height = 0] = size;
    canvas.width = width * 2;
    canvas.height = height * 2;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    button.append(canvas, el("span", "", names[id]));
    /** @type {Inset} */
    const inset = { id, button, canvas, box, paths: [] };
    button.addEventListener("click", (event) => {
      const [west = 0, south = 0, east = 0, north = 0] = box;
      const pen = canvas.getContext("2d");
      const hit = inset.paths.find(({ path }) => pen?.isPointInPath(path, event.offsetX * 2, event.offsetY * 2, "evenodd"));
      const inCanvas = event.target === canvas && event.detail > 0;
      choose(inCanvas ? (hit?.code ?? "") : "", L.latLngBounds([south, west], [north, east]));
    });
    place.append(button);
    return inset;
  });
  const seen = () => {
    place.hidden = view.map.getZoom() >= SHOWN_BELOW;
  };
  view.map.on("zoomend", seen);
  seen();
  return insets;
}

/** Draw the islands in the colours of the map. @param {Inset[]} insets @param {Fills} fills @param {(code: string) => FillOptions} look @param {string} chosen */
export function drawInsets(insets, fills, look, chosen) {
  for (const inset of insets) {
    const pen = inset.canvas.getContext("2d");
    if (!pen) continue;
    const [west = 0, south = 0, east = 0, north = 0] = inset.box;
    const { width, height } = inset.canvas;
    const x = (/** @type {number} */ lon) => ((lon - west) / (east - west)) * width;
    const y = (/** @type {number} */ lat) => ((north - lat) / (north - south)) * height;
    if (!inset.paths.length) {
      for (const [code, layers] of fills.polygons) {
        const layer = /** @type {any} */ (layers.find((each) => each.level === COARSE));
        const bounds = layer?.getBounds();
        if (!bounds?.intersects([[south, west], [north, east]])) continue;
        const path = new Path2D();
        for (const ring of ringsIn(layer.getLatLngs())) {
          for (const point of ring) path.lineTo(x(point.lng), y(point.lat));
          path.closePath();
        }
        inset.paths.push({ code, path });
      }
    }
    pen.clearRect(0, 0, width, height);
    for (const { code, path } of inset.paths) {
      const style = look(code);
      pen.globalAlpha = style.fillOpacity ?? 1;
      pen.fillStyle = style.hatched ? noDataPattern(pen) : (style.fillColor ?? "#f4f4f2");
      pen.fill(path, "evenodd");
      pen.globalAlpha = 1;
      pen.lineWidth = code === chosen ? 4 : 0.8;
      pen.strokeStyle = code === chosen ? "#111827" : "#7d8791";
      pen.stroke(path);
    }
  }
}
