"""Make ``data/gazetteer/mergers.csv`` from the e-Stat list of municipal changes, with today's successors.

Usage: ``python -m scripts.build_mergers [--shared FOLDER]``, after ``scripts.build_gazetteer``.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import orjson

from geo.data_folder import write_atomic
from geo.errors import DataError
from scripts.source_files import RETRIEVED, ROOT, SHARED, sha256, table_bytes

LIST = "estat_municipal_changes_1970-2024.json"
CURRENT_FROM = "2024-02-01"
COLUMNS = ("date", "kind", "old_code", "old_name", "new_code", "new_name", "successors")

# The list keys a change by code, so a new name under the same code is not in it.
SAME_CODE_RENAMES = (("2019-05-01", "changesOfNames", "28221", "篠山市", "28221", "丹波篠山市"),)


class Place(NamedTuple):
    """A municipality, ward or 郡 as it was called at a time."""

    code: str
    name: str


class Change(NamedTuple):
    """One dated step from an old place to a new one."""

    date: str
    kind: str
    old: Place
    new: Place


def changes(path: Path) -> list[Change]:
    """Return every change of the list, and the renames that it cannot hold, by date."""
    rows = json.loads(path.read_text(encoding="utf-8"))["changes"]
    listed = [Change(row["date"], row["reason"], Place(**row["old"]), Place(**row["new"])) for row in rows]
    renames = [Change(date, kind, Place(a, b), Place(c, d)) for date, kind, a, b, c, d in SAME_CODE_RENAMES]
    return sorted({*listed, *renames})


def current_codes(gazetteer: Path) -> set[str]:
    """Return the codes of today's municipalities and wards."""
    codes = set()
    for name in ("municipalities.csv", "wards.csv"):
        with (gazetteer / name).open(encoding="utf-8", newline="") as file:
            codes |= {row["code"] for row in csv.DictReader(file)}
    return codes


def successors(
    place: Place, since: str, after: dict[Place, list[Change]], current: set[str], seen: frozenset[Place] = frozenset()
) -> set[str]:
    """Return the codes that a place has become today, following every later change."""
    # A place that others joined lives on under its own name: it changes only by what comes later.
    steps = [step for step in after[place] if step.date >= since and step.new not in seen and step.new != place]
    if not steps:
        return {place.code} if place.code in current else set()
    first = steps[0].date
    seen = seen | {place}
    return set().union(*(successors(step.new, step.date, after, current, seen) for step in steps if step.date == first))


def build(shared: Path, gazetteer: Path) -> None:
    """Write ``mergers.csv`` and its entry in ``SOURCE.json``.

    Raises
    ------
    DataError
        When a change leads to no municipality of today.
    """
    current = current_codes(gazetteer)
    every = changes(shared / "reference" / LIST)
    after: dict[Place, list[Change]] = defaultdict(list)
    for change in every:
        after[change.old].append(change)
    rows = []
    for change in every:
        codes = sorted(successors(change.new, change.date, after, current))
        if not codes:
            msg = f"{change.old} -> {change.new} ({change.date}): no municipality of today"
            raise DataError(msg)
        rows.append([change.date, change.kind, *change.old, *change.new, codes])
    content = table_bytes(COLUMNS, rows)
    write_atomic(gazetteer / "mergers.csv", content)
    about = {
        "file": "mergers.csv",
        "rows": len(rows),
        "as_of": CURRENT_FROM[:7],
        "source": "e-Stat 統計LOD 標準地域コード 廃置分合（1970-2024）; 篠山市の名称変更（2019-05-01）を補足",
        "publisher": "総務省統計局",
        "licence": "CC BY 4.0",
        "note": "successors: codes of today, made by following every later change; 村から町への町制施行は一覧にない",
        "retrieved": RETRIEVED,
        "bytes": len(content),
        "sha256": sha256(content),
    }
    statement = orjson.loads((gazetteer / "SOURCE.json").read_bytes())
    statement["tables"] = [each for each in statement["tables"] if each["file"] != about["file"]] + [about]
    write_atomic(
        gazetteer / "SOURCE.json", orjson.dumps(statement, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    build(parser.parse_args().shared, ROOT / "data" / "gazetteer")
