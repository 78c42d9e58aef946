/* The page: starts the map, keeps what is chosen, paints it before the server has answered, and then what it answered. */

/** @typedef {import("./contract").Facts} Facts */
/** @typedef {import("./contract").MapState} MapState */
/** @typedef {import("./contract").NameIndex} NameIndex */
/** @typedef {import("./contract").Query} Query */
/** @typedef {import("./contract").Series} Series */
/** @typedef {import("./contract").StartOptions} StartOptions */
/** @typedef {import("./page").How} How */
/** @typedef {import("./page").Page} Page */
import { makeBackgroundMenu } from "./background_menu.js";
import { makeDrawer } from "./drawer.js";
import { drawBlocs, drawCases, drawChosen, drawNetworks, drawTies, makeFactLayers, outlineOf } from "./fact_layers.js";
import { makeFilterMenus } from "./filter_menus.js";
import { addCoarse, boundsOf, fillStyle, makeFills, refined, repainted } from "./fills.js";
import { foretell, masked, seriesName } from "./foretell.js";
import { drawInsets, makeInsets } from "./insets.js";
import { makeLegend } from "./legend.js";
import { makeMapView } from "./map_view.js";
import { makeOutputs } from "./outputs.js";
import { drawPlaceNames, makePlaceNames } from "./place_names.js";
import { makePointer } from "./pointer.js";
import { closeAll, closeOutside } from "./popover.js";
import { all, one, readAddress, readView, sameQuery, withChange, writtenAddress } from "./query.js";
import { makeSearchBox } from "./search_box.js";
import { makeServerLink } from "./server_link.js";
import { makeSwipeDivide } from "./swipe_divide.js";
import { el, filledIn, folded, part, pressable } from "./text.js";
import { makeTiles } from "./tiles.js";
import { makeYearSlider } from "./year_slider.js";

const GIVE_UP_MS = 20_000; // with no answer by then, the last one is painted again
const NEAR = 9; // the nearest that the map flies to
const MOST_SERIES = 24;
const FAR = 4; // degrees within which a chosen town is shown with its partners

/** @type {any} */
const page = { painted: "", failure: "", series: new Map() };

/** @param {string} name @returns {Promise<any>} a file of the page's own server, or of the kept file */
function load(name) {
  const inside = document.querySelector(`script[data-file="${CSS.escape(name)}"]`);
  if (inside) return Promise.resolve().then(() => JSON.parse(inside.textContent ?? ""));
  if (page.alone) return Promise.reject(new Error(`${name} is not in this file`));
  return fetch(name.startsWith("/") ? name : page.options.base + name).then((answer) => {
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer.json();
  });
}

/** @param {Query} query @returns {Promise<Series>} the fills of every date of what a query paints */
function seriesOf(query) {
  const name = seriesName(query, page.defaults);
  if (!name) return Promise.reject(new Error("made by the server alone"));
  const held = page.series.get(name);
  if (held) return Promise.resolve(held);
  return load(`${page.options.made}series/${page.options.language}/${name}`).then((content) => {
    if (page.series.size >= MOST_SERIES) page.series.delete(page.series.keys().next().value);
    page.series.set(name, content);
    return content;
  });
}

/** @param {Query} query */
function chosenOf(query) {
  const value = (/** @type {string} */ key) => one(query, key, page.defaults);
  return { code: value("code"), tie: value("tie"), bloc: value("bloc"), network: value("network") };
}

