"""Putting an area together on the page: drawn, pressed, named, filtered; the same towns in card, address and files."""

from __future__ import annotations

import json
from contextlib import suppress
from urllib.parse import parse_qs, urlsplit

import pytest
import shapely
from playwright.sync_api import TimeoutError as PressTimeoutError

from geo.measure import offices_within, party_point
from renkei.analysis.bloc import bloc
from renkei.present.area_codes import read_area, written_area
from tests.shared_atlas import ATLAS

from .conftest import Visit
from .hands import choose_prefecture, click_on_map

OBIHIRO = ("01207", "01631", "01637", "01643")
TRIES, PRESS_MS = 5, 8_000
"""Streamlit's list now and then loses a press on a busy machine: who sees nothing happen presses again."""
TOKACHI_VIEW = "map=9/42.9/143.2"


def area(visit) -> tuple[str, ...]:
    return read_area(visit.query().get("area", [""])[0])


def wait_for(visit, codes) -> None:
    visit.settle_on('area => (renkeiPage.answer.query.area ?? [""])[0] === area', written_area(codes))
    assert area(visit) == tuple(sorted(codes))


def open_tool(visit) -> None:
    visit.page.locator("#rk-more-open").click()
    visit.page.locator("#rk-more").get_by_role("button", name="圏域をつくる").click()
    visit.page.locator("#rk-area").wait_for(state="visible")


def pixels(visit, ring) -> list[list[float]]:
    return visit.evaluate(
        "ring => ring.map(([lon, lat]) => { const p = renkeiPage.view.map.latLngToContainerPoint([lat, lon]); "
        "return [p.x, p.y]; })",
        [list(each) for each in ring],
    )


def test_a_link_to_an_area_shows_it_as_one_and_hands_it_on(visit):
    visit.open(f"?area={written_area(OBIHIRO)}")
    card = visit.page.locator(".st-key-card")
    card.get_by_role("heading", name="帯広市・音更町・芽室町ほか（4市区町村）").wait_for()
    people = ATLAS.values("register_population")[list(OBIHIRO)].sum()
    card.get_by_text(f"{people:,.0f}人").wait_for()
    assert visit.page.locator("#rk-area").is_hidden()
    card.get_by_text("出力", exact=True).click()
    button = card.locator("[data-output='area.geojson']")
    with visit.page.expect_download() as download:
        button.click()
    (feature,) = json.loads(download.value.path().read_bytes())["features"]
    assert feature["properties"]["member_codes"] == ";".join(OBIHIRO)
    assert feature["properties"]["population_2020"] == bloc(ATLAS, OBIHIRO).population["2020"]
    card.get_by_text("変えてみる", exact=True).click()
    # The last of what is drawn: the list is there for good.
    card.get_by_text("加わるまち、外れるまちを選ぶと").wait_for()
    visit.settle()
    take = card.get_by_role("button", name="この圏域にする")
    for _ in range(TRIES):
        with suppress(PressTimeoutError):
            card.get_by_role("combobox", name="加わるまち").click(timeout=PRESS_MS)
            visit.page.get_by_role("option", name="北海道更別村").click(timeout=PRESS_MS)
            visit.page.keyboard.press("Tab")
            take.wait_for(timeout=PRESS_MS)
            break
    take.click()
    wait_for(visit, (*OBIHIRO, "01639"))
    assert visit.errors == []


