"""Reading the indicators, and one series of them."""

from __future__ import annotations

import time
import tracemalloc
from typing import Any


def run() -> list[dict[str, Any]]:
    """Time and weigh every indicator and date, then one series."""
    from geo.gazetteer import municipalities  # noqa: PLC0415
    from layers.catalog import indicators, values  # noqa: PLC0415

    municipalities()
    tracemalloc.start()
    start = time.perf_counter()
    count = sum(values(each.id, date).size for each in indicators() for date in each.dates)
    loading = (time.perf_counter() - start) * 1000
    weight = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    start = time.perf_counter()
    for _ in range(100):
        values("census_population", "2020-10-01")
    one = (time.perf_counter() - start) * 10
    return [
        {
            "name": "indicators: all series",
            "value": round(loading),
            "unit": "ms",
            "note": f"{count:,} values, {weight:.0f} MB at peak",
        },
        {"name": "indicators: one series of 1,741", "value": round(one, 2), "unit": "ms", "note": "once read"},
    ]
