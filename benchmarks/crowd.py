"""500 ties, 1,000 cases, 50 blocs on the map at once: a change, and whether all can be clicked."""

from __future__ import annotations

import statistics
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.browser import CHROMIUM_FLAGS, chromium_path, serving_page

TIES, CASES, BLOCS, CHANGES = 500, 1000, 50, 15

# Made-up facts of the register's size to come, in the browser alone: nothing of them is kept.
CROWD = """([ties, cases, blocs]) => {
  const map = renkeiMap, facts = map.facts, codes = facts.codes;
  let seed = 7;
  const random = (n) => { seed = (seed * 48271) % 2147483647; return seed % n; };
  const centre = (code) => { const c = map.polygons.get(code)[0].getBounds().getCenter(); return [c.lng, c.lat]; };
  facts.ties = []; facts.pairs.length = 0; facts.cases = []; facts.blocs = [];
  while (facts.ties.length < ties) {
    const ends = [codes[random(codes.length)], codes[random(codes.length)]].sort();
    if (ends[0] === ends[1]) continue;
    for (const code of ends) facts.points[code] = centre(code);
    facts.pairs.push({ from: ends[0], to: ends[1], ties: [facts.ties.length] });
    facts.ties.push({ kind: "x", since: "", style: facts.ties.length % 3 });
  }
  for (let i = 0; i < cases; i++) {
    const code = codes[random(codes.length)], [lon, lat] = centre(code);
    facts.cases.push({ id: String(i), place: code, lon, lat, theme: i % 12, title: "x", organisation: "" });
  }
  for (let i = 0; i < blocs; i++) {
    const start = random(codes.length - 8);
    facts.blocs.push({ id: String(i), name: "x", members: codes.slice(start, start + 6), layer: "core_city", style: 0, parts: 1 + i % 2 });
  }
  map.outlines.clear();
}"""
CHANGE = """([step]) => new Promise((done) => {
  const map = renkeiMap, marks = (list) => list.map((_, i) => ((i + step) % 10 ? "1" : "0")).join("");
  const start = performance.now();
  map.show({ ...map.state, ties: marks(map.facts.ties), cases: marks(map.facts.cases), blocs: marks(map.facts.blocs),
    sequence: "crowd" + step });
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})"""
CLICKS = """() => {
  const map = renkeiMap;
  map.map.setView([37, 138], 8, { animate: false });
  map.show({ ...map.state, ties: "1".repeat(map.facts.ties.length), sequence: "all" });
  let found = 0;
  for (const pair of map.pairs) {
    const line = pair.layer.getLatLngs(), middle = line[Math.floor(line.length / 2)];
    map.map.setView(middle, 8, { animate: false });
    // The line itself must answer where it is drawn; another that crosses there may lie above it.
    if (pair.layer._containsPoint(map.map.latLngToLayerPoint(middle))) found += 1;
  }
  return found;
}"""


def run() -> list[dict[str, Any]]:
    """Measure a change that redraws everything, and count the ties that answer to the pointer."""
    path = chromium_path()
    if path is None:
        return [{"name": "crowd", "value": None, "unit": "", "note": "no Chromium on this machine"}]
    with sync_playwright() as playwright, serving_page() as url:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 960})
        page.goto(url)
        page.locator("iframe[title*='streamlit_folium']").wait_for()
        page.wait_for_timeout(4000)
        frame = next(each for each in page.frames if "streamlit_folium" in each.url)
        frame.evaluate(CROWD, [TIES, CASES, BLOCS])
        far = [frame.evaluate(CHANGE, [step]) for step in range(CHANGES)]
        frame.evaluate("() => { renkeiMap.map.setView([36.5, 138], 7.5, {animate: false}); }")
        page.wait_for_timeout(1500)
        near = [frame.evaluate(CHANGE, [100 + step]) for step in range(CHANGES)]
        clicked = frame.evaluate(CLICKS)
        browser.close()
    crowd = f"{TIES} ties, {CASES} cases, {BLOCS} blocs"
    return [
        {"name": "crowd: redraw of Japan, median", "value": round(statistics.median(far)), "unit": "ms", "note": crowd},
        {
            "name": "crowd: redraw at zoom 7.5, median",
            "value": round(statistics.median(near)),
            "unit": "ms",
            "note": "ties one by one",
        },
        {"name": "crowd: ties that answer to the pointer", "value": clicked, "unit": "", "note": f"of {TIES}"},
    ]
