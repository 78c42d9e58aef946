/* What lies under the pointer: the tooltip, and the click. A click inside a town always chooses the town. */

/** @typedef {import("./page").Page} Page */
import { blocsOf, gatheredAt, pairAt, showUnder } from "./fact_layers.js";
import { codeAt } from "./fills.js";
import { el, written } from "./text.js";

const MOST_LINES = 4;
const SMALLEST_PAUSE_MS = 30;

/** @typedef {{name: string, list: (string | null)[] | null}} Figures */

/** What other parts and the tests ask of it.
 * @typedef {{describe: (where: import("leaflet").LatLng) => HTMLElement | null, tooltip: import("leaflet").Tooltip,
 *   figure: (name: string, code: string, noData: string) => string}} Pointer */

/** @param {Page} page @param {(code: string) => void} figuresCame @returns {Pointer} */
export function makePointer(page, figuresCame) {
  const { map } = page.view;
  const tooltip = L.tooltip({ sticky: true, className: "rk-tooltip", opacity: 1 });
  /** @type {Map<string, Figures>} */
  const figures = new Map();
  let last = 0;
  /** The written figure of a municipality: fetched once per indicator and date, at the first look at one.
   * @param {string} name @param {string} code @param {string} noData @returns {string} */
  const figure = (name, code, noData) => {
    const held = figures.get(name);
    if (!held) {
      if (figures.size > 8) figures.clear();
      const fresh = { name, list: /** @type {(string | null)[] | null} */ (null) };
      figures.set(name, fresh);
      /** @type {Promise<(string | null)[]>} */ (page.load(name)).then((list) => {
        fresh.list = list;
        figuresCame(code);
      }).catch(() => figures.delete(name));
      return "…";
    }
    if (!held.list) return "…";
    return held.list[page.facts.codes.indexOf(code)] ?? noData;
  };
  /** @param {import("leaflet").LatLng} where @returns {HTMLElement | null} */
  const describe = (where) => {
    const code = codeAt(page.fills, page.view, where);
    const point = map.latLngToLayerPoint(where);
    const gathered = gatheredAt(page.layers, page.view, point);
    const pair = code ? null : pairAt(page.layers, point);
    if (!code && !gathered && !pair) return null;
    const box = el("div");
    if (code) addMunicipality(page, box, code, figure);
    if (gathered) addCases(page, box, gathered.items, code);
    if (pair) addTies(page, box, pair);
    showUnder(page.layers, page.fills, page.view, page.facts, code && map.getZoom() >= 7 ? blocsOf(page.facts, page.state, code) : []);
    return box;
  };
  /** @param {import("leaflet").LeafletMouseEvent} event */
  const hover = (event) => {
    const now = performance.now();
    if (now - last < SMALLEST_PAUSE_MS) return;
    last = now;
    const content = describe(event.latlng);
    map.getContainer().style.cursor = content ? "pointer" : "";
    if (!content) {
      leave();
      return;
    }
    tooltip.setLatLng(event.latlng).setContent(content);
    if (!map.hasLayer(tooltip)) tooltip.addTo(map);
  };
  const leave = () => {
    tooltip.remove();
    showUnder(page.layers, page.fills, page.view, page.facts, []);
  };
  map.on("mousemove", hover);
  map.on("mouseout", leave);
  map.on("click", (event) => {
    const code = codeAt(page.fills, page.view, event.latlng);
    if (code && page.area.takes(code, event.originalEvent)) return;
    if (code) page.choose({ code });
    else if (!page.area.takes("", event.originalEvent)) {
      const gathered = gatheredAt(page.layers, page.view, event.layerPoint);
      const pair = pairAt(page.layers, event.layerPoint);
      const place = gathered ? page.facts.cases[gathered.items[0] ?? -1]?.place : undefined;
      if (place) page.choose({ code: place });
      else if (pair) page.choose({ tie: `${pair.pair.from}-${pair.pair.to}` });
      else if (Object.values(page.chosen).some(Boolean)) page.choose({ code: "", tie: "", bloc: "", network: "", area: "" });
    }
    if (page.alone) {
      last = 0;
      hover(event); // a finger has no pointer to follow
    }
  });
  return { describe, tooltip, figure };
}

/** @param {Page} page @param {HTMLElement} box @param {string} code @param {(name: string, code: string, noData: string) => string} figure */
function addMunicipality(page, box, code, figure) {
  box.append(el("b", "", page.name(code)));
  const { legend, second } = page.state;
  const line = (/** @type {string} */ title, /** @type {string} */ name, /** @type {string} */ noData) => {
    const row = el("div", "", `${title}：`);
    row.append(el("strong", "", figure(name, code, noData)));
    box.append(row);
  };
  line(legend.title, page.state.values, legend.noData);
  if (second) line(second.title, second.values, legend.noData);
}

/** @param {Page} page @param {HTMLElement} box @param {readonly number[]} items @param {string} code */
function addCases(page, box, items, code) {
  const cases = items.flatMap((i) => page.facts.cases[i] ?? []);
  const elsewhere = cases.some((each) => each.place !== code);
  box.append(el("div", "rk-small", page.word("cases_here", { n: written(cases.length) })));
  for (const each of cases.slice(0, MOST_LINES)) {
    const theme = page.facts.themes[each.theme];
    const where = elsewhere ? `${page.name(each.place)}　` : "";
    box.append(el("div", "", `${where}${(page.english ? theme?.en : theme?.name) ?? ""}：${each.title || each.organisation || "–"}`));
  }
  if (cases.length > MOST_LINES) box.append(el("div", "rk-small", `＋${cases.length - MOST_LINES}`));
}

/** @param {Page} page @param {HTMLElement} box @param {import("./fact_layers").DrawnPair} drawn */
function addTies(page, box, { pair, visible }) {
  box.append(el("b", "", `${page.name(pair.from)} – ${page.name(pair.to)}`));
  for (const i of visible.slice(0, MOST_LINES * 2)) {
    const tie = page.facts.ties[i];
    if (!tie) continue;
    const sure = tie.style ? `（${page.word(`line_${tie.style}`)}）` : "";
    box.append(el("div", "", `${tie.since ? `${tie.since}　` : ""}${page.english ? tie.kind_en : tie.kind}${sure}`));
  }
}
