"""Parts summed on this machine: in this process, or by a few processes beside it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from typing import TYPE_CHECKING, NamedTuple

from geo.errors import DataError
from geo.point_grid import point_grid
from renkei.aggregation.sum_part import PartResult, sum_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future

    from renkei.aggregation.parts import Part
    from renkei.aggregation.request import Request, Work

PROCESS_BYTES = 320_000_000
"""What a process takes before it reads a row: Python, the libraries, boundaries, grid (measured)."""

CELL_BYTES = 120
"""What a cell of a batch takes at most, with all that is made of it (measured)."""

FEWEST_ROWS, MOST_ROWS = 1 << 13, 1 << 17


class Shape(NamedTuple):
    """How many processes, and how many rows each holds at once."""

    workers: int
    batch_rows: int


def shape_of(work: Work, request: Request, parts: int) -> Shape:
    """Return the processes and the batches that stay within the memory that was allowed."""
    wanted = work.workers or os.cpu_count() or 1
    row_bytes = CELL_BYTES * (len(request.columns) + 4)
    workers = max(1, min(wanted, parts))
    while workers > 1 and work.memory - PROCESS_BYTES * (workers + 1) < workers * FEWEST_ROWS * row_bytes:
        workers -= 1
    processes = workers + 1 if workers > 1 else 1
    rows = (work.memory - PROCESS_BYTES * processes) // (workers * row_bytes)
    return Shape(workers, max(FEWEST_ROWS, min(MOST_ROWS, rows)))


def sum_locally(parts: Sequence[Part], request: Request, work: Work) -> Iterator[tuple[Part, PartResult]]:
    """Yield each part with its sums, as they come.

    Raises
    ------
    DataError
        As ``sum_part``; and when a process was ended from outside.
    """
    shape = shape_of(work, request, len(parts))
    if shape.workers == 1:
        for part in parts:
            yield part, sum_part(part, request, shape.batch_rows)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(shape.workers, context, initializer=_start_worker)
    try:
        yield from _in_pool(pool, parts, request, shape)
    except BrokenProcessPool as error:
        msg = "計算中のプロセスが外から止められました（メモリ不足など）。--memory を小さくしてください。"
        raise DataError(msg) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _in_pool(
    pool: ProcessPoolExecutor, parts: Sequence[Part], request: Request, shape: Shape
) -> Iterator[tuple[Part, PartResult]]:
    waiting = list(reversed(parts))
    running: dict[Future[PartResult], Part] = {}
    while waiting or running:
        # Few parts ahead, so that results do not pile up in memory.
        while waiting and len(running) < 2 * shape.workers:
            part = waiting.pop()
            running[pool.submit(sum_part, part, request, shape.batch_rows)] = part
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            yield running.pop(future), future.result()


def _start_worker() -> None:
    """Build the grid, and end when the parent does: a killed parent cannot tell its processes to stop."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    point_grid()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
