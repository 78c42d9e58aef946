/* The state that the server will send for a query, as far as the browser can know it. Pure. */

/** @typedef {import("./contract").Query} Query */
/** @typedef {import("./contract").Facts} Facts */
/** @typedef {import("./contract").MapState} MapState */
/** @typedef {import("./contract").Series} Series */
/** @typedef {import("./contract").Defaults} Defaults */
import { askedOf, KINDS, passing, prefectureMarks } from "./marks.js";
import { all, one, sameBackground } from "./query.js";

/** The name under which a query's fills are asked for: everything that makes them but the date.
 * @param {Query} query @param {Defaults} defaults @returns {string} "" where the server alone makes them */
export function seriesName(query, defaults) {
  if (query.second || query.from) return "";
  const parts = new URLSearchParams();
  for (const key of ["scheme", "unit", "breaks"]) {
    const value = one(query, key, defaults);
    if (value && value !== defaults[key]?.[0]) parts.set(key, value);
  }
  const text = parts.toString();
  return `${one(query, "indicator", defaults)}.json${text ? `?${text}` : ""}`;
}

/** The state for a query: whole, or with the fills of the last answer (``partial``) where only the server knows them.
 * @param {MapState} answer @param {Query} query @param {Facts} facts @param {Defaults} defaults
 * @param {Series | undefined} series @returns {MapState} */
export function foretell(answer, query, facts, defaults, series) {
  /** @type {MapState} */
  const state = { ...answer, query, partial: false };
  if (!sameBackground(answer.query, query)) {
    const dates = series?.dates ?? [];
    const asked = one(query, "date", defaults);
    const date = dates.includes(asked) ? asked : dates[dates.length - 1];
    const known = date === undefined ? undefined : series?.backgrounds[date];
    if (known && series) {
      Object.assign(state, known);
      state.dates = series.dates.length > 1 ? series.dates.map((each, i) => [each, series.labels[i] ?? each]) : [];
      delete state.second;
    } else state.partial = true;
  }
  if (String(answer.query.text ?? "") === String(query.text ?? "")) {
    const asked = askedOf(query, facts, defaults);
    for (const kind of KINDS) state[kind] = passing(facts[kind], kind, answer.rest[kind], asked);
  } else state.partial = true;
  state.shown = prefectureMarks(facts, all(query, "prefecture", defaults));
  return state;
}

/** The marks of what is drawn: facts of a layer that is off carry none.
 * @param {MapState} state @param {Facts} facts @param {readonly string[]} layers @returns {MapState} */
export function masked(state, facts, layers) {
  const on = new Set(layers);
  const none = (/** @type {string} */ text) => "0".repeat(text.length);
  let blocs = "";
  facts.blocs.forEach((bloc, i) => {
    blocs += on.has(bloc.layer) ? state.blocs[i] : "0";
  });
  return {
    ...state,
    cases: on.has("cases") ? state.cases : none(state.cases),
    ties: on.has("ties") ? state.ties : none(state.ties),
    networks: on.has("networks") ? state.networks : none(state.networks),
    blocs,
  };
}
