"""The panels below the map: the table twin of what is drawn, survey, where everything comes from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from geo.codes import PREFECTURES, PREFECTURES_EN, normalize_code
from geo.gazetteer import municipalities
from layers.evidence import document_label
from layers.tables import per_snapshot, rows
from layers.tie_kinds import TIE_KINDS
from renkei.analysis.prefecture_flows import flow_matrix, prefecture_flows
from renkei.browser.map_facts import case_place
from renkei.browser.map_state import shown
from renkei.exchange.geojson import CREDITS
from renkei.page.analysis_view import analysis_view
from renkei.page.choices import ask, choose
from renkei.page.data_table import data_table, harmless
from renkei.page.own.panel import own_view
from renkei.page.table_files import indicators_frame, panel_frame, told_indicators
from renkei.page.theme_view import theme_view
from renkei.paper.small_multiples import small_multiples
from renkei.present.chord import chord_svg
from renkei.present.coverage_layer import coverage_map
from renkei.present.indicator_classes import title_of
from renkei.present.markdown import plain
from renkei.present.page_state import MOST_TOWNS, PageState
from renkei.present.party_names import party_name
from renkei.present.source_names import cited, publisher_name
from renkei.present.words import dated, word

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.filters import Filters
    from renkei.atlas import Atlas
    from renkei.browser.map_state import Shown
    from renkei.present.words import Language

SIDE_BY_SIDE = 6
"""So many compared municipalities stand as columns; more, as rows."""
MOST_OFFERED = 8
"""So many indicators are offered where the painted one has a single date."""
_BY_PREFECTURE = re.compile(r"/[0-9]{2}\.")


def _table(frame: pd.DataFrame, key: str, named: list[str], chosen: str, take: Callable[[str], None]) -> None:
    """Draw a table in which a row is selected by the mouse or by the arrow keys.

    Parameters
    ----------
    frame
        The table.
    key
        Its key.
    named
        What each row chooses: a code, a pair, a bloc's id.
    chosen
        What is chosen on the page, on the map perhaps: its row is selected.
    take
        Chooses what a selected row names.
    """
    session = st.session_state
    session[f"{key}-named"] = named
    row = session.get(f"{key}-row")
    here = named[row] if row is not None and row < len(named) else ""
    if here != chosen and session.get(f"{key}-pointed") != chosen:
        row = named.index(chosen) if chosen in named else None
        session[key] = {"selection": {"rows": [] if row is None else [row], "columns": [], "cells": []}}
        session[f"{key}-row"] = row
    session[f"{key}-pointed"] = chosen
    st.dataframe(
        _short(harmless(frame)),
        hide_index=True,
        width="stretch",
        key=key,
        on_select=lambda: _take_row(key, take),
        selection_mode=["single-row", "single-cell"],
        column_config=_numbers(frame),
        placeholder="",
        height=min(420, 38 + 35 * max(len(frame), 1)),
    )


def _numbers(frame: pd.DataFrame) -> dict[str, Any]:
    """Have numbers written with their thousands apart."""
    return {
        str(name): st.column_config.NumberColumn(format="localized")
        for name, kind in frame.dtypes.items()
        if pd.api.types.is_numeric_dtype(kind)
    }


def _short(frame: pd.DataFrame) -> pa.Table:
    """Write texts with 4-byte offsets and without pandas' notes: a sixth less to send."""
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    kinds = (pa.string() if pa.types.is_large_string(kind) else kind for kind in table.schema.types)
    return table.cast(pa.schema(list(zip(table.column_names, kinds, strict=True))))


def _take_row(key: str, take: Callable[[str], None]) -> None:
    """Choose what a newly selected row names, before the page is drawn again."""
    session = st.session_state
    selection = session[key]["selection"]
    found = [int(row) for row, _ in selection["cells"]] or [int(row) for row in selection["rows"]]
    named = session[f"{key}-named"]
    row = found[0] if found and found[0] < len(named) else None
    if row is not None and row != session.get(f"{key}-row") and named[row]:
        take(named[row])
        session[f"{key}-pointed"] = named[row]
    session[f"{key}-row"] = row


