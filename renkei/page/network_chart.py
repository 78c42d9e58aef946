"""The network of ties as a graph beside the map: a press on a municipality chooses it there too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import pandas as pd
import streamlit as st

from renkei.analysis.tie_network import network_around
from renkei.page.choices import choose
from renkei.present.analysis_words import analysis_word
from renkei.present.markdown import plain
from renkei.present.party_names import party_name

if TYPE_CHECKING:
    import altair as alt

    from renkei.present.words import Language

MOST_DRAWN = 120
"""More municipalities than that are a tangle."""
MOST_NAMED = 14
KEY = "network-graph"
HEIGHT = 420
CROSSING, WITHIN = "#c2410c", "#8a97a3"
"""A pair of two prefectures, a pair of one."""


def network_chart(graph: nx.Graph[str], code: str, language: Language) -> None:
    """Draw the part of the network around what is chosen, or around the municipality with the most partners.

    Parameters
    ----------
    graph
        As ``TieNetwork.graph``, with at least one pair: the ties that the filters leave.
    code
        5 digits of the chosen municipality; "" for none.
    """
    around = network_around(graph, code, MOST_DRAWN)
    # The picture is the same whenever it is drawn.
    places = nx.spring_layout(around, seed=1, k=1.6 / len(around) ** 0.5, iterations=120)
    named = {*sorted(around, key=lambda each: (-graph.degree(each), each))[:MOST_NAMED], code}
    nodes = pd.DataFrame(
        {
            "code": list(around),
            "x": [places[each][0] for each in around],
            "y": [places[each][1] for each in around],
            "name": [party_name(each, language) for each in around],
            "label": [party_name(each, language) if each in named else "" for each in around],
            "partners": [graph.degree(each) for each in around],
            "chosen": [each == code for each in around],
        }
    )
    edges = pd.DataFrame(
        [
            (*places[one], *places[other], data["crosses"], f"{data['km']:,.0f} km")
            for one, other, data in around.edges(data=True)
        ],
        columns=["x", "y", "x2", "y2", "crosses", "km"],
    )
    st.altair_chart(
        _drawn(nodes, edges, language),
        width="stretch",
        height=HEIGHT,
        key=KEY,
        on_select=_take,
        selection_mode=["node"],
    )
    st.caption(plain(analysis_word("network_graph_note", language, n=len(around), of=len(graph))))


def _drawn(nodes: pd.DataFrame, edges: pd.DataFrame, language: Language) -> alt.LayerChart:
    import altair as alt  # noqa: PLC0415 - seconds to import, for a chart

    x, y = alt.X("x:Q", axis=None), alt.Y("y:Q", axis=None)
    lines = (
        alt.Chart(edges)
        .mark_rule(opacity=0.55, strokeWidth=1.4)
        .encode(
            x=x,
            y=y,
            x2="x2:Q",
            y2="y2:Q",
            color=alt.condition("datum.crosses", alt.value(CROSSING), alt.value(WITHIN)),
            tooltip=[alt.Tooltip("km:N", title=analysis_word("apart", language))],
        )
    )
    points = (
        alt.Chart(nodes)
        .mark_circle(opacity=1, stroke="#ffffff", strokeWidth=1)
        .encode(
            x=x,
            y=y,
            size=alt.Size("partners:Q", scale=alt.Scale(range=[40, 420]), legend=None),
            color=alt.condition("datum.chosen", alt.value("#111111"), alt.value("#0f6b5c")),
            tooltip=[
                alt.Tooltip("name:N", title=analysis_word("place", language)),
                alt.Tooltip("partners:Q", title=analysis_word("partners_count", language)),
            ],
        )
        .add_params(alt.selection_point(name="node", fields=["code"]))
    )
    names = alt.Chart(nodes).mark_text(dy=-13, fontSize=11, color="#1f2a36").encode(x=x, y=y, text="label:N")
    chart: alt.LayerChart = alt.layer(lines, points, names).configure_view(strokeWidth=0)
    return chart


def _take() -> None:
    """Choose the municipality that was pressed."""
    told: Any = st.session_state.get(KEY)
    pressed = [str(each["code"]) for each in (told or {}).get("selection", {}).get("node", []) if "code" in each]
    if pressed:
        choose(code=pressed[0])
