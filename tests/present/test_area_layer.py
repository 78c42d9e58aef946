from __future__ import annotations

import io
import json

import geopandas as gpd
import openpyxl
import pytest

from geo.boundaries import exact
from geo.errors import InvalidFilterError
from renkei.analysis.bloc import bloc
from renkei.present.area_codes import written_area
from renkei.present.layer_files import AREA_ONLY, export, layer_rows
from renkei.present.page_state import PageState
from tests.shared_atlas import ATLAS

OBIHIRO = ("01207", "01631", "01637", "01643")
VIEW = PageState(area=written_area(OBIHIRO))


def test_an_area_is_one_feature_with_its_sums():
    found = bloc(ATLAS, OBIHIRO)
    frame = gpd.read_file(io.BytesIO(export(ATLAS, "area", "geojson", VIEW)))
    (row,) = frame.to_dict("records")
    assert row["member_codes"].split(";") == list(OBIHIRO)
    assert (row["area_km2"], row["parts"], row["prefectures"]) == (found.area_km2, 1, "北海道")
    for year, people in found.population.items():
        assert row[f"population_{year}"] == people
    members = exact().geometry.loc[list(OBIHIRO)].union_all()
    assert frame.geometry.iloc[0].symmetric_difference(members).area < 1e-6


def test_figures_of_an_area_are_those_of_the_bloc():
    found = bloc(ATLAS, OBIHIRO)
    table = {row["indicator"]: row for row in layer_rows(ATLAS, "area_figures", VIEW).rows}
    assert list(table) == list(found.indicators)
    assert all(table[each]["value"] == figure.value for each, figure in found.indicators.items())
    assert {row["rule"] for row in table.values()} == {"合計", "加重平均", "分子と分母から計算し直し"}


def test_ages_of_an_area_add_up_to_its_residents():
    ages = layer_rows(ATLAS, "area_ages", VIEW).rows
    people = sum(row[each] or 0 for row in ages for each in ("male", "female", "unlisted"))
    assert people == ATLAS.values("register_population")[list(OBIHIRO)].sum()
    assert [row["age"] for row in ages[:1] + ages[-2:]] == ["0～4歳", "100歳以上", "年齢別に公表されていない人など"]


def test_everything_of_an_area_is_its_members_alone():
    content = export(ATLAS, "all", "xlsx", VIEW, codes=OBIHIRO)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    assert book.sheetnames[:3] == ["選んだ圏域", "選んだ圏域の指標", "選んだ圏域の年齢"]
    assert book["市区町村"].max_row == len(OBIHIRO) + 1
    assert "北方領土" not in book.sheetnames


@pytest.mark.parametrize("name", ["items", "figures", "partners", "wards", "memberships", "statements"])
def test_a_table_beside_the_facts_holds_what_the_members_have_part_in(name):
    whole = layer_rows(ATLAS, name, PageState()).rows
    case = next(row for row in ATLAS.cases().to_dict("records") if row["member_codes"])
    codes = [*case["member_codes"], "14130", "10444"]
    some = layer_rows(ATLAS, name, PageState(), codes=codes).rows
    assert 0 < len(some) < len(whole) or name == "statements"
    cases = {row["id"] for row in ATLAS.cases().to_dict("records") if {*row["member_codes"]} & {*codes}}
    assert all(row["case_id"] in cases for row in some if row.get("case_id"))
    assert all(row["code"] in codes or row.get("city_code") in codes for row in some if row.get("code"))


@pytest.mark.parametrize("name", AREA_ONLY)
def test_without_an_area_there_is_none_to_export(name):
    with pytest.raises(InvalidFilterError, match="--area"):
        export(ATLAS, name, "geojson", PageState())


def test_the_file_says_of_what_it_is():
    said = json.loads(export(ATLAS, "area", "geojson", VIEW))["renkei"]
    assert "選択：帯広市・音更町・芽室町ほか（4市区町村）" in said["shown"]
    assert said["view"] == {"area": [VIEW.area]}
