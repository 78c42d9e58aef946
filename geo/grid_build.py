"""Building the point grid: the cells that boundaries touch, level by level, and what the others lie in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from scipy import ndimage

from geo.grid_levels import BITS, BLOCK, FINEST, INVALID, OUTSIDE, SIDE, CandidateSets, Levels, decide, frame_of
from geo.grid_lines import Segments, boundary_segments, cut

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

TOUCHES = 1e-6
"""Cells. A boundary within so much of a cell (0.1 mm) touches it: far more than the rounding of a cut."""

BUILT_AT_ONCE = 20_000
"""Segments, so that building takes little memory."""


def build_levels(polygons: NDArray[np.object_]) -> Levels:
    """Build the grid of prepared polygons that form a coverage."""
    return _Builder(polygons).build()


class _Builder:
    def __init__(self, polygons: NDArray[np.object_]) -> None:
        self._polygons = polygons
        self._frame = frame_of(polygons)
        self._column0, self._row0, self._columns, self._rows = self._frame

    def build(self) -> Levels:
        """Build level by level, from the finest cells up."""
        cells, owners = self._touched()
        fine, sets, set_of_fine = _candidate_sets(cells, owners)
        middle_cells, middle_sets, set_of_middle = _candidate_sets(*self._each_once(self._parent(cells), owners))
        coarse = _distinct(self._parent(middle_cells, BITS))
        middle = self._blocks(coarse, middle_cells, BITS, None, None)
        # Blocks are numbered as their cells are, so that a cell refers to its block by the order alone.
        below = middle == INVALID
        middle[below] = INVALID - np.arange(np.count_nonzero(below))
        order = self._in_block_order(coarse, middle_cells, BITS)
        fine_blocks = self._blocks(middle_cells[order], fine, 0, middle_sets, set_of_middle[order])
        inner = self._in_block_order(middle_cells[order], fine, 0)
        fine_blocks[fine_blocks == INVALID] = INVALID - set_of_fine[inner]
        small = np.int16 if len(sets.first) < 32_000 else np.int32  # noqa: PLR2004
        return Levels(self._frame, self._top_level(coarse), middle, fine_blocks.astype(small), sets)

    def _touched(self) -> tuple[IntArray, IntArray]:
        """Return the cells of the finest level that boundaries touch, with the owners of these: pairs, each once."""
        segments = boundary_segments(self._polygons)
        moved = Segments(
            segments.x0 * FINEST - self._column0,
            segments.y0 * FINEST - self._row0,
            segments.x1 * FINEST - self._column0,
            segments.y1 * FINEST - self._row0,
            segments.owner,
        )
        count = len(self._polygons)
        pairs = []
        for start in range(0, len(moved.x0), BUILT_AT_ONCE):
            pieces = cut(moved.part(start, BUILT_AT_ONCE))
            west = np.floor(np.minimum(pieces.x0, pieces.x1) - TOUCHES).astype(np.int64)
            east = np.floor(np.maximum(pieces.x0, pieces.x1) + TOUCHES).astype(np.int64)
            south = np.floor(np.minimum(pieces.y0, pieces.y1) - TOUCHES).astype(np.int64)
            north = np.floor(np.maximum(pieces.y0, pieces.y1) + TOUCHES).astype(np.int64)
            # A piece lies in one closed cell, so it reaches at most into the next ones on each side.
            own = pieces.row * self._columns + pieces.column
            found = [own * count + pieces.owner]
            for row, column in ((south, west), (south, east), (north, west), (north, east)):
                corner = row * self._columns + column
                other = corner != own
                found.append(corner[other] * count + pieces.owner[other])
            pairs.append(_distinct(np.concatenate(found)))
        return self._each_once(*np.divmod(np.concatenate(pairs), count))

    def _each_once(self, cells: IntArray, owners: IntArray) -> tuple[IntArray, IntArray]:
        """Return the different pairs, ascending by cell, then by owner."""
        count = len(self._polygons)
        return np.divmod(_distinct(cells * count + owners), count)

    def _parent(self, cells: IntArray, shift: int = 0) -> IntArray:
        """Return the cells of the level above; ``shift`` is the bits that ``cells`` are above the finest level."""
        columns = self._columns >> shift
        row, column = np.divmod(cells, columns)
        parent: IntArray = (row >> BITS) * (columns >> BITS) + (column >> BITS)
        return parent

    def _centre(self, row: IntArray, column: IntArray, shift: int) -> tuple[FloatArray, FloatArray]:
        half = 0.5 * (1 << shift)
        return (
            ((column << shift) + half + self._column0) / FINEST,
            ((row << shift) + half + self._row0) / FINEST,
        )

    def _top_level(self, touched: IntArray) -> NDArray[np.int32]:
        rows, columns = self._rows >> 2 * BITS, self._columns >> 2 * BITS
        free = np.ones(rows * columns, dtype=bool)
        free[touched] = False
        labels, count = ndimage.label(free.reshape(rows, columns))
        flat = labels.ravel()
        sample = np.zeros(count + 1, dtype=np.int64)
        sample[flat[::-1]] = np.arange(flat.size)[::-1]
        x, y = self._centre(*np.divmod(sample[1:], columns), shift=2 * BITS)
        answers = np.full(count + 1, OUTSIDE, dtype=np.int32)
        point, polygon = shapely.STRtree(self._polygons).query(shapely.points(x, y), predicate="intersects")
        answers[point + 1] = polygon
        top: NDArray[np.int32] = answers[flat]
        top[touched] = INVALID - np.arange(len(touched))
        return top

    def _in_block_order(self, blocks: IntArray, cells: IntArray, shift: int) -> IntArray:
        """Return the order of ``cells`` by their block and their place in it."""
        return np.argsort(self._slots(blocks, cells, shift), kind="stable")

    def _slots(self, blocks: IntArray, cells: IntArray, shift: int) -> IntArray:
        """Return the place of cells in an array of blocks; each cell's parent is one of ``blocks``."""
        sorter = np.argsort(blocks, kind="stable")
        block = sorter[np.searchsorted(blocks, self._parent(cells, shift), sorter=sorter)]
        row, column = np.divmod(cells, self._columns >> shift)
        slots: IntArray = block * BLOCK + (row & SIDE - 1) * SIDE + (column & SIDE - 1)
        return slots

    def _blocks(
        self,
        blocks: IntArray,
        touched: IntArray,
        shift: int,
        sets: CandidateSets | None,
        set_of_block: IntArray | None,
    ) -> NDArray[np.int32]:
        """Return a level's cells, block by block: the municipality, OUTSIDE, or INVALID where touched."""
        free = np.ones(len(blocks) * BLOCK, dtype=bool)
        free[self._slots(blocks, touched, shift)] = False
        within = np.zeros((3, 3, 3), dtype=bool)
        within[1] = ndimage.generate_binary_structure(2, 1)
        labels, count = ndimage.label(free.reshape(-1, SIDE, SIDE), structure=within)
        flat = labels.ravel()
        sample = np.zeros(count + 1, dtype=np.int64)
        sample[flat[::-1]] = np.arange(flat.size)[::-1]
        block, place = np.divmod(sample[1:], BLOCK)
        block_row, block_column = np.divmod(blocks[block], self._columns >> shift + BITS)
        row, column = np.divmod(place, SIDE)
        x, y = self._centre(block_row * SIDE + row, block_column * SIDE + column, shift)
        answers = np.full(count + 1, INVALID, dtype=np.int32)
        if sets is None or set_of_block is None:
            answers[1:] = OUTSIDE
            point, polygon = shapely.STRtree(self._polygons).query(shapely.points(x, y), predicate="intersects")
            answers[point + 1] = polygon
        else:
            answers[1:] = decide(self._polygons, sets, set_of_block[block], x, y)
        cells: NDArray[np.int32] = answers[flat]
        return cells


