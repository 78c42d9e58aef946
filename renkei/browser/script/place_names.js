/* Names on the map by zoom: prefectures, then cities, then towns; the chosen one and its partners always. */

/** @typedef {import("./contract").Facts} Facts */
/** @typedef {import("./map_view").MapView} MapView */
/** @typedef {import("./label_places").Label} Label */
import { placed } from "./label_places.js";

const FONT = '"Noto Sans JP","Noto Sans CJK JP","BIZ UDPGothic","Yu Gothic UI",Meiryo,"Hiragino Sans",sans-serif';
const PREFECTURES_FROM = 4.9;
const TOWNS_FROM = 6.6;
const ALL_FROM = 9;
const AT_FIRST = 180; // the most populous municipalities that compete for room where towns begin

/** @typedef {{canvas: HTMLCanvasElement, names: (code: string) => string}} PlaceNames */

/** @param {MapView} view @param {(code: string) => string} names @returns {PlaceNames} */
export function makePlaceNames(view, names) {
  const canvas = document.createElement("canvas");
  canvas.className = "rk-names leaflet-zoom-hide";
  canvas.setAttribute("aria-hidden", "true");
  view.map.getPane("names")?.append(canvas);
  return { canvas, names };
}

/** The names that compete for room, the more important first.
 * @param {Facts} facts @param {PlaceNames} layer @param {MapView} view @param {string} chosen @param {readonly string[]} partners @returns {Label[]} */
function candidates(facts, layer, view, chosen, partners) {
  const { map } = view;
  const zoom = map.getZoom();
  const seen = map.getBounds().pad(0.02);
  /** @type {Label[]} */
  const labels = [];
  /** @param {string} key @param {number} lon @param {number} lat @param {number} size @param {boolean} strong @param {boolean} [movable] */
  const add = (key, lon, lat, size, strong, movable = false) => {
    if (!seen.contains([lat, lon])) return;
    const at = map.latLngToContainerPoint([lat, lon]);
    labels.push({ key, x: at.x, y: at.y + (strong ? -13 : 0), text: layer.names(key), size, strong, movable });
  };
  const important = new Set([chosen, ...partners].filter(Boolean));
  for (const key of important) {
    const point = facts.points[key] ?? facts.prefecturePoints[key.slice(0, 2)];
    if (point) add(key, point[0], point[1], 12.5, true);
  }
  if (zoom >= PREFECTURES_FROM && zoom < TOWNS_FROM + 0.8) {
    for (const [code, [lon, lat]] of Object.entries(facts.prefecturePoints)) {
      if (!important.has(`${code}000`)) add(`${code}000`, lon, lat, 11, false, true);
    }
  }
  if (zoom >= TOWNS_FROM) {
    const most = zoom >= ALL_FROM ? facts.byPopulation.length : AT_FIRST * 2 ** ((zoom - TOWNS_FROM) * 1.6);
    for (const position of facts.byPopulation.slice(0, most)) {
      const code = facts.codes[position] ?? "";
      const point = facts.points[code];
      if (point && !important.has(code)) add(code, point[0], point[1], zoom >= ALL_FROM ? 12 : 11, false);
    }
  }
  return labels;
}

/** Write the names for where the map stands now.
 * @param {PlaceNames} layer @param {MapView} view @param {Facts} facts @param {string} chosen @param {readonly string[]} partners
 * @param {readonly {lat: number, lon: number, mark: any}[]} marks of the cases: no name lies on one
 * @returns {Label[]} the names that found room */
export function drawPlaceNames(layer, view, facts, chosen, partners, marks) {
  const { map } = view;
  const size = map.getSize();
  const ratio = window.devicePixelRatio || 1;
  const { canvas } = layer;
  canvas.width = size.x * ratio;
  canvas.height = size.y * ratio;
  canvas.style.width = `${size.x}px`;
  canvas.style.height = `${size.y}px`;
  L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
  const pen = canvas.getContext("2d");
  if (!pen) return [];
  pen.scale(ratio, ratio);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  const font = (/** @type {Label} */ label) => `${label.strong ? 700 : 500} ${label.size}px ${FONT}`;
  const taken = marks.map(({ lat, lon, mark }) => {
    const at = map.latLngToContainerPoint([lat, lon]);
    const r = mark.getRadius();
    return { left: at.x - r, right: at.x + r, top: at.y - r, bottom: at.y + r };
  });
  const kept = placed(candidates(facts, layer, view, chosen, partners), (label) => {
    pen.font = font(label);
    return pen.measureText(label.text).width;
  }, taken);
  for (const label of kept) {
    pen.font = font(label);
    pen.lineWidth = label.strong ? 4 : 3;
    pen.strokeStyle = "rgba(255,255,255,.88)";
    pen.strokeText(label.text, label.x, label.y);
    pen.fillStyle = label.strong ? "#111827" : "#37424d";
    pen.fillText(label.text, label.x, label.y);
  }
  return kept;
}
