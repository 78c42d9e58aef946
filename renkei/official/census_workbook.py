"""総務省統計局 国勢調査 都道府県・市区町村別の主な結果 (XLSX): columns are found by the words above them.

Whether they were found rightly is told by the figures: every body is there, and parts add up to wholes exactly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from geo.errors import DataError
from geo.gazetteer import municipalities
from renkei.official.census_tables import CONFIRMED_DAY, checked_bodies
from renkei.official.municipal_series import number
from renkei.official.workbook import KEPT, folded, sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from renkei.official.municipal_series import Block
    from renkei.official.workbook import Row

COLUMNS = {
    "population": r"^(?!.*(増減|割合|男|女|密度|組替|世帯|歳|[0-9]{4}年(?!.*2025))).*(人口|総数)",
    "area_km2": "面積",
    "share_65": "65歳以上.*割合|割合.*65歳以上",
}
"""Column to what its header says, spaces left out; the first that does."""

MOST_BODIES_BEFORE = 40
CODE = re.compile(r"(\d{5})(?:_.*)?")


def read_census_workbook(paths: Sequence[Path]) -> list[Block]:
    """Read population and share of people aged 65 and over of the confirmed census of 2025.

    Raises
    ------
    DataError
        When a column is not found, a body is missing, or the sums do not hold.
    """
    path = paths[0]
    title, rows = sheet(path, ".*")
    where = f"{path.name} のシート「{title.strip()}」"
    first, code_column = _first_body(rows, where)
    columns = _columns(rows[:first], code_column, where)
    found: dict[str, dict[str, float | None]] = {column: {} for column in columns}
    for line, row in enumerate(rows[first:], first + 1):
        code = CODE.fullmatch(folded(row[code_column]))
        if code is None or code[1] in found["population"]:  # notes, and the same bodies by nationality below
            continue
        for column, place in columns.items():
            try:
                found[column][code[1]] = number(row[place])
            except ValueError as error:
                msg = f"{where}の{line}行目の「{folded(row[place])[:20]}」は数ではありません。{KEPT}"
                raise DataError(msg) from error
    bodies = checked_bodies(pd.DataFrame(found, dtype=float), where)
    known = municipalities().index
    return [
        ("census_population", CONFIRMED_DAY, bodies["population"].reindex(known), ""),
        ("census_share_65", CONFIRMED_DAY, bodies["share_65"].reindex(known), ""),
    ]


def _first_body(rows: Sequence[Row], where: str) -> tuple[int, int]:
    for line, row in enumerate(rows[:MOST_BODIES_BEFORE]):
        for place, cell in enumerate(row[:10]):
            if CODE.fullmatch(folded(cell)):
                return line, place
    msg = f"{where}に団体コードの列がありません。配布元が様式を変えたようです。{KEPT}"
    raise DataError(msg)


def _columns(header: Sequence[Row], code_column: int, where: str) -> dict[str, int]:
    width = max(map(len, header), default=0)
    words = ["".join(folded(row[place]) for row in header if place < len(row)) for place in range(width)]
    found = {
        column: next((place for place in range(width) if place != code_column and re.search(said, words[place])), -1)
        for column, said in COLUMNS.items()
    }
    if missing := [column for column, place in found.items() if place < 0]:
        names = {"population": "人口", "area_km2": "面積", "share_65": "65歳以上の割合"}
        msg = f"{where}に列がありません：{'、'.join(names[each] for each in missing)}。{KEPT}"
        raise DataError(msg)
    return found
