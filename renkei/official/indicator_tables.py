"""Tidy tables of indicators and the data package that describes them: made, checked and written here."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

import orjson
import pandas as pd

from geo.data_folder import write_atomic
from geo.errors import DataError
from geo.gazetteer import municipalities
from layers.classify import classify

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

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


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """Return a tidy table as Parquet."""
    buffer = io.BytesIO()
    typed = frame.astype({"code": "category", "indicator": "category", "date": "category", "flag": "category"})
    typed.to_parquet(buffer, index=False, compression="zstd", compression_level=19)
    return buffer.getvalue()


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return a tidy table as CSV."""
    return frame.to_csv(index=False, lineterminator="\n", float_format="%.10g").encode()


def table_files(name: str, frame: pd.DataFrame) -> dict[str, bytes]:
    """Return file name to content: Parquet, and CSV where that is small enough to be read by people."""
    files = {f"{name}.parquet": parquet_bytes(frame)}
    if len(text := csv_bytes(frame)) <= LARGEST_CSV:
        files[f"{name}.csv"] = text
    return files


def resource(path: str, content: bytes, rows: int, as_of: str, retrieved: str, **source: str) -> dict[str, Any]:
    """Return the Frictionless description of one file.

    Parameters
    ----------
    path, content, rows, as_of, retrieved
        File name, its bytes, number of rows, newest date in it, ISO day on which the official file was got.
    **source
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


def catalog_entries(name: str, frame: pd.DataFrame, definitions: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return what the catalog says of each indicator of a table: its definition, dates, breaks, coverage.

    Raises
    ------
    DataError
        When the table holds an indicator without a definition.
    """
    defined = {definition["id"]: definition for definition in definitions}
    found = {}
    for indicator, rows in frame.groupby("indicator", sort=False):
        if indicator not in defined:
            msg = f"{name}: 定義のない指標 {indicator}"
            raise DataError(msg)
        dates = sorted(set(rows["date"]))
        newest = rows[rows["date"] == dates[-1]]
        found[str(indicator)] = {
            **defined[indicator],
            "table": f"{name}.parquet",
            "dates": dates,
            "flags": {date: _block_flag(rows[rows["date"] == date]) for date in dates},
            "natural_breaks": _natural_breaks(rows, defined[indicator]),
            "coverage": int(newest["value"].notna().sum()),
        }
    return found


def _natural_breaks(rows: pd.DataFrame, definition: dict[str, Any]) -> dict[str, list[float]]:
    """Find natural breaks once, here: the library that finds them takes two seconds to import."""
    if definition["kind"] != "number":
        return {}
    return {
        str(date): list(classify(block["value"], scheme="natural", diverging=definition["diverging"]).breaks)
        for date, block in rows.groupby("date")
    }


def _block_flag(rows: pd.DataFrame) -> str:
    flags = set(rows["flag"]) - {"no_data"}
    return str(flags.pop()) if flags else ""


def write_package(folder: Path, resources: list[dict[str, Any]], indicators: list[dict[str, Any]]) -> None:
    """Write ``datapackage.json``, the one place that names every table and indicator."""
    package = {
        "name": "renkei-indicators",
        "title": "市区町村の指標",
        "profile": "data-package",
        "resources": resources,
        "indicators": indicators,
    }
    write_atomic(folder / PACKAGE, orjson.dumps(package, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
