"""A new streamlit-folium that is called otherwise: the map is there all the same, and says what it cannot do."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from benchmarks.browser import free_port, serving
from layers.catalog import indicator
from tests.shared_atlas import TABLES

from .conftest import Visit


def own_frame(page):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for frame in page.frames:
            if frame is page.main_frame or "/early-map" in frame.url:
                continue
            if frame.evaluate("() => Boolean(window.renkeiMap && renkeiMap.painted)"):
                return frame
        page.wait_for_timeout(100)
    raise AssertionError("no map was painted")


def test_the_map_is_drawn_without_the_component(chromium):
    port = free_port()
    command = [sys.executable, str(Path(__file__).with_name("broken_component_server.py")), str(port)]
    context = chromium.new_context(viewport={"width": 1440, "height": 960}, locale="ja-JP")
    with serving(command, port) as url:
        visit = Visit(context.new_page(), url)
        visit.page.goto(f"{url}/?indicator=share_65")
        visit.page.get_by_text("簡易表示").wait_for()
        frame = own_frame(visit.page)
        visit.page.locator("#renkei-early-map").wait_for(state="detached")
        assert frame.evaluate("() => renkeiMap.state.legend.title") == indicator(TABLES, "share_65").title
        visit.page.get_by_role("button", name="防災", exact=True).click()
        visit.page.wait_for_timeout(3000)
        assert own_frame(visit.page).evaluate("() => renkeiMap.answer.asked.themes") == [1]
        assert visit.errors == []
        assert visit.foreign_requests() == []
    context.close()
