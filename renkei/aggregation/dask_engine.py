"""Parts summed by a Dask cluster: a local one of processes, or a scheduler at an address.

Dask places the parts, moves them, and runs them again when a worker is lost. What comes back are sums of single
parts, kept by their keys here, so that a part that ran twice is counted once.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any

from geo.errors import DataError, InvalidFilterError
from renkei.aggregation.local_engine import shape_of
from renkei.aggregation.sum_part import PartResult, sum_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from renkei.aggregation.parts import Part
    from renkei.aggregation.request import Request, Work

PATIENCE = "30s"
"""How long a scheduler at an address may take to answer."""

PATIENT = {"distributed.comm.timeouts.connect": "300s", "distributed.comm.timeouts.tcp": "300s"}
"""A cluster of this machine starts slowly when the machine is busy; that is no reason to give up."""


def sum_on_dask(
    parts: Sequence[Part], request: Request, work: Work, client: Any = None
) -> Iterator[tuple[Part, PartResult]]:
    """Yield each part with its sums, as they come.

    Parameters
    ----------
    parts, request, work
        What to sum, and how; ``work.scheduler`` is the address of a scheduler whose workers can read the inputs.
    client
        A ``distributed.Client`` to use; none connects to ``work.scheduler``, or starts a local cluster.

    Raises
    ------
    InvalidFilterError
        When Dask is not installed.
    DataError
        As ``sum_part``; and when no scheduler answers, or workers are lost again and again.
    """
    try:
        from distributed import KilledWorker, as_completed  # noqa: PLC0415 - an extra
    except ImportError as error:
        msg = "--engine dask には pip install renkei[scale] が要ります。"
        raise InvalidFilterError(msg) from error
    shape = shape_of(work, request, len(parts))
    with contextlib.ExitStack() as stack:
        if client is None:
            client = stack.enter_context(_client(work, shape.workers))
        waiting = list(reversed(parts))
        ahead = 4 * max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
        part_of: dict[Any, Part] = {}

        def submit() -> Any:
            part = waiting.pop()
            future = client.submit(sum_part, part, request, shape.batch_rows, pure=False)
            part_of[future] = part
            return future

        running = as_completed([submit() for _ in range(min(ahead, len(waiting)))])
        try:
            for future in running:
                yield part_of.pop(future), future.result()
                future.release()
                if waiting:
                    running.add(submit())
        except KilledWorker as error:
            msg = "Dask のワーカーがくり返し止まりました（メモリ不足など）。ワーカーのメモリを増やしてください。"
            raise DataError(msg) from error


@contextlib.contextmanager
def _client(work: Work, workers: int) -> Iterator[Any]:
    import dask  # noqa: PLC0415
    from distributed import Client, LocalCluster  # noqa: PLC0415

    if work.scheduler:
        try:
            with Client(work.scheduler, timeout=PATIENCE) as client:
                yield client
        except OSError as error:
            msg = f"Dask のスケジューラー {work.scheduler} に繋がりません（{error}）。アドレスを確かめてください。"
            raise DataError(msg) from error
        return
    count = work.workers or min(workers, os.cpu_count() or 1)
    with (
        dask.config.set(PATIENT),
        LocalCluster(
            n_workers=count,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            memory_limit=work.memory // count,
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client
