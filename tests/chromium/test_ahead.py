"""A choice is painted before the server answers, and what is painted is what the server then says.

The map script reads the page's lists by role and label. When a new Streamlit writes them otherwise, these tests fail
by the name of the list; the page itself then waits for the server, as before.
"""

from __future__ import annotations

import itertools
import random

import pytest

from geo.codes import PREFECTURES
from layers.catalog import indicator, indicators
from layers.filters import Filters
from layers.themes import THEMES
from renkei.browser.map_state import map_state
from renkei.browser.map_state import shown as filtered
from renkei.browser.static_files import StaticFolder
from renkei.present.page_state import LAYERS, PageState
from tests.shared_atlas import ATLAS, TABLES

# Each painting since the call, as its own state.
RECORD = """() => {
  const paint = renkeiMap.paint;
  window.paintings = [];
  renkeiMap.paint = function (state) { window.paintings.push(JSON.parse(JSON.stringify(state))); paint.call(this, state); };
}"""
PAINTED_PARTS = ("classes", "colors", "legend", "shown", "cases", "ties", "blocs", "values", "dates")


def ready(visit, query=""):
    visit.open(query)
    visit.frame.wait_for_function("() => renkeiMap.all && renkeiMap.all.content")
    visit.frame.evaluate(RECORD)
    return visit


def foretold_and_answered(visit):
    """Return the first painting, which was foretold, and the last, which the server sent."""
    visit.frame.wait_for_function("() => window.paintings.length > 1 && !renkeiMap.wish")
    paintings = visit.frame.evaluate("() => window.paintings")
    assert paintings[0]["sequence"].startswith("ahead-"), "nothing was foretold: the list is written otherwise"
    assert not paintings[-1]["sequence"].startswith("ahead-")
    return paintings[0], paintings[-1]


def choose(page, label, option):
    page.get_by_label(label, exact=False).first.click()
    page.keyboard.type(option)
    page.get_by_role("option", name=option, exact=True).click()


def press_theme(visit):
    visit.page.get_by_role("button", name="防災", exact=True).click()


def choose_indicator(visit):
    choose(visit.page, "背景の指標", indicator(TABLES, "share_65").title)


def choose_indicator_by_keyboard(visit):
    visit.page.get_by_label("背景の指標", exact=False).first.click()
    visit.page.keyboard.type(indicator(TABLES, "share_65").title)
    visit.page.get_by_role("option", name=indicator(TABLES, "share_65").title, exact=True).wait_for()
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("Enter")


def choose_prefecture(visit):
    choose(visit.page, "都道府県", "北海道")


def leave_prefecture(visit):
    visit.page.get_by_role("button", name="Remove 群馬県", include_hidden=True).last.click()


def move_year(visit):
    visit.frame.get_by_role("slider", name="年").press("ArrowLeft")


@pytest.mark.parametrize(
    ("query", "act"),
    [
        ("", choose_indicator),
        ("?lang=ja&theme=DX", choose_indicator_by_keyboard),
        ("", press_theme),
        ("?theme=DX&show=cases", press_theme),
        ("?prefecture=10", choose_prefecture),
        ("?prefecture=10&theme=DX", leave_prefecture),
        ("?indicator=projected_population", move_year),
    ],
    ids=lambda each: each.__name__ if callable(each) else each or "home",
)
def test_what_is_foretold_is_what_the_server_answers(visit, query, act):
    ready(visit, query)
    act(visit)
    foretold, answered = foretold_and_answered(visit)
    for part in PAINTED_PARTS:
        assert foretold[part] == answered[part], part
    assert visit.errors == []


