/* Texts and numbers as they are written on the page; the one way a text gets into an element. */

const LONGEST_TEXT = 400;
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g; // they would turn the texts around them
const WRITTEN = new Intl.NumberFormat("en");

/** A text without direction marks, cut where nobody reads on.
 * @param {unknown} text @returns {string} */
export function plainText(text) {
  const plain = String(text).replace(DIRECTION_MARKS, "");
  return plain.length > LONGEST_TEXT ? `${plain.slice(0, LONGEST_TEXT - 1)}…` : plain;
}

/** A number with its thousands apart. @param {number} number @returns {string} */
export function written(number) {
  return WRITTEN.format(number);
}

/** Put parts into a sentence: ``{name}`` stands for the part of that name.
 * @param {string} sentence @param {Record<string, string | number>} parts @returns {string} */
export function filledIn(sentence, parts) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in parts ? String(parts[name]) : whole));
}

/** A text for comparing: full width and case folded, katakana as hiragana, without spaces.
 * @param {string} text @returns {string} */
export function folded(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/[\s\u30fb・'’-]/g, "");
}

/** An element; its text is never read as markup.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {string} [className] @param {unknown} [text] @returns {HTMLElementTagNameMap[T]} */
export function el(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = plainText(text);
  return node;
}

/** A button. @param {string} className @param {string} text @param {() => void} act @returns {HTMLButtonElement} */
export function pressable(className, text, act) {
  const button = el("button", className, text);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

/** The element of the first document by this id; that it is there is that document's promise.
 * @param {string} id @returns {HTMLElement} */
export function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the document has no #${id}`);
  return found;
}
