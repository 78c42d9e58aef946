"""国土地理院 全国都道府県市区町村別面積調: one CSV a half-year, Shift_JIS, the newest area in column 5."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.codes import possible_codes
from geo.errors import DataError
from geo.gazetteer import municipalities
from renkei.official.census_tables import area_blocks
from renkei.official.municipal_series import number, of_today
from renkei.official.workbook import KEPT, csv_rows, folded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

from renkei.official.municipal_series import Block

AREA_COLUMN = 4
REIWA = 2018


def read_land_area(paths: Sequence[Path]) -> list[Block]:
    """Read the official areas in km², as of the day that the file's name states (R8_04_mencho.csv: 2026-04-01).

    Raises
    ------
    DataError
        When the name has no date, the encoding or a figure is wrong, or a municipality is missing.
    """
    path = paths[0]
    named = re.search(r"R(\d{1,2})_(\d{2})", path.name)
    if named is None:
        msg = f"{path.name} の名前に時点（R8_04 など）がありません。配布元の名前のまま置いてください。{KEPT}"
        raise DataError(msg)
    found: dict[str, float | None] = {}
    known = municipalities().index
    for line, row in enumerate(csv_rows(path, "cp932"), 1):
        code = next((each for each in possible_codes(folded(row[0])) if each in known), "") if row else ""
        if not code:
            continue  # headers, prefectures, wards, 北方領土の6村
        try:
            found[code] = number(row[AREA_COLUMN])
        except (ValueError, IndexError) as error:
            msg = f"{path.name} の{line}行目のE列に面積がありません。配布元が様式を変えたようです。{KEPT}"
            raise DataError(msg) from error
    day = f"{REIWA + int(named[1])}-{named[2]}-01"
    return area_blocks(of_today(found, path.name, missing=0), day)
