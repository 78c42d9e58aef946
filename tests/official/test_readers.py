"""Each reader on a file in the official form, and on forms that have moved: refused by sheet, column and line."""

from __future__ import annotations

from datetime import date

import pytest

from geo.errors import DataError
from geo.gazetteer import municipalities
from renkei.official.card_possession import read_card_possession
from renkei.official.co2_estimates import SECTORS, read_co2_estimates
from renkei.official.dx_survey import ITEMS, read_dx_survey
from renkei.official.emission_records import read_emission_records
from renkei.official.estat_api import read_answer
from renkei.official.fiscal_indicators import read_fiscal_indicators
from renkei.official.land_area import read_land_area
from renkei.official.municipal_series import carry, code_by_writing
from renkei.official.population_projection import read_projection
from renkei.official.zero_carbon_list import read_zero_carbon_list

from . import official_forms as forms


def test_co2_of_all_sectors_in_tonnes(file):
    found = forms.by_name(read_co2_estimates([file("00.xlsx", forms.co2())]))
    assert len(found) == len(SECTORS) == 14
    thousands = {
        "manufacturing": 1,
        "construction_mining": 2,
        "agriculture": 3,
        "industry": 6,
        "business": 4,
        "household": 5,
        "consumer": 9,
        "passenger": 6,
        "freight": 7,
        "railway": 8,
        "shipping": 9,
        "transport": 30,
        "waste": 10,
        "total": 55,
    }
    for identifier, tonnes in thousands.items():
        assert (found[f"co2_{identifier}", "FY2023"] == tonnes * 1000).all()


SWAPPED = (*forms.CO2_HEADER[:8], forms.CO2_HEADER[9], forms.CO2_HEADER[8], *forms.CO2_HEADER[10:])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (forms.co2(sheet="2023_一覧"), r"シート「\\d\{4\}_一覧表」がありません（あるシート：2023_一覧）"),
        (forms.co2(header=SWAPPED), "シート「2023_一覧表」のI列（2行目）は「業務」のはずですが「家庭」です"),
        (forms.co2(unit="単位：t-CO2"), "1行目に単位"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "ウェブページ（HTML）"),
        (b"PK\x03\x04 not a container", "開けません"),
        (b"", "空です"),
    ],
)
def test_a_changed_form_is_refused_by_its_place(file, content, message):
    with pytest.raises(DataError, match=message) as failure:
        read_co2_estimates([file("00.xlsx", content)])
    assert "表は前のまま" in str(failure.value)


def test_sectors_that_do_not_make_up_their_sum_are_refused(file):
    rows = [("単位：1,000tCO2",), forms.CO2_HEADER, ("01", "北海道", "01100", "札幌市", *[1] * 13, 500)]
    with pytest.raises(DataError, match="3行目：部門の計が合計（R列）と合いません"):
        read_co2_estimates([file("00.xlsx", forms.workbook({"2023_一覧表": rows}))])
    rows[2] = (*rows[2][:6], "約3", *rows[2][7:])
    with pytest.raises(DataError, match="3行目のG列に数でない値"):
        read_co2_estimates([file("00.xlsx", forms.workbook({"2023_一覧表": rows}))])


def test_emission_records_of_some_municipalities(file):
    paths = [file(f"{code}.xlsx", forms.emission_record(code)) for code in ("01207", "13112")]
    found = forms.by_name(read_emission_records(paths))
    assert len(found) == 20
    series = found["emission_record_household", "FY2022"]
    assert series.dropna().to_dict() == {"01207": 26_000.0, "13112": 26_000.0}
    with pytest.raises(DataError, match="10444 の行（G列）がありません"):
        read_emission_records([file("10444.xlsx", forms.emission_record("01207"))])
    header = (*forms.RECORD_HEADER[:13], "運輸", *forms.RECORD_HEADER[14:])
    with pytest.raises(DataError, match="シート「データシート1」のN列（8行目）は「家庭」のはずですが「運輸」"):
        read_emission_records([file("01207.xlsx", forms.emission_record("01207", header=header))])


def test_cards_by_name(file):
    ((indicator, day, series, _),) = read_card_possession([file("c.xlsx", forms.cards())], "2025-08")
    assert (indicator, day) == ("mynumber_possession_rate", "2025-08")
    assert (series == 75).all()
    ((_, _, percent, _),) = read_card_possession([file("c.xlsx", forms.cards(shift=100))], "2025-08")
    assert (percent == 75).all()
    with pytest.raises(DataError, match=r"119行目のE列（0.375）が D列÷C列と合いません"):
        read_card_possession([file("c.xlsx", forms.cards(shift=0.5))], "2025-08")
    with pytest.raises(DataError, match="A列（119行目）が都道府県ではなく"):
        read_card_possession([file("c.xlsx", forms.cards(first=130))], "2025-08")


def test_land_area_of_the_day_in_its_name(file):
    (indicator, day, series, _), (below, _, land, _) = read_land_area([file("R8_04_mencho.csv", forms.land_area())])
    assert (indicator, below, day) == ("official_area", "land_area", "2026-04-01")
    apart = (series - land)[series != land]
    assert apart.round(2).to_dict() == {"01223": 94.84}  # 歯舞群島
    assert series.sum() == pytest.approx(municipalities()["area_km2"].sum(), abs=10)
    with pytest.raises(DataError, match="時点"):
        read_land_area([file("mencho.csv", forms.land_area())])
    with pytest.raises(DataError, match="1741 あります"):
        read_land_area([file("R8_04_mencho.csv", b"a,b\n1,2\n")])