/** Paint a state: only what differs from the last one is drawn again. @param {MapState} whole */
function paint(whole) {
  const before = /** @type {MapState | null} */ (page.shownOnce ? page.state : null);
  page.whole = whole;
  page.chosen = chosenOf(whole.query);
  page.state = masked(whole, page.facts, all(whole.query, "show", page.defaults));
  const { state, fills, layers, view, facts, chosen } = page;
  const differs = (/** @type {string[]} */ ...keys) => !before || keys.some((key) => String(/** @type {any} */ (before)[key]) !== String(state[key]));
  const second = (/** @type {MapState | null} */ each) => (each?.second ? each.second.values + (each.second.classes ?? "") : "");
  if (differs("values", "colors") && !page.playing) fills.hidden.clear(); // other classes: none of them is hidden
  page.views.swipe.show();
  if (differs("classes", "shown", "colors") || second(before) !== second(state)) repaint();
  const chosenNow = JSON.stringify(chosen);
  if (differs("blocs", "ties", "cases", "networks") || page.chosenBefore !== chosenNow) {
    page.chosenBefore = chosenNow;
    drawBlocs(layers, fills, view, facts, state, chosen);
    drawTies(layers, view, facts, state, chosen);
    drawNetworks(layers, view, facts, chosen);
    drawCases(layers, view, facts, state, chosen);
    drawChosen(layers, fills, view, facts, chosen);
    drawInsets(page.insets, fills, look, chosen.code);
    writeNames();
  }
  page.shownOnce = true;
  for (const each of Object.values(page.views)) each.show();
  const container = view.map.getContainer();
  container.setAttribute("aria-label", page.word("map_label") + state.legend.title + " " + state.legend.dated);
  requestAnimationFrame(() => {
    page.painted = whole.sequence;
    container.dataset.painted = whole.sequence;
    container.dataset.paintedAt = String(performance.timeOrigin + performance.now());
  });
}

/** How a municipality looks now. @param {string} code */
function look(code) {
  return fillStyle(page.order.get(code), page.state, page.fills.hidden);
}

function repaint() {
  repainted(page.fills, page.view, look);
  drawInsets(page.insets, page.fills, look, page.chosen?.code ?? "");
}

function writeNames() {
  if (page.facts && page.state) page.named = drawPlaceNames(page.placeNames, page.view, page.facts, page.chosen.code, page.layers.partners, page.layers.gathered);
}

/** What is drawn at this zoom and on these borders. */
function redrawFacts() {
  if (!page.shownOnce) return;
  const { layers, fills, view, facts, state, chosen } = page;
  drawBlocs(layers, fills, view, facts, state, chosen);
  drawTies(layers, view, facts, state, chosen);
  drawNetworks(layers, view, facts, chosen);
  drawChosen(layers, fills, view, facts, chosen);
}

// ---- choosing -------------------------------------------------------------------------------

/** Choose: painted at once as far as it is known here, then told to the server.
 * @param {import("./query").Change} change @param {How} [how] */
function choose(change, how = {}) {
  if (!page.facts || !page.answer) return;
  const query = withChange(page.whole.query, change, page.defaults);
  if (sameQuery(query, page.whole.query)) {
    if (how.fly) flyToChosen();
    if (how.untold || !page.untold) return; // nothing new to tell
  }
  page.untold = Boolean(how.untold);
  wish(query, Boolean(how.untold));
  writeAddress(!how.passing);
  if (how.fly) flyToChosen();
  else if (change.code === "" && "prefecture" in change) flyToPrefectures();
}

/** Ask for a query. @param {Query} query @param {boolean} untold */
function wish(query, untold) {
  clearTimeout(page.timer);
  const n = page.alone || untold ? page.link.last() : page.link.tell({ query });
  page.wish = { query, n };
  const ahead = () => {
    if (page.wish?.query !== query) return;
    page.counter += 1;
    const state = foretell(page.answer, query, page.facts, page.defaults, page.series.get(seriesName(query, page.defaults)));
    paint({ ...state, sequence: `ahead-${page.counter}` });
    if (page.alone) {
      page.answer = { ...state };
      page.wish = null;
    }
  };
  ahead();
  if (page.whole.partial) seriesOf(query).then(ahead).catch(() => undefined); // else the server's answer paints it
  if (page.alone || untold) return;
  page.timer = setTimeout(() => {
    page.wish = null;
    paint(page.answer);
    writeAddress(false);
    page.say(page.word("no_answer"));
  }, page.giveUp);
}

