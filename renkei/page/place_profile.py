"""The profile of a place: people over time, where its figures stand, and the A4 page for the meeting."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from renkei.analysis.place import GLANCE, place
from renkei.present.analysis_words import analysis_word
from renkei.present.indicator_classes import formatted_values, title_of
from renkei.present.markdown import plain
from renkei.present.words import dated

if TYPE_CHECKING:
    from renkei.analysis.place import Place
    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState
    from renkei.present.words import Language

COLOURS = ("#c2410c", "#2563b0", "#5b6672")
MOST_CHARACTERS = 24


def place_profile(atlas: Atlas, state: PageState) -> None:
    """Draw the profile of the chosen municipality."""
    language = state.language
    found = place(atlas, state.code)
    st.html(
        '<div class="rk-share-group"><button type="button" class="rk-act" data-output="place.pdf">'
        f"{escape(analysis_word('a4_place', language))}</button></div>"
    )
    _people(found, language)
    _standings(atlas, found, language)


def _people(found: Place, language: Language) -> None:
    import altair as alt  # noqa: PLC0415 - seconds to import, for a chart

    years = {int(year): int(people) for year, people in found.population.items()}
    if not years:
        return
    frame = pd.DataFrame({"year": list(years), "people": list(years.values())})
    year, people = analysis_word("year", language), analysis_word("people", language)
    chart = (
        alt.Chart(frame, title=alt.Title(people, fontSize=12, anchor="start"))
        .mark_line(point=alt.OverlayMarkDef(color=COLOURS[0], size=28), color=COLOURS[0])
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("people:Q", title=None, axis=alt.Axis(format=",d", tickCount=4)),
            tooltip=[alt.Tooltip("year:O", title=year), alt.Tooltip("people:Q", title=people, format=",d")],
        )
    )
    st.altair_chart(chart, width="stretch", height=170)


def _standings(atlas: Atlas, found: Place, language: Language) -> None:
    """Draw a strip for each figure of the glance: its percentile in the country, the prefecture and among its peers."""
    import altair as alt  # noqa: PLC0415 - seconds to import, for a chart

    scopes = {scope: analysis_word(scope, language) for scope in ("country", "prefecture", "peers")}
    rows = []
    for identifier in (each for told in GLANCE.values() for each in told if each in found.indicators):
        chosen, standing = atlas.indicator(identifier), found.indicators[identifier]
        title = title_of(chosen, language)
        (value,) = formatted_values(chosen, pd.Series([standing.value], dtype=float), language)
        when = dated(standing.date, standing.flag, language)
        for scope, name in scopes.items():
            rank = getattr(standing, scope)
            if rank is not None:
                rows.append((title[:MOST_CHARACTERS], name, rank, f"{title} {value}", when))
    frame = pd.DataFrame(rows, columns=["figure", "scope", "rank", "value", "date"])
    percentile = analysis_word("percentile", language)
    labels = alt.Axis(labelLimit=170, labelOverlap=False, labelFontSize=11)
    chart = (
        alt.Chart(frame, title=alt.Title(analysis_word("standing", language), fontSize=12, anchor="start"))
        .mark_point(filled=True, size=60, opacity=0.9)
        .encode(
            x=alt.X("rank:Q", title=None, axis=alt.Axis(tickCount=4), scale=alt.Scale(domain=[0, 100])),
            y=alt.Y("figure:N", title=None, sort=None, axis=labels),
            color=alt.Color(
                "scope:N",
                title=None,
                sort=None,
                scale=alt.Scale(domain=list(scopes.values()), range=list(COLOURS)),
                legend=alt.Legend(orient="top", direction="vertical", labelFontSize=11),
            ),
            shape=alt.Shape("scope:N", title=None, sort=None, scale=alt.Scale(domain=list(scopes.values()))),
            tooltip=[
                alt.Tooltip("value:N", title=" "),
                alt.Tooltip("date:N", title=" "),
                alt.Tooltip("scope:N", title=" "),
                alt.Tooltip("rank:Q", title=percentile, format=".0f"),
            ],
        )
    )
    st.altair_chart(chart, width="stretch", height=460)
    st.caption(plain(analysis_word("standing_lead", language)))
