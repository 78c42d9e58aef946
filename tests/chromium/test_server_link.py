"""Streamlit is told where it has something to draw, of the newest choice alone; what is drawn is what is chosen."""

from __future__ import annotations

TOLD = """() => { window.told = []; const { adopt } = renkeiPage.link;
  renkeiPage.link.adopt = (slot, said, send) => adopt(slot, said, (choice) => { window.told.push(choice); send(choice); }); }"""


def watched(visit, query):
    """Open the page and note what Streamlit is told from the next answer on."""
    visit.open(query)
    visit.evaluate(TOLD)
    return visit


def theme_count(visit) -> str:
    return str(visit.state()["cases"].count("1"))


def test_a_card_that_does_not_speak_of_a_filter_is_not_drawn_again_and_the_next_is_right(visit):
    visit.open("?code=10444")
    visit.evaluate("() => { renkeiPage.choose({ theme: ['防災'] }); }")
    visit.settle_on("() => renkeiPage.answer.query.theme")
    assert visit.evaluate("() => renkeiPage.link.hasDrawn({ code: ['10444'] })"), "told of what it does not draw"
    visit.page.locator(".st-key-close-card button").first.click()
    visit.settle_on("() => !renkeiPage.answer.query.code && renkeiPage.link.hasDrawn(renkeiPage.answer.query)")
    assert visit.query() == {"theme": ["防災"]}
    visit.page.locator(".st-key-card .rk-big b", has_text=theme_count(visit)).first.wait_for()


def test_of_many_quick_choices_the_last_is_drawn(visit):
    watched(visit, "")
    visit.evaluate("""async () => { for (const theme of ["DX", "防災", "観光", "子育て", "脱炭素"]) {
      renkeiPage.choose({ theme: [theme] }); await new Promise(requestAnimationFrame); } }""")
    visit.settle_on("() => renkeiPage.link.hasDrawn({ theme: ['脱炭素'] })")
    assert len(visit.evaluate("() => window.told")) < 5
    visit.page.locator(".st-key-card .rk-big b", has_text=theme_count(visit)).first.wait_for()


def test_the_address_keeps_up_with_what_a_card_chooses(visit):
    visit.open("?code=10444&theme=DX")
    visit.page.locator(".st-key-card").get_by_role("button", name="東京都世田谷区").click()
    visit.settle_on("() => renkeiPage.answer.query.tie")
    assert "tie=10444-13112" in visit.page.url
    assert "theme=DX" in visit.page.url
    visit.page.go_back()
    visit.settle_on("() => renkeiPage.answer.query.code && renkeiPage.link.hasDrawn(renkeiPage.answer.query)")
    visit.page.get_by_role("heading", name="群馬県川場村").first.wait_for()
    assert visit.query() == visit.state()["query"]
