/* Painting a state: only what differs from the last one is drawn again. */

/** @typedef {import("./contract").MapState} MapState */
/** @typedef {import("./page").Page} Page */
import { CALM_BELOW, drawBlocs, drawCases, drawChosen, drawNetworks, drawTies } from "./fact_layers.js";
import { fillStyle, repainted } from "./fills.js";
import { masked } from "./foretell.js";
import { drawInsets } from "./insets.js";
import { drawPlaceNames } from "./place_names.js";
import { all, chosenOf } from "./query.js";

const FACTS = /** @type {const} */ (["blocs", "ties", "cases", "networks"]);

/** How a municipality looks now. @param {Page} page @param {string} code */
export function look(page, code) {
  return fillStyle(page.order.get(code) ?? -1, page.state, page.fills.hidden);
}

/** Give every municipality its colour. @param {Page} page */
export function repaint(page) {
  const now = (/** @type {string} */ code) => look(page, code);
  repainted(page.fills, page.view, now);
  drawInsets(page.insets, page.fills, now, page.chosen.code);
}

/** Write the names that find room where the map stands. @param {Page} page */
export function writeNames(page) {
  page.named = drawPlaceNames(page.placeNames, page.view, page.facts, page.chosen.code, page.layers.partners, page.layers.gathered);
}

/** Draw what stands on borders and depends on the zoom. @param {Page} page */
export function redrawFacts(page) {
  if (!page.shownOnce) return;
  const { layers, fills, view, facts, state, chosen } = page;
  drawBlocs(layers, fills, view, facts, state, chosen);
  drawTies(layers, view, facts, state, chosen);
  drawNetworks(layers, view, facts, chosen);
  drawChosen(layers, fills, view, facts, chosen);
}

/** Draw after a zoom what depends on it: what is gathered, and what is left out far out. @param {Page} page @param {number} before the zoom before */
export function redrawZoomed(page, before) {
  if (!page.shownOnce) return;
  if (before < CALM_BELOW !== page.view.map.getZoom() < CALM_BELOW) redrawFacts(page);
  drawCases(page.layers, page.view, page.facts, page.state, page.chosen);
  writeNames(page);
}

/** What a second indicator paints. @param {MapState | null} state @returns {string} */
function secondOf(state) {
  return state?.second ? state.second.values + (state.second.classes ?? "") : "";
}

/** Paint a state. @param {Page} page @param {MapState} whole */
export function paint(page, whole) {
  const before = page.shownOnce ? page.state : null;
  page.whole = whole;
  page.chosen = chosenOf(whole.query, page.defaults);
  page.state = masked(whole, page.facts, all(whole.query, "show", page.defaults));
  const { state, view } = page;
  const differs = (/** @type {(keyof MapState)[]} */ ...keys) => !before || keys.some((key) => String(before[key]) !== String(state[key]));
  if (differs("values", "colors")) page.fills.hidden.clear(); // other classes: none of them is hidden
  const [swipe, ...others] = page.views;
  swipe?.show(); // says where the two sides meet before they are painted
  const otherFills = differs("classes", "shown", "colors") || secondOf(before) !== secondOf(state);
  if (otherFills) repaint(page);
  const chosen = JSON.stringify(page.chosen);
  if (differs(...FACTS) || page.chosenBefore !== chosen) {
    page.chosenBefore = chosen;
    page.shownOnce = true;
    redrawFacts(page);
    drawCases(page.layers, view, page.facts, state, page.chosen);
    if (!otherFills) drawInsets(page.insets, page.fills, (code) => look(page, code), page.chosen.code);
    writeNames(page);
  }
  page.shownOnce = true;
  for (const each of others) each.show();
  const container = view.map.getContainer();
  container.setAttribute("aria-label", `${page.word("map_label")}${state.legend.title} ${state.legend.dated}`);
  requestAnimationFrame(() => {
    page.painted = whole.sequence;
    container.dataset.painted = whole.sequence;
    container.dataset.paintedAt = String(performance.timeOrigin + performance.now());
  });
}
