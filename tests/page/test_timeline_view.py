"""The line of what is dated, drawn: every moment of a town and of a theme, texts as texts."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from renkei.present.case_time import timeline
from tests.shared_atlas import ATLAS


def draw(code: str, theme: str, language: str) -> None:
    from renkei.page.timeline_view import timeline_view  # noqa: PLC0415 - the script of a page runs by itself
    from tests.shared_atlas import ATLAS as atlas  # noqa: N811, PLC0415

    timeline_view(atlas, language, code=code, theme=theme)


@pytest.mark.parametrize(("code", "theme", "language"), [("01633", "", "ja"), ("", "脱炭素", "en")])
def test_every_moment_is_drawn(code, theme, language):
    page = AppTest.from_function(draw, kwargs={"code": code, "theme": theme, "language": language}).run()
    assert not page.exception
    found = timeline(ATLAS, code, theme, language)
    (fold,) = page.expander
    assert str(len(found.moments)) in fold.label
    html = page.get("html")[0].proto.body
    assert html.count("<li ") == len(found.moments) > 0
    for each in found.moments:
        assert f"rk-{each.nature}" in html


def test_nothing_dated_draws_nothing():
    page = AppTest.from_function(draw, kwargs={"code": "13402", "theme": "", "language": "ja"}).run()
    assert not page.exception
    assert not page.expander
