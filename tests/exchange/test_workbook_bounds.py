"""Real bombs: a small file that would take gigabytes is refused within seconds and a few hundred megabytes."""

import contextlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError, RenkeiError, UnsafeFileError
from renkei.exchange.workbook_bounds import check_workbook

ROOT = Path(__file__).resolve().parents[2]
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def book(**parts):
    plain = io.BytesIO()
    made = openpyxl.Workbook()
    made.active.append(["自治体", "値"])
    made.save(plain)
    target = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            if name not in parts:
                archive.writestr(name, source.read(name))
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def sheet(rows):
    return f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"


BOMBS = {
    "a million columns in one row": {SHEET: sheet("<row>" + "<c/>" * 1_000_000 + "</row>")},
    "many cells": {SHEET: sheet(("<row>" + "<c/>" * 500 + "</row>") * 5_000)},
    "a cell at the far end": {SHEET: sheet('<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row>')},
    "millions of texts": {"xl/sharedStrings.xml": f"<sst {MAIN}>" + "<si><t>a</t></si>" * 3_000_000 + "</sst>"},
    "entities": {SHEET: '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + sheet("&b;")},
    "an outside entity": {SHEET: '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + sheet("&a;")},
    "a huge picture of zeros": {"xl/media/image1.png": b"\0" * 200_000_000},
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused(bomb):
    content = book(**BOMBS[bomb])
    assert len(content) < 20_000_000
    with pytest.raises(UnsafeFileError, match=r"x\.xlsx"):
        check_workbook(content, "x.xlsx")


def test_an_ordinary_workbook_passes():
    check_workbook(book(), "x.xlsx")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"x" * 100, book()[:-200], book()[:300]])
def test_what_is_no_workbook_is_one_sentence(content):
    with pytest.raises(DataError, match="Excel"):
        check_workbook(content, "x.xlsx")


def test_a_damaged_part_is_one_sentence():
    with pytest.raises(DataError, match="壊れています"):
        check_workbook(book(**{SHEET: "<worksheet><sheetData></worksheet>"}), "x.xlsx")


@given(st.binary(max_size=200), st.integers(0, 3000))
def test_any_damage_is_refused_or_passes_and_never_raises_otherwise(noise, at):
    whole = book()
    with contextlib.suppress(RenkeiError):
        check_workbook(whole[:at] + noise + whole[at + len(noise) :], "x.xlsx")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_the_bombs_stay_below_500_megabytes(tmp_path):
    for number, parts in enumerate(BOMBS.values()):
        (tmp_path / f"{number}.xlsx").write_bytes(book(**parts))
    script = (
        "import resource, sys, pathlib\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))\n"
        "from geo.errors import UnsafeFileError\n"
        "from renkei.exchange.workbook_bounds import check_workbook\n"
        "for each in sorted(pathlib.Path(sys.argv[1]).glob('*.xlsx')):\n"
        "    try:\n        check_workbook(each.read_bytes(), each.name)\n"
        "    except UnsafeFileError:\n        pass\n"
        # Not getrusage: that remembers the process from which this one was forked.
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 500_000  # kB
