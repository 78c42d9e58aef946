"""One change of the background indicator: click to painted, bytes over the socket; beside the naive page."""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.browser import CHROMIUM_FLAGS, chromium_path, free_port, serving, serving_page

CHANGES = 15
# In every frame: note when a click is seen, and when the fill colours of the map differ from before.
WATCH = """(() => {
  document.addEventListener("click", () => { window.clickedAt = performance.timeOrigin + performance.now(); }, true);
  let before = "";
  const look = () => {
    const map = window.map;
    if (map && map._layers) {
      let colors = "", n = 0;
      for (const key in map._layers) {
        const options = map._layers[key].options;
        if (options && options.fillColor && ++n <= 400) colors += options.fillColor;
      }
      if (n > 1000 && colors !== before) {
        before = colors; window.colorsSeen = (window.colorsSeen || 0) + 1;
        window.paintedAt = performance.timeOrigin + performance.now();
      }
    }
    requestAnimationFrame(look);
  };
  look();
})();"""


class _Counter:
    """Bytes that arrive on the page's web sockets and by its requests."""

    def __init__(self, page: Any) -> None:
        self.received = 0
        self.fetched = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))
        client = page.context.new_cdp_session(page)
        client.send("Network.enable")
        client.on("Network.loadingFinished", self._loaded)

    def _frame(self, payload: bytes | str) -> None:
        self.received += len(payload if isinstance(payload, bytes) else payload.encode())

    def _loaded(self, event: dict[str, Any]) -> None:
        self.fetched += int(event["encodedDataLength"])


def _map_times(page: Any) -> list[float]:
    frames = [frame for frame in page.frames if "streamlit_folium" in frame.url]
    return [frame.evaluate("() => window.paintedAt || 0") for frame in frames]


def _change(page: Any, label: str, option: str) -> float:
    """Choose an option of a select box; return seconds from the click to the new colours."""
    page.get_by_label(label, exact=False).first.click()
    page.keyboard.type(option)  # the list holds only the options in view
    item = page.get_by_role("option", name=option, exact=True)
    item.wait_for()
    seen = max(_map_times(page), default=0.0)
    item.click()
    clicked = page.evaluate("() => window.clickedAt")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        newest = max(_map_times(page), default=0.0)
        if newest > max(seen, clicked):
            return (newest - clicked) / 1000
        page.wait_for_timeout(5)
    msg = "the change was not painted"
    raise RuntimeError(msg)


def _measure(browser: Any, url: str, label: str, options: tuple[str, str]) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 1440, "height": 960}, locale="ja-JP")
    page = context.new_page()
    page.add_init_script(WATCH)
    counter = _Counter(page)
    start = time.time()
    page.goto(url)
    while not any(_map_times(page)):
        page.wait_for_timeout(20)
    first = max(_map_times(page)) / 1000 - start
    loaded = counter.fetched
    page.wait_for_timeout(800)
    for option in options[::-1]:  # both once, so that nothing is counted that happens only once
        _change(page, label, option)
        page.wait_for_timeout(500)
    times, sent = [], []
    for turn in range(CHANGES):
        before = counter.received
        times.append(_change(page, label, options[(turn + 1) % 2]))
        page.wait_for_timeout(400)
        sent.append(counter.received - before)
    context.close()
    return {
        "first": first, "loaded": loaded / 1000, "median": statistics.median(times) * 1000,
        "worst": max(times) * 1000, "sent": statistics.median(sent) / 1000,
    }  # fmt: skip


def run() -> list[dict[str, Any]]:
    """Measure one change in the page beside the naive page, in the same browser."""
    path = chromium_path()
    if path is None:
        return [{"name": "page", "value": None, "unit": "", "note": "no Chromium on this machine"}]
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is

    from layers.catalog import indicator  # noqa: PLC0415
    from views.words import word  # noqa: PLC0415

    ids = ("population_change_2020_2050", "fit_solar_kw_per_1000")
    titles = (indicator(ids[0]).title, indicator(ids[1]).title)
    port = free_port()
    naive_command = [
        sys.executable, "-m", "streamlit", "run", str(Path(__file__).with_name("naive_page.py")),
        "--server.port", str(port), "--server.headless", "true", "--server.enableStaticServing", "true",
        "--browser.gatherUsageStats", "false",
    ]  # fmt: skip
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        start = time.monotonic()
        with serving_page() as url:
            cold = time.monotonic() - start
            ours = _measure(browser, url, word("indicator", "ja"), titles)
        with serving(naive_command, port) as url:
            naive = _measure(browser, url, "indicator", ids)
        browser.close()
    beside = f"plain folium.GeoJson {naive['median']:,.0f} ms, {naive['sent']:,.1f} kB"
    return [
        {"name": "page: cold start of the server", "value": round(cold, 2), "unit": "s", "note": "to health"},
        {"name": "page: first map painted", "value": round(ours["first"], 2), "unit": "s",
         "note": f"after navigation; plain folium.GeoJson {naive['first']:.2f} s"},
        {"name": "page: fetched at load", "value": round(ours["loaded"]), "unit": "kB", "note": "as transferred"},
        {"name": "page: change of indicator, median", "value": round(ours["median"]), "unit": "ms",
         "note": f"n={CHANGES}, worst {ours['worst']:.0f}; {beside}; ratio {naive['median'] / ours['median']:.1f}"},
        {"name": "page: sent per change", "value": round(ours["sent"], 1), "unit": "kB", "note": beside},
    ]  # fmt: skip
