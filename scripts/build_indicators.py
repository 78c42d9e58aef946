"""Make ``data/indicators/``: tidy tables and the data package that describes them.

Usage: ``python -m scripts.build_indicators [--shared FOLDER]``
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pandas as pd

from geo.data_folder import write_atomic
from geo.errors import DataError
from geo.gazetteer import municipalities
from layers.classify import classify
from scripts import indicator_readers as readers
from scripts import programme_readers
from scripts.indicator_definitions import INDICATORS, MEDICAL, PROGRAMME_SOURCE
from scripts.source_files import RETRIEVED, ROOT, SHARED, sha256, table_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCES: dict[str, Callable[[Path], list[readers.Block]]] = {
    "census": readers.read_census,
    "population_projection": readers.read_ipss,
    "resident_register": readers.read_register,
    "fit_solar": readers.read_fit,
    "decarbonization_leading_areas": readers.read_leading_areas,
    "local_government_dx": readers.read_dx,
    "mynumber_card": readers.read_mynumber,
    "fiscal_indicators": readers.read_fiscal,
    "area": programme_readers.read_area,
    "zero_carbon": programme_readers.read_zero_carbon,
    "national_programmes": programme_readers.read_programmes,
    "online_procedures": programme_readers.read_procedures,
}
"""Table name to its reader: adding a source is one entry here and one reader there."""

LARGEST_CSV = 500_000
FIELDS = [
    {"name": "code", "type": "string", "description": "JIS X 0402, 5 digits"},
    {"name": "indicator", "type": "string"},
    {"name": "date", "type": "string", "description": "ISO date, month or year; FYyyyy = Japanese fiscal year"},
    {"name": "value", "type": "number", "description": "empty = no data"},
    {"name": "flag", "type": "string", "description": "preliminary, projection, incomplete, no_data"},
]


def tidy(blocks: list[readers.Block]) -> pd.DataFrame:
    """Return blocks as one tidy table: each block whole, all municipalities in gazetteer order.

    Raises
    ------
    DataError
        When a block is not of the 1,741 municipalities.
    """
    parts = []
    for indicator, date, values, flag in blocks:
        if not values.index.equals(municipalities().index):
            msg = f"{indicator} {date}: 1,741市区町村の並びではありません"
            raise DataError(msg)
        flags = pd.Series(flag, index=values.index, dtype=object).where(values.notna(), "no_data")
        parts.append(
            pd.DataFrame(
                {
                    "code": values.index,
                    "indicator": indicator,
                    "date": date,
                    "value": values.to_numpy(float),
                    "flag": flags.to_numpy(),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _parquet(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    typed = frame.astype({"code": "category", "indicator": "category", "date": "category", "flag": "category"})
    typed.to_parquet(buffer, index=False, compression="zstd", compression_level=19)
    return buffer.getvalue()


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, lineterminator="\n", float_format="%.10g").encode()


def _resource(
    name: str, path: str, content: bytes, frame: pd.DataFrame, definitions: list[dict[str, Any]]
) -> dict[str, Any]:
    first = definitions[0]
    return {
        "name": f"{name}-{path.rpartition('.')[2]}", "path": path, "format": path.rpartition(".")[2],
        "bytes": len(content), "hash": f"sha256:{sha256(content)}", "schema": {"fields": FIELDS},
        "rows": len(frame), "as_of": max(frame["date"]), "retrieved": RETRIEVED, "publisher": first["publisher"],
        "sources": [{"title": first["source"], "path": first["source_url"]}],
        "licenses": [{"name": "other", "title": first["licence"]}],
    }  # fmt: skip


def build(shared: Path, output: Path) -> None:
    """Write every table, its CSV twin where small, and ``datapackage.json``.

    Raises
    ------
    DataError
        When a source yields an indicator without a definition, or a definition has no values.
    """
    output.mkdir(parents=True, exist_ok=True)
    defined = {definition["id"]: definition for definition in INDICATORS}
    resources, catalog = [], {}
    for name, read in SOURCES.items():
        frame = tidy(read(shared / "reference"))
        own = list(dict.fromkeys(frame["indicator"]))
        if unknown := set(own) - set(defined):
            msg = f"{name}: 定義のない指標 {unknown}"
            raise DataError(msg)
        files = {f"{name}.parquet": _parquet(frame)}
        if len(text := _csv(frame)) <= LARGEST_CSV:
            files[f"{name}.csv"] = text
        for path, content in files.items():
            write_atomic(output / path, content)
            resources.append(_resource(name, path, content, frame, [defined[indicator] for indicator in own]))
        for indicator in own:
            rows = frame[frame["indicator"] == indicator]
            newest = rows[rows["date"] == max(rows["date"])]
            catalog[indicator] = {
                **defined[indicator], "table": f"{name}.parquet", "dates": sorted(set(rows["date"])),
                "flags": {date: _block_flag(rows[rows["date"] == date]) for date in sorted(set(rows["date"]))},
                "natural_breaks": _natural_breaks(rows, defined[indicator]),
                "coverage": int(newest["value"].notna().sum()),
            }  # fmt: skip
    resources += _other_tables(shared / "reference", output)
    if missing := set(defined) - set(catalog):
        msg = f"値のない指標の定義：{missing}"
        raise DataError(msg)
    package = {
        "name": "renkei-indicators", "title": "市区町村の指標", "profile": "data-package", "resources": resources,
        "indicators": [catalog[definition["id"]] for definition in INDICATORS],
    }  # fmt: skip
    write_atomic(
        output / "datapackage.json", orjson.dumps(package, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    )


def _other_tables(reference: Path, output: Path) -> list[dict[str, Any]]:
    """Write the dated facts behind the memberships, and the 二次医療圏; return their resources."""
    tables = (
        ("programme_facts", ("code", "indicator", "date", "detail", "url", "tier"), programme_readers.facts(reference),
         PROGRAMME_SOURCE, "2026-06"),
        ("secondary_medical_areas", ("code", "name", "prefecture", "member_codes", "parts"),
         programme_readers.medical_areas(reference), MEDICAL, "2020"),
    )  # fmt: skip
    found = []
    for name, columns, rows, source, as_of in tables:
        content = table_bytes(columns, rows)
        write_atomic(output / f"{name}.csv", content)
        fields = [{"name": column, "type": "string"} for column in columns]
        found.append(
            {
                "name": f"{name}-csv", "path": f"{name}.csv", "format": "csv", "bytes": len(content),
                "hash": f"sha256:{sha256(content)}", "schema": {"fields": fields}, "rows": len(rows), "as_of": as_of,
                "retrieved": RETRIEVED, "publisher": source["publisher"],
                "sources": [{"title": source["source"], "path": source["source_url"]}],
                "licenses": [{"name": "other", "title": source["licence"]}],
            }
        )  # fmt: skip
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


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    build(parser.parse_args().shared, ROOT / "data" / "indicators")
