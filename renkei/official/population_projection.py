"""国立社会保障・人口問題研究所 日本の地域別将来推計人口（令和5年推計）: 結果表1, 3-3 and 3-4."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.errors import DataError
from geo.gazetteer import municipalities, wards
from renkei.official.municipal_series import number
from renkei.official.workbook import KEPT, check_header, folded, sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from renkei.official.municipal_series import Block

YEARS = ("2020", "2025", "2030", "2035", "2040", "2045", "2050")
TITLES = ("総人口および指数", "65歳以上人口", "75歳以上人口")
"""What stands in cell A1 of each of the three workbooks."""

WITHOUT = 13
"""Municipalities of 浜通り in 福島県, which have no projection by design."""


def _table(path: Path, title: str) -> pd.DataFrame:
    """Return the seven years for today's municipalities."""
    name, rows = sheet(path, "Sheet1")
    where = f"{path.name} のシート「{name}」"
    check_header(rows, 1, {0: title}, where)
    frame = projection_table(path, municipalities().index)
    missing = set(frame.index[frame["2050"].isna()])
    if len(missing) != WITHOUT or {code[:2] for code in missing} != {"07"}:
        msg = f"{where}：推計のない市区町村が想定と違います（{len(missing)}、浜通りの{WITHOUT}のはずです）。{KEPT}"
        raise DataError(msg)
    return frame


def projection_table(path: Path, known: pd.Index[str]) -> pd.DataFrame:
    """Return the seven years for some codes, municipalities or wards; NaN where the table has none.

    Raises
    ------
    DataError
        When the layout is not the known one; the message names sheet and column.
    """
    name, rows = sheet(path, "Sheet1")
    where = f"{path.name} のシート「{name}」"
    check_header(rows, 4, {0: "コード", 1: "市などの別", 3: "市区町村"}, where)
    check_header(rows, 5, {4 + place: f"^{year}年?$" for place, year in enumerate(YEARS)}, where)
    found = {}
    for line, row in enumerate(rows[5:], 6):
        code = folded(row[0]).zfill(5)
        if row[0] is None or row[1] == "a" or code not in known:
            continue
        try:
            found[code] = [number(value) for value in row[4:11]]
        except ValueError as error:
            msg = f"{where}の{line}行目のE～K列に数でない値があります。{KEPT}"
            raise DataError(msg) from error
    return pd.DataFrame.from_dict(found, orient="index", columns=list(YEARS)).reindex(known).astype(float)


def read_projection(paths: Sequence[Path]) -> list[Block]:
    """Read totals, 65+ and 75+ shares, 2020 (census) to 2050.

    Parameters
    ----------
    paths
        kekkahyo1, kekkahyo3_3 and kekkahyo3_4 (XLSX).

    Raises
    ------
    DataError
        When a layout is not the known one; the message names sheet and column.
    """
    total, aged65, aged75 = (_table(path, title) for path, title in zip(paths, TITLES, strict=True))
    blocks: list[Block] = []
    for indicator, frame in (
        ("projected_population", total),
        ("projected_share_65", aged65),
        ("projected_share_75", aged75),
    ):
        blocks += [(indicator, year, frame[year], "projection" if year > "2020" else "") for year in YEARS]
    return blocks


def read_projection_wards(paths: Sequence[Path]) -> list[Block]:
    """Read what the projection says of the wards of designated cities; the three of 浜松市 have none."""
    known = wards().index
    identifiers = ("projected_population", "projected_share_65", "projected_share_75")
    frames = [(identifier, projection_table(path, known)) for identifier, path in zip(identifiers, paths, strict=True)]
    return [
        (identifier, year, frame[year], "projection" if year > "2020" else "")
        for identifier, frame in frames
        for year in YEARS
    ]
