"""Strict reading of official workbooks and tables: what is not as it was is an error that names the place.

A changed layout must never be read as if it were the old one: sheet, header and column are checked by their words.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from geo.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Row = tuple[Any, ...]

MOST_BYTES = 200_000_000
MOST_UNPACKED = 1_000_000_000
MOST_COLUMNS = 200
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


def check_container(path: Path) -> None:
    """Check that a file is a ZIP container (XLSX, ZIP) of a bearable size.

    Raises
    ------
    DataError
        When it is empty, a web page, no container, damaged, or swells beyond measure.
    """
    with path.open("rb") as file:
        head = file.read(512)
    if not head:
        msg = f"{path.name} は空です。取得し直してください。{KEPT}"
        raise DataError(msg)
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        msg = f"{path.name} は表ではなくウェブページ（HTML）です。配布元のページが移ったようです。{KEPT}"
        raise DataError(msg)
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        msg = f"{path.name} を開けません（壊れているか、Excel・ZIP の形式ではありません）。取得し直してください。{KEPT}"
        raise DataError(msg) from error
    if path.stat().st_size > MOST_BYTES or unpacked > MOST_UNPACKED:
        msg = f"{path.name} は大きすぎます（展開後 {unpacked / 1e6:,.0f} MB）。正しいファイルか確かめてください。{KEPT}"
        raise DataError(msg)


def sheet(path: Path, name: str) -> tuple[str, list[Row]]:
    """Return a sheet's name and rows.

    Parameters
    ----------
    path
        XLSX.
    name
        Regular expression that the whole name of the sheet, without spaces, must match; the first that does.

    Raises
    ------
    DataError
        When the file is no workbook, or has no such sheet.
    """
    check_container(path)
    try:
        import openpyxl  # noqa: PLC0415 - of the extra "build"
    except ImportError as error:
        msg = 'Excel のファイルを読む openpyxl がありません。pip install "renkei[build]" としてください。'
        raise DataError(msg) from error
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        found = next((each for each in book.worksheets if re.fullmatch(name, folded(each.title))), None)
        names = "、".join(each.title.strip() for each in book.worksheets)
        rows = list(found.iter_rows(values_only=True, max_col=MOST_COLUMNS)) if found is not None else []
        title = found.title if found is not None else ""
        book.close()
    except Exception as error:  # a damaged workbook fails in many ways
        msg = f"{path.name} を Excel のファイルとして読めません。取得し直してください。{KEPT}"
        raise DataError(msg) from error
    if not title:
        msg = f"{path.name} にシート「{name}」がありません（あるシート：{names}）。配布元が様式を変えたようです。{KEPT}"
        raise DataError(msg)
    return title, rows


def csv_rows(path: Path, encoding: str) -> list[Row]:
    """Return the rows of a CSV file of a stated encoding.

    Raises
    ------
    DataError
        When it is a web page or not of that encoding.
    """
    content = path.read_bytes()
    if _HTML.match(content[:512].removeprefix(b"\xef\xbb\xbf")):
        msg = f"{path.name} は表ではなくウェブページ（HTML）です。配布元のページが移ったようです。{KEPT}"
        raise DataError(msg)
    try:
        text = content.decode(encoding)
        return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))]
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
