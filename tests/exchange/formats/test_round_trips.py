"""Every layer with shapes, written and read back by DuckDB, SQLite, GDAL, QGIS and R: same rows, ids, values and shapes.

Stated precision: 1e-6 degrees in GeoJSON (a tenth of a metre; at most 7 decimals are written), none lost elsewhere;
numbers to 12 digits: Excel's form holds 15, rounded once on the way in and once on the way out. GDAL takes an ISO date in GeoJSON for a date: the same day.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely

from renkei.exchange.formats import find_format
from renkei.present.area_codes import written_area
from renkei.present.layer_files import flat, layer_rows
from renkei.present.page_state import from_query
from tests.shared_atlas import ATLAS

pytestmark = pytest.mark.slow
LAYERS = (
    "area",
    "municipalities",
    "cases",
    "ties",
    "networks",
    "blocs",
    "medical",
    "organisations",
    "members",
    "prefectures",
    "northern_territories",
    "wards",
    "coverage",
    "nearest",
)
FORMATS = {"geojson": 1e-6, "gpkg": 0.0, "flatgeobuf": 0.0, "geoparquet": 0.0}
"""Format to the distance in degrees by which a shape may differ."""
QGIS_PYTHON = "/usr/bin/python3"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Every layer in every format that holds shapes, what was written beside it."""
    folder = tmp_path_factory.mktemp("round-trips")
    query = {"prefecture": ["14"], "show": ["cases,medical,blocs"], "area": [written_area(["10444", "13112"])]}
    view, notes = from_query(ATLAS, query)
    assert notes == []
    own = [code for code in ATLAS.municipalities().index if code.startswith("14")]
    indicators = ["share_65", "decarbonization_leading_area"]
    frames = {}
    for name in LAYERS:
        codes = () if name == "northern_territories" else own
        layer = flat(ATLAS, layer_rows(ATLAS, name, view, indicators=indicators, codes=codes), view)
        assert len(layer.frame)
        frames[name] = layer.frame
        for form in FORMATS:
            (folder / f"{name}{find_format(form).suffix}").write_bytes(find_format(form).write([layer]))
        (folder / f"{name}.xlsx").write_bytes(find_format("xlsx").write([layer]))
    return folder, frames


def path_of(written, name, form) -> Path:
    return written[0] / f"{name}{find_format(form).suffix}"


