"""Ties between two parties, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.codes import to_code6
from geo.gazetteer import display_name
from geo.measure import great_circle, party_point
from layers.kinds.columns import CHANGES, NOTE, PAGES, PROGRAMME, SINCE, THEMES, UNTIL
from layers.kinds.kind import Column, Kind, Row
from layers.partnerships import partnerships

if TYPE_CHECKING:
    import shapely


def _arc(row: Row) -> shapely.Geometry:
    return great_circle(party_point(row["from_code"]), party_point(row["to_code"]))


KIND = Kind(
    "ties",
    "連携",
    "Ties",
    20,
    partnerships,
    (
        Column("id", "ID", "ID", shown=False),
        Column("from_code", "団体コード", "Code", shown=False, pattern=r"\d{5}"),
        Column("from_code6", "団体コード（6桁）", "Code (6)", value=lambda _, r: to_code6(r["from_code"]), shown=False),
        Column("from_name", "自治体", "Party", value=lambda _, row: display_name(row["from_code"])),
        Column("to_code", "相手のコード", "Code of the other", shown=False, pattern=r"\d{5}"),
        Column("to_code6", "相手のコード（6桁）", "Code (6)", value=lambda _, r: to_code6(r["to_code"]), shown=False),
        Column("to_name", "相手", "Other party", value=lambda _, row: display_name(row["to_code"])),
        Column("kind", "種類", "Kind", pattern=".+"),
        Column("family", "種類の分類", "Family", shown=False),
        Column("form", "形", "Form", shown=False),
        Column("name", "名称", "Name"),
        SINCE,
        UNTIL,
        Column("standing", "続いているか", "Standing", shown=False),
        Column("strength", "明示・推定", "Stated or inferred", pattern="explicit|inferred"),
        THEMES,
        *PROGRAMME,
        NOTE,
        CHANGES,
        *PAGES,
    ),
    _arc,
    "LineString",
    "#c2410c",
    "line",
    searched=("kind", "name"),
    layers=("ties",),
    aliases=("partnerships",),
)
