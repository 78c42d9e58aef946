"""Features as GeoJSON (RFC 7946): WGS 84, right-hand rule, no ``crs``, at most 7 decimals; lists stay lists.

Coordinates are JGD2011 (EPSG:6668) as they stand: it agrees with WGS 84 to within centimetres, far below
the accuracy of the boundaries.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import shapely

from geo.boundaries import exact

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DECIMALS = 7
CREDITS = (
    "「気象庁ホームページ」（警報等区域 2025年3月）を加工して作成",
    "国土交通省 国土数値情報（行政区域データ N03）、国土地理院 面積調を加工して作成",
    "総務省統計局「国勢調査」、総務省「住民基本台帳人口」「マイナンバーカード交付状況」「主要財政指標」を加工して作成",
    "国立社会保障・人口問題研究所「日本の地域別将来推計人口（令和5年推計）」を加工して作成",
    "デジタル庁「自治体DX推進状況」、環境省「脱炭素先行地域」、資源エネルギー庁「FIT公表情報」を加工して作成",
    "国土交通省 国土数値情報（医療圏 A38）、内閣府・農林水産省・国土交通省ほかの選定事業の公表を加工して作成",
)


def geometry_fragments(shapes: Sequence[shapely.Geometry]) -> list[orjson.Fragment]:
    """Return geometries as prepared JSON, oriented and rounded; a collection of one part as that part."""
    parts = [_single(shape) for shape in shapes]
    rounded = shapely.transform(np.array(parts, dtype=object), lambda points: points.round(DECIMALS))
    return [_shortest(text) for text in shapely.to_geojson(shapely.orient_polygons(rounded))]


def _single(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    return parts[0] if len(parts) == 1 else shape


def _shortest(text: str) -> orjson.Fragment:
    """Write coordinates again with their shortest digits: GEOS writes 36.1052073 as 36.105207299999996."""
    return orjson.Fragment(orjson.dumps(orjson.loads(text)))


@cache
def municipality_geometries() -> dict[str, orjson.Fragment]:
    """Return each municipality's geometry as prepared text: made once a process. Not to be changed."""
    frame = exact()
    return dict(zip(frame.index, geometry_fragments(list(frame.geometry.array)), strict=True))


def geojson(
    rows: Sequence[Mapping[str, Any]], geometries: Sequence[orjson.Fragment], about: Mapping[str, Any]
) -> bytes:
    """Return a FeatureCollection in UTF-8.

    Parameters
    ----------
    rows
        Properties, one mapping a feature; tuples become arrays, None is null.
    geometries
        As ``geometry_fragments`` makes them.
    about
        What the file says of itself; it stands beside ``features`` under ``renkei``.
    """
    features = [
        {"type": "Feature", "properties": row, "geometry": geometry}
        for row, geometry in zip(rows, geometries, strict=True)
    ]
    return orjson.dumps(
        {"type": "FeatureCollection", "renkei": about, "features": features}, option=orjson.OPT_SERIALIZE_NUMPY
    )
