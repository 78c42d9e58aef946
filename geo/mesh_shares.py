"""Which part of a mesh cell lies in which municipality (按分), on the exact boundaries.

Areas are taken on the sphere of equal area (the authalic function of GRS80; Snyder, Map Projections, 1987, eq. 3-12),
so that a share is one of square kilometres, not of degrees. The sea has no share: a cell on the shore belongs to the
land in it. Every boundary segment is cut at the cells' edges, and each piece adds what lies to its left in its own row
of cells (Green's theorem), so that all cells of Japan take a second or two and no polygon is clipped.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pandas as pd
from pyproj import Geod

from geo.assign import locate
from geo.boundaries import exact
from geo.grid_lines import Segments, boundary_segments, cut
from geo.mesh import LEVELS, Cells, cells_of, edges, parse_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

Rule = Literal["area", "centre"]

UNITS = 1 << 20
"""Shares are whole numbers of 1/UNITS (1 square metre of a cell of 1 km), so that they sum to 1 exactly."""

_LEAST = 1e-9
"""Of a cell's area: less than that is the rounding of coordinates."""

_GRS80 = Geod(ellps="GRS80")


class Shares(NamedTuple):
    """Shares of cells: cell ``i`` has the rows ``first[i] : first[i] + size[i]`` of ``position`` and ``units``.

    ``position`` is the municipality's in ``geo.boundaries.exact()``, -1 for a cell without land; ``units`` (of
    ``UNITS``) sum to ``UNITS`` in each cell.
    """

    first: IntArray
    size: IntArray
    position: NDArray[np.int16]
    units: IntArray


class _Divided(NamedTuple):
    """Cells that a boundary runs through, ascending, and the areas (steradian-like units) in each municipality."""

    cell: IntArray
    owner: IntArray
    area: FloatArray


def authalic(latitude: FloatArray) -> FloatArray:
    """Return the ellipsoid's area between the equator and a latitude, per radian of longitude, in km².

    Examples
    --------
    >>> round(float(4 * np.pi * authalic(np.array(90.0))) / 1e6, 3)  # the earth's surface, in millions of km²
    510.066
    """
    eccentricity = np.sqrt(_GRS80.es)
    sine = np.sin(np.radians(latitude))
    inner = sine / (1 - _GRS80.es * sine**2) + np.arctanh(eccentricity * sine) / eccentricity
    area: FloatArray = (_GRS80.a / 1000) ** 2 * (1 - _GRS80.es) / 2 * inner
    return area


@cache
def _divided(digits: int) -> _Divided:
    level = LEVELS[digits]
    segments = boundary_segments(np.asarray(exact().geometry.array))
    pieces = cut(
        Segments(
            segments.x0 * level.columns,
            segments.y0 * level.rows,
            segments.x1 * level.columns,
            segments.y1 * level.rows,
            segments.owner,
        )
    )
    rise = authalic(pieces.y1 / level.rows) - authalic(pieces.y0 / level.rows)
    own = ((pieces.x0 + pieces.x1) / 2 - pieces.column) * rise
    order = np.lexsort((pieces.column, pieces.row, pieces.owner))
    owner, row, column = pieces.owner[order], pieces.row[order], pieces.column[order]
    in_row = np.r_[True, (owner[1:] != owner[:-1]) | (row[1:] != row[:-1])]
    first = np.flatnonzero(in_row | np.r_[True, column[1:] != column[:-1]])
    own, rise = np.add.reduceat(own[order], first), np.add.reduceat(rise[order], first)
    # A piece adds its whole rise to the cells on its left: the sum over the cells to the right, in the same row.
    until = np.cumsum(rise)
    starts = np.flatnonzero(in_row[first])
    last = np.r_[starts[1:], len(first)] - 1
    right = np.repeat(until[last], last - starts + 1) - until
    owner, row, column = owner[first], row[first], column[first]
    whole = authalic((row + 1) / level.rows) - authalic(row / level.rows)
    area = (own + right) * np.radians(1 / level.columns)
    kept = np.flatnonzero(own + right > _LEAST * whole)
    kept = kept[np.lexsort((owner[kept], _cell_number(row, column)[kept]))]
    return _Divided(_cell_number(row, column)[kept], owner[kept], area[kept])


