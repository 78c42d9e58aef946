"""The map and its controls that are there before Streamlit has started, and how Streamlit's component takes them over."""

from __future__ import annotations

import pytest

from .conftest import Visit

PAINTED = "() => window.renkeiPage && renkeiPage.painted && renkeiPage.index"


def open_early(visit, query=""):
    """Open the page with Streamlit's web socket refused: the component never comes."""
    visit.page.route_web_socket("**/_stcore/stream", lambda socket: socket.close())
    visit.page.goto(f"{visit.server}/{query}")
    visit.wait(PAINTED)


@pytest.mark.parametrize(
    "query", ["", "?theme=防災&prefecture=39", "?indicator=share_65&code=10444&lang=en", "?show=cases&map=8/36.5/139"]
)
def test_it_paints_what_the_server_then_answers(visit, query):
    parts = ("classes", "colors", "legend", "cases", "ties", "blocs", "networks", "shown", "query")
    read = "(parts) => [parts.map((part) => renkeiPage.whole[part]), renkeiPage.view.map.getZoom(), renkeiPage.view.map.getCenter()]"
    open_early(visit, query)
    early = visit.evaluate(read, parts)
    other = Visit(visit.page.context.new_page(), visit.server)
    other.open(query)
    assert other.evaluate(read, parts) == early
    other.page.close()


def test_the_one_element_is_adopted_with_its_canvas_and_its_focus(visit):
    visit.page.add_init_script(
        """addEventListener("DOMContentLoaded", () => {
          window.first = document.querySelector("#rk");
          window.canvas = document.querySelector("#rk .leaflet-fills-pane canvas");
        });"""
    )
    visit.page.goto(f"{visit.server}/")
    visit.page.locator("#rk-find").fill("かわば")
    visit.settle()
    same = visit.evaluate(
        """() => [document.querySelector("#rk") === window.first, document.querySelectorAll("#rk").length,
          document.querySelectorAll(".leaflet-container").length, document.querySelectorAll("iframe").length,
          Boolean(document.querySelector("#rk").closest(".rk-slot")), document.activeElement.id,
          document.querySelector("#rk-find").value]"""
    )
    assert same == [True, 1, 1, 0, True, "rk-find", "かわば"]
    assert visit.errors == []


def test_what_was_chosen_and_moved_before_streamlit_came_is_kept(visit):
    visit.page.goto(f"{visit.server}/")
    visit.wait(PAINTED)
    visit.evaluate(
        "() => { renkeiPage.choose({ code: '10444' }); renkeiPage.moved = true; renkeiPage.view.map.setView([36.7, 139.1], 8, { animate: false }); }"
    )
    visit.settle_on("() => renkeiPage.answer.query.code?.[0] === '10444'")
    assert visit.evaluate("() => renkeiPage.view.map.getZoom()") == 8
    visit.page.get_by_role("heading", name="群馬県川場村").wait_for()
    assert visit.errors == []


@pytest.mark.parametrize("query", ["", "?code=10444"])
def test_nothing_jumps(visit, query):
    visit.page.add_init_script(
        """window.shifted = 0; new PerformanceObserver((list) => { for (const each of list.getEntries())
          if (!each.hadRecentInput) window.shifted += each.value; }).observe({ type: "layout-shift", buffered: true });"""
    )
    visit.open(query)
    visit.page.wait_for_timeout(500)
    assert visit.evaluate("() => window.shifted") <= 0.05


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
    open_early(visit, query)
    assert visit.evaluate("() => window.hit") is None
    assert visit.page.locator("img[src=x]").count() == 0
    assert visit.foreign_requests() == []


def test_too_long_an_address_is_cut_or_refused(visit):
    for query in ("text=" + "あ" * 3000, "&".join(f"k{i}=1" for i in range(500))):
        answer = visit.page.request.get(f"{visit.server}/?{query}")
        assert answer.status in (200, 400)
        assert "k499" not in answer.text()


def test_hashed_files_are_kept_the_document_is_asked_for_again_and_scripts_are_compressed(visit):
    kept = {}
    visit.page.on("response", lambda answer: kept.update({answer.url: answer}))
    visit.open()
    ours = [answer for url, answer in kept.items() if "/renkei/files/" in url]
    streamlits = [answer for url, answer in kept.items() if "/static/js/" in url]
    assert len(ours) >= 7
    assert len(streamlits) > 20
    for answer in (*ours, *streamlits):
        assert "immutable" in answer.headers["cache-control"], answer.url
        assert answer.headers.get("content-encoding") == "gzip", answer.url
    assert kept[f"{visit.server}/"].headers["cache-control"] == "no-cache"
    assert kept[f"{visit.server}/"].headers["content-encoding"] == "gzip"


def test_under_another_first_document_the_component_fetches_the_element(visit):
    """A new Streamlit whose document has another form: the page works, its map comes later."""

    visit.page.goto(f"{visit.server}/index.html?code=10444")  # Streamlit's own document
    visit.settle()
    visit.page.get_by_role("heading", name="群馬県川場村").wait_for()
    assert visit.query()["code"] == ["10444"]
    assert visit.page.locator("#rk").count() == 1
