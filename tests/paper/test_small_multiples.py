from __future__ import annotations

import struct

import pytest

from layers.catalog import indicators
from renkei.paper.small_multiples import small_multiples
from tests.shared_atlas import ATLAS, TABLES

SERIES = [each.id for each in indicators(TABLES) if len(each.dates) > 1]


@pytest.mark.parametrize("identifier", ["projected_population", "fit_solar_kw", "census_change_rate"])
def test_a_picture_of_every_date(identifier):
    assert identifier in SERIES
    content = small_multiples(ATLAS, identifier, "ja")
    width, height = struct.unpack(">II", content[16:24])
    assert width == round(2.6 * 4 * 110)
    assert height > 300
