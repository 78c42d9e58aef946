/* Areas, ties, networks, cases and what is chosen, drawn above the fills.
 *
 * At national zoom the fill is read first: only the cases' rings stand on it, and what belongs to the chosen.
 */

/** @typedef {import("./contract").Facts} Facts */
/** @typedef {import("./contract").MapState} MapState */
/** @typedef {import("./contract").Pair} Pair */
/** @typedef {import("./fills").Fills} Fills */
/** @typedef {import("./map_view").MapView} MapView */
/** @typedef {import("./geometry").Point} Point */
import { readArea } from "./area_codes.js";
import { COARSE } from "./fills.js";
import { arc, ringsIn, unionRings } from "./geometry.js";
import { CaseMark, liesOn } from "./leaflet_canvas.js";
import { DASHES } from "./signs.js";

export const CALM_BELOW = 7; // zoom below which ties and outlines of nobody in particular are left out
const GATHER_PX = 26; // cases nearer than this are gathered into one
const INK = "#111827";
const MOST_OUTLINES = 3000;
const OWN = 3; // the line of what a planner's own file says: shown from afar too

/** What is chosen. @typedef {{code: string, tie: string, bloc: string, network: string, area: string}} Chosen */
/** @typedef {{lat: number, lon: number, point: import("leaflet").Point, items: number[], mark: any}} Gathered */
/** @typedef {{layer: import("leaflet").Polyline, pair: Pair, visible: number[]}} DrawnPair */

/**
 * What is drawn above the fills.
 * @typedef {object} FactLayers
 * @property {Record<string, import("leaflet").LayerGroup>} groups
 * @property {Map<string, Point[][]>} outlines by level and position
 * @property {Gathered[]} gathered
 * @property {DrawnPair[]} pairs the ties that are drawn
 * @property {string[]} partners of what is chosen
 * @property {string} under the areas under the pointer
 */

/** @param {MapView} view @returns {FactLayers} */
export function makeFactLayers(view) {
  /** @type {Record<string, import("leaflet").LayerGroup>} */
  const groups = {};
  for (const name of ["under", "blocs", "ties", "networks", "cases", "chosen"]) groups[name] = L.layerGroup().addTo(view.map);
  return { groups, outlines: new Map(), gathered: [], pairs: [], partners: [], under: "" };
}

/** The outline of municipalities on the borders that are drawn: the coarsest level among their prefectures.
 * @param {FactLayers} layers @param {Fills} fills @param {string} key @param {readonly string[]} members @returns {Point[][]} */
export function outlineOf(layers, fills, key, members) {
  const used = new Set(members.map((code) => fills.levels.get(code.slice(0, 2)) ?? COARSE));
  const level = [COARSE, "z8", "z11"].find((name) => used.has(name)) ?? COARSE;
  const found = layers.outlines.get(level + key);
  if (found) return found;
  if (layers.outlines.size > MOST_OUTLINES) layers.outlines.clear(); // areas come and go
  /** @type {Point[][]} */
  const rings = [];
  for (const code of members) {
    const paths = fills.polygons.get(code) ?? [];
    const path = /** @type {any} */ (paths.find((each) => each.level === level) ?? paths[0]);
    if (path) ringsIn(path.getLatLngs(), rings);
  }
  const outline = unionRings(rings);
  layers.outlines.set(level + key, outline);
  return outline;
}

/** @param {import("leaflet").LayerGroup | undefined} group @param {Point[][]} rings @param {any} style */
function addOutline(group, rings, style) {
  group?.addLayer(L.polygon(/** @type {any} */ (rings), { smoothFactor: 0.5, fill: false, ...style }));
}

/** Draw the outlines of areas: near, those that are shown; far out, those of the chosen alone.
 * @param {FactLayers} layers @param {Fills} fills @param {MapView} view @param {Facts} facts @param {MapState} state @param {Chosen} chosen */
export function drawBlocs(layers, fills, view, facts, state, chosen) {
  layers.groups.blocs?.clearLayers();
  const calm = view.map.getZoom() < CALM_BELOW;
  const focused = Object.values(chosen).some(Boolean);
  facts.blocs.forEach((bloc, i) => {
    const own = chosen.bloc === bloc.id;
    const lifted = own || (Boolean(chosen.code) && bloc.members.includes(chosen.code));
    if (state.blocs[i] !== "1" && !own) return;
    if (!lifted && ((calm && bloc.style !== OWN) || focused)) return;
    const color = bloc.style === OWN ? facts.ownColor : (facts.blocColors[bloc.layer] ?? INK);
    const style = view.style(bloc.layer);
    const rings = outlineOf(layers, fills, `bloc-${bloc.id}`, bloc.members);
    const weight = own ? 3 : lifted ? 2.2 : 1.4;
    if (lifted) addOutline(layers.groups.blocs, rings, { ...style, color: "#ffffff", weight: weight + 2, opacity: 0.75 });
    // Hatched where the members do not all touch: the outline alone would look like several areas.
    const apart = bloc.parts > 1;
    addOutline(layers.groups.blocs, rings, { ...style, color, weight, opacity: 0.9, dashArray: DASHES[bloc.style],
      fill: own || apart, apart, fillColor: color, fillOpacity: apart ? (lifted ? 0.6 : 0.35) : 0.08 });
  });
}

