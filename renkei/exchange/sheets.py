"""A stranger's table as rows of text: CSV and TSV (UTF-8, UTF-16, CP932), XLSX, XLSM, XLS, ODS; its header row found.

Row numbers are those of the sheet, so that a person finds the row again. Nothing is dropped: what stands above the
header (a title, notes, the unit) and blank rows are counted.
"""

from __future__ import annotations

import csv
import io
import math
import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

import python_calamine

from geo.errors import DataError, UnsafeFileError
from renkei.exchange.workbook_bounds import check_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST_TEXT = 200_000_000
LONGEST_LINE = 1_000_000
LONGEST_CELL = csv.field_size_limit()
SEARCHED_ROWS = 30
"""Rows at the top of a sheet among which the header is looked for."""
WIDE = 0.6
"""Share of the widest row's cells that a header fills, and of its cells that are words."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_ENCODINGS = ("utf-8-sig", "cp932")


class Sheet(NamedTuple):
    """A table.

    ``header``: headings, each different (two rows of headings are joined, a heading that stands twice gets ``_2``);
    ``rows``: (number in the sheet, from 1; cells as text, as wide as the header); ``above``: the lines above the
    header; ``blank``: how many rows below it hold nothing; ``encoding``: of a text file, "" of a workbook;
    ``name``: of the sheet.
    """

    header: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    above: tuple[str, ...]
    blank: int
    encoding: str
    name: str


def read_sheet(content: bytes, file_name: str, *, header_row: int | None = None, sheet: str = "") -> Sheet:
    r"""Read a table.

    Parameters
    ----------
    content
        The file's bytes; what it is, its first bytes say.
    file_name
        For messages.
    header_row
        Number of the header's row in the sheet, from 1; found where it is not given.
    sheet
        Name of the sheet of a workbook; the first with a table by default.

    Raises
    ------
    UnsafeFileError
        When it is beyond a bound (``renkei.exchange.workbook_bounds``).
    DataError
        When it is empty, no table, or has no such sheet or row; an unclosed quotation mark is named with its line.

    Examples
    --------
    >>> found = read_sheet("令和6年度 一覧\n\n自治体,人口\n川場村,3137".encode(), "x.csv")
    >>> found.header, found.rows, found.above
    (('自治体', '人口'), [(4, ['川場村', '3137'])], ('令和6年度 一覧',))
    """
    if not content.strip():
        msg = f"{file_name} は空です。中身のあるファイルを指定してください。"
        raise DataError(msg)
    if content.startswith((_ZIP, _OLE)):
        grid, name = _workbook(content, file_name, sheet)
        encoding = ""
    else:
        text, encoding = decoded(content, file_name)
        grid, name = _text_rows(text, file_name), ""
    at = (header_row - 1) if header_row else find_header([cells for _, cells in grid[:SEARCHED_ROWS]])
    if not 0 <= at < len(grid):
        msg = f"{file_name} に{header_row}行目はありません（{len(grid)}行）。"
        raise DataError(msg)
    header, first = _header(grid, at)
    body = [(number, (cells + [""] * len(header))[: len(header)], cells) for number, cells in grid[first:]]
    for number, _, cells in body:
        if any(cell.strip() for cell in cells[len(header) :]):
            msg = f"{file_name} の{number}行目は見出し（{len(header)}列）より列が多くあります。直してください。"
            raise DataError(msg)
    rows = [(number, cells) for number, cells, _ in body if any(cell.strip() for cell in cells)]
    above = tuple(text for _, cells in grid[:at] if (text := " ".join(filter(None, map(str.strip, cells)))))
    return Sheet(header, rows, above, len(body) - len(rows), encoding, name)


Grid = list[tuple[int, list[str]]]
"""Rows as they stand: (number in the sheet, from 1; cells as text)."""


def read_grids(content: bytes, file_name: str) -> list[tuple[str, Grid]]:
    r"""Return every sheet that holds something as it stands: (name, rows); a text file is one sheet without a name.

    Raises
    ------
    UnsafeFileError, DataError
        As ``read_sheet``.

    Examples
    --------
    >>> read_grids("a,b\n1,2\n".encode(), "x.csv")
    [('', [(1, ['a', 'b']), (2, ['1', '2'])])]
    """
    if not content.startswith((_ZIP, _OLE)):
        return [("", _text_rows(decoded(content, file_name)[0], file_name))]
    check_workbook(content, file_name)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = [(name, _numbered(book.get_sheet_by_name(name))) for name in book.sheet_names]
        return [(name, grid) for name, grid in found if any(cell for _, row in grid for cell in row)]
    except Exception as error:  # the reader has an error for each way in which a workbook can be damaged
        msg = f"{file_name} を Excel のファイルとして読めません。Excel で開いて保存し直すか、CSV にしてください。"
        raise DataError(msg) from error


def _numbered(found: python_calamine.CalamineSheet) -> Grid:
    start = (found.start or (0, 0))[0] + 1
    return [(start + at, row) for at, row in enumerate(_filled(found))]


def decoded(content: bytes, file_name: str) -> tuple[str, str]:
    """Return a text and its encoding: UTF-8 (with or without BOM), UTF-16 with BOM, or CP932.

    Raises
    ------
    DataError
        When it is no text, in another encoding, or one endless line.
    UnsafeFileError
        When it is too large.
    """
    if len(content) > LARGEST_TEXT:
        msg = f"{file_name} は大きすぎます（{LARGEST_TEXT // 1_000_000} MB まで）。分けてください。"
        raise UnsafeFileError(msg)
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else _ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text):
            break
        if max(map(len, re.split(r"[\r\n]", text))) > LONGEST_LINE:
            msg = f"{file_name} に長すぎる行があります（1行 {LONGEST_LINE:,} 文字まで）。改行を確かめてください。"
            raise DataError(msg)
        if not text.strip():
            msg = f"{file_name} は空です。中身のあるファイルを指定してください。"
            raise DataError(msg)
        return text, encoding
    msg = f"{file_name} は文字の表として読めません。CSV（UTF-8 か Shift_JIS）か XLSX で保存してください。"
    raise DataError(msg)


def _text_rows(text: str, file_name: str) -> Grid:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = "\t" if first.count("\t") > first.count(",") else ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: Grid = []
    start = 1
    try:
        for cells in reader:
            rows.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        if "field larger" in str(error):
            msg = f"{file_name} の{start}行目に長すぎるセルがあります（{LONGEST_CELL:,}文字まで）。"
            raise DataError(msg) from error
        msg = f'{file_name} の{start}行目から先を読めません（引用符「"」が閉じていないようです）。直してください。'
        raise DataError(msg) from error
    return rows


def _workbook(content: bytes, file_name: str, wanted: str) -> tuple[Grid, str]:
    check_workbook(content, file_name)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names
        _must_have(wanted, names, file_name)
        for name in [wanted] if wanted else names:
            grid = _numbered(book.get_sheet_by_name(name))
            if any(cell for _, row in grid for cell in row):
                return grid, name
    except DataError:
        raise
    except Exception as error:  # the reader has an error for each way in which a workbook can be damaged
        msg = f"{file_name} を Excel のファイルとして読めません。Excel で開いて保存し直すか、CSV にしてください。"
        raise DataError(msg) from error
    msg = f"{file_name} は空です。中身のあるファイルを指定してください。"
    raise DataError(msg)


def _must_have(wanted: str, names: Sequence[str], file_name: str) -> None:
    if wanted and wanted not in names:
        msg = f"{file_name} にシート「{wanted[:40]}」はありません。あるのは {'、'.join(names[:20])} です。"
        raise DataError(msg)


def _filled(found: python_calamine.CalamineSheet) -> list[list[str]]:
    """Return the cells as text, a merged area's value in each of its cells of the first column (屋号, 県名 …)."""
    grid = [[_text(cell) for cell in row] for row in found.to_python(skip_empty_area=True)]
    top, left = found.start or (0, 0)
    for (row, column), (last_row, last_column) in found.merged_cell_ranges or ():
        if column == last_column and row - top < len(grid):
            value = grid[row - top][column - left]
            for below in range(row - top + 1, min(last_row - top + 1, len(grid))):
                grid[below][column - left] = value
    return grid


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if math.isfinite(cell) and cell.is_integer() and abs(cell) < 1e15 else repr(cell)  # noqa: PLR2004
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, timedelta) else str(cell).replace("\r\n", "\n")


