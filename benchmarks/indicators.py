"""Reading the indicators, and one series of them."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from typing import Any

FRESH = """
import resource
import time
from geo.gazetteer import municipalities
from layers.catalog import indicators, values
from layers.tables import Tables

tables = Tables.open()
municipalities()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
count = sum(values(tables, each.id, date).size for each in indicators(tables) for date in each.dates)
print((time.perf_counter() - start) * 1000, count, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / 1e6)
"""


def run() -> list[dict[str, Any]]:
    """Time and weigh every indicator and date in five fresh processes, then one series."""
    from layers.catalog import values  # noqa: PLC0415
    from layers.tables import Tables  # noqa: PLC0415

    tables = Tables.open()

    runs = []
    for _ in range(5):
        said = subprocess.run([sys.executable, "-c", FRESH], check=True, capture_output=True, text=True).stdout
        runs.append([float(part) for part in said.split()])
    times, counts, weights = zip(*runs, strict=True)
    values(tables, "census_population", "2020-10-01")
    start = time.perf_counter()
    for _ in range(100):
        values(tables, "census_population", "2020-10-01")
    one = (time.perf_counter() - start) * 10
    return [
        {
            "name": "indicators: all series, first read",
            "value": round(statistics.median(times)),
            "unit": "ms",
            "note": f"{counts[0]:,.0f} values; {max(times):.0f} ms at worst of 5",
        },
        {
            "name": "indicators: memory for all series",
            "value": round(max(weights)),
            "unit": "MB",
            "note": "resident, at peak",
        },
        {"name": "indicators: one series of 1,741", "value": round(one, 2), "unit": "ms", "note": "once read"},
    ]
