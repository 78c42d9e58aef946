from __future__ import annotations

import numpy as np
import pytest
import shapely

from geo.border_edges import border_edges, outer_lengths, sharing_pairs
from geo.boundaries import adjacency, exact


@pytest.fixture(scope="module")
def areas():
    return np.asarray(exact().geometry.array)


def test_edges_count_only_where_the_coverage_is_valid(areas):
    assert shapely.coverage_is_valid(areas)


def test_neighbours_are_those_whose_borders_intersect_in_a_line(areas):
    left, right = shapely.STRtree(areas).query(areas, predicate="touches")
    lines = shapely.length(shapely.intersection(areas[left], areas[right])) > 0
    pairs = {(int(one), int(other)) for one, other in zip(left[lines], right[lines], strict=True) if one < other}
    assert set(zip(*(each.tolist() for each in sharing_pairs(areas)), strict=True)) == pairs
    assert len(adjacency()) == 2 * len(pairs)


def test_edges_add_up_to_the_perimeters(areas):
    edges = border_edges(areas)
    perimeters = np.bincount(edges.area, edges.length)
    np.testing.assert_allclose(perimeters, shapely.length(areas), rtol=1e-9)
    assert (outer_lengths(areas) <= perimeters + 1e-12).all()


def test_a_hole_is_shared_with_the_area_in_it():
    hole = shapely.box(1, 1, 2, 2)
    ring = shapely.box(0, 0, 3, 3).difference(hole)
    island = shapely.MultiPolygon([shapely.box(9, 9, 10, 10), shapely.box(11, 9, 12, 10)])
    assert outer_lengths(np.array([ring, hole, island])).tolist() == [12, 0, 8]
    assert [each.tolist() for each in sharing_pairs(np.array([ring, hole, island]))] == [[0], [1]]
