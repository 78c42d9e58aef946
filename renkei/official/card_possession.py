"""総務省 マイナンバーカードの保有枚数率, sheet 「公表用」: names without codes, municipalities from row 119."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.codes import PREFECTURES
from geo.errors import DataError
from renkei.official.municipal_series import code_by_writing, number, of_today
from renkei.official.workbook import KEPT, folded, sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from renkei.official.municipal_series import Block

FIRST_ROW = 119
LARGEST_GAP = 0.005


def read_card_possession(paths: Sequence[Path], as_of: str) -> list[Block]:
    """Read cards held per 100 residents.

    Parameters
    ----------
    paths
        The workbook: A prefecture, B municipality, C population, D cards, E rate (0 to 1).
    as_of
        ISO month or day of the count.

    Raises
    ------
    DataError
        When a name is none of today's municipalities, a rate is not cards by population, or one is missing.
    """
    path = paths[0]
    name, rows = sheet(path, "公表用")
    where = f"{path.name} のシート「{name}」"
    found: dict[str, float | None] = {}
    prefectures = set(PREFECTURES.values())
    for line, row in enumerate(rows[FIRST_ROW - 1 :], FIRST_ROW):
        prefecture, place = folded(row[0]), folded(row[1])
        if not prefecture or prefecture not in prefectures or not place:
            if line == FIRST_ROW:
                msg = (
                    f"{where}のA列（{line}行目）が都道府県ではなく「{prefecture[:20]}」です。"
                    f"配布元が様式を変えたようです。{KEPT}"
                )
                raise DataError(msg)
            continue  # notes below the table
        here = f"{where}の{line}行目"
        try:
            persons, cards, share = (number(cell) for cell in row[2:5])
        except ValueError as error:
            msg = f"{here}のC～E列に数でない値があります。{KEPT}"
            raise DataError(msg) from error
        code = code_by_writing(prefecture, place, f"{here}のB列")
        if code in found:
            msg = f"{here}のB列：{prefecture}{place} が2回あります。{KEPT}"
            raise DataError(msg)
        if persons and cards is not None and share is not None and abs(cards / persons - share) > LARGEST_GAP:
            msg = f"{here}のE列（{share}）が D列÷C列と合いません。列の並びが変わったようです。{KEPT}"
            raise DataError(msg)
        found[code] = None if share is None else share * 100
    return [("mynumber_possession_rate", as_of, of_today(found, where, missing=0), "")]
