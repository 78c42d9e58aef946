"""総務省 住民基本台帳に基づく人口、人口動態及び世帯数: persons, households, births, deaths, moves, age groups.

One layout since 2013: the workbook of persons and moves, and that of five-year age groups (総計).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from geo.errors import DataError
from geo.gazetteer import municipalities, wards
from renkei.official.municipal_series import number, of_today
from renkei.official.workbook import KEPT, Row, folded, sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from renkei.official.municipal_series import Block

COLUMNS = {
    "register_population": 5,
    "register_households": 6,
    "moved_in": 9,
    "births": 10,
    "moved_out": 15,
    "deaths": 16,
    "natural_change_rate": 22,
    "social_change_rate": 24,
}
STOCKS = ("register_population", "register_households")
"""What is counted on the day; the rest is of the year before."""

AGE_GROUPS = {
    "register_aged_0_14": (5, 8),
    "register_aged_15_64": (8, 18),
    "register_aged_65": (18, 26),
    "register_aged_75": (20, 26),
}
PERSONS_FROM, AGES_FROM = 7, 4
REIWA = 2018
Values = dict[tuple[str, str], dict[str, float | None]]


def register_day(rows: Sequence[Row], where: str) -> int:
    """Return the year of the first of January that the heading names, as in 「【総計】令和7年1月1日…」."""
    heading = "".join(folded(cell) for row in rows[:4] for cell in row)
    found = re.search(r"(?:令和|R)(\d{1,2})年1月1日", heading)
    if found is None:
        msg = f"{where}の見出しに「令和○年1月1日」がありません。配布元が様式を変えたようです。{KEPT}"
        raise DataError(msg)
    return REIWA + int(found[1])


class Book(NamedTuple):
    """A workbook's first sheet: what to call it, and its rows."""

    where: str
    rows: list[Row]


def read_book(path: Path) -> Book:
    """Read the first sheet of a workbook of the register."""
    title, rows = sheet(path, ".*")
    return Book(f"{path.name} のシート「{title.strip()}」", rows)


def register_values(persons: Book, ages: Book, known: pd.Index[str]) -> Values:
    """Return (indicator, date) to the register's values of some codes: municipalities or wards.

    Raises
    ------
    DataError
        When a heading or a figure is not as it was; the message names file, sheet and row.
    """
    where, rows = persons
    year = register_day(rows, where)
    found: Values = {}
    for line, row in enumerate(rows[PERSONS_FROM - 1 :], PERSONS_FROM):
        code = folded(row[0])[:5]
        if code in known:
            for identifier, column in COLUMNS.items():
                when = f"{year}-01-01" if identifier in STOCKS else str(year - 1)
                found.setdefault((identifier, when), {})[code] = _figure(row, column, f"{where}の{line}行目")
    where, rows = ages
    for line, row in enumerate(rows[AGES_FROM - 1 :], AGES_FROM):
        code = folded(row[0])[:5]
        if folded(row[3]) == "計" and code in known:
            own = [_figure(row, column, f"{where}の{line}行目") or 0 for column in range(5, 26)]
            for identifier, (first, last) in AGE_GROUPS.items():
                found.setdefault((identifier, f"{year}-01-01"), {})[code] = sum(own[first - 5 : last - 5])
    return found


def _figure(row: Row, column: int, where: str) -> float | None:
    try:
        return number(row[column])
    except (ValueError, IndexError) as error:
        msg = f"{where}に数でない値があります。配布元が様式を変えたようです。{KEPT}"
        raise DataError(msg) from error


def read_resident_register(paths: Sequence[Path]) -> list[Block]:
    """Read persons, households and age groups of the first of January, births, deaths and moves of the year before.

    Parameters
    ----------
    paths
        The workbook of persons and moves, then that of age groups.

    Raises
    ------
    DataError
        When a layout is not the known one, a municipality is missing, or they do not add up to the total.
    """
    persons, ages = map(read_book, paths)
    values = register_values(persons, ages, municipalities().index)
    blocks: list[Block] = [
        (identifier, when, of_today(own, f"{persons.where} {identifier}", missing=0), "")
        for (identifier, when), own in values.items()
    ]
    total = next((row[5] for row in persons.rows[PERSONS_FROM - 1 :] if folded(row[0]) in ("-", "－")), None)
    if not blocks or total is None or blocks[0][2].sum() != float(total):
        msg = f"{persons.where}：全国の合計が市区町村の合計と合いません。{KEPT}"
        raise DataError(msg)
    return blocks


def read_register_wards(persons: Path, ages: Path) -> list[Block]:
    """Read what the register says of the wards of the designated cities."""
    known = wards().index
    books = read_book(persons), read_book(ages)
    return [
        (identifier, when, pd.Series(own, dtype=float).reindex(known), "")
        for (identifier, when), own in register_values(*books, known).items()
    ]
