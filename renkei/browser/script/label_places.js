/* Which names stand on the map: the more important first, none over another. Pure. */

/**
 * A name and where it would stand. A strong one always finds room; a movable one may stand beside its place.
 * @typedef {{x: number, y: number, text: string, size: number, key: string, strong?: boolean, movable?: boolean}} Label
 */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

/** @param {Box} a @param {Box} b @returns {boolean} */
function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Where a label may stand, the best first: on its place, above, below, beside.
 * @param {Label} label @param {number} half of its width @returns {[number, number][]} pixels from its place */
function shifts(label, half) {
  if (!label.movable && !label.strong) return [[0, 0]];
  return [[0, 0], [0, -15], [0, 15], [half + 12, 0], [-half - 12, 0], [0, -24], [0, 24]];
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
    const places = shifts(label, half).map(([right, down]) => ({ x: label.x + right, y: label.y + down }));
    const boxAt = (/** @type {{x: number, y: number}} */ { x, y }) => ({ left: x - half, right: x + half, top: y - high, bottom: y + high });
    const free = places.find((place) => {
      const box = boxAt(place);
      return !cells(box).some((cell) => grid.get(cell)?.some((other) => overlap(box, other)));
    }) ?? (label.strong ? places[0] : undefined);
    if (!free) continue;
    occupy(boxAt(free));
    kept.push({ ...label, ...free });
  }
  return kept;
}
