"""One change of the background indicator: click to painted, bytes over the socket; beside the naive page."""

from __future__ import annotations

import contextlib
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, sync_playwright

from benchmarks.browser import CHROMIUM_FLAGS, CountingProxy, chromium_path, free_port, serving, serving_page

CHANGES = 15
THEME_CHANGES = ("脱炭素", "防災", "DX", "産業振興", "観光", "交通", "脱炭素", "防災", "DX", "産業振興", "観光", "交通")
# In every frame: note when a click is seen, and when the fill colours of the map differ from before.
WATCH = """() => {
  if (window.watching) return window.paintedAt || 0;
  window.watching = true;
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
  return 0;
}"""


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
    times = []
    for frame in page.frames:
        if "streamlit_folium" in frame.url:
            with contextlib.suppress(Error):  # a frame that is just being replaced
                times.append(frame.evaluate(WATCH))
    return times


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
        page.wait_for_timeout(40)  # the page itself notes the time: asking often would only slow it
    msg = "the change was not painted"
    raise RuntimeError(msg)


def _theme_change(page: Any, theme: str) -> float:
    """Choose or leave a theme; return seconds from the click to the painted state."""
    frame = next(each for each in page.frames if "streamlit_folium" in each.url)
    before = frame.evaluate("() => renkeiMap.painted")
    page.get_by_role("button", name=theme, exact=True).click()
    clicked = page.evaluate("() => window.clickedAt")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        page.wait_for_timeout(40)
        if frame.evaluate("() => renkeiMap.painted") != before:
            return (frame.evaluate("() => Number(renkeiMap.map.getContainer().dataset.paintedAt)") - clicked) / 1000
    msg = "the change was not painted"
    raise RuntimeError(msg)


def _measure(browser: Any, url: str, label: str, options: list[str], themes: tuple[str, ...] = ()) -> dict[str, float]:
    proxy = CountingProxy(int(url.rpartition(":")[2]))
    url = f"http://127.0.0.1:{proxy.port}"
    context = browser.new_context(viewport={"width": 1440, "height": 960}, locale="ja-JP")
    page = context.new_page()
    counter = _Counter(page)
    start = time.time()
    page.goto(url)
    page.evaluate(WATCH)
    deadline = time.monotonic() + 60
    while not any(_map_times(page)):
        if time.monotonic() > deadline:
            msg = f"{url}: no map was painted"
            raise RuntimeError(msg)
        page.wait_for_timeout(10)
    first = max(_map_times(page)) / 1000 - start
    loaded = counter.fetched
    page.wait_for_timeout(800)
    _change(page, label, options[0])
    page.wait_for_timeout(500)
    times, sent, wire = [], [], []
    for option in options[1:]:  # each once: Streamlit sends a message that it has sent before as its hash only
        before, wire_before = counter.received, proxy.sent
        times.append(_change(page, label, option))
        page.wait_for_timeout(400)
        sent.append(counter.received - before)
        wire.append(proxy.sent - wire_before)
    themed, themed_wire = [], []
    for theme in themes:
        wire_before = proxy.sent
        themed.append(_theme_change(page, theme))
        page.wait_for_timeout(900)
        themed_wire.append(proxy.sent - wire_before)
    context.close()
    proxy.close()
    return {
        "wire": statistics.median(wire) / 1000, "themed": statistics.median(themed or [0]) * 1000,
        "themed_wire": statistics.median(themed_wire or [0]) / 1000,
        "first": first, "loaded": loaded / 1000, "median": statistics.median(times) * 1000,
        "worst": max(times) * 1000, "sent": statistics.median(sent) / 1000,
    }  # fmt: skip


def run() -> list[dict[str, Any]]:
    """Measure one change in the page beside the naive page, in the same browser."""
    path = chromium_path()
    if path is None:
        return [{"name": "page", "value": None, "unit": "", "note": "no Chromium on this machine"}]
    from layers.catalog import indicators  # noqa: PLC0415
    from views.page_state import DEFAULT_INDICATOR  # noqa: PLC0415
    from views.words import word  # noqa: PLC0415

    chosen = [each for each in indicators() if each.kind == "number" and each.id != DEFAULT_INDICATOR][: CHANGES + 1]
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
            ours = _measure(browser, url, word("indicator", "ja"), [each.title for each in chosen], THEME_CHANGES)
        with serving(naive_command, port) as url:
            naive = _measure(browser, url, "indicator", [each.id for each in chosen])
        browser.close()
    beside = f"plain folium.GeoJson {naive['median']:,.0f} ms, {naive['sent']:,.1f} kB"
    return [
        {"name": "page: cold start of the server", "value": round(cold, 2), "unit": "s", "note": "to health"},
        {"name": "page: first map painted", "value": round(ours["first"], 2), "unit": "s",
         "note": f"after navigation; plain folium.GeoJson {naive['first']:.2f} s"},
        {"name": "page: fetched at load", "value": round(ours["loaded"]), "unit": "kB", "note": "as transferred"},
        {"name": "page: change of indicator, median", "value": round(ours["median"]), "unit": "ms",
         "note": f"n={CHANGES}, worst {ours['worst']:.0f}; {beside}; ratio {naive['median'] / ours['median']:.1f}"},
        {"name": "page: sent per change, on the wire", "value": round(ours["wire"], 1), "unit": "kB",
         "note": f"{ours['sent']:.1f} kB before compression; plain folium.GeoJson {naive['wire']:,.1f} kB"},
        {"name": "page: change of theme, median", "value": round(ours["themed"]), "unit": "ms",
         "note": f"n={len(THEME_CHANGES)}; {ours['themed_wire']:.1f} kB on the wire with the table below"},
    ]  # fmt: skip
