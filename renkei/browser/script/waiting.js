/* Says that the server is at work when an answer takes longer than a second, and for how long it has been. */

/** @typedef {import("./page").Page} Page */
import { el, part } from "./text.js";

const SAID_AFTER_MS = 1000;
const LOOK_MS = 250;
const RUNNING = '.stApp[data-test-script-state="running"]'; // Streamlit draws a card or a table

/** @param {Page} page @returns {{show: () => void}} */
export function makeWaiting(page) {
  const box = part("rk-busy");
  let since = 0;
  let told = -1;
  const look = () => {
    if (!page.wish && !document.querySelector(RUNNING)) {
      since = 0;
      told = -1;
      box.hidden = true;
      return;
    }
    since ||= performance.now();
    const seconds = Math.floor((performance.now() - since) / 1000);
    if (performance.now() - since < SAID_AFTER_MS || seconds === told) return;
    told = seconds;
    box.replaceChildren(el("i"), el("span", "", page.word("working", { seconds })));
    box.hidden = false;
  };
  if (!page.alone) setInterval(look, LOOK_MS);
  return { show() {} };
}
