"""The page as a browser sees it: first map, all choices, Streamlit's part, changes, bytes; beside the naive page."""

from __future__ import annotations

import gzip
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error, sync_playwright

from benchmarks.browser import CHROMIUM_FLAGS, CountingProxy, chromium_path, free_port, serving, serving_page
from geo.boundaries import DRAWING_LEVELS, drawing_file, northern_territories_file, prefecture_lines_file
from geo.codes import PREFECTURES
from layers.themes import THEMES
from renkei.atlas import Atlas
from renkei.present.page_state import DEFAULT_INDICATOR

if TYPE_CHECKING:
    from collections.abc import Callable

ATLAS = Atlas.open()
FIRSTS = 5
CHANGES = 12
SLOW = {"offline": False, "latency": 100, "downloadThroughput": 3e6 / 8, "uploadThroughput": 1e6 / 8}
"""3 Mbit/s and 100 ms."""
# Milliseconds of the page's clock at which things are there, and how much the layout has jumped.
TIMES = """() => {
  const first = performance.getEntriesByType("navigation")[0].responseStart, start = performance.timeOrigin;
  const map = window.renkeiPage?.view?.map.getContainer();
  return { painted: map?.dataset.firstPaintedAt - start - first, usable: window.usableAt - first,
    streamlit: window.streamlitAt - first, shifted: window.shifted, longest: window.longest };
}"""
WATCH = """
window.shifted = 0; window.longest = 0;
new PerformanceObserver((list) => { for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifted += each.value; })
  .observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => { for (const each of list.getEntries()) if (!window.usableAt) window.longest = Math.max(window.longest, each.duration); })
  .observe({ type: "longtask", buffered: true });
const looking = setInterval(() => {
  const page = window.renkeiPage, map = page?.view?.map.getContainer();
  if (map?.dataset.paintedAt && !map.dataset.firstPaintedAt) map.dataset.firstPaintedAt = map.dataset.paintedAt;
  if (page?.index && page.painted && !window.usableAt) window.usableAt = performance.now();
  if (document.querySelector(".st-key-card h3") && !window.streamlitAt) { window.streamlitAt = performance.now(); clearInterval(looking); }
}, 5);"""
# Choose; resolve with milliseconds to the painting and to the server's answer.
CHANGE = """(change) => new Promise((done) => {
  const page = renkeiPage, start = performance.now();
  let painted = 0;
  page.choose(change);
  const look = () => {
    if (!painted && !page.whole.partial && page.painted.startsWith("ahead-") && page.whole.sequence === page.painted) painted = performance.now();
    if (!page.wish && !page.painted.startsWith("ahead-")) { done([(painted || performance.now()) - start, performance.now() - start]); return; }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""
REDRAW = """(zoom) => { const page = renkeiPage; page.view.map.setView([36.2, 138.5], zoom, { animate: false });
  const start = performance.now(); page.choose({ show: page.defaults.show.slice(0, 2) }, { untold: true });
  page.choose({ show: page.defaults.show }, { untold: true }); return (performance.now() - start) / 2; }"""
# Land that is seen: painted, and under none of the parts that lie over the map.
LAND = """() => { const map = renkeiPage.view.map, { x, y } = map.getSize(); let land = 0;
  const canvas = document.querySelector(".leaflet-fills-pane canvas"), pen = canvas.getContext("2d");
  const ratio = canvas.width / parseFloat(canvas.style.width), at = L.DomUtil.getPosition(canvas), pane = map._getMapPanePos();
  const data = pen.getImageData(0, 0, canvas.width, canvas.height).data;
  const over = ".rk-brand, .rk-search, .rk-bar .rk-button, #rk-legend, .rk-zoom, .rk-inset, .rk-drawer, .st-key-card, .leaflet-control";
  const covers = [...document.querySelectorAll(over)].map((each) => each.getBoundingClientRect());
  const seen = (column, row) => !covers.some((box) => column >= box.left && column < box.right && row >= box.top && row < box.bottom);
  for (let row = 0; row < y; row += 2) for (let column = 0; column < x; column += 2) {
    const px = Math.round((column - at.x - pane.x) * ratio), py = Math.round((row - at.y - pane.y) * ratio);
    if (px >= 0 && py >= 0 && px < canvas.width && py < canvas.height && data[(py * canvas.width + px) * 4 + 3] > 40 && seen(column, row)) land += 1;
  }
  const legend = document.querySelector("#rk-legend").getBoundingClientRect();
  return [land * 4 / (x * y), legend.width * legend.height / (x * y)]; }"""


def _first(browser: Any, url: str, *, slow: bool) -> dict[str, float]:
    """Open the page in a fresh browser context; return when things were there, and the bytes."""
    proxy = CountingProxy(int(url.rpartition(":")[2]))
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="ja-JP")
    page = context.new_page()
    page.add_init_script(WATCH)
    if slow:
        client = context.new_cdp_session(page)
        client.send("Network.enable")
        client.send("Network.emulateNetworkConditions", SLOW)
    page.goto(f"http://127.0.0.1:{proxy.port}/", wait_until="commit")
    page.wait_for_function("() => window.streamlitAt", timeout=120_000)
    found: dict[str, float] = page.evaluate(TIMES) | {"sent": proxy.sent / 1e6}
    context.close()
    proxy.close()
    return found


def _changes(browser: Any, url: str) -> tuple[dict[str, list[list[float]]], list[int], dict[str, float]]:
    """Change indicator, theme, prefecture, year and place; return times, bytes and the figures of the view."""
    proxy = CountingProxy(int(url.rpartition(":")[2]))
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"http://127.0.0.1:{proxy.port}/")
    page.wait_for_function("() => window.renkeiPage?.index && document.querySelector('.st-key-card h3')")
    land, legend = page.evaluate(LAND)
    numbers = [each.id for each in ATLAS.indicators() if each.kind == "number" and each.id != DEFAULT_INDICATOR]
    dates = ATLAS.indicator("projected_population").dates
    kinds: dict[str, list[dict[str, Any]]] = {
        "indicator": [{"indicator": each} for each in numbers[:CHANGES]],
        "theme": [{"theme": [theme.name]} for theme in THEMES[:CHANGES]],
        "prefecture": [{"prefecture": [code]} for code in list(PREFECTURES)[:CHANGES]],
        "place": [{"code": code} for code in list(ATLAS.municipalities().index)[:: 1741 // CHANGES][:CHANGES]],
        "year": [{"indicator": "projected_population"}, *({"date": date} for date in dates[:-1])],
    }
    times: dict[str, list[list[float]]] = {}
    sent = []
    for kind, changes in kinds.items():
        for change in changes:
            before = proxy.sent
            if kind == "indicator":  # a pointer rests on an indicator before it presses
                page.evaluate(
                    "(id) => fetch(renkeiPage.options.made + 'series/ja/' + id + '.json').then((a) => a.json())",
                    change["indicator"],
                )
                before = proxy.sent
            times.setdefault(kind, []).append(page.evaluate(CHANGE, change))
            page.wait_for_timeout(300)
            sent.append(proxy.sent - before)
    page.evaluate("() => { renkeiPage.choose({ code: '', theme: [], prefecture: [] }, { untold: true }); }")
    view = {
        "land": land * 100,
        "legend": legend * 100,
        "redraw far": statistics.median(page.evaluate(REDRAW, 5.4) for _ in range(5)),
        "redraw near": statistics.median(page.evaluate(REDRAW, 8) for _ in range(5)),
    }
    page.close()
    proxy.close()
    return times, sent, view


def _naive(browser: Any, url: str) -> tuple[float, float]:
    """Return seconds to the first map of the naive page, and of one change of its indicator."""
    count = "() => window.map ? Object.keys(window.map._layers).length : 0"

    def layers() -> int:
        return max((frame.evaluate(count) for frame in page.frames if "streamlit_folium" in frame.url), default=0)

    def until(condition: Callable[[], bool]) -> float:
        start = time.monotonic()
        while not _holds(condition):
            if time.monotonic() - start > 90:
                msg = "the naive page was not painted"
                raise RuntimeError(msg)
            page.wait_for_timeout(25)
        return time.monotonic() - start

    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(url, wait_until="commit")
    first = until(lambda: layers() > 1000)
    page.get_by_label("indicator").first.click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    frame = next(each for each in page.frames if "streamlit_folium" in each.url)
    frame.evaluate("() => { window.map.old = true; }")
    changed = until(
        lambda: (
            layers() > 1000
            and not any(f.evaluate("() => window.map?.old") for f in page.frames if "streamlit_folium" in f.url)
        )
    )
    page.close()
    return first, changed


def _holds(condition: Callable[[], bool]) -> bool:
    """Tell whether a condition holds; not while a frame is being replaced by another."""
    try:
        return condition()
    except Error:
        return False


def _geometry_kb() -> tuple[float, float, str]:
    """Return the borders fetched at load, and the largest prefecture's finer borders, gzip, in kB; whose they are."""
    load = [drawing_file(DRAWING_LEVELS[0]), prefecture_lines_file(), northern_territories_file()]
    size = {
        f"{level} {PREFECTURES[prefecture]}": len(gzip.compress(drawing_file(level, prefecture).read_bytes()))
        for level in DRAWING_LEVELS[1:]
        for prefecture in PREFECTURES
    }
    largest = max(size, key=lambda name: size[name])
    return sum(len(gzip.compress(path.read_bytes())) for path in load) / 1000, size[largest] / 1000, largest


