"""Read the nationwide register's facts: 連携中枢都市圏, 定住自立圏, and ties between municipalities.

Each fact comes with the address of the page that says so and whose page it is. Rows from memory are no
evidence and are left out.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

Row = list[object]

TIE_KINDS: dict[str, tuple[str, list[str]]] = {
    "sister": ("姉妹都市", ["移住定住・関係人口"]),
    "friendship": ("友好都市", ["移住定住・関係人口"]),
    "disaster": ("災害時相互応援協定", ["防災"]),
    "disaster_evacuation": ("災害時の避難受入協定", ["防災"]),
    "electricity": ("電力連携", ["脱炭素"]),
    "exchange": ("交流", ["移住定住・関係人口"]),
    "exchange_event": ("交流（催しへの参加）", ["観光"]),
    "cooperation": ("連携協定", ["まちづくり"]),
    "mayors_association": ("首長会・協議会", ["まちづくり"]),
}
"""Kind in the source table → kind as shown and themes (by kind, not read from each page)."""

WEAK_KINDS = {"exchange_event"}
"""Presence at an event is no agreement: drawn as inferred."""

SAME_TIES = {("13112", "10444", "sister"): "setagaya-01"}
"""A register row that is a tie of the cases: one tie with two pieces of evidence."""

SCHEMES = {
    "core-city": ("core_city_areas_38.csv", ["まちづくり", "産業振興", "医療福祉"]),
    "self-reliant": ("self_reliant_areas_111.csv", ["まちづくり", "医療福祉", "交通"]),
}
"""Programme → file and themes (by the scheme's own definition, not read from each page)."""

_DATE = re.compile(r"(?P<meaning>[^\d]*)(?P<date>\d{4}(?:-\d{2}){0,2})")
_MEANINGS = ("宣言", "協約", "ビジョン")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["from_memory"] != "yes"]


def dates_of(written: str) -> list[tuple[str, str]]:
    """Return (meaning, ISO date) of each date written, such as 「宣言2018-11-28;ビジョン2019-03-29」.

    Examples
    --------
    >>> dates_of("宣言2018-11-28;協約・ビジョン2019-03")
    [('宣言', '2018-11-28'), ('協約・ビジョン', '2019-03')]
    """
    return [
        (found["meaning"].strip("; "), found["date"])
        for part in written.split(";")
        if (found := _DATE.match(part.strip()))
    ]


def _unique(values: Any) -> list[Any]:
    return list(dict.fromkeys(value for value in values if value))


def _evidence(identifier: str, row: dict[str, str], kind: str = "") -> Row:
    return [identifier, "", "", row["evidence_url"], row["evidence_kind"], kind, row["since"], row["statement_date"]]


def areas(folder: Path, programme: str) -> tuple[list[Row], list[Row]]:
    """Return the areas of a scheme as blocs, and their evidence (one row a page and date stated)."""
    name, themes = SCHEMES[programme]
    grouped: dict[str, list[dict[str, str]]] = {}
    for row in _rows(folder / name):
        grouped.setdefault(row["area_name"], []).append(row)
    blocs: list[Row] = []
    evidence: list[Row] = []
    for number, (area, rows) in enumerate(grouped.items(), 1):
        identifier = f"{programme}-{number:03}"
        national = [row for row in rows if row.get("scheme", "national") == "national"]
        others = [row["member_name"] for row in rows if row.get("scheme", "national") != "national"]
        dates = _unique(date for row in national for date in dates_of(row["since"]))
        notes = [f"{meaning or '協定'} {date}" for meaning, date in sorted(dates, key=lambda each: each[1])]
        if others:
            notes.append(f"県独自の制度による参加：{'・'.join(others)}")
        if any(row["from_memory"] == "role_only" for row in national):
            notes.append("中心市の別は資料で未確認")
        centre = _unique(row["member_name"] for row in national if row["role"] == "central")
        blocs.append(
            [
                identifier,
                area,
                "",
                _unique(row["member_code"] for row in national),
                programme,
                "・".join(centre),
                min((date for _, date in dates), default=""),
                "listed",
                themes,
                [],
                [],
                "",
                "",
                "；".join(notes),
            ]
        )
        seen: set[tuple[str, str]] = set()
        for row in rows:
            if (key := (row["evidence_url"], row["since"])) not in seen:
                seen.add(key)
                evidence.append(_evidence(identifier, row))
    return blocs, evidence


def ties(folder: Path) -> tuple[list[Row], list[Row]]:
    """Return the register's ties that are not already the cases' own, and the evidence of all of them."""
    found: list[Row] = []
    evidence: list[Row] = []
    for number, row in enumerate(_rows(folder / "municipal_ties_122.csv"), 1):
        kind, themes = TIE_KINDS[row["kind"]]
        same = SAME_TIES.get((row["from_code"], row["to_code"], row["kind"]))
        identifier = same or f"tie-{number:03}"
        evidence.append(_evidence(identifier, row, kind))
        if same:
            continue
        weak = row["kind"] in WEAK_KINDS
        found.append(
            [
                identifier,
                row["from_code"],
                row["to_code"],
                kind,
                row["since"],
                "",
                "inferred" if weak else "explicit",
                "register-ties",
                themes,
                "",
                "",
                "催しに参加した記録だけがある" if weak else "",
            ]
        )
    return found, evidence


def told_as_pairs(folder: Path) -> set[str]:
    """Return the ids of the rows that tell one association of mayors as pairs: it is held as a network."""
    return {
        f"tie-{number:03}"
        for number, row in enumerate(_rows(folder / "municipal_ties_122.csv"), 1)
        if row["kind"] == "mayors_association"
    }
