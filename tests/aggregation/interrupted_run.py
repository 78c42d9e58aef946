"""A run of the command in a process of its own, for tests and benchmarks that kill it: IN OUT ENGINE PART_ROWS."""

from __future__ import annotations

import sys
from pathlib import Path

from renkei.aggregation.request import Request, Work
from renkei.aggregation.run import aggregate
from renkei.atlas import Atlas

if __name__ == "__main__":
    source, output, engine, part_rows = sys.argv[1:]
    request = Request(x="lon", y="lat", sums=("people", "hours"), group=("month",))
    work = Work(inputs=(source,), output=Path(output), engine=engine, part_rows=int(part_rows), workers=2, quiet=True)
    report = aggregate(Atlas.open(), request, work)
    print(report.parts, report.resumed)