def plain(value):
    """A value as it is compared: nothing is None, numbers are floats of 12 digits, a date is ISO."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    if isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool):
        return float(f"{value:.12g}")
    return str(value) or None


def assert_same(ours: gpd.GeoDataFrame, rows: list[dict], shapes, distance: float) -> None:
    """Hold what was read against what was written, row by row by its first column."""
    key = ours.columns[0]
    theirs = {plain(row[key]): (row, shape) for row, shape in zip(rows, shapes, strict=True)}
    assert len(rows) == len(theirs) == len(ours)
    columns = [each for each in ours.columns if each != "geometry"]
    for own in ours.to_dict("records"):
        row, shape = theirs[plain(own[key])]
        assert [plain(row[each]) for each in columns] == [plain(own[each]) for each in columns]
        same = (
            shapely.equals(shape, own["geometry"])
            if not distance
            else shapely.hausdorff_distance(shape, own["geometry"])
        )
        assert same is np.True_ or same is True or same <= distance
        assert shape.geom_type == own["geometry"].geom_type


@pytest.fixture(scope="module")
def duckdb_spatial():
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed (extra bench)")
    wheel = pytest.importorskip(
        "duckdb_extension_spatial", reason="its spatial extension is not installed (extra bench)"
    )
    (extension,) = Path(wheel.__file__).parent.rglob("spatial.duckdb_extension")
    with duckdb.connect(config={"threads": 1}) as database:
        database.load_extension(str(extension))
        yield database


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", LAYERS)
def test_duckdb_reads_every_layer(written, duckdb_spatial, name, form):
    path = path_of(written, name, form)
    source = f"read_parquet('{path}')" if form == "geoparquet" else f"ST_Read('{path}')"
    found = duckdb_spatial.execute(f"SELECT * FROM {source}")
    columns = [each[0] for each in found.description]
    shape = "geometry" if form == "geoparquet" else "geom"
    others = [each for each in columns if each != shape]
    table = duckdb_spatial.execute(f"SELECT ST_AsWKB({shape}) AS wkb, * EXCLUDE ({shape}) FROM {source}").fetchall()
    rows = [dict(zip(others, each[1:], strict=True)) for each in table]
    assert_same(written[1][name], rows, [shapely.from_wkb(bytes(each[0])) for each in table], FORMATS[form])


@pytest.mark.parametrize("name", LAYERS)
def test_sqlite_reads_every_geopackage(written, name):
    with sqlite3.connect(f"file:{path_of(written, name, 'gpkg')}?mode=ro", uri=True) as database:
        database.row_factory = sqlite3.Row
        (column,) = database.execute("SELECT column_name FROM gpkg_geometry_columns").fetchone()
        rows = [dict(each) for each in database.execute(f'SELECT * FROM "{name}"')]
    database.close()
    # The header of a GeoPackage's geometry: 8 bytes, then an envelope of 0 or 32; then WKB.
    shapes = [shapely.from_wkb(row[column][8 + (32 if row[column][3] & 0b1110 else 0) :]) for row in rows]
    assert_same(written[1][name], rows, shapes, 0.0)


@pytest.mark.parametrize("name", LAYERS)
def test_geopandas_makes_every_other_format_of_every_geojson(written, name, tmp_path):
    frame = gpd.read_file(path_of(written, name, "geojson"))
    frame.to_parquet(tmp_path / "x.parquet")
    frame.to_file(tmp_path / "x.gpkg")
    frame.to_file(tmp_path / "x.fgb")
    for read in (
        gpd.read_parquet(tmp_path / "x.parquet"),
        *(gpd.read_file(tmp_path / f"x.{each}") for each in ("gpkg", "fgb")),
    ):
        assert_same(written[1][name], read.drop(columns="geometry").to_dict("records"), read.geometry, 1e-6)


@pytest.mark.parametrize("name", LAYERS)
def test_openpyxl_reads_typed_cells(written, name):
    ours = written[1][name]
    book = openpyxl.load_workbook(written[0] / f"{name}.xlsx", read_only=True, data_only=True)
    head, *rows = book.worksheets[0].iter_rows(values_only=True)
    book.close()
    columns = [each for each in ours.columns if each != "geometry"]
    for own, row in zip(ours[columns].itertuples(index=False), rows, strict=True):
        told = [plain(each) for each in row[: len(columns)]]
        assert told == [each and (each[:32_767] if isinstance(each, str) else each) for each in map(plain, own)]
    assert len(head) >= len(columns)


@pytest.mark.skipif(not shutil.which("ogr2ogr"), reason="no ogr2ogr here (Debian: gdal-bin)")
@pytest.mark.parametrize("form", ["gpkg", "geojson"])
def test_gdal_reads_and_writes_them_again(written, form, tmp_path):
    for name in LAYERS:
        target = tmp_path / f"{name}.gpkg"
        asked = [name] if form == "gpkg" else []  # beside it lies the table of styles
        source = path_of(written, name, form)
        subprocess.run(["ogr2ogr", "-nln", "taken", target, source, *asked], check=True, capture_output=True)
        read = gpd.read_file(target, layer="taken")
        assert_same(written[1][name], read.drop(columns="geometry").to_dict("records"), read.geometry, FORMATS[form])


READ_IN_QGIS = """
import json, os, sys
from qgis.core import NULL, QgsApplication, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
for path in sys.argv[1:]:
    layer = QgsVectorLayer(path, "x", "ogr")
    assert layer.isValid(), path
    names = [each.name() for each in layer.fields()]
    rows = [[None if value == NULL else value for value in each.attributes()] for each in layer.getFeatures()]
    shapes = [bytes(each.geometry().asWkb()).hex() for each in layer.getFeatures()]
    print(json.dumps([names, rows, shapes]), flush=True)
os._exit(0)  # leaving QGIS in order crashes some of its versions
"""


@pytest.mark.skipif(
    subprocess.run([QGIS_PYTHON, "-c", "import qgis.core"], capture_output=True, check=False).returncode != 0
    if Path(QGIS_PYTHON).exists()
    else True,
    reason="no PyQGIS here (Debian: python3-qgis)",
)
def test_qgis_reads_every_geopackage(written, tmp_path):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(tmp_path)}
    paths = [path_of(written, name, "gpkg") for name in LAYERS]
    done = subprocess.run(
        [QGIS_PYTHON, "-c", READ_IN_QGIS, *paths], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    for name, line in zip(LAYERS, done.stdout.splitlines(), strict=True):
        names, rows, shapes = json.loads(line)
        found = [dict(zip(names, row, strict=True)) for row in rows]
        assert_same(written[1][name], found, [shapely.from_wkb(each) for each in shapes], 0.0)


READ_IN_R = """
library(sf)
arguments <- commandArgs(trailingOnly = TRUE)
for (path in arguments[-1]) {
  read <- st_read(path, quiet = TRUE, stringsAsFactors = FALSE)
  st_write(read, file.path(arguments[1], paste0(tools::file_path_sans_ext(basename(path)), "-", tools::file_ext(path), ".gpkg")), quiet = TRUE)
}
"""


@pytest.mark.skipif(
    not shutil.which("Rscript")
    or subprocess.run(["Rscript", "-e", "library(sf)"], capture_output=True, check=False).returncode != 0,
    reason="no R with sf here (Debian: r-cran-sf)",
)
def test_r_reads_and_writes_every_layer(written, tmp_path):
    forms = ("geojson", "gpkg")
    paths = [path_of(written, name, form) for name in LAYERS for form in forms]
    subprocess.run(["Rscript", "-e", READ_IN_R, tmp_path, *paths], capture_output=True, text=True, check=True)
    for name in LAYERS:
        for form in forms:
            read = gpd.read_file(tmp_path / f"{name}-{form}.gpkg")
            rows = read.drop(columns="geometry").to_dict("records")
            assert_same(written[1][name], rows, read.geometry, FORMATS[form])
