"""The sources of the shipped tables: each reader on literal small files, and on files that do not add up."""

from __future__ import annotations

import gzip

import pytest

from geo.errors import DataError
from geo.gazetteer import municipalities
from renkei.official.card_possession import read_card_possession
from renkei.official.census_tables import confirmed_bodies, read_preliminary, read_reference_area
from renkei.official.census_workbook import read_census_workbook
from renkei.official.fiscal_indicators import read_fiscal_indicators
from renkei.official.hometown_tax import read_hometown_tax
from renkei.official.resident_register import read_resident_register, register_day
from renkei.official.social_demographic_series import read_social_demographic_series

from . import official_forms as forms


def test_the_confirmed_census_adds_up_exactly(file):
    frame = confirmed_bodies(file("c.csv", forms.census_csv()))
    assert len(frame) == 1959
    assert frame.at["01100", "population"] == 10_000
    with pytest.raises(DataError, match="人口の合計が合いません：01000"):
        confirmed_bodies(file("c.csv", forms.census_csv({"01202": {"population": 2001}})))
    with pytest.raises(DataError, match="人口の合計が合いません：01100"):
        confirmed_bodies(file("c.csv", forms.census_csv({"01101": {"population": 999}})))
    with pytest.raises(DataError, match="数でない値"):
        confirmed_bodies(file("c.csv", forms.census_csv({"01101": {"population": "約千"}})))
    with pytest.raises(DataError, match="団体が 1,959"):
        confirmed_bodies(file("c.csv", forms.census_csv().rpartition(b"\n47000")[0] + b"\n"))


def test_areas_and_those_of_densities(file):
    found = forms.by_name(read_reference_area([file("c.csv", forms.census_csv({"01223": {"area_km2": 502.65}}))]))
    assert found["official_area", "2025-10-01"]["01223"] == 502.65
    assert found["land_area", "2025-10-01"]["01223"] == 407.81
    assert found["land_area", "2025-10-01"]["01202"] == 10.5


def test_the_workbook_of_main_results_is_read_by_its_words(file):
    found = forms.by_name(read_census_workbook([file("m.xlsx", forms.census_workbook())]))
    assert found["census_population", "2025-10-01"]["01100"] == 10_000
    assert (found["census_share_65", "2025-10-01"] == 30.25).all()
    with pytest.raises(DataError, match="列がありません：面積"):
        read_census_workbook([file("m.xlsx", forms.census_workbook(area="広さ"))])
    with pytest.raises(DataError, match="人口の合計が合いません：01100"):
        read_census_workbook([file("m.xlsx", forms.census_workbook({"01101": {"population": 1}}))])


def test_preliminary_counts_are_marked(file):
    rows = "\n".join(f"{code},5" for code in municipalities().index)
    ((_, day, series, flag),) = read_preliminary(
        [file("p.csv", f"code,census_2025_preliminary_persons\n{rows}\n".encode())]
    )
    assert (day, flag, series.sum()) == ("2025-10-01", "preliminary", 5 * 1741)


def test_the_register_of_another_year(file):
    persons, ages = forms.register_persons(), file("a.xlsx", forms.register_ages())
    found = forms.by_name(read_resident_register([file("p.xlsx", persons), ages]))
    assert (found["register_population", "2026-01-01"] == 100).all()
    assert (found["births", "2025"] == 3).all()
    assert (found["social_change_rate", "2025"] == -0.25).all()
    groups = [found[f"register_aged_{each}", "2026-01-01"]["13112"] for each in ("0_14", "15_64", "65", "75")]
    assert groups == [11, 80, 9, 4]
    with pytest.raises(DataError, match="合計が市区町村の合計と合いません"):
        read_resident_register([file("p.xlsx", forms.register_persons(total=5)), ages])
    with pytest.raises(DataError, match="「令和○年1月1日」がありません"):
        register_day([("住民基本台帳人口", None)], "表")


@pytest.mark.parametrize("packed", [False, True])
def test_items_of_social_demographic_statistics_are_dated_by_their_survey(file, packed):
    text = (
        b"code,item,year,value\n01100,A1101,2020,5\n01100,A2301,2012,6\n01100,A2301,2023,7\n13101,C2108,2011,8\n"
        b"13101,D2211,2021,-0.3\n13101,E2101,2023,9\n13101,I6100,2022,10\n13101,C3107,2023,11\n"
    )
    found = forms.by_name(read_social_demographic_series([file("s", gzip.compress(text) if packed else text)]))
    assert {key: series.dropna().to_dict() for key, series in found.items()} == {
        ("census_total_population", "2020-10-01"): {"01100": 5.0},
        ("resident_register_population", "2013-03-31"): {"01100": 6.0},
        ("resident_register_population", "2024-01-01"): {"01100": 7.0},
        ("private_establishments", "2012-02-01"): {"13101": 8.0},
        ("real_debt_service_ratio_series", "FY2021"): {"13101": -0.3},
        ("elementary_schools", "2023-05-01"): {"13101": 9.0},
        ("doctors", "2022-12-31"): {"13101": 10.0},
        ("cultivated_land", "2023-07-15"): {"13101": 11.0},
    }


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("01100,Z9999,2020,5", "定義のない項目があります：Z9999"),
        ("99999,A1101,2020,5", "コード 99999"),
        ("01100,A1101,2020,多い", "2行目に数でない値"),
        ("01100,A1101,二〇,5", "2行目に数でない値"),
        ("01100,A1101,2020,5\n01100,A1101,2020,5", "3行目：01100 A1101 2020 が2回"),
    ],
)
def test_items_that_are_not_known_are_refused(file, row, words):
    with pytest.raises(DataError, match=words):
        read_social_demographic_series([file("s.csv", f"code,item,year,value\n{row}\n".encode())])


