"""``renkei data update`` from end to end against a local server: what is written, shown, refused and kept."""

from __future__ import annotations

import shutil
from urllib.parse import parse_qs

import orjson
import pandas as pd
import pytest

from geo.errors import DataError
from layers import user_folder
from layers.catalog import indicator, indicators, values
from layers.programme_facts import programme_facts
from layers.renewed_indicators import renewed_about
from layers.table_status import table_status
from layers.tables import Tables
from renkei.atlas import Atlas
from renkei.cli import main
from renkei.official.definition_files import definitions
from renkei.official.indicator_tables import tidy
from renkei.official.sources import SOURCES, source, updatable
from renkei.official.table_checks import check_table
from renkei.official.update import Fetching, prepare, write
from tests.shared_atlas import TABLES

from . import official_forms as forms
from .conftest import QUICK


def content(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}


def run(site, *arguments):
    return main(["data", "update", *arguments, "--mirror", site.address])


@pytest.mark.usefixtures("own_data")
def test_a_new_table_is_on_the_map_s_list_with_source_and_checksum(site, capsys):
    site.files["/co2/00.xlsx"] = forms.co2()
    assert run(site, "co2", "--yes") == 0
    told = capsys.readouterr().out
    assert "SHA-256" in told
    assert "今 0 行\t読んだもの 24,374 行" in told
    assert "CO2排出量：合計\tFY2023\t新しい時点、値が加わる 1,741\t合計 0 → 95,755,000" not in told  # among the counted
    assert "ほか 6 件の指標・時点" in told
    tables = Tables.open()
    assert values(tables, "co2_total").sum() == 55_000 * 1741
    found = indicator(tables, "co2_household_per_person")
    assert (found.unit, found.direction, found.publisher, found.coverage) == ("t-CO2/人", "down", "環境省", 1740)
    assert all(each["checksum_ok"] for each in table_status(tables))
    about = renewed_about(tables, "co2_estimates")
    assert about["official_files"][0]["url"].endswith("/co2/00.xlsx")
    assert len(about["official_files"][0]["sha256"]) == 64
    assert about["publisher"] == "環境省"


@pytest.mark.slow
def test_the_same_again_changes_nothing_and_another_edition_shows_its_difference(site, own_data, capsys):
    site.files["/co2/00.xlsx"] = forms.co2()
    assert run(site, "co2", "--yes") == 0
    before = content(own_data)
    assert run(site, "co2", "--yes") == 0
    told = capsys.readouterr()
    assert "前回と同じ" in told.out
    assert "変わりはありません" in told.err
    assert content(own_data) == before
    site.files["/co2/00.xlsx"] = forms.co2(factor=2)
    assert run(site, "co2", "--dry-run") == 0
    told = capsys.readouterr()
    assert "変わる 1,741、値が加わる 0\t合計 1,741,000 → 3,482,000" in told.out
    assert "--dry-run" in told.err
    assert content(own_data) == before
    site.files["/co2/00.xlsx"] = forms.co2(sheet="2024_一覧表")
    assert run(site, "co2", "--yes") == 0
    tables = Tables.open()
    assert indicator(tables, "co2_total").dates == ("FY2023", "FY2024")


def test_without_yes_and_without_a_person_nothing_is_written(site, own_data, capsys):
    before = content(own_data)
    site.files["/co2/00.xlsx"] = forms.co2()
    assert run(site, "co2") == 0
    assert "--yes" in capsys.readouterr().err
    assert content(own_data) == before


