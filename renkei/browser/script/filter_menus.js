/* The filters: themes, prefectures, the rest; and the chips that say what is filtered and take it back. */

/** @typedef {import("./page").Page} Page */
/** @typedef {import("./contract").OptionEntry} OptionEntry */
import { closeAll, makePopover } from "./popover.js";
import { all, FILTERS, one, toggled } from "./query.js";
import { signPicture } from "./signs.js";
import { el, part, pressable } from "./text.js";

const MENUS = { themes: ["theme"], prefectures: ["prefecture"], more: ["programme", "kind", "tier", "year"] };

/** @typedef {{key: string, value: string, label: string}} Chip */

/** The name of a filter's value as the page writes it. @param {Page} page @param {string} key @param {string} value @returns {string} */
function labelOf(page, key, value) {
  if (key === "theme") {
    const theme = page.facts.themes.find((each) => each.name === value);
    return theme && page.english ? theme.en : value;
  }
  if (key === "prefecture") return page.name(`${value}000`);
  if (key === "text") return page.word("chip_text", { text: value });
  return page.index?.options[key]?.find((each) => each.id === value)?.label ?? value;
}

/** What is filtered now. @param {Page} page @returns {Chip[]} */
export function chipsOf(page) {
  return FILTERS.flatMap((key) => all(page.whole.query, key, page.defaults).map((value) => ({ key, value, label: labelOf(page, key, value) })));
}

/** @param {Page} page @param {string} key @param {string} value @returns {import("./query").Change} the change that takes a value in or out */
function toggling(page, key, value) {
  const list = toggled(all(page.whole.query, key, page.defaults), value);
  /** @type {import("./query").Change} */
  const change = { [key]: list };
  // One prefecture is also something chosen: its card opens, and the map goes there.
  const code = one(page.whole.query, "code", page.defaults);
  if (key === "prefecture") {
    if (list.length === 1 && (!code || code.endsWith("000"))) change.code = `${list[0]}000`;
    else if (code.endsWith("000")) change.code = "";
  }
  return change;
}

/** Make menus and chips work. @param {Page} page @returns {{show: () => void}} */
export function makeFilterMenus(page) {
  const chips = part("rk-chips");
  const theme = part("rk-themes");
  const prefectures = part("rk-prefectures");
  const more = part("rk-more");
  makePopover(part("rk-themes-open"), theme);
  makePopover(part("rk-prefectures-open"), prefectures);
  makePopover(part("rk-more-open"), more, () => fillMore(page, more));
  const phone = document.getElementById("rk-filters-open");
  const phoneMenu = document.getElementById("rk-filters");
  if (phone && phoneMenu) {
    makePopover(phone, phoneMenu);
    for (const name of Object.keys(MENUS)) {
      phoneMenu.append(pressable("rk-button", part(`rk-${name}-open`).dataset.word ?? name, () => part(`rk-${name}-open`).click()));
    }
  }
  page.facts.themes.filter((each) => each.asked).forEach((each) => {
    const button = pressable("rk-theme", "", () => page.choose(toggling(page, "theme", each.name)));
    button.dataset.value = each.name;
    button.append(signPicture(each), el("span", "", page.english ? each.en : each.name));
    theme.append(button);
  });
  for (const [region, codes] of page.options.regions) {
    const group = el("div", "rk-region");
    group.append(el("span", "rk-small", region));
    for (const code of codes) {
      const button = pressable("rk-choice", page.name(`${code}000`), () => {
        page.choose(toggling(page, "prefecture", code), { fly: true });
      });
      button.dataset.value = code;
      group.append(button);
    }
    prefectures.append(group);
  }
  const pressed = (/** @type {HTMLElement} */ box, /** @type {string} */ key) => {
    const chosen = all(page.whole.query, key, page.defaults);
    for (const button of box.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(chosen.includes(button.dataset.value ?? "")));
    }
  };
  let drawn = "";
  return {
    show() {
      pressed(theme, "theme");
      pressed(prefectures, "prefecture");
      const now = chipsOf(page);
      for (const [name, keys] of Object.entries(MENUS)) {
        const number = now.filter((chip) => keys.includes(chip.key)).length;
        const button = part(`rk-${name}-open`);
        button.textContent = number ? `${button.dataset.word} ${number}` : (button.dataset.word ?? "");
      }
      if (phone) phone.textContent = now.length ? `${phone.dataset.word} ${now.length}` : (phone.dataset.word ?? "");
      const key = JSON.stringify(now);
      if (key === drawn) return;
      drawn = key;
      chips.replaceChildren(...now.map((chip) => chipButton(page, chip)));
      if (now.length) chips.append(pressable("rk-clear", page.word("clear"), () => page.choose(cleared(page))));
    },
  };
}

/** @param {Page} page @returns {import("./query").Change} */
function cleared(page) {
  /** @type {import("./query").Change} */
  const change = Object.fromEntries(FILTERS.map((key) => [key, []]));
  if (one(page.whole.query, "code", page.defaults).endsWith("000")) change.code = "";
  return change;
}

/** @param {Page} page @param {Chip} chip @returns {HTMLButtonElement} */
function chipButton(page, chip) {
  const act = () => page.choose(chip.key === "text" ? { text: "" } : toggling(page, chip.key, chip.value));
  const button = pressable("rk-chip", chip.label, act);
  button.setAttribute("aria-label", page.word("take_off", { what: chip.label }));
  button.append(el("span", "", "×"));
  return button;
}

/** @param {Page} page @param {HTMLElement} box */
function fillMore(page, box) {
  if (!page.index) {
    box.replaceChildren(el("div", "rk-small", page.word("loading")));
    return;
  }
  const options = page.index.options;
  const chosen = (/** @type {string} */ key) => all(page.whole.query, key, page.defaults);
  box.replaceChildren();
  for (const key of MENUS.more) {
    const entries = options[key] ?? [];
    const group = el("fieldset", "rk-group");
    group.append(el("legend", "", page.word(`what_${key}`)));
    const holder = el("div", entries.length > 9 ? "rk-scroll" : "");
    for (const entry of entries) holder.append(checkOf(entry, chosen(key).includes(entry.id), () => {
      page.choose({ [key]: toggled(chosen(key), entry.id) });
    }));
    group.append(holder);
    box.append(group);
  }
  const group = el("fieldset", "rk-group");
  const field = el("input", "rk-field");
  field.type = "search";
  field.value = one(page.whole.query, "text", page.defaults);
  field.placeholder = page.word("text_example");
  field.setAttribute("aria-label", page.word("text"));
  field.addEventListener("change", () => page.choose({ text: field.value.trim() }));
  group.append(el("legend", "", page.word("text")), field);
  box.append(group);
  if (!page.alone) {
    box.append(pressable("rk-act", page.word("area_make"), () => {
      closeAll();
      page.area.open();
    }));
  }
}

/** A box to tick with its name. @param {OptionEntry} entry @param {boolean} on @param {() => void} act @returns {HTMLLabelElement} */
export function checkOf(entry, on, act) {
  const label = el("label", "rk-check");
  const box = el("input");
  box.type = "checkbox";
  box.checked = on;
  box.addEventListener("change", act);
  label.append(box, el("span", "", entry.label));
  return label;
}
