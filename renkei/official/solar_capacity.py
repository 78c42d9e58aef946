"""資源エネルギー庁 FIT 公表情報 B表: photovoltaic kW in operation at each December, all size classes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from renkei.official.municipal_series import code_by_name, number, of_today
from renkei.official.tables_of_text import text_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from renkei.official.municipal_series import Block

SIZES = "RSMU"
"""Size classes of the table, from roofs to 2 MW and over."""

WRITTEN_OTHERWISE = {("高知県", "梼原町"): "檮原町", ("沖縄県", ""): "与那国町"}
"""Names as the source writes them where they differ: an itaiji, and one row without a name."""


def read_solar_capacity(paths: Sequence[Path]) -> list[Block]:
    """Read the installed capacity of each municipality (kW), December by December."""
    name = paths[0].name
    rows = text_rows(paths[0], ("pref", "muni"))
    years = sorted({found[1] for column in rows[0] if (found := re.fullmatch(r"PV_R_(\d{4})", column))})
    pairs: dict[str, dict[str, float | None]] = {year: {} for year in years}
    for row in rows:
        place = WRITTEN_OTHERWISE.get((row["pref"], row["muni"]), row["muni"])
        code = code_by_name(row["pref"], place, name)
        for year in years:
            pairs[year][code] = sum(number(row[f"PV_{size}_{year}"]) or 0 for size in SIZES)
    return [
        ("fit_solar_kw", f"{year}-12", of_today(own, f"{name} {year}", missing=0), "") for year, own in pairs.items()
    ]
