"""Read the ties of two municipalities that were gathered nationwide, and lay them over those that are held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.resolve import resolve
from layers.tie_kinds import kind_of
from scripts.register_text import evidence, plain_note, read_rows, shown_kind, standing, themes_of

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.register_text import Row

ONCE = {"sister"}
"""Families of which two municipalities have one tie at most: another date contradicts, it does not add."""


def pairs(reference: Path, held: list[dict[str, Any]]) -> tuple[list[Row], list[Row]]:
    """Return the ties that are not held yet, and the evidence of all.

    Parameters
    ----------
    reference
        The folder of the gathered tables.
    held
        ``id``, ``from_code``, ``to_code``, ``kind``, ``since`` of the ties that are held.

    Returns
    -------
    list of rows, list of rows
        Ties, in the columns of ``partnerships.csv``; evidence, also of held ties that a row tells again.
    """
    known = list(held)
    found: list[Row] = []
    pages: list[Row] = []
    gathered = [(f"pair-{number:03}", row) for number, row in enumerate(read_rows(reference / "ties_pairs.csv"), 1)]
    for identifier, row in [*gathered, *_of_candidates(reference)]:
        kind, office = shown_kind(row["kind"])
        note, more = plain_note(row["note"])
        this = {
            "id": identifier,
            "from_code": row["from_code"],
            "to_code": row["to_code"],
            "kind": kind,
            "since": row["since"],
            "name": row["name_of_network"] or office,
        }
        same = next((each for each in known if is_same(this, each)), None)
        pages += evidence(same["id"] if same else identifier, row, kind, more)
        if same:
            continue
        known.append(this)
        themes, themes_from = themes_of(kind, row["theme"])
        found.append(
            [
                identifier,
                row["from_code"],
                row["to_code"],
                kind,
                row["since"],
                row["until"],
                "explicit",
                "register-ties",
                themes,
                "",
                "",
                note,
                this["name"],
                standing(note),
                themes_from,
            ]
        )
    return found, pages


def is_same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two rows tell the same tie: the same two, the same family, and dates that agree.

    Examples
    --------
    >>> one = {"from_code": "13112", "to_code": "10444", "kind": "姉妹都市", "since": "1981-11-16"}
    >>> is_same(one, one | {"kind": "縁組協定", "since": "1981"}), is_same(one, one | {"kind": "電力連携"})
    (True, False)
    """
    if {one["from_code"], one["to_code"]} != {other["from_code"], other["to_code"]}:
        return False
    if one.get("name") and other.get("name") and one["name"] != other["name"]:
        return False  # a tourism area and a destination company of the same two
    family = kind_of(one["kind"]).id
    if family != kind_of(other["kind"]).id:
        return False
    first, second = one["since"], other["since"]
    return family in ONCE or not first or not second or first.startswith(second) or second.startswith(first)


def _of_candidates(reference: Path) -> list[tuple[str, dict[str, str]]]:
    rows = [row for row in read_rows(reference / "ties_candidates.csv") if row["分類"] == "連携"]
    return [
        (
            f"pair-c{number:02}",
            {
                "from_code": resolve(row["自治体"]).code or row["自治体"],
                "to_code": resolve(row["相手・構成自治体"]).code or row["相手・構成自治体"],
                "name_of_network": row["名称"],
                "kind": row["種類"],
                "theme": row["テーマ"],
                "since": row["開始日"],
                "until": row["終了日"],
                "url": row["根拠のURL"],
                "evidence_kind": row["根拠の種類"],
                "page_date": row["ページの日付"],
                "note": row["備考"],
            },
        )
        for number, row in enumerate(rows, 1)
    ]
