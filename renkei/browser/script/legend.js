/* The one legend: classes that can be hidden, layers with their signs and counts, the signs of the themes. */

/** @typedef {import("./page").Page} Page */
/** @typedef {import("./contract").Legend} Legend */
/** @typedef {import("./contract").Grid} Grid */
import { FACT_LAYERS, stacked } from "./map_view.js";
import { count, countBy } from "./marks.js";
import { all, toggled } from "./query.js";
import { signPicture } from "./signs.js";
import { el, part, pressable, written } from "./text.js";

const BLOC_LAYERS = ["blocs", "core_city", "self_reliant", "medical"];

/** How many facts of each layer are shown, ties as pairs and agreements. @param {Page} page @param {string} id @returns {string} */
export function layerCount(page, id) {
  const { facts, whole } = page;
  if (id === "cases") return written(count(whole.cases));
  if (id === "networks") return written(count(whole.networks));
  if (id === "ties") {
    const pairs = facts.pairs.filter((pair) => pair.ties.some((i) => whole.ties[i] === "1")).length;
    return page.word("pairs_and_ties", { pairs: written(pairs), ties: written(count(whole.ties)) });
  }
  return written(facts.blocs.filter((bloc, i) => bloc.layer === id && whole.blocs[i] === "1").length);
}

/** The sign of a layer. @param {Page} page @param {string} id */
function layerSign(page, id) {
  const { facts } = page;
  if (id === "cases") return { shape: "circle", color: facts.themes[0]?.color ?? "#2f855a" };
  if (id === "ties") return { shape: "line", color: facts.tieColor };
  if (id === "networks") return { shape: "star-lines", color: facts.networkColor };
  return { shape: "outline", color: facts.blocColors[id] ?? "#55606b" };
}

/** Make the legend. @param {Page} page @param {{classesHidden: () => void}} acts @returns {{show: () => void}} */
export function makeLegend(page, acts) {
  const classes = part("rk-classes");
  const layers = part("rk-layers");
  const signs = part("rk-theme-signs");
  const title = part("rk-indicator-open");
  const dated = part("rk-indicator-dated");
  const box = /** @type {HTMLDetailsElement} */ (part("rk-legend"));
  if (page.view.narrow()) box.open = false;
  let drawnLayers = "";
  let drawnClasses = "";
  return {
    show() {
      const { state } = page;
      const second = state.second?.legend;
      title.textContent = state.legend.title;
      dated.textContent = state.legend.dated;
      dated.title = state.legend.source;
      const key = JSON.stringify([state.legend, second, state.colors]);
      if (key !== drawnClasses) {
        drawnClasses = key;
        const parts = state.legend.grid ? [gridOf(state.legend.grid, state.colors)] : [];
        parts.push(...classRows(page, state.legend, state.colors, acts.classesHidden));
        if (second && state.second?.colors) {
          parts.push(el("div", "rk-second", `${second.title} ▶`), el("div", "rk-small", second.dated));
          parts.push(...second.rows.map((row) => rowOf(el("div", "rk-row"), swatchOf(row.color), row.label, row.count)));
          title.textContent = `◀ ${state.legend.title}`;
        }
        classes.replaceChildren(...parts);
      }
      const chosen = all(page.whole.query, "show", page.defaults);
      const order = stacked(page.view, chosen);
      const counts = order.map((id) => layerCount(page, id));
      const layerKey = JSON.stringify([order, chosen, counts]);
      if (layerKey !== drawnLayers) {
        drawnLayers = layerKey;
        fillLayers(page, layers, order, chosen, counts);
        fillSigns(page, signs);
      }
    },
  };
}

/** @param {string} color "" for the hatch of no data @returns {HTMLElement} */
function swatchOf(color) {
  const swatch = el("span", color ? "rk-swatch" : "rk-swatch rk-hatch");
  if (color) swatch.style.background = color;
  return swatch;
}

/** @template {HTMLElement} T @param {T} line @param {HTMLElement} picture @param {string} label @param {string} number @returns {T} */
function rowOf(line, picture, label, number) {
  line.append(picture, el("span", "rk-label", label), el("span", "rk-count", number));
  return line;
}

/** A class is a button that hides it on the map and shows it again.
 * @param {Page} page @param {Legend} legend @param {readonly string[]} colors @param {() => void} changed @returns {HTMLElement[]} */
function classRows(page, legend, colors, changed) {
  return legend.rows.map((row) => {
    const index = row.color ? colors.indexOf(row.color) : -1;
    if (legend.grid) return rowOf(el("div", "rk-row"), swatchOf(row.color), row.label, row.count);
    const line = el("button", "rk-row rk-class");
    line.type = "button";
    line.title = page.word("hide_class");
    const told = () => line.setAttribute("aria-pressed", String(!page.fills.hidden.has(index)));
    told();
    line.addEventListener("click", () => {
      if (!page.fills.hidden.delete(index)) page.fills.hidden.add(index);
      told();
      changed();
    });
    return rowOf(line, swatchOf(row.color), row.label, row.count);
  });
}

/** Nine classes as a table: rows of the first indicator from high to low, columns of the second from low to high.
 * @param {Grid} grid @param {readonly string[]} colors @returns {HTMLElement} */