def _row(name: str, value: float, unit: str, note: str = "", digits: int = 0) -> dict[str, Any]:
    return {
        "name": f"page: {name}",
        "value": round(value, digits) if digits else round(value),
        "unit": unit,
        "note": note,
    }


def run() -> list[dict[str, Any]]:
    """Measure the page beside the naive page, in the same browser."""
    path = chromium_path()
    if path is None:
        return [{"name": "page", "value": None, "unit": "", "note": "no Chromium on this machine"}]
    port = free_port()
    naive_page = str(Path(__file__).with_name("naive_page.py"))
    naive_command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        naive_page,
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    naive_command += ["--server.enableStaticServing", "true", "--browser.gatherUsageStats", "false"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        start = time.monotonic()
        with serving_page() as url:
            cold = time.monotonic() - start
            local = [_first(browser, url, slow=False) for _ in range(FIRSTS)]
            slow = [_first(browser, url, slow=True) for _ in range(3)]
            times, sent, view = _changes(browser, url)
        with serving(naive_command, port) as url:
            naive_first, naive_change = _naive(browser, url)
        browser.close()

    def middle(found: list[dict[str, float]], key: str) -> float:
        return statistics.median(each[key] for each in found)

    rows = [_row("cold start of the server", cold, "s", "to health", 2)]
    for key, name in (
        ("painted", "map painted"),
        ("usable", "all choices usable"),
        ("streamlit", "Streamlit's part there"),
    ):
        note = f"after the first byte, n={FIRSTS}; at 3 Mbit/s and 100 ms {middle(slow, key) / 1000:.2f}; plain folium.GeoJson {naive_first:.2f}"
        rows.append(_row(name, middle(local, key) / 1000, "s", note, 2))
    rows += [
        _row("sent at load", middle(local, "sent"), "MB", "on the wire, Streamlit among it", 2),
        _row("layout shift", middle(local, "shifted"), "", f"worst {max(each['shifted'] for each in local):.3f}", 3),
        _row("longest task before the map answers", max(each["longest"] for each in local), "ms"),
        _row("land at first sight", view["land"], "%", "of the window at 1440×900", 1),
        _row("legend at first sight", view["legend"], "%", "of the window", 1),
        _row("redraw, all Japan", view["redraw far"], "ms"),
        _row("redraw, zoom 8", view["redraw near"], "ms"),
    ]
    for kind, found in times.items():
        painted, answered = (statistics.median(each[at] for each in found) for at in (0, 1))
        note = f"n={len(found)}, worst {max(each[0] for each in found):.0f}; answered {answered:.0f} ms; plain folium.GeoJson {naive_change * 1000:,.0f} ms"
        rows.append(_row(f"change of {kind} painted", painted, "ms", note))
    load, finest, whose = _geometry_kb()
    rows += [
        _row("sent per change", statistics.median(sent) / 1000, "kB", f"on the wire, card among it; n={len(sent)}", 1),
        _row("borders at load, gzip", load, "kB"),
        _row("largest finer borders, gzip", finest, "kB", whose),
    ]
    return rows
