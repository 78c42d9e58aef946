"""A grid over the municipalities: cells that lie in one of them wholly, and the candidates of all other cells.

Three levels of cells, 1/16, 1/128 and 1/1024 degree (about 6 km, 800 m, 100 m): powers of two, so that a
coordinate's cell is exact in floating point. A cell that no boundary touches has one answer for all its points; in a
cell of the finest level that a boundary touches, the exact predicate of GEOS decides among the municipalities whose
boundary touches it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.boundaries import exact
from geo.grid_build import build_levels
from geo.grid_file import keep_levels, kept_levels
from geo.grid_levels import BITS, BLOCK, FINEST, INVALID, OUTSIDE, SIDE, decide

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.grid_levels import Levels

    FloatArray = NDArray[np.float64]
    Positions = NDArray[np.int16]

LOOKED_UP_AT_ONCE = 1 << 16
"""Points, so that what is worked on stays in the processor's cache."""


class PointGrid:
    """Answers where points lie.

    Parameters
    ----------
    polygons
        Polygons or MultiPolygons that form a coverage, shape (n,).
    levels
        Their grid, where it is known; else it is built.
    """

    def __init__(self, polygons: NDArray[np.object_], levels: Levels | None = None) -> None:
        self._polygons = polygons
        shapely.prepare(polygons)
        self.levels = build_levels(polygons) if levels is None else levels

    def locate(self, x: FloatArray, y: FloatArray) -> Positions:
        """Return the position of the municipality of each point, OUTSIDE or INVALID.

        Parameters
        ----------
        x, y
            Longitude and latitude in degrees, EPSG:6668, shape (n,).

        Returns
        -------
        numpy.ndarray
            int16, shape (n,): the row of ``geo.boundaries.exact()``; of several at a border, the first.
        """
        found = np.empty(len(x), dtype=np.int16)
        for start in range(0, len(x), LOOKED_UP_AT_ONCE):
            part = slice(start, start + LOOKED_UP_AT_ONCE)
            found[part] = self._locate(x[part], y[part])
        return found

    def _locate(self, x: FloatArray, y: FloatArray) -> Positions:
        levels, frame = self.levels, self.levels.frame
        with np.errstate(invalid="ignore", over="ignore"):
            across, up = np.floor(x * FINEST) - frame.column0, np.floor(y * FINEST) - frame.row0
            inside = (across >= 0) & (across < frame.columns) & (up >= 0) & (up < frame.rows)
        column, row = np.where(inside, across, 0).astype(np.int32), np.where(inside, up, 0).astype(np.int32)
        top = (row >> 2 * BITS) * np.int32(frame.columns >> 2 * BITS) + (column >> 2 * BITS)
        # The first cell is beyond every municipality, so that what is not inside reads OUTSIDE.
        found = levels.top[top]
        for level, shift in ((levels.middle, BITS), (levels.fine, 0)):
            deeper = np.flatnonzero(found <= INVALID)
            down, along = row[deeper] >> shift & SIDE - 1, column[deeper] >> shift & SIDE - 1
            block = (INVALID - found[deeper]).astype(np.int64)
            found[deeper] = level[block * BLOCK + down * SIDE + along]
        close = np.flatnonzero(found <= INVALID)
        found[close] = decide(
            self._polygons, levels.sets, (INVALID - found[close]).astype(np.int64), x[close], y[close]
        )
        answers = found.astype(np.int16)
        answers[~(np.isfinite(x) & np.isfinite(y))] = INVALID
        return answers


@cache
def point_grid() -> PointGrid:
    """Return the grid of the shipped boundaries: from the user's cache folder, else built (two seconds) and kept."""
    polygons = np.asarray(exact().geometry.array)
    levels = kept_levels(polygons)
    grid = PointGrid(polygons, levels)
    if levels is None:
        keep_levels(polygons, grid.levels)
    return grid


__all__ = ["INVALID", "OUTSIDE", "PointGrid", "point_grid"]
