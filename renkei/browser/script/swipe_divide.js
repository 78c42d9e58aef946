/* Side by side: the divide between two indicators, moved by pointer or keyboard. */

/** @typedef {import("./page").Page} Page */
import { redrawn } from "./leaflet_canvas.js";
import { part } from "./text.js";

/** @param {Page} page @returns {{show: () => void}} */
export function makeSwipeDivide(page) {
  const box = part("rk-swipe");
  const input = /** @type {HTMLInputElement} */ (part("rk-swipe-input"));
  const line = part("rk-swipe-line");
  const canvas = page.view.canvases.fills;
  let frame = 0;
  let placed = false;
  const move = () => {
    line.style.left = `${input.value}%`;
    if (!canvas) return;
    canvas.divide = Number(input.value) / 100;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => redrawn(canvas));
  };
  input.addEventListener("input", move);
  page.view.map.on("move", () => {
    if (!box.hidden) move();
  });
  return {
    show() {
      const shown = Boolean(page.state.second?.classes);
      if (shown && !placed) {
        placed = true; // in the middle of what the card leaves free
        const { left, right } = page.view.cover();
        input.value = String(Math.round(((left + innerWidth - right) / 2 / innerWidth) * 100));
      }
      if (canvas) canvas.divide = shown ? Number(input.value) / 100 : null;
      line.style.left = `${input.value}%`;
      box.hidden = !shown;
    },
  };
}
