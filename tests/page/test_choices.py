"""What Streamlit's session takes over from the browser, what it says back, and what need not be told to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

SCRIPT = Path(__file__).resolve().parents[2] / "streamlit_app.py"
TOWN = {"code": ["10444"]}


def drawn(query: dict[str, list[str]], tab: str = "") -> AppTest:
    """Draw the page at an address, with a tab of the card opened."""
    page = AppTest.from_file(SCRIPT, default_timeout=120)
    for key, values in query.items():
        page.query_params[key] = values
    page.run()
    return page.get("button_group")[0].set_value(tab).run() if tab else page


def said(page: AppTest) -> dict:
    return json.loads(page.get("bidi_component")[0].proto.json)["said"]


def looks(page: AppTest) -> list[str]:
    """Return everything that Streamlit has drawn, but what it says to the map."""
    found = []

    def walk(block) -> None:
        for each in block.children.values():
            if hasattr(each, "children"):
                walk(each)
            elif each.type != "bidi_component":
                found.append(str(each.proto))

    walk(page.main)
    return found


CHANGES = {
    "show": ["cases"],
    "scheme": ["quantile"],
    "unit": ["core_city"],
    "indicator": ["share_65"],
    "second": ["online_rate_32"],
    "compare": ["bivariate"],
    "theme": ["防災"],
    "prefecture": ["20"],
    "programme": ["core-city"],
    "year": ["2018"],
    "text": ["協定"],
    "kind": ["disaster"],
    "tier": ["official"],
}


@pytest.mark.parametrize(
    ("query", "tab"),
    [
        ({}, ""),
        (TOWN, ""),
        (TOWN, "ties"),
        (TOWN, "figures"),
        ({"code": ["10000"]}, ""),
        ({"tie": ["10444-13112"], "panel": ["sources"]}, ""),
        ({"bloc": ["core-city-001"]}, ""),
        (TOWN | {"panel": ["ties"]}, ""),
    ],
)
def test_what_need_not_be_told_changes_nothing_that_is_drawn(query, tab):
    """The other way round is no promise: what is told may draw the same."""
    before = drawn(query, tab)
    left = said(before)["undrawn"]
    assert "show" in left
    every = {key: value for key, value in CHANGES.items() if key in left}
    assert looks(drawn(query | every, tab)) == looks(before)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({}, {"theme", "text", "prefecture"}),
        (TOWN, {"code", "panel", "lang"}),
        (TOWN | {"panel": ["indicators"]}, {"theme", "indicator", "date", "second"}),
        ({"bloc": ["core-city-001"]}, {"indicator", "date"}),
    ],
)
def test_what_is_drawn_is_told(query, told):
    assert told.isdisjoint(said(drawn(query))["undrawn"])


def test_the_newest_address_counts_when_a_card_is_pressed():
    page = drawn(TOWN)
    page.query_params["theme"] = ["防災"]  # chosen on the map since: the card does not speak of it
    page.button(key="close-card").click().run()
    told = said(page)
    assert told["query"] == {"theme": ["防災"]}
    assert told["change"] == {"code": []}
    assert told["turn"] == 1
    assert told["fly"] is False
    page.run()
    assert said(page)["turn"] == 1, "carried out once"


def test_a_card_says_what_it_chose_and_that_the_map_goes_there():
    page = drawn(TOWN)
    page.button(key="partner-10444-13112-13112").click().run()
    told = said(page)
    assert told["change"] == {"code": [], "tie": ["10444-13112"]}
    assert told["fly"] is True
    assert "state" not in told, "the map's state is everybody's"
