"""Make ``data/gazetteer/mergers.csv`` from the e-Stat list of municipal changes, with today's successors.

The list keys a change by code. What happened under one code is not in it, and is put beside: changes of name and
from village to town (``reviewed_changes.csv``), and municipalities that were founded anew under their own name.

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

REVIEWED = "reviewed_changes.csv"
FOUNDING = "establishmentOfNewMunicipalityByMerging"
FIRST_CITY, FIRST_TOWN, TOWNS_OF_A_COUNTY = 201, 300, 20

# JIS X 0402: a new municipality gets the next number of its prefecture's cities, or of its 郡; one that is founded anew
# under a name that it had keeps its number. So a founded one whose number stands below one that was there in 1970 was
# there before. That does not show in the last of a row: these, too, were founded anew under their own names ...
FOUNDED_ANEW = (
    "01559 03213 07210 08216 10210 10211 11232 12223 20217 24212 30206 30207 33208 33209 33210 33211 33346 33606 "
    "35210 35211 35212 35213 37205 40220 42207 42208 44208 44209 44210 44211 46404"
)
# ... and these new names got a number that was free within the row.
NEW_WITHIN_THE_ROW = frozenset(("01564", "47361", "47362"))

REVIEWED_TABLES = {
    REVIEWED: "町制施行・名称変更・沖縄の復帰前の市制。名称と日付は市町村の変遷の一覧（名称の有効期間）から取り出し、官報とは未照合; "
    "5件（神川・木曽岬・上峰・笠懸・水海道）を http://www.kanisoft.com/adr/jyusyo/2006.htm と "
    "https://benricho.org/chimei/gappei/200601.html で照合",
    "former_counties.csv": "郡名は市町村の変遷の一覧（郡つきの旧名）で照合、公報とは未照合; 番号は JIS X 0402（300から20ごと）、"
    "北海道・対馬は市町村ごと; until: e-Stat の廃置分合で最後の町村がなくなった日",
}


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


def changes(path: Path, reviewed: Path, current: set[str]) -> list[Change]:
    """Return every change of the list, and those that it cannot hold, by date."""
    rows = json.loads(path.read_text(encoding="utf-8"))["changes"]
    listed = [Change(row["date"], row["reason"], Place(**row["old"]), Place(**row["new"])) for row in rows]
    with reviewed.open(encoding="utf-8", newline="") as file:
        beside = [Change(date, kind, Place(a, b), Place(c, d)) for date, kind, a, b, c, d in list(csv.reader(file))[1:]]
    return sorted({*listed, *beside, *founded_anew(listed, current)})


def founded_anew(listed: list[Change], current: set[str]) -> set[Change]:
    """Return the foundings of municipalities that had been there under the same code and name, as old and new."""
    began = {change.new.code for change in listed if change.kind not in ("absorption", "abolishmentOfDistrict")}
    of_1970 = {code for change in listed for code in (change.old.code, change.new.code)} | current
    rows: dict[str, list[str]] = defaultdict(list)
    for code in of_1970 - began:
        rows[_row_of_codes(code)].append(code)
    anew = set()
    for change in listed:
        code = change.new.code
        within = any(other > code for other in rows[_row_of_codes(code)]) and code not in NEW_WITHIN_THE_ROW
        if change.kind == FOUNDING and code[2:] >= str(FIRST_CITY) and (within or code in FOUNDED_ANEW.split()):
            anew.add(Change(change.date, FOUNDING, change.new, change.new))
    return anew


def _row_of_codes(code: str) -> str:
    """Return what shares one row of numbers: the cities of a prefecture, or the municipalities of a 郡."""
    number = int(code)
    return code[:2] if int(code[2:]) < FIRST_TOWN else str(number - number % TOWNS_OF_A_COUNTY)


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
    every = changes(shared / "reference" / LIST, gazetteer / REVIEWED, current)
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
        "source": "e-Stat 統計LOD 標準地域コード 廃置分合（1970-2024）; reviewed_changes.csv を補足",
        "publisher": "総務省統計局",
        "licence": "CC BY 4.0",
        "note": "successors: codes of today, made by following every later change; old = new: founded anew under its name",
        "retrieved": RETRIEVED,
        "bytes": len(content),
        "sha256": sha256(content),
    }
    reviewed = [_about_reviewed(gazetteer / name, source) for name, source in REVIEWED_TABLES.items()]
    statement = orjson.loads((gazetteer / "SOURCE.json").read_bytes())
    new = {about["file"]: about} | {each["file"]: each for each in reviewed}
    statement["tables"] = [each for each in statement["tables"] if each["file"] not in new] + list(new.values())
    write_atomic(
        gazetteer / "SOURCE.json", orjson.dumps(statement, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    )


def _about_reviewed(path: Path, source: str) -> dict[str, object]:
    content = path.read_bytes()
    return {
        "file": path.name,
        "rows": content.count(b"\n") - 1,
        "as_of": CURRENT_FROM[:7],
        "source": source,
        "publisher": "renkei",
        "licence": "CC BY 4.0",
        "note": "kept by hand, reviewed row by row; not made by a script",
        "retrieved": RETRIEVED,
        "bytes": len(content),
        "sha256": sha256(content),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    build(parser.parse_args().shared, ROOT / "data" / "gazetteer")
