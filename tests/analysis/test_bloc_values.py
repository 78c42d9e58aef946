from __future__ import annotations

import math

import pytest

from geo.errors import RenkeiError
from geo.gazetteer import municipalities
from layers.blocs import blocs
from layers.catalog import indicator, indicators, values
from renkei.analysis.bloc_values import aggregate, bloc_values, spread
from tests.shared_atlas import ATLAS, TABLES

OBIHIRO = "living-area-1"
MEMBERS = ["01207", "01631", "01643", "01637"]


TOLD = [each.id for each in indicators(TABLES) if each.rule]
LAYERS = ("blocs", "core_city", "self_reliant")


@pytest.mark.parametrize("identifier", TOLD)
def test_every_rule_gives_every_bloc_a_value_or_no_data(identifier):
    each = indicator(TABLES, identifier)
    for layer in LAYERS:
        found = bloc_values(ATLAS, layer, identifier, each.dates[-1])
        assert list(found.index) == list(blocs(TABLES).loc[blocs(TABLES)["layer"] == layer, "id"])
        # What a town keeps secret or does not have, its bloc cannot tell.
        assert found.notna().mean() > (0.7 if each.coverage > 1700 else 0)


@pytest.mark.parametrize("identifier", [each for each in TOLD if indicator(TABLES, each).rule.denominator])
def test_a_rate_of_a_bloc_lies_among_those_of_its_members(identifier):
    """31 of 163 blocs lay outside: 青森圏域 424.2 against 22.4 to 423.6 kW per 1,000 people."""
    each = indicator(TABLES, identifier)
    own = values(TABLES, identifier)
    for layer in LAYERS:
        told = bloc_values(ATLAS, layer, identifier, each.dates[-1]).dropna()
        areas = blocs(TABLES).set_index("id")["member_codes"]
        for bloc, value in told.items():
            members = own[list(areas[bloc])].dropna()
            # A member that divides by zero (no school, nobody in 2020) tells nothing by itself.
            if len(members) == len(areas[bloc]):
                slack = 1e-9 * max(1, abs(value)) + (0.51 if identifier == "online_rate_32" else 0)  # whole percents
                assert members.min() - slack <= value <= members.max() + slack, bloc


def test_counts_add_and_rates_are_taken_again():
    population = {date: values(TABLES, "projected_population", date)[MEMBERS].sum() for date in ("2020", "2050")}
    assert bloc_values(ATLAS, "blocs", "projected_population", "2050")[OBIHIRO] == population["2050"]
    change = bloc_values(ATLAS, "blocs", "population_change_2020_2050", "2050")[OBIHIRO]
    assert change == pytest.approx((population["2050"] / population["2020"] - 1) * 100)
    groups = [values(TABLES, f"register_aged_{each}")[MEMBERS].sum() for each in ("0_14", "15_64", "65")]
    ageing = groups[2] / sum(groups) * 100
    assert bloc_values(ATLAS, "blocs", "share_65", indicator(TABLES, "share_65").dates[-1])[OBIHIRO] == pytest.approx(
        ageing
    )
    people = values(TABLES, "census_population", "2020-10-01")[MEMBERS].sum()
    solar = values(TABLES, "fit_solar_kw")[MEMBERS].sum() / people * 1000
    assert bloc_values(ATLAS, "blocs", "fit_solar_kw_per_1000", "2023-12")[OBIHIRO] == pytest.approx(solar)


def test_a_bloc_with_a_member_without_data_has_none():
    missing = set(values(TABLES, "projected_population").index[values(TABLES, "projected_population").isna()])
    for layer in ("core_city", "self_reliant", "blocs"):
        found = bloc_values(ATLAS, layer, "projected_population", "2050")
        areas = blocs(TABLES)[blocs(TABLES)["layer"] == layer].set_index("id")["member_codes"]
        for identifier, members in areas.items():
            assert math.isnan(found[identifier]) == bool(missing & set(members))


@pytest.mark.parametrize(
    ("layer", "identifier", "date", "words"),
    [
        ("blocs", "fiscal_capacity", "FY2021", "圏域でまとめられません"),
        ("blocs", "dx_ai", "2023-12-31", "圏域でまとめられません"),
        ("core_city", "projected_population", "garbage", "garbage の値はありません"),
        ("core_cty", "projected_population", "2050", "圏域の種類「core_cty」はありません"),
        ("blocs", "no_such_thing", "2050", "指標「no_such_thing」はありません"),
    ],
)
def test_what_cannot_be_told_is_said_in_a_sentence(layer, identifier, date, words):
    with pytest.raises(RenkeiError, match=words):
        bloc_values(ATLAS, layer, identifier, date)


def test_any_group_of_municipalities():
    found = aggregate(ATLAS, {"十勝": MEMBERS, "世田谷": ["13112"]}, "census_population", "2025-10-01")
    assert found["十勝"] == values(TABLES, "census_population", "2025-10-01")[MEMBERS].sum()
    with pytest.raises(RenkeiError, match="99999"):
        aggregate(ATLAS, {"x": ["99999"]}, "census_population")


def test_members_take_the_value_of_their_bloc_and_others_none():
    codes = municipalities().index
    by_bloc = bloc_values(ATLAS, "blocs", "share_65", indicator(TABLES, "share_65").dates[-1])
    painted = spread(ATLAS, "blocs", by_bloc, codes)
    assert set(painted[MEMBERS]) == {by_bloc[OBIHIRO]}
    outside = set(codes) - {
        code for members in blocs(TABLES).loc[blocs(TABLES)["layer"] == "blocs", "member_codes"] for code in members
    }
    assert painted[sorted(outside)].isna().all()