/** A quiet fill for the areas under the pointer alone.
 * @param {FactLayers} layers @param {Fills} fills @param {MapView} view @param {Facts} facts @param {readonly number[]} positions */
export function showUnder(layers, fills, view, facts, positions) {
  const key = positions.join();
  if (key === layers.under) return;
  layers.under = key;
  layers.groups.under?.clearLayers();
  for (const i of positions) {
    const bloc = facts.blocs[i];
    if (!bloc) continue;
    const color = facts.blocColors[bloc.layer] ?? INK;
    addOutline(layers.groups.under, outlineOf(layers, fills, `bloc-${bloc.id}`, bloc.members), {
      renderer: view.canvases.under, pane: "under", interactive: false, color, weight: 3, opacity: 0.5, fill: true,
      fillColor: color, fillOpacity: 0.12 });
  }
}

/** @param {import("leaflet").LayerGroup | undefined} group @param {any} style @param {[number, number]} from @param {[number, number]} to */
function addArc(group, style, from, to) {
  const line = arc(from, to);
  group?.addLayer(L.polyline(line, { smoothFactor: 0.8, ...style, color: "#ffffff", weight: style.weight + 2, opacity: 0.7, dashArray: undefined }));
  const layer = L.polyline(line, { smoothFactor: 0.8, ...style });
  group?.addLayer(layer);
  return layer;
}

/** Draw the ties: those of the chosen; with nothing chosen and near, all that are shown.
 * @param {FactLayers} layers @param {MapView} view @param {Facts} facts @param {MapState} state @param {Chosen} chosen */
export function drawTies(layers, view, facts, state, chosen) {
  layers.groups.ties?.clearLayers();
  const calm = view.map.getZoom() < CALM_BELOW;
  const focused = Object.values(chosen).some(Boolean);
  layers.pairs = [];
  layers.partners = [];
  for (const pair of facts.pairs) {
    const own = chosen.tie === `${pair.from}-${pair.to}` || (chosen.code !== "" && (pair.from === chosen.code || pair.to === chosen.code));
    if (!own && focused) continue;
    const visible = pair.ties.filter((i) => state.ties[i] === "1");
    if (!own && calm && !visible.some((i) => facts.ties[i]?.style === OWN)) continue;
    const from = facts.points[pair.from];
    const to = facts.points[pair.to];
    if (!visible.length || !from || !to) continue;
    const style = Math.min(...visible.map((i) => facts.ties[i]?.style ?? 2));
    const weight = Math.min(6, (own ? 1.4 : 0.8) + Math.sqrt(visible.length) * (own ? 1 : 0.7));
    const layer = addArc(layers.groups.ties, { ...view.style("ties"), color: style === OWN ? facts.ownColor : facts.tieColor, weight, opacity: own ? 0.95 : 0.7,
      dashArray: DASHES[style] }, from, to);
    layers.pairs.push({ layer, pair, visible });
    if (!own) continue;
    for (const code of [pair.from, pair.to]) if (code !== chosen.code) layers.partners.push(code);
  }
}

/** Draw the chosen network as a star from its lead, or from the middle of its members; never all pairs.
 * @param {FactLayers} layers @param {MapView} view @param {Facts} facts @param {Chosen} chosen */
