"""Every command that writes a file, to every place where none can be: one sentence, nothing lost, nothing left behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from renkei.cli import main

from .test_matrix_of_inputs import sound

ROOT = Path(__file__).resolve().parents[2]
TABLE = "自治体,値\n川場村,1\n帯広市,2\nどこか村,3\n"
COMMANDS = {
    "resolve": (["resolve", "--file", "{table}", "--column", "自治体", "-o", "{out}.csv"], "{out}.csv"),
    "fix list": (["resolve", "--file", "{table}", "--column", "自治体", "--fix-list", "{out}.csv"], "{out}.csv"),
    "check": (["check", "{table}", "-o", "{out}.csv"], "{out}.csv"),
    "import": (["import", "{table}", "-o", "{out}.renkei.json"], "{out}.renkei.json"),
    "export": (["export", "ties", "-o", "{out}.csv"], "{out}.csv"),
    "indicators get": (["indicators", "get", "share_65", "-o", "{out}.csv"], "{out}.csv"),
    "place": (["place", "川場村", "-o", "{out}.txt"], "{out}.txt"),
    "register template": (["register", "template", "-o", "{out}.csv"], "{out}.csv"),
    "aggregate": (
        ["aggregate", "{table}", "--by", "municipality", "--code", "自治体", "--sum", "値", "-o", "{out}.csv"],
        "{out}.csv",
    ),
}
READING = [name for name, (asked, _) in COMMANDS.items() if "{table}" in asked]
LONG = "長" * 90


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def asked(command, table, out):
    return [part.format(table=table, out=out) for part in COMMANDS[command][0]]


def refused(command, table, out, capsys):
    assert main(asked(command, table, out)) == 2
    told = capsys.readouterr()
    sound(2, *told)
    assert sum(each.startswith("renkei: ") for each in told.err.splitlines()) == 1


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("out", ["none/x", LONG, "x" * 4200], ids=["no folder", "long name", "long path"])
def test_where_no_file_can_be_one_sentence_says_so(command, out, table, tmp_path, capsys):
    refused(command, table, tmp_path / out, capsys)
    assert [each.name for each in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_is_no_file(command, table, tmp_path, capsys):
    folder = Path(COMMANDS[command][1].format(out=tmp_path / "x"))
    folder.mkdir()
    refused(command, table, tmp_path / "x", capsys)
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to on this system")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_is_one_sentence(command, table, tmp_path, capsys):
    link = Path(COMMANDS[command][1].format(out=tmp_path / "x"))
    link.symlink_to("/dev/full")
    refused(command, table, tmp_path / "x", capsys)
    assert link.is_symlink()


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("way", ["same", "link", "hard link", "dots"])
def test_what_is_read_is_never_written_over(command, way, table, tmp_path, capsys):
    suffix = COMMANDS[command][1].removeprefix("{out}")
    source = table.rename(tmp_path / f"in{suffix}")
    out = tmp_path / "in"
    if way == "link":
        Path(f"{tmp_path / 'other'}{suffix}").symlink_to(source)
        out = tmp_path / "other"
    elif way == "hard link":
        os.link(source, f"{tmp_path / 'other'}{suffix}")
        out = tmp_path / "other"
    elif way == "dots":
        (tmp_path / "a").mkdir()
        out = tmp_path / "a" / ".." / "in"
    refused(command, source, out, capsys)
    assert source.read_text(encoding="utf-8") == TABLE


def test_one_result_is_never_written_over_the_other(table, tmp_path, capsys):
    for out in ("x.csv", "-"):
        target = out if out == "-" else str(tmp_path / out)
        asked = ["resolve", "--file", str(table), "--column", "自治体", "-o", target, "--fix-list", target]
        assert main(asked) == 2
        assert "同じファイル" in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == ["in.csv"]


STDOUT_COMMANDS = (
    ["resolve", "川場村"],
    ["export", "ties", "-o", "-"],
    ["cases", "theme", "DX"],
    ["indicators", "list"],
    ["data", "status"],
    ["--help"],
    ["--version"],
)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to on this system")
@pytest.mark.parametrize("command", STDOUT_COMMANDS, ids=" ".join)
def test_a_full_disk_behind_stdout_is_one_sentence(command):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "renkei.cli", *command],
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, timeout=120, check=False,
        )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert "予期しない誤り" not in done.stderr
    assert done.returncode in (1, 2)
    assert done.stderr.strip()
