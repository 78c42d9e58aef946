/* What the page fetches: files of its own server, which a kept file holds inside. */

/** @typedef {import("./contract").MapState} MapState */
/** @typedef {import("./contract").Query} Query */
/** @typedef {import("./contract").Series} Series */
/** @typedef {import("./page").Page} Page */
import { seriesName } from "./foretell.js";
import { one, writtenAddress } from "./query.js";

const MOST_SERIES = 24;

/** @param {Page} page @param {string} name @returns {Promise<any>} what a JSON file holds */
export function fetched(page, name) {
  const inside = document.querySelector(`script[data-file="${CSS.escape(name)}"]`);
  if (inside) return Promise.resolve().then(() => JSON.parse(inside.textContent ?? ""));
  if (page.alone) return Promise.reject(new Error(`${name} is not in this file`));
  return fetch(name.startsWith("/") ? name : page.options.base + name).then((answer) => {
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer.json();
  });
}

/** Keep a series; the oldest goes when there are too many. @param {Page} page @param {string} name @param {Series} series */
function keep(page, name, series) {
  const [oldest] = page.series.keys();
  if (page.series.size >= MOST_SERIES && oldest !== undefined) page.series.delete(oldest);
  page.series.set(name, series);
}

/** The fills of every date of what a query paints. @param {Page} page @param {Query} query @returns {Promise<Series>} */
export async function seriesOf(page, query) {
  const name = seriesName(query, page.defaults);
  if (!name) throw new Error("made by the server alone");
  const held = page.series.get(name);
  if (held) return held;
  const known = page.alone ? null : page.index?.indicators;
  if (known && !known.some((each) => each.id === one(query, "indicator", page.defaults))) throw new Error("known to the server alone");
  /** @type {Series} */
  const series = await page.load(page.alone ? (page.options.files.series ?? "series") : `${page.made}series/${page.options.language}/${name}`);
  keep(page, name, series);
  return series;
}

/** The map's state for a query: made once for all visitors, so its parts stand in one order.
 * @param {Page} page @param {Query} query @returns {Promise<MapState>} */
export function stateOf(page, query) {
  const sorted = Object.fromEntries(Object.entries(query).sort(([first], [second]) => (first < second ? -1 : 1)));
  return page.load(`${page.link.made() ?? page.made}state.json${writtenAddress(sorted, "")}`);
}
