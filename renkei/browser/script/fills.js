/* The municipalities in three levels of detail: their classes, their hatch, the finer borders of what is in view. */

/** @typedef {import("./contract").Facts} Facts */
/** @typedef {import("./contract").MapState} MapState */
/** @typedef {import("./leaflet_canvas").FillPath} FillPath */
/** @typedef {import("./leaflet_canvas").FillOptions} FillOptions */
/** @typedef {import("./map_view").MapView} MapView */
import { inRings, ringsIn } from "./geometry.js";
import { liesOn, redrawn, restyled } from "./leaflet_canvas.js";

const FILL_OPACITY = 0.9;
const ASIDE = 0.16; // of a municipality outside the chosen prefectures
const OUTSIDE = "."; // in no area of the painted kind
// The finest level whose zoom is reached is drawn, for what is in view.
const LEVELS = [{ zoom: 9.75, name: "z11" }, { zoom: 6.9, name: "z8" }];
export const COARSE = "z5";
const SLICE_MS = 40; // of drawing before the page may answer

/**
 * The municipalities as drawn.
 * @typedef {object} Fills
 * @property {Map<string, FillPath[]>} polygons code to its path at z5, then finer ones
 * @property {Map<string, import("leaflet").LayerGroup>} coarse by prefecture
 * @property {Map<string, import("leaflet").LayerGroup | null>} fine "z8/01" to its group, null while on its way
 * @property {Map<string, import("leaflet").LatLngBounds>} extents by prefecture
 * @property {Map<string, string>} levels prefecture to the level that is drawn
 * @property {Set<number>} hidden classes that the legend hides; −1 is no data
 */

/** @returns {Fills} */
export function makeFills() {
  return { polygons: new Map(), coarse: new Map(), fine: new Map(), extents: new Map(), levels: new Map(), hidden: new Set() };
}

/** How a municipality looks. @param {number} position in the gazetteer @param {MapState | null} state @param {Set<number>} hidden @returns {FillOptions} */
export function fillStyle(position, state, hidden) {
  /** @type {FillOptions} */
  const style = { stroke: true, weight: 0.3, color: "#7d8791", opacity: 0.6, fill: true, fillOpacity: FILL_OPACITY,
    hatched: true, fillColor: "#f4f4f2" };
  if (!state) return style;
  const mark = state.classes[position] ?? "-";
  const outside = mark === OUTSIDE;
  const index = outside || mark === "-" ? -1 : mark.charCodeAt(0) - 48;
  style.hatched = index < 0 && !outside;
  if (index >= 0) style.fillColor = state.colors[index];
  if (!outside && hidden.has(index)) Object.assign(style, { hatched: false, fillColor: "#ffffff", fillOpacity: 0.35 });
  if (state.shown && state.shown[position] === "0") style.fillOpacity = ASIDE;
  const second = state.second;
  if (second?.classes && second.colors) {
    const other = (second.classes.charCodeAt(position) || 45) - 48;
    style.second = { hatched: other < 0, fillColor: (other < 0 ? undefined : second.colors[other]) ?? "#f4f4f2" };
  }
  return style;
}

/** @param {Fills} fills @param {MapView} view @param {any} collection @param {string} level
 * @param {(code: string) => import("leaflet").LayerGroup} group @param {(code: string) => FillOptions} look */
function addPolygons(fills, view, collection, level, group, look) {
  for (const feature of collection.features) {
    const code = feature.properties.c;
    const layer = /** @type {FillPath} */ (/** @type {unknown} */ (L.GeoJSON.geometryToLayer(feature)));
    L.setOptions(layer, { renderer: view.canvases.fills, pane: "fills", interactive: false, smoothFactor: 0, ...look(code) });
    layer.code = code;
    layer.level = level;
    group(code).addLayer(layer);
    fills.polygons.set(code, [...(fills.polygons.get(code) ?? []), layer]);
  }
}

/** Make the paths of all Japan, by prefecture, without putting them on the map.
 * @param {Fills} fills @param {MapView} view @param {any} collection @param {(code: string) => FillOptions} look */
export function makeCoarse(fills, view, collection, look) {
  const group = (/** @type {string} */ code) => {
    const prefecture = code.slice(0, 2);
    const found = fills.coarse.get(prefecture) ?? L.layerGroup();
    fills.coarse.set(prefecture, found);
    return found;
  };
  addPolygons(fills, view, collection, COARSE, group, look);
  for (const [prefecture, each] of fills.coarse) {
    const bounds = L.latLngBounds([]);
    each.eachLayer((layer) => bounds.extend(/** @type {import("leaflet").Polygon} */ (layer).getBounds()));
    fills.extents.set(prefecture, bounds);
  }
}