/** What the server sends. While a later choice waits for its answer, that choice stays painted. @param {MapState} answer */
function answered(answer) {
  if (!page.facts) {
    page.answer = answer; // painted when the borders have come
    return;
  }
  if (page.answer && page.answer.sequence === answer.sequence && !page.wish) return;
  const flies = page.answer && answer.fly !== page.answer.fly;
  page.answer = answer;
  if (page.wish && (answer.n < page.wish.n || page.untold)) {
    paint({ ...foretell(answer, page.wish.query, page.facts, page.defaults, page.series.get(seriesName(page.wish.query, page.defaults))), sequence: `ahead-${page.counter}` });
    return;
  }
  clearTimeout(page.timer);
  page.wish = null;
  paint(answer);
  if (!page.alone) writeAddress(flies === true, answer.fresh);
  if (flies) flyToChosen();
}

// ---- the address ----------------------------------------------------------------------------

function viewText() {
  const centre = page.view.map.getCenter();
  return [Math.round(page.view.map.getZoom() * 100) / 100, centre.lat.toFixed(3), centre.lng.toFixed(3)].join("/");
}

/** Write what is shown and where the map stands. @param {boolean} step whether one can go back to what was before @param {boolean} [ignored] */
function writeAddress(step, ignored) {
  if (page.alone || ignored) return;
  const address = writtenAddress(page.whole.query, page.moved ? viewText() : "") || location.pathname;
  if (address === location.search || (address === location.pathname && !location.search)) return;
  if (step && !sameQuery(readAddress(location.search), page.whole.query)) history.pushState(history.state, "", address);
  else history.replaceState(history.state, "", address);
}

// ---- going somewhere ------------------------------------------------------------------------

/** @returns {import("leaflet").LatLngBounds | null} where what is chosen lies */
function chosenBounds() {
  const { chosen, facts, fills, layers } = page;
  const bounds = L.latLngBounds([]);
  const add = (/** @type {string} */ code) => {
    const point = facts.points[code] ?? facts.prefecturePoints[code.slice(0, 2)];
    if (point) bounds.extend([point[1], point[0]]);
  };
  if (chosen.tie) chosen.tie.split("-").forEach(add);
  else if (chosen.bloc) {
    const position = facts.blocs.findIndex((/** @type {any} */ each) => each.id === chosen.bloc);
    if (position >= 0) for (const ring of outlineOf(layers, fills, `bloc-${position}`, facts.blocs[position].members)) for (const point of ring) bounds.extend(point);
  } else if (chosen.network) facts.networks.find((/** @type {any} */ each) => each.id === chosen.network)?.members.forEach(add);
  else if (chosen.code.endsWith("000")) return fills.extents.get(chosen.code.slice(0, 2)) ?? null;
  else if (chosen.code) return withPartners(boundsOf(fills, chosen.code)?.pad(1.1) ?? null);
  return bounds.isValid() ? bounds.pad(0.15) : null;
}

/** A town's surroundings, with its partners where they are not far away. @param {import("leaflet").LatLngBounds | null} around */
function withPartners(around) {
  if (!around) return null;
  const { chosen, facts } = page;
  const wide = L.latLngBounds(around.getSouthWest(), around.getNorthEast());
  for (const pair of facts.pairs) {
    if (pair.from !== chosen.code && pair.to !== chosen.code) continue;
    if (!pair.ties.some((/** @type {number} */ i) => page.whole.ties[i] === "1")) continue;
    const point = facts.points[pair.from === chosen.code ? pair.to : pair.from];
    if (point) wide.extend([point[1], point[0]]);
  }
  const size = Math.max(wide.getNorth() - wide.getSouth(), wide.getEast() - wide.getWest());
  return size <= FAR ? wide.pad(0.06) : around;
}

function flyToChosen(moving = true) {
  const bounds = chosenBounds();
  if (!bounds) return;
  page.moved = true;
  page.view.fit(bounds, NEAR, moving && page.shownOnce);
}

function flyToPrefectures() {
  const bounds = L.latLngBounds([]);
  for (const code of all(page.whole.query, "prefecture", page.defaults)) {
    const extent = page.fills.extents.get(code);
    if (extent) bounds.extend(extent);
  }
  if (bounds.isValid()) page.view.fit(bounds, NEAR, true);
  else goHome();
  page.moved = bounds.isValid();
}