def draw_panel(atlas: Atlas, state: PageState, left: Shown) -> None:
    """Draw the table that is pulled up; a row selects on the map, the map selects a row."""
    match state.panel:
        case "ties":
            ties_panel(atlas, state, left)
        case "networks":
            _fact_table(atlas, state, list(left.networks["id"]), state.network, lambda one: choose(network=one))
        case "blocs":
            _fact_table(atlas, state, list(left.blocs["id"]), state.bloc, lambda one: choose(bloc=one))
        case "indicators":
            indicators_panel(atlas, state, left)
        case "themes":
            theme_view(atlas, state)
        case "analysis":
            analysis_view(atlas, state, lambda: multiples_panel(atlas, state))
        case "own":
            own_view(atlas, state)
        case "sources":
            sources_panel(atlas, state)
        case _:
            codes = [case_place(row) for row in rows(left.cases)]
            _fact_table(atlas, state, codes, state.code, lambda one: choose(code=one))


def _fact_table(atlas: Atlas, state: PageState, named: list[str], chosen: str, take: Callable[[str], None]) -> None:
    if not named:
        st.info(word("none_in_table", state.language))
        return
    frame = _frame(atlas, state, state.panel, state.filters)
    _table(frame, f"table-{state.panel}", named, chosen, take)


def _frame(atlas: Atlas, state: PageState, panel: str, filters: Filters) -> pd.DataFrame:
    return _filtered_frame(atlas, panel, filters, state.language)


@per_snapshot(maxsize=64)
def _filtered_frame(atlas: Atlas, panel: str, filters: Filters, language: Language) -> pd.DataFrame:
    return panel_frame(atlas, PageState(language=language), shown(atlas, filters), panel)


def ties_panel(atlas: Atlas, state: PageState, left: Shown) -> None:
    """Draw the ties that the filters leave, and on demand their picture between prefectures."""
    ends = zip(left.ties["from_code"], left.ties["to_code"], strict=True)
    pairs = ["-".join(sorted(pair)) for pair in ends]
    _fact_table(atlas, state, pairs, state.pair, lambda pair: choose(pair=pair))
    if pairs and st.toggle(word("in_numbers", state.language), key="ties-picture"):
        matrix_panel(state, left)


def indicators_panel(atlas: Atlas, state: PageState, left: Shown) -> None:
    """Draw municipality × indicator: whose and which may be chosen; a few towns stand side by side."""
    language = state.language
    _table_choices(atlas, state)
    frame = indicators_frame(atlas, state, left)
    if state.towns and len(frame) <= SIDE_BY_SIDE:
        _side_by_side(frame, language)
        return
    st.caption(word("indicators_lead", language))
    named = [normalize_code(code) for code in frame[word("code", language)]]
    _table(frame, "table-indicators", named, state.code, lambda one: choose(code=one))


def _table_choices(atlas: Atlas, state: PageState) -> None:
    """Draw whose figures and which are told; what is chosen is part of the address, so that files tell the same."""
    language = state.language
    titles = {each.id: title_of(each, language) for each in atlas.indicators()}
    towns, columns = st.columns(2)
    session = st.session_state
    session["table-towns"] = state.towns.split("-") if state.towns else []
    session["table-columns"] = told_indicators(atlas, state)
    towns.multiselect(
        word("compare_towns", language),
        list(municipalities().index),
        key="table-towns",
        max_selections=MOST_TOWNS,
        format_func=lambda code: party_name(code, language),
        placeholder=word("compare_towns_none", language),
        on_change=lambda: ask(towns="-".join(session["table-towns"])),
    )
    columns.multiselect(
        word("indicators", language),
        list(titles),
        key="table-columns",
        format_func=lambda each: titles[each],
        placeholder=word("usual_indicators", language),
        on_change=lambda: ask(columns="-".join(session["table-columns"])),
    )


def _side_by_side(frame: pd.DataFrame, language: Language) -> None:
    """Draw a few municipalities as columns, what is told of them as rows."""
    place = word("place", language)
    written = frame.set_index(place).map(_written).T
    st.dataframe(
        harmless(written), width="stretch", placeholder="", height=38 + 35 * len(written), key="table-side-by-side"
    )