def _cell_number(row: IntArray, column: IntArray) -> IntArray:
    return row << 32 | column


def shares_of(cells: Cells, rule: Rule = "area") -> Shares:
    """Return the shares of cells of one level.

    Parameters
    ----------
    cells
        Cells, shape (n,).
    rule
        ``area``: by area of land; ``centre``: the municipality that holds the cell's centre has all of it.

    Returns
    -------
    Shares
        In ascending order of municipality in each cell.
    """
    west, south, east, north = edges(cells)
    centre = locate((west + east) / 2, (south + north) / 2)
    if rule == "centre":
        every = np.arange(len(centre))
        return Shares(every, np.ones_like(every), centre, np.full(len(centre), UNITS, dtype=np.int64))
    divided = _divided(cells.digits)
    number = _cell_number(cells.row, cells.column)
    begin = np.searchsorted(divided.cell, number)
    count = np.searchsorted(divided.cell, number, side="right") - begin
    size = np.maximum(count, 1)
    first = np.cumsum(size) - size
    cell = np.repeat(np.arange(len(size)), size)
    row = begin[cell] + np.arange(len(cell)) - first[cell]
    through = count[cell] > 0
    position, area = centre[cell], np.ones(len(cell))
    position[through], area[through] = divided.owner[row[through]], divided.area[row[through]]
    return Shares(first, size, position, _whole_units(area, cell, first))


def _whole_units(area: FloatArray, cell: IntArray, first: IntArray) -> IntArray:
    """Return areas as whole units that sum to UNITS in each cell: by the largest remainder, then the first."""
    if not len(first):
        return np.zeros(0, dtype=np.int64)
    exact_units = area / np.add.reduceat(area, first)[cell] * UNITS
    units = np.floor(exact_units).astype(np.int64)
    missing = UNITS - np.add.reduceat(units, first)
    order = np.lexsort((np.arange(len(cell)), units - exact_units, cell))
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order)) - first[cell[order]]
    units += rank < missing[cell]
    return units


def mesh_shares(codes: Iterable[object], *, rule: Rule = "area") -> pd.DataFrame:
    """Return the municipalities of mesh cells, with their shares.

    Parameters
    ----------
    codes
        Codes as text or numbers, levels may be mixed.
    rule
        ``area`` or ``centre``, as ``shares_of``.

    Returns
    -------
    pandas.DataFrame
        ``mesh`` (text, in the order given), ``code`` (missing for a cell without land), ``share`` (of the cell's
        land; the shares of a cell sum to 1 exactly).

    Raises
    ------
    InvalidMeshError
        When a code is none; the message names the first.

    Examples
    --------
    >>> mesh_shares(["53394525"]).round(3).values.tolist()
    [['53394525', '13104', 0.761], ['53394525', '13113', 0.239]]
    """
    numbers = parse_all(codes)
    frames = []
    for places, cells in cells_of(numbers):
        shares = shares_of(cells, rule)
        frames.append(
            pd.DataFrame(
                {
                    "place": np.repeat(places, shares.size),
                    "code": pd.Categorical.from_codes(shares.position, exact().index),
                    "share": shares.units / UNITS,
                }
            )
        )
    columns = {"place": np.zeros(0, dtype=np.int64), "code": pd.Categorical([]), "share": np.zeros(0)}
    frame = pd.concat(frames) if frames else pd.DataFrame(columns)
    frame = frame[frame["share"] > 0].sort_values("place", kind="stable", ignore_index=True)
    frame.insert(0, "mesh", pd.Series([str(numbers[place]) for place in frame["place"]], dtype="str"))
    return frame.drop(columns="place").astype({"code": "str"})
