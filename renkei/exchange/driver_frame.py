"""Layers through GDAL's drivers (pyogrio): each field with its type, the schema the same for no rows at all."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyogrio

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from renkei.exchange.flat_layer import FlatLayer


def driver_frame(layer: FlatLayer) -> gpd.GeoDataFrame | pd.DataFrame:
    """Return the rows as pyogrio takes them: numbers with NA, text empty as missing."""
    frame = layer.frame.copy()
    for each in layer.fields:
        if each.type == "text":
            frame[each.name] = frame[each.name].where(frame[each.name].ne(""), None)
    return frame


def write_layer(layer: FlatLayer, target: Path, driver: str, *, append: bool = False, **options: Any) -> None:
    """Write one layer to a file by a driver of GDAL."""
    known = {} if not layer.has_shapes else {"geometry_type": layer.geometry_type, "promote_to_multi": False}
    pyogrio.write_dataframe(
        driver_frame(layer), target, driver=driver, layer=layer.name, append=append, **known, **options
    )


def written_by_driver(layer: FlatLayer, driver: str, name: str, **options: Any) -> bytes:
    """Return the single file that a driver writes."""
    with tempfile.TemporaryDirectory(prefix="renkei-") as folder:
        target = Path(folder) / name
        write_layer(layer, target, driver, **options)
        return target.read_bytes()
