/* The one line to the server: the component that Streamlit brings adopts the element, takes choices, brings answers. */

/** @typedef {import("./contract").Choice} Choice */
/** @typedef {import("./contract").MapState} MapState */

/**
 * @typedef {object} ServerLink
 * @property {(choice: Omit<Choice, "n">) => number} tell
 * @property {(slot: Element, answer: MapState, send: (choice: Choice) => void) => void} adopt
 * @property {() => void} release
 * @property {() => number} last number of the last choice that was told
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

/** @param {HTMLElement} element @param {(answer: MapState) => void} answered @returns {ServerLink} */
export function makeServerLink(element, answered) {
  /** @type {((choice: Choice) => void) | null} */
  let send = null;
  /** @type {Choice | null} */
  let untold = null;
  let number = 0;
  return {
    tell(choice) {
      number = Math.max(Date.now(), number + 1);
      const numbered = { ...choice, n: number };
      if (send) send(numbered);
      else untold = numbered; // told when the page's own server has come
      return number;
    },
    adopt(slot, answer, sender) {
      send = sender;
      moved(element, slot);
      element.dataset.adopted = "1";
      answered(answer);
      if (untold) {
        const waiting = untold;
        untold = null;
        sender(waiting);
      }
    },
    release() {
      moved(element, document.body);
    },
    last: () => number,
  };
}