/** Put all Japan on the map, a slice at a time: the page answers in between.
 * @param {Fills} fills @param {MapView} view @param {() => Promise<void>} rest */
export async function addCoarse(fills, view, rest) {
  let started = performance.now();
  for (const group of fills.coarse.values()) {
    group.addTo(view.map);
    if (performance.now() - started < SLICE_MS) continue;
    await rest();
    started = performance.now();
  }
}

/** Draw finer borders for the prefectures in view; the coarse ones leave when the finer have come.
 * @param {Fills} fills @param {MapView} view @param {(level: string, prefecture: string) => Promise<any>} load
 * @param {(code: string) => FillOptions} look @param {() => void} changed called when other borders are drawn than before */
export function refined(fills, view, load, look, changed) {
  const before = [...fills.levels.values()].join();
  const level = LEVELS.find((each) => view.map.getZoom() >= each.zoom)?.name;
  const window = view.map.getBounds();
  const put = (/** @type {import("leaflet").LayerGroup | undefined} */ group) => {
    if (group && !view.map.hasLayer(group)) group.addTo(view.map);
  };
  for (const [prefecture, extent] of fills.extents) {
    const wanted = level && window.intersects(extent) ? `${level}/${prefecture}` : "";
    for (const { name } of LEVELS) {
      const key = `${name}/${prefecture}`;
      if (key !== wanted) fills.fine.get(key)?.remove();
    }
    const group = wanted ? fills.fine.get(wanted) : undefined;
    if (group) {
      fills.coarse.get(prefecture)?.remove();
      put(group);
    } else put(fills.coarse.get(prefecture));
    fills.levels.set(prefecture, group && level ? level : COARSE);
    if (!wanted || !level || group !== undefined) continue;
    fills.fine.set(wanted, null);
    load(level, prefecture)
      .then((collection) => {
        const fresh = L.layerGroup();
        addPolygons(fills, view, collection, level, () => fresh, look);
        fills.fine.set(wanted, fresh);
        refined(fills, view, load, look, changed);
      })
      .catch(() => fills.fine.delete(wanted)); // the coarse border stays; the next move asks again
  }
  if (before !== [...fills.levels.values()].join()) changed();
}

/** Give every fill its class and draw the canvas once. @param {Fills} fills @param {MapView} view @param {(code: string) => FillOptions} look */
export function repainted(fills, view, look) {
  for (const [code, layers] of fills.polygons) {
    const style = look(code);
    for (const layer of layers) restyled(layer, style);
  }
  if (view.canvases.fills) redrawn(view.canvases.fills);
}

/** The municipality at a place, or beside it by a pointer's width; "" at sea.
 * @param {Fills} fills @param {MapView} view @param {import("leaflet").LatLng} where @returns {string} */
export function codeAt(fills, view, where) {
  /** @type {FillPath[]} */
  const near = [];
  for (const [prefecture, extent] of fills.extents) {
    if (!extent.pad(0.05).contains(where)) continue;
    const level = fills.levels.get(prefecture) ?? COARSE;
    const group = level === COARSE ? fills.coarse.get(prefecture) : fills.fine.get(`${level}/${prefecture}`);
    for (const layer of group?.getLayers() ?? []) near.push(/** @type {FillPath} */ (/** @type {unknown} */ (layer)));
  }
  const polygon = (/** @type {FillPath} */ path) => /** @type {import("leaflet").Polygon} */ (/** @type {unknown} */ (path));
  const found = near.find((path) => polygon(path).getBounds().contains(where) && inRings(ringsIn(polygon(path).getLatLngs()), where));
  if (found) return found.code;
  const point = view.map.latLngToLayerPoint(where);
  return near.find((path) => liesOn(path, point))?.code ?? "";
}

/** Where a municipality lies; null where it has no border. @param {Fills} fills @param {string} code @returns {import("leaflet").LatLngBounds | null} */
export function boundsOf(fills, code) {
  const first = /** @type {any} */ (fills.polygons.get(code)?.[0]);
  return first ? L.latLngBounds(first.getLatLngs().flat(3)) : null;
}
