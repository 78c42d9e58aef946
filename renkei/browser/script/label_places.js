/* Which names stand on the map: the more important first, none over another. Pure. */

/** @typedef {{x: number, y: number, text: string, size: number, key: string, strong?: boolean}} Label */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

/** @param {Box} a @param {Box} b @returns {boolean} */
function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The labels that find room, in the order in which they are given; a strong one always does.
 * @param {readonly Label[]} labels @param {(label: Label) => number} width of a text in pixels
 * @param {readonly Box[]} taken places where none may stand @returns {Label[]} */
export function placed(labels, width, taken = []) {
  /** @type {Map<string, Box[]>} */
  const grid = new Map(); // cells of 128 pixels: a label is compared with its neighbours alone
  const cells = (/** @type {Box} */ box) => {
    const found = [];
    for (let x = Math.floor(box.left / 128); x <= Math.floor(box.right / 128); x++) {
      for (let y = Math.floor(box.top / 128); y <= Math.floor(box.bottom / 128); y++) found.push(`${x},${y}`);
    }
    return found;
  };
  const occupy = (/** @type {Box} */ box) => {
    for (const cell of cells(box)) grid.set(cell, [...(grid.get(cell) ?? []), box]);
  };
  taken.forEach(occupy);
  /** @type {Label[]} */
  const kept = [];
  for (const label of [...labels].sort((a, b) => Number(b.strong ?? false) - Number(a.strong ?? false))) {
    const half = width(label) / 2 + 3;
    const high = label.size / 2 + 2;
    const box = { left: label.x - half, right: label.x + half, top: label.y - high, bottom: label.y + high };
    const blocked = cells(box).some((cell) => grid.get(cell)?.some((other) => overlap(box, other)));
    if (blocked && !label.strong) continue;
    occupy(box);
    kept.push(label);
  }
  return kept;
}
