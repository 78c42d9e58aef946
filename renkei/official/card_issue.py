"""総務省 マイナンバーカード交付率 2022-12-31, on the register's population of 2022-01-01."""

from __future__ import annotations

from typing import TYPE_CHECKING

from renkei.official.municipal_series import code_by_name, known_code, number, of_today
from renkei.official.tables_of_text import text_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from renkei.official.municipal_series import Block


def read_card_issue(paths: Sequence[Path]) -> list[Block]:
    """Read cards issued per 100 residents."""
    name = paths[0].name
    values: dict[str, float | None] = {}
    for row in text_rows(paths[0], ("団体コード", "都道府県名", "市区町村名", "人口に対する交付枚数率")):
        if row["団体コード"] == "<NA>":  # 三宅村 and 八丈町
            code = code_by_name(row["都道府県名"], row["市区町村名"], name)
        else:
            code = known_code(row["団体コード"], name, row["都道府県名"])
        values[code] = number(row["人口に対する交付枚数率"])
    return [("mynumber_issue_rate", "2022-12-31", of_today(values, name, missing=0), "")]
