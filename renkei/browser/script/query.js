/* What is chosen, as the parameters of the address: the same value in the address, in the browser and on the server. */

/** @typedef {import("./contract").Query} Query */
/** @typedef {import("./contract").Defaults} Defaults */
/** @typedef {Record<string, string | string[]>} Change */

const CHOSEN = ["code", "tie", "bloc", "network", "area"]; // one of them at a time
const BACKGROUND = ["indicator", "date", "scheme", "breaks", "unit", "second", "compare", "from"];
export const FILTERS = ["theme", "prefecture", "programme", "year", "text", "kind", "tier"];

/** The value of a choice, its default where none is written.
 * @param {Query} query @param {string} key @param {Defaults} defaults @returns {string} */
export function one(query, key, defaults) {
  const values = query[key];
  return (values?.length ? values[values.length - 1] : defaults[key]?.[0]) ?? "";
}

/** All values of a choice. @param {Query} query @param {string} key @param {Defaults} defaults @returns {string[]} */
export function all(query, key, defaults) {
  const values = query[key] ?? defaults[key] ?? [];
  return values.length === 1 && values[0] === "none" ? [] : values;
}

/** What is chosen. @param {Query} query @param {Defaults} defaults @returns {{code: string, tie: string, bloc: string, network: string, area: string}} */
export function chosenOf(query, defaults) {
  const value = (/** @type {string} */ key) => one(query, key, defaults);
  return { code: value("code"), tie: value("tie"), bloc: value("bloc"), network: value("network"), area: value("area") };
}

/** A list with an item put in or taken out, in order.
 * @param {readonly string[]} list @param {string} item @returns {string[]} */
export function toggled(list, item) {
  return list.includes(item) ? list.filter((each) => each !== item) : [...list, item];
}

/** The query after a change: what is at its default is left out, what the change makes meaningless goes.
 * @param {Query} query @param {Change} change @param {Defaults} defaults @returns {Query} */
export function withChange(query, change, defaults) {
  const next = { ...query };
  if ("indicator" in change) {
    for (const key of ["date", "from"]) delete next[key];
    if (next.scheme?.[0] === "manual") for (const key of ["scheme", "breaks"]) delete next[key];
  }
  if ("scheme" in change && change.scheme !== "manual") delete next.breaks;
  if ("second" in change && change.second) delete next.from;
  if ("from" in change && change.from) for (const key of ["second", "compare"]) delete next[key];
  if (CHOSEN.some((key) => change[key])) for (const key of CHOSEN) delete next[key];
  for (const [key, value] of Object.entries(change)) {
    const values = (Array.isArray(value) ? value : [value]).filter((each) => each !== "");
    const usual = defaults[key] ?? [];
    if (String(values) === String(usual) || (!values.length && !usual.length)) delete next[key];
    else next[key] = values.length ? values : ["none"];
  }
  if (next.second && one(next, "second", defaults) === one(next, "indicator", defaults)) delete next.second;
  return next;
}

/** @param {Query} first @param {Query} second @param {readonly string[]} keys @returns {boolean} */
function alike(first, second, keys) {
  return keys.every((key) => String(first[key] ?? "") === String(second[key] ?? ""));
}

/** Whether two queries ask for the same fills. @param {Query} first @param {Query} second @returns {boolean} */
export function sameBackground(first, second) {
  return alike(first, second, BACKGROUND);
}

/** Whether two queries are the same. @param {Query} first @param {Query} second @returns {boolean} */
export function sameQuery(first, second) {
  return alike(first, second, [...new Set([...Object.keys(first), ...Object.keys(second)])]);
}

/** Whether two queries are the same but for some parts. @param {Query} first @param {Query} second @param {readonly string[]} parts @returns {boolean} */
export function sameBut(first, second, parts) {
  return alike(first, second, [...new Set([...Object.keys(first), ...Object.keys(second)])].filter((key) => !parts.includes(key)));
}

/** The query that an address holds, without where the map stands. @param {string} search @returns {Query} */
export function readAddress(search) {
  /** @type {Query} */
  const query = {};
  for (const [key, value] of new URLSearchParams(search)) {
    if (key === "map" || value === "") continue;
    query[key] = [...(query[key] ?? []), value];
  }
  return query;
}

/** An address for a query and a view ("zoom/latitude/longitude").
 * @param {Query} query @param {string} view @returns {string} */
export function writtenAddress(query, view) {
  const parameters = new URLSearchParams();
  for (const [key, values] of Object.entries(query)) for (const value of values) parameters.append(key, value);
  if (view) parameters.set("map", view);
  const text = parameters.toString().replace(/%2F/g, "/");
  return text ? `?${text}` : "";
}

/** Where the map stands: zoom, latitude, longitude; null where the text is no place in and around Japan.
 * @param {string} text @returns {[number, number, number] | null} */
export function readView(text) {
  const numbers = text.slice(0, 80).split("/").map((each) => (each.trim() ? Number(each) : Number.NaN));
  const [zoom, lat, lon] = numbers;
  if (numbers.length !== 3 || zoom === undefined || lat === undefined || lon === undefined) return null;
  if (!(zoom >= 3 && zoom <= 24 && lat >= 15 && lat <= 55 && lon >= 115 && lon <= 165)) return null;
  return [Math.min(zoom, 13), lat, lon];
}
