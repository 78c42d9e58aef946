"""Every task by the keyboard alone: no pointer, the focus always seen, no part that holds it."""

from __future__ import annotations

import io

import pandas as pd

MOST_TABS = 160
"""More stops than the page has: a stop that is not reached by then lies in a trap."""
# What has the focus: a description, whether it is where the selector says, and whether a person sees that it is there.
FOCUS = """(selector) => {
  const node = document.activeElement, style = getComputedStyle(node), box = node.getBoundingClientRect();
  const marked = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  return [node.matches(selector), marked && box.width > 0 && box.height > 0, node.tagName + "#" + node.id + "." + node.className];
}"""
OURS = "#rk button, #rk input, #rk select, #rk summary, #rk a, .leaflet-container, .st-key-card button"


class Keyboard:
    """Hands without a pointer."""

    def __init__(self, visit) -> None:
        self.visit = visit
        self.keys = visit.page.keyboard

    def reach(self, selector: str) -> None:
        """Press Tab until something has the focus, if it has not yet."""
        stops: list[str] = []
        while len(stops) < MOST_TABS:
            here, seen, what = self.visit.evaluate(FOCUS, selector)
            stops.append(what)
            if self.visit.evaluate("(ours) => document.activeElement.matches(ours)", OURS):
                assert seen, f"no one sees the focus on {what}"
            if here:
                return
            self.keys.press("Tab")
        raise AssertionError(f"{selector} is not reached: {stops[-12:]}")

    def open(self, selector: str) -> None:
        self.reach(selector)
        self.keys.press("Enter")

    def find(self, text: str) -> None:
        """Go to the search by its key, whatever has the focus."""
        self.visit.evaluate("() => document.activeElement.blur()")
        self.keys.press("/")
        assert self.visit.evaluate("() => document.activeElement.id") == "rk-find"
        self.keys.insert_text(text)
        self.keys.press("Enter")

    def select(self, key: str, value: str) -> None:
        """Walk a list with the arrow keys until it says a value; the focus stays on it."""
        self.reach(f"select[data-key={key}]")
        for _ in range(MOST_TABS):
            self.keys.press("ArrowDown")
            if self.visit.evaluate("() => document.activeElement.value") == value:
                return
        raise AssertionError(value)

    def menu(self, button: str, item: str) -> None:
        """Open a menu, press an item of it, and leave it: the focus is on its button again."""
        self.open(button)
        self.open(item)
        self.keys.press("Escape")
        assert self.visit.evaluate("(selector) => document.activeElement.matches(selector)", button)


def test_the_first_stop_skips_the_controls_and_the_focus_comes_round(visit):
    visit.open("?code=10444")
    visit.page.get_by_role("heading", name="群馬県川場村").wait_for()
    hands = Keyboard(visit)
    hands.open("#rk-skip")
    assert visit.evaluate("() => document.activeElement.matches('.st-key-card')")
    hands.reach(".st-key-card button")
    hands.reach("#rk-find")  # round and round, never held
    assert visit.errors == []


def test_every_task_by_keyboard(visit):
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.open()
    hands = Keyboard(visit)
    # A town by its name; its partners, and one of them.
    hands.find("川場村")
    visit.page.get_by_role("heading", name="群馬県川場村").wait_for()
    visit.settle()
    hands.open(".st-key-partner-10444-13112-13112 button")
    visit.page.get_by_role("heading", name="群馬県川場村 – 東京都世田谷区").wait_for()
    # A sentence.
    hands.find("公共交通が足りない高齢者の移動を助けたい")
    visit.wait("() => renkeiPage.found")
    hands.keys.press("ArrowDown")
    hands.keys.press("Enter")
    visit.settle_on("() => !renkeiPage.answer.query.tie")
    # A town about which nothing is known.
    hands.find("青ヶ島村")
    visit.page.get_by_text("この地図には未収録です").first.wait_for()
    # 脱炭素 in 北海道, listed.
    hands.menu("#rk-themes-open", "#rk-themes [data-value='脱炭素']")
    hands.menu("#rk-prefectures-open", "#rk-prefectures [data-value='01']")
    hands.open(".rk-tab[data-panel=table]")
    visit.page.locator(".st-key-drawer [data-testid=stDataFrame]").wait_for()
    visit.settle_on("() => renkeiPage.answer.query.prefecture?.[0] === '01' && renkeiPage.answer.query.theme")
    # The areas of 群馬県 in Excel.
    hands.open(".rk-clear")
    hands.menu("#rk-prefectures-open", "#rk-prefectures [data-value='10']")
    hands.open(".rk-tab[data-panel=blocs]")
    with visit.page.expect_download() as download:
        hands.open(".rk-table-file[data-output='{panel}.xlsx']")
    assert len(pd.read_excel(io.BytesIO(download.value.path().read_bytes()), engine="openpyxl"))
    hands.open("#rk-drawer-close")
    # Ageing beside the online rate; 2050 against 2020.
    for title, key, value in (("高齢化率（65歳以上）", "second", "online_rate_32"), ("将来推計人口", "from", "2020")):
        hands.open("#rk-indicator-open")
        hands.keys.insert_text(title)
        hands.keys.press("Enter")
        hands.open("#rk-painting-open")
        hands.select(key, value)
        hands.keys.press("Escape")
        visit.settle_on("([key, value]) => renkeiPage.answer.query[key]?.[0] === value", [key, value])
    # The link, and a picture of the screen.
    hands.open("#rk-share-open")
    visit.wait("() => document.activeElement.id === 'rk-copy-link'")
    hands.keys.press("Enter")
    visit.page.get_by_text("リンクをコピーしました").wait_for()
    assert "from=2020" in visit.evaluate("() => navigator.clipboard.readText()")
    with visit.page.expect_download() as download:
        hands.open("[data-output='slide.png']")
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    assert visit.errors == []
