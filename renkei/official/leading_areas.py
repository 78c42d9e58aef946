"""環境省 脱炭素先行地域, rounds 1 to 7, gathered page by page; round 7 holds 3 of 12, prefectures are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.gazetteer import municipalities
from renkei.official.municipal_series import known_code
from renkei.official.tables_of_text import text_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from renkei.official.municipal_series import Block

JOINT, LEAD, WITHDRAWN = 1, 2, 3
"""Categories of the leading areas; 0 is "not chosen up to round 6"."""


def read_leading_areas(paths: Sequence[Path]) -> list[Block]:
    """Read who proposed, proposed jointly or withdrew."""
    name = paths[0].name
    values = dict.fromkeys(municipalities().index, 0.0)
    for row in text_rows(paths[0], ("code", "role", "status", "from_memory")):
        if row["from_memory"] != "no" or row["code"].endswith("000"):
            continue
        code = known_code(row["code"], name)
        rank = WITHDRAWN if row["status"] == "withdrawn" else {"lead": LEAD, "joint": JOINT}[row["role"]]
        # A municipality chosen again after withdrawing, or both lead and joint: the strongest standing part.
        values[code] = max(values[code], rank) if rank != WITHDRAWN else (values[code] or rank)
    return [("decarbonization_leading_area", "2026-02", pd.Series(values), "incomplete")]
