from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.grid_lines import Segments, boundary_segments, cut

SMALL = st.floats(-20, 20, allow_nan=False, width=32)


def _one(*values: float) -> Segments:
    return Segments(*(np.array([value], dtype=float) for value in values), np.array([3]))


@given(SMALL, SMALL, SMALL, SMALL)
def test_pieces_join_into_the_segment_and_lie_each_in_its_cell(x0, y0, x1, y1):
    pieces = cut(_one(x0, y0, x1, y1))
    assert (pieces.x0[0], pieces.y0[0], pieces.x1[-1], pieces.y1[-1]) == (x0, y0, x1, y1) or len(pieces.x0) > 1
    assert np.isclose(np.hypot(pieces.x1 - pieces.x0, pieces.y1 - pieces.y0).sum(), np.hypot(x1 - x0, y1 - y0))
    for values, cell in (
        (pieces.x0, pieces.column),
        (pieces.x1, pieces.column),
        (pieces.y0, pieces.row),
        (pieces.y1, pieces.row),
    ):
        assert (values >= cell - 1e-6).all()
        assert (values <= cell + 1 + 1e-6).all()
    assert set(pieces.owner) == {3}


def test_a_segment_along_a_grid_line_is_one_cell_wide():
    assert cut(_one(2.0, 0.5, 2.0, 1.5)).column.tolist() == [2, 2]
    assert cut(_one(2.0, 2.0, 2.0, 2.0)).row.tolist() == [2]


def test_shells_run_counter_clockwise_and_holes_clockwise():
    outer = shapely.Polygon([(0, 0), (0, 4), (4, 4), (4, 0)], holes=[[(1, 1), (2, 1), (2, 2), (1, 2)]])
    for polygons in (np.array([outer]), np.array([shapely.reverse(outer)])):
        segments = boundary_segments(polygons)
        area = (segments.x0 * segments.y1 - segments.x1 * segments.y0).sum() / 2
        assert area == outer.area == 15


def test_each_part_of_each_polygon_gives_its_segments():
    several = np.array(
        [shapely.box(0, 0, 1, 1), shapely.MultiPolygon([shapely.box(2, 0, 3, 1), shapely.box(4, 0, 5, 1)])]
    )
    assert boundary_segments(several).owner.tolist() == [0] * 4 + [1] * 8
