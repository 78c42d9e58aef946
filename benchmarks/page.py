"""One change of the background indicator: click to painted, bytes over the socket; beside the naive page."""

from __future__ import annotations

import contextlib
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
from renkei.atlas import Atlas

ATLAS = Atlas.open()

if TYPE_CHECKING:
    from collections.abc import Callable

CHANGES = 15
FIRSTS = 5
PREFECTURE_CHANGES = ("北海道", "群馬県", "東京都", "長野県", "高知県", "沖縄県")
YEAR_CHANGES = 6
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


def _own_frame(page: Any) -> Any:
    return next(each for each in page.frames if "streamlit_folium" in each.url)


def _until_painted(page: Any, before: str, *, answered: bool = False) -> float:
    """Return the clock's time in ms at which another state is painted: any, or the server's."""
    frame = _own_frame(page)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        painted = frame.evaluate("() => renkeiMap.painted")
        if painted != before and not (answered and painted.startswith("ahead-")):
            return float(frame.evaluate("() => Number(renkeiMap.map.getContainer().dataset.paintedAt)"))
        page.wait_for_timeout(25)
    msg = "the change was not painted"
    raise RuntimeError(msg)


def _own_change(page: Any, act: Callable[[], None], clicked: str) -> tuple[float, float]:
    """Do something; return seconds from the click to the painted change, and to the server's answer."""
    before = _own_frame(page).evaluate("() => renkeiMap.painted")
    frame = _own_frame(page)
    frame.evaluate("""() => {
      const map = renkeiMap, paint = map.paint;
      map.paint = function (state) {
        paint.call(this, state);
        map.paint = paint;
        requestAnimationFrame(() => { window.firstPaint = performance.timeOrigin + performance.now(); });
      };
    }""")
    act()
    answered = _until_painted(page, before, answered=True)
    start = page.evaluate(clicked) if "top" not in clicked else frame.evaluate(clicked)
    return (frame.evaluate("() => window.firstPaint") - start) / 1000, (answered - start) / 1000


def _theme(page: Any, theme: str) -> Callable[[], None]:
    return lambda: page.get_by_role("button", name=theme, exact=True).click()


def _prefecture(page: Any, name: str) -> Callable[[], None]:
    page.get_by_label("都道府県", exact=False).first.click()
    page.keyboard.type(name)
    item = page.get_by_role("option", name=name, exact=True)
    item.wait_for()
    return item.click


PAINTED_AT = """() => window.renkeiMap && renkeiMap.painted
  ? Number(renkeiMap.map.getContainer().dataset.paintedAt) : 0"""
CLICKED = "() => window.clickedAt"
MOVED = "() => window.top && window.movedAt"


def _own_changes(page: Any, proxy: CountingProxy) -> dict[str, Any]:
    """Change theme, prefecture and year; return times and bytes."""
    found: dict[str, Any] = {"wire": []}

    def change(kind: str, act: Callable[[], None], clicked: str = CLICKED) -> None:
        wire = proxy.sent
        found.setdefault(kind, []).append(_own_change(page, act, clicked))
        page.wait_for_timeout(700)
        found["wire"].append((kind, proxy.sent - wire))

    for theme in THEME_CHANGES:
        change("theme", _theme(page, theme))
    for name in PREFECTURE_CHANGES:
        change("prefecture", _prefecture(page, name))
        page.keyboard.press("Escape")
    _change(page, "背景の指標", "将来推計人口")
    page.wait_for_timeout(1500)
    frame = _own_frame(page)
    frame.evaluate("""() => document.querySelector(".renkei-dates input")
      .addEventListener("input", () => { window.movedAt = performance.timeOrigin + performance.now(); }, true)""")
    slider = frame.locator(".renkei-dates input")
    for _ in range(YEAR_CHANGES):
        change("year", lambda: slider.press("ArrowLeft"), MOVED)
    return found


def _first_map(page: Any, *, own: bool) -> tuple[float, float]:
    """Return seconds from the page's first byte to the first painted map, and to the page's own map."""
    start = page.evaluate("() => performance.timeOrigin + performance.getEntriesByType('navigation')[0].responseStart")
    painted: dict[str, float] = {}
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for frame in page.frames:
            with contextlib.suppress(Error):
                if own and "/early-map" in frame.url and not painted.get("early"):
                    painted["early"] = frame.evaluate(PAINTED_AT)
                elif own and "streamlit_folium" in frame.url:
                    painted["own"] = frame.evaluate(PAINTED_AT)
        if not own:
            painted["own"] = painted["early"] = max(_map_times(page), default=0.0)
        if painted.get("own"):
            return (painted.get("early") or painted["own"]) / 1000 - start / 1000, (painted["own"] - start) / 1000
        page.wait_for_timeout(100)  # the page notes the time: asking often would only slow it
    msg = "no map was painted"
    raise RuntimeError(msg)


