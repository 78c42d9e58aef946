/* Finding a place by what is typed: names, readings, English names, codes. Pure. */

/** @typedef {import("./contract").NameEntry} NameEntry */
import { folded } from "./text.js";

const MOST = 8;

/** The entries that a text may mean, the nearest first: whole names, then beginnings, then parts.
 * @param {readonly NameEntry[]} entries @param {string} text @returns {NameEntry[]} */
export function matching(entries, text) {
  const wanted = folded(text);
  if (!wanted) return [];
  /** @type {[number, number, NameEntry][]} */
  const found = [];
  entries.forEach((entry, order) => {
    const keys = entry.keys;
    let rank = 9;
    for (const key of keys) {
      if (key === wanted) rank = Math.min(rank, 0);
      else if (key.startsWith(wanted)) rank = Math.min(rank, 1);
      else if (wanted.length > 1 && key.includes(wanted)) rank = Math.min(rank, 2);
    }
    if (rank < 9) found.push([rank, order, entry]);
  });
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return found.slice(0, MOST).map((each) => each[2]);
}

/** The one entry that a text means by its whole name; null where none or several do.
 * @param {readonly NameEntry[]} entries @param {string} text @returns {NameEntry | null} */
export function meant(entries, text) {
  const wanted = folded(text);
  const whole = entries.filter((entry) => entry.keys.includes(wanted));
  return whole.length === 1 ? (whole[0] ?? null) : null;
}
