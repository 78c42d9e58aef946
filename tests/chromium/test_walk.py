"""A seeded walk at random through every control, language, width and link: nothing breaks, the state is the address."""

from __future__ import annotations

import os
import random

import pytest

from renkei.present.page_state import from_query
from tests.shared_atlas import ATLAS

from .conftest import Visit

STEPS = int(os.environ.get("RENKEI_WALK", "20"))
"""So many steps; the long run takes several hundred."""
WIDTHS = ((1440, 900), (1920, 1080), (1024, 768), (720, 900), (390, 844))
CONTROLS = """#rk button:not([disabled]):not([data-output]):not(#rk-copy-link), #rk select, #rk input[type=checkbox],
  #rk input[type=range], #rk summary, .st-key-card button, .st-key-drawer button"""
MOMENT = """() => ({
  query: renkeiPage.whole.query,
  answered: renkeiPage.answer.query,
  address: [...new URLSearchParams(location.search)].filter(([key]) => key !== "map").map((each) => each.join("=")),
})"""
NAMES = ("川場村", "横浜", "ぐんま", "府中市", "浦和市", "公共交通", "<b>", "ない名前です", "13112")


def visible_controls(visit) -> list:
    return [each for each in visit.page.locator(CONTROLS).all() if each.is_visible()]


def press(visit, draw: random.Random) -> str:
    """Use one of the controls that can be seen."""
    control = draw.choice(visible_controls(visit))
    name = control.evaluate(
        "(node) => node.tagName + '#' + node.id + ' ' + (node.textContent || node.title).slice(0, 40)"
    )
    if name.startswith("SELECT"):
        control.evaluate(
            """(node, at) => { node.value = node.options[at % node.options.length].value;
              node.dispatchEvent(new Event("change")); }""",
            draw.randrange(100),
        )
    elif control.get_attribute("type") == "range":
        control.press(draw.choice(["ArrowLeft", "ArrowRight", "Home", "End"]))
    else:
        control.evaluate("(node) => node.click()")
    return f"press {name}"


def press_map(visit, draw: random.Random) -> None:
    size = visit.page.viewport_size
    visit.page.mouse.click(draw.randint(80, size["width"] - 40), draw.randint(90, size["height"] - 200))


def zoom(visit, draw: random.Random) -> None:
    near = draw.choice([5, 6.5, 7.5, 9, 11, 13])
    visit.evaluate("(zoom) => { renkeiPage.view.map.setZoom(zoom, { animate: false }); }", near)


def find(visit, draw: random.Random) -> None:
    visit.page.locator("#rk-find").fill(draw.choice(NAMES))
    visit.page.locator("#rk-find").press("Enter")


def change_language(visit, _draw: random.Random) -> None:
    with visit.page.expect_navigation():
        visit.page.locator("#rk-language").evaluate("(node) => node.click()")


def change_width(visit, draw: random.Random) -> None:
    width, height = draw.choice(WIDTHS)
    visit.page.set_viewport_size({"width": width, "height": height})


def follow_own_link(visit, _draw: random.Random) -> None:
    visit.page.goto(visit.page.url)


def go_back(visit, _draw: random.Random) -> None:
    visit.evaluate("() => history.back()")
    visit.page.wait_for_timeout(300)


STEPS_AT_RANDOM = (
    *[press] * 9,
    press_map,
    press_map,
    zoom,
    find,
    find,
    change_language,
    change_width,
    follow_own_link,
    go_back,
)


def step(visit, draw: random.Random) -> str:
    """Do one thing at random; return what was done."""
    act = draw.choice(STEPS_AT_RANDOM)
    return act(visit, draw) or act.__name__


def agreed(visit) -> tuple[dict[str, list[str]], dict[str, list[str]], list[str]]:
    """Return the view, the server's view and the address, all of one moment.

    A press on one of Streamlit's own buttons goes to the server unseen by the map, so its answer is waited for.
    """
    for _ in range(50):
        now = visit.evaluate(MOMENT)
        query, answered, address = now["query"], now["answered"], now["address"]
        if query == answered and sorted(address) == sorted(f"{key}={each}" for key in query for each in query[key]):
            break
        visit.page.wait_for_timeout(200)
    return query, answered, address


@pytest.mark.parametrize("seed", [1])
def test_a_walk_breaks_nothing(context, server, seed):
    draw = random.Random(seed)
    visit = Visit(context.new_page(), server)
    visit.open()
    done: list[str] = []
    for _ in range(STEPS):
        done.append(step(visit, draw))
        if not visit.page.url.startswith(server):
            visit.open()
        visit.page.wait_for_load_state()
        visit.settle()
        story = done[-8:]
        assert visit.errors == [], story
        assert visit.page.locator(".rk-error, .stException").count() == 0, story
        assert visit.page.get_by_text("Traceback").count() == 0, story
        query, answered, address = agreed(visit)
        state, notes = from_query(ATLAS, query)
        assert notes == [], story
        assert state.to_query(ATLAS) == answered, story
        assert sorted(address) == sorted(f"{key}={value}" for key, values in query.items() for value in values), story
        assert visit.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), story
    assert visit.foreign_requests() == []