function gridOf(grid, colors) {
  const [rows, columns] = grid.axes;
  const box = el("div");
  if (!rows || !columns) return box;
  const table = el("table", "rk-grid");
  for (let row = rows.labels.length - 1; row >= 0; row--) {
    const line = el("tr");
    line.append(el("th", "", rows.labels[row]));
    columns.labels.forEach((_, column) => {
      const cell = el("td", "", grid.counts[row * 3 + column]);
      cell.style.background = colors[row * 3 + column] ?? "";
      cell.style.color = row + column > 2 ? "#ffffff" : "#1f2a36";
      line.append(cell);
    });
    table.append(line);
  }
  const foot = el("tr");
  foot.append(el("th", "", `↑ ${rows.title}`), ...columns.labels.map((label) => el("th", "", label)));
  table.append(foot);
  box.append(table, el("div", "rk-small", `→ ${columns.title}`));
  return box;
}

/** @param {Page} page @param {readonly string[]} order @param {readonly string[]} on @returns {string[]} layers that are on, in the order of the list */
function inOrder(page, order, on) {
  return [...order, "tiles"].filter((id) => on.includes(id) && (id !== "tiles" || !page.alone));
}

/** @param {Page} page @param {HTMLElement} box @param {string[]} order @param {string[]} chosen @param {string[]} counts */
function fillLayers(page, box, order, chosen, counts) {
  const active = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.act : undefined;
  const list = el("ol");
  order.forEach((id, i) => {
    const row = el("li", "rk-layer");
    const [label] = layerCheck(page, id, order, chosen);
    label.append(el("span", "rk-count", counts[i]));
    row.append(label);
    for (const [step, sign, word] of /** @type {[number, string, string][]} */ ([[-1, "↑", "upward"], [1, "↓", "downward"]])) {
      const button = pressable("rk-move", sign, () => {
        const next = [...order];
        [next[i], next[i + step]] = [/** @type {string} */ (next[i + step]), id];
        page.choose({ show: inOrder(page, next, chosen) });
      });
      button.dataset.act = id + step;
      button.disabled = i + step < 0 || i + step >= FACT_LAYERS.length;
      button.title = page.word(word);
      button.setAttribute("aria-label", `${page.word(`layer_${id}`)}：${page.word(word)}`);
      row.append(button);
    }
    list.append(row);
  });
  box.replaceChildren(list);
  if (!page.alone) box.append(layerCheck(page, "tiles", order, chosen)[0]);
  // The list is made anew: whoever uses a keyboard stays where they were.
  const again = active ? box.querySelector(`[data-act="${active}"]`) : null;
  const other = again instanceof HTMLButtonElement && again.disabled ? again.parentElement?.querySelector("button:not(:disabled)") : again;
  if (other instanceof HTMLElement) other.focus();
}

/** @param {Page} page @param {string} id @param {string[]} order @param {string[]} chosen @returns {[HTMLLabelElement]} */
function layerCheck(page, id, order, chosen) {
  const label = el("label", "rk-check");
  const box = el("input");
  box.type = "checkbox";
  box.checked = chosen.includes(id);
  box.dataset.act = id;
  box.addEventListener("change", () => page.choose({ show: inOrder(page, order, toggled(chosen, id)) }));
  label.append(box, ...(id === "tiles" ? [] : [signPicture(layerSign(page, id))]), el("span", "rk-label", page.word(`layer_${id}`)));
  return [label];
}

/** The signs of themes that are on the map, of how sure a line is, and of areas in parts. @param {Page} page @param {HTMLElement} box */
function fillSigns(page, box) {
  const { facts, state } = page;
  const themes = countBy(facts.cases, state.cases, (item) => item.theme);
  const rows = facts.themes.flatMap((theme, i) => {
    const number = themes.get(i);
    return number ? [rowOf(el("div", "rk-row"), signPicture(theme), page.english ? theme.en : theme.name, written(number))] : [];
  });
  const own = countBy(facts.cases, state.cases, (item) => item.tier).get("own");
  const styles = new Set([...countBy(facts.ties, state.ties, (tie) => tie.style).keys(), ...countBy(facts.blocs, state.blocs, (bloc) => bloc.style).keys()]);
  for (const dash of [...styles].sort()) {
    rows.push(rowOf(el("div", "rk-row"), signPicture({ shape: "line", color: dash === 3 ? facts.ownColor : "#55606b", dash }), page.word(`line_${dash}`), ""));
  }
  if (own) rows.push(rowOf(el("div", "rk-row"), signPicture({ shape: "circle", color: "#ffffff", rim: facts.ownColor }), page.word("line_3"), written(own)));
  const apart = facts.blocs.filter((bloc, i) => state.blocs[i] === "1" && bloc.parts > 1).length;
  if (apart) rows.push(rowOf(el("div", "rk-row"), signPicture({ shape: "outline", color: "#55606b", hatched: true }), page.word("apart"), written(apart)));
  if (BLOC_LAYERS.some((id) => all(page.whole.query, "show", page.defaults).includes(id)) || styles.size) rows.push(el("div", "rk-small", page.word("calm")));
  box.replaceChildren(...rows);
}
