"""The figures of a place beside its prefecture and the country, each with its date; the source one ⓘ away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.codes import PREFECTURES, PREFECTURES_EN, prefecture_of
from geo.gazetteer import municipalities
from layers.tables import per_snapshot
from renkei.analysis.series import series_beside
from renkei.page.place_facts import line
from renkei.present.indicator_classes import formatted_values, no_data_word, title_of
from renkei.present.markdown import plain
from renkei.present.party_names import party_name
from renkei.present.source_names import cited
from renkei.present.words import dated, word

if TYPE_CHECKING:
    from layers.catalog import Indicator
    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState
    from renkei.present.words import Language


@per_snapshot()
def _median(atlas: Atlas, identifier: str, date: str, prefecture: str) -> float:
    series = atlas.values(identifier, date)
    if prefecture:
        series = series[series.index.str.startswith(prefecture)]
    return float(series.median())


def indicator_lines(atlas: Atlas, code: str, state: PageState) -> None:
    """Draw the painted indicator with its course, and the headline figures."""
    language = state.language
    english = language == "en"
    position = list(municipalities().index).index(code)
    chosen = state.indicator_id
    for each in sorted(_headline_indicators(atlas, chosen), key=lambda item: item.id != chosen):
        date = state.date if each.id == chosen else each.dates[-1]
        text = _value_text(atlas, each, date, position, language) or no_data_word(each, language)
        title = title_of(each, language)
        when = dated(date, each.flag(date), language)
        small = plain(when)
        about = plain(f"{word('source', language)}：{cited(each, language)}　{each.definition}")
        if each.kind == "number" and each.id == chosen:
            prefecture = prefecture_of(code)
            name = PREFECTURES_EN[prefecture] if english else PREFECTURES[prefecture]
            for label, where in (
                (word("compare_prefecture", language, prefecture=name), prefecture),
                (word("compare_country", language), ""),
            ):
                unit = each.unit_en if english else each.unit
                median = signed(f"{_median(atlas, each.id, date, where):,.{each.decimals}f} {unit}")
                small += f"  \n{plain(label)} {plain(median)}"
        line(f"{plain(title)}　**{plain(text)}**", small, about)
        if each.id == chosen and len(each.dates) > 2:  # noqa: PLR2004 - two dates are no course
            _series_chart(atlas, code, each, language)


def _series_chart(atlas: Atlas, code: str, each: Indicator, language: Language) -> None:
    """Draw the indicator over time beside the prefecture and the country."""
    import altair as alt  # noqa: PLC0415 - seconds to import, for a chart

    frame, counted = series_beside(atlas, code, each.id)
    if frame["own"].notna().sum() < 2:  # noqa: PLR2004 - nothing to draw
        return
    prefecture = (PREFECTURES_EN if language == "en" else PREFECTURES)[prefecture_of(code)]
    names = {"own": party_name(code, language)}
    if counted:
        names |= {
            "prefecture": word("series_prefecture", language, prefecture=prefecture),
            "country": word("series_country", language),
        }
    else:
        names |= {
            "prefecture": word("compare_prefecture", language, prefecture=prefecture),
            "country": word("compare_country", language),
        }
    long = (
        frame.rename(columns=names).rename_axis("date").reset_index().melt("date", var_name="who", value_name="value")
    )
    start = frame["own"].first_valid_index() or ""
    title = (
        word("series_index", language, start=str(start)[:4])
        if counted
        else word("series_value", language, unit=each.unit)
    )
    chart = (
        alt.Chart(long.dropna(), title=alt.Title(title, fontSize=12, anchor="start"))
        .mark_line(point=alt.OverlayMarkDef(size=28))
        .encode(
            x=alt.X("date:O", title=None, axis=alt.Axis(labelExpr="slice(datum.label, 0, 4)", labelAngle=0)),
            y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=False)),
            color=alt.Color(
                "who:N",
                sort=list(names.values()),
                scale=alt.Scale(domain=list(names.values()), range=["#0f6b5c", "#d0701e", "#7d8791"]),
                legend=alt.Legend(title=None, orient="bottom", direction="vertical", labelLimit=260),
            ),
            strokeDash=alt.StrokeDash("who:N", sort=list(names.values()), legend=None),
            tooltip=[
                alt.Tooltip("who:N", title=word("name", language)),
                alt.Tooltip("date:O", title=word("date", language)),
                alt.Tooltip("value:Q", title=word("value", language), format=",.1f"),
            ],
        )
    )
    st.altair_chart(chart, width="stretch", height=280)


HEADLINE = (
    "census_population",
    "population_change_2020_2050",
    "fit_solar_kw_per_1000",
    "decarbonization_leading_area",
    "online_rate_32",
    "mynumber_issue_rate",
)
"""Shown for every municipality; the rest of the catalog is one choice away."""


def _headline_indicators(atlas: Atlas, chosen: str) -> list[Indicator]:
    return [each for each in atlas.indicators() if each.id in HEADLINE or each.id == chosen]


def _value_text(atlas: Atlas, each: Indicator, date: str, position: int, language: Language) -> str | None:
    text = _formatted(atlas, each, date, language)[position]
    return signed(text) if text else text


@per_snapshot()
def _formatted(atlas: Atlas, each: Indicator, date: str, language: Language) -> list[str | None]:
    return formatted_values(each, atlas.values(each.id, date), language)


def figure_text(atlas: Atlas, identifier: str, code: str, language: Language) -> str:
    """Return the written newest figure of a place; "–" where there is none."""
    chosen = atlas.indicator(identifier)
    position = list(municipalities().index).index(code)
    return signed(_formatted(atlas, chosen, chosen.dates[-1], language)[position] or "–")


def signed(text: str) -> str:
    """Write a figure with a minus sign, as the legend does.

    Examples
    --------
    >>> signed("-37.8%"), signed("4,472人")
    ('−37.8%', '4,472人')
    """
    return f"\N{MINUS SIGN}{text[1:]}" if text.startswith("-") else text
