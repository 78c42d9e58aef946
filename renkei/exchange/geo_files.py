"""A stranger's GeoJSON or GeoPackage, read without trusting it.

What the file holds is decided by its first bytes, never by its name: a VRT called ``.geojson`` opens no other file,
a database with views or triggers is refused, and every bound (bytes, rows, columns, vertices, coordinates) is checked
before or while it is read. Nothing is repaired unless the notes say so.
"""

from __future__ import annotations

import math
import sqlite3
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import orjson
import pandas as pd
import pyogrio
import shapely

from geo.errors import DataError, UnsafeFileError
from layers.tables import rows
from renkei.exchange.escaping import plain_cell

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NoReturn

SUFFIXES = (".geojson", ".json", ".gpkg")
LARGEST = 50_000_000
"""Bytes."""
MOST_FEATURES = 100_000
MOST_COLUMNS = 500
MOST_VERTICES = 500_000
"""Of all features together."""
MOST_OF_ONE = 100_000
"""Vertices of one feature: whether a shape crosses itself is not known in less than a second beyond that."""
PATIENCE = 1.0
"""Seconds of this thread's time after which shapes are no longer looked at one by one."""
DEEPEST_JSON = 32
LONGEST_TEXT = 10_000
"""Characters of one property."""
JAPAN = (122.0, 20.0, 155.0, 46.5)
"""Degrees: west, south, east, north; with the islands and the sea around them."""

_CHUNK = 1 << 20
_SQLITE = b"SQLite format 3\x00"
_STANDARD_TRIGGERS = ("rtree_", "gpkg_", "trigger_insert_feature_count_", "trigger_delete_feature_count_")


@dataclass(frozen=True)
class GeoFile:
    """What was read.

    Parameters
    ----------
    frame
        Rows in EPSG:6668, properties as they stand (text, numbers, None), geometry possibly missing.
    rows_in
        Features in the file; ``len(frame)`` plus the rows named in ``faults``.
    faults
        (number of the feature, from 1; what is wrong), for each row that was left out.
    notes
        What was done to the rows that are shown.
    """

    frame: gpd.GeoDataFrame
    rows_in: int
    faults: tuple[tuple[int, str], ...]
    notes: tuple[str, ...]


def is_geo_file(content: bytes, name: str) -> bool:
    """Tell whether a file is to be read as one of shapes: by its first bytes, else by what its name promises.

    Examples
    --------
    >>> is_geo_file(b'{"type": "FeatureCollection"}', "a.csv"), is_geo_file(b"<OGRVRTDataSource>", "a.geojson")
    (True, True)
    """
    start = content[:16].lstrip(b"\xef\xbb\xbf \r\n\t")
    return content.startswith(_SQLITE) or start.startswith(b"{") or name.lower().endswith(SUFFIXES)


def read_geo_file(content: bytes, name: str) -> GeoFile:
    """Read a GeoJSON FeatureCollection or the first layer with shapes of a GeoPackage.

    Parameters
    ----------
    content
        The file's bytes.
    name
        Its name, for messages.

    Raises
    ------
    UnsafeFileError
        When it is something else than its first bytes may be, holds views or triggers, or is beyond a bound.
    DataError
        When it is damaged, or holds no features.
    """
    if len(content) > LARGEST:
        msg = f"{name} は大きすぎます（{LARGEST // 1_000_000} MB まで）。必要な範囲だけにしてください。"
        raise UnsafeFileError(msg)
    start = content[:16].lstrip(b"\xef\xbb\xbf \r\n\t")
    if content.startswith(_SQLITE):
        return _checked(*_geopackage(content, name), name)
    if start.startswith(b"{"):
        return _checked(*_geojson(content, name), name)
    msg = f"{name} は GeoJSON でも GeoPackage でもありません。GIS でどちらかの形式に書き出してください。"
    raise UnsafeFileError(msg)


def _geojson(content: bytes, name: str) -> tuple[list[dict[str, Any]], list[shapely.Geometry | None], str]:
    _refuse_deep(content, name)
    # Each vertex stands in brackets of its own: so many of them are counted before anything is unpacked.
    if content.count(b"[") > MOST_VERTICES + 4 * MOST_FEATURES:
        _refuse_vertices(content.count(b"["), name)
    try:
        collection = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        msg = f"{name} を JSON として読めません（途中で切れていませんか）。GIS で書き出し直してください。"
        raise DataError(msg) from error
    if not isinstance(collection, dict):
        collection = {}
    features = collection.get("features") if collection.get("type") == "FeatureCollection" else [collection]
    if not isinstance(features, list) or not all(
        isinstance(each, dict) and each.get("type") == "Feature" and isinstance(each.get("properties") or {}, dict)
        for each in features
    ):
        msg = f"{name} を GeoJSON（FeatureCollection）として読めません。GIS で書き出し直してください。"
        raise DataError(msg)
    _bound(len(features), name)
    properties = [each.get("properties") or {} for each in features]
    shapes = [_shape(each.get("geometry")) for each in features]
    _refuse_twins(features, name)
    crs = collection.get("crs")
    named = crs.get("properties") if isinstance(crs, dict) else None
    return properties, shapes, str(named.get("name", "")) if isinstance(named, dict) else ""