def _measure(browser: Any, url: str, label: str, options: list[str], *, own: bool = False) -> dict[str, Any]:
    proxy = CountingProxy(int(url.rpartition(":")[2]))
    url = f"http://127.0.0.1:{proxy.port}"
    firsts = []
    for _ in range(FIRSTS):
        context = browser.new_context(viewport={"width": 1440, "height": 960}, locale="ja-JP")
        page = context.new_page()
        counter = _Counter(page)
        page.goto(url, wait_until="commit")
        firsts.append(_first_map(page, own=own))
        loaded = counter.fetched
        if len(firsts) < FIRSTS:
            context.close()
    page.wait_for_timeout(3500)
    page.evaluate(WATCH)
    _change(page, label, options[0])
    page.wait_for_timeout(500)
    times, sent, wire = [], [], []
    for option in options[1:]:  # each once: Streamlit sends a message that it has sent before as its hash only
        before, wire_before = counter.received, proxy.sent
        times.append(_change(page, label, option))
        page.wait_for_timeout(700)
        sent.append(counter.received - before)
        wire.append(proxy.sent - wire_before)
    changes = _own_changes(page, proxy) if own else {}
    context.close()
    proxy.close()
    return {
        "wire": statistics.median(wire) / 1000,
        "changes": changes,
        "first": statistics.median(early for early, _ in firsts),
        "own": statistics.median(each for _, each in firsts),
        "loaded": loaded / 1000,
        "median": statistics.median(times) * 1000,
        "worst": max(times) * 1000,
        "sent": statistics.median(sent) / 1000,
    }


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


def _change_rows(changes: dict[str, Any], naive: float) -> list[dict[str, Any]]:
    rows = []
    for kind in ("theme", "prefecture", "year"):
        painted = statistics.median(each for each, _ in changes[kind]) * 1000
        answered = statistics.median(each for _, each in changes[kind]) * 1000
        wire = statistics.median(sent for name, sent in changes["wire"] if name == kind) / 1000
        note = f"n={len(changes[kind])}, worst {max(each for each, _ in changes[kind]) * 1000:.0f}; ratio {naive / painted:.0f}"
        note += f"; answered by the server {answered:.0f} ms; {wire:.1f} kB on the wire, table below among it"
        rows.append({"name": f"page: change of {kind}, median", "value": round(painted), "unit": "ms", "note": note})
    return rows


def run() -> list[dict[str, Any]]:
    """Measure one change in the page beside the naive page, in the same browser."""
    path = chromium_path()
    if path is None:
        return [{"name": "page", "value": None, "unit": "", "note": "no Chromium on this machine"}]
    from layers.catalog import indicators  # noqa: PLC0415
    from renkei.present.page_state import DEFAULT_INDICATOR  # noqa: PLC0415
    from renkei.present.words import word  # noqa: PLC0415

    chosen = [each for each in indicators(ATLAS.tables) if each.kind == "number" and each.id != DEFAULT_INDICATOR][
        : CHANGES + 1
    ]
    port = free_port()
    naive_command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(Path(__file__).with_name("naive_page.py")),
        "--server.port",
        str(port),
        "--server.headless",
        "true",
        "--server.enableStaticServing",
        "true",
        "--browser.gatherUsageStats",
        "false",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        start = time.monotonic()
        with serving_page() as url:
            cold = time.monotonic() - start
            ours = _measure(browser, url, word("indicator", "ja"), [each.title for each in chosen], own=True)
        with serving(naive_command, port) as url:
            naive = _measure(browser, url, "indicator", [each.id for each in chosen])
        browser.close()
    beside = f"plain folium.GeoJson {naive['median']:,.0f} ms, {naive['sent']:,.1f} kB"
    load, finest, whose = _geometry_kb()
    return [
        {"name": "page: cold start of the server", "value": round(cold, 2), "unit": "s", "note": "to health"},
        {
            "name": "page: first map painted, median",
            "value": round(ours["first"], 2),
            "unit": "s",
            "note": f"after the first byte, n={FIRSTS}; the page's own {ours['own']:.2f}; plain folium.GeoJson {naive['first']:.2f}",
        },
        {
            "name": "page: fetched at load",
            "value": round(ours["loaded"]),
            "unit": "kB",
            "note": "as transferred, Streamlit among it",
        },
        {"name": "page: borders at load, gzip", "value": round(load), "unit": "kB", "note": ""},
        {"name": "page: largest finer borders, gzip", "value": round(finest), "unit": "kB", "note": whose},
        {
            "name": "page: change of indicator, median",
            "value": round(ours["median"]),
            "unit": "ms",
            "note": f"n={CHANGES}, worst {ours['worst']:.0f}; {beside}; ratio {naive['median'] / ours['median']:.1f}",
        },
        {
            "name": "page: sent per change, on the wire",
            "value": round(ours["wire"], 1),
            "unit": "kB",
            "note": f"{ours['sent']:.1f} kB before compression; plain folium.GeoJson {naive['wire']:,.1f} kB",
        },
        *_change_rows(ours["changes"], naive["median"]),
    ]
