"""``renkei data build``: the shipped tables out of archived inputs, byte for byte; what is missing is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import orjson
import pytest

from geo.data_folder import data_path
from geo.errors import DataError
from renkei.cli import main
from renkei.official.build import PACKAGE, build, differing, table_names, write
from renkei.official.definition_files import definitions, groups, read_definition, table_definitions
from renkei.official.inputs import Archive, listed_inputs, sha256_of
from renkei.official.sources import SOURCES

pytestmark = pytest.mark.slow

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"
needs_inputs = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the archived inputs are not here")
QUICK = ("census", "area", "zero_carbon", "superseded", "secondary_medical_areas", "programme_facts")


@needs_inputs
def test_tables_are_the_same_byte_for_byte_from_files_of_any_name(tmp_path):
    inputs = {name for each in SOURCES if each.table in QUICK for name in each.inputs}
    inputs |= {"census_2025_preliminary.csv", "secondary_medical_areas_339.csv", "national_programmes.csv"}
    for place, name in enumerate(sorted(inputs)):
        shutil.copy(REFERENCE / name, tmp_path / f"{place}.bin")
    built = build(Archive(tmp_path), tables=QUICK)
    assert not built.missing
    assert set(built.files) >= {"census.parquet", "census.csv", "superseded.parquet", "programme_facts.csv"}
    assert differing(built, data_path("indicators")) == []
    write(built, tmp_path / "out")
    assert (tmp_path / "out" / "census.parquet").read_bytes() == data_path("indicators", "census.parquet").read_bytes()
    built.files["area.csv"] += b"x"
    assert differing(built, data_path("indicators")) == ["area.csv"]


def test_a_folder_without_inputs_is_told_what_it_lacks(tmp_path, capsys):
    (tmp_path / "census_2025_confirmed.csv").write_text("another edition", encoding="utf-8")
    assert main(["data", "build", "--inputs", str(tmp_path), "--check", "--table", "area"]) == 3
    told = capsys.readouterr().out
    assert "表 area：入力ファイルがありません" in told
    assert listed_inputs()["census_2025_confirmed.csv"].sha256 in told
    assert main(["data", "build", "--inputs", str(tmp_path / "no"), "--check"]) == 2
    assert main(["data", "build", "--inputs", str(tmp_path)]) == 2
    assert main(["data", "build", "--inputs", str(tmp_path), "--check", "--table", "nothing"]) == 2
    assert "ある表：census" in capsys.readouterr().err


def test_the_list_of_inputs_is_what_the_sources_ask_for(capsys):
    asked = {name for each in SOURCES for name in each.inputs}
    beside = {"census_2025_preliminary.csv", "secondary_medical_areas_339.csv"}
    assert set(listed_inputs()) == asked | beside
    assert main(["data", "build", "--list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(listed_inputs())
    for each in listed_inputs().values():
        assert each.address.startswith("https://")
        assert each.what


@needs_inputs
def test_the_inputs_are_those_that_are_listed():
    for name, each in listed_inputs().items():
        assert sha256_of(REFERENCE / name) == each.sha256, name


def test_the_package_says_of_each_table_what_it_was_made_of():
    package = orjson.loads(data_path("indicators", PACKAGE).read_bytes())
    held = {path.name for path in data_path("indicators").iterdir()}
    assert held == {each["path"] for each in package["resources"]} | {PACKAGE}
    assert {each["path"].rpartition(".")[0] for each in package["resources"]} == set(table_names())
    for each in package["resources"]:
        assert all(listed_inputs()[given["file"]].sha256 == given["sha256"] for given in each["inputs"])
    assert sum(path.stat().st_size for path in data_path("indicators").iterdir()) < 6_000_000


def test_each_definition_names_only_what_is_defined():
    known = definitions()
    assert {each["group"] for each in known.values()} == {each["id"] for each in groups()}
    for each in known.values():
        bloc = each["bloc"]
        if isinstance(bloc, dict):
            parts = [bloc.get("change"), bloc.get("mean"), bloc.get("weight")]
            parts += [*bloc.get("numerator", ()), *bloc.get("denominator", ())]
            assert {part.removeprefix("-") for part in parts if part} <= set(known), each["id"]
        assert not each["derived"] or isinstance(bloc, dict), each["id"]


CENSUS = table_definitions()["census"]
GOOD = """
[source]
source = "x"
publisher = "x"
source_url = "https://example.jp"
licence = "x"
[published]
"*" = "2024"
[[indicator]]
id = "people"
group = "population"
title = "人口"
title_en = "People"
definition = "x"
"""


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('group = "population"', 'group = "people"', "indicator.0.group"),
        ('title = "人口"', "", "'title' is a required property"),
        ('id = "people"', 'id = "People!"', "indicator.0.id"),
        ("https://", "ftp://", "source.source_url"),
        ('"*" = "2024"', '"*" = "令和6年"', "published"),
        ('definition = "x"', 'definition = "x"\nbloc = "mean"', "indicator.0.bloc"),
        ('definition = "x"', 'definition = "x"\nunits = "人"', "units"),
        ("[source]", "[source", "TOML として読めません"),
    ],
)
def test_a_definition_that_departs_from_the_schema_is_refused_by_its_place(before, after, words):
    assert read_definition(GOOD, "x").indicators[0]["unit"] == ""
    with pytest.raises(DataError, match=r"x\.toml") as failure:
        read_definition(GOOD.replace(before, after), "x")
    assert words in str(failure.value)


def test_publication_days():
    assert CENSUS.published_on("2020-10-01", "2026-11-23") == "2021-11-30"
    assert CENSUS.published_on("2030-10-01", "2031-11-23") == "2031-11-23"
    assert table_definitions()["co2_estimates"].published_on("FY2023", "2026-11-26") == "2026-11-26"
