/* The line to Streamlit: its component adopts the element, is told of choices, and says what it has drawn.
 *
 * It is told where cards or tables have something else to draw, and of the newest choice alone until it takes that up.
 */

/** @typedef {import("./contract").Choice} Choice */
/** @typedef {import("./contract").Query} Query */
/** @typedef {import("./contract").Said} Said */
import { sameBut, sameQuery } from "./query.js";

const PATIENCE_MS = 20_000; // a choice without an answer by then no longer holds back the next
const LONG_MS = 1000; // what is drawn longer than this is said to be drawn

/**
 * @typedef {object} ServerLink
 * @property {(query: Query) => void} follow what is chosen now
 * @property {(text: string, query: Query) => void} find
 * @property {(slot: Element, said: Said, send: (choice: Choice) => void) => void} adopt
 * @property {() => void} release
 * @property {() => string | undefined} made where what is made of the session's data is asked for
 * @property {(query: Query) => boolean} hasDrawn whether what it said last is about this query
 * @property {() => boolean} waits whether it was told something that it has not taken up yet
 */

/** Put the page's element somewhere else, with the focus and what is typed.
 * @param {HTMLElement} element @param {Element} target */
function moved(element, target) {
  if (element.parentElement === target) return;
  const into = /** @type {any} */ (target);
  if (typeof into.moveBefore === "function" && element.isConnected && target.isConnected) {
    into.moveBefore(element, null);
    return;
  }
  const active = document.activeElement;
  const focused = active instanceof HTMLElement && element.contains(active) ? active : null;
  target.append(element);
  focused?.focus({ preventScroll: true });
}

/** @param {HTMLElement} element @param {(said: Said, before: Said | null) => void} heard @returns {ServerLink} */
export function makeServerLink(element, heard) {
  /** @type {((choice: Choice) => void) | null} */
  let send = null;
  /** @type {Said | null} */
  let said = null;
  /** @type {Query | null} */
  let held = null; // what Streamlit knows: told, or chosen there
  /** @type {Query | null} */
  let wanted = null;
  let text = "";
  let number = 0;
  let open = 0; // number of the choice that is not taken up yet
  /** @type {ReturnType<typeof setTimeout>[]} */
  let timers = [];
  const done = () => {
    open = 0;
    timers.forEach(clearTimeout);
    delete document.documentElement.dataset.drawing;
  };
  const differs = () => {
    return Boolean(wanted && said && held && !sameBut(held, wanted, said.undrawn));
  };
  const tell = () => {
    if (!send || open || !wanted || !(text || differs())) return;
    number = Math.max(Date.now(), number + 1);
    open = number;
    held = wanted;
    const choice = text ? { query: wanted, find: text, n: number } : { query: wanted, n: number };
    text = "";
    timers = [
      setTimeout(() => {
        document.documentElement.dataset.drawing = "1";
      }, LONG_MS),
      setTimeout(() => {
        done();
        tell();
      }, PATIENCE_MS),
    ];
    send(choice);
  };
  return {
    follow(query) {
      wanted = query;
      tell();
    },
    find(words, query) {
      text = words;
      wanted = query;
      tell();
    },
    adopt(slot, now, sender) {
      const before = said;
      send = sender;
      said = now;
      moved(element, slot);
      element.dataset.adopted = "1";
      if (now.n >= open) done();
      if (!before || before.turn !== now.turn) held = now.query;
      heard(now, before);
      tell();
    },
    release() {
      moved(element, document.body);
    },
    made: () => said?.made,
    hasDrawn: (query) => !open && held !== null && sameQuery(held, query),
    waits: () => open > 0,
  };
}
