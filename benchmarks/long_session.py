"""A tab left open for a working day: 2,000 changes, compressed in time, and the browser's heap."""

from __future__ import annotations

import random
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.browser import CHROMIUM_FLAGS, chromium_path, serving_page

CHANGES, WARM = 2000, 200
# One change: foretold, told to the server, answered; and the pointer somewhere else.
CHANGE = """(change) => new Promise((done) => {
  const page = renkeiPage, map = page.view.map, end = performance.now() + 8000;
  page.choose(change);
  const size = map.getSize();
  page.pointer.describe(map.containerPointToLatLng([Math.random() * size.x, Math.random() * size.y]));
  const look = () => (!page.wish || performance.now() > end ? requestAnimationFrame(() => done(!page.wish)) : setTimeout(look, 15));
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
        page.wait_for_function(
            "() => window.renkeiPage?.index && document.querySelector('#rk').dataset.adopted", timeout=60_000
        )
        identifiers = page.evaluate("() => renkeiPage.index.indicators.map((each) => each.id)")
        codes = page.evaluate("() => renkeiPage.facts.codes")
        themes = page.evaluate("() => renkeiPage.facts.themes.filter((each) => each.asked).map((each) => each.name)")
        client = page.context.new_cdp_session(page)
        client.send("Performance.enable")
        layers = ["cases", "ties", "blocs", "core_city", "self_reliant"]
        heap, unanswered = {}, 0
        for number in range(1, CHANGES + 1):
            change = (
                {"indicator": draw.choice(identifiers)},
                {"code": draw.choice(codes)},
                {"theme": draw.sample(themes, 2)},
                {"show": draw.sample(layers, 4)},
            )[number % 4]
            unanswered += not page.evaluate(CHANGE, change)
            if number in (WARM, CHANGES):
                page.wait_for_timeout(2_000)
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
            "note": f"against {WARM}: {heap[WARM]:.1f} to {heap[CHANGES]:.1f} MB; each answered by the server",
        },
        {
            "name": "long session: changes without an answer",
            "value": unanswered,
            "unit": "",
            "note": f"of {CHANGES}",
        },
    ]
