"""What is dated of a town or a theme, in the order of time; a plan beside what came of it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from renkei.present.case_time import timeline
from renkei.present.markdown import plain
from renkei.present.words import word

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.present.case_time import Moment
    from renkei.present.words import Language


def timeline_view(atlas: Atlas, language: Language, *, code: str = "", theme: str = "") -> None:
    """Draw the line, folded, with how much is on it; nothing where nothing is dated."""
    found = timeline(atlas, code, theme, language)
    if not found.moments:
        return
    with st.expander(f"{plain(word('timeline', language))} {len(found.moments)}"):
        st.html(f'<ol class="rk-line">{"".join(_moment(each) for each in found.moments)}</ol>')
        for pair in found.pairs:
            planned, reached = pair.planned, pair.reached
            st.markdown(
                f"**{plain(pair.label)}**　{plain(planned.label)} {plain(planned.text)}"
                f"（{plain(planned.when)}） → **{plain(reached.text)}**（{plain(reached.when)}）"
            )


def _moment(each: Moment) -> str:
    """Return one thing on the line; what is no fact has an open mark and says what it is."""
    label = f"<em>{escape(each.label)}</em> " if each.label else ""
    return (
        f'<li class="rk-{each.nature}" title="{escape(each.source)}"><time>{escape(each.when)}</time>'
        f"<span>{label}{escape(each.text)}</span></li>"
    )
