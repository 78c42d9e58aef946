"""Joint areas (圏域): municipalities that act together on connected land."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.boundaries import outline
from layers.blocs import blocs
from layers.kinds.columns import CHANGES, MEMBERS, NOTE, PAGES, PROGRAMME, SINCE, THEMES, UNTIL
from layers.kinds.kind import Column, Kind, Row

if TYPE_CHECKING:
    import shapely


def _outline(row: Row) -> shapely.Geometry:
    return outline(row["member_codes"])


KIND = Kind(
    "blocs",
    "圏域",
    "Blocs",
    40,
    blocs,
    (
        Column("id", "ID", "ID", shown=False),
        Column("name", "名称", "Name", pattern=".+"),
        Column("layer", "レイヤー", "Layer", shown=False, pattern="blocs|core_city|self_reliant"),
        Column("project", "事業名", "Project"),
        *MEMBERS,
        Column("representative", "代表", "Representative"),
        SINCE,
        UNTIL,
        Column("membership", "構成自治体の根拠", "How members are known", shown=False, pattern="listed|implied"),
        Column("elements", "要素", "Elements", shown=False),
        THEMES,
        *PROGRAMME,
        NOTE,
        CHANGES,
        *PAGES,
    ),
    _outline,
    "MultiPolygon",
    "#7a3b69",
    "area",
    searched=("name", "project", "representative"),
    layers=("blocs", "core_city", "self_reliant"),
)
