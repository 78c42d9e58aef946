from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.assign import locate
from geo.boundaries import exact
from geo.errors import InvalidMeshError
from geo.mesh import LEVELS, Cells, cells_at, edges
from geo.mesh_shares import UNITS, authalic, mesh_shares, shares_of


def _clipped(cells: Cells, number: int) -> dict[int, float]:
    """The shares of one cell, by clipping each polygon with it."""
    west, south, east, north = (values[number] for values in edges(cells))
    box = shapely.box(west, south, east, north)
    polygons = np.asarray(exact().geometry.array)
    areas = {}
    for position in shapely.STRtree(polygons).query(box, predicate="intersects"):
        inside = shapely.transform(
            shapely.intersection(polygons[position], box), lambda at: np.c_[at[:, 0], authalic(at[:, 1])]
        )
        areas[int(position)] = inside.area
    total = sum(areas.values())
    return {position: area / total for position, area in areas.items() if area / total > 2 / UNITS}


@pytest.mark.parametrize("digits", sorted(LEVELS))
def test_shares_are_those_of_clipped_polygons(digits):
    corners = shapely.get_coordinates(np.asarray(exact().geometry.array))
    random = np.random.default_rng(digits)
    sample = corners[random.integers(0, len(corners), 4 if digits == 4 else 25)]
    cells = cells_at(sample[:, 0], sample[:, 1], digits)
    shares = shares_of(cells)
    for number in range(len(sample)):
        rows = slice(shares.first[number], shares.first[number] + shares.size[number])
        ours = dict(zip(shares.position[rows].tolist(), shares.units[rows] / UNITS, strict=True))
        clipped = _clipped(cells, number)
        assert set(clipped) <= set(ours)
        assert all(share == pytest.approx(clipped.get(position, 0.0), abs=3e-6) for position, share in ours.items())


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.floats(123, 149), st.floats(24, 45.5)), min_size=1, max_size=50),
    st.sampled_from(sorted(LEVELS)),
)
def test_the_shares_of_a_cell_sum_to_one_exactly(points, digits):
    x, y = np.array(points).T
    shares = shares_of(cells_at(x, y, digits))
    assert np.add.reduceat(shares.units, shares.first).tolist() == [UNITS] * len(points)
    assert (shares.units >= 0).all()


def test_the_areas_of_all_cells_are_those_of_the_municipalities():
    row, column = np.meshgrid(np.arange(34 * 12, 37 * 12), np.arange(138 * 8, 141 * 8), indexing="ij")
    cells = Cells(6, row.ravel(), column.ravel())
    shares = shares_of(cells)
    polygons = np.asarray(exact().geometry.array)
    flat = shapely.area(shapely.transform(polygons, lambda at: np.c_[np.radians(at[:, 0]), authalic(at[:, 1])]))
    west, south, east, north = shapely.bounds(polygons).T
    whole = (west > 138) & (east < 141) & (south > 34) & (north < 37)
    assert whole.sum() > 200
    cell = np.repeat(np.arange(len(cells.row)), shares.size)
    land = np.zeros(len(cells.row))
    for number in np.unique(cell[np.isin(shares.position, np.flatnonzero(whole))]):
        west, south, east, north = (values[number] for values in edges(cells))
        box = shapely.box(west, south, east, north)
        near = polygons[shapely.intersects(polygons, box)]
        land[number] = shapely.area(
            shapely.transform(
                shapely.intersection(near, box), lambda at: np.c_[np.radians(at[:, 0]), authalic(at[:, 1])]
            )
        ).sum()
    on_land = shares.position >= 0
    areas = np.bincount(shares.position[on_land], (shares.units / UNITS * land[cell])[on_land], minlength=len(polygons))
    np.testing.assert_allclose(areas[whole], flat[whole], rtol=1e-3)


def test_by_centre_the_municipality_of_the_centre_has_all():
    random = np.random.default_rng(0)
    cells = cells_at(random.uniform(130, 142, 500), random.uniform(32, 43, 500), 8)
    shares = shares_of(cells, "centre")
    west, south, east, north = edges(cells)
    np.testing.assert_array_equal(shares.position, locate((west + east) / 2, (south + north) / 2))
    assert (shares.units == UNITS).all()


def test_a_cell_on_the_shore_is_of_its_land_and_one_at_sea_of_nobody():
    shore, sea = mesh_shares(["53393680"]), mesh_shares(["50390000"])
    assert shore["share"].sum() == 1
    assert shore["code"].notna().all()
    assert sea["code"].isna().tolist() == [True]
    assert sea["share"].tolist() == [1.0]


def test_codes_come_back_in_their_order_repeats_and_levels_mixed():
    frame = mesh_shares(["53394526", "5339", "53394525", "53394525"])
    assert frame["mesh"].drop_duplicates().tolist() == ["53394526", "5339", "53394525"]
    assert frame.groupby("mesh")["share"].sum().tolist() == [1.0, 2.0, 1.0]
    assert mesh_shares([]).empty
    with pytest.raises(InvalidMeshError, match="533"):
        mesh_shares(["533"])
