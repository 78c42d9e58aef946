"""A theme: what was tried, how far, what was hard, what worked; cases side by side; what is sought and offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from layers.themes import THEMES
from renkei.page.data_table import data_table, harmless
from renkei.page.timeline_view import timeline_view
from renkei.present.case_comparison import compare_cases
from renkei.present.markdown import plain
from renkei.present.theme_page import theme_page
from renkei.present.words import word

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState
    from renkei.present.theme_page import ThemePage

MOST_TOLD = 12
MOST_COMPARED = 5


def theme_view(atlas: Atlas, state: PageState) -> None:
    """Draw the page of the theme that is filtered by, or of one that is chosen here."""
    language = state.language
    names = {each.name: each.name_en if language == "en" else each.name for each in THEMES}
    asked = next(iter(state.filters.themes), "脱炭素")
    theme = st.selectbox(
        word("theme", language),
        list(names),
        index=list(names).index(asked),
        key=f"theme-page-{asked}",
        format_func=lambda each: names[each],
    )
    page = theme_page(atlas, theme, language)
    st.caption(plain(word("theme_lead", language, n=len(page.cases), towns=page.municipalities)))
    _matrix(page, state)
    left, right = st.columns(2)
    for column, key, told in ((left, "theme_hard", page.hard), (right, "theme_worked", page.worked)):
        column.markdown(f"**{plain(word(key, language))}** {len(told)}")
        lines = [f"- {plain(each.text)}　:gray[:small[{plain(each.case.place)}]]" for each in told[:MOST_TOLD]]
        column.markdown("\n".join(lines) or plain(word("none_here", language)))
    timeline_view(atlas, language, theme=theme)
    _compare(atlas, page, state)
    _needs(atlas, theme, state)


def _matrix(page: ThemePage, state: PageState) -> None:
    if not page.matrix:
        return
    table: dict[str, list[Any]] = {word("theme_means", state.language): [row.means for row in page.matrix]}
    table |= {stage: [str(len(row.cells[at]) or "") for row in page.matrix] for at, stage in enumerate(page.stages)}
    data_table(pd.DataFrame(table))


def _compare(atlas: Atlas, page: ThemePage, state: PageState) -> None:
    language = state.language
    labels = {each.id: f"{each.place}　{each.title}" for each in page.cases}
    chosen = st.multiselect(
        word("theme_compare", language),
        list(labels),
        max_selections=MOST_COMPARED,
        key="theme-compare",
        format_func=lambda each: labels.get(each, each),
        placeholder=word("theme_choose", language),
    )
    chosen = [each for each in chosen if each in labels]
    if len(chosen) < 2:  # noqa: PLR2004 - nothing to compare
        return
    found = compare_cases(atlas, tuple(chosen), language)
    frame = {"": [heading for heading, _ in found.rows]}
    for at, title in enumerate(found.titles):
        frame[f"{at + 1}. {title}"] = ["\n".join(cells[at]) for _, cells in found.rows]
    st.table(harmless(pd.DataFrame(frame)).set_index(""))


def _needs(atlas: Atlas, theme: str, state: PageState) -> None:
    language = state.language
    frame = atlas.needs_and_offers()
    own = frame[[theme in themes for themes in frame["themes"]]]
    st.markdown(f"**{plain(word('needs_offers', language))}** {len(own)}")
    data_table(
        pd.DataFrame(
            {
                word("needs_side", language): [word(f"needs_{side}", language) for side in own["side"]],
                word("needs_text", language): own["text"].to_numpy(),
                word("as_of", language): own["said_on"].to_numpy(),
                word("source", language): own["source"].to_numpy(),
            }
        ),
    )
