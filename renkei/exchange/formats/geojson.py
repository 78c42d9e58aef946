"""GeoJSON (RFC 7946): WGS 84, right-hand rule, no ``crs``, at most 7 decimals.

Coordinates are JGD2011 (EPSG:6668) as they stand: it agrees with WGS 84 to within centimetres, far below the
accuracy of the boundaries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from renkei.exchange.about_file import about_record
from renkei.exchange.formats import Format
from renkei.exchange.geojson import geometry_fragments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.exchange.flat_layer import FlatLayer


def write(layers: Sequence[FlatLayer]) -> bytes:
    """Return one FeatureCollection; besides ``features`` it carries ``renkei``: what the file says of itself."""
    (layer,) = layers
    names = [each.name for each in layer.fields]
    columns = [_cells(layer, name) for name in names]
    shapes = _shapes(layer)
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


def _shapes(layer: FlatLayer) -> Sequence[Any]:
    if not layer.has_shapes:
        return [None] * len(layer.frame)
    return layer.prepared() if layer.prepared else geometry_fragments(layer.frame.geometry.array)


FORMAT = Format("geojson", ".geojson", "GeoJSON", "GeoJSON", "application/geo+json", write)