def test_an_area_is_drawn_pressed_and_taken_back(visit):
    visit.open(f"?{TOKACHI_VIEW}")
    open_tool(visit)
    ring = [(142.6, 42.6), (143.3, 42.6), (143.3, 43.05), (142.6, 43.05)]
    path = pixels(visit, ring)
    visit.page.locator("#rk-area-draw").click()
    mouse = visit.page.mouse
    mouse.move(*path[0])
    mouse.down()
    for point in path[1:]:
        mouse.move(*point, steps=6)
    mouse.up()
    drawn = offices_within(shapely.Polygon(ring))
    assert len(drawn) > 2
    wait_for(visit, drawn)
    # A press puts in, another takes out; the browser's address is the area's.
    joining = next(code for code in ("01644", "01645", "01646") if code not in drawn)
    click_on_map(visit, *party_point(joining))
    wait_for(visit, (*drawn, joining))
    click_on_map(visit, *party_point(drawn[0]))
    wait_for(visit, {*drawn, joining} - {drawn[0]})
    assert parse_qs(urlsplit(visit.page.url).query)["area"] == visit.query()["area"]
    visit.page.locator("#rk-area-undo").click()
    wait_for(visit, (*drawn, joining))
    visit.page.locator("#rk-area-clear").click()
    visit.settle_on("() => !renkeiPage.whole.query.area")
    visit.page.locator("#rk-area-undo").click()
    wait_for(visit, (*drawn, joining))
    # Escape ends it; a press is a choice again, and with Shift the beginning of another area.
    visit.page.keyboard.press("Escape")
    assert visit.page.locator("#rk-area").is_hidden()
    click_on_map(visit, *party_point("01207"))
    visit.settle_on("() => renkeiPage.answer.query.code?.[0] === '01207'")
    visit.page.keyboard.down("Shift")
    click_on_map(visit, *party_point("01643"))
    visit.page.keyboard.up("Shift")
    wait_for(visit, ("01207", "01643"))
    assert visit.errors == []


def test_an_area_is_named_and_filtered(visit):
    visit.open()
    open_tool(visit)
    visit.page.locator("#rk-area-names-open").click()
    names = visit.page.locator("#rk-area-text")
    names.fill("帯広市、音更町\n府中市\n篠山市\nない町")
    visit.page.locator("#rk-area-add").click()
    told = visit.page.locator("#rk-area-told")
    told.get_by_text("5件のうち3件を加えました。").wait_for()
    told.get_by_text("丹波篠山市").wait_for()
    wait_for(visit, ("01207", "01631", "28221"))
    assert names.input_value() == "府中市\nない町"
    told.get_by_role("button", name="広島県府中市").click()
    wait_for(visit, ("01207", "01631", "28221", "34208"))
    visit.page.locator("#rk-area-clear").click()
    choose_prefecture(visit, "鳥取県")
    visit.settle()
    visit.page.locator("#rk-area-names-open").click()
    visit.page.locator("#rk-area-filtered").click()
    tottori = [code for code in ATLAS.municipalities().index if code.startswith("31")]
    visit.settle_on("() => renkeiPage.answer.query.area?.[0].startsWith('31')")
    assert set(area(visit)) <= set(tottori)
    assert len(area(visit)) > 5
    # Several names in the search are an area, too.
    visit.page.locator("#rk-find").fill("三島市、長泉町、箱根町")
    visit.page.get_by_role("option", name="3市区町村を合わせて見る").wait_for()
    assert visit.errors == []


def test_a_finger_draws_on_a_phone(chromium, server):
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="ja-JP", reduced_motion="reduce", has_touch=True, is_mobile=True
    )
    visit = Visit(context.new_page(), server).open("?code=01207&map=8/42.9/143.2")
    visit.page.locator(".st-key-card").get_by_role("button", name="ほかのまちと合わせて見る").click()
    wait_for(visit, ("01207",))
    visit.page.locator("#rk-area-draw").tap()
    ring = [(143.0, 42.85), (143.6, 42.85), (143.6, 43.15), (143.0, 43.15)]
    finger = context.new_cdp_session(visit.page)
    path = pixels(visit, ring)
    for number, (x, y) in enumerate(path):
        kind = "touchMove" if number else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    wait_for(visit, {"01207", *offices_within(shapely.Polygon(ring))})
    assert visit.errors == []
    context.close()


@pytest.mark.parametrize("wrong", ["99999", "0120", "<img>"])
def test_a_wrong_area_is_named_and_nothing_breaks(visit, wrong):
    visit.open(f"?area={wrong}")
    visit.page.locator("#rk-notices").get_by_text(f"area={wrong}").wait_for()
    assert visit.errors == []
