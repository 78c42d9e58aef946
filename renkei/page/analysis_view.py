"""The panel of analyses: small maps, gaps, clusters, the network of ties, how far the nearest case is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.codes import PREFECTURES_EN
from geo.errors import InvalidFilterError
from layers.tables import per_snapshot
from layers.themes import THEMES
from renkei.analysis.gaps import NEED, need_without_case, theme_by_prefecture
from renkei.analysis.nearest_facts import distance_to_nearest
from renkei.analysis.spatial_patterns import moran
from renkei.analysis.tie_network import tie_network
from renkei.browser.map_state import shown
from renkei.page.choices import choose
from renkei.page.data_table import data_table
from renkei.page.network_chart import network_chart
from renkei.page.partner_view import indicator_titles
from renkei.paper.kinds_map import kinds_map
from renkei.present.analysis_words import analysis_word
from renkei.present.indicator_classes import title_of
from renkei.present.markdown import plain
from renkei.present.party_names import party_name
from renkei.present.words import dated, word

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.filters import Filters
    from renkei.analysis.spatial_patterns import Moran
    from renkei.analysis.tie_network import TieNetwork
    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState
    from renkei.present.words import Language

VIEWS = ("multiples", "gaps", "spots", "network", "nearest")
CLUSTERS = ("hot", "cold", "high_low", "low_high")
COLOURS = {
    "hot": "#c2410c",
    "cold": "#2563b0",
    "high_low": "#f2a679",
    "low_high": "#9cc3ea",
    "none": "#f4f1ea",
    "no_data": "#c9cdd2",
}
"""Kind of cluster → colour: orange where values are high, blue where they are low; told apart without colour sight."""
MOST_BUTTONS = 12
MOST_ROWS = 300


def analysis_view(atlas: Atlas, state: PageState, multiples: Callable[[], None]) -> None:
    """Draw the analysis that is chosen; ``multiples`` draws the small maps."""
    language = state.language
    chosen = st.segmented_control(
        word("panel_analysis", language),
        VIEWS,
        key="analysis-view",
        default="multiples",
        required=True,
        label_visibility="collapsed",
        format_func=lambda each: analysis_word(f"view_{each}", language),
    )
    draw: dict[str, Callable[[], None]] = {
        "multiples": multiples,
        "gaps": lambda: _gaps(atlas, state),
        "spots": lambda: _spots(atlas, state),
        "network": lambda: _network(atlas, state),
        "nearest": lambda: _nearest(atlas, state),
    }
    try:
        draw[chosen or "multiples"]()
    except InvalidFilterError as error:
        # Too few values, no record of a theme: the message says why, in Japanese.
        st.info(plain(str(error) if language == "ja" else analysis_word("not_possible", language)))


def _theme(state: PageState, key: str) -> str:
    names = {each.name: each.name_en if state.language == "en" else each.name for each in THEMES}
    asked = next(iter(state.filters.themes), "DX")
    return st.selectbox(
        word("theme", state.language),
        list(names),
        index=list(names).index(asked),
        key=f"{key}-{asked}",
        format_func=lambda each: names[each],
    )


def _buttons(codes: list[str], key: str, language: Language) -> None:
    """Draw one button a municipality: a press chooses it on the map."""
    columns = st.columns(3)
    for at, code in enumerate(codes[:MOST_BUTTONS]):
        label = f"{plain(party_name(code, language))}　›"
        columns[at % 3].button(label, key=f"{key}-{code}", on_click=choose, kwargs={"code": code}, type="tertiary")


def _gaps(atlas: Atlas, state: PageState) -> None:
    language = state.language
    counts = theme_by_prefecture(atlas)
    if language == "en":
        counts["prefecture"] = counts["prefecture_code"].map(PREFECTURES_EN)
        counts["theme"] = counts["theme"].map({each.name: each.name_en for each in THEMES})
    table = counts.pivot_table(index="prefecture", columns="theme", values="cases", aggfunc="sum")
    table = table.loc[counts["prefecture"].drop_duplicates(), counts["theme"].drop_duplicates()]
    st.caption(plain(analysis_word("gaps_lead", language)))
    shown = table.reset_index().rename(columns={"prefecture": word("prefecture", language)})
    data_table(shown, height=300)
    _need(atlas, state)


def _need(atlas: Atlas, state: PageState) -> None:
    language = state.language
    theme = _theme(state, "need-theme")
    by = [each for each in NEED.get(theme, {}) if each in {one.id for one in atlas.indicators()}]
    if not by:
        st.info(plain(analysis_word("need_none", language, theme=theme)))
        return
    found = need_without_case(atlas, theme, prefectures=state.filters.prefectures)
    titles = indicator_titles(atlas, by, language)
    st.caption(plain(analysis_word("need_lead", language, theme=theme, n=len(found), by="、".join(titles))))
    rows = {
        analysis_word("place", language): [party_name(each.code, language) for each in found[:MOST_ROWS]],
        analysis_word("need", language): [each.need for each in found[:MOST_ROWS]],
    }
    for indicator, title in zip(by, titles, strict=True):
        rows[title] = [each.figures[indicator] for each in found[:MOST_ROWS]]
    rows[analysis_word("challenges", language)] = [each.challenges for each in found[:MOST_ROWS]]
    data_table(pd.DataFrame(rows), height=300)
    _buttons([each.code for each in found], "need", language)


def _spots(atlas: Atlas, state: PageState) -> None:
    language = state.language
    chosen = atlas.indicator(state.indicator_id)
    if chosen.kind != "number":
        st.info(plain(analysis_word("spots_choose", language)))
        return
    found = _clusters(atlas, chosen.id, state.date)
    said = analysis_word(
        "spots_lead",
        language,
        title=title_of(chosen, language),
        date=dated(found.date, chosen.flag(found.date), language),
        n=found.n,
        i=found.global_i,
        p=found.p,
    )
    st.caption(plain(f"{said} {analysis_word('spots_islands', language, islands=len(found.islands))}"))
    st.image(_clusters_map(atlas, chosen.id, found.date, language), width=660)
    for cluster in CLUSTERS:
        codes = [str(code) for code in found.clusters.index[found.clusters.eq(cluster)]]
        st.markdown(f"**{plain(analysis_word(cluster, language))}** {len(codes)}")
        _buttons(codes, f"spot-{cluster}", language)


@per_snapshot(maxsize=16)
def _clusters(atlas: Atlas, indicator: str, date: str) -> Moran:
    return moran(atlas, indicator, date)


@per_snapshot(maxsize=32)
def _clusters_map(atlas: Atlas, indicator: str, date: str, language: Language) -> bytes:
    clusters = _clusters(atlas, indicator, date).clusters.to_numpy(dtype=object)
    return kinds_map(clusters, [(kind, analysis_word(kind, language), colour) for kind, colour in COLOURS.items()])


@per_snapshot(maxsize=16)
def _network_left(atlas: Atlas, filters: Filters) -> TieNetwork:
    return tie_network(atlas, shown(atlas, filters).ties)


def _network(atlas: Atlas, state: PageState) -> None:
    language = state.language
    found = _network_left(atlas, state.filters)
    if not found.longest:
        st.info(plain(analysis_word("no_network", language)))
        return
    said = analysis_word(
        "network_lead",
        language,
        n=len(found.graph),
        pairs=found.graph.size(),
        share=found.cross_prefecture_share,
        parts=len(found.components),
        bridges=len(found.bridges),
    )
    st.caption(plain(f"{said}　{analysis_word('network_note', language)}"))
    network_chart(found.graph, state.code, language)
    first, second = st.columns(2)
    first.markdown(f"**{plain(analysis_word('hubs', language))}**")
    hubs = found.hubs[:MOST_BUTTONS]
    table = {
        analysis_word("place", language): [party_name(each.code, language) for each in hubs],
        analysis_word("partners_count", language): [each.partners for each in hubs],
        analysis_word("between", language): [f"{each.betweenness:.1%}" for each in hubs],
    }
    with first:
        data_table(pd.DataFrame(table))
    second.markdown(f"**{plain(analysis_word('longest', language))}**")
    for one, other, km in found.longest[:MOST_BUTTONS]:
        label = f"{party_name(one, language)} – {party_name(other, language)}　{km:,.0f} km"
        pair = "-".join(sorted((one, other)))
        second.button(plain(label), key=f"longest-{pair}", on_click=choose, kwargs={"pair": pair}, type="tertiary")


def _nearest(atlas: Atlas, state: PageState) -> None:
    language = state.language
    theme = _theme(state, "nearest-theme")
    found = distance_to_nearest(atlas, "case", theme).sort_values("km", ascending=False, kind="stable")
    if state.filters.prefectures:
        found = found[found.index.str[:2].isin(state.filters.prefectures)]
    st.caption(plain(analysis_word("nearest_lead", language, theme=theme)))
    table = {
        analysis_word("place", language): [party_name(code, language) for code in found.index[:MOST_ROWS]],
        "km": found["km"].round(1).tolist()[:MOST_ROWS],
        analysis_word("nearest", language): [party_name(code, language) for code in found["nearest"][:MOST_ROWS]],
    }
    data_table(pd.DataFrame(table), height=300)
    _buttons([str(code) for code in found.index], "nearest", language)
