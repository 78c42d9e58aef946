/* What is drawn on canvas for a case, a count and a line of the legend; and the one way text gets into the page. */

// Text goes through textContent alone: no value is ever read as markup.
const LONGEST_TEXT = 400;
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;   // they would turn the texts around them
function el(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) {
    const plain = String(text).replace(DIRECTION_MARKS, "");
    node.textContent = plain.length > LONGEST_TEXT ? plain.slice(0, LONGEST_TEXT - 1) + "…" : plain;
  }
  return node;
}

// ---- marker shapes on canvas: the theme is told by shape as well as colour ---------------------
function shapePath(context, shape, x, y, r) {
  context.beginPath();
  if (shape === "triangle") {
    context.moveTo(x, y - r * 1.15);
    context.lineTo(x + r * 1.1, y + r * 0.85);
    context.lineTo(x - r * 1.1, y + r * 0.85);
    context.closePath();
  } else if (shape === "square") {
    context.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
  } else if (shape === "diamond") {
    context.moveTo(x, y - r * 1.2);
    context.lineTo(x + r * 1.2, y);
    context.lineTo(x, y + r * 1.2);
    context.lineTo(x - r * 1.2, y);
    context.closePath();
  } else if (shape === "plus") {
    const a = r * 0.42, b = r * 1.15;
    context.moveTo(x - a, y - b); context.lineTo(x + a, y - b); context.lineTo(x + a, y - a);
    context.lineTo(x + b, y - a); context.lineTo(x + b, y + a); context.lineTo(x + a, y + a);
    context.lineTo(x + a, y + b); context.lineTo(x - a, y + b); context.lineTo(x - a, y + a);
    context.lineTo(x - b, y + a); context.lineTo(x - b, y - a); context.lineTo(x - a, y - a);
    context.closePath();
  } else if (shape === "star") {
    for (let i = 0; i < 10; i++) {
      const reach = i % 2 ? r * 0.55 : r * 1.3, angle = Math.PI * (i / 5 - 0.5);
      context[i ? "lineTo" : "moveTo"](x + reach * Math.cos(angle), y + reach * Math.sin(angle));
    }
    context.closePath();
  } else {
    context.arc(x, y, r, 0, Math.PI * 2);
  }
}

// A number on a line: how many ties it stands for.
const CountMark = L.CircleMarker.extend({
  _updatePath: function () {
    const renderer = this._renderer;
    if (!renderer._drawing || this._empty()) return;
    const context = renderer._ctx, p = this._point, text = this.options.text;
    context.save();
    context.globalAlpha = this.options.dimmed ? 0.3 : 1;
    context.font = "600 11px sans-serif";
    const half = Math.max(8, context.measureText(text).width / 2 + 5);
    context.beginPath(); context.roundRect(p.x - half, p.y - 8, half * 2, 16, 8);
    context.fillStyle = "#ffffff"; context.fill();
    context.lineWidth = 1.2; context.strokeStyle = this.options.color; context.stroke();
    context.fillStyle = "#1f2a36"; context.textAlign = "center"; context.textBaseline = "middle";
    context.fillText(text, p.x, p.y + 0.5);
    context.restore();
  },
});

const CaseMarker = L.CircleMarker.extend({
  _updatePath: function () {
    const renderer = this._renderer;
    if (!renderer._drawing || this._empty()) return;
    const context = renderer._ctx, p = this._point, r = this._radius;
    context.save();
    context.globalAlpha = this.options.dimmed ? 0.25 : 1;
    if (this.options.slices.length === 1 && this.options.count === 1) {
      shapePath(context, this.options.slices[0].shape, p.x, p.y, r);
      context.lineWidth = 3; context.strokeStyle = "#ffffff"; context.stroke();
      context.fillStyle = this.options.slices[0].color; context.fill();
      context.lineWidth = 0.8; context.strokeStyle = "rgba(20,30,40,.65)"; context.stroke();
    } else {
      // A gathering: a ring cut by theme, the number inside.
      context.beginPath(); context.arc(p.x, p.y, r + 1.5, 0, Math.PI * 2);
      context.fillStyle = "#ffffff"; context.fill();
      let angle = -Math.PI / 2;
      for (const slice of this.options.slices) {
        const next = angle + Math.PI * 2 * slice.count / this.options.count;
        context.beginPath(); context.moveTo(p.x, p.y); context.arc(p.x, p.y, r, angle, next);
        context.closePath(); context.fillStyle = slice.color; context.fill();
        angle = next;
      }
      context.beginPath(); context.arc(p.x, p.y, r * 0.66, 0, Math.PI * 2);
      context.fillStyle = "#ffffff"; context.fill();
      context.fillStyle = "#1f2a36";
      context.font = "600 " + Math.max(10, Math.round(r * 0.85)) + "px sans-serif";
      context.textAlign = "center"; context.textBaseline = "middle";
      context.fillText(String(this.options.count), p.x, p.y + 0.5);
    }
    context.restore();
  },
});

function markPicture(mark) {
  const canvas = document.createElement("canvas");
  canvas.width = 36; canvas.height = 28; canvas.className = "renkei-mark";
  const pen = canvas.getContext("2d"); pen.scale(2, 2);
  const outlined = mark.shape === "outline";
  if (outlined || mark.shape === "line") {
    pen.strokeStyle = mark.color; pen.lineWidth = 2.2;
    pen.setLineDash([[], [5, 2.5], [1.5, 2.5]][mark.dash || 0]);
    pen.beginPath();
    if (mark.hatched) { pen.fillStyle = apartPattern(mark.color); pen.fillRect(2, 2, 14, 10); }
    if (outlined) pen.rect(2, 2, 14, 10);
    else { pen.moveTo(0, 11); pen.quadraticCurveTo(9, -2, 18, 11); }
    pen.stroke();
  } else {
    shapePath(pen, mark.shape, 9, 7, 5); pen.fillStyle = mark.color; pen.fill();
  }
  return canvas;
}

// A quiet hatch in a bloc's colour, for members that do not touch.
const hatches = new Map();
function apartPattern(color) {
  if (!hatches.has(color)) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.strokeStyle = color; pen.lineWidth = 1.1;
    pen.beginPath(); pen.moveTo(-2, -2); pen.lineTo(10, 10); pen.moveTo(-2, 6); pen.lineTo(2, 10);
    pen.moveTo(6, -2); pen.lineTo(10, 2); pen.stroke();
    hatches.set(color, pen.createPattern(tile, "repeat"));
  }
  return hatches.get(color);
}
