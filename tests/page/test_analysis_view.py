"""The panel of analyses: each view is drawn or says why not, whatever indicator and theme are chosen."""

from __future__ import annotations

import sys

import pytest
from streamlit.testing.v1 import AppTest

from renkei.page.analysis_view import VIEWS


def draw(view: str, query: dict[str, list[str]]) -> None:
    import streamlit as st  # noqa: PLC0415 - the script of a page runs by itself

    from renkei.page.analysis_view import analysis_view  # noqa: PLC0415
    from renkei.present.page_state import from_query  # noqa: PLC0415
    from tests.shared_atlas import ATLAS as atlas  # noqa: N811, PLC0415

    st.session_state["analysis-view"] = view
    state, _ = from_query(atlas, query)
    analysis_view(atlas, state, lambda: st.caption("small maps"))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"indicator": ["online_procedure_06"], "theme": ["防災"], "lang": ["en"]},
        {"prefecture": ["13"], "theme": ["行財政・組織改革"], "text": ["ありえない語"]},
    ],
)
def test_every_view_is_drawn_or_says_why_not(view, query):
    page = AppTest.from_function(draw, kwargs={"view": view, "query": query}, default_timeout=60).run()
    assert not page.exception
    assert page.caption or page.info


def test_an_indicator_without_differences_has_no_clusters_and_says_so():
    page = AppTest.from_function(draw, kwargs={"view": "spots", "query": {"indicator": ["online_procedure_06"]}}).run()
    assert not page.exception
    assert "足りず" in page.info[0].value


def test_without_spatial_statistics_it_says_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "esda", None)
    # An indicator whose clusters no other test has measured: they are kept.
    page = AppTest.from_function(draw, kwargs={"view": "spots", "query": {"indicator": ["share_75"]}}).run()
    assert not page.exception
    assert "追加の部品" in page.info[0].value
