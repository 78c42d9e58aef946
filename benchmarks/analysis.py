"""The analyses: one place, and all 1,741."""

from __future__ import annotations

import resource
import statistics
import time
from typing import TYPE_CHECKING, Any

from renkei.analysis.bloc import bloc
from renkei.analysis.gaps import need_without_case, theme_by_prefecture
from renkei.analysis.municipality_types import municipality_types
from renkei.analysis.nearest_facts import distance_to_nearest
from renkei.analysis.partners import Search, partners, prepare
from renkei.analysis.peers import peers
from renkei.analysis.place import place
from renkei.analysis.spatial_patterns import moran
from renkei.analysis.tie_network import tie_network
from renkei.atlas import Atlas

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES = 7
SETAGAYA = "13112"


def _row(name: str, value: float, unit: str, note: str) -> dict[str, Any]:
    return {"name": f"analysis: {name}", "value": round(value, 1), "unit": unit, "note": note}


def _timed(name: str, work: Callable[[], object]) -> dict[str, Any]:
    start = time.perf_counter()
    work()
    first = (time.perf_counter() - start) * 1000
    times = []
    busy = time.process_time()
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    busy = (time.process_time() - busy) * 1000 / TIMES
    note = f"{busy:,.0f} ms of the processor; first {first:,.0f} ms; {max(times):,.0f} ms at worst of {TIMES}"
    return _row(name, statistics.median(times), "ms", note)


def run() -> list[dict[str, Any]]:
    """Time each analysis on one snapshot of the tables; the first call makes what later ones share."""
    atlas = Atlas.open()
    codes = list(atlas.municipalities().index)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rows = [
        _timed("ground of the finder, made once in the background", lambda: prepare(atlas)),
        _timed("partners of one place", lambda: partners(atlas, SETAGAYA, Search("防災"))),
        _timed("peers of one place", lambda: peers(atlas, SETAGAYA)),
        _timed("place at a glance", lambda: place(atlas, SETAGAYA)),
        _timed("bloc of four", lambda: bloc(atlas, ["01207", "01631", "01637", "01643"])),
        _timed("types of all", lambda: municipality_types(atlas)),
        _timed("themes by prefecture", lambda: theme_by_prefecture(atlas)),
        _timed("need without a case", lambda: need_without_case(atlas, "DX")),
        _timed("distance of all to the nearest case", lambda: distance_to_nearest(atlas, "case", "DX")),
        _timed("network of all ties", lambda: tie_network(atlas)),
        _timed("Moran's I of all, 999 permutations", lambda: moran(atlas, "share_65")),
    ]
    start, busy = time.perf_counter(), time.process_time()
    for code in codes:
        partners(atlas, code, Search("防災"))
    note = f"{time.process_time() - busy:.1f} s of the processor; top 20 with evidence, one theme"
    rows.append(_row("partners of all 1,741", time.perf_counter() - start, "s", note))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / 1e6
    return [*rows, _row("memory", grown, "MB", "resident, at peak, above the opened atlas")]
