"""The points: whole numbers by theme and measure, read from ``data/analysis/partner_points.csv``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import DataError
from layers.tables import per_snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from renkei.atlas import Atlas

GENERAL = "general"
"""The points for every theme that has too few known ties to have points of its own."""

POINTS_OF_THEME = {
    "防災": "disaster",
    "脱炭素": "decarbonization",
    "DX": "systems",
    "行財政・組織改革": "systems",
    "移住定住・関係人口": "exchange",
    "観光": "exchange",
    "シティプロモーション": "exchange",
    "ふるさと納税": "exchange",
    "教育・人材育成": "exchange",
}
"""Theme to the set of points that serves it; all others are served by ``GENERAL``."""


def points_of(theme: str) -> str:
    """Return the set of points for a theme.

    Examples
    --------
    >>> points_of("観光"), points_of("交通"), points_of("")
    ('exchange', 'general', 'general')
    """
    return POINTS_OF_THEME.get(theme, GENERAL)


@per_snapshot()
def points(atlas: Atlas, name: str) -> Mapping[str, int]:
    """Return points by measure of a set.

    Raises
    ------
    DataError
        When there is no such set.
    """
    table = atlas.table("analysis", "partner_points.csv")
    rows = table[table["points_of"].eq(name)]
    if rows.empty:
        msg = f"配点「{name}」が data/analysis/partner_points.csv にありません。インストールし直してください。"
        raise DataError(msg)
    return dict(zip(rows["measure"], rows["points"].astype(int), strict=True))
