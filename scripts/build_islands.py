"""Make ``data/gazetteer/islands.csv``: how much of each municipality lies on islands, measured on the boundaries.

Usage: ``python -m scripts.build_islands``
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import orjson
import shapely
from pyproj import Geod

from geo.boundaries import exact
from geo.data_folder import write_atomic
from scripts.source_files import RETRIEVED, ROOT, sha256, table_bytes

if TYPE_CHECKING:
    from pathlib import Path

MAIN_ISLANDS = 5
"""The largest pieces of land: 本州, 北海道, 九州, 四国, 沖縄本島."""
LEAST_KM2 = 10.0
"""A smaller piece is left out: reclaimed land, rocks, islets."""


_GRS80 = Geod(ellps="GRS80")


def _area_km2(shape: shapely.Geometry) -> float:
    return float(abs(_GRS80.geometry_area_perimeter(shape)[0])) / 1e6


def rows() -> list[list[object]]:
    """Return code, share of the area on islands and area of the largest one in km², where there is one."""
    frame = exact()
    shapes = np.asarray(frame.geometry.array)
    land = shapely.get_parts(shapely.coverage_union_all(shapes))
    main = shapely.STRtree(land[np.argsort(-shapely.area(land))[:MAIN_ISLANDS]])
    found: list[list[object]] = []
    for code, shape in zip(frame.index, shapes, strict=True):
        parts = shapely.get_parts(shape)
        on_main = np.zeros(len(parts), dtype=bool)
        on_main[main.query(shapely.point_on_surface(parts), predicate="within")[0]] = True
        areas = np.array([_area_km2(part) for part in parts]) if not on_main.all() else np.zeros(len(parts))
        islands = areas[~on_main]
        whole = not on_main.any()
        if len(islands) and (whole or islands.max() >= LEAST_KM2):
            found.append([code, round(float(islands.sum() / areas.sum()), 3), round(float(islands.max()), 1)])
    return found


def build(gazetteer: Path) -> None:
    """Write ``islands.csv`` and its entry in ``SOURCE.json``."""
    table = rows()
    content = table_bytes(("code", "island_share", "largest_km2"), table)
    entry = {
        "file": "islands.csv",
        "rows": len(table),
        "as_of": "2025-03",
        "publisher": "気象庁",
        "source": "境界（data/boundaries、気象庁 警報等区域）から計算した、離島にある面積の割合",
        "licence": "公共データ利用規約（第1.0版）",
        "note": "islands: all land but the 4 main ones and 沖縄本島; pieces under 10 km² count only where nothing else is",
        "retrieved": RETRIEVED,
        "bytes": len(content),
        "sha256": sha256(content),
    }
    statement = orjson.loads((gazetteer / "SOURCE.json").read_bytes())
    statement["tables"] = [each for each in statement["tables"] if each["file"] != entry["file"]] + [entry]
    write_atomic(gazetteer / "islands.csv", content)
    write_atomic(
        gazetteer / "SOURCE.json", orjson.dumps(statement, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    )


if __name__ == "__main__":
    build(ROOT / "data" / "gazetteer")
