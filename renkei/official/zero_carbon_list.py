"""環境省 ゼロカーボンシティ: the ministry's list of those that have declared (2050年二酸化炭素排出実質ゼロ表明)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.codes import PREFECTURES
from geo.errors import DataError
from geo.gazetteer import municipalities
from renkei.official.municipal_series import code_by_writing
from renkei.official.workbook import KEPT, csv_rows, folded, sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from renkei.official.municipal_series import Block
    from renkei.official.workbook import Row

PAGE = "https://www.env.go.jp/policy/zerocarbon.html"
Fact = tuple[str, str, str, str, str, str]
"""Code, indicator, date, detail, address of the page, tier: a row of ``programme_facts.csv``."""

_COLUMNS = {
    "prefecture": "^都道府県",
    "name": "^(市区町村|市町村|自治体|団体|地方公共団体)",
    "day": "表明(年月)?日|表明時期|宣言日",
}
_DATE = re.compile(r"(?:(令和|平成)\s*(元|\d{1,2})|(20\d\d))\s*[年/.-]\s*(\d{1,2})(?:\s*[月/.-]\s*(\d{1,2}))?")
_ERA = {"令和": 2018, "平成": 1988}


def written_day(cell: Any) -> str:
    """Return the ISO day or month that a cell holds; "" where it holds none.

    Examples
    --------
    >>> written_day("令和3年2月19日"), written_day("2021/2/19"), written_day("R3"), written_day("2020年6月")
    ('2021-02-19', '2021-02-19', '', '2020-06')
    """
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    found = _DATE.search("" if cell is None else str(cell))
    if not found:
        return ""
    era, years, western, month, day = found.groups()
    year = int(western) if western else _ERA[era] + (1 if years == "元" else int(years))
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


def _header(rows: Sequence[Row], where: str) -> tuple[int, dict[str, int]]:
    """Find the header: the first row that has a prefecture's and a municipality's column."""
    for number, row in enumerate(rows[:30]):
        cells = [folded(cell) for cell in row]
        found = {
            key: next((place for place, cell in enumerate(cells) if re.search(words, cell)), -1)
            for key, words in _COLUMNS.items()
        }
        if found["prefecture"] >= 0 and found["name"] >= 0:
            return number, found
    msg = f"{where}に「都道府県」と「市区町村」の見出しがありません（30行目まで）。{KEPT}"
    raise DataError(msg)


def read_zero_carbon_list(paths: Sequence[Path], as_of: str) -> tuple[list[Block], list[Fact]]:
    """Read the list: who is on it has declared; who is not, had not on its day.

    Parameters
    ----------
    paths
        XLSX (first sheet) or CSV (UTF-8 or Shift_JIS) with columns 都道府県, 市区町村 and, where it has one, 表明日.
    as_of
        ISO day of the list.

    Returns
    -------
    blocks, facts
        1 for the declared, 0 for all others; one dated fact a declaration.

    Raises
    ------
    DataError
        When there is no such header, or a name is none of today's municipalities.
    """
    path = paths[0]
    if path.suffix.lower() == ".csv":
        utf8 = path.read_bytes()[:3] == b"\xef\xbb\xbf" or _is_utf8(path)
        rows, where = csv_rows(path, "utf-8-sig" if utf8 else "cp932"), path.name
    else:
        name, rows = sheet(path, ".*")
        where = f"{path.name} のシート「{name}」"
    first, columns = _header(rows, where)
    declared: dict[str, str] = {}
    prefecture = ""
    prefectures = set(PREFECTURES.values())
    for line, row in enumerate(rows[first + 1 :], first + 2):
        cells = {key: row[place] if 0 <= place < len(row) else None for key, place in columns.items()}
        # Merged cells hold the prefecture in their first row alone.
        prefecture = folded(cells["prefecture"]) or prefecture
        place = folded(cells["name"])
        if not place or place == prefecture or place in prefectures or prefecture not in prefectures:
            continue  # the prefecture's own declaration, notes
        declared[code_by_writing(prefecture, place, f"{where}の{line}行目")] = written_day(cells["day"])
    if not declared:
        msg = f"{where}に市区町村が1つもありません。{KEPT}"
        raise DataError(msg)
    index = municipalities().index
    values = pd.Series(index.isin(list(declared)), index=index).astype(float)
    facts = [
        (code, "zero_carbon_city", day, f"表明（環境省の一覧、{as_of}）", PAGE, "official")
        for code, day in sorted(declared.items())
    ]
    return [("zero_carbon_city", as_of, values, "")], facts


def _is_utf8(path: Path) -> bool:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