def test_hometown_tax_leaves_the_prefectures_out(file):
    codes = list(municipalities().index)
    series = ["code,municipality,fiscal_year,amount_yen,count", "01000,,2025,999,9"]
    series += [f"{code},x,{year},{100 + year},2" for code in codes for year in (2024, 2025)]
    columns = "amount_from_outside_yen,cost_total_yen,resident_tax_deduction_yen,resident_donors"
    newest = [f"code,municipality,{columns}", "01000,,9,9,,"] + [f"{code},x,1,2,3,4" for code in codes]
    found = forms.by_name(
        read_hometown_tax([file("s.csv", "\n".join(series).encode()), file("n.csv", "\n".join(newest).encode())])
    )
    assert found["furusato_received", "FY2025"].sum() == 2125 * 1741
    assert found["furusato_deduction", "2025"].sum() == 3 * 1741
    assert len(found) == 4 + 4


FISCAL_ROWS = [forms.FISCAL_HEADER, ("011002", "北海道", "札幌市", 0.7, 93, 2.7, "-", 99.6)]


@pytest.mark.parametrize(
    ("title", "as_of", "year"),
    [
        ("全市町村の主要財政指標", "FY2016", "FY2016"),
        ("全市町村の主要財政指標（平成28年度）", "", "FY2016"),
        ("平成30年度　全市町村の主要財政指標", "FY2018", "FY2018"),
        ("全市町村の主要財政指標（令和元年度）", "", "FY2019"),
    ],
)
def test_fiscal_files_of_before_reiwa(file, title, as_of, year):
    path = file("f.xlsx", forms.workbook({"全市町村の主要財政指標": [(title,), *FISCAL_ROWS]}))
    found = forms.by_name(read_fiscal_indicators([path], as_of))
    assert found["fiscal_capacity", year]["01100"] == 0.7
    assert found["future_burden_ratio", year].isna().all()


def test_the_fiscal_file_of_2015_is_an_old_workbook(file):
    rows = [("全市町村の主要財政指標",), forms.FISCAL_HEADER, (11002, "北海道", "札幌市", 0.66, 93.4, 4.5, 58.7, 99.1)]
    path = file("f.xls", forms.old_workbook({"全市町村の主要財政指標": rows}))
    assert forms.by_name(read_fiscal_indicators([path], "FY2015"))["fiscal_capacity", "FY2015"]["01100"] == 0.66
    with pytest.raises(DataError, match="--as-of FY2016 のように年度を指定"):
        read_fiscal_indicators([path])


def test_a_year_that_the_file_denies_is_refused(file):
    path = file("f.xlsx", forms.workbook({"全市町村の主要財政指標": [("令和3年度",), *FISCAL_ROWS]}))
    with pytest.raises(DataError, match="2021 年度のものですが、--as-of は 2016 年度"):
        read_fiscal_indicators([path], "FY2016")


@pytest.mark.parametrize(
    ("content", "as_of", "days"),
    [
        (forms.cards_long(), "", ["2026-07"]),
        (forms.cards_long(codes=False), "2026-07-31", ["2026-07-31"]),
        (forms.cards_long("", codes=False), "2026-07", ["2026-07"]),
        (forms.cards_long("", months=("2026-06-30", "2026-07-31")), "", ["2026-06-30", "2026-07-31"]),
        (forms.cards_long("", months=("令和8年6月末",)), "", ["2026-06"]),
    ],
)
def test_the_long_form_of_the_card_file(file, content, as_of, days):
    found = read_card_possession([file("c.xlsx", content)], as_of)
    assert [day for _, day, _, _ in found] == days
    assert all((series == 80).all() for _, _, series, _ in found)


def test_a_card_file_without_a_date_asks_for_one(file):
    with pytest.raises(DataError, match="--as-of 2026-07 のように"):
        read_card_possession([file("c.xlsx", forms.cards_long(""))])
    with pytest.raises(DataError, match="2026-07 のものですが、--as-of は 2025-08"):
        read_card_possession([file("c.xlsx", forms.cards_long())], "2025-08")
