"""A tab left open for a working day: 2,000 changes, compressed in time, and the browser's heap."""

from __future__ import annotations

import random
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.browser import CHROMIUM_FLAGS, chromium_path, serving_page

CHANGES, WARM = 2000, 200
# One change: foretold, told to the server where the map itself can, and the pointer somewhere else.
CHANGE = """([kind, value]) => new Promise((done) => {
  const map = renkeiMap, end = performance.now() + 8000;
  if (kind === "indicator" || kind === "themes") map.paintAhead({ [kind]: value });
  else if (kind === "layers") map.chooseLayers(value);
  else map.tell({ code: value });
  const size = map.map.getSize(), x = Math.random() * size.x, y = Math.random() * size.y;
  map.hover({ layerPoint: map.map.containerPointToLayerPoint([x, y]), latlng: map.map.containerPointToLatLng([x, y]) });
  const answered = () => kind === "code" ? map.answer.chosen === value
    : kind === "layers" ? String([...map.answer.layers].sort()) === String([...value].sort()) : true;
  const look = () => (answered() || performance.now() > end ? requestAnimationFrame(() => done(answered())) : setTimeout(look, 15));
  look();
})"""


def run() -> list[dict[str, Any]]:
    """Change and change again; compare the heap after the first 200 changes with that after 2,000."""
    path = chromium_path()
    if path is None:
        return [{"name": "long session", "value": None, "unit": "", "note": "no Chromium on this machine"}]
    draw = random.Random(8)
    with sync_playwright() as playwright, serving_page() as url:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 960})
        page.goto(url)
        page.locator("#renkei-early-map").wait_for(state="detached", timeout=60_000)
        frame = next(each for each in page.frames if "streamlit_folium" in each.url)
        frame.wait_for_function("() => renkeiMap.all && renkeiMap.all.content")
        identifiers = frame.evaluate("() => Object.keys(renkeiMap.all.content)")
        codes = frame.evaluate("() => renkeiMap.facts.codes")
        client = page.context.new_cdp_session(page)
        client.send("Performance.enable")
        layers = ["cases", "ties", "blocs", "core_city", "self_reliant"]
        heap, unanswered = {}, 0
        for number in range(1, CHANGES + 1):
            kind = ("indicator", "code", "themes", "layers")[number % 4]
            value = {
                "indicator": draw.choice(identifiers),
                "themes": draw.sample(range(12), 2),
                "code": draw.choice(codes),
                "layers": draw.sample(layers, 4),
            }[kind]
            unanswered += not frame.evaluate(CHANGE, [kind, value])
            if number in (WARM, CHANGES):
                page.wait_for_timeout(12_000)  # what was foretold and not told is taken back
                client.send("HeapProfiler.collectGarbage")
                page.wait_for_timeout(500)
                metrics = {each["name"]: each["value"] for each in client.send("Performance.getMetrics")["metrics"]}
                heap[number] = metrics["JSHeapUsedSize"] / 1e6
        browser.close()
    growth = (heap[CHANGES] / heap[WARM] - 1) * 100
    return [
        {
            "name": "long session: heap after 2,000 changes",
            "value": round(growth, 1),
            "unit": "%",
            "note": f"against {WARM}: {heap[WARM]:.1f} to {heap[CHANGES]:.1f} MB; half of them answered by the server",
        },
        {
            "name": "long session: changes without an answer",
            "value": unanswered,
            "unit": "",
            "note": f"of {CHANGES // 2}",
        },
    ]
