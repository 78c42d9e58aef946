"""The edges of areas that tile the plane: what two of them share, and what lies on the outer border.

In a valid coverage (``shapely.coverage_is_valid``) a border between two areas is the same row of vertices in both;
so it is enough to count the edges, which takes a sixth of the time of intersecting the areas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Edges(NamedTuple):
    """Edges of areas, one row an edge of an area: whose, which, how long.

    Parameters
    ----------
    area
        (m,) position of the area.
    edge
        (m,) number of the edge, the same for both areas that share it.
    length
        (m,) in the units of the coordinates.
    shared
        (m,) whether a second area (or ring) has it too.
    """

    area: NDArray[np.int64]
    edge: NDArray[np.int64]
    length: NDArray[np.float64]
    shared: NDArray[np.bool_]


def border_edges(areas: NDArray[np.object_]) -> Edges:
    """Return the edges of a coverage.

    Parameters
    ----------
    areas
        (n,) Polygons and MultiPolygons, a valid coverage.

    Examples
    --------
    >>> areas = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), shapely.box(5, 0, 6, 1)])
    >>> edges = border_edges(areas)
    >>> edges.area[edges.shared].tolist(), edges.length[~edges.shared].sum().item()
    ([0, 1], 10.0)
    """
    parts, area_of_part = shapely.get_parts(areas, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    joined = ring[1:] == ring[:-1]
    start, end = points[:-1][joined], points[1:][joined]
    backward = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    either = np.where(backward[:, None], np.hstack([end, start]), np.hstack([start, end]))
    _, edge, count = np.unique(either, axis=0, return_inverse=True, return_counts=True)
    edge = edge.ravel()
    length = np.hypot(*(end - start).T)
    return Edges(area_of_part[part_of_ring][ring[:-1][joined]], edge, length, count[edge] > 1)


def outer_lengths(areas: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return how much of each area's border (n,) is shared with no other area.

    Examples
    --------
    >>> outer_lengths(np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 3, 1)])).tolist()
    [3.0, 5.0]
    """
    edges = border_edges(areas)
    outer = ~edges.shared
    return np.bincount(edges.area[outer], edges.length[outer], minlength=len(areas)).astype(float)


def sharing_pairs(areas: NDArray[np.object_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs (left < right) of areas that share a border line, each once, ascending.

    Examples
    --------
    >>> areas = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), shapely.box(2, 1, 3, 2)])
    >>> [each.tolist() for each in sharing_pairs(areas)]
    [[0], [1]]
    """
    edges = border_edges(areas)
    order = np.argsort(edges.edge, kind="stable")
    area, edge = edges.area[order], edges.edge[order]
    same = (edge[1:] == edge[:-1]) & (area[1:] != area[:-1])
    pairs = np.unique(np.sort(np.column_stack([area[:-1][same], area[1:][same]]), axis=1), axis=0)
    return pairs[:, 0], pairs[:, 1]