def _refuse_deep(content: bytes, name: str) -> None:
    """Refuse brackets within brackets beyond what a geometry needs; those inside texts count too: that is no loss."""
    depth = 0
    for start in range(0, len(content), _CHUNK):
        marks = np.frombuffer(content, np.uint8, min(_CHUNK, len(content) - start), start)
        opened = ((marks == 0x5B) | (marks == 0x7B)).astype(np.int32)  # noqa: PLR2004 - [ and {
        closed = ((marks == 0x5D) | (marks == 0x7D)).astype(np.int32)  # noqa: PLR2004 - ] and }
        depths = np.cumsum(opened - closed) + depth
        if int(depths.max()) > DEEPEST_JSON * 4:
            msg = f"{name} は入れ子が深すぎます。GIS で書き出し直してください。"
            raise UnsafeFileError(msg)
        depth = int(depths[-1])


def _refuse_vertices(count: int, name: str) -> NoReturn:
    msg = f"{name} は頂点が{count:,}あります（{MOST_VERTICES:,}まで）。簡素化してから読み込んでください。"
    raise UnsafeFileError(msg)


def _refuse_twins(features: list[dict[str, Any]], name: str) -> None:
    """Refuse two features of one id: which of them is meant, only their owner knows."""
    first: dict[str, int] = {}
    for number, each in enumerate(features, 1):
        if "id" in each and (before := first.setdefault(repr(each["id"]), number)) != number:
            msg = (
                f"{name} の{before}番目と{number}番目の地物の id が同じです（{str(each['id'])[:20]}）。直してください。"
            )
            raise DataError(msg)


def _shape(geometry: object) -> shapely.Geometry | None:
    if not isinstance(geometry, dict):
        return None
    try:
        return shapely.from_geojson(orjson.dumps(geometry))
    except (shapely.errors.GEOSException, ValueError, TypeError):
        return shapely.Point()  # told as empty: a shape was meant, and none can be read


def _geopackage(content: bytes, name: str) -> tuple[list[dict[str, Any]], list[shapely.Geometry | None], str]:
    with tempfile.TemporaryDirectory(prefix="renkei-") as folder:
        target = Path(folder) / "read.gpkg"
        target.write_bytes(content)
        layer = _safe_layer(target, name)
        try:
            frame = pyogrio.read_dataframe(target, layer=layer, max_features=MOST_FEATURES + 1, fid_as_index=False)
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError, RuntimeError) as error:
            msg = f"{name} を GeoPackage として読めません。GIS で書き出し直してください。"
            raise DataError(msg) from error
    _bound(len(frame), name)
    shapes = list(frame.geometry)
    properties = pd.DataFrame(frame.drop(columns=frame.geometry.name)).astype(object)
    crs = frame.crs.to_string() if frame.crs else ""
    return rows(properties.where(properties.notna(), None)), shapes, crs


