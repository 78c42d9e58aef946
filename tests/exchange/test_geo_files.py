"""Real attempts at the reader of strangers' geo files."""

import contextlib
import json
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError, RenkeiError, UnsafeFileError
from renkei.exchange import geo_files
from renkei.exchange.geo_files import MOST_COLUMNS, read_geo_file

POINT = {"type": "Point", "coordinates": [139.1, 36.7]}


def collection(*features, **more):
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}, ensure_ascii=False).encode()


def feature(geometry=POINT, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geopackage(tmp_path, *statements, crs="EPSG:6668"):
    path = tmp_path / "made.gpkg"
    frame = gpd.GeoDataFrame({"name": ["川場村"], "n": [1]}, geometry=[shapely.Point(139.1, 36.7)], crs="EPSG:6668")
    frame.to_crs(crs).to_file(path, layer="towns")
    with closing(sqlite3.connect(path)) as database, database:
        for each in statements:
            database.execute(each)
    return path.read_bytes()


def test_a_feature_collection_is_read_whole():
    found = read_geo_file(collection(feature(name="川場村", n=3, ratio=1.5), feature(None, name="どこか")), "a.geojson")
    assert found.rows_in == 2
    assert found.faults == ()
    assert found.frame["name"].tolist() == ["川場村", "どこか"]
    assert found.frame.geometry.iloc[0].equals(shapely.Point(139.1, 36.7))
    assert found.frame.geometry.iloc[1] is None


@pytest.mark.parametrize("crs", ["EPSG:6668", "EPSG:6677", "EPSG:3857"])
def test_a_geopackage_is_read_in_degrees(tmp_path, crs):
    found = read_geo_file(geopackage(tmp_path, crs=crs), "a.gpkg")
    assert found.frame["name"].tolist() == ["川場村"]
    assert found.frame.geometry.iloc[0].distance(shapely.Point(139.1, 36.7)) < 1e-6
    assert bool(found.notes) == (crs != "EPSG:6668")


VRT = b"""<OGRVRTDataSource><OGRVRTLayer name="passwd"><SrcDataSource>/etc/passwd</SrcDataSource>
<SrcLayer>passwd</SrcLayer></OGRVRTLayer></OGRVRTDataSource>"""


@pytest.mark.parametrize(
    "content",
    [
        VRT,
        b"  \n" + VRT,
        b"PK\x03\x04" + b"\0" * 60,
        b"GIF89a",
        b"/vsicurl/http://127.0.0.1/x",
        b"",
        b"\x00" * 32,
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml>&x;</kml>',
    ],
)
@pytest.mark.parametrize("name", ["x.geojson", "x.gpkg"])
def test_another_driver_behind_the_name_is_refused(content, name):
    with pytest.raises(UnsafeFileError, match="GeoJSON でも GeoPackage でもありません"):
        read_geo_file(content, name)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW towns_view AS SELECT * FROM towns",
        "CREATE TRIGGER boom AFTER INSERT ON towns BEGIN SELECT load_extension('x'); END",
        "CREATE VIRTUAL TABLE words USING fts5(a)",
    ],
)
def test_views_triggers_and_virtual_tables_are_refused(tmp_path, statement):
    with pytest.raises(UnsafeFileError, match="仕掛け"):
        read_geo_file(geopackage(tmp_path, statement), "a.gpkg")


@pytest.mark.parametrize("cut", [100, 4096, 30_000])
def test_a_truncated_geopackage_is_one_sentence(tmp_path, cut):
    with pytest.raises(DataError, match=r"a\.gpkg"):
        read_geo_file(geopackage(tmp_path)[:cut], "a.gpkg")


RING = [[139.0, 36.0], [140.0, 36.0], [140.0, 37.0], [139.0, 37.0], [139.0, 36.0]]
BOW = [[139.0, 36.0], [140.0, 37.0], [140.0, 36.0], [139.0, 37.0], [139.0, 36.0]]


@pytest.mark.parametrize(
    ("geometry", "told"),
    [
        ({"type": "Point", "coordinates": [36.7, 139.1]}, "緯度と経度が逆"),
        ({"type": "Point", "coordinates": [1e308, 1e308]}, "日本の範囲の外"),
        ({"type": "Point", "coordinates": []}, "空か、読めません"),
        ({"type": "Polygon", "coordinates": [BOW]}, "正しくありません"),
        ({"type": "GeometryCollection", "geometries": [POINT]}, "GeometryCollection"),
        ({"type": "Polygon", "coordinates": "x"}, "空か、読めません"),
        ({"type": "Teapot"}, "空か、読めません"),
    ],
)
def test_a_shape_that_cannot_be_shown_is_named_by_its_number(geometry, told):
    found = read_geo_file(collection(feature(name="a"), feature(geometry, name="b")), "a.geojson")
    assert [number for number, _ in found.faults] == [2]
    assert told in found.faults[0][1]
    assert len(found.frame) + len(found.faults) == found.rows_in


def test_heights_go_and_are_told():
    found = read_geo_file(collection(feature({"type": "Point", "coordinates": [139.1, 36.7, 500.0]})), "a.geojson")
    assert not found.frame.geometry.has_z.any()
    assert any("高さ" in each for each in found.notes)


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"type":"FeatureCollection","features":' + b"[" * 100_000,
        b'{"a":' * 50_000,
    ],
)
def test_deep_nesting_is_refused(content):
    with pytest.raises(RenkeiError):
        read_geo_file(content, "a.geojson")


def test_too_many_columns_or_vertices_are_refused(monkeypatch):
    monkeypatch.setattr(geo_files, "MOST_VERTICES", 1000)
    with pytest.raises(UnsafeFileError, match="列"):
        read_geo_file(collection(feature(**{f"c{n}": 1 for n in range(MOST_COLUMNS + 1)})), "a.geojson")
    line = {"type": "LineString", "coordinates": [[139.0, 36.0]] * 1001}
    with pytest.raises(UnsafeFileError, match="頂点"):
        read_geo_file(collection(feature(line)), "a.geojson")


def test_values_come_flat_and_clean():
    found = read_geo_file(collection(feature(a=[1, {"b": 2}], c="x\x00\x1b[31m", d=True, e=None)), "a.geojson")
    assert found.frame.loc[1, ["a", "c", "d", "e"]].tolist()[:3] == ['[1,{"b":2}]', "x[31m", 1]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_one_sentence(content):
    with contextlib.suppress(RenkeiError):
        found = read_geo_file(content, "a.geojson")
        assert len(found.frame) + len(found.faults) == found.rows_in


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda s: st.lists(s, max_size=3) | st.dictionaries(st.text(max_size=8), s, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.fixed_dictionaries({"type": st.just("Feature"), "properties": JSON, "geometry": JSON}), max_size=3))
def test_any_features_are_read_or_refused(features):
    try:
        found = read_geo_file(json.dumps({"type": "FeatureCollection", "features": features}).encode(), "a.geojson")
    except RenkeiError:
        return
    assert len(found.frame) + len(found.faults) == found.rows_in


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "t"))
    (tmp_path / "t").mkdir()
    read_geo_file(geopackage(tmp_path), "a.gpkg")
    assert list(Path(tmp_path / "t").iterdir()) == []