BAD = {
    "gone": (None, "404", "404"),
    "web page": (b"<!doctype html><html>moved</html>", "", "ウェブページ"),
    "wrong sheet": (forms.co2(sheet="一覧"), "", "シート「"),
    "moved column": (forms.co2(header=(*forms.CO2_HEADER[:4], *reversed(forms.CO2_HEADER[4:]))), "", "E列（2行目）"),
    "cut short": (forms.co2(), "always-cut", "途中で切れました"),
    "wrong unit": (forms.co2(factor=100_000), "", "ありうる範囲"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", BAD)
def test_a_bad_answer_is_one_sentence_and_the_old_table_stands(site, own_data, capsys, case, monkeypatch):
    site.files["/co2/00.xlsx"] = forms.co2()
    assert run(site, "co2", "--yes") == 0
    before = content(own_data)
    body, manner, words = BAD[case]
    site.files.pop("/co2/00.xlsx")
    if body:
        site.files["/co2/00.xlsx"] = body
    site.manner["/co2/00.xlsx"] = manner
    # The command's own limits are for a slow country-wide network.
    monkeypatch.setattr("renkei.official.download.Limits.__new__.__defaults__", tuple(QUICK))
    capsys.readouterr()
    assert run(site, "co2", "--yes") != 0
    told = capsys.readouterr()
    assert words in told.err
    assert "Traceback" not in told.err
    assert content(own_data) == before


@pytest.mark.slow
@pytest.mark.usefixtures("own_data")
def test_one_source_that_fails_does_not_stop_the_others(site, capsys, monkeypatch):
    monkeypatch.setattr("renkei.official.download.Limits.__new__.__defaults__", tuple(QUICK))
    site.files["/card/001028752.xlsx"] = forms.cards()
    site.files["/area/R8_04_mencho.csv"] = forms.land_area()
    assert run(site, "--yes") == 3
    told = capsys.readouterr().err
    assert "取得元 co2：" in told
    tables = Tables.open()
    assert values(tables, "mynumber_possession_rate", "2025-08").eq(75).all()
    assert indicator(tables, "official_area").dates == ("2025-10-01", "2026-04-01")


@pytest.mark.usefixtures("own_data")
def test_files_at_hand(tmp_path, capsys):
    path = tmp_path / "一覧.xlsx"
    path.write_bytes(forms.zero_carbon([("北海道", name, "") for name in ("帯広市", "音更町")]))
    assert main(["data", "update", "zero-carbon", "--from", str(path), "--yes"]) != 0
    assert "--as-of" in capsys.readouterr().err
    assert main(["data", "update", "zero-carbon", "--from", str(path), "--as-of", "2026-13-40"]) != 0
    capsys.readouterr()
    # 374 are known by the pages of others; a list of two would take nothing away: it is a new date.
    assert main(["data", "update", "zero-carbon", "--from", str(path), "--as-of", "2026-06-29", "--yes"]) == 0
    tables = Tables.open()
    assert (values(tables, "zero_carbon_city") == 1).sum() == 2
    assert (values(tables, "zero_carbon_city", "2026-06") == 1).sum() == 374
    assert indicator(tables, "zero_carbon_city").flag("2026-06-29") == ""
    assert programme_facts(tables).query(
        "indicator == 'zero_carbon_city' and url == 'https://www.env.go.jp/policy/zerocarbon.html'"
    )["code"].tolist() == ["01207", "01631"]
    assert main(["data", "update", "zero-carbon", "--as-of", "2026-06-29"]) != 0
    assert "--from" in capsys.readouterr().err


@pytest.mark.usefixtures("own_data")
def test_emission_records_grow_by_place(site, capsys):
    for code in ("01207", "13112"):
        site.files[f"/emission-record/{code}.xlsx"] = forms.emission_record(code)
    assert run(site, "emission-record", "--place", "帯広市", "--yes") == 0
    assert run(site, "emission-record", "--place", "世田谷区", "--yes") == 0
    tables = Tables.open()
    assert values(tables, "emission_record_household", "FY2022").dropna().index.tolist() == ["01207", "13112"]
    assert run(site, "emission-record", "--place", "府中市", "--yes") != 0
    assert "東京都府中市" in capsys.readouterr().err
    assert run(site, "co2", "--place", "帯広市") != 0


def serve_census(site, status=0):
    """Serve a census in which every municipality has grown by a hundredth."""
    counts = {code: int(value * 1.01) for code, value in values(TABLES, "census_population", "2020-10-01").items()}

    def answer(_path, query):
        codes = parse_qs(query)["cdArea"][0].split(",")
        assert len(codes) <= 100
        return forms.estat(codes, status=status, value=counts)

    site.answer = answer


def test_census_by_the_api(site, own_data, capsys, monkeypatch):
    serve_census(site)
    monkeypatch.delenv("ESTAT_APP_ID", raising=False)
    assert run(site, "census-2025", "--yes") != 0
    assert "ESTAT_APP_ID" in capsys.readouterr().err
    monkeypatch.setenv("ESTAT_APP_ID", "secret-id")
    assert run(site, "census-2025", "--yes") == 0
    told = capsys.readouterr()
    assert "secret-id" not in told.out + told.err
    assert not any(b"secret-id" in each for each in content(own_data).values())
    assert sum("/estat" in path for path, _ in site.asked) == 18
    tables = Tables.open()
    assert values(tables, "census_population", "2025-10-01")["13112"] == int(943_664 * 1.01)
    assert values(tables, "census_population", "2020-10-01").sum() == 126_146_099
    row = values(tables, "census_change_rate", "2025-10-01")
    assert row["13112"] == pytest.approx((int(943_664 * 1.01) / 943_664 - 1) * 100)
    serve_census(site, status=100)
    site.asked.clear()
    shutil.rmtree(own_data.parent / "cache")
    assert run(site, "census-2025", "--yes") != 0
    assert "STATUS 100" in capsys.readouterr().err


def test_items_of_many_tables_by_the_api(site, own_data, capsys, monkeypatch):
    def answer(_path, query):
        asked = parse_qs(query)
        codes, items = asked["cdArea"][0].split(","), asked["cdCat01"][0].split(",")
        assert all(item[0] == "ABCDEFGHIJ"[int(asked["statsDataId"][0][-2:]) - 1] for item in items)
        years = ("2024100000", "2025100000")
        told = [(code, item, time) for code in codes for item in items if item in ("E2101", "G1401") for time in years]
        values = [
            {"@tab": "00001", "@cat01": item, "@area": code, "@time": time, "$": "-" if code == "01100" else "7"}
            for code, item, time in told
        ] or [{"@tab": "00001", "@cat01": items[0], "@area": "00000", "@time": "2024100000", "$": "1"}]
        data = {"RESULT_INF": {}, "CLASS_INF": {"CLASS_OBJ": []}, "DATA_INF": {"VALUE": values}}
        return orjson.dumps({"GET_STATS_DATA": {"RESULT": {"STATUS": 0}, "STATISTICAL_DATA": data}})

    site.answer = answer
    monkeypatch.setenv("ESTAT_APP_ID", "secret-id")
    assert run(site, "ssds-api", "--yes") == 0
    told = capsys.readouterr()
    assert "secret-id" not in told.out + told.err
    assert sum("/estat" in path for path, _ in site.asked) == 8 * 18
    tables = Tables.open()
    found = values(tables, "elementary_schools", "2025-05-01")
    assert found.isna().sum() == 1
    assert found.dropna().eq(7).all()
    assert indicator(tables, "elementary_schools").dates[0] == "2010-05-01"
    assert "e-Stat API" in indicator(tables, "libraries").source
    assert values(tables, "pupils_per_elementary_school", "2023-05-01").equals(
        values(TABLES, "pupils_per_elementary_school", "2023-05-01")
    )
    assert (own_data / "manifest.json").is_file()


def test_a_write_that_fails_half_way_leaves_everything_as_it_was(own_data, tmp_path, monkeypatch):
    path = tmp_path / "R8_04_mencho.csv"
    path.write_bytes(forms.land_area(extra=1))
    atlas = Atlas.open()
    found = prepare(atlas, source("area"), Fetching(given=(path,), cache=tmp_path / "c"), "")
    before = content(own_data)
    real, calls = user_folder.write_atomic, []

    def full(target, body):
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        real(target, body)

    monkeypatch.setattr(user_folder, "write_atomic", full)
    with pytest.raises(DataError, match=r"書けません.*何も変わっていません"):
        write(atlas, found)
    assert len(calls) >= 2
    assert content(own_data) == before


@pytest.mark.usefixtures("own_data")
def test_a_great_loss_is_refused_unless_allowed(tmp_path, capsys):
    rows = [
        ("全市町村の主要財政指標（令和３年度）",),
        forms.FISCAL_HEADER,
        ("011002", "北海道", "札幌市", 0.7, 93, 2.7, 29, 99.6),
    ]
    path = tmp_path / "f.xlsx"
    path.write_bytes(forms.workbook({"全市町村の主要財政指標": rows}))
    assert main(["data", "update", "fiscal", "--from", str(path), "--yes"]) != 0
    assert "--allow-loss" in capsys.readouterr().err
    assert main(["data", "update", "fiscal", "--from", str(path), "--yes", "--allow-loss"]) == 0
    assert all(each["checksum_ok"] for each in table_status(TABLES))


@pytest.mark.usefixtures("own_data")
@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["--from", "x.xlsx"],
        ["co2", "area", "--as-of", "2026"],
        ["--place", "帯広市"],
        ["fiscal", "--from", "/none.xlsx"],
        ["fiscal"],
        ["projection", "--from", "x.xlsx"],
    ],
)
def test_mistakes_are_answered_in_one_sentence(capsys, arguments):
    assert main(["data", "update", *arguments]) != 0
    told = capsys.readouterr().err
    assert told.startswith("renkei: ")
    assert "。" in told


def test_every_source_is_listed_and_every_indicator_it_adds_is_defined(capsys):
    assert main(["data", "update", "--list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(updatable())
    for each in updatable():
        assert any(definition["defined_in"] == each.table for definition in definitions().values()), each.name
    held = {each.table for each in indicators(TABLES) if each.table}
    assert held == {f"{each.table}.parquet" for each in SOURCES if each.inputs}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"code": "99999"}, "99999"),
        ({"date": "令和3年"}, "日付の形"),
        ({"value": float("inf")}, "有限"),
        ({"value": -5.0}, "人口（国勢調査）（2020-10-01）.*-5.0"),
        ({"flag": "?"}, "状態の語"),
        ({"indicator": "unknown"}, "定義のある指標"),
    ],
)
def test_checks_name_what_is_wrong(change, message):
    frame = tidy([("census_population", "2020-10-01", values(TABLES, "census_population", "2020-10-01"), "")])
    check_table(frame, list(definitions().values()))
    frame.loc[5, list(change)] = list(change.values())
    with pytest.raises(DataError, match=message):
        check_table(frame, list(definitions().values()))
    assert isinstance(frame, pd.DataFrame)
