/* Putting an area together: by drawing around towns, by pressing them, by names, by what is in view or left by the filters. */

/** @typedef {import("./page").Page} Page */
/** @typedef {import("./contract").NamedPlace} NamedPlace */
import { officesWithin, readArea, writtenArea } from "./area_codes.js";
import { drawAround } from "./area_draw.js";
import { namesIn, placesNamed, townsOf } from "./area_names.js";
import { makePopover } from "./popover.js";
import { FILTERS, writtenAddress } from "./query.js";
import { el, part, pressable, written } from "./text.js";

const MOST_STEPS = 50; // that can be taken back

/**
 * @typedef {object} AreaTool
 * @property {() => void} show
 * @property {() => void} open
 * @property {(codes: readonly string[]) => void} add
 * @property {(code: string, event: MouseEvent) => boolean} takes whether a press on a town ("" at sea) is the tool's
 */

/** Make the tool work; a file of its own has none. @param {Page} page @returns {AreaTool} */
export function makeAreaTool(page) {
  return page.alone ? { show() {}, open() {}, add() {}, takes: () => false } : workingTool(page);
}

/** @param {Page} page @returns {AreaTool} */
function workingTool(page) {
  const bar = part("rk-area");
  const draw = part("rk-area-draw");
  const known = { has: (/** @type {string} */ code) => code in page.facts.points && !code.endsWith("000") };
  /** @type {string[]} */
  const past = [];
  /** @type {(() => void) | null} */
  let stopDrawing = null;
  const members = () => readArea(page.chosen.area, known);
  const put = (/** @type {readonly string[]} */ codes) => {
    if (codes.length > page.facts.mostMembers) {
      page.say(page.word("area_too_many", { n: written(codes.length), most: written(page.facts.mostMembers) }));
      return false;
    }
    const next = writtenArea(codes);
    if (next === page.chosen.area) return true;
    past.push(page.chosen.area);
    if (past.length > MOST_STEPS) past.shift();
    page.choose({ area: next });
    return true;
  };
  /** Put towns in: to the area, or to the town, area or network that is chosen when it begins. */
  const add = (/** @type {readonly string[]} */ codes) => put([...new Set([...started(), ...codes])]);
  const started = () => {
    const { area, code, bloc, network } = page.chosen;
    if (area) return members();
    if (bloc) return townsOf(page, { choice: "bloc", id: bloc });
    if (network) return townsOf(page, { choice: "network", id: network });
    return code && !code.endsWith("000") ? [code] : [];
  };
  const open = () => {
    bar.hidden = false;
    const first = started();
    if (first.length && !page.chosen.area) put(first);
    show();
  };
  const endDrawing = () => {
    stopDrawing?.();
    stopDrawing = null;
    show();
  };
  const close = () => {
    endDrawing();
    bar.hidden = true;
    names.close();
    past.length = 0;
  };
  const drawn = (/** @type {import("./geometry").Point[]} */ ring) => {
    endDrawing();
    const inside = officesWithin(page.facts.codes, page.facts.points, ring);
    if (!inside.length) page.say(page.word(ring.length ? "area_none_inside" : "area_not_drawn"));
    else add(inside);
  };
  const undo = () => {
    const before = past.pop();
    if (before !== undefined) page.choose({ area: before });
  };
  const names = makePopover(part("rk-area-names-open"), part("rk-area-names"));
  makeNamesField(page, add);
  part("rk-area-view").addEventListener("click", () => {
    const window = seen(page);
    const inside = page.facts.codes.filter((code) => {
      const office = page.facts.points[code];
      return office && window.contains([office[1], office[0]]);
    });
    if (!inside.length) page.say(page.word("area_none_inside"));
    else if (add(inside)) names.close(true);
  });
  part("rk-area-filtered").addEventListener("click", async () => {
    try {
      const search = writtenAddress(page.whole.query, "");
      const left = /** @type {string[]} */ (await page.load(`${page.made}filtered.json${search}`));
      if (!left.length) page.say(page.word("area_none_left"));
      else if (add(left)) names.close(true);
    } catch {
      page.say(page.word("no_answer"));
    }
  });
  draw.addEventListener("click", () => {
    if (stopDrawing) endDrawing();
    else stopDrawing = drawAround(page, drawn);
    show();
  });
  part("rk-area-undo").addEventListener("click", undo);
  part("rk-area-clear").addEventListener("click", () => put([]));
  part("rk-area-done").addEventListener("click", close);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || bar.hidden) return;
    if (stopDrawing) endDrawing();
    else if (!names.isOpen()) close();
  });
  // The card, which the server draws, opens it too.
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-area-open]")) open();
  });
  let moved = "";
  /** Say how many there are, what pressing does, what can be taken back. */
  function show() {
    if (page.chosen.area !== moved && !Object.values(page.chosen).some(Boolean) && !past.length) bar.hidden = true;
    moved = page.chosen.area;
    if (bar.hidden) return;
    const number = members().length;
    part("rk-area-count").textContent = page.word("area_count", { n: written(number) });
    part("rk-area-hint").textContent = page.word(stopDrawing ? "area_hint_draw" : "area_hint");
    draw.setAttribute("aria-pressed", String(Boolean(stopDrawing)));
    /** @type {HTMLButtonElement} */ (part("rk-area-undo")).disabled = !past.length;
    /** @type {HTMLButtonElement} */ (part("rk-area-clear")).disabled = !number;
    const filters = FILTERS.some((key) => page.whole.query[key]?.length);
    /** @type {HTMLButtonElement} */ (part("rk-area-filtered")).disabled = !filters;
    part("rk-area-unfiltered").hidden = filters;
  }
  return {
    show,
    open,
    add(codes) {
      bar.hidden = false;
      if (add(codes)) page.flyToChosen();
      show();
    },
    takes(code, event) {
      const wanted = event.shiftKey || event.ctrlKey || event.metaKey;
      if (bar.hidden && !(code && wanted && started().length)) return false;
      bar.hidden = false;
      if (!code) return true; // the sea takes nothing back
      const now = started();
      put(now.includes(code) ? now.filter((each) => each !== code) : [...now, code]);
      show();
      return true;
    },
  };
}

