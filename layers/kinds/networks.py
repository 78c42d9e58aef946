"""Networks: arrangements of three and more parties, each one fact."""

from __future__ import annotations

import shapely

from geo.measure import great_circle, middle, party_point
from layers.kinds.columns import CHANGES, MEMBERS, NOTE, PAGES, PROGRAMME, SINCE, THEMES, UNTIL
from layers.kinds.kind import Column, Kind, Row, codes_of
from layers.networks import networks
from layers.tie_kinds import FORMS, TIE_KINDS

_FAMILIES = {each.id: each.name for each in TIE_KINDS}


def star(row: Row) -> shapely.Geometry:
    """Return a line from the middle of the members to each of them: the network as the map draws it."""
    points = [party_point(code) for code in codes_of(row)]
    centre = middle(points)
    return shapely.MultiLineString([great_circle(centre, point, points=9) for point in points])


KIND = Kind(
    "networks",
    "ネットワーク",
    "Networks",
    30,
    networks,
    (
        Column("id", "ID", "ID", shown=False),
        Column("name", "名称", "Name", pattern=".+"),
        Column("kind", "種類", "Kind"),
        Column("family", "種類の分類", "Family", shown=False),
        Column("family_name", "種類の分類", "Family", value=lambda _, r: _FAMILIES[r["family"]], shown=False),
        Column("form", "形", "Form", shown=False),
        Column("form_name", "形", "Form", value=lambda _, row: FORMS[row["form"]][0], shown=False),
        *MEMBERS,
        Column("prefecture_members", "都道府県としての参加", "Prefectures as members", shown=False),
        Column("membership", "構成自治体の根拠", "How members are known", shown=False),
        Column("complete", "全構成自治体か", "Whether all members", shown=False),
        Column("as_of", "構成の時点", "Members as of", shown=False),
        SINCE,
        UNTIL,
        Column("standing", "続いているか", "Standing", shown=False),
        THEMES,
        *PROGRAMME,
        NOTE,
        CHANGES,
        *PAGES,
    ),
    star,
    "MultiLineString",
    "#be185d",
    "line",
    searched=("name", "kind", "note"),
    layers=("networks",),
)
