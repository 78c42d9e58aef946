"""The list of layers, the tiles, the tables by keyboard, light and dark, wide and narrow."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from .conftest import Visit

LAYERS = ("cases", "ties", "networks", "blocs", "core_city", "self_reliant", "medical")


def open_list(visit):
    visit.page.locator("summary", has_text="表示するもの").click()


def panes_from_the_top(visit):
    return visit.evaluate(
        """(layers) => layers.map((id) => [Number(renkeiPage.view.map.getPane(id).style.zIndex), id])
      .sort((a, b) => b[0] - a[0]).map((each) => each[1])""",
        LAYERS,
    )


def test_the_order_of_the_list_is_the_order_of_drawing_and_in_the_address(visit):
    visit.open()
    assert panes_from_the_top(visit)[:2] == ["cases", "ties"]
    open_list(visit)
    visit.page.get_by_label("連携：手前へ").press("Enter")
    assert panes_from_the_top(visit)[:2] == ["ties", "cases"]
    assert visit.evaluate("() => document.activeElement.dataset.act").startswith("ties")
    visit.page.wait_for_url(re.compile("show=ties&show=cases"))
    other = Visit(visit.page.context.new_page(), visit.server)
    other.page.goto(visit.page.url)
    other.settle()
    assert panes_from_the_top(other)[:2] == ["ties", "cases"]
    assert visit.errors == []


def test_a_layer_goes_and_comes_at_once_and_its_count_with_it(visit):
    visit.open()
    open_list(visit)
    drawn = "() => new Set(renkeiPage.facts.blocs.filter((bloc, i) => renkeiPage.state.blocs[i] === '1').map((bloc) => bloc.layer)).size"
    assert visit.evaluate(drawn) == 3
    visit.page.locator("[data-act=core_city]").uncheck()
    assert visit.evaluate(drawn) == 2
    visit.page.locator("[data-act=medical]").check()
    assert visit.evaluate(drawn) == 3
    row = visit.page.locator(".rk-layer", has_text="二次医療圏")
    assert row.locator(".rk-count").inner_text() == "339"
    visit.page.wait_for_url(re.compile("show=medical"))
    assert "core_city" not in visit.page.url
    visit.settle_on("() => renkeiPage.answer.query.show?.includes('medical')")


def test_tiles_are_off_and_say_so_when_they_cannot_come(visit):
    visit.page.route(re.compile("gsi.go.jp"), lambda route: route.abort())
    visit.open()
    assert visit.foreign_requests() == []
    open_list(visit)
    painted = visit.evaluate("() => renkeiPage.state.classes")
    visit.page.locator("[data-act=tiles]").click()
    notice = visit.page.locator(".rk-notice")
    notice.wait_for()
    assert "地理院タイルに届きません" in notice.inner_text()
    foreign = visit.foreign_requests()
    assert foreign
    assert all("//cyberjapandata.gsi.go.jp/xyz/pale/" in url for url in foreign)
    visit.settle_on("() => !renkeiPage.answer.query.show?.includes('tiles')")
    assert visit.evaluate("() => renkeiPage.state.classes") == painted
    assert not visit.page.locator("[data-act=tiles]").is_checked()
    notice.get_by_role("button").click()
    assert notice.count() == 0
    visit.evaluate("() => { renkeiPage.view.map.zoomIn(1, { animate: false }); }")
    assert visit.foreign_requests() == foreign, "it tries again by itself"


def test_tiles_lie_under_the_fills_with_their_credit(visit):
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fedccc59e7"
        "0000000049454e44ae426082"
    )
    visit.page.route(re.compile("gsi.go.jp"), lambda route: route.fulfill(body=pixel, content_type="image/png"))
    visit.open("?show=cases,tiles")
    visit.page.locator(".leaflet-tile-loaded").first.wait_for()
    credit = visit.page.locator(".leaflet-control-attribution a", has_text="地理院タイル")
    assert credit.get_attribute("href") == "https://maps.gsi.go.jp/development/ichiran.html"
    assert visit.evaluate("() => renkeiPage.view.map.getPane('fills').style.opacity") == "0.6"
    assert visit.page.locator(".rk-notice").count() == 0


def test_arrow_keys_in_the_table_select_on_the_map_and_the_map_in_the_table(visit):
    visit.open("?prefecture=10&panel=table")
    table = visit.page.get_by_test_id("stDataFrame").first
    table.wait_for()
    visit.page.locator("[data-testid=stDataFrame] canvas").first.wait_for()
    visit.page.locator("[data-testid=stDataFrame] td").first.wait_for(state="attached")  # the grid has drawn itself
    box = table.bounding_box()
    chosen = "() => renkeiPage.answer.query.code?.[0] ?? ''"
    for _ in range(20):  # a second click on a cell opens it: it is clicked again only when nothing came of it
        visit.page.mouse.click(box["x"] + 120, box["y"] + 55)
        with suppress(Error):
            visit.page.wait_for_function(chosen, timeout=8_000)
            break
        visit.page.keyboard.press("Escape")
    seen = {visit.evaluate(chosen)}
    for _ in range(12):
        visit.page.keyboard.press("ArrowDown")
        visit.page.wait_for_timeout(250)
        visit.settle()
        seen.add(visit.evaluate(chosen))
        if len(seen) > 2:
            break
    assert len(seen) > 2
    visit.evaluate("() => renkeiPage.choose({ code: '10444' })")
    visit.settle_on("() => renkeiPage.answer.query.code?.[0] === '10444'")
    visit.page.get_by_role("heading", name="群馬県川場村").wait_for()
    visit.page.wait_for_timeout(800)
    assert visit.evaluate(chosen) == "10444", "the table took the choice back"
    assert visit.errors == []


@pytest.mark.parametrize(
    ("width", "query"),
    [
        (1440, "?code=10444&panel=ties"),
        (1440, "?bloc=core-city-001&lang=en"),
        (720, ""),
        (360, "?indicator=projected_population"),
        (390, "?code=10444"),
    ],
)
def test_axe_in_light_and_dark_wide_and_narrow(chromium, server, width, query):
    """720 pixels are a screen of 1,440 at 200 %."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    context = chromium.new_context(
        viewport={"width": width, "height": 800}, locale="ja-JP", color_scheme="light", reduced_motion="reduce"
    )
    visit = Visit(context.new_page(), server)
    visit.open(query)
    visit.page.locator(".st-key-card").wait_for()
    for scheme in ("light", "dark"):
        visit.page.emulate_media(color_scheme=scheme)
        visit.wait(
            "(dark) => (getComputedStyle(document.body).getPropertyValue('--paper').trim() !== '#ffffff') === dark",
            scheme == "dark",
        )
        visit.wait(
            "() => document.getAnimations().every((each) => each.playState !== 'running' || each.effect.getTiming().iterations === Infinity)"
        )
        found = Axe().run(visit.page)
        serious = [
            (each["id"], [node["html"][:160] for node in each["nodes"]][:4])
            for each in found.response["violations"]
            if each["impact"] in ("serious", "critical")
        ]
        assert serious == []
    assert visit.evaluate("() => document.documentElement.scrollWidth") <= width
    if width == 360:
        assert visit.page.locator(".rk-legend[open]").count() == 0, "the legend covers a narrow map"
    context.close()
