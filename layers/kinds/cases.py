"""Cases of collaboration."""

from __future__ import annotations

import shapely

from geo.measure import party_point
from layers.cases import told_cases
from layers.kinds.columns import EVIDENCE, MAIN_THEME, NOTE, PLACE, PROGRAMME, THEMES
from layers.kinds.kind import Column, Kind, Row


def _points(row: Row) -> shapely.Geometry:
    if row.get("longitude"):
        return shapely.MultiPoint([(float(row["longitude"]), float(row["latitude"]))])
    codes = row["member_codes"] or tuple(f"{code}000" for code in row["prefecture_codes"])
    return shapely.MultiPoint([party_point(code) for code in codes])


KIND = Kind(
    "cases",
    "事例",
    "Cases",
    10,
    told_cases,
    (
        Column("id", "ID", "ID", shown=False, pattern=r"[a-z0-9-]+"),
        *PLACE,
        Column("member_codes", "自治体のコード", "Codes", shown=False),
        THEMES,
        MAIN_THEME,
        *PROGRAMME,
        Column("kind", "種類", "Kind"),
        Column("fiscal_year", "年度", "Fiscal year", "integer", pattern=r"(\d{4})?"),
        Column("title", "名称", "Title"),
        Column("organisation", "派遣元・団体", "Organisation"),
        Column("role", "役職", "Role"),
        Column("office", "担当", "Office", shown=False),
        Column("stage", "段階", "Stage", pattern="計画|実証|実施|成果|"),
        Column("means", "手段", "Means"),
        Column("summary", "概要", "Summary"),
        Column("summary_en", "概要（英語）", "Summary (English)", shown=False),
        Column("keywords", "キーワード", "Keywords", shown=False),
        Column("partners", "連携した団体", "Partners", shown=False),
        NOTE,
        *EVIDENCE,
    ),
    _points,
    "MultiPoint",
    "#2f855a",
    "circle",
    year="fiscal_year",
    searched=(
        *("title", "organisation", "role", "office", "kind", "note", "summary", "summary_en"),
        *("keywords", "items", "partners", "figure_labels", "terms"),
    ),
    layers=("cases",),
)
