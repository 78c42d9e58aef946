/* An area that someone puts together: its codes as the address holds them (area_codes.py), who lies in a drawn shape. Pure. */

/** @typedef {import("./geometry").Point} Point */

const RUN = /^\d{2}(\d{3})+$/;

/** Municipalities as an address holds them: ascending, those of a prefecture in one run.
 * @param {Iterable<string>} codes @returns {string} */
export function writtenArea(codes) {
  /** @type {Map<string, string>} */
  const runs = new Map();
  for (const code of [...new Set(codes)].sort()) {
    const prefecture = code.slice(0, 2);
    runs.set(prefecture, (runs.get(prefecture) ?? prefecture) + code.slice(2));
  }
  return [...runs.values()].join("-");
}

/** Municipalities from an address; none where one of them is unknown.
 * @param {string} written @param {{has: (code: string) => boolean}} known @returns {string[]} */
export function readArea(written, known) {
  const runs = written.split(/[-,\s]+/).filter(Boolean);
  if (!runs.every((run) => RUN.test(run))) return [];
  const codes = runs.flatMap((run) => (run.slice(2).match(/\d{3}/g) ?? []).map((rest) => run.slice(0, 2) + rest));
  return codes.every((code) => known.has(code)) ? [...new Set(codes)].sort() : [];
}

/** Whether a line drawn by hand goes around a place, in whichever turns: what it crosses twice is inside as well.
 * @param {readonly Point[]} ring @param {Point} where @returns {boolean} */
export function goesAround(ring, where) {
  let turns = 0;
  let b = ring[ring.length - 1];
  for (const a of ring) {
    if (b && a.lat > where.lat !== b.lat > where.lat) {
      const crossing = ((b.lng - a.lng) * (where.lat - a.lat)) / (b.lat - a.lat) + a.lng;
      if (where.lng < crossing) turns += a.lat > b.lat ? 1 : -1;
    }
    b = a;
  }
  return turns !== 0;
}

/** The municipalities whose office lies in a drawn shape: the one rule of drawing, said on the page.
 * @param {readonly string[]} codes @param {Record<string, readonly [number, number]>} offices longitude, latitude
 * @param {readonly Point[]} ring @returns {string[]} */
export function officesWithin(codes, offices, ring) {
  return codes.filter((code) => {
    const office = offices[code];
    return office !== undefined && goesAround(ring, { lat: office[1], lng: office[0] });
  });
}
