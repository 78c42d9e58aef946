"""Print every figure: ``python -m benchmarks [MODULE …]``."""

from __future__ import annotations

import importlib
import sys

MODULES = (
    "boundaries",
    "indicators",
    "export",
    "resolve",
    "search",
    "register",
    "sheet",
    "page",
    "crowd",
    "users",
    "dear_work",
    "long_session",
    "analysis",
    "partners",
    "scale",
)


def main(names: list[str]) -> None:
    """Run the named modules, or all, and print one table."""
    print(f"{'figure':44} {'value':>10}  {'unit':<6} note")
    for name in names or MODULES:
        for row in importlib.import_module(f"benchmarks.{name}").run():
            value = "no data" if row["value"] is None else f"{row['value']:,}"
            print(f"{row['name']:44} {value:>10}  {row['unit']:<6} {row['note']}", flush=True)


main(sys.argv[1:])
