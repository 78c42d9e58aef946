"""``renkei data update`` on files that were made to hurt: bounded memory and time, one sentence, nothing written."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time

import pytest

from geo.errors import DataError
from renkei.cli import main
from renkei.official.tables_of_text import text_rows
from renkei.official.workbook import check_container, sheet

from . import official_forms as forms
from .hostile_workbooks import BOMBS

MOST_MEGABYTES = 500
MOST_SECONDS = 120

WEIGHED = """
import sys
from renkei.cli import main
status = main(["data", "update", "co2", "--from", sys.argv[1], "--yes"])
# the peak of this process alone: ru_maxrss keeps that of the parent, which may be a whole test run
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print("MB", int(peak) / 1024)
sys.exit(status)
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_that_grows_is_refused_within_bounds(tmp_path, name):
    """177 kB took 4.0 GB, 238 kB 7.7 GB."""
    path = tmp_path / "00.xlsx"
    path.write_bytes(BOMBS[name]())
    assert path.stat().st_size < 1_500_000

    def bound():
        resource.setrlimit(resource.RLIMIT_AS, (4_000_000_000, 4_000_000_000))

    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", WEIGHED, str(path)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        preexec_fn=bound,
        env={**os.environ, "RENKEI_DATA": str(tmp_path / "own"), "XDG_CACHE_HOME": str(tmp_path / "cache")},
    )
    assert done.returncode == 2, done.stderr[-500:]
    assert "Traceback" not in done.stderr
    assert "表は前のまま" in done.stderr
    assert float(done.stdout.split("MB")[-1]) < MOST_MEGABYTES
    assert time.monotonic() - start < MOST_SECONDS
    assert not (tmp_path / "own" / "indicators").exists()


def test_what_is_no_file_is_called_what_it_is(tmp_path):
    (tmp_path / "folder.xlsx").mkdir()
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "empty.xlsx").touch()
    (tmp_path / "mark.csv").write_bytes(b"\xef\xbb\xbf")
    (tmp_path / "page.xlsx").write_bytes(b"\xef\xbb\xbf<!doctype html><title>x</title>")
    for name, words in {
        "folder.xlsx": "フォルダーです",
        "pipe.xlsx": "パイプか装置です",
        "empty.xlsx": "空です",
        "mark.csv": "空です",
        "page.xlsx": "ウェブページ",
        "nothing.xlsx": "がありません",
    }.items():
        with pytest.raises(DataError, match=words):
            sheet(tmp_path / name, ".*")


@pytest.mark.parametrize("name", ["folder", "pipe"])
@pytest.mark.parametrize("source", ["co2", "area", "fiscal", "ssds", "dx-survey-2024", "card", "zero-carbon"])
def test_no_reader_waits_for_a_pipe(tmp_path, capsys, monkeypatch, name, source):
    monkeypatch.setenv("RENKEI_DATA", str(tmp_path / "own"))
    path = tmp_path / name
    path.mkdir() if name == "folder" else os.mkfifo(path)
    assert main(["data", "update", source, "--from", str(path), "--as-of", "FY2024", "--yes"]) == 2
    told = capsys.readouterr().err
    assert ("フォルダーです" if name == "folder" else "パイプか装置です") in told


def test_an_old_workbook_is_read_or_called_what_it_is(tmp_path):
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(DataError, match=r"Excel 97-2003 の形式（\.xls）か、パスワード"):
        check_container(path)
    with pytest.raises(DataError, match="パスワードが付いているか、壊れています"):
        sheet(path, ".*")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xef\xbb\xbfa,b\n1,2\n", ""),
        (b"a,b\n1,2\n", ""),
        ("a,b\nあ,い\n".encode("cp932"), "UTF-8"),
        (b"a,c\n1,2\n", "列「b」がありません"),
        (b'a,b\n"1,2\n', "CSV として読めません"),
        (b"a,b\n1\n", "列の数が合わない"),
        (b"a,b\n1,2,3\n", "列の数が合わない"),
        (b"\x1f\x8b\x08\x00 no gzip", "壊れている"),
        (b'a,b\n"' + b"x" * 200_000 + b'",2\n', "CSV として読めません"),
    ],
)
def test_text_tables_are_read_strictly(tmp_path, content, words):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    if not words:
        assert text_rows(path, ("a", "b")) == [{"a": "1", "b": "2"}]
        return
    with pytest.raises(DataError, match=words):
        text_rows(path, ("a", "b"))


def test_a_gzip_that_swells_is_stopped(tmp_path, monkeypatch):
    import gzip  # noqa: PLC0415

    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n" + b"1,2\n" * 300_000))
    assert len(text_rows(path)) == 300_000
    monkeypatch.setattr("renkei.official.tables_of_text.MOST_BYTES", 1_000_000)
    with pytest.raises(DataError, match="大きすぎます"):
        text_rows(path)


def test_a_whole_table_still_passes(tmp_path):
    path = tmp_path / "00.xlsx"
    path.write_bytes(forms.co2())
    name, rows = sheet(path, r"\d{4}_一覧表")
    assert (name, len(rows)) == ("2023_一覧表", 1743)
