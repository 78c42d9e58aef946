/* Choosing: painted at once as far as it is known here, told to the server, and then what the server answered. */

/** @typedef {import("./contract").MapState} MapState */
/** @typedef {import("./contract").Query} Query */
/** @typedef {import("./page").How} How */
/** @typedef {import("./page").Page} Page */
import { foretell, seriesName } from "./foretell.js";
import { flyToChosen, flyToPrefectures, viewText } from "./going.js";
import { seriesOf } from "./page_files.js";
import { paint } from "./painting.js";
import { readAddress, sameQuery, withChange, writtenAddress } from "./query.js";

/** Choose. @param {Page} page @param {import("./query").Change} change @param {How} [how] */
export function choose(page, change, how = {}) {
  if (!page.begun) return;
  const query = withChange(page.whole.query, change, page.defaults);
  if (sameQuery(query, page.whole.query)) {
    if (how.fly) flyToChosen(page);
    if (how.untold || !page.untold) return; // nothing new to tell
  }
  page.untold = Boolean(how.untold);
  wish(page, query, Boolean(how.untold));
  writeAddress(page, !how.passing);
  if (how.fly) flyToChosen(page);
  else if (change.code === "" && "prefecture" in change) flyToPrefectures(page);
}

/** What a query will look like, from an answer. @param {Page} page @param {MapState} answer @param {Query} query @returns {MapState} */
function ahead(page, answer, query) {
  const state = foretell(answer, query, page.facts, page.defaults, page.series.get(seriesName(query, page.defaults)));
  return { ...state, sequence: `ahead-${page.counter}` };
}

/** Ask for a query. @param {Page} page @param {Query} query @param {boolean} untold */
export function wish(page, query, untold) {
  clearTimeout(page.waiting);
  page.wish = { query, n: page.alone || untold ? page.link.last() : page.link.tell({ query }) };
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
  if (page.alone || untold) return;
  page.waiting = setTimeout(() => {
    page.wish = null;
    paint(page, page.answer);
    writeAddress(page, false);
    page.say(page.word("no_answer"));
  }, page.giveUp);
}

/** What the server sends. While a later choice waits for its answer, that choice stays painted. @param {Page} page @param {MapState} answer */
export function answered(page, answer) {
  const before = page.answer;
  if (page.begun && page.snapshot.waitsFor(answer)) return;
  if (page.begun && before.sequence === answer.sequence && !page.wish) return;
  page.answer = answer;
  if (!page.begun) return; // painted when the borders have come
  if (page.wish && (answer.n < page.wish.n || page.untold)) {
    paint(page, ahead(page, answer, page.wish.query));
    return;
  }
  clearTimeout(page.waiting);
  page.wish = null;
  paint(page, answer);
  const flies = answer.fly !== before.fly;
  if (!page.alone && !answer.fresh) writeAddress(page, flies);
  if (flies) flyToChosen(page);
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
