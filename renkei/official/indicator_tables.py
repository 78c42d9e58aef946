"""Tidy tables of indicators: made, written as Parquet and CSV, and described for the data package."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import DataError
from geo.gazetteer import municipalities
from layers.indicator_blocks import BLOCKS, CODES, codes_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from renkei.official.municipal_series import Block

COLUMNS = ("code", "indicator", "date", "value", "flag")
FIELDS = [
    {"name": "code", "type": "string", "description": "JIS X 0402, 5 digits"},
    {"name": "indicator", "type": "string"},
    {"name": "date", "type": "string", "description": "ISO date, month or year; FYyyyy = Japanese fiscal year"},
    {"name": "value", "type": "number", "description": "empty = no data"},
    {"name": "flag", "type": "string", "description": "preliminary, projection, incomplete, no_data"},
]
LARGEST_CSV = 500_000
PACKAGE = "datapackage.json"


def tidy(blocks: Iterable[Block], codes: pd.Index[str] | None = None) -> pd.DataFrame:
    """Return blocks as one tidy table: each block whole, all municipalities (or ``codes``) in their order.

    Returns
    -------
    pandas.DataFrame
        ``COLUMNS``; ``flag`` is ``no_data`` where there is no value.

    Raises
    ------
    DataError
        When a block is not of the 1,741 municipalities (or of ``codes``).
    """
    index = municipalities().index if codes is None else codes
    parts = []
    for indicator, date, values, flag in blocks:
        if not values.index.equals(index):
            msg = f"{indicator} {date}: {len(index):,}市区町村の並びではありません"
            raise DataError(msg)
        flags = pd.Series(flag, index=values.index, dtype=object).where(values.notna(), "no_data")
        cells = (values.index, indicator, date, values.to_numpy(float), flags.to_numpy())
        parts.append(pd.DataFrame(dict(zip(COLUMNS, cells, strict=True))))
    return pd.concat(parts, ignore_index=True)


def blocks_of(frame: pd.DataFrame) -> list[Block]:
    """Return the blocks of a tidy table, in their order: the opposite of ``tidy``."""
    found: list[Block] = []
    for (identifier, date), rows in frame.groupby(["indicator", "date"], sort=False):
        flags = set(rows["flag"]) - {"no_data"}
        found.append((str(identifier), str(date), rows.set_index("code")["value"], str(next(iter(flags), ""))))
    return found


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """Return a tidy table as Parquet, with what its blocks are in the metadata (``layers.indicator_blocks``)."""
    texts = [column for column in COLUMNS if column != "value"]
    columns = {column: _dictionary(frame[column]) for column in texts}
    columns["value"] = pa.array(frame["value"].to_numpy(float), from_pandas=True)
    heads = frame[["indicator", "date"]].drop_duplicates().to_numpy().tolist()
    codes = list(frame["code"].iloc[: len(frame) // max(len(heads), 1)])
    about = {BLOCKS: orjson.dumps(heads), CODES: codes_mark(codes)}
    table = pa.table({column: columns[column] for column in COLUMNS}).replace_schema_metadata(about)
    buffer = io.BytesIO()
    pq.write_table(
        table,
        buffer,
        compression="zstd",
        compression_level=19,
        use_dictionary=texts,
        # Bytes of like weight side by side: figures of one kind share the high ones.
        column_encoding={"value": "BYTE_STREAM_SPLIT"},
        row_group_size=max(len(frame), 1),
    )
    return buffer.getvalue()


def _dictionary(column: pd.Series) -> pa.DictionaryArray:
    places, words = pd.factorize(column.astype(object))
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32)), pa.array(list(words), pa.string()))


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return a tidy table as CSV."""
    return frame.to_csv(index=False, lineterminator="\n", float_format="%.10g").encode()


def table_files(name: str, frame: pd.DataFrame) -> dict[str, bytes]:
    """Return file name to content: Parquet, and CSV where that is small enough to be read by people."""
    files = {f"{name}.parquet": parquet_bytes(frame)}
    if len(text := csv_bytes(frame)) <= LARGEST_CSV:
        files[f"{name}.csv"] = text
    return files


def resource(
    path: str, content: bytes, rows: int, as_of: str, retrieved: str, source: Mapping[str, str]
) -> dict[str, Any]:
    """Return the Frictionless description of one file.

    Parameters
    ----------
    path, content, rows, as_of, retrieved
        File name, its bytes, number of rows, newest date in it, ISO day on which the official file was got.
    source
        ``source``, ``source_url``, ``publisher``, ``licence``.
    """
    name, _, suffix = path.rpartition(".")
    return {
        "name": f"{name}-{suffix}",
        "path": path,
        "format": suffix,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": FIELDS},
        "rows": rows,
        "as_of": as_of,
        "retrieved": retrieved,
        "publisher": source["publisher"],
        "sources": [{"title": source["source"], "path": source["source_url"]}],
        "licenses": [{"name": "other", "title": source["licence"]}],
    }


def package_bytes(resources: list[dict[str, Any]], indicators: list[dict[str, Any]], **more: Any) -> bytes:
    """Return ``datapackage.json``, the one place that names every table and indicator: one of them a line."""
    head = {"name": "renkei-indicators", "title": "市区町村の指標", "profile": "data-package", **more}
    lists = (("resources", resources), ("indicators", indicators))
    bodies = [f'"{name}":[\n'.encode() + b",\n".join(map(orjson.dumps, each)) + b"\n]" for name, each in lists]
    return orjson.dumps(head)[:-1] + b",\n" + b",\n".join(bodies) + b"}\n"
