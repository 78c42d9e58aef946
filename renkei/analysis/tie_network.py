"""The ties as a network: hubs, bridges, parts, what crosses prefectures, the longest, who stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx

from geo.measure import distance_km, party_point
from renkei.analysis.partners.links import counted_ties

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from renkei.atlas import Atlas

NOTE = "台帳にある連携だけの網です。記録のない連携が多く、数の多さは記録の多さでもあります。"


class Hub(NamedTuple):
    """A municipality: how many partners, and its share of the shortest paths between others (0 to 1)."""

    code: str
    partners: int
    betweenness: float


@dataclass(frozen=True)
class TieNetwork:
    """A network of ties.

    Parameters
    ----------
    graph
        Nodes: codes (``partners``, ``part``); edges: ``ids`` of the ties, ``themes``, ``km``, ``crosses`` a prefecture.
    hubs
        By partners, then betweenness, then code.
    bridges
        Pairs whose only tie, when lost, splits a part.
    components
        Codes of each part, the largest first.
    cross_prefecture_share
        Share of the pairs of two prefectures (0 to 1).
    longest
        Pair and km, the longest first.
    isolated
        Codes without any tie.
    """

    graph: nx.Graph[str]
    hubs: tuple[Hub, ...]
    bridges: tuple[tuple[str, str], ...]
    components: tuple[tuple[str, ...], ...]
    cross_prefecture_share: float
    longest: tuple[tuple[str, str, float], ...]
    isolated: tuple[str, ...]
    note: str = NOTE


def tie_network(atlas: Atlas, ties: pd.DataFrame | None = None) -> TieNetwork:
    """Return the network of ties.

    Parameters
    ----------
    atlas
        The tables.
    ties
        Rows of ``atlas.ties()``, as filtered on the page; all counted ties by default. Prefectures, inferred and
        forum rows are left out in any case; several ties of one pair are one edge.
    """
    graph = tie_graph(counted_ties(atlas.ties() if ties is None else ties))
    between: Mapping[str, float] = nx.betweenness_centrality(graph)
    hubs = [Hub(code, graph.degree(code), round(between[code], 6)) for code in graph]
    parts = sorted(
        (tuple(sorted(part)) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part)
    )
    for number, part in enumerate(parts):
        for code in part:
            graph.nodes[code].update(partners=graph.degree(code), part=number)
    edges = sorted((*sorted(pair), data["km"]) for *pair, data in graph.edges(data=True))
    crossing = sum(data["crosses"] for *_, data in graph.edges(data=True))
    return TieNetwork(
        graph=graph,
        hubs=tuple(sorted(hubs, key=lambda hub: (-hub.partners, -hub.betweenness, hub.code))),
        bridges=tuple(sorted((min(pair), max(pair)) for pair in nx.bridges(graph))),
        components=tuple(parts),
        cross_prefecture_share=crossing / len(edges) if edges else float("nan"),
        longest=tuple(sorted(edges, key=lambda edge: (-edge[2], edge))),
        isolated=tuple(code for code in atlas.municipalities().index if code not in graph),
    )


def tie_graph(ties: pd.DataFrame) -> nx.Graph[str]:
    """Return the graph of ties: each pair once, whatever the order of its ends or rows.

    Parameters
    ----------
    ties
        ``id``, ``from_code``, ``to_code``, ``themes``.
    """
    graph: nx.Graph[str] = nx.Graph()
    rows = zip(ties["id"], ties["from_code"], ties["to_code"], ties["themes"], strict=True)
    for identifier, one, other, themes in sorted(rows):
        if graph.has_edge(one, other):
            edge = graph.edges[one, other]
            edge["ids"] = (*edge["ids"], identifier)
            edge["themes"] = tuple(dict.fromkeys((*edge["themes"], *themes)))
        else:
            km = round(distance_km(party_point(one), party_point(other)), 1)
            graph.add_edge(one, other, ids=(identifier,), themes=tuple(themes), km=km, crosses=one[:2] != other[:2])
    return graph


def network_around(graph: nx.Graph[str], code: str, most: int) -> nx.Graph[str]:
    """Return the part of a network that lies around a municipality: step by step from it, up to ``most`` nodes.

    Parameters
    ----------
    graph
        As ``TieNetwork.graph``.
    code
        5 digits; where it has no tie, the municipality with the most partners stands for it.
    most
        Nodes at the most, at least 1.

    Examples
    --------
    >>> chain = nx.path_graph(["10444", "13112", "20202", "31201"])
    >>> sorted(network_around(chain, "10444", 3))
    ['10444', '13112', '20202']
    >>> sorted(network_around(chain, "01100", 2))
    ['13112', '20202']
    """
    if code not in graph:
        code = min(graph, key=lambda each: (-graph.degree(each), each))
    steps = nx.single_source_shortest_path_length(graph, code)
    near = sorted(steps, key=lambda each: (steps[each], -graph.degree(each), each))
    wanted = set(near[:most])
    # In one order, so that a layout of it is the same in every process.
    around: nx.Graph[str] = nx.Graph()
    around.add_nodes_from((each, graph.nodes[each]) for each in sorted(wanted))
    inside = graph.subgraph(wanted).edges(data=True)
    around.add_edges_from(sorted(((min(a, b), max(a, b), data) for a, b, data in inside), key=lambda edge: edge[:2]))
    return around
