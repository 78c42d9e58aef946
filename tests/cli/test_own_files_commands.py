"""Own files on the command line: checked, made a project, drafted; bundles verified."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from renkei.cli import main
from renkei.exchange.project_file import read_project

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("一覧\n自治体,導入率（％）\n川場村,12.5\n府中市,3\n", encoding="cp932")
    return path


def test_check_says_what_became_of_each_row(table, tmp_path, capsys):
    assert main(["check", str(table), "--json", "-o", str(tmp_path / "fix.csv")]) == 3
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["row"], row["outcome"], row["code"]) for row in rows] == [
        (3, "matched", "10444"),
        (4, "ambiguous", None),
    ]
    assert rows[1]["candidates"] == ["13206", "34208"]
    assert (tmp_path / "fix.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_import_makes_a_project_that_reads_back(table, tmp_path):
    target = tmp_path / "work.renkei.json"
    assert main(["import", str(table), "-o", str(target)]) == 3
    project = read_project(target.read_bytes(), target.name)
    assert project.tables[0].rows[0] == (3, ("川場村", "12.5"))
    assert project.tables[0].roles == ("name", "value")
    assert project.data


def test_check_of_shapes_names_the_feature(tmp_path, capsys):
    path = tmp_path / "a.geojson"
    swapped = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [36.7, 139.1]}}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [swapped]}))
    assert main(["check", str(path)]) == 3
    assert "逆" in capsys.readouterr().out


def test_a_bundle_verifies_and_a_changed_one_does_not(tmp_path, capsys):
    bundle = tmp_path / "all.zip"
    assert main(["export", "all", "--prefecture", "47", "-o", str(bundle), "--quiet"]) == 0
    assert main(["verify", str(bundle)]) == 0
    bundle.write_bytes(bundle.read_bytes().replace(b"csv/cases.csvt", b"csv/cases.csvx"))
    assert main(["verify", str(bundle)]) == 3
    assert "目録にありません" in capsys.readouterr().out


def test_a_report_becomes_a_workbook_of_drafts(tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(
        "派遣先市町村：群馬県川場村\n派遣元：総務省\n派遣先での役職：DX推進監\n今後の展開\n- 電子申請を進める\n",
        encoding="utf-8",
    )
    assert main(["draft", str(report), "-o", str(tmp_path / "draft.xlsx"), "--quiet"]) == 0
    done = subprocess.run(
        [sys.executable, "-m", "renkei.cli", "draft", report, "--json"], capture_output=True, check=True, cwd=ROOT
    )
    found = json.loads(done.stdout)
    assert (found["code"], found["sender"], found["themes"][0]) == ("10444", "総務省", "DX")


@pytest.mark.parametrize("command", ["check", "draft", "verify"])
def test_what_cannot_be_read_is_one_sentence(command, tmp_path, capsys):
    for path in (tmp_path, tmp_path / "none.csv"):
        assert main([command, str(path)]) == 2
        assert capsys.readouterr().err.count("\n") == 1
