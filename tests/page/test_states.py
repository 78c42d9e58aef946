"""Every state of the address renders: never a traceback, never the error page."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from layers.filters import FILTERS
from renkei.page import error_page
from renkei.present.page_state import CHOICES, from_query
from tests.random_address import HOSTILE, random_query
from tests.shared_atlas import ATLAS

STATES = int(os.environ.get("RENKEI_STATES", "1000"))
"""So many random states; the quick run draws the first hundred."""
BATCH = 50
QUICK = 100
SCRIPT = Path(__file__).resolve().parents[2] / "streamlit_app.py"


def drawn(query: dict[str, list[str]]) -> AppTest:
    """Draw the page at an address."""
    page = AppTest.from_file(SCRIPT, default_timeout=120)
    for key, values in query.items():
        page.query_params[key] = values
    return page.run()


def failed(page: AppTest) -> bool:
    """Tell whether the error page stands on a page."""
    return any("rk-error" in each.proto.body for each in page.get("html"))


def assert_whole(page: AppTest, query: object) -> None:
    assert not page.exception, (query, page.exception)
    assert not failed(page), query


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"kind": ["other"]},
        {"kind": ["forum"]},
        {"year": ["1900"]},
        {"year": ["0001"]},
        {"tie": ["13112-13112"]},
        {"tie": ["10444-13112"]},
        {"tie": ["01207-47201"]},
        {"tie": ["10000-20000"]},
        {"code": ["10000"]},
        {"code": ["13401"], "panel": ["ties"]},
        {"bloc": ["core-city-001"], "lang": ["en"]},
        {"area": ["01207631637643"]},
        {"area": ["22206342-14382"], "lang": ["en"]},
        {"area": ["10444-13112"], "theme": ["DX"], "indicator": ["online_rate_32"]},
        {"network": [str(ATLAS.networks()["id"].iloc[0])], "panel": ["networks"]},
        {"text": ["ありえない語"], "panel": ["indicators"]},
        {"indicator": ["share_65"], "second": ["online_rate_32"], "compare": ["bivariate"]},
        {"indicator": ["projected_population"], "from": ["2020"], "panel": ["analysis"]},
        {"panel": ["sources"], "lang": ["en"]},
        {"panel": ["matrix"]},
        {"date": ["3000-13-99"], "theme": ["\x00"], "lang": ["xx"], "show": ["none"]},
    ],
)
def test_every_kind_of_state_renders(query):
    assert_whole(drawn(query), query)


@pytest.mark.parametrize(
    "first", [pytest.param(each, marks=[pytest.mark.slow] * (each >= QUICK)) for each in range(0, STATES, BATCH)]
)
def test_random_states_render(first):
    """One visitor goes from state to state: what one leaves behind must not spoil the next."""
    page = AppTest.from_file(SCRIPT, default_timeout=120)
    for seed in range(first, min(first + BATCH, STATES)):
        query = random_query(random.Random(seed))
        page.query_params.clear()
        for key, values in query.items():
            page.query_params[key] = values
        assert_whole(page.run(), (seed, query))
        state, _ = from_query(ATLAS, query)
        assert from_query(ATLAS, state.to_query(ATLAS)) == (state, []), (seed, query)


KEYS = [*(each.key for each in FILTERS), *(each.key for each in CHOICES), "show"]


@pytest.mark.parametrize("key", KEYS)
@given(
    value=st.sampled_from(HOSTILE) | st.from_regex(r"[0-9]{1,6}(-[0-9]{1,6})?", fullmatch=True) | st.text(max_size=20)
)
@settings(max_examples=40)
def test_what_is_read_of_an_address_is_read_again(key, value):
    """Whatever stands in a link: what the page understands of it is an address that says exactly that."""
    state, _ = from_query(ATLAS, {key: [value]})
    assert from_query(ATLAS, state.to_query(ATLAS)) == (state, [])


def test_a_fault_shows_the_error_page_in_both_languages_and_nothing_else():
    """A fault inside the page is told in a sentence with a way back; what went wrong goes to the log."""

    def script() -> None:
        from renkei.page import error_page as page  # noqa: PLC0415 - the script of another page

        with page.instead():
            message = "secret detail"
            raise RuntimeError(message)

    page = AppTest.from_function(script).run()
    assert not page.exception
    assert "secret detail" not in str(page.main)
    assert failed(page)
    html = error_page.error_html()
    for text in ("この画面を表示できませんでした", "This view could not be shown", 'href="?lang=en"'):
        assert text in html
    assert "Traceback" not in html