def find_header(grid: Sequence[Sequence[str]]) -> int:
    """Return the position of the header: the first row, of those at the top, that is filled like the table below it.

    Examples
    --------
    >>> find_header([["令和6年度", "", ""], ["", "", "単位：人"], ["コード", "自治体", "人口"], ["1", "川場村", "3"]])
    2
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in grid]
    if not filled:
        return 0
    enough = max(1, math.ceil(max(filled) * WIDE))
    for at, (row, count) in enumerate(zip(grid, filled, strict=True)):
        texts = [cell for cell in row if cell.strip() and not _is_figure(cell)]
        if count >= enough and len(texts) >= math.ceil(count * WIDE):
            return at
    # Headings that are years: the first row as wide as the table.
    return next((at for at, count in enumerate(filled) if count >= enough), 0)


def _is_figure(cell: str) -> bool:
    return re.fullmatch(r"[\s\d,.\-+%▲△−()]+", cell) is not None


def _header(grid: Grid, at: int) -> tuple[tuple[str, ...], int]:
    """Return the headings, all different, and the position of the first row below them."""
    cells = [" ".join(cell.split()) for cell in grid[at][1]]
    while cells and not cells[-1]:
        cells.pop()
    seen: dict[str, int] = {}
    names = []
    for cell in cells:
        seen[cell] = seen.get(cell, 0) + 1
        names.append(f"{cell}_{seen[cell]}" if seen[cell] > 1 and cell else cell)
    return tuple(names), at + 1
