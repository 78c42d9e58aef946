/* Which facts are shown: one character a fact, 1 where it passes. Pure: the rules are those of layers/filters.py. */

/** @typedef {import("./contract").Query} Query */
/** @typedef {import("./contract").Facts} Facts */
/** @typedef {import("./contract").Defaults} Defaults */
/** @typedef {import("./contract").Fact} Fact */
import { all } from "./query.js";

/** @typedef {"cases" | "ties" | "blocs" | "networks"} Kind */
export const KINDS = /** @type {const} */ (["cases", "ties", "blocs", "networks"]);

/** @param {readonly unknown[]} wanted @param {readonly unknown[]} own @returns {boolean} */
function any(wanted, own) {
  return !wanted.length || wanted.some((each) => own.includes(each));
}

/** A fact's year and programme, its tier, its themes and prefectures against what is asked.
 * @param {Fact} fact @param {Kind} kind @param {Asked} asked @returns {boolean} */
function passes(fact, kind, asked) {
  if (fact.free) return true; // not a fact of this kind: no filter speaks of it
  return (
    any(asked.themes, fact.themes) &&
    any(asked.prefectures, fact.prefectures) &&
    any(asked.programmes, [fact.programme]) &&
    any(asked.years, [fact.year]) &&
    any(asked.tiers, [fact.tier]) &&
    (!fact.family || any(asked.kinds, [fact.family])) &&
    // What is no tie (presence at an event) is shown when its kind is asked for by name.
    (kind !== "ties" || /** @type {import("./contract").TieFact} */ (fact).counted || asked.kinds.length > 0)
  );
}

/** @typedef {{themes: number[], prefectures: string[], programmes: string[], years: string[], tiers: string[], kinds: string[]}} Asked */

/** What the filters of a query ask for. @param {Query} query @param {Facts} facts @param {Defaults} defaults @returns {Asked} */
export function askedOf(query, facts, defaults) {
  const themes = new Set(all(query, "theme", defaults));
  return {
    themes: facts.themes.flatMap((theme, i) => (themes.has(theme.name) ? [i] : [])),
    prefectures: all(query, "prefecture", defaults),
    programmes: all(query, "programme", defaults),
    years: all(query, "year", defaults),
    tiers: all(query, "tier", defaults),
    kinds: all(query, "kind", defaults),
  };
}

/** The marks of a kind of fact: those that a text leaves (``rest``, "" for all) and that every other filter lets pass.
 * @param {readonly Fact[]} facts @param {Kind} kind @param {string} rest @param {Asked} asked @returns {string} */
export function passing(facts, kind, rest, asked) {
  let marks = "";
  facts.forEach((fact, i) => {
    marks += (rest === "" || rest[i] === "1") && passes(fact, kind, asked) ? "1" : "0";
  });
  return marks;
}

/** "1" for each municipality of the chosen prefectures; "" when all are.
 * @param {Facts} facts @param {readonly string[]} prefectures @returns {string} */
export function prefectureMarks(facts, prefectures) {
  if (!prefectures.length || prefectures.length === Object.keys(facts.prefectures).length) return "";
  const chosen = new Set(prefectures);
  return facts.codes.map((code) => (chosen.has(code.slice(0, 2)) ? "1" : "0")).join("");
}

/** How many marks are set. @param {string} marks @returns {number} */
export function count(marks) {
  let found = 0;
  for (const mark of marks) if (mark === "1") found += 1;
  return found;
}

/** How many of each sort are marked.
 * @template T, K
 * @param {readonly T[]} list @param {string} marks @param {(item: T) => K} key @returns {Map<K, number>} */
export function countBy(list, marks, key) {
  /** @type {Map<K, number>} */
  const found = new Map();
  list.forEach((item, i) => {
    if (marks[i] === "1") found.set(key(item), (found.get(key(item)) ?? 0) + 1);
  });
  return found;
}
