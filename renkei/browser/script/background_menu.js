/* What the map is painted by: the indicator, its classes, the unit, a second indicator, the difference of two years. */

/** @typedef {import("./page").Page} Page */
/** @typedef {import("./contract").IndicatorEntry} IndicatorEntry */
import { makePopover } from "./popover.js";
import { one } from "./query.js";
import { el, folded, part, pressable } from "./text.js";

/** Make the chooser of the indicator and the box of its classes. @param {Page} page @param {(id: string) => void} foreseen called when an indicator is pointed at
 * @returns {{show: () => void}} */
export function makeBackgroundMenu(page, foreseen) {
  const list = part("rk-indicators");
  const classes = part("rk-painting");
  const field = /** @type {HTMLInputElement} */ (part("rk-indicator-find"));
  const holder = part("rk-indicator-list");
  const menu = makePopover(part("rk-indicator-open"), list, () => {
    field.value = "";
    fill();
  });
  makePopover(part("rk-painting-open"), classes, () => fillPainting(page, classes));
  const fill = () => {
    const wanted = folded(field.value);
    const words = field.value.split(/\s+/u).map(folded).filter(Boolean);
    const now = one(page.whole.query, "indicator", page.defaults);
    holder.replaceChildren();
    if (!page.index) holder.append(el("div", "rk-small", page.word("loading")));
    for (const [group, name] of Object.entries(page.index?.groups ?? {})) {
      // The most used come first, as a group of their own; a search finds each once, in its own group.
      const entries = (page.index?.indicators ?? []).filter((each) => (group === "common" ? each.common && !wanted : each.group === group)
        && words.every((said) => folded(`${each.title}${name}${each.keywords}${each.id}`).includes(said)));
      if (!entries.length) continue;
      const box = el("details", "rk-group");
      box.open = Boolean(wanted) || group === "common" || entries.some((each) => each.id === now);
      box.append(el("summary", "", `${name} ${entries.length}`));
      for (const entry of entries) box.append(indicatorButton(entry, entry.id === now));
      holder.append(box);
    }
    const first = wanted ? holder.querySelector(".rk-choice") : null;
    if (first instanceof HTMLElement && first.dataset.id) foreseen(first.dataset.id);
    if (!holder.children.length) holder.append(el("div", "rk-small", page.word("no_indicator", { text: field.value })));
  };
  /** @param {IndicatorEntry} entry @param {boolean} chosen @returns {HTMLButtonElement} */
  const indicatorButton = (entry, chosen) => {
    const button = pressable("rk-choice", entry.title, () => {
      menu.close(true);
      page.choose({ indicator: entry.id });
    });
    button.dataset.id = entry.id;
    button.setAttribute("aria-pressed", String(chosen));
    button.append(el("span", "rk-small", entry.when));
    for (const event of ["pointerenter", "focus"]) button.addEventListener(event, () => foreseen(entry.id));
    return button;
  };
  field.addEventListener("input", fill);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault(); // else the button that gets the focus is pressed too
    const first = holder.querySelector("details[open] .rk-choice");
    if (first instanceof HTMLElement) first.click();
  });
  return {
    show() {
      if (!classes.hidden && !classes.contains(document.activeElement)) fillPainting(page, classes);
    },
  };
}

/** @param {Page} page @returns {IndicatorEntry | undefined} */
function current(page) {
  const id = one(page.whole.query, "indicator", page.defaults);
  return page.index?.indicators.find((each) => each.id === id);
}

/** A list to choose one of. @param {Page} page @param {string} key @param {[string, string][]} choices @param {string} label @returns {HTMLElement} */
function selectOf(page, key, choices, label) {
  const holder = el("label", "rk-select");
  const select = el("select");
  select.dataset.key = key;
  for (const [value, text] of choices) {
    const option = el("option", "", text);
    option.value = value;
    select.append(option);
  }
  select.value = one(page.whole.query, key, page.defaults);
  select.addEventListener("change", () => {
    page.choose({ [key]: select.value });
    const box = select.closest(".rk-pop");
    if (!(box instanceof HTMLElement)) return;
    fillPainting(page, box);
    const again = box.querySelector(`[data-key="${key}"]`); // made anew: a keyboard stays where it was
    if (again instanceof HTMLElement) again.focus();
  });
  holder.append(el("span", "", label), select);
  return holder;
}

/** @param {Page} page @param {HTMLElement} box */
function fillPainting(page, box) {
  box.replaceChildren();
  const entry = current(page);
  if (!entry) {
    box.append(el("div", "rk-small", page.word("loading")));
    return;
  }
  const words = (/** @type {string[]} */ keys) => keys.map((key) => /** @type {[string, string]} */ ([key, page.word(key)]));
  const query = page.whole.query;
  if (entry.kind === "number") {
    box.append(selectOf(page, "scheme", words(["auto", "natural", "quantile", "equal", "manual"]), page.word("scheme")));
    if (one(query, "scheme", page.defaults) === "manual") box.append(breaksField(page));
  }
  if (entry.by_area) {
    box.append(selectOf(page, "unit", [["municipality", page.word("each_municipality")], ...["core_city", "self_reliant", "blocs"].map((id) =>
      /** @type {[string, string]} */ ([id, page.word(`layer_${id}`)]))], page.word("unit_of")));
    box.append(el("div", "rk-small", page.word("unit_help")));
  }
  const others = (page.index?.indicators ?? []).filter((each) => each.kind === "number" && each.id !== entry.id)
    .sort((a, b) => Number(b.common) - Number(a.common)); // the most used first
  box.append(selectOf(page, "second", [["", page.word("no_second")], ...others.map((each) => /** @type {[string, string]} */ ([each.id, each.title]))], page.word("second")));
  if (one(query, "second", page.defaults)) box.append(selectOf(page, "compare", words(["swipe", "bivariate"]), page.word("compare")));
  const dates = page.whole.dates;
  if (dates.length && entry.kind === "number") {
    const date = one(query, "date", page.defaults) || dates[dates.length - 1]?.[0];
    box.append(selectOf(page, "from", [["", page.word("no_difference")], ...dates.filter((each) => each[0] !== date)], page.word("difference_from")));
  }
  box.append(el("div", "rk-small", `${page.word("definition")}：${entry.definition}`), el("div", "rk-small", page.whole.legend.source));
}

/** @param {Page} page @returns {HTMLElement} */
function breaksField(page) {
  const holder = el("label", "rk-select");
  const field = el("input", "rk-field");
  field.value = page.whole.breaks;
  field.placeholder = page.word("breaks_example");
  const wrong = el("div", "rk-wrong");
  wrong.setAttribute("role", "alert");
  field.addEventListener("change", () => {
    const breaks = readBreaks(field.value);
    wrong.textContent = breaks || !field.value.trim() ? "" : page.word("breaks_wrong");
    if (breaks) page.choose({ breaks });
  });
  holder.append(el("span", "", page.word("breaks")), field, wrong);
  return holder;
}

/** Breaks as the address has them; "" where they are none, too many, or do not rise. @param {string} text @returns {string} */
export function readBreaks(text) {
  const numbers = text.normalize("NFKC").replace(/\u2212/g, "-").split(/[\s,、;]+/).map((each) => each.replace(/%+$/, "")).filter(Boolean);
  if (!numbers.length || numbers.length > 8 || numbers.some((each) => !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(each))) return "";
  const values = numbers.map(Number);
  if (values.some((value, i) => !(Math.abs(value) < 1e15) || (i > 0 && value <= (values[i - 1] ?? Number.NaN)))) return "";
  return numbers.join(",");
}
