"""The file that is kept: opened from the disk with every network refused."""

from __future__ import annotations

import re

import pytest

from geo.gazetteer import municipalities
from layers.filters import Filters
from renkei.browser.map_state import shown
from renkei.browser.static_files import publish_all
from renkei.kept.offline_page import offline_page
from renkei.present.page_state import from_query
from tests.shared_atlas import ATLAS, TABLES


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return publish_all(ATLAS, tmp_path_factory.mktemp("static"))


@pytest.fixture
def opened(chromium, tmp_path, published):
    """Open a state's file without a network; return the page, its requests and its errors."""
    contexts = []

    def open_file(query, view=""):
        state, notes = from_query(ATLAS, query)
        assert notes == []
        path = tmp_path / "kept.html"
        path.write_bytes(offline_page(ATLAS, state, shown(ATLAS, state.filters), published, view))
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, offline=True)
        contexts.append(context)
        page = context.new_page()
        requests, errors = [], []
        page.on("request", lambda request: requests.append(request.url))
        page.on(
            "console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path.as_uri())
        page.wait_for_function("() => window.renkeiPage && renkeiPage.painted")
        return page, requests, errors

    yield open_file
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"prefecture": ["10"], "theme": ["DX"], "code": ["10444"]},
        {"second": ["share_65"]},
        {"second": ["share_65"], "compare": ["bivariate"]},
        {"lang": ["en"], "unit": ["core_city"]},
    ],
)
def test_it_opens_whole_without_a_request(opened, query):
    page, requests, errors = opened(query)
    page.mouse.move(640, 500)
    page.mouse.click(640, 480)
    page.evaluate("() => { renkeiPage.view.map.setView([36.5, 139], 8, { animate: false }); }")
    page.wait_for_timeout(300)
    assert requests == [page.url]
    assert errors == []
    assert page.evaluate("() => renkeiPage.failure || ''") == ""


def test_its_fills_are_the_classes_of_the_page(opened):
    page, _, _ = opened({"indicator": ["share_65"]})
    read = """() => [...renkeiPage.fills.polygons].map(([code, layers]) =>
      [code, layers[0].options.hatched ? "" : layers[0].options.fillColor])"""
    painted = dict(page.evaluate(read))
    classes, colors = page.evaluate("() => [renkeiPage.state.classes, renkeiPage.state.colors]")
    expected = {
        code: "" if digit == "-" else colors[ord(digit) - 48]
        for code, digit in zip(municipalities().index, classes, strict=True)
    }
    assert painted == expected


def test_years_move_and_figures_are_told(opened):
    page, _, errors = opened({"indicator": ["projected_population"], "code": ["10444"]})
    page.get_by_role("slider", name="年").press("Home")
    assert page.evaluate("() => renkeiPage.whole.query.date[0]") == "2020"
    figure = "() => renkeiPage.pointer.figure(renkeiPage.state.values, '10444', '–')"
    page.wait_for_function(f"() => !['…', '–'].includes(({figure})())")
    assert re.fullmatch(r"[\d,]+人", page.evaluate(figure))
    assert errors == []


@pytest.mark.parametrize("classes", [{"scheme": ["quantile"]}, {"scheme": ["manual"], "breaks": ["900,9999"]}])
def test_every_kind_of_classes_plays_in_the_file(opened, classes):
    page, _, _ = opened({"indicator": ["projected_population"], **classes})
    before = page.evaluate("() => renkeiPage.state.classes")
    page.get_by_role("slider", name="年").press("Home")
    assert page.evaluate("() => renkeiPage.state.classes") != before


@pytest.mark.parametrize("more", [{"second": ["share_65"], "compare": ["bivariate"]}, {"from": ["2020"]}])
def test_what_the_file_cannot_paint_at_another_year_has_no_slider(opened, more):
    page, _, _ = opened({"indicator": ["projected_population"], **more})
    assert page.get_by_role("slider", name="年").count() == 0


def test_filters_and_the_search_work_in_the_file(opened):
    page, requests, errors = opened({})
    page.locator("#rk-find").fill("かわば")
    page.get_by_role("option", name="群馬県川場村").click()
    assert page.evaluate("() => renkeiPage.chosen.code") == "10444"
    page.locator("#rk-themes-open").click()
    page.locator("#rk-themes").get_by_role("button", name="防災", exact=True).click()
    marks = page.evaluate("() => renkeiPage.whole.cases")
    assert 0 < marks.count("1") < len(marks)
    assert requests == [page.url.partition("?")[0]]
    assert errors == []


def test_the_view_the_filters_the_tables_and_the_credits_are_in_it(opened):
    page, _, _ = opened({"prefecture": ["10"]}, "9/36.6/139.0")
    assert page.evaluate("() => renkeiPage.view.map.getZoom()") == 9
    assert page.evaluate("() => [...renkeiPage.fills.fine.keys()]")[0].startswith("z8/")
    text = page.inner_text("body")
    for words in (
        "都道府県＝群馬県",
        "令和",
        "作成",
        "川場村",
        "気象庁",
        "総務省統計局",
        "国立社会保障・人口問題研究所",
    ):
        assert words in text
    assert shown(ATLAS, Filters.from_values(TABLES, prefectures=["群馬県"])).blocs["name"].iloc[0] in text
    assert page.locator(".renkei-scroll table").count() == 3


def test_the_document_forbids_itself_every_request(opened):
    page, _, _ = opened({})
    failed = []
    page.on("requestfailed", lambda request: failed.append((request.url, request.failure)))
    refused = page.evaluate("""() => {
      const image = new Image(); image.src = "http://127.0.0.1:1/x.png"; document.body.append(image);
      return fetch("http://127.0.0.1:1/y").catch((error) => error.name);
    }""")
    page.wait_for_timeout(300)
    assert refused == "TypeError"  # before it became a request
    assert failed == [("http://127.0.0.1:1/x.png", "csp")]
