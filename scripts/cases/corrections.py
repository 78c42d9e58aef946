"""Corrections of what was read out first, each verified at its line: figures, themes, single cells, added rows.

``figure_corrections.csv``, ``theme_corrections.csv`` and ``other_corrections.csv`` lie beside the facts. Where a
correction is a sentence and not a value, what follows from it stands here.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

from scripts import statement_facts

if TYPE_CHECKING:
    from pathlib import Path

Rows = list[dict[str, Any]]

KEYWORD_THEMES = {"復興"}
"""Proposed as a theme, held as a keyword: two cases are too few for a theme."""
NAME_ONLY = "資料にあるのは名称だけ（テーマの記載なし）"
ADOPTED = "2025年度の採択とみられる（始まりの日は資料にない）"

_UNIT = re.compile("単位「(.+?)」は「(.+?)」に")
_DISTRICT = re.compile("地区：([^。（「]+)")
_DISTRICTS = {"市の一部": "東部地域"}


def read(shared: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a file of corrections."""
    with (shared / "cases" / f"{name}_corrections.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _number(text: str) -> object:
    return float(text) if "." in text else int(text) if text.lstrip("-").isdigit() else text


def correct_figures(figures: Rows, shared: Path) -> None:
    """Say of every figure what it is, and set value, date, unit and label right; add the two that were missing."""
    found = {(row["case_id"], str(row["number"])): row for row in figures}
    for row in read(shared, "figure"):
        figure = found[row["case_id"], row["number"]]
        for column in ("qualifier", "status", "scope", "value_min", "value_max"):
            figure[column] = row[column]
        if row["corrected_value"]:
            figure["value"], figure["value_text"] = _number(row["corrected_value"]), ""
        if row["corrected_as_of"]:
            figure["as_of"] = row["corrected_as_of"].removeprefix("-")
        figure["label"] = row["corrected_label"] or figure["label"]
        if unit := _UNIT.search(row["comment"]):
            if figure["unit"] == unit[1]:
                figure["unit"] = unit[2]
            else:
                msg = f"{row['case_id']} {row['number']}: unit {figure['unit']!r} is not {unit[1]!r}"
                raise ValueError(msg)
        if district := _DISTRICT.search(row["comment"]):
            figure["district"] = _DISTRICTS.get(district[1], district[1])
    for row in read(shared, "other"):
        if row["file"] == "figures.csv":
            identifier = row["row_id"].removeprefix("（追加）")
            kind, label, value, value_text, unit, as_of = row["right"].split(",")
            own = [figure for figure in figures if figure["case_id"] == identifier]
            figures.insert(
                figures.index(own[-1]) + 1,
                {
                    **own[-1],
                    "number": len(own) + 1,
                    "kind": kind,
                    "label": label,
                    "value": _number(value),
                    "value_text": value_text,
                    "value_min": "",
                    "value_max": "",
                    "unit": unit,
                    "as_of": as_of,
                    "qualifier": "",
                    "status": "actual",
                    "scope": "programme",
                    "district": "",
                    "line": row["seed_line"].split(":")[1],
                },
            )


def correct_themes(cases: Rows, shared: Path) -> dict[str, list[str]]:
    """Set the themes of cases right, primary first; return the keywords that come of it, by case."""
    found = {row["id"]: row for row in cases}
    keywords: dict[str, list[str]] = {}
    for row in read(shared, "theme"):
        proposed = list(filter(None, row["themes_proposed"].split(";")))
        case = found[row["id"]]
        case["themes"] = [theme for theme in proposed if theme not in KEYWORD_THEMES]
        if more := [theme for theme in proposed if theme in KEYWORD_THEMES]:
            keywords[row["id"]] = more
        if not proposed:
            case["note"] = f"{case['note']}。{NAME_ONLY}" if case["note"] else NAME_ONLY
    return keywords


def _named(row: dict[str, str]) -> str:
    return re.split("[（ ]", row["row_id"])[0]


def _is_value(text: str) -> bool:
    return not text.startswith("（")


def correct_cells(table: str, rows: Rows, shared: Path, key: str = "id") -> None:
    """Set single cells of a table right, where the correction names a row, a column and a value."""
    found: dict[str, Rows] = {}
    for row in rows:
        found.setdefault(str(row[key]), []).append(row)
    for correction in read(shared, "other"):
        column = correction["column"]
        if correction["file"] == table and column in rows[0] and _is_value(correction["right"]):
            for row in found.get(_named(correction), []):
                row[column] = correction["right"]


def statements(shared: Path) -> list[list[object]]:
    """Return the statements: those read first, set right, and those found later."""
    rows = [dict(zip(statement_facts.COLUMNS, row, strict=True)) for row in statement_facts.STATEMENTS]
    for correction in read(shared, "other"):
        if correction["file"] != "statements.csv":
            continue
        if correction["row_id"].startswith("（追加）"):
            rows.append(dict(zip(statement_facts.COLUMNS, correction["right"].split(","), strict=True)))
        elif not correction["row_id"].startswith("（"):
            code, topic = re.split("[（ ]", correction["row_id"])[:2]
            own = [row for row in rows if (row["code"], row["topic"]) == (code, topic)]
            own[0][correction["column"]] = correction["right"]
    return [[row[column] for column in statement_facts.COLUMNS] for row in rows]


def correct_agreements(rows: Rows) -> Rows:
    """Leave out what is sought and not agreed, and say what the source leaves open.

    セイノーHD stays a partner of its case (「連携を模索」): an agreement is what it hopes for.
    """
    kept = [row for row in rows if row["organisation"] != "セイノーHD"]
    for row in kept:
        if row["organisation"].startswith("日産自動車"):
            row["note"] = "秋ごろ"
        if row["organisation"] == "メディア事業者":
            row["organisation"] = "メディア事業者（社名の記載なし）"
    return kept


def correct_schedule(rows: Rows) -> None:
    """Add the months and frequencies that had been left out; years are inferred from the call."""
    more = {
        "ア 検討会(3回)": ("2025-08", "2026-02", "8月・11月・2月"),
        "イ データ整理分析(報告)": ("2025-11", "2026-02", "検討会への報告は11月・2月"),
        "イ 実証試験": ("2025-11", "2026-02", "試験は11月・2月"),
        "ウ セミナー等": ("", "", "2か月に1回程度"),
        "ア 調査業務(共助活動ログ)": ("", "", "前半"),
        "エ データ管理": ("", "", "通年"),
    }
    for row in rows:
        if row["phase"] in more:
            start, end, row["note"] = more[row["phase"]]
            row["start"], row["end"] = start or row["start"], end or row["end"]


def correct_unnamed(rows: Rows) -> None:
    """Point to the sentence instead of the heading, and say that a plan is a plan."""
    for row in rows:
        if (row["code"], row["lines"]) == ("32528", "203"):
            row["lines"] = "205"
        if row["code"] == "05210":
            row["kind"], row["scope"] = "東北6県セキュリティクラウドへの移行（計画の項目）", "東北6県"


def correct_ties(rows: Rows, shared: Path) -> None:
    """Set dates and notes of ties right. A tie that is being prepared stays in words: its note says so."""
    for correction in read(shared, "other"):
        if correction["file"] == "partnerships.csv" and correction["column"] != "strength":
            for row in rows:
                if row["id"] == _named(correction):
                    row[correction["column"]] = correction["right"]


def correct_blocs(rows: Rows) -> None:
    """Leave out the beginning of the platforms: months of a survey, or the year of the call, are none."""
    for row in rows:
        if row["programme"] == "living-area":
            row["since"], row["note"] = "", ADOPTED


PARENTS = {"NTT西日本グループ": "NTT西日本"}


def complete_senders(cases: Rows) -> None:
    """Name the body above a sender that has just been found, for counting by body."""
    for row in cases:
        row["parent_organisation"] = row["parent_organisation"] or PARENTS.get(row["organisation"], "")