function goHome(moving = true) {
  page.moved = false;
  const [[south, west], [north, east]] = page.options.home;
  page.view.fit(L.latLngBounds([south, west], [north, east]), 7, moving);
}

/** Stand where the address says, or where what is chosen lies, or where all Japan is seen. */
function standAtFirst() {
  const view = readView(page.alone ? page.options.view : (new URLSearchParams(location.search).get("map") ?? ""));
  if (view) {
    page.moved = true;
    page.view.map.setView([view[1], view[2]], view[0], { animate: false });
    return;
  }
  goHome(false);
  const query = page.answer?.query ?? {};
  page.chosen = chosenOf(query);
  page.whole = page.answer;
  if (!page.fills.extents.size) return;
  if (chosenBounds()) flyToChosen(false);
  else if (all(query, "prefecture", page.defaults).length) {
    const bounds = L.latLngBounds([]);
    for (const code of all(query, "prefecture", page.defaults)) bounds.extend(page.fills.extents.get(code));
    if (bounds.isValid()) page.view.fit(bounds, NEAR, false);
  }
}

// ---- starting -------------------------------------------------------------------------------

/** A sentence on the map, until it is closed. @param {string} text */
function say(text) {
  const box = el("div", "rk-notice");
  const close = pressable("rk-close", "×", () => box.remove());
  close.setAttribute("aria-label", page.word("dismiss"));
  box.append(el("span", "", text), close);
  part("rk-notices").replaceChildren(box);
}

/** @param {any} error */
function fail(error) {
  page.failure = String(error);
  document.getElementById("rk-notices")?.replaceChildren(el("div", "rk-notice",
    "地図データを読み込めませんでした。ページを再読み込みしてください。 / The map data could not be loaded; reload the page."));
}

/** @param {NameIndex} index names as they came, made ready for being looked for */
function readIndex(index) {
  for (const entry of index.places) entry.keys = [...new Set(entry.keys.map(folded))];
  page.index = index;
  for (const each of Object.values(page.views)) each.show();
}

function listen() {
  const { map } = page.view;
  map.on("dragstart zoomstart", (/** @type {any} */ event) => {
    if (page.shownOnce && event.type === "dragstart") page.moved = true;
  });
  map.getContainer().addEventListener("wheel", () => {
    page.moved = true;
  }, { passive: true });
  let calm = map.getZoom() < 7;
  map.on("moveend", () => {
    refined(page.fills, page.view, (level, prefecture) => load(page.options.files.levels.replace("{level}", level).replace("{prefecture}", prefecture)),
      look, redrawFacts);
    writeNames();
    if (page.shownOnce && !page.alone) writeAddress(false);
  });
  map.on("zoomend", () => {
    if (!page.shownOnce) return;
    const calmNow = map.getZoom() < 7;
    if (calm !== calmNow) redrawFacts();
    calm = calmNow;
    drawCases(page.layers, page.view, page.facts, page.state, page.chosen);
    writeNames();
  });
  for (const [id, act] of /** @type {[string, () => void][]} */ ([
    ["rk-home", () => {
      goHome();
      writeAddress(false);
    }],
    ["rk-in", () => {
      page.moved = true;
      map.zoomIn(1);
    }],
    ["rk-out", () => {
      page.moved = true;
      map.zoomOut(1);
    }],
  ])) document.getElementById(id)?.addEventListener("click", act);
  addEventListener("popstate", () => {
    const query = readAddress(location.search);
    if (page.whole && !sameQuery(query, page.whole.query)) wish({ ...query }, false);
    const view = readView(new URLSearchParams(location.search).get("map") ?? "");
    if (view) map.setView([view[1], view[2]], view[0], { animate: false });
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeAll();
  });
  closeOutside();
}

