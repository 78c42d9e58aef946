"""A planner's own facts as rows of the register's tables: marked as own, with the file and the row as their evidence.

Nothing of it is written to disk; ``renkei.own_atlas.OwnAtlas`` lays the rows over the shared tables of one session.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layers.evidence import OWN
from layers.register_additions import DEFAULT_THEME
from layers.tie_kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from renkei.exchange.own_facts import OwnFact

Rows = dict[str, list[dict[str, str]]]
"""Table (``cases/cases.csv``) to rows, column to text."""
PUBLISHER = "自分のデータ・未確認"
_KINDS = {"cases": "事例", "ties": "連携", "networks": "ネットワーク", "blocs": "圏域"}
"""What a fact is called that names no kind."""


def own_id(file: int, fact: OwnFact) -> str:
    """Return the id of a fact: ``own-1-12`` is of row 12 of the first file."""
    return f"{OWN}-{file}-{fact.row}" + (f"-{fact.part}" if fact.part else "")


def own_rows(file: int, name: str, date: str, row_count: int, facts: Iterable[OwnFact]) -> Rows:
    """Return the rows that a file's facts are in the register's tables.

    Parameters
    ----------
    file
        Number of the file in its session, from 1: part of every id.
    name
        Its name: the source that is told everywhere.
    date
        ISO day on which it was read.
    row_count
        How many rows it has.
    facts
        What was read.

    Examples
    --------
    >>> from renkei.exchange.own_facts import OwnFact
    >>> made = own_rows(1, "a.csv", "2026-11-26", 3, [OwnFact("ties", 2, ("13112", "10444"), kind="縁組協定")])
    >>> made["cases/partnerships.csv"][0]["id"], made["cases/programmes.csv"][0]["name"]
    ('own-1-2', '自分のデータ（a.csv）')
    """
    programme = f"{OWN}-{file}"
    found: Rows = defaultdict(list)
    for fact in facts:
        about = {"id": own_id(file, fact), "programme": programme, "document": programme, "lines": _lines(fact)}
        _ADD[fact.table](found, fact, about)
    if not found:
        return {}
    found["cases/documents.csv"].append(
        {"id": programme, "title": name, "publisher": PUBLISHER, "published": date, "lines": str(row_count)}
    )
    found["cases/programmes.csv"].append(
        {
            "id": programme,
            "name": f"自分のデータ（{name}）",
            "name_en": f"Own data ({name})",
            "document": programme,
            "publisher": PUBLISHER,
            "as_of": date,
        }
    )
    return dict(found)


def joined(parts: Iterable[Mapping[str, list[dict[str, str]]]]) -> Rows:
    """Return the rows of several files together."""
    found: Rows = defaultdict(list)
    for each in parts:
        for table, rows in each.items():
            found[table] += rows
    return dict(found)


def _lines(fact: OwnFact) -> str:
    return ";".join(str(row) for row in (fact.rows or (fact.row,)))


def _evidence(found: Rows, fact: OwnFact, about: dict[str, str]) -> None:
    found["cases/evidence.csv"].append(
        {
            "fact_id": about["id"],
            "document": about["document"],
            "lines": about["lines"],
            "tier": OWN,
            "stated_kind": fact.kind,
            "stated_since": fact.since,
        }
    )


def _themes(fact: OwnFact) -> dict[str, str]:
    """Return the themes that the file names, else what the kind alone says; none where that says nothing."""
    by_kind = DEFAULT_THEME.get(kind_of(fact.kind).id, "")
    return {"themes": ";".join(fact.themes) or by_kind, "themes_from": "page" if fact.themes else "kind"}


def _add_tie(found: Rows, fact: OwnFact, about: dict[str, str]) -> None:
    found["cases/partnerships.csv"].append(
        about
        | _themes(fact)
        | {
            "from_code": fact.codes[0],
            "to_code": fact.codes[1],
            "kind": fact.kind or fact.name or _KINDS["ties"],
            "since": fact.since,
            "until": fact.until,
            "strength": "explicit",
            "note": fact.note,
            "name": fact.name if fact.kind else "",
        }
    )
    _evidence(found, fact, about)


def _add_network(found: Rows, fact: OwnFact, about: dict[str, str]) -> None:
    found["cases/networks.csv"].append(
        about
        | _themes(fact)
        | {
            "name": fact.name or fact.kind or _KINDS["networks"],
            "kind": fact.kind or fact.name or _KINDS["networks"],
            "member_codes": ";".join(fact.codes),
            "membership": "listed",
            "complete": "unknown",
            "since": fact.since,
            "until": fact.until,
            "note": fact.note,
        }
    )
    _evidence(found, fact, about)


def _add_bloc(found: Rows, fact: OwnFact, about: dict[str, str]) -> None:
    found["cases/blocs.csv"].append(
        about
        | {
            "name": fact.name or fact.kind or _KINDS["blocs"],
            "member_codes": ";".join(fact.codes),
            "representative": fact.lead,
            "since": fact.since,
            "until": fact.until,
            "membership": "listed",
            "themes": ";".join(fact.themes),
            "note": fact.note,
        }
    )
    _evidence(found, fact, about)


def _add_case(found: Rows, fact: OwnFact, about: dict[str, str]) -> None:
    longitude, latitude = fact.point or ("", "")
    found["cases/cases.csv"].append(
        about
        | {
            "kind": fact.kind or _KINDS["cases"],
            "fiscal_year": fact.since[:4],
            "member_codes": ";".join(code for code in fact.codes if not code.endswith("000")),
            "prefecture_codes": ";".join(sorted({code[:2] for code in fact.codes})),
            "themes": ";".join(fact.themes),
            "title": fact.name,
            "organisation": fact.lead,
            "note": fact.note,
            "longitude": f"{longitude}",
            "latitude": f"{latitude}",
        }
    )
    stands_on = {"case_id": about["id"], "document": about["document"], "lines": about["lines"]}
    for number, (aspect, text) in enumerate(fact.items, 1):
        found["cases/items.csv"].append(stands_on | {"number": str(number), "aspect": aspect, "text": text})
    if fact.summary:
        summary = {"summary": fact.summary, "summary_en": fact.summary}
        found["cases/case_contents.csv"].append({"case_id": about["id"], **summary})


_ADD = {"ties": _add_tie, "networks": _add_network, "blocs": _add_bloc, "cases": _add_case}
