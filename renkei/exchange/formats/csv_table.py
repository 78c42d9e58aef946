"""CSV in UTF-8 with BOM, as Excel opens it; points also as longitude and latitude; ``.csvt`` types for QGIS."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from renkei.exchange.escaping import plain_cell, spreadsheet_cell
from renkei.exchange.formats import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.exchange.flat_layer import FlatLayer

_TYPES = {"text": '"String"', "integer": '"Integer64"', "real": '"Real"'}


def csv_text(layer: FlatLayer) -> str:
    """Return a layer's table as CSV text; lines end with CR LF (RFC 4180)."""
    table = with_points(layer)
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.astype(object).to_numpy())
    return target.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, str):
        return spreadsheet_cell(plain_cell(value))
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    return repr(value) if isinstance(value, float) else str(value)


def with_points(layer: FlatLayer) -> pd.DataFrame:
    """Return the table; where each row is a point, with ``lon`` and ``lat`` behind it (degrees, EPSG:6668)."""
    table = layer.table
    if layer.geometry_type != "Point" or {"lon", "lat"} & set(table.columns):
        return table
    shapes = layer.frame.geometry
    return table.assign(lon=np.round(shapes.x, 7).to_numpy(), lat=np.round(shapes.y, 7).to_numpy())


def csvt_text(layer: FlatLayer) -> str:
    """Return the line of types that QGIS and GDAL read beside a CSV, so that a code keeps its leading zero."""
    types = [_TYPES[each.type] for each in layer.fields]
    return ",".join(types + ['"Real"'] * (len(with_points(layer).columns) - len(types)))


def write(layers: Sequence[FlatLayer]) -> bytes:
    """Return one layer's table."""
    (layer,) = layers
    return b"\xef\xbb\xbf" + csv_text(layer).encode()


FORMAT = Format("csv", ".csv", "CSV（UTF-8、Excel用）", "CSV (UTF-8 with BOM)", "text/csv", write)
