/* Lines and outlines are made here, from points and from the borders that the browser holds. */

const DASHES = [null, "9 4", "2 5"];   // documents and official pages; other pages; inferred
const ARC_POINTS = 24;

// The great circle on the sphere: drawn, never measured (that is the server's, on the ellipsoid).
function arc(from, to) {
  const rad = Math.PI / 180;
  const vector = ([lon, lat]) => [Math.cos(lat * rad) * Math.cos(lon * rad), Math.cos(lat * rad) * Math.sin(lon * rad), Math.sin(lat * rad)];
  const a = vector(from), b = vector(to);
  const angle = Math.acos(Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
  const line = [];
  for (let i = 0; i <= ARC_POINTS; i++) {
    const t = i / ARC_POINTS;
    const p = angle < 1e-9 ? 1 - t : Math.sin((1 - t) * angle) / Math.sin(angle);
    const q = angle < 1e-9 ? t : Math.sin(t * angle) / Math.sin(angle);
    const [x, y, z] = [0, 1, 2].map((k) => p * a[k] + q * b[k]);
    line.push([Math.atan2(z, Math.hypot(x, y)) / rad, Math.atan2(y, x) / rad]);
  }
  return line;
}

// The outline of a union in a coverage: a border that two members share is inside, all others are outside.
function unionRings(ringsOfMembers) {
  const edges = new Map();
  for (const ring of ringsOfMembers) {
    for (let i = 0; i < ring.length; i++) {
      const a = ring[i], b = ring[(i + 1) % ring.length];
      const ka = a.lng + "," + a.lat, kb = b.lng + "," + b.lat;
      if (ka === kb) continue;
      const key = ka < kb ? ka + ";" + kb : kb + ";" + ka;
      if (edges.has(key)) edges.set(key, null); else edges.set(key, [ka, a, kb, b]);
    }
  }
  const ends = new Map();
  for (const edge of edges.values()) {
    if (!edge) continue;
    for (const k of [edge[0], edge[2]]) { if (!ends.has(k)) ends.set(k, []); ends.get(k).push(edge); }
  }
  const rings = [], used = new Set();
  for (const first of edges.values()) {
    if (!first || used.has(first)) continue;
    used.add(first);
    const ring = [first[1]];
    let key = first[2], point = first[3];
    while (key !== first[0]) {
      ring.push(point);
      const next = ends.get(key).find((edge) => !used.has(edge));
      if (!next) break;
      used.add(next);
      [key, point] = next[0] === key ? [next[2], next[3]] : [next[0], next[1]];
    }
    rings.push(ring);
  }
  return rings;
}
function ringsIn(latlngs, found) {
  if (latlngs.length && latlngs[0].lat !== undefined) found.push(latlngs);
  else for (const part of latlngs) ringsIn(part, found);
  return found;
}
