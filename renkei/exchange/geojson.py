"""Geometries as GeoJSON text (RFC 7946): right-hand rule, at most 7 decimals; and the credits of every file.

Coordinates are JGD2011 (EPSG:6668) as they stand: it agrees with WGS 84 to within centimetres, far below the
accuracy of the boundaries.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import orjson
import shapely

from geo.boundaries import exact

if TYPE_CHECKING:
    from collections.abc import Iterable

DECIMALS = 7
CREDITS = (
    "「気象庁ホームページ」（警報等区域 2025年3月）を加工して作成",
    "国土交通省 国土数値情報（行政区域データ N03）、国土地理院 面積調を加工して作成",
    "総務省統計局「国勢調査」、総務省「住民基本台帳人口」「マイナンバーカード交付状況」「主要財政指標」を加工して作成",
    "国立社会保障・人口問題研究所「日本の地域別将来推計人口（令和5年推計）」を加工して作成",
    "デジタル庁「自治体DX推進状況」、環境省「脱炭素先行地域」、資源エネルギー庁「FIT公表情報」を加工して作成",
    "国土交通省 国土数値情報（医療圏 A38）、内閣府・農林水産省・国土交通省ほかの選定事業の公表を加工して作成",
)


def geometry_fragments(shapes: Iterable[shapely.Geometry]) -> list[orjson.Fragment]:
    """Return geometries as prepared JSON, oriented and rounded; their type stays as it is."""
    rounded = shapely.transform(np.array(list(shapes), dtype=object), lambda points: points.round(DECIMALS))
    return [_shortest(text) for text in shapely.to_geojson(shapely.orient_polygons(rounded))]


def _shortest(text: str) -> orjson.Fragment:
    """Write coordinates again with their shortest digits: GEOS writes 36.1052073 as 36.105207299999996."""
    return orjson.Fragment(orjson.dumps(orjson.loads(text)))


@cache
def municipality_geometries() -> dict[str, orjson.Fragment]:
    """Return each municipality as prepared text, all MultiPolygon: made once a process. Not to be changed."""
    frame = exact()
    many = [
        shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape]) for shape in frame.geometry.array
    ]
    return dict(zip(frame.index, geometry_fragments(many), strict=True))
