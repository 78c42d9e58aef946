/* Choosing: painted at once as far as it is known here, asked of the server, and then what the server answered. */

/** @typedef {import("./contract").MapState} MapState */
/** @typedef {import("./contract").Query} Query */
/** @typedef {import("./page").How} How */
/** @typedef {import("./contract").Said} Said */
/** @typedef {import("./page").Page} Page */
import { foretell, seriesName } from "./foretell.js";
import { flyToChosen, flyToPrefectures, viewText } from "./going.js";
import { seriesOf, stateOf } from "./page_files.js";
import { paint } from "./painting.js";
import { readAddress, sameQuery, withChange, writtenAddress } from "./query.js";

const AGAIN_MS = 1000; // a server that does not answer is asked again

/** Choose. @param {Page} page @param {import("./query").Change} change @param {How} [how] */
export function choose(page, change, how = {}) {
  if (!page.begun) return;
  const query = withChange(page.whole.query, change, page.defaults);
  if (sameQuery(query, page.whole.query)) {
    if (how.fly) flyToChosen(page);
    if (how.untold || !page.untold) return; // nothing new to tell
  }
  page.untold = Boolean(how.untold);
  foresee(page, query);
  writeAddress(page, !how.passing);
  if (!how.untold) ask(page, query);
  if (how.fly) flyToChosen(page);
  else if (change.code === "" && "prefecture" in change) flyToPrefectures(page);
}

/** Wish for a query that the address has. @param {Page} page @param {Query} query */
export function wish(page, query) {
  page.untold = false;
  foresee(page, query);
  ask(page, query);
}

/** What a query will look like, from an answer. @param {Page} page @param {MapState} answer @param {Query} query @returns {MapState} */
function ahead(page, answer, query) {
  const state = foretell(answer, query, page.facts, page.defaults, page.series.get(seriesName(query, page.defaults)));
  return { ...state, sequence: `ahead-${page.counter}` };
}

/** Paint a query as far as it is known here. @param {Page} page @param {Query} query */
function foresee(page, query) {
  clearTimeout(page.waiting);
  page.wish = { query };
  const paintAhead = () => {
    if (page.wish?.query !== query) return;
    page.counter += 1;
    paint(page, ahead(page, page.answer, query));
    if (page.alone) {
      page.answer = { ...page.whole };
      page.wish = null;
    }
  };
  paintAhead();
  if (page.whole.partial) seriesOf(page, query).then(paintAhead).catch(() => undefined); // else the server's answer paints it
}

/** Ask for the state of what is wished for; Streamlit is told where it has something to draw.
 * @param {Page} page @param {Query} query */
function ask(page, query) {
  if (page.alone) return;
  page.waiting = setTimeout(() => {
    page.wish = null;
    paint(page, page.answer);
    writeAddress(page, false);
    page.say(page.word("no_answer"));
  }, page.giveUp);
  askState(page, query);
  page.link.follow(query);
}

/** @param {Page} page @param {Query} query */
function askState(page, query) {
  const wanted = () => page.wish?.query === query;
  stateOf(page, query).then((state) => {
    if (wanted()) answered(page, state);
  }).catch(() => setTimeout(() => {
    if (wanted()) askState(page, query);
  }, AGAIN_MS));
}

/** What the server answers to the last choice. @param {Page} page @param {MapState} answer */
export function answered(page, answer) {
  if (page.begun && page.snapshot.waitsFor(answer)) return; // painted when its facts have come
  page.answer = answer;
  if (!page.begun) return; // painted when the borders have come
  clearTimeout(page.waiting);
  page.wish = null;
  paint(page, answer);
  writeAddress(page, false);
}

/** What Streamlit's session says. @param {Page} page @param {Said} said @param {Said | null} before */
export function heard(page, said, before) {
  if (said.made !== (before?.made ?? page.made)) wish(page, page.whole.query); // own data came or went
  page.found = said.found;
  for (const each of page.begun ? page.views : []) each.show();
  if (!before || before.turn === said.turn) return;
  // Chosen on a card or in a table: changed here, where something else may have been chosen meanwhile.
  choose(page, Object.fromEntries(Object.entries(said.change).map(([key, values]) => [key, values.length ? values : ""])), { fly: said.fly });
}

/** Write into the address what is shown and where the map stands.
 * @param {Page} page @param {boolean} step whether one can go back to what was before */
export function writeAddress(page, step) {
  if (page.alone) return;
  const address = writtenAddress(page.whole.query, page.moved ? viewText(page) : "") || location.pathname;
  if (address === location.search || (address === location.pathname && !location.search)) return;
  if (step && !sameQuery(readAddress(location.search), page.whole.query)) history.pushState(history.state, "", address);
  else history.replaceState(history.state, "", address);
}