export function drawNetworks(layers, view, facts, chosen) {
  layers.groups.networks?.clearLayers();
  const network = facts.networks.find((each) => each.id === chosen.network);
  if (!network) return;
  const points = network.members.flatMap((code) => {
    const point = facts.points[code];
    return point ? [point] : [];
  });
  if (!points.length) return;
  const mean = (/** @type {0 | 1} */ axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const hub = facts.points[network.lead] ?? /** @type {[number, number]} */ ([mean(0), mean(1)]);
  const style = view.style("networks");
  for (const point of points) {
    if (point !== hub) addArc(layers.groups.networks, { ...style, color: facts.networkColor, weight: 1.6, opacity: 0.85 }, hub, point);
    layers.groups.networks?.addLayer(L.circleMarker([point[1], point[0]], { ...style, radius: 4, color: "#ffffff", weight: 1.2,
      fill: true, fillColor: facts.networkColor, fillOpacity: 1 }));
  }
  layers.partners = [...layers.partners, ...network.members];
}

/** Whether a case's place is what is chosen, or lies in a chosen prefecture. @param {string} place @param {string} chosen @returns {boolean} */
function liesIn(place, chosen) {
  return place === chosen || (chosen.endsWith("000") && place.slice(0, 2) === chosen.slice(0, 2));
}

/** Draw the cases: a sign each, or a ring with their number where they would lie on one another.
 * @param {FactLayers} layers @param {MapView} view @param {Facts} facts @param {MapState} state @param {Chosen} chosen */
export function drawCases(layers, view, facts, state, chosen) {
  const group = layers.groups.cases;
  group?.clearLayers();
  /** @type {Gathered[]} */
  const gathered = [];
  facts.cases.forEach((item, i) => {
    if (state.cases[i] !== "1") return;
    const point = view.map.latLngToLayerPoint([item.lat, item.lon]);
    let home = gathered.find((each) => each.point.distanceTo(point) < GATHER_PX);
    if (!home) {
      home = { lat: item.lat, lon: item.lon, point, items: [], mark: null };
      gathered.push(home);
    }
    home.items.push(i);
  });
  for (const each of gathered) {
    /** @type {Map<number, number>} */
    const counts = new Map();
    for (const i of each.items) {
      const theme = facts.cases[i]?.theme ?? 0;
      counts.set(theme, (counts.get(theme) ?? 0) + 1);
    }
    const slices = [...counts].sort((a, b) => b[1] - a[1]).map(([theme, number]) => ({ count: number,
      color: facts.themes[theme]?.color ?? "#55606b", shape: facts.themes[theme]?.shape ?? "circle" }));
    const total = each.items.length;
    const here = each.items.some((i) => liesIn(facts.cases[i]?.place ?? "", chosen.code));
    const rim = each.items.some((i) => facts.cases[i]?.tier === "own") ? facts.ownColor : "";
    const Mark = /** @type {any} */ (CaseMark);
    each.mark = new Mark([each.lat, each.lon], { ...view.style("cases"), radius: total === 1 ? 6 : Math.min(17, 8.5 + Math.sqrt(total)),
      slices, count: total, rim, dimmed: chosen.code !== "" && !here });
    group?.addLayer(each.mark);
  }
  layers.gathered = gathered;
}

/** Draw the borders of what is chosen, and of its partners. @param {FactLayers} layers @param {Fills} fills @param {MapView} view
 * @param {Facts} facts @param {Chosen} chosen */
export function drawChosen(layers, fills, view, facts, chosen) {
  const group = layers.groups.chosen;
  group?.clearLayers();
  const style = { renderer: view.canvases.chosen, pane: "chosen", interactive: false, smoothFactor: 0 };
  const color = chosen.network ? facts.networkColor : facts.tieColor;
  const ring = (/** @type {string} */ code, /** @type {string} */ ink, /** @type {number} */ weight) => {
    const paths = fills.polygons.get(code);
    const finest = /** @type {any} */ (paths?.[paths.length - 1]);
    if (finest) addOutline(group, finest.getLatLngs(), { ...style, color: ink, weight });
  };
  for (const code of new Set(layers.partners)) ring(code, color, 1.8);
  if (chosen.area) {
    const members = readArea(chosen.area, { has: (code) => fills.polygons.has(code) });
    const outline = outlineOf(layers, fills, `area-${chosen.area}`, members);
    addOutline(group, outline, { ...style, color: "#ffffff", weight: 6, opacity: 0.85 });
    addOutline(group, outline, { ...style, color: facts.areaColor, weight: 3, fill: true, fillColor: facts.areaColor, fillOpacity: 0.1 });
  }
  if (chosen.code.endsWith("000")) {
    const members = facts.codes.filter((code) => code.startsWith(chosen.code.slice(0, 2)));
    const outline = outlineOf(layers, fills, `prefecture-${chosen.code}`, members);
    addOutline(group, outline, { ...style, color: "#ffffff", weight: 5 });
    addOutline(group, outline, { ...style, color: INK, weight: 2.6 });
  } else if (chosen.code) {
    ring(chosen.code, "#ffffff", 5);
    ring(chosen.code, INK, 2.6);
  }
}

/** The cases under a point of the map's layer. @param {FactLayers} layers @param {MapView} view @param {import("leaflet").Point} point @returns {Gathered | null} */
export function gatheredAt(layers, view, point) {
  let best = null;
  let near = Number.POSITIVE_INFINITY;
  for (const each of layers.gathered) {
    const distance = view.map.latLngToLayerPoint([each.lat, each.lon]).distanceTo(point);
    if (distance <= each.mark.getRadius() + 3 && distance < near) {
      best = each;
      near = distance;
    }
  }
  return best;
}

/** The tie under a point. @param {FactLayers} layers @param {import("leaflet").Point} point @returns {DrawnPair | null} */
export function pairAt(layers, point) {
  return layers.pairs.find((each) => liesOn(each.layer, point)) ?? null;
}

/** The shown areas that a municipality belongs to. @param {Facts} facts @param {MapState} state @param {string} code @returns {number[]} */
export function blocsOf(facts, state, code) {
  return facts.blocs.flatMap((bloc, i) => (state.blocs[i] === "1" && bloc.members.includes(code) ? [i] : []));
}
