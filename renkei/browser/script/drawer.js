/* The tables below and the card at the side: what is pulled up, and on a phone how far. */

/** @typedef {import("./page").Page} Page */
import { one } from "./query.js";
import { part } from "./text.js";

const SHEET = ["peek", "half", "full"];

/** @param {Page} page @returns {{show: () => void}} */
export function makeDrawer(page) {
  const root = part("rk");
  const tabs = /** @type {HTMLButtonElement[]} */ ([...root.querySelectorAll(".rk-tab[data-panel]")]);
  const handle = part("rk-handle");
  let sheet = "peek";
  const setSheet = (/** @type {string} */ wanted) => {
    sheet = wanted;
    document.documentElement.dataset.sheet = wanted;
    handle.setAttribute("aria-label", page.word(`sheet_${wanted === "full" ? "down" : "up"}`));
  };
  for (const tab of tabs) {
    tab.addEventListener("click", () => {
      const open = one(page.whole.query, "panel", page.defaults);
      page.choose({ panel: open === tab.dataset.panel ? "" : (tab.dataset.panel ?? "") }, { passing: true });
    });
  }
  part("rk-drawer-close").addEventListener("click", () => page.choose({ panel: "" }, { passing: true }));
  let from = 0;
  handle.addEventListener("pointerdown", (event) => {
    from = event.clientY;
  });
  handle.addEventListener("click", (event) => {
    const moved = event.detail ? event.clientY - from : 0;
    const step = moved > 24 ? -1 : 1;
    const index = SHEET.indexOf(sheet) + step;
    setSheet(SHEET[index >= SHEET.length || index < 0 ? 0 : index] ?? "peek");
  });
  for (const [id, act] of /** @type {[string, () => void][]} */ ([
    ["rk-phone-map", () => {
      setSheet("peek");
      page.choose({ panel: "" }, { passing: true });
    }],
    ["rk-phone-list", () => page.choose({ panel: one(page.whole.query, "panel", page.defaults) || "table" }, { passing: true })],
    ["rk-phone-output", () => part("rk-share-open").click()],
  ])) document.getElementById(id)?.addEventListener("click", act);
  setSheet("peek");
  let chosen = "";
  return {
    show() {
      const panel = one(page.whole.query, "panel", page.defaults);
      document.documentElement.dataset.panel = panel;
      for (const tab of tabs) tab.setAttribute("aria-pressed", String(tab.dataset.panel === panel));
      part("rk-drawer-close").hidden = !panel;
      for (const link of root.querySelectorAll(".rk-table-file")) {
        if (link instanceof HTMLElement) link.hidden = !page.options.tables.includes(panel);
      }
      document.getElementById("rk-phone-map")?.setAttribute("aria-pressed", String(!panel));
      document.getElementById("rk-phone-list")?.setAttribute("aria-pressed", String(Boolean(panel)));
      const now = Object.values(page.chosen).join();
      if (now !== chosen && page.view.narrow()) setSheet(now.replace(/,/g, "") ? "half" : "peek");
      chosen = now;
    },
  };
}