/** Start the page: called once by the script that Folium writes. @param {import("leaflet").Map} map @param {StartOptions} options */
export function start(map, options) {
  Object.assign(page, {
    options, map, defaults: options.defaults, english: options.language === "en", alone: Boolean(options.alone), index: null,
    counter: 0, giveUp: GIVE_UP_MS, moved: false, answer: options.state, fills: makeFills(), load, choose, say, flyToChosen, wish: null,
    word: (/** @type {string} */ key, /** @type {any} */ parts) => filledIn(options.words[key] ?? key, parts ?? {}),
    find: (/** @type {string} */ text) => (page.alone ? undefined : page.link.tell({ query: page.whole.query, find: text })),
    view_text: viewText,
    name: (/** @type {string} */ code) => {
      const position = page.order.get(code);
      const { facts, english } = page;
      if (position === undefined) return (english ? facts.prefectures_en : facts.prefectures)[code.slice(0, 2)] ?? code;
      return (english ? facts.names_en : facts.names)[position];
    },
  });
  page.view = makeMapView(map, options);
  page.layers = makeFactLayers(page.view);
  page.link = makeServerLink(part("rk"), answered);
  document.documentElement.dataset.panel = one(options.state.query, "panel", options.defaults); // the tables cover a part of the map
  standAtFirst();
  page.ready = Promise.all(["z5", "facts", "prefectures", "northern"].map((name) => load(options.files[name] ?? name)))
    .then(([z5, facts, prefectures, northern]) => begin(z5, facts, prefectures, northern))
    .catch(fail);
}

/** @param {any} z5 @param {Facts} facts @param {any} prefectures @param {any} northern */
function begin(z5, facts, prefectures, northern) {
  const { view, fills, options } = page;
  page.facts = facts;
  page.order = new Map(facts.codes.map((code, i) => [code, i]));
  const short = (/** @type {string} */ code) => {
    const position = page.order.get(code);
    return position === undefined ? page.name(code) : ((page.english ? facts.names_en : facts.short)[position] ?? code);
  };
  page.placeNames = makePlaceNames(view, short);
  page.insets = makeInsets(view, part("rk-insets"), options.words, (code, bounds) => {
    if (code) choose({ code });
    else {
      page.moved = true;
      view.fit(bounds, NEAR, true);
    }
  });
  const plain = { renderer: view.canvases.fills, pane: "fills", interactive: false };
  L.geoJSON(northern, /** @type {any} */ ({ ...plain, style: { stroke: true, weight: 0.6, color: "#a7adb3", fillColor: "#eceeef", fillOpacity: 1 } })).addTo(view.map);
  page.state = masked(page.answer, facts, all(page.answer.query, "show", page.defaults));
  addCoarse(fills, view, z5, look);
  page.state = null;
  L.geoJSON(prefectures, /** @type {any} */ ({ renderer: view.canvases.lines, pane: "lines", interactive: false,
    style: { weight: 0.9, color: "#5d6772", opacity: 0.7, fill: false } })).addTo(view.map);
  standAtFirst();
  page.whole = page.answer;
  page.pointer = makePointer(page, () => undefined);
  page.views = {
    swipe: makeSwipeDivide(page),
    legend: makeLegend(page, { classesHidden: repaint }),
    dates: makeYearSlider(page),
    painting: makeBackgroundMenu(page, (id) => seriesOf(withChange(page.whole.query, { indicator: id }, page.defaults)).catch(() => undefined)),
    filters: makeFilterMenus(page),
    search: makeSearchBox(page),
    drawer: makeDrawer(page),
    outputs: makeOutputs(page),
    tiles: makeTiles(page),
  };
  paint(page.answer);
  listen();
  if (options.notes.length) say(page.word("bad_link", { what: options.notes.join("、") }));
  view.map.fire("moveend");
  load(options.files.index ?? "index").then(readIndex).catch(() => undefined);
  if (page.alone) load(options.files.series ?? "series").then((content) => page.series.set(seriesName(page.whole.query, page.defaults), content)).catch(() => undefined);
  else if (page.answer.dates.length) seriesOf(page.answer.query).catch(() => undefined);
}

/** @param {Element} slot @param {MapState} answer @param {(choice: any) => void} send */
export function adopt(slot, answer, send) {
  page.link.adopt(slot, answer, send);
}

/** Before the component goes: the element goes back to where it was. */
export function release() {
  page.link.release();
}

/** @type {any} */ (window).renkeiPage = Object.assign(page, { start, adopt, release, paint, answered, foretell, masked, withChange });
