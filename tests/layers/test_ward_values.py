"""What the sources say of wards adds up to what they say of their cities."""

from __future__ import annotations

import pytest

from geo.gazetteer import wards
from layers.catalog import values
from layers.ward_values import ward_values
from tests.shared_atlas import TABLES


@pytest.mark.parametrize("identifier", ["register_population", "register_households", "births", "deaths"])
@pytest.mark.parametrize("city", ["01100", "14130", "27100"])
def test_wards_add_up_to_their_city(city, identifier):
    found = ward_values(TABLES, city)
    assert found.loc[found["indicator"] == identifier, "value"].sum() == values(TABLES, identifier)[city]


def test_every_ward_has_the_register_and_all_but_the_new_ones_a_projection():
    everything = [ward_values(TABLES, code).set_index("indicator")["value"] for code in wards().index]
    assert all(each["register_population"] > 0 for each in everything)
    without = [
        code for code, each in zip(wards().index, everything, strict=True) if not each["projected_population"] > 0
    ]
    assert {code[:3] for code in without} == {"221"}
    assert len(without) == 3


def test_the_register_s_sums():
    assert values(TABLES, "moved_in").sum() == 6_013_632
    assert values(TABLES, "moved_out").sum() == 5_608_560
    assert values(TABLES, "register_population").sum() == 124_330_690


def test_the_counts_of_procedures_make_the_published_rate():
    rate = values(TABLES, "online_procedures_online") / values(TABLES, "online_procedures_offered") * 100
    assert (rate - values(TABLES, "online_rate_32")).abs().max() <= 0.5 + 1e-9
