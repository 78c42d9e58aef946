"""Points, meshes and kills at scale: ``python -m benchmarks scale``.

``SCALE_POINTS`` (default 1,000,000; the bars are of 100,000,000), ``SCALE_KILLS`` (default 2; the bar is 20) and
``SCALE_FOLDER`` (default: a temporary one; inputs take 19 bytes a point) say how much is done. Rates are of CPU time
on one core, which a shared machine disturbs least; wall time stands beside it.
"""

from __future__ import annotations

import importlib.util
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from benchmarks.people_points import write_mesh, write_points
from benchmarks.point_joins import JOINS
from geo.assign import locate
from geo.boundaries import exact

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
POINTS = int(os.environ.get("SCALE_POINTS", "1000000"))
KILLS = int(os.environ.get("SCALE_KILLS", "2"))
NEEDS = {"dask_geopandas": "dask_geopandas", "duckdb_spatial": "duckdb_extension_spatial", "reversejp": "reversejp"}
MOST = {"reversejp": 100_000, "duckdb_spatial": 1_000_000, "dask_geopandas": 1_000_000}
"""Points for the slow ones; the others take up to 10,000,000."""

KILL_POINTS = 1_000_000
KILL_PART = 25_000
RUN = ROOT / "tests" / "aggregation" / "interrupted_run.py"
SHARED = "machine shared; wall time beside"


class Cost(NamedTuple):
    """What a command took: wall and CPU seconds, and the peak of the resident memory of all its processes, in MB."""

    wall: float
    cpu: float
    peak: float


def _row(name: str, value: float | None, unit: str, note: str) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "note": note}


def _resident(process: int) -> float:
    """Return the resident memory of a process and all below it, in MB, as /proc tells it."""
    total = 0.0
    waiting = [process]
    while waiting:
        number = waiting.pop()
        try:
            fields = Path(f"/proc/{number}/statm").read_text(encoding="ascii").split()
            tasks = Path(f"/proc/{number}/task").iterdir()
            waiting += [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            continue
        total += int(fields[1]) * resource.getpagesize() / 1e6
    return total


def _cost(command: list[str]) -> Cost:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    peak = 0.0
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, _resident(process.pid))
            time.sleep(0.05)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        msg = f"{command} ended with {process.returncode}"
        raise RuntimeError(msg)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak)


def _aggregate(source: Path, output: Path, *options: str) -> Cost:
    command = [sys.executable, "-m", "renkei.cli", "aggregate", str(source), "-o", str(output), "--quiet", *options]
    return _cost(command)


def _joins(folder: Path) -> Iterator[dict[str, Any]]:
    answers: dict[str, np.ndarray] = {}
    rates: dict[str, float] = {}
    for name in JOINS:
        if name in NEEDS and importlib.util.find_spec(NEEDS[name]) is None:
            yield _row(f"points: {name}", None, "/s", f"{NEEDS[name]} is not installed")
            continue
        count = min(POINTS, MOST.get(name, 10_000_000))
        source = write_points(folder / f"points-{min(POINTS, 10_000_000)}.parquet", min(POINTS, 10_000_000))
        answer = folder / f"{name}.npy"
        command = [sys.executable, "-m", "benchmarks.point_joins", name, str(source), str(count), str(answer)]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        cost = json.loads(done.stdout)
        answers[name], rates[name] = np.load(answer), cost["points"] / cost["cpu"]
        ratio = f"{rates['ours'] / rates[name]:.1f} times slower, " if name != "ours" else ""
        added = f"+{cost['peak_mb'] - cost['before_mb']:.0f} MB"
        yield _row(
            f"points: {name}",
            round(rates[name]),
            "/s",
            f"{ratio}{count:,} points, wall {cost['seconds']:.1f} s, {added}",
        )
        if name not in {"ours", "reversejp"}:
            other = int((answers["ours"][: len(answers[name])] != answers[name]).sum())
            yield _row(f"points: {name}, other answers", other, "", "of the same points")


def _borders() -> dict[str, Any]:
    """Compare every corner of every boundary, and the points next to it in floating point, with the exact predicate."""
    polygons = np.asarray(exact().geometry.array)
    corners = shapely.get_coordinates(polygons)
    near = np.concatenate(
        [corners, np.nextafter(corners, 0), np.nextafter(corners, 200), (corners[1:] + corners[:-1]) / 2]
    )
    point, polygon = shapely.STRtree(polygons).query(shapely.points(near), predicate="intersects")
    expected = np.full(len(near), -1)
    order = np.argsort(-polygon, kind="stable")
    expected[point[order]] = polygon[order]
    found = locate(near[:, 0].copy(), near[:, 1].copy())
    return _row(
        "points: shores and borders, other answers", int((found != expected).sum()), "", f"of {len(near):,} points"
    )


