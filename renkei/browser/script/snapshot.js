/* The data that the map draws with: when they change (own data came or went), facts and names are fetched anew. */

/** @typedef {import("./contract").Facts} Facts */
/** @typedef {import("./contract").MapState} MapState */
/** @typedef {import("./contract").NameIndex} NameIndex */
/** @typedef {import("./page").Page} Page */

/**
 * @typedef {object} Snapshot
 * @property {(answer: MapState) => boolean} waitsFor whether an answer is of other data than the page has: it is painted when these have come
 */

/** @param {Page} page @param {(index: NameIndex) => void} namesCame @returns {Snapshot} */
export function makeSnapshot(page, namesCame) {
  let asked = "";
  /** @type {MapState | null} */
  let latest = null;
  /** @param {string} made */
  const fetchFacts = async (made) => {
    const names = [`${made}facts.json`, `${made}index/${page.options.language}.json`];
    const [facts, index] = await /** @type {Promise<[Facts, NameIndex]>} */ (Promise.all(names.map((name) => page.load(name))));
    if (asked !== made || !latest) return;
    page.made = made;
    page.facts = facts;
    page.chosenBefore = ""; // drawn again, even where the marks are the same
    page.series.clear();
    page.layers.outlines.clear();
    namesCame(index);
    page.answer = latest;
    page.again(); // something else may have been chosen meanwhile
  };
  return {
    waitsFor(answer) {
      if (page.alone || answer.made === page.made) {
        asked = "";
        return false;
      }
      latest = answer;
      if (asked === answer.made) return true;
      asked = answer.made;
      fetchFacts(answer.made).catch(() => {
        asked = "";
        page.say(page.word("no_answer"));
      });
      return true;
    },
  };
}
