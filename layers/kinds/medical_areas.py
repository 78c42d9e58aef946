"""二次医療圏, the areas in which prefectures plan hospital care: the same whatever the filters say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.boundaries import outline
from geo.gazetteer import display_name
from layers.kinds.kind import Column, Kind, Row
from layers.medical_areas import SOURCE, medical_areas

if TYPE_CHECKING:
    import pandas as pd
    import shapely

    from layers.tables import Tables


def _read(tables: Tables) -> pd.DataFrame:
    frame = medical_areas(tables)
    return frame.assign(id="medical-" + frame["code"])


def _outline(row: Row) -> shapely.Geometry:
    return outline(row["member_codes"])


KIND = Kind(
    "medical",
    "二次医療圏",
    "Secondary medical areas",
    50,
    _read,
    (
        Column("id", "ID", "ID", shown=False),
        Column("code", "医療圏コード", "Code of the area", pattern=r"\d{4}"),
        Column("name", "名称", "Name", pattern=".+"),
        Column("prefecture", "都道府県", "Prefecture"),
        Column("member_codes", "構成市区町村のコード", "Codes of members", shown=False),
        Column(
            "member_names", "構成市区町村", "Members", value=lambda _, r: tuple(map(display_name, r["member_codes"]))
        ),
        Column("source", "出典", "Source", value=lambda _, __: SOURCE),
    ),
    _outline,
    "MultiPolygon",
    "#475569",
    "area",
    year="",
    filtered=False,
    layers=("medical",),
)
