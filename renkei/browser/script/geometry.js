/* Lines and outlines, made from points and from the borders that the browser holds. Pure. */

/** @typedef {{lat: number, lng: number}} Point */
const ARC_POINTS = 24;

/** The great circle on the sphere: drawn, never measured (that is the server's, on the ellipsoid).
 * @param {readonly [number, number]} from longitude, latitude @param {readonly [number, number]} to
 * @returns {[number, number][]} latitude, longitude */
export function arc(from, to) {
  const rad = Math.PI / 180;
  /** @param {readonly [number, number]} point @returns {[number, number, number]} */
  const vector = ([lon, lat]) => [
    Math.cos(lat * rad) * Math.cos(lon * rad),
    Math.cos(lat * rad) * Math.sin(lon * rad),
    Math.sin(lat * rad),
  ];
  const a = vector(from);
  const b = vector(to);
  const angle = Math.acos(Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
  /** @type {[number, number][]} */
  const line = [];
  for (let i = 0; i <= ARC_POINTS; i++) {
    const t = i / ARC_POINTS;
    const p = angle < 1e-9 ? 1 - t : Math.sin((1 - t) * angle) / Math.sin(angle);
    const q = angle < 1e-9 ? t : Math.sin(t * angle) / Math.sin(angle);
    const x = p * a[0] + q * b[0];
    const y = p * a[1] + q * b[1];
    const z = p * a[2] + q * b[2];
    line.push([Math.atan2(z, Math.hypot(x, y)) / rad, Math.atan2(y, x) / rad]);
  }
  return line;
}

/** The outline of a union in a coverage: a border that two members share is inside, all others are outside.
 * @param {readonly (readonly Point[])[]} ringsOfMembers @returns {Point[][]} */
export function unionRings(ringsOfMembers) {
  /** @typedef {[string, Point, string, Point]} Edge */
  /** @type {Map<string, Edge | null>} */
  const edges = new Map();
  for (const ring of ringsOfMembers) {
    ring.forEach((a, i) => {
      const b = /** @type {Point} */ (ring[(i + 1) % ring.length]);
      const ka = `${a.lng},${a.lat}`;
      const kb = `${b.lng},${b.lat}`;
      if (ka === kb) return;
      const key = ka < kb ? `${ka};${kb}` : `${kb};${ka}`;
      edges.set(key, edges.has(key) ? null : [ka, a, kb, b]);
    });
  }
  /** @type {Map<string, Edge[]>} */
  const ends = new Map();
  for (const edge of edges.values()) {
    if (!edge) continue;
    for (const end of [edge[0], edge[2]]) ends.set(end, [...(ends.get(end) ?? []), edge]);
  }
  /** @type {Point[][]} */
  const rings = [];
  /** @type {Set<Edge>} */
  const used = new Set();
  for (const first of edges.values()) {
    if (!first || used.has(first)) continue;
    used.add(first);
    const ring = [first[1]];
    let key = first[2];
    let point = first[3];
    while (key !== first[0]) {
      ring.push(point);
      const next = ends.get(key)?.find((edge) => !used.has(edge));
      if (!next) break;
      used.add(next);
      [key, point] = next[0] === key ? [next[2], next[3]] : [next[0], next[1]];
    }
    rings.push(ring);
  }
  return rings;
}

/** The rings in nested lists of points. @param {any} latlngs @param {Point[][]} [found] @returns {Point[][]} */
export function ringsIn(latlngs, found = []) {
  if (latlngs.length && latlngs[0].lat !== undefined) found.push(latlngs);
  else for (const inner of latlngs) ringsIn(inner, found);
  return found;
}

/** Whether a place lies inside rings: holes and parts by the even-odd rule.
 * @param {readonly (readonly Point[])[]} rings @param {Point} where @returns {boolean} */
export function inRings(rings, where) {
  let inside = false;
  for (const ring of rings) {
    let b = ring[ring.length - 1];
    for (const a of ring) {
      if (b && a.lat > where.lat !== b.lat > where.lat
        && where.lng < ((b.lng - a.lng) * (where.lat - a.lat)) / (b.lat - a.lat) + a.lng) inside = !inside;
      b = a;
    }
  }
  return inside;
}
