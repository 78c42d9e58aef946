"""Runs that are killed (SIGKILL, real processes) and taken up again: the same bytes, nothing counted twice.

``python -m benchmarks scale`` does the same at 20 random moments.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from renkei.aggregation.partial_folder import PartialFolder

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("interrupted_run.py")
PARTS = 24
PATIENCE = 240
"""Seconds; on a busy machine."""

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL がありません")]


def _start(folder: Path, engine: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(SCRIPT), str(folder / "in.parquet"), str(folder / "out.parquet"), engine, "1000"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)


def _kept(folder: Path) -> int:
    return len(list((folder / ".out.parquet.parts").glob("*.sums")))


def _kill_after(folder: Path, engine: str, parts: int) -> None:
    """Start a run and kill it as soon as so many parts are kept."""
    run = _start(folder, engine)
    give_up = time.monotonic() + PATIENCE
    while _kept(folder) < parts and run.poll() is None and time.monotonic() < give_up:
        time.sleep(0.002)
    run.send_signal(signal.SIGKILL)
    run.communicate()


def _finish(folder: Path, engine: str) -> int:
    """Run to the end; return how many parts were taken from the runs before."""
    output, _ = _start(folder, engine).communicate(timeout=PATIENCE)
    parts, resumed = map(int, output.split())
    assert parts == PARTS
    return resumed


@pytest.fixture(scope="module")
def whole(tmp_path_factory, people, by_point, total):
    folder = tmp_path_factory.mktemp("whole")
    people(PARTS * 1_000, seed=9).to_parquet(folder / "in.parquet", row_group_size=1_000)
    total(folder / "in.parquet", by_point)
    return folder


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_a_killed_run_is_taken_up_and_counts_nothing_twice(tmp_path, whole, engine):
    if engine == "dask":
        pytest.importorskip("distributed", reason="dask が入っていません（renkei[scale]）")
    (tmp_path / "in.parquet").write_bytes((whole / "in.parquet").read_bytes())
    (tmp_path / "out.parquet").write_bytes(b"an older result")
    _kill_after(tmp_path, engine, 3 if engine == "local" else 5)
    assert (tmp_path / "out.parquet").read_bytes() == b"an older result"
    kept = _kept(tmp_path)
    assert 0 < kept < PARTS
    assert _finish(tmp_path, engine) >= kept
    assert (tmp_path / "out.parquet").read_bytes() == (whole / "out.parquet").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet", "out.parquet", "out.parquet.json"]


def test_a_part_that_was_kept_half_or_for_other_work_is_done_again(tmp_path, people, by_point, total):
    frame = people(4_000, seed=9)
    frame.to_parquet(tmp_path / "in.parquet", row_group_size=1_000)
    total(tmp_path / "in.parquet", by_point, part_rows=1_000)
    expected = (tmp_path / "out.parquet").read_bytes()
    folder = tmp_path / ".out.parquet.parts"
    folder.mkdir()
    (folder / "0123.sums").write_bytes(b"of another input")
    (folder / "half.sums.x1y2").write_bytes(b"PAR1")
    begun = []

    class Watched(PartialFolder):
        def begin(self, keys):
            wanted = list(keys)
            (folder / f"{wanted[0]}.sums").write_bytes(b"PAR1 cut off")
            (folder / f"{wanted[1]}.bad").write_bytes(b"PAR1")
            begun.append(super().begin(wanted))
            return begun[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("renkei.aggregation.run.PartialFolder", Watched)
        total(tmp_path / "in.parquet", by_point, part_rows=1_000)
    assert begun == [set()]
    assert (tmp_path / "out.parquet").read_bytes() == expected
    assert not folder.exists()
