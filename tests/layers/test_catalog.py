"""The figures as they were published: sums, named exceptions, and what has no value."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest

from geo.data_folder import data_path
from geo.errors import UnknownNameError
from geo.gazetteer import municipalities
from layers.catalog import find_indicators, flags, groups, indicator, indicators, superseded, values
from layers.indicator_rules import period_end
from tests.shared_atlas import TABLES

SUMS = {
    ("census_population", "2025-10-01"): 122_972_528,
    ("census_population", "2020-10-01"): 126_146_099,
    # with 富谷市 and 那珂川市 under the codes they had as towns
    ("census_population", "2015-10-01"): 127_094_745,
    ("register_population", "2025-01-01"): 124_330_690,
    ("register_households", "2025-01-01"): 61_287_994,
    ("births", "2024"): 710_427,
    ("deaths", "2024"): 1_608_923,
    ("fit_solar_kw", "2023-12"): 71_994_527,
    # municipalities alone; with the prefectures 8,302.4, 11,175.0, 12,727.5 and 13,314.3 億円
    ("furusato_received", "FY2021"): 818_791_352_723,
    ("furusato_received", "FY2023"): 1_101_893_320_233,
    ("furusato_received", "FY2024"): 1_252_971_692_814,
    ("furusato_received", "FY2025"): 1_308_817_851_759,
    ("resident_register_population", "2024-01-01"): 124_885_175,
    ("resident_register_population", "2023-01-01"): 125_416_877,
}

SERIES = {
    "census_total_population": 126146099,
    "resident_register_population": 124885175,
    "births_vital": 770750,
    "deaths_vital": 1568098,
    "migration_in": 5263249,
    "migration_out": 5263249,
    "census_households": 55830154,
    "households_elderly_alone": 6716806,
    "marriages": 504930,
    "census_aged_0_14": 14955692,
    "census_aged_15_64": 72922764,
    "census_aged_65": 35335805,
    "taxable_income": 220354741861,
    "taxpayers": 60177450,
    "manufacturing_shipments": 361761838,
    "manufacturing_establishments": 223391,
    "manufacturing_employees": 7751935,
    "private_establishments": 5155605,
    "private_employees": 57937290,
    "commercial_sales": 522398218,
    "retail_sales": 133240083,
    "private_revenue": 1707295528,
    "cultivated_land": 4297589,
    "fiscal_capacity_series": 858.65,
    "real_balance_ratio": 14737.5,
    "ordinary_balance_ratio_series": 148321.5,
    "real_debt_service_ratio_series": 12275.8,
    "future_burden_ratio_series": 47355.3,
    "standard_fiscal_size": 33446821958,
    "revenue": 69855607272,
    "local_taxes": 20205060240,
    "expenditure": 67033848047,
    "debt_service": 5538971117,
    "kindergartens": 8837,
    "elementary_schools": 18977,
    "elementary_pupils": 6049648,
    "junior_high_schools": 9941,
    "junior_high_students": 3177428,
    "high_schools": 4791,
    "university_graduates": 21899942,
    "community_halls": 13163,
    "libraries": 3394,
    "labour_force": 59949767,
    "employed_people": 57643225,
    "unemployed_people": 2306542,
    "primary_industry_workers": 1962762,
    "secondary_industry_workers": 13259479,
    "tertiary_industry_workers": 40679332,
    "commuters_out": 24564752,
    "workers_at_home_municipality": 31225273,
    "hospitals": 8156,
    "clinics": 105182,
    "dental_clinics": 67755,
    "hospital_beds": 1492957,
    "doctors": 343275,
    "dentists": 105267,
    "pharmacists": 323690,
    "care_homes": 8494,
    "care_home_places": 592754,
    "private_retirement_homes": 17327,
    "nurseries": 30358,
    "health_insurance_members": 24104884,
}  # fmt: skip - one figure a series, as the table of its items states it
KNOWN = {each.id for each in indicators(TABLES)}
COASTAL_FUKUSHIMA = {
    "07204",
    "07209",
    "07212",
    "07541",
    "07542",
    "07543",
    "07544",
    "07545",
    "07546",
    "07547",
    "07548",
    "07561",
    "07564",
}


@pytest.mark.parametrize(("identifier", "date"), SUMS)
def test_published_sums(identifier, date):
    assert values(TABLES, identifier, date).sum() == SUMS[identifier, date]


def test_the_62_series_add_up_to_what_their_list_states():
    assert len(SERIES) == 62
    held = [each for each in indicators(TABLES) if each.table == "social_demographic_series.parquet"]
    assert {each.id for each in held} == set(SERIES)
    for identifier, stated in SERIES.items():
        # The list adds up the newest figure of each municipality: some keep theirs secret in some years.
        every = pd.concat([values(TABLES, identifier, date) for date in indicator(TABLES, identifier).dates], axis=1)
        newest = every.ffill(axis=1).iloc[:, -1]
        assert newest.sum() == pytest.approx(stated, abs=0.006 if stated % 1 else 0), identifier


def test_how_many_and_how_long():
    assert len(indicators(TABLES)) >= 165
    spans = [period_end(each.dates[-1]) - period_end(each.dates[0]) for each in indicators(TABLES)]
    assert sum(span.days >= 10 * 365 for span in spans) >= 60
    assert sum(len(each.dates) >= 10 for each in indicators(TABLES)) >= 60


@pytest.mark.parametrize(("code", "persons"), [("04216", 51_591), ("40231", 50_004)])
def test_towns_of_2015(code, persons):
    assert values(TABLES, "census_population", "2015-10-01")[code] == persons


@pytest.mark.parametrize("code", ["39405", "47382"])
def test_names_written_otherwise_in_the_solar_table(code):
    assert values(TABLES, "fit_solar_kw", "2023-12")[code] > 0


@pytest.mark.parametrize(("code", "rate"), [("13381", 56.3), ("13401", 48.4)])
def test_islands_without_a_code_in_the_card_table(code, rate):
    assert values(TABLES, "mynumber_issue_rate")[code] == rate


def test_the_card_table_writes_six_digits_without_their_zero():
    # 012220 三笠市 and 12220 流山市 are one number there.
    assert values(TABLES, "mynumber_issue_rate")[["01222", "12220"]].notna().all()


def test_coastal_fukushima_has_no_projection():
    for identifier in ("projected_population", "projected_share_65", "population_change_2020_2050"):
        series = values(TABLES, identifier)
        assert set(series.index[series.isna()]) == COASTAL_FUKUSHIMA
        assert (flags(TABLES, identifier)[sorted(COASTAL_FUKUSHIMA)] == "no_data").all()


def test_hamamatsu_is_projected_as_a_city():
    assert values(TABLES, "projected_population", "2050")["22130"] == pytest.approx(650_000, rel=0.1)


def test_not_surveyed_is_not_no():
    series = values(TABLES, "dx_cio")
    missing = series.index[series.isna()]
    assert len(missing) == 8
    assert {code[:2] for code in missing} == {"17"}


def test_zero_is_a_value():
    assert values(TABLES, "census_population", "2020-10-01")["07546"] == 0
    assert values(TABLES, "fit_solar_kw_per_1000").isna().sum() == 1


def test_leading_areas_say_that_they_are_incomplete():
    chosen = indicator(TABLES, "decarbonization_leading_area")
    counts = values(TABLES, chosen.id).value_counts().to_dict()
    assert counts == {0: 1619, 2: 87, 1: 32, 3: 3}
    assert chosen.flag(chosen.dates[-1]) == "incomplete"
    assert "第7回" in chosen.gaps


@pytest.mark.parametrize("each", indicators(TABLES), ids=lambda each: each.id)
def test_every_indicator_is_whole(each):
    assert all((each.title, each.title_en, each.definition, each.source, each.publisher, each.licence))
    assert each.source_url.startswith("https://")
    assert each.kind in ("number", "category", "membership")
    assert each.direction in ("up", "down", "none")
    assert list(each.dates) == sorted(each.dates)
    for date in each.dates:
        series = values(TABLES, each.id, date)
        assert series.index.equals(municipalities().index)
        if each.labels:
            assert set(series.dropna()) <= set(range(len(each.labels)))
    assert each.coverage == values(TABLES, each.id).notna().sum()
    assert each.coverage > 0, "an indicator without a value is not offered"
    assert (each.coverage == 1741) or each.gaps
    assert each.rule is None or not {part.removeprefix("-") for part in each.rule.ids} - KNOWN


@pytest.mark.parametrize("each", indicators(TABLES), ids=lambda each: each.id)
def test_every_date_has_a_survey_date_and_a_publication(each):
    for date in each.dates:
        published = each.published_on(date)
        assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", published), date
        # A projection is published before the day that it tells of; nothing else is.
        if each.flag(date) != "projection":
            assert published[:4] >= str(period_end(date).year) or date.startswith("FY")


def test_the_dashboard_s_figures_are_of_the_day_of_their_survey():
    for identifier in ("dx_cio", "dx_policy", "online_rate_32", "online_procedure_01"):
        chosen = indicator(TABLES, identifier)
        assert chosen.dates == ("2023-04-01",)
        assert chosen.published_on("2023-04-01") == "2024-07"
    assert indicator(TABLES, "dx_ai").dates == ("2023-12-31",)
    assert indicator(TABLES, "mynumber_held_rate").published_on("2024-07") == "2024-07"


def test_the_confirmed_census_stands_and_the_preliminary_one_is_history():
    chosen = indicator(TABLES, "census_population")
    assert chosen.flag("2025-10-01") == ""
    assert chosen.published_on("2025-10-01") == "2026-09-29"
    history = superseded(TABLES)
    assert set(history["flag"]) == {"preliminary"}
    assert history["value"].sum() == 123_049_524
    assert values(TABLES, "census_share_65", "2025-10-01").notna().all()


def test_rates_follow_the_confirmed_census():
    y2020, y2025 = (values(TABLES, "census_population", f"{year}-10-01") for year in (2020, 2025))
    change = values(TABLES, "census_change_rate", "2025-10-01")
    assert change["13112"] == pytest.approx((y2025["13112"] / y2020["13112"] - 1) * 100)
    density = values(TABLES, "population_density", "2025-10-01")
    # 歯舞群島 (94.84 km²) is part of 根室市 and of no density.
    assert density["01223"] == pytest.approx(21_241 / (502.65 - 94.84))
    assert values(TABLES, "official_area")["01223"] == 502.65
    assert indicator(TABLES, "official_area").dates == ("2025-10-01",)


def test_what_has_no_value_anywhere_is_not_offered():
    offered = {each.id for each in indicators(TABLES)}
    package = json.loads(data_path("indicators", "datapackage.json").read_text(encoding="utf-8"))
    empty = {each["id"] for each in package["not_offered"]}
    assert len(empty) == 4
    assert not empty & offered
    assert all(each.startswith("online_procedure_") for each in empty)


def test_the_chooser_finds_its_way():
    order = [group.id for group in groups(TABLES)]
    own = [each.group for each in indicators(TABLES)]
    assert own == sorted(own, key=order.index)
    for group in order:
        ours = [each.common for each in indicators(TABLES) if each.group == group]
        assert ours == sorted(ours, reverse=True)
    assert 20 <= sum(each.common for each in indicators(TABLES)) <= 40
    for query, expected in {
        "高齢化": "share_65",
        "aging": "census_share_65",
        "ＡＩ": "dx_ai",
        "空き家": None,
        "特養 定員": "care_home_places",
        "医師": "doctors",
    }.items():
        found = [each.id for each in find_indicators(TABLES, query)]
        assert (expected in found) if expected else not found, query
    assert {each.group for each in find_indicators(TABLES, "", group="work")} == {"work"}


def test_preliminary_and_projected_years_are_marked():
    assert indicator(TABLES, "projected_population").flag("2050") == "projection"
    assert indicator(TABLES, "projected_population").flag("2020") == ""


def test_the_data_package_is_valid():
    from frictionless import Package  # noqa: PLC0415

    descriptor = json.loads(data_path("indicators", "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [each for each in descriptor["resources"] if each["format"] == "csv"]
    assert descriptor["resources"]
    report = Package.from_descriptor(descriptor, basepath=str(data_path("indicators"))).validate()
    assert report.valid, report.flatten(["type", "message"])[:3]


@pytest.mark.parametrize("arguments", [("nothing",), ("census_population", "1999")])
def test_what_does_not_exist(arguments):
    with pytest.raises(UnknownNameError):
        values(TABLES, *arguments)
