/* The tiles of 国土地理院: the one thing that asks another server, only when a person wants it. */

/** @typedef {import("./page").Page} Page */
import { all } from "./query.js";
import { el } from "./text.js";

const ADDRESS = "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png";
const TERMS = "https://maps.gsi.go.jp/development/ichiran.html";
const PATIENCE_MS = 6000; // with no tile by then, the network is closed

/** @param {Page} page @returns {{show: () => void}} */
export function makeTiles(page) {
  const { map } = page.view;
  /** @type {import("leaflet").TileLayer | null} */
  let tiles = null;
  let failedOnce = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const fills = map.getPane("fills");
  const stop = () => {
    clearTimeout(timer);
    tiles?.remove();
    tiles = null;
    if (fills) fills.style.opacity = "";
  };
  const start = () => {
    const credit = el("a", "", page.word("layer_tiles"));
    credit.href = TERMS;
    credit.target = "_blank";
    credit.rel = "noopener";
    let come = false;
    const failed = () => {
      if (!tiles || come) return;
      failedOnce = true; // not tried again before someone asks
      stop();
      page.say(page.word("no_tiles"));
      page.choose({ show: all(page.whole.query, "show", page.defaults).filter((id) => id !== "tiles") });
    };
    tiles = L.tileLayer(ADDRESS, { minZoom: 4, maxNativeZoom: 18, attribution: credit.outerHTML });
    tiles.on("tileload", () => {
      come = true;
    });
    tiles.on("tileerror", failed);
    timer = setTimeout(failed, PATIENCE_MS);
    tiles.addTo(map);
    if (fills) fills.style.opacity = "0.6";
  };
  return {
    show() {
      const on = all(page.whole.query, "show", page.defaults).includes("tiles");
      if (!on) {
        failedOnce = false;
        if (tiles) stop();
      } else if (!tiles && !failedOnce) start();
    },
  };
}
