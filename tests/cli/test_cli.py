"""The contract that scripts rely on: exit status, one sentence, no file left behind."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geo.data_folder import data_path
from renkei import cli
from renkei.cli import app

ROOT = Path(__file__).resolve().parents[2]


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    try:
        status = cli.main(arguments)
    except SystemExit as end:
        status = end.code
    out, err = capsys.readouterr()
    return status, out, err


def test_resolve_prints_one_object_a_line(capsys):
    status, out, _ = run(capsys, "resolve", "川場村", "府中市", "ありえない", "--json")
    assert status == 3
    found = [json.loads(line) for line in out.splitlines()]
    assert [each["status"] for each in found] == ["resolved", "ambiguous", "unknown"]
    assert {key: found[0][key] for key in ("input", "code", "code6", "prefecture", "name", "ward")} == {
        "input": "川場村",
        "code": "10444",
        "code6": "104442",
        "prefecture": "群馬県",
        "name": "川場村",
        "ward": None,
    }
    assert {each["code"] for each in found[1]["candidates"]} == {"13206", "34208"}
    assert found[1]["code"] is None


def test_resolve_ends_with_zero_when_all_resolved(capsys):
    assert run(capsys, "resolve", "帯広市", "札幌市中央区", "--json")[0] == 0


@pytest.mark.slow
def test_export_to_a_file_and_to_standard_output_agree(tmp_path):
    target = tmp_path / "cases.geojson"
    command = [
        sys.executable,
        "-m",
        "renkei.cli",
        "export",
        "cases",
        "--theme",
        "脱炭素",
        "--theme",
        "DX",
        "--prefecture",
        "01",
    ]
    subprocess.run([*command, "-o", str(target)], check=True, cwd=ROOT)
    piped = subprocess.run([*command, "-o", "-"], check=True, cwd=ROOT, capture_output=True)
    assert target.read_bytes() == piped.stdout
    assert json.loads(piped.stdout)["features"]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("dance",),
        ("export", "roads", "-o", "x"),
        ("export", "cases"),
        ("export", "cases", "--theme", "ない", "-o", "{}/x"),
        ("export", "cases", "--prefecture", "99", "-o", "{}/x"),
        ("export", "cases", "--programme", "x", "-o", "{}/x"),
        ("export", "cases", "--format", "kml", "-o", "{}/x"),
        ("export", "cases", "-o", "{}/none/x"),
        ("export", "cases", "-o", "{}"),
        ("export", "cases", "--year", "令和", "-o", "{}/x"),
        ("resolve",),
        ("resolve", "--file", "{}/none"),
        ("app", "--port", "99999"),
        ("app", "--port", "x"),
        ("indicators", "get", "none"),
        ("indicators", "get", "census_population", "--date", "1900"),
        ("indicators", "show", "府中市"),
        ("indicators", "show", "ありえない"),
        ("data",),
        ("resolve", "津市", "--prefecture", "北海"),
    ],
)
def test_bad_arguments_are_one_sentence(capsys, tmp_path, arguments):
    status, out, err = run(capsys, *(each.format(tmp_path) for each in arguments))
    assert status == 2
    assert out == ""
    assert len(err.strip().splitlines()) == 1, err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_a_port_in_use_is_a_sentence(capsys):
    import socket  # noqa: PLC0415

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status, out, err = run(capsys, "app", "--port", str(taken.getsockname()[1]), "--no-browser")
    assert (status, out) == (2, "")
    assert "--port" in err


def test_the_page_is_bound_to_this_machine_unless_told():
    assert app.configuration("127.0.0.1", 8501)["server.address"] == "127.0.0.1"
    host = next(each for each in app.command.params if each.name == "host")
    assert host.default == "127.0.0.1"
    assert app.page_script() == ROOT / "streamlit_app.py"


def test_data_status_is_all_right(capsys):
    status, out, _ = run(capsys, "data", "status", "--json")
    assert status == 0
    tables = [json.loads(line) for line in out.splitlines()]
    assert {each["table"].split("/")[0] for each in tables} == {
        "analysis",
        "boundaries",
        "cases",
        "gazetteer",
        "indicators",
    }
    for each in tables:
        assert each["checksum_ok"]
        assert all(each[key] not in ("", None) for key in ("rows", "as_of", "source", "licence", "publisher"))


def test_data_status_names_a_damaged_table(capsys, tmp_path, monkeypatch):
    shutil.copytree(data_path(), tmp_path / "data")
    (tmp_path / "data" / "cases" / "survey.csv").write_text("x", encoding="utf-8")
    monkeypatch.setattr("layers.tables.data_path", lambda *parts: tmp_path.joinpath("data", *parts))
    status, out, err = run(capsys, "data", "status")
    assert status == 3
    assert err.count("破損：") == 1
    assert "survey.csv は出荷したときの内容と違います" in err
    out = "\n".join(line for line in out.splitlines() if not line.startswith("網羅"))
    assert [line.split("\t")[0] for line in out.splitlines() if "NG" in line] == ["cases/survey.csv"]


def test_indicators(capsys):
    _, out, _ = run(capsys, "indicators", "list", "--format", "json")
    catalog = json.loads(out)
    assert {"id", "title", "unit", "direction", "dates", "coverage", "source", "licence"} <= set(catalog[0])
    _, out, _ = run(capsys, "indicators", "get", "census_population", "--date", "2020-10-01")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert list(rows[0]) == ["code", "date", "value", "flag"]
    assert sum(float(row["value"]) for row in rows) == 126_146_099
    _, out, _ = run(capsys, "indicators", "get", "projected_population", "--date", "2050", "--format", "json")
    assert sum(row["value"] is None for row in json.loads(out)) == 13
    status, out, _ = run(capsys, "indicators", "show", "川場村", "--format", "json")
    assert status == 0
    assert json.loads(out)["code"] == "10444"
    _, out, _ = run(capsys, "indicators", "show", "川場村")
    lines = [line.split("\t") for line in out.splitlines()]
    assert next(line[2] for line in lines if line[0] == "将来推計人口") == "2050（推計）"
    assert next(line[1] for line in lines if line[0] == "太陽光発電の導入容量（FIT）").endswith(" kW")


def test_a_reader_that_goes_away_is_no_error():
    command = f'"{sys.executable}" -m renkei.cli indicators get census_population | head -1'
    ended = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.stderr == ""
    assert ended.stdout == "code,date,value,flag\n"
