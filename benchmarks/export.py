"""Export of all municipalities with every indicator, beside geopandas."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from renkei.atlas import Atlas

ATLAS = Atlas.open()

if TYPE_CHECKING:
    from collections.abc import Callable


def _median(action: Callable[[], object], runs: int = 5) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def run() -> list[dict[str, Any]]:
    """Time our export, first and again, beside ``GeoDataFrame.to_file`` of the same columns."""
    from geo.boundaries import exact  # noqa: PLC0415
    from layers.catalog import indicators, values  # noqa: PLC0415
    from renkei.present.layer_files import export  # noqa: PLC0415
    from renkei.present.page_state import PageState  # noqa: PLC0415

    frame = exact().assign(**{each.id: values(ATLAS.tables, each.id) for each in indicators(ATLAS.tables)})
    start = time.perf_counter()
    content = export(ATLAS, "municipalities", "geojson", PageState())
    first = (time.perf_counter() - start) * 1000
    again = _median(lambda: export(ATLAS, "municipalities", "geojson", PageState()))
    with tempfile.TemporaryDirectory() as folder:
        beside = _median(lambda: frame.to_file(Path(folder) / "x.geojson", driver="GeoJSON", RFC7946="YES"), 3)
    note = f"{len(content) / 1e6:.1f} MB; geopandas.to_file {beside:,.0f} ms"
    return [
        {"name": "export: all municipalities, first", "value": round(first), "unit": "ms", "note": note},
        {
            "name": "export: all municipalities, again",
            "value": round(again),
            "unit": "ms",
            "note": f"ratio {beside / again:.1f}",
        },
    ]
