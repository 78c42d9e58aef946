/* Drawing around towns: one line with mouse, finger or pen, over the map, until it is let go. */

/** @typedef {import("./page").Page} Page */
/** @typedef {import("./geometry").Point} Point */
import { part } from "./text.js";

const STEP_PX = 3; // nearer points say nothing new
const SMALLEST_PX = 12; // what is smaller was a press, not a line

/** Let one line be drawn. @param {Page} page @param {(ring: Point[]) => void} drawn called with the line's ring, of no points
 * where nothing was drawn around @returns {() => void} stops it */
export function drawAround(page, drawn) {
  const sheet = part("rk-draw");
  const [line] = sheet.children;
  const listening = new AbortController();
  const { signal } = listening;
  sheet.dataset.drawing = "1";
  /** @type {[number, number][]} */
  let path = [];
  let pointer = -1;
  const show = () => line?.setAttribute("points", path.map((each) => each.join(",")).join(" "));
  const stop = () => {
    listening.abort();
    delete sheet.dataset.drawing;
    line?.setAttribute("points", "");
  };
  const add = (/** @type {PointerEvent} */ event) => {
    const last = path[path.length - 1];
    if (last && Math.hypot(event.clientX - last[0], event.clientY - last[1]) < STEP_PX) return;
    path.push([event.clientX, event.clientY]);
    show();
  };
  sheet.addEventListener("pointerdown", (event) => {
    if (pointer !== -1 || event.button !== 0) return;
    event.preventDefault();
    pointer = event.pointerId;
    sheet.setPointerCapture(pointer);
    path = [];
    add(event);
  }, { signal });
  sheet.addEventListener("pointermove", (event) => {
    if (event.pointerId === pointer) add(event);
  }, { signal });
  sheet.addEventListener("pointerup", (event) => {
    if (event.pointerId !== pointer) return;
    stop();
    drawn(ringOf(page, path));
  }, { signal });
  sheet.addEventListener("pointercancel", (event) => {
    if (event.pointerId !== pointer) return;
    pointer = -1;
    path = [];
    show();
  }, { signal });
  return stop;
}

/** @param {Page} page @param {readonly [number, number][]} path pixels of the window @returns {Point[]} */
function ringOf(page, path) {
  const [across, down] = [0, 1].map((axis) => path.map((each) => each[axis] ?? 0));
  const size = (/** @type {number[] | undefined} */ each) => Math.max(...(each ?? [0])) - Math.min(...(each ?? [0]));
  if (path.length < 3 || Math.max(size(across), size(down)) < SMALLEST_PX) return [];
  const corner = page.view.map.getContainer().getBoundingClientRect();
  return path.map(([x, y]) => page.view.map.containerPointToLatLng([x - corner.left, y - corner.top]));
}
