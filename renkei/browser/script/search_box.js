/* The search: places, prefectures, areas and networks as they are typed; any other words go to the cases. */

/** @typedef {import("./page").Page} Page */
/** @typedef {import("./contract").NameEntry} NameEntry */
import { namesIn, placeNamed, townsOf } from "./area_names.js";
import { matching, meant } from "./find_names.js";
import { el, folded, part, written } from "./text.js";

const LIST = "rk-found";

/** @typedef {{label: string, note: string, act: () => void}} Offer */

/** Several names in one text: those towns together. The words for it open the tool.
 * @param {Page} page @param {string} text @returns {Offer[]} */
function together(page, text) {
  if (page.alone) return [];
  const tool = { label: page.word("area_make"), note: page.word("area_make_note"), act: () => page.area.open() };
  if (folded(text).length > 1 && folded(tool.label).startsWith(folded(text))) return [tool];
  const names = namesIn(text);
  const places = names.map((name) => placeNamed(page.index?.places ?? [], name));
  if (names.length < 2 || !places.every((place) => place?.entries.length === 1)) return [];
  const codes = [...new Set(places.flatMap((place) => place?.entries.flatMap((entry) => townsOf(page, entry)) ?? []))];
  const label = page.word("area_together", { n: written(codes.length) });
  return [{ label, note: names.slice(0, 4).join("・"), act: () => page.area.add(codes) }];
}

/** Make the search box work. @param {Page} page @returns {{show: () => void}} */
export function makeSearchBox(page) {
  const input = /** @type {HTMLInputElement} */ (part("rk-find"));
  const list = part(LIST);
  /** @type {Offer[]} */
  let offers = [];
  let at = -1;
  let answered = "";
  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (/** @type {Offer | undefined} */ offer) => {
    if (!offer) return;
    offer.act();
    close();
    input.blur();
  };
  const mark = (/** @type {number} */ index) => {
    at = index;
    [...list.querySelectorAll("[role=option]")].forEach((option, i) => {
      option.setAttribute("aria-selected", String(i === at));
      if (i === at) option.scrollIntoView({ block: "nearest" });
    });
    if (at >= 0) input.setAttribute("aria-activedescendant", `${LIST}-${at}`);
  };
  const draw = (/** @type {string} */ message) => {
    list.replaceChildren();
    if (message) list.append(el("div", "rk-note", message));
    offers.forEach((offer, i) => {
      const option = el("div", "rk-option");
      option.id = `${LIST}-${i}`;
      option.setAttribute("role", "option");
      option.append(el("span", "", offer.label), el("span", "rk-small", offer.note));
      option.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
      option.addEventListener("click", () => take(offer));
      list.append(option);
    });
    list.hidden = !offers.length && !message;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
  };
  /** @param {NameEntry} entry @returns {Offer} */
  const offerOf = (entry) => ({
    label: entry.label,
    note: entry.note,
    act: () => {
      input.value = "";
      page.choose({ [entry.choice]: entry.id }, { fly: true });
    },
  });
  const words = (/** @type {string} */ text) => ({
    label: page.word("search_words", { text }),
    note: page.word("search_words_note"),
    act: () => {
      input.value = "";
      page.choose({ text, panel: "table" });
    },
  });
  const typed = () => {
    const text = input.value.trim();
    if (!text) {
      close();
      return;
    }
    const entries = page.index?.places ?? [];
    offers = [...together(page, text), ...matching(entries, text).map(offerOf), ...(page.alone ? [] : [words(text)])];
    draw("");
  };
  const entered = () => {
    const text = input.value.trim();
    if (!text) return;
    const one = meant(page.index?.places ?? [], text);
    const near = matching(page.index?.places ?? [], text);
    const [area] = together(page, text);
    if (at >= 0) take(offers[at]);
    else if (area) take(area);
    else if (one) take(offerOf(one));
    else if (near.length && near.some((entry) => entry.keys[0] === near[0]?.keys[0]) && near.length > 1) {
      offers = near.map(offerOf);
      draw(page.word("ambiguous", { text }));
    } else if (near.length === 1) take(near[0] && offerOf(near[0]));
    else page.find(text);
  };
  input.addEventListener("input", typed);
  input.addEventListener("focus", () => {
    if (input.value.trim()) typed();
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      entered();
    } else if (event.key === "Escape") close();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) typed();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (offers.length) mark((at + step + offers.length) % offers.length);
    }
  });
  addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    input.focus();
  });
  return {
    /** What the server found for a text that names no place here. */
    show() {
      const { found } = page;
      if (!found || found.key === answered) return;
      answered = found.key;
      if (document.activeElement !== input) input.focus({ preventScroll: true });
      input.value = found.text;
      offers = found.entries.map((each) => ({ label: each.label, note: each.note, act: () => {
        input.value = "";
        page.choose({ [each.choice]: each.id }, { fly: each.choice !== "indicator" });
      } }));
      offers.push(words(found.text));
      draw(found.message);
    },
  };
}
