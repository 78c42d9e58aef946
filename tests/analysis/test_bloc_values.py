from __future__ import annotations

import math

import pytest

from geo.gazetteer import municipalities
from layers.blocs import blocs
from layers.catalog import indicator, values
from renkei.analysis.bloc_values import RULES, bloc_values, spread
from tests.shared_atlas import ATLAS, TABLES

OBIHIRO = "living-area-1"
MEMBERS = ["01207", "01631", "01643", "01637"]


@pytest.mark.parametrize("identifier", RULES)
@pytest.mark.parametrize("layer", ["blocs", "core_city", "self_reliant"])
def test_every_rule_gives_every_bloc_a_value_or_no_data(identifier, layer):
    each = indicator(TABLES, identifier)
    found = bloc_values(ATLAS, layer, identifier, each.dates[-1])
    assert list(found.index) == list(blocs(TABLES).loc[blocs(TABLES)["layer"] == layer, "id"])
    assert found.notna().mean() > 0.8


def test_counts_add_and_rates_are_taken_again():
    population = {date: values(TABLES, "projected_population", date)[MEMBERS].sum() for date in ("2020", "2050")}
    assert bloc_values(ATLAS, "blocs", "projected_population", "2050")[OBIHIRO] == population["2050"]
    change = bloc_values(ATLAS, "blocs", "population_change_2020_2050", "2050")[OBIHIRO]
    assert change == pytest.approx((population["2050"] / population["2020"] - 1) * 100)
    weights = values(TABLES, "register_population")[MEMBERS]
    ageing = (values(TABLES, "share_65")[MEMBERS] * weights).sum() / weights.sum()
    assert bloc_values(ATLAS, "blocs", "share_65", indicator(TABLES, "share_65").dates[-1])[OBIHIRO] == pytest.approx(
        ageing
    )
    solar = values(TABLES, "fit_solar_kw")[MEMBERS].sum() / weights.sum() * 1000
    assert bloc_values(ATLAS, "blocs", "fit_solar_kw_per_1000", "2023-12")[OBIHIRO] == pytest.approx(solar)


def test_a_bloc_with_a_member_without_data_has_none():
    missing = set(values(TABLES, "projected_population").index[values(TABLES, "projected_population").isna()])
    for layer in ("core_city", "self_reliant", "blocs"):
        found = bloc_values(ATLAS, layer, "projected_population", "2050")
        areas = blocs(TABLES)[blocs(TABLES)["layer"] == layer].set_index("id")["member_codes"]
        for identifier, members in areas.items():
            assert math.isnan(found[identifier]) == bool(missing & set(members))


def test_a_rule_that_is_none_is_an_error():
    with pytest.raises(KeyError):
        bloc_values(ATLAS, "blocs", "fiscal_capacity", "FY2021")


def test_members_take_the_value_of_their_bloc_and_others_none():
    codes = municipalities().index
    by_bloc = bloc_values(ATLAS, "blocs", "share_65", indicator(TABLES, "share_65").dates[-1])
    painted = spread(ATLAS, "blocs", by_bloc, codes)
    assert set(painted[MEMBERS]) == {by_bloc[OBIHIRO]}
    outside = set(codes) - {
        code for members in blocs(TABLES).loc[blocs(TABLES)["layer"] == "blocs", "member_codes"] for code in members
    }
    assert painted[sorted(outside)].isna().all()
