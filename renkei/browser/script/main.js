/* The page: starts the map when its borders have come, and listens to what a person does with it. */

/** @typedef {import("./contract").Facts} Facts */
/** @typedef {import("./contract").NameIndex} NameIndex */
/** @typedef {import("./contract").StartOptions} StartOptions */
/** @typedef {import("./page").Page} Page */
/** @typedef {import("./contract").MapState} MapState */
/** @typedef {import("geojson").FeatureCollection} FeatureCollection */
import { makeAreaTool } from "./area_tool.js";
import { makeBackgroundMenu } from "./background_menu.js";
import { choose, heard, wish, writeAddress } from "./choosing.js";
import { makeDrawer } from "./drawer.js";
import { makeFactLayers } from "./fact_layers.js";
import { makeFilterMenus } from "./filter_menus.js";
import { addCoarse, makeCoarse, makeFills, refined } from "./fills.js";
import { masked } from "./foretell.js";
import { flyToChosen, goHome, standAtFirst, viewText } from "./going.js";
import { makeInsets } from "./insets.js";
import { makeLegend } from "./legend.js";
import { makeMapView } from "./map_view.js";
import { makeOutputs } from "./outputs.js";
import { fetched, seriesOf } from "./page_files.js";
import { look, paint, redrawFacts, redrawZoomed, repaint, writeNames } from "./painting.js";
import { makePlaceNames } from "./place_names.js";
import { makePointer } from "./pointer.js";
import { closeAll, closeOutside } from "./popover.js";
import { all, chosenOf, one, readAddress, readView, sameQuery, withChange } from "./query.js";
import { makeSearchBox } from "./search_box.js";
import { makeServerLink } from "./server_link.js";
import { makeSnapshot } from "./snapshot.js";
import { makeSwipeDivide } from "./swipe_divide.js";
import { el, filledIn, folded, part, pressable } from "./text.js";
import { makeTiles } from "./tiles.js";
import { makeWaiting } from "./waiting.js";
import { makeYearSlider } from "./year_slider.js";

const GIVE_UP_MS = 20_000; // with no answer by then, the last one is painted again
const NEAR = 9; // the nearest that an inset leads to
const FILES = /** @type {const} */ (["z5", "facts", "prefectures", "northern"]);

/** A sentence on the map, until it is closed. @param {Page} page @param {string} text */
function say(page, text) {
  const box = el("div", "rk-notice");
  const close = pressable("rk-close", "×", () => box.remove());
  close.setAttribute("aria-label", page.word("dismiss"));
  box.append(el("span", "", text), close);
  part("rk-notices").replaceChildren(box);
}

/** @param {Page} page @param {unknown} error */
function fail(page, error) {
  page.failure = String(error);
  document.getElementById("rk-notices")?.replaceChildren(el("div", "rk-notice",
    "地図データを読み込めませんでした。ページを再読み込みしてください。 / The map data could not be loaded; reload the page."));
}

/** @param {Page} page @param {NameIndex} index names as they came, made ready for being looked for */
function readIndex(page, index) {
  for (const entry of index.places) entry.keys = [...new Set(entry.keys.map(folded))];
  page.index = index;
  for (const each of page.views) each.show();
}

/** @param {Page} page @param {string} code @returns {string} a place's whole name in the page's language */
function nameOf(page, code) {
  const { facts, english } = page;
  const position = page.order.get(code);
  const name = position === undefined ? (english ? facts.prefectures_en : facts.prefectures)[code.slice(0, 2)]
    : (english ? facts.names_en : facts.names)[position];
  return name ?? code;
}

/** A place's name as the map writes it: without the kind of a prefecture, in English without any.
 * @param {Page} page @param {string} code @returns {string} */
function shortNameOf(page, code) {
  const position = page.order.get(code);
  if (page.english) return nameOf(page, code).replace(/ (?:City|Town|Village)$/, "");
  return position === undefined ? nameOf(page, code).replace(/(?<=..)[都府県]$/, "") : (page.facts.short[position] ?? code);
}

/** Fetch the borders of where the map stands, and write the place into the address. @param {Page} page */
function followed(page) {
  const file = page.options.files.levels ?? "";
  refined(page.fills, page.view, (level, prefecture) => page.load(file.replace("{level}", level).replace("{prefecture}", prefecture)),
    (code) => look(page, code), () => redrawFacts(page));
  writeAddress(page, false);
}

/** Redraw as the map moves. @param {Page} page */
function followMap(page) {
  const { map } = page.view;
  let zoom = map.getZoom();
  map.on("dragstart", () => {
    page.moved = true;
  });
  map.getContainer().addEventListener("wheel", () => {
    page.moved = true;
  }, { passive: true });
  map.on("moveend", () => {
    followed(page);
    writeNames(page);
  });
  map.on("zoomend", () => {
    redrawZoomed(page, zoom);
    zoom = map.getZoom();
  });
}

/** Take a keyboard past the map's controls to the card. */
function skipToCard() {
  const card = document.querySelector(".st-key-card");
  if (!(card instanceof HTMLElement)) return;
  card.tabIndex = -1;
  card.focus();
}

/** Answer the buttons beside the map, the browser's way back, and Escape. @param {Page} page */
function listen(page) {
  const { map } = page.view;
  const zoomed = (/** @type {() => void} */ act) => () => {
    page.moved = true;
    act();
  };
  const acts = {
    "rk-home": () => {
      goHome(page);
      writeAddress(page, false);
    },
    "rk-skip": skipToCard,
    "rk-in": zoomed(() => map.zoomIn(1)),
    "rk-out": zoomed(() => map.zoomOut(1)),
  };
  for (const [id, act] of Object.entries(acts)) document.getElementById(id)?.addEventListener("click", act);
  addEventListener("popstate", () => {
    const query = readAddress(location.search);
    if (!sameQuery(query, page.whole.query)) wish(page, query);
    const view = readView(new URLSearchParams(location.search).get("map") ?? "");
    if (view) map.setView([view[1], view[2]], view[0], { animate: false });
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeAll();
  });
  closeOutside();
}

