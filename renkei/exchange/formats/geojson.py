"""GeoJSON (RFC 7946): WGS 84, right-hand rule, no ``crs``, at most 7 decimals.

Coordinates are JGD2011 (EPSG:6668) as they stand: it agrees with WGS 84 to within centimetres, far below the
accuracy of the boundaries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import shapely

from renkei.exchange.about_file import about_record
from renkei.exchange.formats import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.exchange.flat_layer import FlatLayer

DECIMALS = 7


def write(layers: Sequence[FlatLayer]) -> bytes:
    """Return one FeatureCollection; besides ``features`` it carries ``renkei``: what the file says of itself."""
    (layer,) = layers
    names = [each.name for each in layer.fields]
    columns = [_cells(layer, name) for name in names]
    shapes = geometry_texts(layer) if layer.has_shapes else [orjson.Fragment(b"null")] * len(layer.frame)
    features = [
        {"type": "Feature", "properties": dict(zip(names, cells, strict=True)), "geometry": shape}
        for cells, shape in zip(zip(*columns, strict=True), shapes, strict=True)
    ]
    return orjson.dumps(
        {"type": "FeatureCollection", "name": layer.name, "renkei": about_record(layer), "features": features}
    )


def _cells(layer: FlatLayer, name: str) -> list[Any]:
    column = layer.frame[name].astype(object)
    return column.where(column.notna(), None).tolist()


def geometry_texts(layer: FlatLayer) -> list[orjson.Fragment]:
    """Return each row's geometry as prepared JSON, oriented and rounded."""
    shapes = shapely.transform(np.asarray(layer.frame.geometry.array), lambda points: points.round(DECIMALS))
    # GEOS writes 36.1052073 as 36.105207299999996: orjson writes the shortest digits.
    return [
        orjson.Fragment(orjson.dumps(orjson.loads(text)))
        for text in shapely.to_geojson(shapely.orient_polygons(shapes))
    ]


FORMAT = Format("geojson", ".geojson", "GeoJSON", "GeoJSON", "application/geo+json", write)
