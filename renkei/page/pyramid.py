"""The age pyramid on the card: a picture with its words, its date and source below."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from layers.age_groups import SOURCE
from renkei.present.age_pyramid import age_pyramid, pyramid_in_words
from renkei.present.markdown import plain
from renkei.present.words import japanese_date, word

if TYPE_CHECKING:
    from layers.age_groups import AgeGroups
    from renkei.present.words import Language


def draw_pyramid(groups: AgeGroups, language: Language) -> None:
    """Draw people by sex and five-year age group."""
    # As an image: ``st.html`` lets no SVG through; the words are its alternative text.
    picture = b64encode(age_pyramid(groups, language).encode()).decode()
    st.markdown(f"##### {plain(word('pyramid', language))}")
    st.html(
        f'<img class="rk-pyramid" src="data:image/svg+xml;base64,{picture}" '
        f'alt="{escape(pyramid_in_words(groups, language))}">'
    )
    date = japanese_date(groups.date) if language == "ja" else groups.date
    told = f"{date}　{word('source', language)}：{SOURCE}"
    if groups.unlisted:
        told += "　" + word("pyramid_unlisted", language, n=f"{groups.unlisted:,}")
    st.caption(plain(told))
