"""Own files of attackers: one sentence with row or feature, two seconds of this machine's time, bounded memory."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.errors import RenkeiError
from renkei.exchange.official_lists import read_any
from renkei.exchange.own_files import preview
from tests.exchange.own_attacks import ATTACKS, collection, feature

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 2.0
MEGABYTES = 1_000


@pytest.mark.slow
def test_no_attack_takes_longer_or_more_than_it_may():
    done = subprocess.run(
        [sys.executable, "-m", "tests.exchange.own_attacks"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    *tried, peak = map(json.loads, done.stdout.splitlines())
    assert [each["name"] for each in tried] == list(ATTACKS)
    for each in tried:
        assert each["seconds"] < SECONDS, each
        assert each["said"] or each["name"] == "partners.csv"
        assert "\n" not in each["said"]
    assert peak["megabytes"] < MEGABYTES


@pytest.mark.parametrize(
    ("features", "told"),
    [
        ([{**feature("Point", [139.1, 36.7]), "id": 1}, {**feature("Point", [139.2, 36.7]), "id": 1}], "1番目と2番目"),
        ([feature("Point", [1e308, 36.7])], "範囲の外"),
        ([feature("Point", [36.7, 139.1])], "逆"),
        ([feature("Polygon", [[[139, 36], [140, 37], [140, 36], [139, 37], [139, 36]]])], "正しくありません"),
        ([{"type": "Feature", "properties": {}, "geometry": {"type": "GeometryCollection", "geometries": []}}], "空"),
        ([feature("Point", [])], "空"),
    ],
)
def test_a_feature_that_cannot_be_shown_is_told_by_its_number(features, told):
    try:
        rows = preview(read_any(collection(*features), "a.geojson")).rows
        said = "".join(f"{row.number}番目{row.reason}" for row in rows if row.reason)
    except RenkeiError as error:
        said = str(error)
    assert told in said


def test_numbers_that_are_none_are_refused_before_they_are_numbers():
    for word in (b"NaN", b"Infinity", b"1e999"):
        content = collection(feature("Point", [139.1, 36.7])).replace(b"36.7", word)
        with pytest.raises(RenkeiError, match="JSON"):
            preview(read_any(content, "a.geojson"))


def geopackage(folder: Path, *statements: str) -> bytes:
    path = folder / "a.gpkg"
    shapes = [shapely.Point(139.1, 36.7), shapely.Point(float("nan"), 1), shapely.Point(float("inf"), 36)]
    gpd.GeoDataFrame({"name": ["a", "b", "c"]}, geometry=shapes, crs="EPSG:6668").to_file(path, driver="GPKG")
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
    return path.read_bytes()


def test_a_geopackage_brings_points_and_says_which_cannot_be_shown(tmp_path):
    found = preview(read_any(geopackage(tmp_path), "a.gpkg"))
    assert (found.kind, len(found.facts), len(found.rows)) == ("points", 1, 3)
    assert all(row.reason for row in found.rows if row.outcome == "outside")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW spy AS SELECT readfile('/etc/passwd') AS name",
        "CREATE TRIGGER spy AFTER INSERT ON a BEGIN DELETE FROM a; END",
        "CREATE VIRTUAL TABLE spy USING fts4(content)",
    ],
)
def test_a_geopackage_with_views_triggers_or_other_tables_is_refused(tmp_path, statement):
    with pytest.raises(RenkeiError, match="仕掛け"):
        preview(read_any(geopackage(tmp_path, statement), "a.gpkg"))


def test_another_driver_behind_the_name_opens_no_other_file(tmp_path):
    other = tmp_path / "secret.geojson"
    other.write_bytes(collection(feature("Point", [139.1, 36.7], {"name": "secret"})))
    vrt = f"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>{other}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    for name in ("a.geojson", "a.gpkg", "a.json"):
        with pytest.raises(RenkeiError) as caught:
            read_any(vrt.encode(), name)
        assert "secret" not in str(caught.value)
