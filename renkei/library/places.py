"""Who is near whom, who borders on whom, who is tied to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from pyproj import Geod

from geo.boundaries import adjacency
from geo.gazetteer import municipalities
from geo.resolve import resolve
from renkei.library.tables import party_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from libpysal.graph import Graph
    from networkx import MultiGraph

_GRS80 = Geod(ellps="GRS80")


def distances(a: Sequence[str], b: Sequence[str] | None = None) -> pd.DataFrame:
    """Return geodesic distances between parties.

    Parameters
    ----------
    a, b
        5-digit codes, or PP000; ``b`` is ``a`` by default.

    Returns
    -------
    pandas.DataFrame
        Kilometres on the GRS80 ellipsoid (Karney, by PROJ), office to office; shape (len(a), len(b)).

    Raises
    ------
    UnknownNameError
        When a code does not exist.

    Examples
    --------
    >>> import renkei as rk
    >>> float(rk.distances(["13112"], ["10444"]).iloc[0, 0].round(0))
    126.0
    """
    rows, columns = party_points(a), party_points(a if b is None else b)
    shape = (len(rows), len(columns))
    from_lon, from_lat = (np.repeat(each, shape[1]) for each in (rows.x.to_numpy(), rows.y.to_numpy()))
    to_lon, to_lat = (np.tile(each, shape[0]) for each in (columns.x.to_numpy(), columns.y.to_numpy()))
    metres = _GRS80.inv(from_lon, from_lat, to_lon, to_lat)[2]
    return pd.DataFrame(np.asarray(metres).reshape(shape) / 1000, index=rows.index, columns=columns.index)


def nearest(place: str, facts: gpd.GeoDataFrame, k: int = 5) -> gpd.GeoDataFrame:
    """Return the facts that are nearest to a municipality.

    Parameters
    ----------
    place
        Its code or name.
    facts
        Facts with ``member_codes`` or ``from_code`` and ``to_code``, as ``rk.cases()`` and ``rk.ties()`` return them.
    k
        So many.

    Returns
    -------
    geopandas.GeoDataFrame
        With ``distance_km`` (to the nearest party of the fact, office to office), nearest first.

    Raises
    ------
    AmbiguousNameError, UnknownNameError
        When the name fits several municipalities or none.

    Examples
    --------
    >>> import renkei as rk
    >>> rk.nearest("川場村", rk.cases(themes="観光"), k=3)["distance_km"].is_monotonic_increasing
    True
    """
    own = resolve(place).one_code()
    parties = [
        (row["from_code"], row["to_code"])
        if "from_code" in facts
        else row["member_codes"] or tuple(f"{code}000" for code in row["prefecture_codes"])
        for _, row in facts.drop(columns=facts.geometry.name).iterrows()
    ]
    every = sorted({code for codes in parties for code in codes})
    away = distances([own], every).loc[own] if every else pd.Series(dtype=float)
    found = facts.assign(distance_km=[float(min(away[code] for code in codes)) for codes in parties])
    return found.sort_values("distance_km", kind="stable").head(k)


def neighbours(islands: Literal["nearest"] | None = "nearest") -> Graph:
    """Return who shares a border with whom.

    Parameters
    ----------
    islands
        ``nearest``: a municipality that borders on none is tied to the one whose office is nearest; None: it stays
        alone.

    Returns
    -------
    libpysal.graph.Graph
        Symmetric, binary; nodes are the 1,741 codes.

    Examples
    --------
    >>> import renkei as rk
    >>> "10443" in rk.neighbours()["10444"].index
    True
    """
    from libpysal.graph import Graph  # noqa: PLC0415 - a second to import

    pairs = adjacency()
    codes = list(municipalities().index)
    alone = sorted(set(codes) - set(pairs["code"]))
    if islands == "nearest":
        away = distances(alone, codes)
        for code in alone:
            away.loc[code, code] = np.inf
        near = away.idxmin(axis=1)
        more = pd.DataFrame({"code": near.index, "neighbour": near.to_numpy()})
        both = pd.DataFrame({"code": more["neighbour"], "neighbour": more["code"]})
        pairs = pd.concat([pairs, more, both]).drop_duplicates()
        alone = []
    order = pairs.sort_values(["code", "neighbour"])
    focal, other = [*order["code"], *alone], [*order["neighbour"], *alone]
    weights = [*([1.0] * len(order)), *([0.0] * len(alone))]
    return Graph.from_arrays(np.array(focal), np.array(other), np.array(weights))


def network(ties: gpd.GeoDataFrame) -> MultiGraph:
    """Return ties as a network.

    Parameters
    ----------
    ties
        As ``rk.ties()`` returns them.

    Returns
    -------
    networkx.MultiGraph
        Nodes: codes, with ``name`` and ``pos`` (longitude, latitude); one edge a tie, with its columns, and
        ``distance_km``.

    Examples
    --------
    >>> import renkei as rk
    >>> rk.network(rk.ties(text="川場村")).degree["10444"] > 0
    True
    """
    import networkx as nx  # noqa: PLC0415 - a third of a second to import

    from geo.gazetteer import display_name  # noqa: PLC0415

    graph = nx.MultiGraph()
    codes = sorted({*ties["from_code"], *ties["to_code"]})
    points = party_points(codes)
    for code, point in points.items():
        graph.add_node(code, name=display_name(str(code)), pos=(point.x, point.y))
    plain = ties.drop(columns=ties.geometry.name)
    for key, row in plain.iterrows():
        first, second = row["from_code"], row["to_code"]
        start, end = points[first], points[second]
        metres = float(_GRS80.inv(start.x, start.y, end.x, end.y)[2])
        graph.add_edge(first, second, key=key, **row.to_dict(), distance_km=metres / 1000)
    return graph
