from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InvalidMeshError
from geo.mesh import (
    LEVELS,
    Cells,
    cells_at,
    cells_of,
    edges,
    mesh_bounds,
    mesh_codes,
    numbers_of,
    parse_all,
    parse_mesh,
    valid,
)

LONGITUDES, LATITUDES = st.floats(122, 154), st.floats(20, 46)
DIGITS = st.sampled_from(sorted(LEVELS))


@given(LONGITUDES, LATITUDES, DIGITS)
def test_a_point_lies_in_the_cell_of_its_code(x, y, digits):
    [code] = mesh_codes([x], [y], digits)
    west, south, east, north = mesh_bounds(code)
    assert len(code) == digits
    assert west <= x < east
    assert south <= y < north


@given(st.integers(20 * 960, 46 * 960 - 1), st.integers(122 * 640, 154 * 640 - 1), DIGITS)
def test_code_to_cell_and_back(row, column, digits):
    level = LEVELS[digits]
    cells = Cells(digits, np.array([int(row * level.rows / 960)]), np.array([column * level.columns // 640]))
    numbers = numbers_of(cells)
    assert valid(numbers).all()
    [(_, again)] = cells_of(numbers)
    assert (again.digits, again.row, again.column) == cells
    west, south, _, _ = edges(cells)
    assert numbers_of(cells_at(west, south, digits)) == numbers


def test_the_same_codes_and_corners_as_jismesh():
    jismesh = pytest.importorskip("jismesh.utils", reason="jismesh が入っていません")
    random = np.random.default_rng(3)
    x, y = random.uniform(122, 154, 5_000), random.uniform(20, 46, 5_000)
    for level, digits in enumerate(sorted(LEVELS), 1):
        ours = numbers_of(cells_at(x, y, digits))
        np.testing.assert_array_equal(ours, jismesh.to_meshcode(y, x, level).astype(np.int64))
        [(_, cells)] = cells_of(ours)
        west, south, east, north = edges(cells)
        for share, latitude, longitude in ((0, south, west), (1, north, east)):
            theirs = jismesh.to_meshpoint(ours, share, share)
            np.testing.assert_allclose(theirs, (latitude, longitude), rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5339", 5339),
        ("533945", 533945),
        ("53394525", 53394525),
        ("5339-45-25", 53394525),
        (" ５３３９４５２５ ", 53394525),
        (53394525, 53394525),
        (53394525.0, 53394525),
        ("533945251", 533945251),
        ("5339452511", 5339452511),
        ("53394525111", 53394525111),
        ("533985", None),  # 第2次 runs from 0 to 7
        ("533948", None),
        ("533945255", None),  # the integrated square of 2 km
        ("533945250", None),
        ("5339452", None),  # the integrated square of 5 km
        ("533945251100", None),
        ("", None),
        ("-", None),
        (None, None),
        (float("nan"), None),
        ("五三三九", None),
        ("٥٣٣٩", None),
    ],
)
def test_written_codes(text, number):
    assert parse_mesh(text) == number


@given(st.one_of(st.text(max_size=20), st.integers(), st.floats(), st.none(), st.binary(max_size=8)))
def test_reading_never_raises(value):
    assert parse_mesh(value) is None or valid(np.array([parse_mesh(value)])).all()


def test_what_is_wrong_is_said():
    with pytest.raises(InvalidMeshError, match="abc"):
        parse_all(["5339", "abc"])
    with pytest.raises(InvalidMeshError, match="533955255"):
        cells_of(np.array([533955255]))
    with pytest.raises(InvalidMeshError, match="桁数"):
        cells_at([139.0], [35.0], 7)
    for x, y in ((99.0, 35.0), (139.0, 66.0), (float("nan"), 35.0)):
        with pytest.raises(InvalidMeshError, match="座標"):
            mesh_codes([x], [y])


def test_levels_may_be_mixed():
    assert [(places.tolist(), cells.digits) for places, cells in cells_of(np.array([53394525, 5339, 53394526]))] == [
        ([1], 4),
        ([0, 2], 8),
    ]
