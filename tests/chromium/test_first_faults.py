"""What the first page did wrong, in a browser, where no other test of this folder holds it.

Held elsewhere: English and then anything, years with the same breaks, the click inside a town, the wheel and the link
(test_page), a tap on a phone (test_tasks), compressed scripts (test_first_document).
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from .conftest import Visit

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]+")
# All that the page's own part says: texts, titles, labels and placeholders, but for the switch to the other language.
SAID = """() => {
  const told = [];
  for (const node of document.querySelectorAll("#rk *")) {
    if (node.closest("#rk-language")) continue;
    for (const name of ["title", "aria-label", "placeholder"]) if (node.getAttribute(name)) told.push(node.getAttribute(name));
    for (const child of node.childNodes) if (child.nodeType === Node.TEXT_NODE && child.data.trim()) told.push(child.data.trim());
  }
  return told;
}"""
MENUS = ("themes", "prefectures", "more", "share", "indicator", "painting")


def test_the_english_page_says_nothing_in_japanese(visit):
    visit.open("?lang=en&indicator=projected_population")
    told = set(visit.evaluate(SAID))
    for menu in MENUS:
        visit.page.locator(f"#rk-{menu}-open").click()
        told |= set(visit.evaluate(SAID))
        visit.page.keyboard.press("Escape")
    assert len(told) > 300
    definition = "Definition"  # of an indicator: as its publisher wrote it
    assert [each for each in told if JAPANESE.search(each) and not each.startswith(definition)] == []
    names = visit.evaluate("() => renkeiPage.named.map((each) => each.text)")
    assert names
    assert not any(JAPANESE.search(each) for each in names)


def test_a_row_of_a_tie_flies_and_the_cases_of_a_prefecture_open(visit):
    visit.open("?code=10444&map=11/36.7/139.1")
    visit.page.locator(".st-key-card").get_by_role("button", name="東京都世田谷区").click()
    visit.settle_on("() => renkeiPage.answer.query.tie?.[0] === '10444-13112'")
    both = """() => ["10444", "13112"].every((code) => { const [lon, lat] = renkeiPage.facts.points[code];
      return renkeiPage.view.map.getBounds().contains([lat, lon]); })"""
    visit.wait(both)
    visit.evaluate("() => renkeiPage.choose({ code: '10000', prefecture: ['10'] }, { fly: true })")
    visit.page.get_by_text("群馬県の事例").wait_for()
    card = visit.page.locator(".st-key-card")
    card.get_by_text("課題・取組・成果を読む").first.click()
    card.locator("[data-testid=stExpanderDetails]", has_text="段階").first.wait_for()


def test_a_sheet_asks_for_the_window_that_is_seen(visit):
    visit.open("?code=10444&map=9/36.69/139.1")
    visit.page.locator("#rk-share-open").click()
    with visit.page.expect_request("**/output/sheet.pdf**") as asked:
        visit.page.locator("[data-output='sheet.pdf']").click()
    query = parse_qs(urlsplit(asked.value.url).query)
    west, south, east, north = (float(each) for each in query["extent"][0].split(","))
    seen = visit.evaluate("""() => { const { map } = renkeiPage.view, card = document.querySelector(".st-key-card").getBoundingClientRect();
      const bar = document.querySelector(".rk-bar").getBoundingClientRect(), tables = document.querySelector(".rk-drawer").getBoundingClientRect();
      const a = map.containerPointToLatLng([0, tables.top]), b = map.containerPointToLatLng([card.left, bar.bottom]);
      return [a.lng, a.lat, b.lng, b.lat]; }""")
    assert (west, south, east, north) == pytest.approx(seen, abs=0.06)
    assert query["code"] == ["10444"]


def test_on_a_phone_answers_stand_below_the_field_and_on_the_screen(chromium, server):
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="ja-JP", has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    visit = Visit(context.new_page(), server).open("?panel=ties&theme=DX")
    visit.page.locator("#rk-find").fill("府中市")
    field, found = (visit.page.locator(each).bounding_box() for each in ("#rk-find", "#rk-found"))
    assert found["y"] >= field["y"] + field["height"]
    assert found["x"] >= 0
    assert found["x"] + found["width"] <= 390
    # Nothing lies over a tab of the tables, and the buttons of the map are on the screen.
    tab = visit.page.locator(".rk-tab[data-panel=ties]")
    tab.scroll_into_view_if_needed()
    over = "(node) => { const box = node.getBoundingClientRect(); return document.elementFromPoint(box.x + 8, box.y + box.height / 2) === node; }"
    visit.page.keyboard.press("Escape")
    assert tab.evaluate(over)
    visit.page.locator("#rk-phone-map").click()
    visit.settle_on("() => !renkeiPage.answer.query.panel")
    for part in ("#rk-home", "#rk-in", "#rk-out", "#rk-legend > summary"):
        assert visit.page.locator(part).evaluate(
            over.replace(
                "=== node", "=== node || node.contains(document.elementFromPoint(box.x + 8, box.y + box.height / 2))"
            )
        ), part
    context.close()
