from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import UnknownNameError
from geo.measure import distance_km, extent, great_circle, party_point

PLACES = st.tuples(st.floats(123, 146), st.floats(24, 46))


@pytest.mark.parametrize(
    ("start", "end", "km"),
    [
        # 1 degree of the meridian at the equator, and one degree of the equator, on GRS80
        ((140, 0), (140, 1), 110.574),
        ((140, 0), (141, 0), 111.319),
        ((139.69, 35.69), (139.69, 35.69), 0),
    ],
)
def test_distances(start, end, km):
    assert distance_km(start, end) == pytest.approx(km, abs=0.001)


@given(PLACES, PLACES)
def test_distance_is_symmetric(start, end):
    assert distance_km(start, end) == pytest.approx(distance_km(end, start), abs=1e-6)


@given(PLACES, PLACES)
def test_arcs_begin_and_end_at_their_parties(start, end):
    points = shapely.get_coordinates(great_circle(start, end, points=9))
    assert len(points) == 9
    assert tuple(points[0]) == pytest.approx(start)
    assert tuple(points[-1]) == pytest.approx(end)


def test_extent():
    west, south, east, north = extent(["13112"])
    assert 139.5 < west < east < 139.8
    assert 35.5 < south < north < 35.8
    assert extent([])[0] < 123.1


def test_parties():
    assert party_point("20000")[0] == pytest.approx(138, abs=0.7)
    with pytest.raises(UnknownNameError):
        party_point("99000")
    with pytest.raises(UnknownNameError):
        party_point("99999")
