from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo.assign import assign, locate, swapped
from geo.boundaries import exact
from geo.errors import InvalidCoordinatesError
from geo.grid_levels import FINEST
from geo.nearest_shore import nearest_shore
from geo.point_grid import PointGrid, point_grid


def _by_polygons(polygons: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The exact predicate of GEOS, polygon by polygon; of several the first."""
    found = np.full(len(x), -1)
    point, polygon = shapely.STRtree(polygons).query(shapely.points(x, y), predicate="intersects")
    order = np.argsort(-polygon, kind="stable")
    found[point[order]] = polygon[order]
    return found


@pytest.fixture(scope="module")
def polygons():
    return np.asarray(exact().geometry.array)


def test_every_corner_of_every_border_and_shore_and_points_a_hair_beside_it(polygons):
    corners = shapely.get_coordinates(polygons)[::4]
    near = np.concatenate(
        [corners, np.nextafter(corners, 0), np.nextafter(corners, 200), corners + np.array([1e-9, -1e-9])]
    )
    x, y = near[:, 0].copy(), near[:, 1].copy()
    np.testing.assert_array_equal(locate(x, y), _by_polygons(polygons, x, y))


def test_points_along_the_edges(polygons):
    corners = shapely.get_coordinates(polygons)
    random = np.random.default_rng(5)
    start = random.integers(0, len(corners) - 1, 20_000)
    share = random.random((len(start), 1))
    points = corners[start] * (1 - share) + corners[start + 1] * share
    x, y = points[:, 0].copy(), points[:, 1].copy()
    np.testing.assert_array_equal(locate(x, y), _by_polygons(polygons, x, y))


def test_random_points_of_land_and_sea(polygons):
    random = np.random.default_rng(21)
    west, south, east, north = shapely.total_bounds(polygons)
    x, y = random.uniform(west - 1, east + 1, 60_000), random.uniform(south - 1, north + 1, 60_000)
    np.testing.assert_array_equal(locate(x, y), _by_polygons(polygons, x, y))


def test_edges_and_corners_of_the_grids_own_cells(polygons):
    random = np.random.default_rng(8)
    x, y = (
        random.integers(129 * FINEST, 146 * FINEST, 40_000) / FINEST,
        random.integers(31 * FINEST, 45 * FINEST, 40_000) / FINEST,
    )
    np.testing.assert_array_equal(locate(x, y), _by_polygons(polygons, x, y))


def test_every_island_and_every_municipality_has_a_point(polygons):
    parts, owner = shapely.get_parts(polygons, return_index=True)
    inside = shapely.get_coordinates(shapely.point_on_surface(parts))
    np.testing.assert_array_equal(locate(inside[:, 0], inside[:, 1]), owner)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=4, max_size=12, unique=True),
    st.integers(0, 999),
)
def test_any_coverage_is_answered_as_by_its_polygons(sites, seed):
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(np.array(sites) / 20)))[
        1:
    ]  # one left out: a lake
    cells = shapely.intersection(cells, shapely.box(-0.2, -0.2, 3.2, 3.2))
    cells = np.array([cell for cell in cells if cell.geom_type == "Polygon" and cell.area > 1e-6])
    if not len(cells) or not shapely.coverage_is_valid(cells):
        return
    random = np.random.default_rng(seed)
    corners = shapely.get_coordinates(cells)
    x = np.r_[random.uniform(-0.5, 3.5, 300), corners[:, 0]]
    y = np.r_[random.uniform(-0.5, 3.5, 300), corners[:, 1]]
    np.testing.assert_array_equal(PointGrid(cells).locate(x, y), _by_polygons(cells, x, y))


def test_a_shared_border_belongs_to_the_lower_code():
    frame = exact()
    setagaya, meguro = frame.geometry["13112"], frame.geometry["13110"]
    border = shapely.get_coordinates(shapely.intersection(shapely.boundary(setagaya), shapely.boundary(meguro)))
    assert len(border) > 5
    assert set(frame.index[locate(border[1:-1, 0], border[1:-1, 1])]) <= {"13110", "13109", "13103", "13113"}
    assert "13110" in set(frame.index[locate(border[1:-1, 0], border[1:-1, 1])])


@pytest.mark.parametrize(
    ("x", "y", "code", "outcome"),
    [
        (139.7006, 35.6895, "13104", "inside"),
        (142.19, 27.09, "13421", "inside"),  # 父島
        (123.01, 24.45, "47382", "inside"),  # 与那国島
        (139.80, 35.56, None, "outside"),
        (-73.9, 40.7, None, "outside"),
        (145.85, 44.0, None, "outside"),  # 国後島
        (1e308, -1e308, None, "outside"),
        (np.nan, 35.0, None, "invalid"),
        (139.0, np.inf, None, "invalid"),
    ],
)
def test_outcomes(x, y, code, outcome):
    row = assign([x, 139.7, 139.7], [y, 35.69, 35.69]).iloc[0]
    assert (None if pd.isna(row["code"]) else row["code"], row["outcome"]) == (code, outcome)
    assert (row["distance_m"] == 0) == (outcome == "inside")


def test_the_index_of_a_series_is_kept():
    frame = assign(pd.Series([139.7], index=["駅"]), pd.Series([35.69], index=["駅"]))
    assert frame.index.tolist() == ["駅"]
    assert assign([], []).shape == (0, 3)


def test_nearest_is_the_nearest_within_the_distance_and_not_beyond():
    [far] = assign([139.80], [35.56], nearest_within=500)["outcome"]
    near = assign([139.80], [35.56], nearest_within=510).iloc[0]
    assert far == "outside"
    assert (near["code"], near["outcome"]) == ("13111", "nearest")
    assert 500 < near["distance_m"] < 510


def test_nearest_equals_the_least_geodesic_distance_to_the_densified_shore():
    random = np.random.default_rng(4)
    x, y = random.uniform(138.5, 141, 400), random.uniform(34.5, 36, 400)
    sea = locate(x, y) < 0
    x, y = x[sea][:25], y[sea][:25]
    found = nearest_shore(x, y, 50_000.0)
    shore = shapely.get_coordinates(
        shapely.segmentize(np.asarray(exact().cx[137.5:142, 33.5:37].geometry.array), 0.0002)
    )
    for number in range(len(x)):
        around = shore[(abs(shore[:, 0] - x[number]) < 0.7) & (abs(shore[:, 1] - y[number]) < 0.6)]
        length = Geod(ellps="GRS80").inv(
            np.full(len(around), x[number]), np.full(len(around), y[number]), around[:, 0], around[:, 1]
        )[2]
        least = length.min(initial=np.inf)
        if found.position[number] >= 0:
            assert found.distance[number] == pytest.approx(least, abs=12)
            assert found.distance[number] <= least + 0.01
        else:
            assert least > 49_980


@pytest.mark.parametrize(
    ("x", "y", "options", "says"),
    [
        ([35.7, 35.6], [139.7, 139.8], {}, "逆"),
        ([139.7], [35.7, 35.8], {}, "数が違います"),
        (["東京"], [35.7], {}, "数でないもの"),
        ([[139.7]], [[35.7]], {}, "1列"),
        ([139.7], [35.7], {"nearest_within": -1}, "nearest_within"),
        ([139.7], [35.7], {"nearest_within": float("nan")}, "nearest_within"),
        ([139.7], [35.7], {"nearest_within": 60_000}, "nearest_within"),
    ],
)
def test_what_is_wrong_is_said(x, y, options, says):
    with pytest.raises(InvalidCoordinatesError, match=says):
        assign(x, y, **options)


def test_one_odd_point_is_not_taken_for_swapped_axes():
    assert not swapped(np.array([139.0, 139.1, 35.0]), np.array([35.0, 35.1, 139.0]))


def test_the_grid_is_small():
    levels = point_grid().levels
    assert levels.top.nbytes + levels.middle.nbytes + levels.fine.nbytes < 30_000_000
    assert sum(each.nbytes for each in levels.sets) < 1_000_000
