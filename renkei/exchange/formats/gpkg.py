"""GeoPackage: every layer, EPSG:6668, spatial index, aliases and definitions, QGIS styles as the default.

Aliases stand where the GeoPackage Schema extension puts them (``gpkg_data_columns``), styles in ``layer_styles``, the
table that QGIS and GeoServer read; both are written as OGC 12-128r18 and QGIS itself write them.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pyogrio

from renkei.exchange.about_file import about_rows
from renkei.exchange.driver_frame import write_layer
from renkei.exchange.formats import Format
from renkei.exchange.qgis_style import qml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.exchange.flat_layer import FlatLayer

_SCHEMA = """
CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
  definition TEXT NOT NULL, scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE IF NOT EXISTS gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT,
  title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE IF NOT EXISTS gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL,
  value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE IF NOT EXISTS layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT,
  f_table_schema TEXT, f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT, ui TEXT, update_time DATETIME);
"""
_EXTENSION = "http://www.geopackage.org/spec131/#extension_schema"
GEOMETRY = "geom"


def write(layers: Sequence[FlatLayer]) -> bytes:
    """Return one GeoPackage of all layers."""
    # The file is made in a folder of our own and read at once: nothing need reach the disk in between.
    pyogrio.set_gdal_config_options({"OGR_SQLITE_SYNCHRONOUS": "OFF"})
    with tempfile.TemporaryDirectory(prefix="renkei-") as folder:
        target = Path(folder) / "renkei.gpkg"
        for number, layer in enumerate(layers):
            options = {"DESCRIPTION": layer.about.shown, "IDENTIFIER": layer.title}
            if layer.has_shapes:
                options |= {"GEOMETRY_NAME": GEOMETRY, "SPATIAL_INDEX": "YES"}
            # 1.2 is the newest that QGIS 3.22 and older GIS read without a warning.
            fresh = {"dataset_options": {"VERSION": "1.2"}} if number == 0 else {}
            about = {"layer_options": options, "layer_metadata": _metadata(layer)}
            write_layer(layer, target, "GPKG", append=number > 0, **about, **fresh)
        with closing(sqlite3.connect(target)) as database, database:
            _describe(database, layers)
        return target.read_bytes()


def _metadata(layer: FlatLayer) -> dict[str, str]:
    """Return what the layer says of itself, as GDAL keeps it in ``gpkg_metadata``."""
    told: dict[str, list[str]] = {}
    for item, text in about_rows(layer):
        told.setdefault(item, []).append(text)
    return {item: "\n".join(texts) for item, texts in told.items()}


def _describe(database: sqlite3.Connection, layers: Sequence[FlatLayer]) -> None:
    database.executescript(_SCHEMA)
    database.executemany(
        "INSERT OR IGNORE INTO gpkg_extensions VALUES (?, NULL, 'gpkg_schema', ?, 'read-write')",
        [(table, _EXTENSION) for table in ("gpkg_data_columns", "gpkg_data_column_constraints")],
    )
    for layer in layers:
        titles: set[str] = set()
        for each in layer.fields:
            title = f"{each.title}（{each.unit}）" if each.unit else each.title
            if title in titles:  # the extension wants names that differ
                title = f"{title}（{each.name}）"
            titles.add(title)
            database.execute(
                "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description) VALUES (?,?,?,?,?)",
                (layer.name, each.name, title, each.title_en, each.description),
            )
        if layer.has_shapes and layer.style.rules:
            database.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,"
                " styleQML, styleSLD, useAsDefault, description, owner, update_time)"
                " VALUES ('', '', ?, ?, ?, ?, '', 1, ?, 'renkei', ?)",
                (
                    layer.name,
                    GEOMETRY,
                    layer.title,
                    qml(layer),
                    layer.about.shown,
                    f"{layer.about.written}T00:00:00.000Z",
                ),
            )


FORMAT = Format(
    "gpkg", ".gpkg", "GeoPackage（QGIS用）", "GeoPackage (QGIS)", "application/geopackage+sqlite3", write, many=True
)
