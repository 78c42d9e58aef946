/* Where the map goes: to what is chosen, to prefectures, home; and where it stands at first. */

/** @typedef {import("leaflet").LatLngBounds} LatLngBounds */
/** @typedef {import("./page").Page} Page */
import { readArea } from "./area_codes.js";
import { outlineOf } from "./fact_layers.js";
import { boundsOf } from "./fills.js";
import { all, chosenOf, readView } from "./query.js";

const NEAR = 9; // the nearest that the map flies to
const FAR = 4; // degrees within which a chosen town is shown with its partners

/** Where the map stands. @param {Page} page @returns {string} zoom/latitude/longitude */
export function viewText(page) {
  const { map } = page.view;
  const centre = map.getCenter();
  return [Math.round(map.getZoom() * 100) / 100, centre.lat.toFixed(3), centre.lng.toFixed(3)].join("/");
}

/** Where municipalities and prefectures lie. @param {Page} page @param {readonly string[]} codes @returns {LatLngBounds} */
function boundsOfPoints(page, codes) {
  const bounds = L.latLngBounds([]);
  for (const code of codes) {
    const point = page.facts.points[code] ?? page.facts.prefecturePoints[code.slice(0, 2)];
    if (point) bounds.extend([point[1], point[0]]);
  }
  return bounds;
}

/** @param {Page} page @param {string} id @returns {LatLngBounds} where an area lies */
function boundsOfBloc(page, id) {
  const bounds = L.latLngBounds([]);
  const bloc = page.facts.blocs.find((each) => each.id === id);
  if (bloc) for (const ring of outlineOf(page.layers, page.fills, `bloc-${bloc.id}`, bloc.members)) for (const point of ring) bounds.extend(point);
  return bounds;
}

/** @param {Page} page @param {string} area as the address holds it @returns {LatLngBounds} where its municipalities lie */
function boundsOfArea(page, area) {
  const bounds = L.latLngBounds([]);
  for (const code of readArea(area, { has: (each) => page.fills.polygons.has(each) })) {
    const extent = boundsOf(page.fills, code);
    if (extent) bounds.extend(extent);
  }
  return bounds;
}

/** @param {Page} page @param {readonly string[]} prefectures @returns {LatLngBounds} */
function boundsOfPrefectures(page, prefectures) {
  const bounds = L.latLngBounds([]);
  for (const code of prefectures) {
    const extent = page.fills.extents.get(code);
    if (extent) bounds.extend(extent);
  }
  return bounds;
}

/** @param {Page} page @returns {LatLngBounds | null} where what is chosen lies */
function chosenBounds(page) {
  const { chosen, facts, fills } = page;
  if (chosen.code.endsWith("000")) return fills.extents.get(chosen.code.slice(0, 2)) ?? null;
  if (chosen.code) return withPartners(page, boundsOf(fills, chosen.code)?.pad(1.1) ?? null);
  const bounds = chosen.tie ? boundsOfPoints(page, chosen.tie.split("-"))
    : chosen.bloc ? boundsOfBloc(page, chosen.bloc)
      : chosen.area ? boundsOfArea(page, chosen.area)
        : boundsOfPoints(page, facts.networks.find((each) => each.id === chosen.network)?.members ?? []);
  return bounds.isValid() ? bounds.pad(0.15) : null;
}

/** A town's surroundings, with its partners where they are not far away. @param {Page} page @param {LatLngBounds | null} around */
function withPartners(page, around) {
  if (!around) return null;
  const { chosen, facts } = page;
  const wide = L.latLngBounds(around.getSouthWest(), around.getNorthEast());
  for (const pair of facts.pairs) {
    if (pair.from !== chosen.code && pair.to !== chosen.code) continue;
    if (!pair.ties.some((i) => page.whole.ties[i] === "1")) continue;
    const point = facts.points[pair.from === chosen.code ? pair.to : pair.from];
    if (point) wide.extend([point[1], point[0]]);
  }
  const size = Math.max(wide.getNorth() - wide.getSouth(), wide.getEast() - wide.getWest());
  return size <= FAR ? wide.pad(0.06) : around;
}

/** @param {Page} page @param {boolean} [moving] */
export function flyToChosen(page, moving = true) {
  const bounds = chosenBounds(page);
  if (!bounds) return;
  page.moved = true;
  page.view.fit(bounds, NEAR, moving && page.shownOnce);
}

/** Show the chosen prefectures; with none, all Japan. @param {Page} page */
export function flyToPrefectures(page) {
  const bounds = boundsOfPrefectures(page, all(page.whole.query, "prefecture", page.defaults));
  if (bounds.isValid()) page.view.fit(bounds, NEAR, true);
  else goHome(page);
  page.moved = bounds.isValid();
}

/** Show all Japan. @param {Page} page @param {boolean} [moving] */
export function goHome(page, moving = true) {
  page.moved = false;
  const [[south, west], [north, east]] = page.options.home;
  page.view.goHome(L.latLngBounds([south, west], [north, east]), moving);
}

/** Stand where the address says, or where what is chosen lies, or where all Japan is seen. @param {Page} page */
export function standAtFirst(page) {
  const view = readView(page.alone ? page.options.view : (new URLSearchParams(location.search).get("map") ?? ""));
  if (view) {
    page.moved = true;
    page.view.map.setView([view[1], view[2]], view[0], { animate: false });
    return;
  }
  goHome(page, false);
  if (!page.fills.extents.size) return; // the borders have not come: nothing chosen can be found
  page.whole = page.answer;
  page.chosen = chosenOf(page.answer.query, page.defaults);
  const prefectures = boundsOfPrefectures(page, all(page.answer.query, "prefecture", page.defaults));
  if (chosenBounds(page)) flyToChosen(page, false);
  else if (prefectures.isValid()) page.view.fit(prefectures, NEAR, false);
}
