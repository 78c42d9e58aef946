"""The map that is on the screen before Streamlit has started, and how it gives way to the page's own."""

from __future__ import annotations

import pytest

EARLY = "#renkei-early-map"


def early_frame(page):
    return next((frame for frame in page.frames if "/early-map" in frame.url), None)


def open_early(visit, query=""):
    """Open the page with Streamlit's web socket refused: the early map stays."""
    visit.page.route_web_socket("**/_stcore/stream", lambda socket: socket.close())
    visit.page.goto(f"{visit.server}/{query}")
    visit.page.locator(EARLY).wait_for()
    frame = early_frame(visit.page)
    frame.wait_for_function("() => window.renkeiMap && renkeiMap.painted")
    return frame


@pytest.mark.parametrize(
    "query", ["", "?theme=防災&prefecture=39", "?indicator=share_65&code=10444&lang=en", "?show=cases&map=8/36.5/139"]
)
def test_it_paints_what_the_page_then_paints(visit, query):
    frame = open_early(visit, query)
    parts = ("classes", "colors", "legend", "cases", "ties", "blocs", "shown", "chosen", "english")
    read = "(parts) => [parts.map((part) => renkeiMap.state[part]), renkeiMap.map.getZoom(), renkeiMap.map.getCenter()]"
    early, early_zoom, early_centre = frame.evaluate(read, parts)
    other = visit.page.context.new_page()
    visit.page, early_page = other, visit.page
    visit.open(query)
    own, zoom, centre = visit.frame.evaluate(read, parts)
    assert early == own
    assert early_zoom == pytest.approx(zoom, abs=0.25)
    assert (early_centre["lat"], early_centre["lng"]) == pytest.approx((centre["lat"], centre["lng"]), abs=0.7)
    early_page.close()


def test_it_gives_way_and_hands_over_what_was_clicked_and_moved(visit):
    visit.page.goto(f"{visit.server}/")
    frame = None
    while frame is None:
        frame = early_frame(visit.page)
        visit.page.wait_for_timeout(10)
    frame.wait_for_function("() => window.renkeiMap && renkeiMap.painted")
    frame.evaluate("""() => {
      renkeiMap.tell({ code: "10444" });
      renkeiMap.map.setView([36.7, 139.1], 8, { animate: false });
    }""")
    visit.page.locator(EARLY).wait_for(state="detached")
    visit.frame.wait_for_function("() => renkeiMap.state.chosen === '10444'")
    assert visit.frame.evaluate("() => renkeiMap.map.getZoom()") == 8
    assert visit.page.locator("iframe").count() == 1
    assert visit.errors == []


def test_it_lies_where_the_page_puts_its_map(visit):
    for width, height in ((1440, 960), (1024, 768), (360, 740)):
        visit.page.set_viewport_size({"width": width, "height": height})
        early = open_early(visit)
        box = visit.page.locator(EARLY).bounding_box()
        assert early is not None
        page = visit.page.context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{visit.server}/")
        page.locator("iframe[title*='streamlit_folium']").wait_for()
        page.locator(EARLY).wait_for(state="detached")
        own = page.locator("iframe[title*='streamlit_folium']").bounding_box()
        page.close()
        for side in ("x", "y", "width", "height"):
            assert box[side] == pytest.approx(own[side], abs=12), (width, side)


@pytest.mark.parametrize(
    "query",
    [
        "?theme=%3Cscript%3Ealert(1)%3C/script%3E",
        "?code=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
        "?lang=xx&date=%00",
        "?text=%3C/script%3E%3Cscript%3Ewindow.hit=1%3C/script%3E",
    ],
)
def test_a_hostile_address_runs_nothing(visit, query):
    frame = open_early(visit, query)
    assert frame.evaluate("() => window.hit") is None
    assert frame.locator("img[src=x]").count() == 0
    assert visit.foreign_requests() == []


def test_too_long_an_address_is_cut_or_refused(visit):
    for query in ("text=" + "あ" * 3000, "&".join(f"k{i}=1" for i in range(500))):
        answer = visit.page.request.get(f"{visit.server}/early-map?{query}")
        assert answer.status in (200, 400)
        assert "k499" not in answer.text()


def test_hashed_files_are_kept_and_the_first_document_is_asked_for_again(visit):
    kept = []
    visit.page.on("response", lambda answer: kept.append((answer.url, answer.headers.get("cache-control", ""))))
    visit.open()
    static = [header for url, header in kept if "/app/static/" in url]
    assert len(static) >= 8
    assert all("immutable" in header for header in static)
    first = [header for url, header in kept if url == f"{visit.server}/"]
    assert first == ["no-cache"]
