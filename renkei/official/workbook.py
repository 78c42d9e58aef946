"""Strict reading of official workbooks and tables: what is not as it was is an error that names the place.

A changed layout must never be read as if it were the old one: sheet, header and column are checked by their words.
"""

from __future__ import annotations

import csv
import io
import re
import stat
import time
import zipfile
from typing import TYPE_CHECKING, Any

from geo.errors import DataError, RenkeiError
from renkei.exchange.workbook_bounds import check_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

Row = tuple[Any, ...]

MOST_BYTES = 100_000_000
MOST_UNPACKED = 150_000_000
"""Bytes of a container's parts together; the largest known official workbook has 7 million."""

MOST_OLD_BYTES = 20_000_000
"""Bytes of a workbook of Excel 97–2003, which is read as a whole."""

MOST_ROWS = 30_000
MOST_COLUMNS = 200
MOST_CELLS = 2_000_000
"""Filled cells of a sheet; the largest known has 0.3 million."""

MOST_SECONDS = 60.0
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a compound file begins: Excel 97–2003, or a workbook under a password."""

_HTML = re.compile(rb"^\s*(<!doctype\s+html|<html|<\?xml[^>]*>\s*<!doctype\s+html)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
KEPT = "表は前のままです。"
"""Every failure says so: a planner must know that nothing was lost."""


def column_letter(index: int) -> str:
    """Return the letter of a column, counted from 0.

    Examples
    --------
    >>> column_letter(0), column_letter(25), column_letter(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def folded(cell: object) -> str:
    """Return a cell's words without spaces and line breaks: headers are broken at will."""
    return "" if cell is None else _SPACE.sub("", str(cell))


def check_plain_file(path: Path) -> bytes:
    """Check that something is a file with something in it, and no web page; return its first bytes.

    Raises
    ------
    DataError
        When there is nothing, a folder, a pipe or a device, or when it is empty, too large or a web page.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            msg = f"{path} はフォルダーです。ファイルを指定してください。{KEPT}"
            raise DataError(msg)
        if not stat.S_ISREG(mode):
            # Opening a pipe would wait for ever.
            msg = f"{path} はパイプか装置です。ファイルとして保存してから指定してください。{KEPT}"
            raise DataError(msg)
        with path.open("rb") as file:
            head = file.read(512)
    except FileNotFoundError as error:
        msg = f"ファイル {path} がありません。取得したファイルの場所を指定してください。{KEPT}"
        raise DataError(msg) from error
    except OSError as error:
        msg = f"{path} を読めません（{error.strerror}）。{KEPT}"
        raise DataError(msg) from error
    if not head.removeprefix(b"\xef\xbb\xbf").strip():
        msg = f"{path.name} は空です。取得し直してください。{KEPT}"
        raise DataError(msg)
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        msg = f"{path.name} は表ではなくウェブページ（HTML）です。配布元のページが移ったようです。{KEPT}"
        raise DataError(msg)
    if path.stat().st_size > MOST_BYTES:
        raise _too_large(path)
    return head


def _too_large(path: Path) -> DataError:
    size = path.stat().st_size / 1e6
    return DataError(f"{path.name} は大きすぎます（{size:,.0f} MB）。正しいファイルか確かめてください。{KEPT}")


def check_container(path: Path) -> None:
    """Check that a file is a ZIP container (XLSX, ZIP) of a bearable size.

    Raises
    ------
    DataError
        When it is empty, a web page, no container, damaged, or swells beyond measure.
    """
    if check_plain_file(path).startswith(OLD_EXCEL):
        msg = (
            f"{path.name} は Excel 97-2003 の形式（.xls）か、パスワードの付いたファイルです。"
            f"Excel で開き、.xlsx の形式で保存し直してください。{KEPT}"
        )
        raise DataError(msg)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        msg = f"{path.name} を開けません（壊れているか、Excel・ZIP の形式ではありません）。取得し直してください。{KEPT}"
        raise DataError(msg) from error
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED:
        msg = f"{path.name} は大きすぎます（展開後 {unpacked / 1e6:,.0f} MB）。正しいファイルか確かめてください。{KEPT}"
        raise DataError(msg)


def _check_cells(path: Path) -> None:
    """Look at a workbook as a stream before a library unpacks it: one long row of 30 kB would take 3.5 GB."""
    try:
        check_workbook(path.read_bytes(), path.name)
    except RenkeiError as error:
        msg = f"{error}{KEPT}"
        raise DataError(msg) from error


def sheet(path: Path, name: str) -> tuple[str, list[Row]]:
    """Return a sheet's name and rows.

    Parameters
    ----------
    path
        XLSX, or XLS of Excel 97–2003.
    name
        Regular expression that the whole name of the sheet, without spaces, must match; the first that does.

    Raises
    ------
    DataError
        When the file is no workbook, has no such sheet, or has more in it than a table of Japan's municipalities
        can have: reading stops at ``MOST_ROWS``, ``MOST_CELLS`` or ``MOST_SECONDS``.
    """
    old = check_plain_file(path).startswith(OLD_EXCEL)
    if not old:
        check_container(path)
        _check_cells(path)
    try:
        found, names = (_old_sheet if old else _sheet)(path, name)
    except ImportError as error:
        msg = 'Excel のファイルを読む openpyxl と xlrd がありません。pip install "renkei[build]" としてください。'
        raise DataError(msg) from error
    except DataError:
        raise
    except Exception as error:  # a damaged workbook fails in many ways
        why = "パスワードが付いているか、壊れています" if old else "壊れています"
        msg = f"{path.name} を Excel のファイルとして読めません（{why}）。取得し直してください。{KEPT}"
        raise DataError(msg) from error
    if found is None:
        there = "、".join(each.strip() for each in names)
        msg = f"{path.name} にシート「{name}」がありません（あるシート：{there}）。配布元が様式を変えたようです。{KEPT}"
        raise DataError(msg)
    return found


def _sheet(path: Path, name: str) -> tuple[tuple[str, list[Row]] | None, list[str]]:
    import openpyxl  # noqa: PLC0415 - of the extra "build"

    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        names = [each.title for each in book.worksheets]
        found = next((each for each in book.worksheets if re.fullmatch(name, folded(each.title))), None)
        if found is None:
            return None, names
        return (found.title, _bounded(found.iter_rows(values_only=True, max_col=MOST_COLUMNS), path)), names
    finally:
        book.close()


def _old_sheet(path: Path, name: str) -> tuple[tuple[str, list[Row]] | None, list[str]]:
    import xlrd  # noqa: PLC0415 - of the extra "build"

    if path.stat().st_size > MOST_OLD_BYTES:
        raise _too_large(path)
    with xlrd.open_workbook(path, on_demand=True, ragged_rows=True, logfile=io.StringIO()) as book:
        names = book.sheet_names()
        title = next((each for each in names if re.fullmatch(name, folded(each))), None)
        if title is None:
            return None, names
        found = book.sheet_by_name(title)
        rows = (tuple(map(_plain_number, found.row_values(line, 0, MOST_COLUMNS))) for line in range(found.nrows))
        return (title, _bounded(rows, path)), names


def _plain_number(cell: object) -> object:
    """Return a whole number as one: the old format knows only floating ones, and a code is no 11002.0."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return None if cell == "" else cell


def _bounded(rows: Iterable[Row], path: Path) -> list[Row]:
    """Return rows without the empty cells at their ends, and stop where no official table goes."""
    found: list[Row] = []
    cells, deadline = 0, time.monotonic() + MOST_SECONDS
    for row in rows:
        last = next((place for place in range(len(row), 0, -1) if row[place - 1] is not None), 0)
        found.append(row[:last])
        cells += last
        if len(found) > MOST_ROWS or cells > MOST_CELLS or time.monotonic() > deadline:
            msg = (
                f"{path.name} は大きすぎます（{len(found):,} 行・{cells:,} 値まで読んでやめました）。"
                f"全国の市区町村の表か確かめてください。{KEPT}"
            )
            raise DataError(msg)
    width = max(map(len, found), default=0)
    # Readers count columns from the header: each row is as wide as the widest.
    return [row + (None,) * (width - len(row)) for row in found]


def csv_rows(path: Path, encoding: str) -> list[Row]:
    """Return the rows of a CSV file of a stated encoding.

    Raises
    ------
    DataError
        When it is a web page or not of that encoding.
    """
    check_plain_file(path)
    try:
        text = path.read_bytes().decode(encoding)
        return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except (UnicodeDecodeError, csv.Error) as error:
        msg = f"{path.name} を {encoding} の CSV として読めません。配布元が様式を変えたようです。{KEPT}"
        raise DataError(msg) from error


def check_header(rows: Sequence[Row], row: int, expected: Mapping[int, str], where: str) -> None:
    """Check the words of a header row.

    Parameters
    ----------
    rows
        All rows of the sheet.
    row
        Number of the header row, from 1.
    expected
        Column, from 0, to a regular expression that is found in the cell's words.
    where
        File and sheet, for the message.

    Raises
    ------
    DataError
        When a column says something else; the message names row and column.
    """
    cells = rows[row - 1] if len(rows) >= row else ()
    for column, words in expected.items():
        found = folded(cells[column]) if column < len(cells) else ""
        if not re.search(words, found):
            msg = (
                f"{where}の{column_letter(column)}列（{row}行目）は「{words}」のはずですが「{found[:40]}」です。"
                f"配布元が様式を変えたようです。{KEPT}"
            )
            raise DataError(msg)
