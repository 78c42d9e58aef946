/* The years of a series: a slider that repaints while it is moved, and a button that plays it with the same classes. */

/** @typedef {import("./page").Page} Page */
import { one } from "./query.js";
import { part } from "./text.js";

const STEP_MS = 900; // between two years while it plays

/** Make the slider. @param {Page} page @returns {{show: () => void}} */
export function makeYearSlider(page) {
  const box = part("rk-dates");
  const input = /** @type {HTMLInputElement} */ (part("rk-date"));
  const button = part("rk-play");
  const label = part("rk-date-label");
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let playing;
  let listed = "";
  const tellPlay = () => {
    const text = page.word(playing ? "pause" : "play");
    button.textContent = playing ? "❚❚" : "▶";
    button.title = text;
    button.setAttribute("aria-label", text);
  };
  const dateAt = (/** @type {number} */ index, /** @type {boolean} */ last) => {
    const date = page.whole.dates[index];
    if (!date) return;
    label.textContent = date[1];
    const newest = page.whole.dates[page.whole.dates.length - 1]?.[0];
    page.choose({ date: date[0] === newest ? "" : date[0] }, { passing: true, untold: !last });
  };
  const stop = (/** @type {boolean} */ tell) => {
    if (!playing) return;
    clearInterval(playing);
    playing = undefined;
    tellPlay();
    if (tell) dateAt(Number(input.value), true);
  };
  const play = () => {
    const last = page.whole.dates.length - 1;
    let index = Number(input.value) >= last ? 0 : Number(input.value) + 1;
    const step = () => {
      if (index > last) {
        stop(true);
        return;
      }
      input.value = String(index);
      dateAt(index, false);
      index += 1;
    };
    playing = setInterval(step, STEP_MS);
    step();
    tellPlay();
  };
  input.addEventListener("input", () => {
    stop(false);
    dateAt(Number(input.value), false);
  });
  input.addEventListener("change", () => dateAt(Number(input.value), true));
  button.addEventListener("click", () => (playing ? stop(true) : play()));
  return {
    show() {
      const list = page.whole.dates;
      const query = page.whole.query;
      box.hidden = !list.length || Boolean(query.from || query.second);
      if (box.hidden) {
        stop(false);
        return;
      }
      if (String(list) !== listed) stop(false);
      listed = String(list);
      const date = one(query, "date", page.defaults);
      const index = date ? Math.max(0, list.findIndex((each) => each[0] === date)) : list.length - 1;
      input.max = String(list.length - 1);
      if (!playing && Number(input.value) !== index) input.value = String(index);
      label.textContent = list[index]?.[1] ?? "";
      input.setAttribute("aria-valuetext", label.textContent);
      tellPlay();
    },
  };
}