def _safe_layer(path: Path, name: str) -> str:
    """Return the first layer with shapes, after looking at every object of the database."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            objects = database.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
            layers = database.execute("SELECT table_name FROM gpkg_geometry_columns").fetchall()
    except sqlite3.DatabaseError as error:
        msg = f"{name} を GeoPackage として読めません。GIS で書き出し直してください。"
        raise DataError(msg) from error
    for kind, title, text in objects:
        virtual = kind == "table" and "virtual table" in str(text).lower() and "using rtree" not in str(text).lower()
        trigger = kind == "trigger" and not str(title).startswith(_STANDARD_TRIGGERS)
        if kind == "view" or virtual or trigger:
            msg = (
                f"{name} には読み込めない仕掛け（{kind} {str(title)[:40]}）があります。表だけを書き出し直してください。"
            )
            raise UnsafeFileError(msg)
    if not layers:
        msg = f"{name} に図形のあるレイヤーがありません。"
        raise DataError(msg)
    return str(layers[0][0])


def _bound(count: int, name: str) -> None:
    if count > MOST_FEATURES:
        msg = f"{name} は{count:,}件以上あります（{MOST_FEATURES:,}件まで）。分けてください。"
        raise UnsafeFileError(msg)
    if count == 0:
        msg = f"{name} に地物がありません。"
        raise DataError(msg)


def _checked(properties: list[dict[str, Any]], shapes: list[shapely.Geometry | None], crs: str, name: str) -> GeoFile:
    columns = dict.fromkeys(str(key) for row in properties for key in row)
    if len(columns) > MOST_COLUMNS:
        msg = f"{name} は{len(columns):,}列あります（{MOST_COLUMNS}列まで）。必要な列だけにしてください。"
        raise UnsafeFileError(msg)
    array = np.array(shapes, dtype=object)
    vertices = int(np.sum(shapely.get_num_coordinates(array)))
    if vertices > MOST_VERTICES:
        _refuse_vertices(vertices, name)
    notes: list[str] = []
    array = _in_degrees(array, crs, name, notes)
    flat = shapely.force_2d(array)
    if bool(np.any(shapely.has_z(array))):
        notes.append("高さ（Z）を除きました。")
    faults = {number: why for number, why in enumerate(_faults(flat), 1) if why}
    kept = [number - 1 for number in range(1, len(properties) + 1) if number not in faults]
    cells = [{column: _value(properties[at].get(column)) for column in columns} for at in kept]
    frame = gpd.GeoDataFrame(
        pd.DataFrame(cells, columns=list(columns), index=[at + 1 for at in kept]),
        geometry=gpd.GeoSeries(list(flat[kept]), index=[at + 1 for at in kept], crs="EPSG:6668"),
        crs="EPSG:6668",
    )
    return GeoFile(frame, len(properties), tuple(sorted(faults.items())), tuple(notes))


_DEGREES = ("CRS84", "4326", "6668", "4612", "6697")


def _in_degrees(array: np.ndarray, crs: str, name: str, notes: list[str]) -> np.ndarray:
    if not crs or any(code in crs for code in _DEGREES):
        return array
    try:
        series = gpd.GeoSeries(list(array), crs=crs).to_crs("EPSG:6668")
    except Exception as error:  # pyproj has many errors for a reference system that it cannot read
        msg = f"{name} の座標系「{crs[:40]}」が分かりません。緯度経度（EPSG:6668 か 4326）で書き出してください。"
        raise DataError(msg) from error
    notes.append(f"座標を {crs[:40]} から緯度経度（JGD2011）に変換しました。")
    return np.array(list(series), dtype=object)


def _faults(shapes: np.ndarray) -> Iterable[str]:
    """Say, shape by shape, why it cannot be shown; "" where it can."""
    west, south, east, north = JAPAN
    bounds, counts = shapely.bounds(shapes), shapely.get_num_coordinates(shapes)
    spent_from = time.thread_time()
    for shape, (left, bottom, right, top), count in zip(shapes, bounds, counts, strict=True):
        if shape is None:
            yield ""
        elif shapely.is_empty(shape):
            yield "図形が空か、読めません。"
        elif not all(map(math.isfinite, (left, bottom, right, top))):
            yield "座標に数でない値があります。"
        elif not (west <= left and right <= east and south <= bottom and top <= north):
            swapped = west <= bottom and top <= east and south <= left and right <= north
            yield "緯度と経度が逆のようです。" if swapped else "座標が日本の範囲の外にあります。"
        elif shape.geom_type == "GeometryCollection":
            yield "種類の違う図形が混ざっています（GeometryCollection）。"
        elif count > MOST_OF_ONE:
            yield f"頂点が{count:,}あります（1つの図形は{MOST_OF_ONE:,}まで）。簡素化してから読み込んでください。"
        elif time.thread_time() - spent_from > PATIENCE:
            yield "図形が複雑で、正しいかどうかを確かめきれませんでした。簡素化するか、分けて読み込んでください。"
        else:
            reason = shapely.is_valid_reason(shape)
            fault = f"図形が正しくありません（{str(reason)[:60]}）。GIS で修復してください。"
            yield "" if reason == "Valid Geometry" else fault


def _value(cell: object) -> object:
    if cell is None or isinstance(cell, bool):
        return None if cell is None else int(cell)
    if isinstance(cell, int | float | np.number):
        return cell if math.isfinite(float(cell)) else None
    if isinstance(cell, list | dict):
        cell = orjson.dumps(cell, default=str).decode()
    return plain_cell(str(cell))[:LONGEST_TEXT]
