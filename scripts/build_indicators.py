"""Make ``data/indicators/``: tidy tables and the data package that describes them.

Usage: ``python -m scripts.build_indicators [--shared FOLDER]``
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.data_folder import write_atomic
from geo.errors import DataError
from geo.gazetteer import wards
from renkei.official.definitions import INDICATORS, MEDICAL, PROGRAMME_SOURCE, WARDS
from renkei.official.indicator_tables import catalog_entries, parquet_bytes, resource, table_files, tidy, write_package
from scripts import indicator_readers as readers
from scripts import programme_readers
from scripts.source_files import RETRIEVED, ROOT, SHARED, table_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from renkei.official.municipal_series import Block

SOURCES: dict[str, Callable[[Path], list[Block]]] = {
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


def build(shared: Path, output: Path) -> None:
    """Write every table, its CSV twin where small, and ``datapackage.json``.

    Raises
    ------
    DataError
        When a source yields an indicator without a definition, or a definition has no values.
    """
    output.mkdir(parents=True, exist_ok=True)
    resources: list[dict[str, Any]] = []
    catalog: dict[str, dict[str, Any]] = {}
    for name, read in SOURCES.items():
        frame = tidy(read(shared / "reference"))
        own = catalog_entries(name, frame, INDICATORS)
        about = next(iter(own.values()))
        for path, content in table_files(name, frame).items():
            write_atomic(output / path, content)
            resources.append(resource(path, content, len(frame), max(frame["date"]), RETRIEVED, **_source(about)))
        catalog.update(own)
    resources += _ward_table(shared / "reference", output)
    resources += _other_tables(shared / "reference", output)
    if missing := {definition["id"] for definition in INDICATORS} - set(catalog):
        msg = f"値のない指標の定義：{missing}"
        raise DataError(msg)
    write_package(output, resources, [catalog[definition["id"]] for definition in INDICATORS])


def _source(about: dict[str, Any]) -> dict[str, str]:
    return {key: about[key] for key in ("source", "source_url", "publisher", "licence")}


def _ward_table(reference: Path, output: Path) -> list[dict[str, Any]]:
    """Write the values of the 175 wards; return the resource."""
    frame = tidy(readers.read_wards(reference), wards().index)
    content = parquet_bytes(frame)
    write_atomic(output / "wards.parquet", content)
    return [resource("wards.parquet", content, len(frame), "2050", RETRIEVED, **WARDS)]


def _other_tables(reference: Path, output: Path) -> list[dict[str, Any]]:
    """Write the dated facts behind the memberships, and the 二次医療圏; return their resources."""
    tables = (
        (
            "programme_facts",
            ("code", "indicator", "date", "detail", "url", "tier"),
            programme_readers.facts(reference),
            PROGRAMME_SOURCE,
            "2026-06",
        ),
        (
            "secondary_medical_areas",
            ("code", "name", "prefecture", "member_codes", "parts"),
            programme_readers.medical_areas(reference),
            MEDICAL,
            "2020",
        ),
    )
    found = []
    for name, columns, rows, source, as_of in tables:
        content = table_bytes(columns, rows)
        write_atomic(output / f"{name}.csv", content)
        about = resource(f"{name}.csv", content, len(rows), as_of, RETRIEVED, **source)
        found.append({**about, "schema": {"fields": [{"name": column, "type": "string"} for column in columns]}})
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    build(parser.parse_args().shared, ROOT / "data" / "indicators")
