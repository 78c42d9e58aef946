"""Building the boundaries from the official files, and reading the exact level."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from scripts.build_boundaries import DECLARATION, WARNING_AREAS, build, read_warning_areas, to_municipalities


def run() -> list[dict[str, Any]]:
    """Time the coverage of 1,741 municipalities, every level with it, and reading the result."""
    from geo.boundaries import exact  # noqa: PLC0415

    start = time.perf_counter()
    exact()
    rows = [
        {
            "name": "boundaries: read the exact level",
            "value": round((time.perf_counter() - start) * 1000),
            "unit": "ms",
            "note": "GeoParquet",
        }
    ]
    if not WARNING_AREAS.is_dir():
        return [*rows, {"name": "boundaries: build", "value": None, "unit": "s", "note": "official files not at hand"}]
    start = time.perf_counter()
    areas = read_warning_areas(WARNING_AREAS)
    to_municipalities(areas[areas["code"] != "hoppo"])
    coverage = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        build(areas, Path(folder), DECLARATION)
        whole = time.perf_counter() - start
    return [
        *rows,
        {
            "name": "boundaries: 1,741 as a valid coverage",
            "value": round(coverage, 2),
            "unit": "s",
            "note": "1,855 areas read, cleaned, dissolved",
        },
        {
            "name": "boundaries: all levels",
            "value": round(whole, 2),
            "unit": "s",
            "note": "exact, prefectures, z5, z8, z11",
        },
    ]
