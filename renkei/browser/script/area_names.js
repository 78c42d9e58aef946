/* Names, typed or pasted, as the towns that they mean: by the names held here, the rest by the server's resolver. */

/** @typedef {import("./page").Page} Page */
/** @typedef {import("./contract").NameEntry} NameEntry */
/** @typedef {import("./contract").NamedPlace} NamedPlace */
import { folded } from "./text.js";

const MOST_ASKED = 40; // names in one question to the server

/** The names in a text: one a line, or between commas and the like. @param {string} text @returns {string[]} */
export function namesIn(text) {
  return [...new Set(text.split(/[\r\n\t,、，;；・／/|]+/).map((each) => each.trim()).filter(Boolean))];
}

/** What a name means by the names held here: a town before an area or network of the same name; null where the server must say.
 * @param {readonly NameEntry[]} entries @param {string} name @returns {NamedPlace | null} */
export function placeNamed(entries, name) {
  const wanted = folded(name);
  const whole = entries.filter((entry) => entry.keys.includes(wanted));
  const towns = whole.filter((entry) => entry.choice === "code");
  const meant = towns.length ? towns : whole;
  if (!meant.length) return null;
  return { text: name, certain: meant.length === 1, message: "", entries: meant.map(({ choice, id, label, note }) => ({ choice, id, label, note })) };
}

/** The towns of a choice: itself, a prefecture's, or the members of an area or network.
 * @param {Page} page @param {{choice: string, id: string}} entry @returns {string[]} */
export function townsOf(page, entry) {
  const { facts } = page;
  if (entry.choice === "code") {
    return entry.id.endsWith("000") ? facts.codes.filter((code) => code.startsWith(entry.id.slice(0, 2))) : [entry.id];
  }
  const listed = entry.choice === "bloc" ? facts.blocs : facts.networks;
  const members = listed.find((each) => each.id === entry.id)?.members ?? [];
  return members.filter((code) => code in facts.points && !code.endsWith("000"));
}

/** Say what names mean. @param {Page} page @param {readonly string[]} names @returns {Promise<NamedPlace[]>} in their order */
export async function placesNamed(page, names) {
  const entries = page.index?.places ?? [];
  /** @type {Map<string, NamedPlace | null>} */
  const found = new Map(names.map((name) => [name, placeNamed(entries, name)]));
  const asked = names.filter((name) => !found.get(name));
  for (let at = 0; at < asked.length; at += MOST_ASKED) {
    const search = new URLSearchParams(asked.slice(at, at + MOST_ASKED).map((name) => ["name", name.slice(0, 80)]));
    /** @type {NamedPlace[]} */
    const answer = await page.load(`${page.made}names/${page.options.language}.json?${search}`);
    answer.forEach((each, i) => {
      found.set(asked[at + i] ?? each.text, each);
    });
  }
  return names.flatMap((name) => found.get(name) ?? []);
}
