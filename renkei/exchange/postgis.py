"""What is on the map as tables of a PostGIS database: keys, indexes, comments, in one transaction, again and again.

The extra ``renkei[postgis]`` (psycopg). A schema of its own; each layer's table is replaced as a whole, so that a
reader sees the old set or the new one.
"""

from __future__ import annotations

import importlib
import io
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from geo.errors import RenkeiError
from renkei.exchange.about_file import about_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.exchange.flat_layer import Field, FlatLayer

SCHEMA = "renkei"
SRID = 6668
GEOMETRY = "geom"
_TYPES = {"text": "text", "integer": "bigint", "real": "double precision"}


def publish(layers: Sequence[FlatLayer], url: str, schema: str = SCHEMA) -> dict[str, int]:
    """Write layers into a database.

    Parameters
    ----------
    layers
        What is written; the first field of a layer is its key.
    url
        ``postgresql://user@host:port/database``; a password is better left to ``~/.pgpass`` or ``PGPASSWORD``.
    schema
        Made where it is missing.

    Returns
    -------
    dict
        Layer to number of rows.

    Raises
    ------
    RenkeiError
        When psycopg is missing, the database does not answer, lacks PostGIS, or refuses; nothing has changed then.
    """
    try:
        psycopg = importlib.import_module("psycopg")
    except ImportError as error:
        msg = "PostGIS への書き出しに使う psycopg がありません。pip install 'renkei[postgis]' としてください。"
        raise RenkeiError(msg) from error
    try:
        with psycopg.connect(url, connect_timeout=10) as connection, connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS postgis")
            cursor.execute(_sql("CREATE SCHEMA IF NOT EXISTS {}", schema))
            for layer in layers:
                _write_layer(cursor, layer, schema)
    except psycopg.Error as error:
        first = str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
        msg = f"データベースに書き出せません。元のままです（{first}）。接続先と権限を確かめてください。"
        raise RenkeiError(msg) from error
    return {layer.name: len(layer.frame) for layer in layers}


def _sql(template: str, *names: str) -> Any:
    sql = importlib.import_module("psycopg.sql")
    return sql.SQL(template).format(*(sql.Identifier(each) for each in names))


def _write_layer(cursor: Any, layer: FlatLayer, schema: str) -> None:
    sql = importlib.import_module("psycopg.sql")
    columns = [_sql(f"{{}} {_TYPES[each.type]}", each.name) for each in layer.fields]
    if layer.has_shapes:
        columns.append(_sql(f"{{}} geometry({layer.geometry_type}, {SRID})", GEOMETRY))
    cursor.execute(_sql("DROP TABLE IF EXISTS {}.{} CASCADE", schema, layer.name))
    cursor.execute(
        _sql("CREATE TABLE {}.{} ", schema, layer.name) + sql.SQL("({})").format(sql.SQL(", ").join(columns))
    )
    names = [each.name for each in layer.fields] + ([GEOMETRY] if layer.has_shapes else [])
    listed = sql.SQL(", ").join(map(sql.Identifier, names))
    with cursor.copy(_sql("COPY {}.{} ", schema, layer.name) + sql.SQL("({}) FROM STDIN").format(listed)) as copy:
        copy.write(_copy_text(layer))
    key = layer.fields[0].name
    if layer.frame[key].is_unique:
        cursor.execute(_sql("ALTER TABLE {}.{} ADD PRIMARY KEY ({})", schema, layer.name, key))
    else:
        cursor.execute(_sql("CREATE INDEX ON {}.{} ({})", schema, layer.name, key))
    if layer.has_shapes:
        cursor.execute(_sql("CREATE INDEX ON {}.{} USING gist ({})", schema, layer.name, GEOMETRY))
    told = "\n".join(f"{item}: {text}" for item, text in about_rows(layer))
    cursor.execute(_sql("COMMENT ON TABLE {}.{} IS ", schema, layer.name) + sql.Literal(told))
    for each in layer.fields:
        comment = _comment(each)
        cursor.execute(_sql("COMMENT ON COLUMN {}.{}.{} IS ", schema, layer.name, each.name) + sql.Literal(comment))


def _comment(each: Field) -> str:
    unit = f"（{each.unit}）" if each.unit else ""
    return f"{each.title}{unit} / {each.title_en}" + (f"：{each.description}" if each.description else "")


def _copy_text(layer: FlatLayer) -> str:
    """Return the rows in PostgreSQL's COPY text format; no data is NULL, an empty text stays empty."""
    columns = [[_cell(value) for value in layer.frame[each.name].astype(object)] for each in layer.fields]
    if layer.has_shapes:
        shapes = shapely.set_srid(layer.frame.geometry.array, SRID)
        columns.append([str(each) for each in shapely.to_wkb(shapes, hex=True, include_srid=True)])
    target = io.StringIO()
    for row in zip(*columns, strict=True):
        target.write("\t".join(row) + "\n")
    return target.getvalue()


def _cell(value: object) -> str:
    if value is None or (not isinstance(value, str) and pd.isna(value)):  # type: ignore[call-overload]
        return "\\N"
    text = str(value).replace("\x00", "")
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
