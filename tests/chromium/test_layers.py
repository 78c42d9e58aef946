"""The list of layers, the tiles, the tables by keyboard, light and dark, wide and narrow."""

from __future__ import annotations

import re

import pytest

LIST = ".renkei-layers"


def open_list(visit):
    visit.frame.locator(f"{LIST} summary").click()


def panes_from_the_top(visit):
    return visit.frame.evaluate("""() => ["cases", "ties", "blocs", "core_city", "self_reliant", "medical"]
      .map((id) => [Number(renkeiMap.map.getPane(id).style.zIndex), id]).sort((a, b) => b[0] - a[0]).map((each) => each[1])""")


def test_the_order_of_the_list_is_the_order_of_drawing_and_in_the_address(visit):
    visit.open()
    assert panes_from_the_top(visit)[:2] == ["cases", "ties"]
    open_list(visit)
    visit.frame.get_by_label("連携：手前へ").press("Enter")
    assert panes_from_the_top(visit)[:2] == ["ties", "cases"]
    assert visit.frame.evaluate("() => document.activeElement.dataset.act").startswith("ties")
    visit.page.wait_for_url(re.compile("show=ties&show=cases"))
    other = visit.page.context.new_page()
    other.goto(visit.page.url)
    visit.page = other
    visit.wait_painted()
    assert panes_from_the_top(visit)[:2] == ["ties", "cases"]
    assert visit.errors == []


def test_a_layer_goes_and_comes_at_once_and_the_legend_with_it(visit):
    visit.open()
    open_list(visit)
    legend = visit.frame.locator(".renkei-legend", has_text="事例（主なテーマ）")
    assert legend.get_by_text("連携中枢都市圏").count() == 1
    visit.frame.locator("[data-act=core_city]").uncheck()
    assert legend.get_by_text("連携中枢都市圏").count() == 0
    visit.frame.locator("[data-act=medical]").check()
    assert legend.get_by_text("二次医療圏").count() == 1
    visit.page.wait_for_url(re.compile("show=medical"))
    assert "core_city" not in visit.page.url
    assert visit.frame.evaluate("() => !renkeiMap.wish || renkeiMap.wish.asked.layers.includes('medical')")


def test_what_lies_on_top_answers_to_the_pointer(visit):
    answers = {}
    for show in ("show=cases,ties", "show=ties,cases"):
        visit.open(f"?{show}")
        answers[show] = visit.frame.evaluate("""() => {
          const map = renkeiMap, hits = { cluster: 0, tie: 0 };
          for (const cluster of map.clusters) {
            const found = map.factAt(map.map.latLngToLayerPoint([cluster.lat, cluster.lon]));
            if (found.cluster) hits.cluster += 1; else hits.tie += 1;
          }
          return hits;
        }""")
    assert answers["show=cases,ties"]["tie"] == 0
    assert answers["show=ties,cases"]["tie"] > 0


def test_tiles_are_off_and_say_so_when_they_cannot_come(visit):
    visit.page.route(re.compile("gsi.go.jp"), lambda route: route.abort())
    visit.open()
    assert visit.foreign_requests() == []
    open_list(visit)
    painted = visit.frame.evaluate("() => renkeiMap.state.classes")
    visit.frame.locator("[data-act=tiles]").check()
    notice = visit.frame.get_by_role("status")
    notice.wait_for()
    assert "地理院タイルに届きません" in notice.inner_text()
    foreign = visit.foreign_requests()
    assert foreign
    assert all("//cyberjapandata.gsi.go.jp/xyz/pale/" in url for url in foreign)
    visit.frame.wait_for_function("() => !renkeiMap.state.layers.includes('tiles')")
    assert visit.frame.evaluate("() => renkeiMap.state.classes") == painted
    assert not visit.frame.locator("[data-act=tiles]").is_checked()
    notice.get_by_role("button").click()
    assert notice.count() == 0
    visit.page.wait_for_timeout(4000)
    assert visit.foreign_requests() == foreign, "it tries again by itself"


def test_tiles_lie_under_the_fills_with_their_credit(visit):
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fedccc59e7"
        "0000000049454e44ae426082"
    )
    visit.page.route(re.compile("gsi.go.jp"), lambda route: route.fulfill(body=pixel, content_type="image/png"))
    visit.open("?show=cases,tiles")
    visit.frame.locator(".leaflet-tile-loaded").first.wait_for()
    credit = visit.frame.locator(".leaflet-control-attribution a", has_text="地理院タイル")
    assert credit.get_attribute("href") == "https://maps.gsi.go.jp/development/ichiran.html"
    assert visit.frame.evaluate("() => renkeiMap.map.getPane('fills').style.opacity") == "0.6"
    visit.page.wait_for_timeout(300)
    assert visit.frame.get_by_role("status").count() == 0


def test_arrow_keys_in_the_table_select_on_the_map_and_the_map_in_the_table(visit):
    visit.page.set_viewport_size({"width": 1440, "height": 1800})
    visit.open("?prefecture=10")
    table = visit.page.get_by_test_id("stDataFrame").first
    table.wait_for()
    visit.page.wait_for_timeout(800)
    box = table.bounding_box()
    visit.page.mouse.click(box["x"] + 120, box["y"] + 55)
    visit.frame.wait_for_function("() => renkeiMap.state.chosen")
    first = visit.state()["chosen"]
    seen = [first]
    for _ in range(3):
        visit.page.keyboard.press("ArrowDown")
        visit.page.wait_for_timeout(1500)
        seen.append(visit.state()["chosen"])
    assert len(set(seen)) > 1
    visit.frame.evaluate("() => renkeiMap.tell({ code: '10444' })")
    visit.frame.wait_for_function("() => renkeiMap.state.chosen === '10444'")
    visit.page.wait_for_timeout(1500)
    assert visit.state()["chosen"] == "10444", "the table took the choice back"
    assert visit.errors == []


@pytest.mark.parametrize(
    ("width", "query"),
    [
        (1440, "?code=10444&panel=ties"),
        (1440, "?bloc=core-city-001&lang=en"),
        (720, ""),
        (360, "?indicator=projected_population"),
    ],
)
def test_axe_in_light_and_dark_wide_and_narrow(chromium, server, width, query):
    """720 pixels are a screen of 1,440 at 200 %."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    from .conftest import Visit  # noqa: PLC0415

    context = chromium.new_context(viewport={"width": width, "height": 800}, locale="ja-JP", color_scheme="light")
    visit = Visit(context.new_page(), server)
    visit.open(query)
    for scheme in ("light", "dark"):
        visit.page.emulate_media(color_scheme=scheme)
        visit.page.wait_for_timeout(1500)
        for place in (visit.page, visit.frame):
            found = Axe().run(place)
            serious = [
                (each["id"], [node["html"][:160] for node in each["nodes"]][:4])
                for each in found.response["violations"]
                if each["impact"] in ("serious", "critical")
            ]
            assert serious == []
        paper = visit.page.evaluate("() => getComputedStyle(document.querySelector('.stApp')).backgroundColor")
        lightness = sum(int(part) for part in re.findall(r"\d+", paper)[:3])
        assert (lightness < 200) == (scheme == "dark")
    assert visit.page.evaluate("() => document.documentElement.scrollWidth") <= width
    if width == 360:
        open_boxes = visit.frame.locator(".renkei-legend[open], .renkei-legend details[open]").count()
        assert open_boxes == 0, "legends cover a narrow map"
    context.close()
