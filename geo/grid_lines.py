"""Line segments cut at the lines of a grid of unit cells: what the point grid and the mesh shares are built from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]


class Segments(NamedTuple):
    """Directed segments from (``x0``, ``y0``) to (``x1``, ``y1``); ``owner`` is the position of their polygon."""

    x0: FloatArray
    y0: FloatArray
    x1: FloatArray
    y1: FloatArray
    owner: IntArray

    def part(self, start: int, count: int) -> Segments:
        """Return ``count`` segments from ``start`` on."""
        part = slice(start, start + count)
        return Segments(self.x0[part], self.y0[part], self.x1[part], self.y1[part], self.owner[part])


class Pieces(NamedTuple):
    """Segments cut so that each piece lies in one closed cell (``column``, ``row``)."""

    x0: FloatArray
    y0: FloatArray
    x1: FloatArray
    y1: FloatArray
    owner: IntArray
    column: IntArray
    row: IntArray


def boundary_segments(polygons: NDArray[np.object_]) -> Segments:
    """Return the segments of all rings, shells counter-clockwise and holes clockwise.

    Parameters
    ----------
    polygons
        Polygons or MultiPolygons, shape (n,).

    Returns
    -------
    Segments
        In the units of the polygons; the inside is on the left.

    Examples
    --------
    >>> square = np.array([shapely.box(0, 0, 1, 1)])
    >>> boundary_segments(square).x0.tolist()
    [1.0, 1.0, 0.0, 0.0]
    """
    parts, owner = shapely.get_parts(shapely.orient_polygons(polygons), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    start, end = coordinates[:-1][same], coordinates[1:][same]
    return Segments(start[:, 0], start[:, 1], end[:, 0], end[:, 1], owner[part[ring[:-1][same]]])


def cut(segments: Segments) -> Pieces:
    """Cut segments at every whole number of x and of y.

    Parameters
    ----------
    segments
        In units of the grid's cells.

    Returns
    -------
    Pieces
        Directed as the segments; a piece along a grid line belongs to the cell above it or to its right.

    Examples
    --------
    >>> one = (np.array([value]) for value in (0.5, 0.5, 2.5, 0.5))
    >>> pieces = cut(Segments(*one, np.array([7])))
    >>> pieces.column.tolist(), pieces.x1.tolist()
    ([0, 1, 2], [1.0, 2.0, 2.5])
    """
    number, row, y0, x0, y1, x1 = _cut_axis(segments.y0, segments.x0, segments.y1, segments.x1)
    again, column, x0, y0, x1, y1 = _cut_axis(x0, y0, x1, y1)
    return Pieces(x0, y0, x1, y1, segments.owner[number[again]], column, row[again])


def _cut_axis(
    a0: FloatArray, b0: FloatArray, a1: FloatArray, b1: FloatArray
) -> tuple[IntArray, IntArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    """Cut at the whole numbers of ``a``: segment number, strip, and the pieces' ends."""
    low, high = np.minimum(a0, a1), np.maximum(a0, a1)
    first = np.floor(low).astype(np.int64)
    last = np.maximum(first, np.ceil(high).astype(np.int64) - 1)
    count = last - first + 1
    number = np.repeat(np.arange(len(a0)), count)
    strip = np.arange(len(number)) - np.repeat(np.cumsum(count) - count, count) + first[number]
    forward = (a1 >= a0)[number]
    enters = np.where(forward, strip, strip + 1).astype(np.float64)
    leaves = np.where(forward, strip + 1, strip).astype(np.float64)
    start, end = strip == first[number], strip == last[number]
    is_start, is_end = np.where(forward, start, end), np.where(forward, end, start)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = ((b1 - b0) / (a1 - a0))[number]
        at_entry, at_exit = b0[number] + (enters - a0[number]) * slope, b0[number] + (leaves - a0[number]) * slope
    return (
        number,
        strip,
        np.where(is_start, a0[number], enters),
        np.where(is_start, b0[number], at_entry),
        np.where(is_end, a1[number], leaves),
        np.where(is_end, b1[number], at_exit),
    )
