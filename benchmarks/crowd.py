"""700 ties, 270 networks, 163 areas, 1,000 cases on the map at once: a redraw far out and near, and what answers a click."""

from __future__ import annotations

import statistics
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.browser import CHROMIUM_FLAGS, chromium_path, serving_page

TIES, NETWORKS, BLOCS, CASES, CHANGES = 700, 270, 163, 1000, 15

# Made-up facts of the register's size to come, in the browser alone: nothing of them is kept.
CROWD = """([ties, networks, blocs, cases]) => {
  const page = renkeiPage, facts = page.facts, codes = facts.codes;
  let seed = 7;
  const random = (n) => { seed = (seed * 48271) % 2147483647; return seed % n; };
  const usual = () => ({ themes: [random(12)], prefectures: [], programme: "", year: String(1990 + random(30)), tier: "official" });
  facts.ties = []; facts.pairs = []; facts.networks = []; facts.blocs = []; facts.cases = [];
  const pairs = new Map();
  while (facts.ties.length < ties) {
    const ends = [codes[random(codes.length)], codes[random(codes.length)]].sort(), name = ends.join("-");
    if (ends[0] === ends[1]) continue;
    if (!pairs.has(name)) pairs.set(name, { from: ends[0], to: ends[1], ties: [] });
    pairs.get(name).ties.push(facts.ties.length);
    facts.ties.push({ ...usual(), family: "sister", counted: true, kind: "x", kind_en: "x", since: "1990", style: random(3) });
  }
  facts.pairs = [...pairs.values()];
  for (let i = 0; i < networks; i++) facts.networks.push({ ...usual(), family: "network", id: `n${i}`, name: "x", lead: "",
    members: Array.from({ length: 6 }, () => codes[random(codes.length)]) });
  for (let i = 0; i < blocs; i++) {
    const start = random(codes.length - 8);
    facts.blocs.push({ ...usual(), id: `b${i}`, name: "x", members: codes.slice(start, start + 6), layer: "core_city", style: 0, parts: 1 + i % 2 });
  }
  for (let i = 0; i < cases; i++) {
    const place = codes[random(codes.length)], [lon, lat] = facts.points[place];
    facts.cases.push({ ...usual(), id: `c${i}`, place, lon, lat, theme: i % 12, title: "x", organisation: "" });
  }
  page.layers.outlines.clear();
  const all = (list) => "1".repeat(list.length);
  page.answer = { ...page.answer, cases: all(facts.cases), ties: all(facts.ties), blocs: all(facts.blocs), networks: all(facts.networks) };
}"""
# A change of the layers: everything above the fills is drawn again; painted, as the browser paints.
CHANGE = """async (step) => {
  const page = renkeiPage, shown = page.defaults.show;
  const start = performance.now();
  page.choose({ show: step % 2 ? shown : shown.slice(0, 5) }, { untold: true });
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - start;
}"""
CLICKS = """() => {
  const page = renkeiPage, map = page.view.map, seen = map.getBounds();
  let found = 0, drawn = 0;
  for (const { layer } of page.layers.pairs) {
    const line = layer.getLatLngs(), middle = line[Math.floor(line.length / 2)];
    if (!seen.contains(middle)) continue;
    drawn += 1;
    // The line itself must answer where it is drawn; another that crosses there may lie above it.
    if (layer._containsPoint(map.latLngToLayerPoint(middle))) found += 1;
  }
  return [found, drawn];
}"""


def run() -> list[dict[str, Any]]:
    """Measure a change that redraws everything, and count the ties that answer to the pointer."""
    path = chromium_path()
    if path is None:
        return [{"name": "crowd", "value": None, "unit": "", "note": "no Chromium on this machine"}]
    with sync_playwright() as playwright, serving_page() as url:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(url)
        page.wait_for_function("() => window.renkeiPage?.index && renkeiPage.painted", timeout=120_000)
        page.wait_for_function("() => document.querySelector('#rk').dataset.adopted", timeout=120_000)
        page.evaluate(CROWD, [TIES, NETWORKS, BLOCS, CASES])
        times = {}
        for zoom in (5.4, 8):
            page.evaluate("(zoom) => { renkeiPage.view.map.setView([36.2, 138.5], zoom, { animate: false }); }", zoom)
            page.evaluate(CHANGE, 0)
            # The finer borders have come.
            page.wait_for_function("() => ![...renkeiPage.fills.fine.values()].includes(null)", timeout=120_000)
            times[zoom] = [page.evaluate(CHANGE, step + 1) for step in range(CHANGES)]
        clicked, drawn = page.evaluate(CLICKS)
        browser.close()
    crowd = f"{TIES} ties, {NETWORKS} networks, {BLOCS} areas, {CASES} cases"
    return [
        {
            "name": f"crowd: redraw at zoom {zoom}, median",
            "value": round(statistics.median(found)),
            "unit": "ms",
            "note": f"{crowd}; worst {max(found):.0f}",
        }
        for zoom, found in times.items()
    ] + [
        {"name": "crowd: ties that answer to the pointer", "value": clicked, "unit": "", "note": f"of {drawn} in view"}
    ]
