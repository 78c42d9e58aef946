"""環境省 部門別CO2排出量の現況推計: all sectors of all 1,741, in one sheet a fiscal year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geo.errors import DataError
from renkei.official.municipal_series import carry, number
from renkei.official.workbook import KEPT, check_header, column_letter, folded, sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from renkei.official.municipal_series import Block

THOUSAND_TONNES = 1000
SECTORS: tuple[tuple[str, str, str, str], ...] = (
    ("manufacturing", "製造業", "製造業", "Manufacturing"),
    ("construction_mining", "建設業・鉱業", "建設業", "Construction and mining"),
    ("agriculture", "農林水産業", "農林水産", "Agriculture, forestry and fisheries"),
    ("industry", "産業部門計", "小計|産業部門", "Industry, all"),
    ("business", "業務その他部門", "業務", "Business"),
    ("household", "家庭部門", "家庭", "Households"),
    ("consumer", "民生部門計", "小計|民生部門", "Business and households"),
    ("passenger", "旅客自動車", "旅客", "Passenger cars"),
    ("freight", "貨物自動車", "貨物", "Freight vehicles"),
    ("railway", "鉄道", "鉄道", "Railways"),
    ("shipping", "船舶", "船舶", "Shipping"),
    ("transport", "運輸部門計", "小計|運輸部門", "Transport, all"),
    ("waste", "一般廃棄物", "廃棄物", "Municipal waste"),
    ("total", "合計", "合計|総", "All sectors"),
)
"""Id, name, what the header says, name in English; columns E to R."""

FIRST_COLUMN = 4
LARGEST_GAP = 0.5
"""Thousand tonnes by which the parts may miss their sum: figures are rounded."""


def read_co2_estimates(paths: Sequence[Path]) -> list[Block]:
    """Read the emissions of each sector, in t-CO2.

    Parameters
    ----------
    paths
        The workbook of all Japan (00.xlsx), with the sheet 「yyyy_一覧表」, in 1,000 t-CO2.

    Raises
    ------
    DataError
        When the layout is not the known one, or the sectors do not make up their sum.
    """
    path = paths[0]
    name, rows = sheet(path, r"\d{4}_一覧表")
    where = f"{path.name} のシート「{name}」"
    year = int(name[:4])
    if "1,000" not in "".join(map(folded, rows[0])) and "千" not in "".join(map(folded, rows[0])):
        msg = f"{where}の1行目に単位（1,000tCO2）がありません。配布元が様式を変えたようです。{KEPT}"
        raise DataError(msg)
    check_header(rows, 2, {FIRST_COLUMN + i: words for i, (_, _, words, _) in enumerate(SECTORS)}, where)
    pairs: dict[str, dict[str, float | None]] = {identifier: {} for identifier, *_ in SECTORS}
    for line, row in enumerate(rows[2:], 3):
        code = folded(row[2]).zfill(5)
        if not folded(row[2]) or not code.isdecimal():
            continue
        for place, (identifier, *_) in enumerate(SECTORS, FIRST_COLUMN):
            try:
                value = number(row[place])
            except (ValueError, IndexError) as error:
                msg = f"{where}の{line}行目の{column_letter(place)}列に数でない値があります。{KEPT}"
                raise DataError(msg) from error
            pairs[identifier][code] = None if value is None else value * THOUSAND_TONNES
        _check_sum(pairs, code, f"{where}の{line}行目")
    return [
        (f"co2_{identifier}", f"FY{year}", carry(own, date(year + 1, 3, 31), where).values, "")
        for identifier, own in pairs.items()
    ]


def _check_sum(pairs: dict[str, dict[str, float | None]], code: str, where: str) -> None:
    parts = [pairs[part][code] for part in ("industry", "consumer", "transport", "waste")]
    total = pairs["total"][code]
    if total is None or None in parts:
        return
    if abs(sum(part or 0 for part in parts) - total) > max(LARGEST_GAP * THOUSAND_TONNES, abs(total) * 0.001):
        msg = f"{where}：部門の計が合計（R列）と合いません。列の並びが変わったようです。{KEPT}"
        raise DataError(msg)
