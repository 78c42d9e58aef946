"""総務省 全市町村の主要財政指標; "-" is no ratio; the 23 wards are no part of it.

Since 令和 the title names the year (XLSX); before that (XLSX for FY2016 to 2018, XLS for FY2015) it may not, and the
year is given with the file.
"""

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
    from renkei.official.workbook import Row

RATIOS = {
    "fiscal_capacity": (3, "財政力指数"),
    "ordinary_balance_ratio": (4, "経常収支比率"),
    "real_debt_service_ratio": (5, "実質公債費比率"),
    "future_burden_ratio": (6, "将来負担比率"),
    "laspeyres_index": (7, "ラスパイレス指数"),
}
ERAS = {"令和": 2018, "平成": 1988}
"""Year n of an era is this year plus n."""

HEADER_WITHIN = 8
"""The header stands in one of so many first rows."""


def fiscal_year(title: str) -> int | None:
    """Return the year of a title such as 「（令和３年度）」.

    Examples
    --------
    >>> fiscal_year("全市町村の主要財政指標（令和３年度）"), fiscal_year("平成28年度"), fiscal_year("財政指標")
    (2021, 2016, None)
    """
    found = re.search(r"(令和|平成)\s*(元|\d+)\s*年度", title)
    return None if found is None else ERAS[found[1]] + (1 if found[2] == "元" else int(found[2]))


def _year(rows: Sequence[Row], as_of: str, where: str) -> int:
    """Return the year of the title, or the one that was given where the title has none."""
    stated = next(
        (year for row in rows[:HEADER_WITHIN] for cell in row if (year := fiscal_year(str(cell or "")))), None
    )
    found = re.fullmatch(r"(?:FY)?(\d{4})", as_of)
    given = int(found[1]) if found else None
    if stated and given and stated != given:
        msg = f"{where}は {stated} 年度のものですが、--as-of は {given} 年度です。どちらかを直してください。{KEPT}"
        raise DataError(msg)
    if (year := stated or given) is None:
        msg = f"{where}に年度（「令和○年度」）がありません。--as-of FY2016 のように年度を指定してください。{KEPT}"
        raise DataError(msg)
    return year


def read_fiscal_indicators(paths: Sequence[Path], as_of: str = "") -> list[Block]:
    """Read the five ratios of one fiscal year.

    Parameters
    ----------
    paths
        The workbook.
    as_of
        ``FY2016``: the year, where the title does not name it.

    Raises
    ------
    DataError
        When a layout is not the known one (the message names sheet and column), or no year is known.
    """
    path = paths[0]
    name, rows = sheet(path, "(?:.*主要財政指標.*|.*全市町村.*|Sheet1|(?:平成|令和|[HR])?[元0-9]+年?度?)")
    where = f"{path.name} のシート「{name.strip()}」"
    year = _year(rows, as_of, where)
    heads = {0: "団体コード", 1: "都道府県名", 2: "団体名"}
    header = next((line for line, row in enumerate(rows[:HEADER_WITHIN], 1) if "団体コード" in folded(row[0])), 2)
    check_header(rows, header, heads | dict(RATIOS.values()), where)
    values: dict[str, dict[str, float | None]] = {indicator: {} for indicator in RATIOS}
    for line, row in enumerate(rows[header:], header + 1):
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