/** What of the map is seen beside card, tables and bar. @param {Page} page @returns {import("leaflet").LatLngBounds} */
function seen(page) {
  const { map } = page.view;
  const size = map.getSize();
  const { top, right, bottom, left } = page.view.cover();
  return L.latLngBounds(map.containerPointToLatLng([left, size.y - bottom]), map.containerPointToLatLng([size.x - right, top]));
}

/** The field for names: what is clear goes in at once, what is not is asked, what is unknown is said.
 * @param {Page} page @param {(codes: readonly string[]) => boolean} add */
function makeNamesField(page, add) {
  const field = /** @type {HTMLTextAreaElement} */ (part("rk-area-text"));
  const told = part("rk-area-told");
  const choice = (/** @type {NamedPlace} */ place) => {
    const row = el("div", "rk-area-which");
    const text = place.message || page.word(place.entries.length ? "ambiguous" : "area_unknown", { text: place.text });
    row.append(el("div", "rk-small", text));
    for (const entry of place.certain ? [] : place.entries) {
      row.append(pressable("rk-edge", entry.label, () => {
        if (add(townsOf(page, entry))) row.remove();
      }));
    }
    return row;
  };
  const take = async () => {
    const names = namesIn(field.value);
    if (!names.length) {
      told.replaceChildren(el("div", "rk-small", page.word("area_no_names")));
      field.focus();
      return;
    }
    told.replaceChildren(el("div", "rk-small", page.word("loading")));
    try {
      const places = await placesNamed(page, names);
      const clear = places.filter((each) => each.certain);
      const open = places.filter((each) => !each.certain);
      const renamed = clear.filter((each) => each.message); // said, and put in
      const codes = [...new Set(clear.flatMap((each) => each.entries.flatMap((entry) => townsOf(page, entry))))];
      if (codes.length && !add(codes)) return;
      field.value = open.map((each) => each.text).join("\n");
      told.replaceChildren(el("div", "rk-small", page.word("area_read", { n: written(clear.length), all: written(names.length) })), ...[...open, ...renamed].map(choice));
    } catch {
      told.replaceChildren(el("div", "rk-wrong", page.word("no_answer")));
    }
  };
  part("rk-area-add").addEventListener("click", take);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) take();
  });
}