const NORTHERN = { stroke: true, weight: 0.6, color: "#a7adb3", fillColor: "#9aa5af", fillOpacity: 0.3 };
const BORDER = { weight: 0.9, color: "#5d6772", opacity: 0.7, fill: false };

/** Draw what no choice changes. @param {Page} page @param {string} pane @param {FeatureCollection} shapes @param {import("leaflet").PathOptions} style */
function drawGround(page, pane, shapes, style) {
  const options = { renderer: page.view.canvases[pane], pane, interactive: false, style };
  L.geoJSON(shapes, /** @type {import("leaflet").GeoJSONOptions} */ (options)).addTo(page.view.map);
}

/** Let the page answer to a hand before more is done. @returns {Promise<void>} */
function rest() {
  return new Promise((done) => {
    setTimeout(done);
  });
}

/** @param {Page} page */
function makeControls(page) {
  page.insets = makeInsets(page.view, part("rk-insets"), page.options.words, (code, bounds) => {
    if (code) page.choose({ code });
    else {
      page.moved = true;
      page.view.fit(bounds, NEAR, true);
    }
  });
  page.area = makeAreaTool(page);
  page.pointer = makePointer(page, () => undefined);
  page.views = [
    makeSwipeDivide(page),
    makeLegend(page, { classesHidden: () => repaint(page) }),
    makeYearSlider(page),
    makeBackgroundMenu(page, (id) => seriesOf(page, withChange(page.whole.query, { indicator: id }, page.defaults)).catch(() => undefined)),
    makeFilterMenus(page),
    makeSearchBox(page),
    makeDrawer(page),
    makeOutputs(page),
    page.area,
    makeTiles(page),
    makeWaiting(page),
  ];
}

/** Begin: the borders and the facts have come. In slices: no hand waits for all of it. @param {Page} page */
async function begin(page) {
  const { notes, files } = page.options;
  const [z5, facts, prefectures, northern] = await /** @type {Promise<[FeatureCollection, Facts, FeatureCollection, FeatureCollection]>} */ (
    Promise.all(FILES.map((name) => page.load(files[name] ?? name))));
  /** @type {Promise<NameIndex>} */
  const index = page.load(files.index ?? "index");
  page.facts = facts;
  page.order = new Map(facts.codes.map((code, i) => [code, i]));
  page.state = masked(page.answer, facts, all(page.answer.query, "show", page.defaults));
  page.placeNames = makePlaceNames(page.view, (code) => shortNameOf(page, code));
  makeCoarse(page.fills, page.view, z5, (code) => look(page, code));
  standAtFirst(page); // before anything is drawn that would be drawn again there
  await rest();
  await addCoarse(page.fills, page.view, rest);
  drawGround(page, "fills", northern, NORTHERN);
  drawGround(page, "lines", prefectures, BORDER);
  await rest();
  makeControls(page);
  await rest();
  page.begun = true;
  const latest = page.answer;
  if (page.snapshot.waitsFor(latest)) page.answer = page.options.state;
  paint(page, page.answer);
  followMap(page);
  listen(page);
  if (notes.length) page.say(page.word("bad_link", { what: notes.join("、") }));
  followed(page);
  index.then((come) => readIndex(page, come)).catch(() => undefined);
  if (page.alone || page.answer.dates.length) seriesOf(page, page.answer.query).catch(() => undefined);
}

/** Start the page: called once by the script that Folium writes. @param {import("leaflet").Map} map @param {StartOptions} options */
function start(map, options) {
  const view = makeMapView(map, options);
  const { defaults, state } = options;
  const page = Object.assign(window.renkeiPage, /** @type {Omit<Page, "facts" | "ready" | "placeNames" | "pointer" | "area" | "snapshot">} */ ({
    options, defaults, map, view, index: null, order: new Map(), english: options.language === "en", alone: Boolean(options.alone),
    fills: makeFills(), layers: makeFactLayers(view), insets: [], named: [], views: [], series: new Map(),
    link: makeServerLink(part("rk"), (said, before) => heard(page, said, before)), made: options.made,
    answer: state, state, whole: state, chosen: chosenOf(state.query, defaults), chosenBefore: "",
    wish: null, untold: false, counter: 0, giveUp: GIVE_UP_MS, waiting: undefined, moved: false, begun: false, shownOnce: false,
    painted: "", failure: "",
    word: (key, parts) => filledIn(options.words[key] ?? key, parts ?? {}),
    name: (code) => nameOf(page, code),
    choose: (change, how) => choose(page, change, how),
    again: () => wish(page, page.whole.query),
    flyToChosen: () => flyToChosen(page),
    find: (text) => {
      if (!page.alone) page.link.find(text, page.whole.query);
    },
    load: (name) => fetched(page, name),
    say: (text) => say(page, text),
    view_text: () => viewText(page),
  }));
  page.snapshot = makeSnapshot(page, (index) => readIndex(page, index));
  document.documentElement.dataset.panel = one(state.query, "panel", defaults); // the tables cover a part of the map
  standAtFirst(page);
  page.ready = begin(page).catch((error) => fail(page, error));
}

/** @type {import("./page").Door} */
const door = {
  start,
  adopt: (slot, said, send) => window.renkeiPage.link.adopt(slot, said, send),
  release: () => window.renkeiPage.link.release(), // the element goes back to where it was
};
window.renkeiPage = /** @type {Window["renkeiPage"]} */ (door);