def _written(value: object) -> str:
    """Write a cell as text, so that columns of unlike figures can stand together."""
    if value is None or value != value:  # noqa: PLR0124 - NaN
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def matrix_panel(state: PageState, left: Shown) -> None:
    """Draw the ties that the filters leave prefecture by prefecture: a matrix and a chord picture."""
    import altair as alt  # noqa: PLC0415 - seconds to import, for a chart

    language = state.language
    english = language == "en"
    flows = prefecture_flows(left.ties)
    if not len(flows):
        st.info(word("no_ties", language))
        return
    codes, matrix = flow_matrix(flows)
    names = PREFECTURES_EN if english else PREFECTURES
    order = [names[code] for code in codes]
    kinds = {each.id: each.name_en if english else each.name for each in TIE_KINDS}
    of_pair = flows.assign(text=flows["family"].map(kinds) + " " + flows["count"].astype(str))
    texts = of_pair.groupby(["first", "second"])["text"].agg("、".join)
    cells = [
        {
            "first": order[i],
            "second": order[j],
            "count": int(matrix[i, j]),
            "kinds": texts.loc[min(codes[i], codes[j]), max(codes[i], codes[j])],
        }
        for i in range(len(codes))
        for j in range(len(codes))
        if matrix[i, j]
    ]
    tooltip = [
        alt.Tooltip("first:N", title=word("prefecture", language)),
        alt.Tooltip("second:N", title=word("partner", language)),
        alt.Tooltip("count:Q", title=word("ties", language)),
        alt.Tooltip("kinds:N", title=word("kinds", language)),
    ]
    base = alt.Chart(pd.DataFrame(cells)).encode(
        x=alt.X("second:N", sort=order, title=None, axis=alt.Axis(labelAngle=-60, orient="top", labelOverlap=False)),
        y=alt.Y("first:N", sort=order, title=None, axis=alt.Axis(labelOverlap=False)),
        tooltip=tooltip,
    )
    fill = base.mark_rect().encode(
        color=alt.Color("count:Q", scale=alt.Scale(scheme="oranges", type="sqrt"), title=word("ties", language))
    )
    number = base.mark_text(fontSize=10).encode(
        text="count:Q", color=alt.condition("datum.count > 8", alt.value("#ffffff"), alt.value("#1f2a36"))
    )
    st.caption(word("matrix_lead", language, n=len(left.ties)))
    first, second = st.columns([1.25, 1])
    first.altair_chart((fill + number).properties(height=max(240, 17 * len(codes) + 90)), width="stretch")
    second.image(chord_svg(codes, matrix, language), width="stretch")


def multiples_panel(atlas: Atlas, state: PageState) -> None:
    """Draw the background indicator at each of its dates, with the same breaks."""
    language = state.language
    chosen = atlas.indicator(state.indicator_id)
    if len(chosen.dates) == 1 or chosen.kind != "number":
        st.info(word("one_date", language))
        _series_offered(atlas, language)
        return
    title = chosen.title_en if language == "en" else chosen.title
    st.caption(plain(f"{title}　{word('source', language)}：{cited(chosen, language)}"))
    st.image(small_multiples(atlas, chosen.id, language), width="stretch")
    st.caption(word("multiples_note", language))


def _series_offered(atlas: Atlas, language: Language) -> None:
    """Offer the common indicators of several dates, one press away."""
    several = [each for each in atlas.indicators() if each.kind == "number" and len(each.dates) > 1]
    with st.container(horizontal=True):
        for each in several[:MOST_OFFERED]:
            label = f"{plain(title_of(each, language))} {len(each.dates)}"
            st.button(
                label, key=f"series-{each.id}", on_click=ask, kwargs={"indicator_id": each.id, "date": each.dates[-1]}
            )


def completeness_table(atlas: Atlas, language: Language) -> None:
    """Say how much of what is known to exist is held."""
    english = language == "en"
    frame = atlas.completeness()
    st.markdown(f"**{word('completeness', language)}**")
    st.caption(word("completeness_lead", language))
    st.image(coverage_map(atlas, language), width=640)
    data_table(
        pd.DataFrame(
            {
                word("name", language): frame["name_en" if english else "name"],
                word("held", language): frame["held"],
                word("known", language): [
                    f"{int(row['known']):,}（{'、'.join(filter(None, (row['known_by'], row['known_on'])))}）"
                    if row["known"]
                    else word("unknown_total", language)
                    for row in rows(frame)
                ],
                word("municipalities", language): frame["held_municipalities"],
                word("missing", language): frame["missing_en" if english else "missing"],
            }
        ),
    )


