"""Every state of the address renders: never a traceback, never the error page."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.codes import PREFECTURES
from layers.filters import FILTERS
from renkei.page import error_page
from renkei.present.page_state import COMPARE, LAYERS, PANELS, SCHEMES, UNITS, from_query
from renkei.present.words import LANGUAGES
from tests.shared_atlas import ATLAS, TABLES

STATES = int(os.environ.get("RENKEI_STATES", "40"))
"""So many random states; the long run has a thousand."""
SCRIPT = Path(__file__).resolve().parents[2] / "streamlit_app.py"
CODES = [*ATLAS.municipalities().index]
PARTIES = [*CODES[::40], *(f"{code}000" for code in PREFECTURES)]


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


def random_query(draw: random.Random) -> dict[str, list[str]]:
    """Return a legal address, with a wrong value now and then."""
    numbers = [each.id for each in ATLAS.indicators()]
    choices = {
        "indicator": numbers,
        "scheme": SCHEMES,
        "unit": UNITS,
        "second": numbers,
        "compare": COMPARE,
        "panel": [each for each in PANELS if each],
        "lang": LANGUAGES,
        "bloc": list(ATLAS.blocs()["id"]),
        "network": list(ATLAS.networks()["id"]),
        "code": PARTIES,
        "breaks": ["10,20,30", "-5", "x"],
    }
    query = {key: [draw.choice(list(values))] for key, values in choices.items() if draw.random() < 0.3}
    for each in FILTERS:
        offered = [str(value) for value in each.options(TABLES)] or ["市", "協定", "ありえない"]
        if draw.random() < 0.35:
            query[each.key] = draw.sample(offered, min(len(offered), draw.randint(1, 3)))
    if draw.random() < 0.3:
        query["tie"] = ["-".join(draw.sample(PARTIES, 2))]
    if draw.random() < 0.3:
        query["show"] = draw.sample(list(LAYERS), draw.randint(1, len(LAYERS)))
    dates = ATLAS.indicator(query.get("indicator", ["share_65"])[0]).dates
    for key in ("date", "from"):
        if draw.random() < 0.4:
            query[key] = [draw.choice(dates)]
    if draw.random() < 0.1:
        query[draw.choice(list(query) or ["code"])] = [draw.choice(["<b>", "99999", "\u202e", "x" * 300])]
    return query


@pytest.mark.parametrize("seed", range(STATES))
def test_random_states_render(seed):
    query = random_query(random.Random(seed))
    assert_whole(drawn(query), query)
    state, _ = from_query(ATLAS, query)
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
