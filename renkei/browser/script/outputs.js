/* Handing on: the link to what is shown, and files of it, made by the server while the page says how long it takes. */

/** @typedef {import("./page").Page} Page */
import { makePopover } from "./popover.js";
import { one, writtenAddress } from "./query.js";
import { el, part } from "./text.js";

const ME = [...crypto.getRandomValues(new Uint8Array(8))].join("-"); // this open page, in the line of those who wait for files
const SAID = [400, 503]; // with these the server says in a sentence why there is no file

/** @param {Page} page @returns {{show: () => void}} */
export function makeOutputs(page) {
  const box = part("rk-share");
  makePopover(part("rk-share-open"), box);
  part("rk-copy-link").addEventListener("click", () => copyLink(page));
  // On the document: the card, which the server draws, hands files on too.
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-output]") : null;
    if (button instanceof HTMLButtonElement) fetched(page, button);
  });
  const language = /** @type {HTMLAnchorElement} */ (part("rk-language"));
  language.addEventListener("click", () => {
    const other = language.dataset.language ?? "en";
    const query = { ...page.whole.query, lang: [other] };
    language.href = writtenAddress(query, new URLSearchParams(location.search).has("map") ? page.view_text() : "");
  });
  return { show() {} };
}

/** Put the link to this view on the clipboard. @param {Page} page */
async function copyLink(page) {
  const link = new URL(writtenAddress(page.whole.query, page.view_text()), location.href).href;
  try {
    await navigator.clipboard.writeText(link);
    page.say(page.word("link_copied"));
  } catch {
    // No clipboard here (an address without https): the link is shown, chosen, to be copied by hand.
    const field = el("input", "rk-field");
    field.readOnly = true;
    field.value = link;
    part("rk-copy-link").after(field);
    field.select();
  }
}

/** Where a file of what is shown is made. @param {Page} page @param {string} name @returns {string} */
export function outputAddress(page, name) {
  const panel = one(page.whole.query, "panel", page.defaults) || "table";
  const size = page.view.map.getSize();
  const { top, right, bottom, left } = page.view.cover();
  const home = name === "map.html" && !page.moved; // a kept file finds by itself where its own window shows all Japan
  const search = new URLSearchParams(writtenAddress(page.whole.query, home ? "" : page.view_text()).slice(1));
  // The middle of what is seen: what the card and the tables cover is no part of the picture.
  const seen = L.bounds(L.point(left, top), L.point(size.x - right, size.y - bottom));
  const corner = [seen.getBottomLeft(), seen.getTopRight()].map((point) => page.view.map.containerPointToLatLng(/** @type {any} */ (point)));
  const [southWest, northEast] = corner;
  if (southWest && northEast) {
    search.set("extent", [southWest.lng, southWest.lat, northEast.lng, northEast.lat].map((each) => each.toFixed(4)).join(","));
  }
  return `${page.made}output/${name.replace("{panel}", panel)}?${search}`;
}

/** Fetch a file and hand it to the browser to keep. @param {Page} page @param {HTMLButtonElement} button */
async function fetched(page, button) {
  if (button.getAttribute("aria-busy") === "true") return;
  const text = button.textContent ?? "";
  const started = performance.now();
  const headers = { [page.options.visitor]: ME };
  const tell = async () => {
    /** @type {{ahead: number}} */
    const { ahead } = await fetch(page.options.place, { headers }).then((answer) => answer.json()).catch(() => ({ ahead: 0 }));
    if (button.getAttribute("aria-busy") !== "true") return;
    const seconds = Math.round((performance.now() - started) / 1000);
    button.textContent = page.word(ahead > 0 ? "queueing" : "making", { seconds, ahead });
  };
  button.setAttribute("aria-busy", "true");
  const ticking = setInterval(tell, 1000);
  try {
    const answer = await fetch(outputAddress(page, button.dataset.output ?? ""), { headers });
    if (!answer.ok) {
      const why = SAID.includes(answer.status) ? (await answer.text()).slice(0, 200) : "";
      page.say(why || page.word("not_made"));
      return;
    }
    const link = el("a");
    const address = URL.createObjectURL(await answer.blob());
    link.href = address;
    link.download = nameOf(answer.headers.get("content-disposition") ?? "");
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  } catch {
    page.say(page.word("not_made"));
  } finally {
    clearInterval(ticking);
    button.removeAttribute("aria-busy");
    button.textContent = text;
  }
}

/** @param {string} header Content-Disposition @returns {string} the name of the file */
function nameOf(header) {
  const found = /filename\*=UTF-8''([^;]+)/i.exec(header);
  return found?.[1] ? decodeURIComponent(found[1]) : "renkei";
}
