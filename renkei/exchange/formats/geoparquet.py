"""GeoParquet 1.1: geometry as WKB, a covering bounding box, EPSG:6668; a table without shapes is plain Parquet."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import geopandas as gpd

from renkei.exchange.driver_frame import driver_frame
from renkei.exchange.formats import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.exchange.flat_layer import FlatLayer


def write(layers: Sequence[FlatLayer]) -> bytes:
    """Return one layer."""
    (layer,) = layers
    frame = driver_frame(layer)
    for each in layer.fields:
        if each.type == "text":
            frame[each.name] = frame[each.name].astype("str")
    target = io.BytesIO()
    if isinstance(frame, gpd.GeoDataFrame):
        frame.to_parquet(target, schema_version="1.1.0", write_covering_bbox=True, compression="zstd", index=False)
    else:
        frame.to_parquet(target, compression="zstd", index=False)
    return target.getvalue()


FORMAT = Format("geoparquet", ".parquet", "GeoParquet", "GeoParquet", "application/vnd.apache.parquet", write)