def survey_table(atlas: Atlas, state: PageState) -> None:
    """Draw the survey's tables: figures about programmes, not about places."""
    language = state.language
    st.caption(word("survey", language))
    names = {
        "table": "question",
        "item": "item",
        "column": "answer",
        "value": "value",
        "unit": "unit",
        "source": "source",
        "evidence": "evidence",
    }
    frame = atlas.survey().rename(columns={column: word(key, language) for column, key in names.items()})
    data_table(frame)


def sources_panel(atlas: Atlas, state: PageState) -> None:
    """Draw where every figure and fact comes from, with date, licence, coverage and gaps."""
    language = state.language
    completeness_table(atlas, language)
    survey_table(atlas, state)
    columns = {word("address", language): st.column_config.LinkColumn(display_text=r"https?://([^/]+)")}
    for key, frame in (
        ("documents", _documents(atlas, language)),
        ("indicators", _indicators(atlas, language)),
        ("tables", _tables(atlas, language)),
    ):
        st.markdown(f"**{word(key, language)}** {len(frame):,}")
        data_table(frame, column_config=columns)
    st.markdown(f"**{word('credits', language)}**")
    st.caption("  \n".join(plain(credit) for credit in CREDITS))
    st.caption(plain(word("offline", language)))


def _documents(atlas: Atlas, language: Language) -> pd.DataFrame:
    """Return the documents as evidence names them: 資料 and its number."""
    known = atlas.documents()
    return pd.DataFrame(
        {
            word("evidence", language): [document_label(str(number)) for number in known.index],
            word("name", language): known["title"].to_numpy(),
            word("publisher", language): [publisher_name(each, language) for each in known["publisher"]],
            word("published", language): [dated(date, "", language) for date in known["published"]],
            word("lines", language): known["lines"].to_numpy(),
            "SHA-256": known["sha256"].to_numpy(),
        }
    )


@per_snapshot()
def _indicators(atlas: Atlas, language: Language) -> pd.DataFrame:
    english = language == "en"
    known = atlas.indicators()
    return pd.DataFrame(
        {
            word("indicators", language): [each.title_en if english else each.title for each in known],
            word("unit", language): [each.unit_en if english else each.unit for each in known],
            word("as_of", language): [
                " – ".join(dated(date, each.flag(date), language) for date in sorted({each.dates[0], each.dates[-1]}))
                for each in known
            ],
            word("published", language): [
                each.published_text(each.dates[-1], english=language == "en") for each in known
            ],
            word("coverage", language, n="n"): [each.coverage for each in known],
            word("gaps", language): [each.gaps for each in known],
            word("definition", language): [each.definition for each in known],
            word("source", language): [cited(each, language) for each in known],
            word("address", language): [each.source_url for each in known],
            word("licence", language): [each.licence for each in known],
        }
    )


@per_snapshot()
def _tables(atlas: Atlas, language: Language) -> pd.DataFrame:
    """Return the tables of ``data/``; those by prefecture, all alike, as one."""
    found: dict[str, dict[str, Any]] = {}
    for each in atlas.status():
        name = _BY_PREFECTURE.sub("/*.", each["table"])
        if name in found:
            found[name]["rows"] += each["rows"]
            found[name]["sound"] &= each["checksum_ok"]
        else:
            found[name] = {**each, "table": name, "sound": each["checksum_ok"]}
    known = list(found.values())
    return pd.DataFrame(
        {
            word("file", language): [each["table"] for each in known],
            word("rows", language): [each["rows"] for each in known],
            word("as_of", language): [dated(each["as_of"], "", language) for each in known],
            word("source", language): [f"{each['publisher']}「{each['source']}」" for each in known],
            word("licence", language): [each["licence"] for each in known],
            word("checksum", language): [word("sound" if each["sound"] else "damaged", language) for each in known],
        }
    )
