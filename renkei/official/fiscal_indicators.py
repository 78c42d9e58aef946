"""総務省 全市町村の主要財政指標, of any fiscal year since 令和; "-" is no ratio; the 23 wards are no part of it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from geo.codes import check_digit
from geo.errors import DataError
from renkei.official.municipal_series import carry, number
from renkei.official.workbook import KEPT, check_header, column_letter, folded, sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from renkei.official.municipal_series import Block

RATIOS = {
    "fiscal_capacity": (3, "財政力指数"),
    "ordinary_balance_ratio": (4, "経常収支比率"),
    "real_debt_service_ratio": (5, "実質公債費比率"),
    "future_burden_ratio": (6, "将来負担比率"),
    "laspeyres_index": (7, "ラスパイレス指数"),
}
REIWA = 2018
"""令和 n is this year plus n."""


def fiscal_year(title: str) -> int | None:
    """Return the year of a title such as 「（令和３年度）」.

    Examples
    --------
    >>> fiscal_year("全市町村の主要財政指標（令和３年度）"), fiscal_year("財政指標")
    (2021, None)
    """
    found = re.search(r"令和\s*(元|\d+)\s*年度", title)
    return None if found is None else REIWA + (1 if found[1] == "元" else int(found[1]))


def read_fiscal_indicators(paths: Sequence[Path]) -> list[Block]:
    """Read the five ratios of the year that the title names.

    Raises
    ------
    DataError
        When a layout is not the known one; the message names sheet and column.
    """
    path = paths[0]
    name, rows = sheet(path, "全市町村の主要財政指標")
    where = f"{path.name} のシート「{name.strip()}」"
    year = fiscal_year(str(rows[0][0])) if rows else None
    if year is None:
        msg = f"{where}のA列（1行目）に「令和○年度」がありません。配布元が様式を変えたようです。{KEPT}"
        raise DataError(msg)
    check_header(rows, 2, {0: "団体コード", 1: "都道府県名", 2: "団体名"} | dict(RATIOS.values()), where)
    values: dict[str, dict[str, float | None]] = {indicator: {} for indicator in RATIOS}
    for line, row in enumerate(rows[2:], 3):
        code = folded(row[0]).zfill(6)
        if not code.isdecimal() or check_digit(code[:5]) != code[5]:
            continue  # totals and notes below the table
        for indicator, (column, _) in RATIOS.items():
            try:
                values[indicator][code[:5]] = number(row[column])
            except ValueError as error:
                msg = f"{where}の{line}行目の{column_letter(column)}列に数でない値があります。{KEPT}"
                raise DataError(msg) from error
    # The municipalities are those at the end of the fiscal year.
    day = date(year + 1, 3, 31)
    return [
        (indicator, f"FY{year}", carry(pairs, day, where, kind="rate").values, "")
        for indicator, pairs in values.items()
    ]