def _growth(folder: Path) -> Iterator[dict[str, Any]]:
    """The whole command on a tenth, half and all of the points: from file to table, on all cores."""
    options = ("--x", "lon", "--y", "lat", "--sum", "people")
    counts = [POINTS // 10, POINTS // 2, POINTS]
    costs = []
    for count in counts:
        costs.append(
            _aggregate(write_points(folder / f"points-{count}.parquet", count), folder / "o.parquet", *options)
        )
        note = f"CPU {costs[-1].cpu:.1f} s, peak {costs[-1].peak:,.0f} MB"
        yield _row(f"aggregate {count:,} points", round(costs[-1].wall, 1), "s", note)
    # What each further point takes: the start of the processes falls out.
    steps = [(costs[each + 1].cpu - costs[each].cpu) / (counts[each + 1] - counts[each]) * 1e9 for each in (0, 1)]
    note = f"of CPU time for a further point ({steps[0]:.0f}, then {steps[1]:.0f} ns); 0 is linear"
    yield _row("aggregate: growth", round((steps[1] / steps[0] - 1) * 100, 1), "%", note)
    note = "one core, reading Parquet not slower than here; docs/scale.md has the assumptions"
    yield _row("aggregate: estimate for 10,000,000,000 rows", round(steps[1] * 10 / 3600, 2), "h", note)


def _mesh(folder: Path) -> dict[str, Any]:
    path, cells = write_mesh(folder / "mesh.parquet")
    columns = [option for number in range(4) for option in ("--sum", f"c{number}")]
    cost = _aggregate(path, folder / "o.parquet", "--mesh", "mesh", "--group", "month", *columns)
    return _row(
        "mesh 1 km of Japan, 12 months, 4 columns",
        round(cost.wall, 1),
        "s",
        f"{cells:,} cells, CPU {cost.cpu:.1f} s, peak {cost.peak:,.0f} MB",
    )


def _dask(folder: Path) -> Iterator[dict[str, Any]]:
    if importlib.util.find_spec("distributed") is None:
        yield _row("dask", None, "s", "distributed is not installed")
        return
    count = min(POINTS, 10_000_000)
    source = write_points(folder / f"points-{count}.parquet", count)
    options = ("--x", "lon", "--y", "lat", "--sum", "people", "--group", "month")
    _aggregate(source, folder / "local.parquet", *options)
    for workers in (1, 2, 4):
        cost = _aggregate(
            source, folder / "dask.parquet", *options, "--engine", "dask", "--workers", str(workers), "--memory", "4GB"
        )
        same = (folder / "local.parquet").read_bytes() == (folder / "dask.parquet").read_bytes()
        note = (
            f"CPU {cost.cpu:.1f} s, peak {cost.peak:,.0f} MB, {'the same bytes as' if same else 'DIFFERENT FROM'} local"
        )
        yield _row(f"dask, {workers} workers, {count:,} points", round(cost.wall, 1), "s", note)


def _kills(folder: Path, engine: str) -> dict[str, Any]:
    """Kill a run at random moments of its time, take it up each time, and compare with the run that was let be."""
    source = write_points(folder / f"kill-{KILL_POINTS}.parquet", KILL_POINTS, with_hours=True, row_group=KILL_PART)
    output = folder / f"{engine}.parquet"
    command = [sys.executable, str(RUN), str(source), str(output), engine, str(KILL_PART)]
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True)
    took = time.perf_counter() - start
    expected = output.read_bytes()
    random = np.random.default_rng()  # moments differ from run to run anyway
    wrong, resumed, finished = 0, 0, 0
    for _ in range(KILLS):
        output.unlink()
        finished += _killed(command, took * random.random())
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True, text=True
        )
        resumed += int(done.stdout.split()[1])
        left = [path for path in folder.iterdir() if path.name.startswith(".")]
        wrong += output.read_bytes() != expected or bool(left)
    note = f"of {KILLS} runs killed at random moments of {took:.1f} s; {resumed} parts taken up, {finished} ended before the kill"
    return _row(f"kills, {engine}: other results", wrong, "", note)


def _killed(command: list[str], after: float) -> bool:
    """Start a run and kill it; tell whether it had ended by then."""
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL
    ) as process:
        alarm = threading.Timer(after, process.send_signal, [signal.SIGKILL])
        alarm.start()
        process.wait()
        alarm.cancel()
        return process.returncode == 0


def run() -> Iterator[dict[str, Any]]:
    """Measure everything, one row after the other."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(os.environ.get("SCALE_FOLDER", temporary))
        yield from _joins(folder)
        yield _borders()
        yield from _growth(folder)
        yield _mesh(folder)
        yield from _dask(folder)
        for engine in ("local", "dask"):
            if engine == "local" or importlib.util.find_spec("distributed"):
                yield _kills(folder, engine)
