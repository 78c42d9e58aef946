"""総務省 マイナンバーカードの保有枚数率, by municipality.

Two forms are known. The one of 2025 (sheet 「公表用」) has municipalities from row 119 on, names without codes. In the
long form every row says what it is under a header of its own, with 団体コード or a date (時点) beside where it has
them; what a column holds is told by the header's words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from geo.codes import PREFECTURES
from geo.errors import DataError
from renkei.official.municipal_series import code_by_writing, known_code, number, of_today
from renkei.official.workbook import KEPT, folded, sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from renkei.official.municipal_series import Block
    from renkei.official.workbook import Row

FIRST_ROW = 119
HEADER_WITHIN = 150
LARGEST_GAP = 0.005
REIWA = 2018
KNOWN_FILES = {"001028752.xlsx": "2025-08"}
"""Files whose date is known although they do not state it."""

WORDS = {
    "code": "団体コード|市区町村コード",
    "prefecture": "都道府県",
    "place": "市区町村名|市区町村$|団体名|自治体名",
    "persons": "人口(?!に対する)",
    "cards": "保有枚数(?!率)|保有数",
    "share": "保有枚数率|保有率|人口に対する",
    "when": "時点|基準日|年月",
}
NEEDED = ("prefecture", "place", "share")


class _Line(NamedTuple):
    """A municipality as a row tells it; persons and cards are None where the form has no such column."""

    where: str
    code: str
    prefecture: str
    place: str
    persons: object
    cards: object
    share: object
    when: object


def read_card_possession(paths: Sequence[Path], as_of: str = "") -> list[Block]:
    """Read cards held per 100 residents.

    Parameters
    ----------
    paths
        The workbook; the rate is between 0 and 1, or in percent.
    as_of
        ISO month or day of the count, where the file does not state it.

    Raises
    ------
    DataError
        When a name is none of today's municipalities, a rate is not cards by population, one is missing, or no date
        is known.
    """
    path = paths[0]
    name, rows = sheet(path, "公表用|.*市区町村.*|.*保有.*|.*一覧.*|Sheet1")
    where = f"{path.name} のシート「{name.strip()}」"
    header = _header(rows)
    lines = _short_form(rows, where) if header is None else _long_form(rows, header, where)
    day = _stated_day(rows[: FIRST_ROW if header is None else header[0]]) or KNOWN_FILES.get(path.name, "")
    if day and as_of and not (day.startswith(as_of) or as_of.startswith(day)):
        msg = f"{where}は {day} のものですが、--as-of は {as_of} です。どちらかを直してください。{KEPT}"
        raise DataError(msg)
    found: dict[str, dict[str, float | None]] = defaultdict(dict)
    for line in lines:
        when = _day(line.when) or as_of or day
        if not when:
            msg = f"{where}に時点がありません。--as-of 2026-07 のように指定してください。{KEPT}"
            raise DataError(msg)
        code = _code(line)
        if code in found[when]:
            msg = f"{line.where}：{line.prefecture}{line.place} が2回あります。{KEPT}"
            raise DataError(msg)
        found[when][code] = _percent(line)
    if not found:
        msg = f"{where}に市区町村の行がありません。配布元が様式を変えたようです。{KEPT}"
        raise DataError(msg)
    return [
        ("mynumber_possession_rate", when, of_today(own, f"{where} {when}", missing=0), "")
        for when, own in sorted(found.items())
    ]


def _header(rows: Sequence[Row]) -> tuple[int, dict[str, int]] | None:
    """Return the number of the header row, from 0, and the column of each thing; None where there is no header."""
    for line, row in enumerate(rows[:HEADER_WITHIN]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(row):
            for what, words in WORDS.items():
                if what not in columns and re.search(words, folded(cell)):
                    columns[what] = place
                    break
        if all(what in columns for what in NEEDED):
            return line, columns
    return None


def _long_form(rows: Sequence[Row], header: tuple[int, dict[str, int]], where: str) -> list[_Line]:
    first, columns = header
    prefectures = set(PREFECTURES.values())

    def cell(row: Row, what: str) -> object:
        return row[columns[what]] if what in columns else None

    return [
        _Line(
            f"{where}の{line}行目",
            folded(cell(row, "code")),
            folded(cell(row, "prefecture")),
            folded(cell(row, "place")),
            cell(row, "persons"),
            cell(row, "cards"),
            cell(row, "share"),
            cell(row, "when"),
        )
        for line, row in enumerate(rows[first + 1 :], first + 2)
        if folded(cell(row, "prefecture")) in prefectures
        and folded(cell(row, "place")) not in ("", "計", "合計", folded(cell(row, "prefecture")))
    ]


def _short_form(rows: Sequence[Row], where: str) -> list[_Line]:
    """Return the municipalities of the form of 2025: A prefecture, B name, C population, D cards, E rate."""
    prefectures = set(PREFECTURES.values())
    first = folded(rows[FIRST_ROW - 1][0]) if len(rows) >= FIRST_ROW else ""
    if first not in prefectures:
        msg = (
            f"{where}のA列（{FIRST_ROW}行目）が都道府県ではなく「{first[:20]}」で、"
            f"「都道府県名」「市区町村名」「保有枚数率」の見出しもありません。配布元が様式を変えたようです。{KEPT}"
        )
        raise DataError(msg)
    return [
        _Line(f"{where}の{line}行目", "", folded(row[0]), folded(row[1]), row[2], row[3], row[4], None)
        for line, row in enumerate(rows[FIRST_ROW - 1 :], FIRST_ROW)
        if folded(row[0]) in prefectures and folded(row[1])
    ]


def _code(line: _Line) -> str:
    if line.code:
        return known_code(line.code, line.where, line.prefecture)
    return code_by_writing(line.prefecture, line.place, line.where)


def _percent(line: _Line) -> float | None:
    """Return the rate in percent, checked against cards and persons where both are there."""
    try:
        persons, cards, share = (number(cell) for cell in (line.persons, line.cards, line.share))
    except ValueError as error:
        msg = f"{line.where}の人口・保有枚数・率の列（C～E列）に数でない値があります。{KEPT}"
        raise DataError(msg) from error
    if share is None:
        return None
    written = "%" in str(line.share)
    quotient = cards / persons if persons and cards is not None else None
    # A rate of 0.75 and one of 75 are told apart by cards and persons, or by what a rate can be.
    in_percent = written or share > 2 or (quotient is not None and abs(quotient * 100 - share) < LARGEST_GAP * 100)  # noqa: PLR2004
    rate = share / 100 if in_percent else share
    if quotient is not None and abs(quotient - rate) > LARGEST_GAP:
        msg = f"{line.where}のE列（{share}）が D列÷C列と合いません。列の並びが変わったようです。{KEPT}"
        raise DataError(msg)
    return rate * 100


def _stated_day(rows: Sequence[Row]) -> str:
    """Return the month or day that stands above the table, as in 「令和8年7月末時点」; "" where none does."""
    for row in rows:
        for cell in row:
            found = re.search(r"令和(元|\d{1,2})年(\d{1,2})月(?:末|(\d{1,2})日)(?:時点|現在)", folded(cell))
            if found:
                year = REIWA + (1 if found[1] == "元" else int(found[1]))
                month = f"{year}-{int(found[2]):02}"
                return month if found[3] is None else f"{month}-{int(found[3]):02}"
    return ""


def _day(cell: object) -> str:
    """Return a cell's date as ISO month or day; "" where it is none."""
    if isinstance(cell, (datetime, date)):
        return cell.date().isoformat() if isinstance(cell, datetime) else cell.isoformat()
    text = folded(cell)
    if stated := _stated_day([(f"{text}時点",)]):
        return stated
    found = re.fullmatch(r"(\d{4})[-/年.](\d{1,2})(?:[-/月.](\d{1,2})?日?)?月?", text)
    if found is None:
        return ""
    month = f"{found[1]}-{int(found[2]):02}"
    return month if not found[3] else f"{month}-{int(found[3]):02}"
