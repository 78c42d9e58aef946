"""How municipalities hang together on the ground: parts, the smallest set that joins them, compactness."""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx
import numpy as np
import shapely
from pyproj import Geod

from geo.boundaries import adjacency, outline
from layers.tables import per_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from renkei.atlas import Atlas

_GRS80 = Geod(ellps="GRS80")

MOST_PARTS = 7
"""Up to so many parts the smallest joining set is sought exactly; beyond, the work grows threefold with each part."""


@per_snapshot()
def borders(atlas: Atlas) -> nx.Graph[str]:
    """Return the graph of the 1,741 municipalities; an edge is a common border line."""
    pairs = adjacency()
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(atlas.municipalities().index)
    graph.add_edges_from(zip(pairs["code"], pairs["neighbour"], strict=True))
    return graph


def components(graph: nx.Graph[str], members: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return the parts into which municipalities fall, the largest first, then by code; codes ascending.

    Examples
    --------
    >>> components(nx.path_graph(["a", "b", "c", "d"]), ["d", "a", "b"])
    (('a', 'b'), ('d',))
    """
    parts = (tuple(sorted(part)) for part in nx.connected_components(graph.subgraph(members)))
    return tuple(sorted(parts, key=lambda part: (-len(part), part)))


def joining_set(graph: nx.Graph[str], parts: Sequence[Sequence[str]]) -> tuple[str, ...] | None:
    """Return the fewest further municipalities that make one of several parts.

    A Steiner tree with a cost of 1 for each municipality that is in no part (Dreyfus and Wagner 1971): exact up to
    seven parts.

    Parameters
    ----------
    graph
        Who borders on whom.
    parts
        Codes of each part.

    Returns
    -------
    tuple of str or None
        Codes, ascending; of several smallest sets one, always the same. None where no land joins the parts, or where
        they are more than seven.

    Examples
    --------
    >>> ring = nx.cycle_graph(["a", "b", "c", "d", "e"])
    >>> joining_set(ring, [["a"], ["c"]]), joining_set(ring, [["a"], ["b"]])
    (('b',), ())
    """
    if len(parts) > MOST_PARTS:
        return None
    if len(parts) < 2:  # noqa: PLR2004
        return ()
    inside = {code for part in parts for code in part}
    whole = (1 << len(parts)) - 1
    best: dict[int, dict[str, _Tree]] = {}
    for subset in range(1, whole + 1):
        found: dict[str, _Tree] = {}
        if subset & (subset - 1) == 0:
            found = {code: _Tree(0, frozenset()) for code in parts[subset.bit_length() - 1]}
        else:
            half = (subset - 1) & subset
            while half:
                if half >= subset ^ half:
                    _merge(best[half], best[subset ^ half], inside, found)
                half = (half - 1) & subset
        best[subset] = _grown(graph, found, inside)
    ends = best[whole]
    return tuple(sorted(min(ends.values(), key=lambda tree: (tree.cost, sorted(tree.added))).added)) if ends else None


class _Tree(NamedTuple):
    cost: int
    added: frozenset[str]


def _merge(one: Mapping[str, _Tree], other: Mapping[str, _Tree], inside: set[str], found: dict[str, _Tree]) -> None:
    for code in one.keys() & other.keys():
        added = one[code].added | other[code].added
        cost = one[code].cost + other[code].cost - (code not in inside)
        if code not in found or cost < found[code].cost:
            found[code] = _Tree(cost, added)


def _grown(graph: nx.Graph[str], start: Mapping[str, _Tree], inside: set[str]) -> dict[str, _Tree]:
    """Let trees grow over borders: into a part for nothing, elsewhere for 1 (breadth first by cost)."""
    settled: dict[str, _Tree] = {}
    waiting: dict[int, deque[tuple[str, frozenset[str]]]] = {}
    for code, tree in sorted(start.items()):
        waiting.setdefault(tree.cost, deque()).append((code, tree.added))
    cost = min(waiting, default=0)
    while waiting:
        queue = waiting.get(cost)
        if not queue:
            waiting.pop(cost, None)
            cost += 1
            continue
        code, added = queue.popleft()
        if code in settled:
            continue
        settled[code] = _Tree(cost, added)
        for neighbour in sorted(graph.neighbors(code)):
            if neighbour in settled:
                continue
            if neighbour in inside:
                queue.appendleft((neighbour, added))
            else:
                waiting.setdefault(cost + 1, deque()).append((neighbour, added | {neighbour}))
    return settled


class Compactness(NamedTuple):
    """How compact an outline is.

    ``isoperimetric``: 4π · area ÷ perimeter² (Polsby and Popper 1991), 1 for a circle; a rugged coast lowers it.
    ``of_hull``: share of the area in that of the convex hull.
    """

    isoperimetric: float
    of_hull: float


def compactness(members: Iterable[str]) -> Compactness:
    """Return the compactness of the union of municipalities, by geodesic area and perimeter (GRS80)."""
    shape = outline(members)
    area, perimeter = (abs(value) for value in _GRS80.geometry_area_perimeter(shape))
    hull = abs(_GRS80.geometry_area_perimeter(shapely.convex_hull(shape))[0])
    return Compactness(round(4 * math.pi * area / perimeter**2, 4), round(min(float(np.divide(area, hull)), 1.0), 4))
