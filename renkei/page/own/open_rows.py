"""The rows of an own file that are not on the map: why, and a choice where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.gazetteer import display_name
from renkei.exchange.own_table import OUTCOME_NAMES, SHOWN
from renkei.page.data_table import data_table
from renkei.present.markdown import plain
from renkei.present.words import word

if TYPE_CHECKING:
    from renkei.exchange.own_table import OwnTable, PreviewRow
    from renkei.page.own.session import OwnFile, OwnFiles
    from renkei.present.words import Language

MOST_CHOICES = 30
"""So many rows that are left to decide are shown with a choice; the others follow once these are decided."""
MOST_LISTED = 200


def open_rows(own: OwnFiles, each: OwnFile, table: OwnTable, language: Language) -> None:
    """Draw choices for the rows with candidates, and the list of all that are left."""
    left = [row for row in table.rows if row.outcome not in SHOWN]
    if not left:
        return
    st.markdown(f"**{plain(word('own_open', language, n=len(left)))}**")
    for row in [row for row in left if row.candidates][:MOST_CHOICES]:
        key = f"own-choice-{each.number}-{row.key}"
        st.selectbox(
            plain(f"{row.number}　{row.written[:60]}　{row.reason}"),
            ["", *row.candidates],
            key=key,
            format_func=lambda code: display_name(code) if code else word("own_choose", language),
            on_change=_take_decision,
            args=(own, each, row, key),
        )
    at = 1 if language == "en" else 0
    shown = [(str(row.number), row.written, OUTCOME_NAMES[row.outcome][at], row.reason) for row in left[:MOST_LISTED]]
    heads = [word(f"own_{key}", language) for key in ("row", "written", "outcome", "reason")]
    data_table(pd.DataFrame(shown, columns=heads), key=f"own-left-{each.number}")


def _take_decision(own: OwnFiles, each: OwnFile, row: PreviewRow, key: str) -> None:
    if code := str(st.session_state[key]):
        each.decisions[row.key] = code
        each.read()
        own.changed()
