"""Onto a real PostGIS: Debian's server, started here on a free loopback port."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.errors import RenkeiError
from renkei.exchange.flat_layer import About, Field, flat_layer
from renkei.exchange.postgis import publish

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed (extra postgis)")
SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
EXTENSIONS = list(Path("/usr/share/postgresql").glob("*/extension/postgis.control"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not SERVERS or not EXTENSIONS, reason="no PostgreSQL with PostGIS here (Debian: postgresql-15-postgis-3)"
    ),
]
ABOUT = About("すべて", "2026-11-26", ("総務省を加工して作成",))


@pytest.fixture(scope="module")
def database():
    # Not below pytest's own folder: that one is closed to the user who runs the server.
    folder = Path(tempfile.mkdtemp(prefix="renkei-postgres-"))
    programs = SERVERS[-1].parent
    become = []
    if os.getuid() == 0:  # the server refuses to run as root
        if not shutil.which("runuser") or "postgres" not in {each.pw_name for each in pwd.getpwall()}:
            pytest.skip("root, and no user postgres to run the server as")
        become = ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, "postgres")
    data = folder / "data"
    subprocess.run(
        [*become, programs / "initdb", "-D", data, "-U", "renkei", "--auth=trust", "-E", "UTF8", "--locale=C"],
        check=True,
        capture_output=True,
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='' -c fsync=off"
    control = [*become, programs / "pg_ctl", "-D", data, "-w", "-t", "120"]
    start = [*control, "-o", options, "-l", folder / "log", "start"]
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield f"postgresql://renkei@127.0.0.1:{port}/postgres"
    subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True)
    shutil.rmtree(folder, ignore_errors=True)


def layer(rows, name="blocs", geometry_type="MultiPolygon"):
    fields = (
        Field("id", "ID", "ID"),
        Field("name", "名称", "Name"),
        Field("n", "件数", "Count", "integer", "件"),
        Field("share", "割合", "Share", "real", "%", "定義"),
    )
    shapes = [shapely.box(139 + at, 36, 140 + at, 37) for at in range(len(rows))]
    return flat_layer(name, ("圏域", "Blocs"), fields, rows, ABOUT, shapes=shapes, geometry_type=geometry_type)


ROWS = [
    {"id": "a", "name": "帯広\t圏\\域\n'); DROP TABLE x; --", "n": 4, "share": -3.5},
    {"id": "b", "name": "", "n": None, "share": None},
]


def test_rows_values_shapes_keys_and_comments_arrive(database):
    assert publish([layer(ROWS)], database) == {"blocs": 2}
    with psycopg.connect(database) as connection:
        found = connection.execute(
            "SELECT id, name, n, share, ST_SRID(geom), GeometryType(geom), ST_XMin(geom) FROM renkei.blocs ORDER BY id"
        ).fetchall()
        assert found == [
            ("a", ROWS[0]["name"], 4, -3.5, 6668, "MULTIPOLYGON", 139.0),
            ("b", "", None, None, 6668, "MULTIPOLYGON", 140.0),
        ]
        indexes = connection.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'blocs'").fetchall()
        assert any("UNIQUE" in text for (text,) in indexes)
        assert any("gist" in text for (text,) in indexes)
        (comment,) = connection.execute("SELECT col_description('renkei.blocs'::regclass, 4)").fetchone()
        assert comment == "割合（%） / Share：定義"
        (about,) = connection.execute("SELECT obj_description('renkei.blocs'::regclass)").fetchone()
        assert "総務省を加工して作成" in about


def test_publishing_again_replaces_and_a_fault_changes_nothing(database):
    publish([layer(ROWS)], database)
    publish([layer(ROWS[:1])], database)
    broken = layer(ROWS, "ties")
    object.__setattr__(broken, "geometry_type", "Point")
    with pytest.raises(RenkeiError, match="元のままです"):
        publish([layer(ROWS), broken], database)
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM renkei.blocs").fetchone() == (1,)
        assert connection.execute("SELECT to_regclass('renkei.ties')").fetchone() == (None,)


def test_a_database_that_is_not_there_is_one_sentence():
    with pytest.raises(RenkeiError, match="接続先"):
        publish([layer(ROWS)], "postgresql://renkei@127.0.0.1:1/none")


@pytest.mark.skipif(not shutil.which("ogr2ogr"), reason="no ogr2ogr here (Debian: gdal-bin)")
def test_ogr_reads_the_tables(database, tmp_path):
    publish([layer(ROWS)], database)
    target = tmp_path / "read.gpkg"
    subprocess.run(["ogr2ogr", target, f"PG:{database}", "renkei.blocs"], check=True, capture_output=True)
    read = gpd.read_file(target)
    assert list(read["id"]) == ["a", "b"]
    assert read.crs.to_epsg() == 6668
