"""What every command keeps to: Japanese help, UTF-8 and LF, one sentence for a fault, a documented reference."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from layers.filters import FILTERS
from renkei.cli import COMMANDS, main, root
from renkei.cli.reference import reference
from renkei.cli.view_options import FILTER_OPTIONS, VIEW_OPTIONS
from renkei.present.page_state import CHOICES

ROOT = Path(__file__).resolve().parents[2]


def commands():
    top = click.Context(root, info_name="renkei")
    for name in COMMANDS:
        command = root.get_command(top, name)
        yield name, command
        if isinstance(command, click.Group):
            for own in command.list_commands(click.Context(command)):
                yield f"{name} {own}", command.get_command(click.Context(command), own)


ALL = dict(commands())


@pytest.mark.parametrize("name", ALL)
def test_help_is_japanese_and_every_option_is_explained(name, capsys):
    assert main([*name.split(), "--help"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"使い方: renkei {name}")
    for english in ("Usage", "Options", "Show this message", "[required]", "[default"):
        assert english not in told
    for each in ALL[name].params:
        if isinstance(each, click.Option) and each.name != "help":
            assert each.help
            assert any("\u3040" <= letter <= "\u9fff" for letter in each.help), each.name


def test_the_reference_is_up_to_date():
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == reference()


def test_the_options_are_those_of_the_filters():
    assert {each.key: (each.metavar, each.help) for each in FILTERS} == FILTER_OPTIONS


def test_print_and_export_offer_every_choice_of_the_page():
    words_for_themselves = {"indicator", "date", "code"}
    not_of_a_file = {"panel", "lang", "with", "columns"}  # what a panel's own tables hold side by side
    assert {each.key for each in CHOICES} == set(VIEW_OPTIONS) | words_for_themselves | not_of_a_file


@pytest.mark.parametrize(
    "arguments",
    [
        ["indicators", "list"],
        ["indicators", "show", "北海道帯広市"],
        ["resolve", "𠮷野町"],
        ["resolve", "𠮷野町", "--json"],
        ["scan", "{}"],
        ["resolve", "--file", "{}", "--column", "名前"],
        ["data", "status"],
    ],
)
def test_redirected_output_is_utf_8_with_line_feeds_whatever_the_code_page(arguments, tmp_path):
    file = tmp_path / "in.csv"
    file.write_text("名前\n奈良県𠮷野町\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "cp932", "PYTHONUTF8": "0"}
    ended = subprocess.run(
        [sys.executable, "-m", "renkei.cli", *(each.format(file) for each in arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert ended.returncode in (0, 3)
    assert b"Traceback" not in ended.stderr
    assert ended.stdout.decode("utf-8")
    assert b"\r" not in ended.stdout


def test_a_dash_reads_what_is_piped_in():
    ended = subprocess.run(
        [sys.executable, "-m", "renkei.cli", "resolve", "-", "--json"],
        cwd=ROOT,
        input="川場村\n帯広市\n".encode(),
        capture_output=True,
        check=True,
    )
    assert [json.loads(line)["code"] for line in ended.stdout.splitlines()] == ["10444", "01207"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "cases", "-o", "{}/x.docx"], ".gpkg"),
        (["export", "cases", "-o", "{}/x.gpkg", "--format", "geojson"], "拡張子"),
        (["export", "cases", "-o", "{}/x"], "形式"),
        (["export", "cases", "--thema", "DX", "-o", "{}/x.csv"], "--theme"),
        (["export", "cases"], "-o・--output"),
        (["export", "municipalities", "--indicator", "none", "-o", "{}/x.csv"], "none"),
        (["export", "municipalities", "--indicator", "share_65", "--date", "1900", "-o", "{}/x.csv"], "1900"),
        (["export", "cases", "--layer", "roads", "-o", "{}/x.csv"], "--layer roads"),
        (["print", "-o", "{}/x.docx"], "pdf"),
        (["danse"], "resolve"),
        (["app", "--port", "0"], "--port"),
    ],
)
def test_what_is_wrong_is_one_japanese_sentence(arguments, said, tmp_path, capsys):
    assert main([each.format(tmp_path) for each in arguments]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert said in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_the_suffix_decides_the_format(tmp_path, capsys):
    path = tmp_path / "事例.gpkg"
    assert main(["export", "cases", "--theme", "DX", "-o", str(path)]) == 0
    assert path.read_bytes().startswith(b"SQLite format 3")
    assert "テーマ＝DX" in capsys.readouterr().err
    assert main(["export", "cases", "--quiet", "-o", str(tmp_path / "b.geojson")]) == 0
    assert capsys.readouterr().err == ""


def test_each_indicator_is_exported_beside_its_date(tmp_path):
    path = tmp_path / "a.geojson"
    asked = ["--indicator", "projected_population", "--date", "2030", "--code", "川場村", "--unit", "municipality"]
    assert main(["export", "municipalities", *asked, "-o", str(path), "--quiet"]) == 0
    (feature,) = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert feature["properties"]["projected_population"] == 2921
    assert feature["properties"]["projected_population_date"] == "2030"
    assert "share_65" not in feature["properties"]


def test_print_takes_every_choice_of_the_page(tmp_path, capsys):
    path = tmp_path / "a.png"
    choices = {
        "indicator": "share_65",
        "date": "2025-01-01",
        "scheme": "quantile",
        "unit": "core_city",
        "second": "fiscal_capacity",
        "year": "2022",
        "bloc": "core-city-004",
        "layer": "core_city",
        "sheet": "北海道",
    }
    options = [part for key, value in choices.items() for part in (f"--{key}", value)]
    assert main(["print", *options, "-o", str(path)]) == 0
    told = capsys.readouterr().err
    for words in ("2022年", "同数ずつ", "連携中枢都市圏ごと", "財政力指数", "令和7年（2025）1月1日"):
        assert words in told


def test_a_fault_of_ours_is_a_sentence_with_a_report(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    @click.command()
    def broken() -> None:
        raise ZeroDivisionError("a secret slip")

    root.add_command(broken, "broken")
    monkeypatch.setitem(COMMANDS, "broken", "")
    monkeypatch.setattr(type(root), "get_command", lambda *_: broken)
    assert main(["broken"]) == 1
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert "Traceback" not in error
    (report,) = tmp_path.rglob("*.txt")
    assert str(report) in error
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_completion(shell, capsys):
    assert main(["completion", shell]) == 0
    assert "_RENKEI_COMPLETE" in capsys.readouterr().out


def test_names_are_completed():
    environment = {**os.environ, "_RENKEI_COMPLETE": "bash_complete", "COMP_WORDS": "renkei re", "COMP_CWORD": "1"}
    ended = subprocess.run(
        [sys.executable, "-m", "renkei.cli"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert {line.split(",")[1] for line in ended.stdout.splitlines()} >= {"resolve", "register"}
