"""The figures as they were published: sums, named exceptions, and what has no value."""

from __future__ import annotations

import json

import pytest

from geo.data_folder import data_path
from geo.errors import UnknownNameError
from geo.gazetteer import municipalities
from layers.catalog import flags, indicator, indicators, values
from tests.shared_atlas import TABLES

SUMS = {
    ("census_population", "2020-10-01"): 126_146_099,
    # with 富谷市 and 那珂川市 under the codes they had as towns
    ("census_population", "2015-10-01"): 127_094_745,
    ("register_population", "2025-01-01"): 124_330_690,
    ("register_households", "2025-01-01"): 61_287_994,
    ("births", "2024"): 710_427,
    ("deaths", "2024"): 1_608_923,
    ("fit_solar_kw", "2023-12"): 71_994_527,
}
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
    assert (each.coverage == 1741) or each.gaps


def test_preliminary_and_projected_years_are_marked():
    assert indicator(TABLES, "census_population").flag("2025-10-01") == "preliminary"
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