def test_the_ministry_s_list_completes_zero_carbon(file):
    declared = [
        ("北海道", "北海道", "2020年3月11日"),
        ("", "帯広市", "令和4年6月1日"),
        ("東京都", "世田谷区", "2020/10/16"),
        ("※注", "", ""),
    ]
    blocks, facts = read_zero_carbon_list([file("l.xlsx", forms.zero_carbon(declared))], "2026-06-29")
    ((_, day, series, flag),) = blocks
    assert (day, flag) == ("2026-06-29", "")
    assert series[series == 1].index.tolist() == ["01207", "13112"]
    assert (series == 0).sum() == 1739
    assert [(code, when) for code, _, when, *_ in facts] == [("01207", "2022-06-01"), ("13112", "2020-10-16")]
    with pytest.raises(DataError, match="6行目: 東京都世田谷村 が現在の市区町村にありません"):
        read_zero_carbon_list(
            [file("l.xlsx", forms.zero_carbon([*declared[:2], ("東京都", "世田谷村", "")]))], "2026-06-29"
        )
    with pytest.raises(DataError, match="見出しがありません"):
        read_zero_carbon_list([file("l.xlsx", forms.workbook({"x": [("a", "b")]}))], "2026-06-29")


def test_dx_survey_out_of_a_zip_with_japanese_names(file):
    found = forms.by_name(read_dx_survey([file("001048599.zip", forms.dx_survey())], 2024))
    assert len(found) == len(ITEMS)
    assert set(found["survey_dx_cio", "FY2024"]) == {0.0, 1.0}
    assert found["survey_dx_cio", "FY2024"]["01100"] == 0
    assert found["survey_dx_ai", "FY2024"]["01100"] == 1
    with pytest.raises(DataError, match="「CIOの任命」の列が2つあります（D、N）"):
        read_dx_survey([file("s.zip", forms.dx_survey(twice=True))], 2024)
    with pytest.raises(DataError, match=r"市区町村調査.xlsx のシート「調査結果」の5行目のD列の「たぶん」"):
        read_dx_survey([file("s.zip", forms.dx_survey(yes="たぶん"))], 2024)


def test_api_answers():
    codes = ["01100", "01202"]
    assert read_answer(forms.estat(codes), "t") == {"01100": 100.0, "01202": 100.0}
    with pytest.raises(DataError, match="STATUS 100：環境変数 ESTAT_APP_ID"):
        read_answer(forms.estat(codes, status=100), "t")
    with pytest.raises(DataError, match="分類「男女」に総数がありません"):
        read_answer(forms.estat(codes, total="男女計"), "t")
    for content in (b"<html>", b"{}", b"[]", b'{"GET_STATS_DATA": {"RESULT": {"STATUS": 0}}}'):
        with pytest.raises(DataError, match="形式ではありません"):
            read_answer(content, "t")


@pytest.mark.parametrize("reader", [read_fiscal_indicators, lambda paths: read_projection([*paths] * 3)])
def test_other_workbooks_are_refused(file, reader):
    with pytest.raises(DataError, match=r"シート「.*」がありません"):
        reader([file("x.xlsx", forms.co2())])


def test_fiscal_indicators_of_another_year(file):
    rows = [
        ("全市町村の主要財政指標（令和５年度）",),
        forms.FISCAL_HEADER,
        ("011002", "北海道", "札幌市", 0.7, 93, 2.7, "-", 99.6),
    ]
    found = forms.by_name(read_fiscal_indicators([file("f.xlsx", forms.workbook({"全市町村の主要財政指標 ": rows}))]))
    assert found["fiscal_capacity", "FY2023"]["01100"] == 0.7
    assert found["future_burden_ratio", "FY2023"].isna().all()


BEFORE = date(2003, 10, 1)


@pytest.mark.parametrize(
    ("pairs", "day", "kind", "code", "expected"),
    [
        # 田無市 and 保谷市 became 西東京市 in 2001.
        ({"13216": 3.0, "13217": 4.0}, date(2000, 10, 1), "count", "13229", 7.0),
        ({"04423": 10.0}, date(2015, 10, 1), "count", "04216", 10.0),
        ({"04423": 10.0}, date(2015, 10, 1), "rate", "04216", 10.0),
        ({"01100": 5.0, "01101": 9.0, "01000": 99.0}, BEFORE, "count", "01100", 5.0),
    ],
)
def test_values_are_carried_to_today(pairs, day, kind, code, expected):
    assert carry(pairs, day, "表", kind=kind).values[code] == expected


TANASHI_HOYA = ("13216", "13217")


def test_a_rate_of_two_that_became_one_is_left_out_and_named():
    found = carry(dict(zip(TANASHI_HOYA, (3.0, 4.0), strict=True)), date(2000, 10, 1), "表", kind="rate")
    assert found.values.isna().all()
    assert found.merged == ("13229",)


def test_a_count_of_which_a_part_is_missing_is_left_out():
    found = carry({TANASHI_HOYA[0]: 3.0}, date(2000, 10, 1), "表")
    assert found.values.isna().all()
    assert "13229" in found.merged


def test_a_code_that_never_was_is_refused():
    with pytest.raises(DataError, match="コード 99999"):
        carry({"99999": 1.0}, BEFORE, "表")


@pytest.mark.parametrize(
    ("prefecture", "name", "code"),
    [
        ("高知県", "檮原町", "39405"),
        ("高知県", "梼原町", "39405"),
        ("東京都", "府中市", "13206"),
        ("広島県", "府中市", "34208"),
    ],
)
def test_names_are_matched_whole(prefecture, name, code):
    assert code_by_writing(prefecture, name, "表") == code


@pytest.mark.parametrize(
    ("prefecture", "name"), [("東京都", "世田谷"), ("東京都", "田無市"), ("北海道", "帯広市役所"), ("東京都", "帯広市")]
)
def test_no_name_is_guessed(prefecture, name):
    with pytest.raises(DataError):
        code_by_writing(prefecture, name, "表")
