"""FlatGeobuf: one layer, spatially indexed, EPSG:6668."""

from __future__ import annotations

from typing import TYPE_CHECKING

from renkei.exchange.driver_frame import written_by_driver
from renkei.exchange.formats import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.exchange.flat_layer import FlatLayer


def write(layers: Sequence[FlatLayer]) -> bytes:
    """Return one layer; with a geometry of one type it carries a packed R-tree."""
    (layer,) = layers
    options = {"SPATIAL_INDEX": "YES" if layer.has_shapes and len(layer.frame) else "NO"}
    return written_by_driver(layer, "FlatGeobuf", f"{layer.name}.fgb", layer_options=options)


FORMAT = Format("flatgeobuf", ".fgb", "FlatGeobuf", "FlatGeobuf", "application/flatgeobuf", write)
