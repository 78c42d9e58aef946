/* The Leaflet map: its panes and canvases, where it stands, and how it gets somewhere else. */

/** @typedef {import("./contract").Facts} Facts */
/** @typedef {import("./contract").StartOptions} StartOptions */
/** @typedef {import("./leaflet_canvas").SplitCanvas} SplitCanvas */
import { FillCanvas } from "./leaflet_canvas.js";
import { el } from "./text.js";

export const FACT_LAYERS = ["cases", "ties", "networks", "blocs", "core_city", "self_reliant", "medical"];
const TOP_PANE = 395; // z-index of the uppermost layer of facts
const PANES = /** @type {const} */ ([["fills", 350], ["lines", 360], ["under", 365], ["chosen", 372], ["names", 398]]);
const LOWEST = 4;
const HIGHEST = 13;
const NARROW = 640;
const BAR = 62; // pixels that the bar and its margin take
const EAST_ON_A_PHONE = 145.9; // degrees: the main islands alone
const LARGEST_HOME = 7;
const FLIGHT = { duration: 0.7, easeLinearity: 0.3 };

/** What covers the map, in pixels at each side. @typedef {{top: number, right: number, bottom: number, left: number}} Cover */

/**
 * The map and its canvases.
 * @typedef {object} MapView
 * @property {import("leaflet").Map} map
 * @property {Record<string, SplitCanvas>} canvases by pane
 * @property {() => boolean} narrow whether the window is a phone's
 * @property {() => Cover} cover
 * @property {(bounds: import("leaflet").LatLngBounds, most: number, moving: boolean) => void} fit
 * @property {(bounds: import("leaflet").LatLngBounds, moving: boolean) => void} goHome
 * @property {(layer: string) => import("leaflet").PathOptions} style of what is drawn on a layer's pane
 */

/** Whether someone asked for less motion. @returns {boolean} */
export function still() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** What the page's floating parts leave free. @returns {Cover} */
function coverNow() {
  if (innerWidth <= NARROW) return { top: 58, right: 10, bottom: Math.round(innerHeight * 0.36), left: 10 };
  // The card, or what stands at its place until it has come; the one of them that is not shown has no width.
  const width = Math.max(0, ...[...document.querySelectorAll(".st-key-card, .rk-card-wait")].map((each) => each.getBoundingClientRect().width));
  const tables = document.querySelector(".rk-drawer")?.getBoundingClientRect().top ?? innerHeight - 40;
  return { top: BAR, right: width + 24, bottom: innerHeight - tables + 8, left: 14 };
}

const NORTH_CAPE = L.latLng(45.53, 140.95); // 礼文島: what the bar would cover first

/** Where all Japan stands as large as it goes: in the free corner, between the buttons of the bar where that leaves land free.
 * @param {import("leaflet").Map} map @param {import("leaflet").LatLngBounds} home @param {Cover} cover
 * @param {number} barEnd pixels from the left at which the bar's buttons end @returns {{centre: import("leaflet").LatLng, zoom: number}} */
export function homeView(map, home, cover, barEnd) {
  const { x: width, y: height } = map.getSize();
  const extent = map.project(home.getSouthEast(), 0).subtract(map.project(home.getNorthWest(), 0));
  const standing = (/** @type {number} */ top) => {
    const room = L.point(width - cover.left - cover.right, height - top - cover.bottom);
    const zoom = Math.log2(Math.max(1, Math.min(room.x / extent.x, room.y / extent.y)));
    const spare = room.subtract(extent.multiplyBy(2 ** zoom));
    // The corner of the bounds lies in that of the free room, in the middle of what is left from top to bottom.
    const corner = L.point(width - cover.right, top + spare.y / 2);
    const centre = map.project(home.getNorthEast(), zoom).add(L.point(width / 2, height / 2).subtract(corner));
    const cape = map.project(NORTH_CAPE, zoom).subtract(centre).x + width / 2;
    return { centre: map.unproject(centre, zoom), zoom, free: cape > barEnd };
  };
  const high = standing(6);
  return high.free ? high : standing(BAR);
}

/** Set the map up. @param {import("leaflet").Map} map @param {StartOptions} options @returns {MapView} */
export function makeMapView(map, options) {
  map.setMinZoom(LOWEST).setMaxZoom(HIGHEST);
  map.getContainer().classList.add("rk-map");
  map.attributionControl.setPrefix(false);
  map.attributionControl.addAttribution(el("span", "", options.credit).innerHTML); // escaped: read back from a text node
  map.attributionControl.setPosition("bottomright");
  map.zoomControl.remove();
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  /** @type {Record<string, SplitCanvas>} */
  const canvases = {};
  const pane = (/** @type {string} */ name, /** @type {number} */ order) => {
    map.createPane(name).style.zIndex = String(order);
    const Made = ["fills", "names"].includes(name) || FACT_LAYERS.includes(name) ? FillCanvas : L.Canvas;
    canvases[name] = new Made({ pane: name, padding: 0.15, tolerance: 4 });
  };
  for (const [name, order] of PANES) pane(name, order);
  FACT_LAYERS.forEach((name, i) => {
    pane(name, TOP_PANE - i);
  });
  const narrow = () => innerWidth <= NARROW;
  return {
    map,
    canvases,
    narrow,
    cover: options.alone ? () => ({ top: 10, right: 10, bottom: 10, left: 10 }) : coverNow,
    goHome(bounds, moving) {
      if (narrow() || options.alone) { // no card and no tables beside it: in the middle
        const east = narrow() ? Math.min(bounds.getEast(), EAST_ON_A_PHONE) : bounds.getEast();
        this.fit(L.latLngBounds(bounds.getSouthWest(), [bounds.getNorth(), east]), LARGEST_HOME, moving);
        return;
      }
      const bar = document.getElementById("rk-more-open")?.getBoundingClientRect().right ?? 0;
      const { centre, zoom } = homeView(map, bounds, { ...this.cover(), bottom: this.cover().bottom - 6 }, bar + 6);
      const snap = map.options.zoomSnap;
      map.options.zoomSnap = 0;
      if (moving && !still()) map.flyTo(centre, zoom, FLIGHT);
      else map.setView(centre, zoom, { animate: false });
      map.options.zoomSnap = snap;
    },
    fit(bounds, most, moving) {
      const { top, right, bottom, left } = this.cover();
      const snap = map.options.zoomSnap;
      map.options.zoomSnap = 0.05; // as large as it goes
      const around = { paddingTopLeft: L.point(left, top), paddingBottomRight: L.point(right, bottom), maxZoom: most };
      if (moving && !still()) map.flyToBounds(bounds, { ...around, ...FLIGHT });
      else map.fitBounds(bounds, { ...around, animate: false });
      map.options.zoomSnap = snap;
    },
    style: (layer) => ({ renderer: /** @type {SplitCanvas} */ (canvases[layer]), pane: layer, interactive: false }),
  };
}

/** Draw layers in this order, the first on top. @param {MapView} view @param {readonly string[]} layers */
export function stacked(view, layers) {
  const order = [...layers.filter((id) => FACT_LAYERS.includes(id)), ...FACT_LAYERS.filter((id) => !layers.includes(id))];
  order.forEach((id, i) => {
    const pane = view.map.getPane(id);
    if (pane) pane.style.zIndex = String(TOP_PANE - i);
  });
  return order;
}