def _distinct(values: NDArray[Any]) -> NDArray[Any]:
    """Return the different values, ascending; by sorting, since numpy's own way by hashing takes minutes here."""
    ordered = np.sort(values)
    return ordered[np.r_[True, ordered[1:] != ordered[:-1]]]


def _candidate_sets(cells: IntArray, owners: IntArray) -> tuple[IntArray, CandidateSets, IntArray]:
    """Return the cells (each once), their different sets of owners, and each cell's set, of ordered pairs."""
    first = np.flatnonzero(np.r_[True, cells[1:] != cells[:-1]])
    size = np.diff(np.r_[first, len(cells)])
    # A set is told by the sum of its members' random numbers; that no two share one is checked below.
    marks = np.random.default_rng(0).integers(1, 1 << 63, int(owners.max()) + 1, dtype=np.uint64)
    mark = np.add.reduceat(marks[owners], first)
    known = _distinct(mark)
    number = np.searchsorted(known, mark)
    example = np.empty(len(known), dtype=np.int64)
    example[number[::-1]] = np.arange(len(number))[::-1]
    own = np.arange(len(cells)) - np.repeat(first, size)
    alike = owners == owners[np.repeat(first[example[number]], size) + own]
    length = size[example]
    start = np.cumsum(length) - length
    within = np.repeat(first[example] - start, length) + np.arange(length.sum())
    sets = CandidateSets(start, length, owners[within])
    if not (np.array_equal(size, sets.size[number]) and alike.all()):  # pragma: no cover - one in 10**11
        msg = "two sets of municipalities have one mark"
        raise RuntimeError(msg)
    return cells[first], sets, number
