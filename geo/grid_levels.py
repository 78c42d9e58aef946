"""The levels of the point grid: what is built once from the boundaries, kept in a file, and looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    Positions = NDArray[np.int16]

OUTSIDE = -1
"""Position of a point that lies in no municipality."""

INVALID = -2
"""Position of a point whose coordinates are not finite numbers."""

FINEST = 1024
"""Cells of the finest level in a degree."""

BITS = 3
"""Each level has 2**BITS by 2**BITS cells in a cell of the level above."""

SIDE = 1 << BITS
BLOCK = SIDE * SIDE


class CandidateSets(NamedTuple):
    """Sets of municipalities: set ``s`` is ``members[first[s] : first[s] + size[s]]``, in ascending order."""

    first: IntArray
    size: IntArray
    members: IntArray


class Frame(NamedTuple):
    """The grid's south-western cell and its size, in cells of the finest level."""

    column0: int
    row0: int
    columns: int
    rows: int


class Levels(NamedTuple):
    """The grid.

    A cell holds a municipality's position, or OUTSIDE, or INVALID - n: in ``top`` and ``middle`` n is the block of
    the level below that divides the cell, in ``fine`` the set of candidates. ``top`` is row by row, the others block
    by block.
    """

    frame: Frame
    top: NDArray[np.int32]
    middle: NDArray[np.int32]
    fine: NDArray[np.signedinteger]
    sets: CandidateSets


def frame_of(polygons: NDArray[np.object_]) -> Frame:
    """Return the frame around polygons, whole cells of the highest level wide and at least one beyond them."""
    west, south, east, north = shapely.total_bounds(polygons)
    across = FINEST >> 2 * BITS
    column0, row0 = (int(np.floor(low * across)) - 1 << 2 * BITS for low in (west, south))
    column1, row1 = (int(np.floor(high * across)) + 2 << 2 * BITS for high in (east, north))
    return Frame(column0, row0, column1 - column0, row1 - row0)


def decide(
    polygons: NDArray[np.object_], sets: CandidateSets, numbers: IntArray, x: FloatArray, y: FloatArray
) -> Positions:
    """Return the first municipality of each point's set that holds the point, its boundary included."""
    found = np.full(len(x), OUTSIDE, dtype=np.int16)
    size = sets.size[numbers]
    waiting = np.arange(len(x))
    for turn in range(int(size.max(initial=0))):
        waiting = waiting[size[waiting] > turn]
        candidates = sets.members[sets.first[numbers[waiting]] + turn]
        holds = shapely.intersects_xy(polygons[candidates], x[waiting], y[waiting])
        found[waiting[holds]] = candidates[holds]
        waiting = waiting[~holds]
    return found