def test_filters_in_the_browser_are_the_filters_of_the_server(visit, tmp_path):
    """Themes and prefectures at random, beside other filters."""
    ready(visit)
    draw = random.Random(20261125)
    static = StaticFolder(tmp_path)
    for others in (Filters(), Filters(tiers=("official",)), Filters(text="市")):
        base = PageState(filters=others, layers=LAYERS[:4]).with_default_date(ATLAS)
        answer = map_state(ATLAS, base, filtered(base.filters), static, 0)
        for _ in range(12):
            themes = draw.sample(range(len(THEMES)), draw.randint(0, 3))
            prefectures = sorted(draw.sample(list(PREFECTURES), draw.randint(0, 4)))
            chosen = Filters.from_values(
                TABLES,
                themes=[THEMES[i].name for i in themes],
                prefectures=prefectures,
                text=others.text,
                tiers=others.tiers,
            )
            state = PageState(filters=chosen, layers=LAYERS[:4]).with_default_date(ATLAS)
            expected = map_state(ATLAS, state, filtered(state.filters), static, 0)
            found = visit.frame.evaluate(
                "([answer, wished]) => renkeiMap.foretell(answer, wished)",
                [answer, {"themes": themes, "prefectures": prefectures}],
            )
            for part in ("cases", "ties", "blocs", "shown"):
                assert found[part] == expected[part], (others, themes, prefectures, part)


def test_every_indicator_in_the_file_is_what_the_server_paints(visit, tmp_path):
    ready(visit)
    content = visit.frame.evaluate("() => renkeiMap.all.content")
    assert sorted(content) == sorted(each.id for each in indicators(TABLES))
    for each in random.Random(4).sample(indicators(TABLES), 12):
        for date in each.dates:
            state = PageState(indicator_id=each.id, date=date)
            answer = map_state(ATLAS, state, filtered(state.filters), StaticFolder(tmp_path), 0)
            held = content[each.id]["backgrounds"][date]
            assert {part: held[part] for part in ("classes", "colors", "legend")} == {
                part: answer[part] for part in ("classes", "colors", "legend")
            }


def test_an_answer_to_an_earlier_choice_does_not_undo_a_later_one(visit):
    ready(visit, "?indicator=projected_population&date=2020")
    seen = visit.frame.evaluate("""() => {
      const map = renkeiMap, old = map.answer, seen = [];
      const year = () => seen.push(map.dates.label.textContent);
      map.paintAhead({ date: "2030" }); year();
      map.paintAhead({ date: "2040" }); year();
      map.show({ ...old, asked: { ...old.asked, date: "2030" }, sequence: "late" }); year();
      return seen;
    }""")
    labels = [label.split("（")[1][:4] for label in seen]
    assert labels == ["2030", "2040", "2040"]


def test_without_an_answer_the_last_one_comes_back(visit):
    ready(visit)
    before = visit.state()["cases"]
    visit.frame.evaluate("() => { renkeiMap.patience.giveUp = 300; renkeiMap.paintAhead({ themes: [1] }); }")
    assert visit.state()["cases"] != before
    visit.frame.wait_for_function("() => !renkeiMap.wish")
    assert visit.state()["cases"] == before


@pytest.mark.parametrize("query", ["?scheme=quantile", "?unit=core_city", "?second=share_65&compare=bivariate"])
def test_what_the_browser_cannot_know_waits_for_the_server(visit, query):
    ready(visit, query)
    assert visit.frame.evaluate("() => renkeiMap.paintAhead({ indicator: 'share_65' })") is False


def test_years_play_to_the_end_and_tell_the_server_once(visit):
    ready(visit, "?indicator=projected_population&date=2035")
    visit.frame.evaluate("""() => {
      window.told = []; const tell = renkeiMap.tell;
      renkeiMap.tell = function (message) { window.told.push(message.date); tell.call(this, message); };
    }""")
    visit.frame.get_by_role("button", name="年の順に動かす").click()
    assert visit.frame.get_by_role("button", name="止める").is_visible()
    visit.frame.wait_for_function("() => window.told.length", timeout=10_000)
    assert visit.frame.evaluate("() => window.told") == ["2050"]
    paintings = visit.frame.evaluate("() => window.paintings.map((state) => state.dates.length && state.legend.dated)")
    years = [year for year, _ in itertools.groupby(text.split("（")[1][:4] for text in paintings)]
    assert years == ["2040", "2045", "2050"]
