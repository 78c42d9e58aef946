/* The signs of themes, lines and areas, drawn the same on the map and in the legend. */

export const DASHES = /** @type {(string | undefined)[]} */ ([undefined, "9 4", "2 5", "12 3 3 3"]); // by evidence: whole, other pages, inferred, own

/** The path of a theme's sign: the theme is told by its shape as well as by its colour.
 * @param {CanvasRenderingContext2D} context @param {string} shape @param {number} x @param {number} y @param {number} r */
export function shapePath(context, shape, x, y, r) {
  /** @param {readonly (readonly [number, number])[]} points */
  const polygon = (points) => {
    points.forEach(([dx, dy], i) => {
      if (i) context.lineTo(x + dx * r, y + dy * r);
      else context.moveTo(x + dx * r, y + dy * r);
    });
    context.closePath();
  };
  context.beginPath();
  if (shape === "triangle") polygon([[0, -1.15], [1.1, 0.85], [-1.1, 0.85]]);
  else if (shape === "square") context.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
  else if (shape === "diamond") polygon([[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]]);
  else if (shape === "plus") {
    const a = 0.42;
    const b = 1.15;
    polygon([[-a, -b], [a, -b], [a, -a], [b, -a], [b, a], [a, a], [a, b], [-a, b], [-a, a], [-b, a], [-b, -a], [-a, -a]]);
  } else if (shape === "star") {
    polygon(Array.from({ length: 10 }, (_, i) => {
      const reach = i % 2 ? 0.55 : 1.25;
      const angle = (Math.PI * i) / 5 - Math.PI / 2;
      return /** @type {[number, number]} */ ([reach * Math.cos(angle), reach * Math.sin(angle)]);
    }));
  } else context.arc(x, y, r, 0, Math.PI * 2);
}

/** A picture of a sign for a list: 18 × 14 pixels.
 * @param {{shape: string, color: string, dash?: number, hatched?: boolean, rim?: string}} sign @returns {HTMLCanvasElement} */
export function signPicture(sign) {
  const canvas = document.createElement("canvas");
  canvas.width = 36;
  canvas.height = 28;
  canvas.className = "rk-sign";
  canvas.setAttribute("aria-hidden", "true");
  const pen = canvas.getContext("2d");
  if (!pen) return canvas;
  pen.scale(2, 2);
  if (sign.shape === "outline" || sign.shape === "line" || sign.shape === "star-lines") {
    pen.strokeStyle = sign.color;
    pen.lineWidth = 2.2;
    pen.setLineDash([[], [5, 2.5], [1.5, 2.5], [6, 2, 2, 2]][sign.dash ?? 0] ?? []);
    pen.beginPath();
    if (sign.hatched) {
      pen.fillStyle = apartPattern(pen, sign.color);
      pen.fillRect(2, 2, 14, 10);
    }
    if (sign.shape === "outline") pen.rect(2, 2, 14, 10);
    else if (sign.shape === "line") {
      pen.moveTo(0, 11);
      pen.quadraticCurveTo(9, -2, 18, 11);
    } else for (const [x, y] of [[2, 2], [16, 3], [3, 12], [15, 12]]) {
      pen.moveTo(9, 7);
      pen.lineTo(/** @type {number} */ (x), /** @type {number} */ (y));
    }
    pen.stroke();
  } else {
    shapePath(pen, sign.shape, 9, 7, 5);
    pen.fillStyle = sign.color;
    pen.fill();
    if (sign.rim) {
      pen.lineWidth = 2.5;
      pen.strokeStyle = sign.rim;
      pen.stroke();
    }
  }
  return canvas;
}

/** @param {number} size @param {(pen: CanvasRenderingContext2D) => void} draw @returns {HTMLCanvasElement} */
function tileOf(size, draw) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = size;
  const pen = tile.getContext("2d");
  if (pen) draw(pen);
  return tile;
}

/** @type {Map<string, CanvasPattern>} */
const patterns = new Map();
/** @param {string} key @param {CanvasRenderingContext2D} context @param {() => HTMLCanvasElement} make @returns {CanvasPattern | string} */
function kept(key, context, make) {
  const found = patterns.get(key) ?? context.createPattern(make(), "repeat");
  if (found) patterns.set(key, found);
  return found ?? "#f4f4f2";
}

/** The hatch of "no data": never the colour of zero. @param {CanvasRenderingContext2D} context */
export function noDataPattern(context) {
  return kept("no data", context, () => tileOf(6, (pen) => {
    pen.fillStyle = "#f4f4f2";
    pen.fillRect(0, 0, 6, 6);
    pen.strokeStyle = "#b9bcc0";
    pen.lineWidth = 1;
    pen.beginPath();
    for (const [x, y, toX, toY] of /** @type {[number, number, number, number][]} */ ([[-1, 7, 7, -1], [-1, 1, 1, -1], [5, 7, 7, 5]])) {
      pen.moveTo(x, y);
      pen.lineTo(toX, toY);
    }
    pen.stroke();
  }));
}

/** A quiet hatch in an area's colour, for members that do not touch. @param {CanvasRenderingContext2D} context @param {string} color */
export function apartPattern(context, color) {
  return kept(color, context, () => tileOf(8, (pen) => {
    pen.strokeStyle = color;
    pen.lineWidth = 1.1;
    pen.beginPath();
    for (const [x, y, toX, toY] of /** @type {[number, number, number, number][]} */ ([[-2, -2, 10, 10], [-2, 6, 2, 10], [6, -2, 10, 2]])) {
      pen.moveTo(x, y);
      pen.lineTo(toX, toY);
    }
    pen.stroke();
  }));
}
