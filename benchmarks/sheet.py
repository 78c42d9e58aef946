"""The printed sheet: first and again, PDF and PNG."""

from __future__ import annotations

import statistics
import time
from typing import Any

from renkei.atlas import Atlas
from renkei.paper.print_map import Sheet, render
from renkei.present.page_state import PageState

ATLAS = Atlas.open()


def run() -> list[dict[str, Any]]:
    """Time the sheet of Japan and of one prefecture."""
    state = PageState().with_default_date(ATLAS)
    entries = []
    for name, sheet in (("Japan", Sheet()), ("北海道", Sheet("01"))):
        for form in ("pdf", "png"):
            times = []
            size = 0
            for _ in range(4):
                start = time.perf_counter()
                size = len(render(ATLAS, state, sheet, form))
                times.append(time.perf_counter() - start)
            note = f"first {times[0] * 1000:,.0f} ms; {size / 1e6:.1f} MB"
            entries.append(
                {
                    "name": f"sheet: {name}, {form}, again",
                    "value": round(statistics.median(times[1:]) * 1000),
                    "unit": "ms",
                    "note": note,
                }
            )
    return entries
