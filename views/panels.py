"""The panels below the map: the table twin of what is drawn, survey, where everything comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from exchange.geojson import CREDITS
from layers.catalog import indicators
from layers.evidence import documents
from layers.survey import survey
from views.choices import choose
from views.markdown import plain
from views.place import party_name
from views.words import japanese_date, word

if TYPE_CHECKING:
    from views.map_state import Shown
    from views.page_state import PageState


def _chosen_row(frame: pd.DataFrame, key: str, columns: dict[str, str]) -> int | None:
    answer = st.dataframe(
        frame,
        hide_index=True,
        width="stretch",
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        column_config=columns,
        height=min(420, 38 + 35 * max(len(frame), 1)),
    )
    rows = answer["selection"]["rows"]
    return rows[0] if rows and rows[0] < len(frame) else None


def _take_row(key: str, row: int | None, codes: list[str], pairs: list[str] | None = None) -> None:
    """Choose the municipality or pair of a newly selected row; selecting it again changes nothing."""
    if row == st.session_state.get(f"{key}-taken"):
        return
    st.session_state[f"{key}-taken"] = row
    if row is None:
        return
    if pairs is not None:
        choose(pair=pairs[row])
    elif codes[row]:
        choose(codes[row], fly=True)
    st.rerun()


def cases_table(state: PageState, left: Shown) -> None:
    """Draw the cases that the filters leave; selecting a row selects on the map."""
    language = state.language
    frame = left.cases
    places = [
        "、".join(party_name(code, language) for code in members) or party_name(f"{prefectures[0]}000", language)
        for members, prefectures in zip(frame["member_codes"], frame["prefecture_codes"], strict=True)
    ]
    table = pd.DataFrame(
        {
            word("place", language): places,
            word("theme", language): ["・".join(each) for each in frame["themes"]],
            word("name", language): frame["title"].to_numpy(),
            word("organisation", language): frame["organisation"].to_numpy(),
            word("role", language): frame["role"].to_numpy(),
            word("kind", language): frame["kind"].to_numpy(),
            word("year", language): frame["fiscal_year"].to_numpy(),
            word("evidence", language): frame["evidence"].to_numpy(),
        }
    )
    row = _chosen_row(table, "table-cases", {})
    _take_row("table-cases", row, [members[0] if members else "" for members in frame["member_codes"]])


def ties_table(state: PageState, left: Shown) -> None:
    """Draw the ties that the filters leave."""
    language = state.language
    frame = left.ties
    dates = frame["since"] if language == "en" else frame["since"].map(japanese_date)
    table = pd.DataFrame(
        {
            word("place", language): [party_name(code, language) for code in frame["from_code"]],
            word("partner", language): [party_name(code, language) for code in frame["to_code"]],
            word("kind", language): frame["kind"].to_numpy(),
            word("since", language): dates.to_numpy(),
            word("evidence", language): frame["evidence"].to_numpy(),
            word("explicit", language): [
                word("explicit" if strength == "explicit" else "inferred", language) for strength in frame["strength"]
            ],
        }
    )
    row = _chosen_row(table, "table-ties", {})
    pairs = ["-".join(sorted(ends)) for ends in zip(frame["from_code"], frame["to_code"], strict=True)]
    _take_row("table-ties", row, [], pairs)


def blocs_table(state: PageState, left: Shown) -> None:
    """Draw the blocs that the filters leave."""
    language = state.language
    frame = left.blocs
    table = pd.DataFrame(
        {
            word("name", language): frame["name"].to_numpy(),
            word("members", language): [
                "、".join(party_name(code, language) for code in members) for members in frame["member_codes"]
            ],
            word("representative", language): frame["representative"].to_numpy(),
            word("theme", language): ["・".join(each) for each in frame["themes"]],
            word("since", language): [each if language == "en" else japanese_date(each) for each in frame["since"]],
            word("evidence", language): frame["evidence"].to_numpy(),
        }
    )
    row = _chosen_row(table, "table-blocs", {})
    _take_row("table-blocs", row, [members[0] for members in frame["member_codes"]])


def survey_table(state: PageState) -> None:
    """Draw the survey's tables: figures about programmes, not about places."""
    st.caption(word("survey", state.language))
    st.dataframe(survey(), hide_index=True, width="stretch")


def sources_panel(state: PageState) -> None:
    """Draw where every figure and fact comes from, with date, licence, coverage and gaps."""
    language = state.language
    english = language == "en"
    st.dataframe(
        documents().reset_index(drop=True),
        hide_index=True,
        width="stretch",
    )
    st.dataframe(
        pd.DataFrame(
            {
                word("indicator", language): [each.title_en if english else each.title for each in indicators()],
                word("as_of", language): [
                    each.dates[-1] if len(each.dates) == 1 else f"{each.dates[0]} – {each.dates[-1]}"
                    for each in indicators()
                ],
                word("coverage", language, n="n"): [each.coverage for each in indicators()],
                word("definition", language): [each.definition for each in indicators()],
                word("source", language): [f"{each.publisher}：{each.source}" for each in indicators()],
                word("licence", language): [each.licence for each in indicators()],
                word("gaps", language): [each.gaps for each in indicators()],
            }
        ),
        hide_index=True,
        width="stretch",
    )
    st.markdown(f"**{word('credits', language)}**")
    st.caption("  \n".join(plain(credit) for credit in CREDITS))
    st.caption(plain(word("offline", language)))
