"""Organisations that work with municipalities: companies, universities, ministries, associations."""

from __future__ import annotations

import shapely

from geo.gazetteer import display_name
from geo.measure import party_point
from layers.kinds.columns import EVIDENCE
from layers.kinds.kind import Column, Kind, Row
from layers.organisations import KINDS, working_organisations


def _points(row: Row) -> shapely.Geometry:
    return shapely.MultiPoint([party_point(code) for code in row["member_codes"]])


KIND = Kind(
    "organisations",
    "企業・大学・団体",
    "Organisations",
    60,
    working_organisations,
    (
        Column("id", "ID", "ID", shown=False, pattern=r"org-[0-9a-f]{8}"),
        Column("name", "名称", "Name", pattern=".+"),
        Column("kind", "種類のID", "Kind id", shown=False, pattern="|".join(KINDS)),
        Column("kind_name", "種類", "Kind", value=lambda _, row: KINDS[row["kind"]][0]),
        Column("parent", "上部組織", "Body above", shown=False),
        Column("member_codes", "関わる自治体のコード", "Codes of municipalities", shown=False),
        Column(
            "member_names", "関わる自治体", "Works with", value=lambda _, r: tuple(map(display_name, r["member_codes"]))
        ),
        Column("links", "関わり", "How", value=lambda _, row: row["links"]),
        Column("themes", "テーマ", "Themes"),
        Column("since", "最初の年", "Since", pattern=r"(\d{4}(-\d{2}(-\d{2})?)?)?"),
        Column("programmes", "事業のID", "Programme ids", shown=False),
        *EVIDENCE,
    ),
    _points,
    "MultiPoint",
    "#0e7490",
    "square",
    searched=("name", "names", "kind", "parent", "roles"),
)
