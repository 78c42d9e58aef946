"""The municipality whose shore is nearest to a point at sea."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from pyproj import Geod

from geo.boundaries import exact
from geo.grid_lines import Segments, boundary_segments

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

FARTHEST = 50_000.0
"""Metres; the most that can be asked for."""

_GRS80 = Geod(ellps="GRS80")
_SQUEEZE = float(np.cos(np.radians(36.0)))
"""Degrees of longitude are squeezed by so much for the first, rough look."""

_ROUGH = 1.5
"""A distance in squeezed degrees is within so much of the true one, by ratio, from 20 to 46 degrees north."""

_MARGIN = 1.0
"""Degrees around the outermost shores: more than ``FARTHEST``."""

_AT_ONCE = 20_000
"""Points, so that the pairs of points and segments take little memory."""


class Nearest(NamedTuple):
    """Nearest municipalities: ``position`` in ``exact()`` (-1: none so near), ``distance`` in metres (NaN)."""

    position: NDArray[np.int16]
    distance: FloatArray


class _Shores(NamedTuple):
    segments: Segments
    tree: shapely.STRtree
    bounds: tuple[float, float, float, float]


@cache
def _shores() -> _Shores:
    polygons = np.asarray(exact().geometry.array)
    segments = boundary_segments(polygons)
    ends = np.stack([segments.x0 * _SQUEEZE, segments.y0, segments.x1 * _SQUEEZE, segments.y1], axis=1)
    west, south, east, north = shapely.total_bounds(polygons)
    lines = np.asarray(shapely.linestrings(ends.reshape(-1, 2, 2)))
    return _Shores(segments, shapely.STRtree(lines), (west, south, east, north))


def nearest_shore(x: FloatArray, y: FloatArray, within: float) -> Nearest:
    """Return the municipality whose boundary is nearest to each point, and how far it is.

    The foot of the perpendicular is found on the plane that is true to scale halfway between point and boundary
    (its error is below 1 mm in 1 km, 1 m in 50 km); the distance given is the geodesic to that foot, on GRS80.

    Parameters
    ----------
    x, y
        Longitude and latitude in degrees, EPSG:6668, shape (n,), of points that lie in no municipality.
    within
        Metres, at most ``FARTHEST``.

    Examples
    --------
    >>> found = nearest_shore(np.array([139.80]), np.array([35.56]), 2_000.0)
    >>> exact().index[found.position[0]]
    '13111'
    """
    position = np.full(len(x), -1, dtype=np.int16)
    distance = np.full(len(x), np.nan)
    west, south, east, north = _shores().bounds
    inside = (x > west - _MARGIN) & (x < east + _MARGIN) & (y > south - _MARGIN) & (y < north + _MARGIN)
    around = np.flatnonzero(inside)
    for start in range(0, len(around), _AT_ONCE):
        part = around[start : start + _AT_ONCE]
        position[part], distance[part] = _nearest(x[part], y[part], within)
    return Nearest(position, distance)


def _nearest(x: FloatArray, y: FloatArray, within: float) -> Nearest:
    position = np.full(len(x), -1, dtype=np.int16)
    distance = np.full(len(x), np.nan)
    segments, tree, _ = _shores()
    points = shapely.points(x * _SQUEEZE, y)
    _, some = tree.query_nearest(points, all_matches=False)
    reach, _, _ = _on_plane(x, y, some)
    near = np.flatnonzero(reach <= within * _ROUGH)
    if not len(near):
        return Nearest(position, distance)
    # Whatever is nearer than the one found lies in the box around the point that reaches as far as that one.
    along, up = _metres_per_degree(y[near])
    half_x, half_y = reach[near] / along * 1.01 * _SQUEEZE, reach[near] / up * 1.01
    centre_x, centre_y = x[near] * _SQUEEZE, y[near]
    boxes = shapely.box(centre_x - half_x, centre_y - half_y, centre_x + half_x, centre_y + half_y)
    which, segment = tree.query(boxes)
    point = near[which]
    length, foot_x, foot_y = _on_plane(x[point], y[point], segment)
    order = np.lexsort((segments.owner[segment], np.round(length, 3), point))
    first = order[np.r_[True, point[order][1:] != point[order][:-1]]]
    chosen = point[first]
    metres = _GRS80.inv(x[chosen], y[chosen], foot_x[first], foot_y[first])[2]
    close = metres <= within
    position[chosen[close]] = segments.owner[segment[first[close]]]
    distance[chosen[close]] = metres[close]
    return Nearest(position, distance)


def _on_plane(x: FloatArray, y: FloatArray, segment: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the distance in metres from each point to its segment, and the foot on it in degrees."""
    segments = _shores().segments
    x0, y0 = segments.x0[segment], segments.y0[segment]
    along, up = _metres_per_degree((y + (y0 + segments.y1[segment]) / 2) / 2)
    run_x, run_y = (segments.x1[segment] - x0) * along, (segments.y1[segment] - y0) * up
    to_x, to_y = (x - x0) * along, (y - y0) * up
    share = np.clip((to_x * run_x + to_y * run_y) / (run_x**2 + run_y**2), 0.0, 1.0)
    length = np.hypot(to_x - share * run_x, to_y - share * run_y)
    return length, x0 + share * (segments.x1[segment] - x0), y0 + share * (segments.y1[segment] - y0)


def _metres_per_degree(latitude: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the length of a degree of longitude and of latitude (radii of curvature of the ellipsoid)."""
    angle = np.radians(latitude)
    flat = 1 - _GRS80.es * np.sin(angle) ** 2
    along = _GRS80.a / np.sqrt(flat) * np.cos(angle)
    up = _GRS80.a * (1 - _GRS80.es) / flat**1.5
    return np.radians(along), np.radians(up)
