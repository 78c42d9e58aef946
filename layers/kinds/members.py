"""Members of forums and platforms that are no municipality: they come with the bodies that they belong to."""

from __future__ import annotations

import shapely

from geo.measure import party_point
from layers.kinds.columns import EVIDENCE, PROGRAMME
from layers.kinds.kind import Column, Kind, Row
from layers.other_members import other_bodies


def _points(row: Row) -> shapely.Geometry:
    return shapely.MultiPoint([party_point(code) for code in row["member_codes"]])


KIND = Kind(
    "members",
    "自治体以外の構成員・参加者",
    "Members that are no municipality",
    70,
    other_bodies,
    (
        Column("id", "ID", "ID", shown=False),
        Column("name", "名称", "Name", pattern=".+"),
        Column("body", "参加している圏域・フォーラム", "Body", pattern=".+"),
        Column("member_codes", "圏域の自治体のコード", "Codes of the body's municipalities", shown=False),
        Column("themes", "テーマ", "Themes"),
        *PROGRAMME,
        *EVIDENCE,
    ),
    _points,
    "MultiPoint",
    "#64748b",
    "diamond",
    year="",
    searched=("name", "body"),
)
