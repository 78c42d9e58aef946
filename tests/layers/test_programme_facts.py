from __future__ import annotations

import pytest

from geo.gazetteer import municipalities, wards
from layers.catalog import indicator, indicators, values
from layers.evidence import TIERS
from layers.medical_areas import medical_areas
from layers.programme_facts import programme_facts
from tests.shared_atlas import TABLES


def test_zero_carbon_declarations_are_a_known_yes_or_unknown():
    found = values(TABLES, "zero_carbon_city")
    facts = programme_facts(TABLES)[programme_facts(TABLES)["indicator"] == "zero_carbon_city"]
    assert (found == 1).sum() == facts["code"].nunique() == 374
    # Only where a prefecture's list is complete does absence mean anything.
    complete = municipalities()["prefecture"].isin(["山梨県", "山口県", "奈良県", "沖縄県"])
    assert set(found.index[found == 0]) <= set(municipalities().index[complete])
    assert found[~complete].isin([1]).sum() == found[~complete].notna().sum()


@pytest.mark.parametrize(
    "identifier",
    ["sdgs_future_city", "biomass_industrial_city", "environmental_model_city", "super_city", "smart_city"],
)
def test_memberships_are_those_with_a_page(identifier):
    found = values(TABLES, identifier)
    facts = programme_facts(TABLES)[programme_facts(TABLES)["indicator"] == identifier]
    assert set(found.index[found == 1]) == set(facts["code"])
    assert (found == 0).sum() == 0
    assert indicator(TABLES, identifier).coverage == facts["code"].nunique()
    assert "不明" in indicator(TABLES, identifier).gaps or identifier == "super_city"


def test_every_fact_has_a_page_a_tier_and_a_municipality():
    frame = programme_facts(TABLES)
    assert frame["url"].str.match(r"https?://").all()
    assert set(frame["tier"]) <= set(TIERS)
    assert set(frame["code"]) <= set(municipalities().index)
    assert frame["date"].str.fullmatch(r"|\d{4}(-\d{2}(-\d{2})?)?").all()


def test_procedures_tell_no_data_from_zero():
    own = [each for each in indicators(TABLES) if each.group == "procedures"]
    assert len(own) == 52 - 4  # four have no value anywhere
    assert len({each.title for each in own}) == len({each.title_en for each in own}) == len(own)
    library = values(TABLES, "online_procedure_01")
    assert library["01100"] == 88.8
    moving_out = values(TABLES, "online_procedure_25")
    assert (moving_out == 0).sum() > 0
    assert moving_out.isna().sum() > 0
    for each in own:
        found = values(TABLES, each.id).dropna()
        assert found.between(0, 100).all()


def test_medical_areas():
    frame = medical_areas(TABLES)
    assert len(frame) == 339
    members = [code for codes in frame["member_codes"] for code in codes]
    assert set(members) == set(municipalities().index)
    two = {code for code in members if members.count(code) > 1}
    assert "14130" in two  # 川崎市
    assert all(code in set(wards()["city_code"]) for code in two)


def test_area_is_the_gazetteers():
    assert values(TABLES, "official_area").equals(
        municipalities()["area_km2"].astype(float).rename(values(TABLES, "official_area").name)
    )
