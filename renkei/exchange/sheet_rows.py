"""A planner's sheet as rows of text with their row numbers: CSV, TSV, XLSX, XLS, ODS; the heading's row is found.

Above the headings stand titles, notes and merged cells; between the rows stand empty ones. The numbers are those that
the spreadsheet shows, so that a list of what is to be mended can be followed by eye.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from geo.errors import DataError
from renkei.exchange.input_text import LONGEST_LINE, decode, read_content
from renkei.exchange.workbook_bounds import check_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FIRST_ROWS = 40
"""The headings are looked for among so many rows."""
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_SPACES = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")


class Sheet(NamedTuple):
    """Headings (made unique), and rows of as many cells with their numbers, from 1, in the sheet."""

    header: list[str]
    numbers: list[int]
    body: list[list[str]]


def same_heading(heading: str) -> str:
    """Return a heading without spaces and line breaks, by which headings are compared.

    Examples
    --------
    >>> same_heading("自治体名 ") == same_heading("自治体　名")
    True
    """
    return _SPACES.sub("", heading)


def read_sheet(path: Path, columns: Sequence[str], *, header_row: int | None = None, sheet: str | None = None) -> Sheet:
    """Read a table whose headings include the given ones.

    Parameters
    ----------
    path
        A CSV or TSV (UTF-8, UTF-16 or Shift_JIS), or a workbook.
    columns
        Headings that are needed. The first row that has them all is the headings' row.
    header_row
        The headings' row, from 1, instead.
    sheet
        The sheet of a workbook; its first one otherwise.

    Raises
    ------
    DataError
        When the file cannot be read as a table, a heading is missing or stands twice, or a row of a CSV has more cells
        than the headings.
    UnsafeFileError
        When a workbook is too large.
    """
    content = read_content(path)
    grid = (
        _workbook_rows(path.name, content, sheet) if content.startswith(_WORKBOOK) else _text_rows(path.name, content)
    )
    if not grid:
        msg = f"{path.name} に行がありません。中身のあるシートを指定してください。"
        raise DataError(msg)
    place = _header_place(path.name, grid, columns, header_row)
    header = grid[place]
    _refuse_doubles(path.name, header, columns)
    width = len(header)
    numbers, body = [], []
    for number, row in enumerate(grid[place + 1 :], place + 2):
        if not any(cell.strip() for cell in row):
            continue
        if any(cell.strip() for cell in row[width:]):
            msg = f"{path.name} の{number}行目は見出し（{width}列）より列が多くあります。直してください。"
            raise DataError(msg)
        numbers.append(number)
        body.append((row + [""] * (width - len(row)))[:width])
    return Sheet(_unique(header), numbers, body)


def _text_rows(name: str, content: bytes) -> list[list[str]]:
    text, _ = decode(name, content)
    if _CONTROL.search(text):
        msg = f"{name} は文字のファイルではありません。CSV かテキストで保存してください。"
        raise DataError(msg)
    if max(map(len, re.split(r"[\r\n]", text))) > LONGEST_LINE:
        msg = f"{name} に長すぎる行があります（1行 {LONGEST_LINE:,} 文字まで）。改行を確かめてください。"
        raise DataError(msg)
    first = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in first and "," not in first else ","
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        msg = f"{name} を表として読めません（{error}）。CSV で保存し直してください。"
        raise DataError(msg) from error


def _workbook_rows(name: str, content: bytes, sheet: str | None) -> list[list[str]]:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only for workbooks

    check_workbook(content, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        wanted = book.sheet_names[0] if sheet is None else sheet
        rows = book.get_sheet_by_name(wanted).to_python(skip_empty_area=False) if wanted in book.sheet_names else None
    except Exception as error:  # the library raises errors of its own, and panics, for damaged files
        msg = f"{name} を Excel のファイルとして読めません。Excel で開いて保存し直すか、CSV にしてください。"
        raise DataError(msg) from error
    if rows is None:
        msg = f"{name} にシート「{sheet}」がありません。あるのは {'、'.join(book.sheet_names[:20])} です。"
        raise DataError(msg)
    return [[_cell(value) for value in row] for row in rows]


def _cell(value: object) -> str:
    """Return a cell as a person sees it: 1207.0 is 1207, a day is ISO."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _header_place(name: str, grid: list[list[str]], columns: Sequence[str], header_row: int | None) -> int:
    wanted = {same_heading(column) for column in columns}
    if header_row is not None:
        if not 1 <= header_row <= len(grid):
            msg = f"{name} に{header_row}行目はありません（{len(grid)}行）。見出しの行を確かめてください。"
            raise DataError(msg)
        places = [header_row - 1]
    else:
        places = [number for number, row in enumerate(grid[:FIRST_ROWS]) if any(cell.strip() for cell in row)]
    for place in places:
        if wanted <= {same_heading(cell) for cell in grid[place]}:
            return place
    fullest = max(places, key=lambda place: sum(1 for cell in grid[place] if cell.strip()))
    there = {same_heading(cell) for cell in grid[fullest]}
    missing = "」「".join(column for column in columns if same_heading(column) not in there)
    cells = "、".join(dict.fromkeys(cell.strip() for cell in grid[fullest] if cell.strip()))
    msg = f"列「{missing}」がありません。{name} の{fullest + 1}行目にあるのは {cells[:200]} です。"
    raise DataError(msg)


def _refuse_doubles(name: str, header: list[str], columns: Sequence[str]) -> None:
    found = [same_heading(cell) for cell in header]
    for column in columns:
        if found.count(same_heading(column)) > 1:
            msg = f"{name} に同じ名前の列「{column}」があります。見出しを直してください。"
            raise DataError(msg)


def _unique(header: list[str]) -> list[str]:
    """Give headings that stand twice, or are empty (merged cells), a number: 人口, 人口_2."""
    names: list[str] = []
    for place, cell in enumerate(header, 1):
        heading = " ".join(cell.split()) or f"列{place}"
        name, number = heading, 2
        while name in names:
            name, number = f"{heading}_{number}", number + 1
        names.append(name)
    return names
