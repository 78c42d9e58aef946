"""A planner's own ties, networks, joint areas, cases and points, read row by row; what cannot be shown says why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geo.errors import DataError
from geo.gazetteer import display_name
from renkei.exchange.own_places import all_of_a_prefecture, decided, names_in, resolved
from renkei.exchange.own_points import points_of
from renkei.exchange.own_reading import ASPECTS, LONGEST_NAME, LONGEST_TEXT, Reading
from renkei.exchange.own_table import SHOWN, OwnTable, PreviewRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from renkei.exchange.column_roles import Role
    from renkei.exchange.own_kinds import FactTable, OwnKind
    from renkei.exchange.own_places import Party

MOST_FACTS = 50_000
SHORT = 40
"""Characters of a title that is taken from what a case says."""


@dataclass(frozen=True)
class OwnFact:
    """A fact of a planner's own file.

    Parameters
    ----------
    table
        Of which kind it is.
    row, part
        Row of the file, and which of several facts of that row, from 1 (0 for the only one).
    codes
        Municipalities (or PP000): both parties of a tie, the members of all else.
    name, kind, since, until, note
        As written; dates ISO.
    themes
        Of the fifteen.
    lead
        Central city or lead of a group; organisation of a case.
    items
        (aspect, text) of a case.
    summary
        Of a case.
    point
        Longitude and latitude, EPSG:6668, of a case that stands at a place of its own.
    rows
        Rows of the file, where they are several.
    """

    table: FactTable
    row: int
    codes: tuple[str, ...]
    part: int = 0
    name: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""
    note: str = ""
    themes: tuple[str, ...] = ()
    lead: str = ""
    items: tuple[tuple[str, str], ...] = ()
    summary: str = ""
    point: tuple[float, float] | None = None
    rows: tuple[int, ...] = ()


def preview_facts(
    kind: OwnKind,
    header: Sequence[str],
    body: Sequence[tuple[int, Sequence[str]]],
    roles: Sequence[Role],
    decisions: Mapping[str, str] | None = None,
) -> OwnTable:
    """Read a table of facts.

    Parameters
    ----------
    kind
        What it holds; not ``indicator``.
    header, body
        Headings; (row number, cells), as wide as the header.
    roles
        What each column is.
    decisions
        ``PreviewRow.key`` to the 5-digit code that a person chose.

    Returns
    -------
    OwnTable
        Every row of ``body`` is in ``rows``.

    Raises
    ------
    DataError
        When a column without which nothing can be shown is missing, or there are too many facts.

    Examples
    --------
    >>> found = preview_facts("ties", ["自治体", "相手", "締結日"], [(2, ["川場村", "世田谷区", "昭和56年"])],
    ...                       ["name", "partner", "date"])
    >>> found.facts[0].codes, found.facts[0].since
    (('10444', '13112'), '1981')
    """
    read = Reading(
        header, roles, [(n, [*cells, *[""] * (len(header) - len(cells))]) for n, cells in body], decisions or {}
    )
    match kind:
        case "ties":
            read.must_have(("partner",), ("code", "name", "lead"))
            rows, facts = _ties(read)
        case "networks" | "blocs":
            read.must_have(("members", "code", "name"))
            rows, facts = _groups(read, kind)
        case "points":
            read.must_have(("longitude",), ("latitude",))
            rows, facts = _cases(read, located=True)
        case _:
            read.must_have(("code", "name", "members"))
            rows, facts = _cases(read, located=False)
    if len(facts) > MOST_FACTS:
        msg = f"{len(facts):,}件あります（{MOST_FACTS:,}件まで）。分けて読み込んでください。"
        raise DataError(msg)
    shown = {row.number for row in rows if row.outcome in SHOWN}
    unread = tuple(each for each in read.unread if each[0] in shown)
    return OwnTable(tuple(header), tuple(roles), tuple(rows), (), kind, tuple(facts), unread)


def _open(number: int, written: str, name: str, party: Party) -> PreviewRow:
    """Return a row of which a name is open."""
    reason = party.reason or f"「{name[:30]}」が市区町村に決まりません。"
    return PreviewRow(number, written, party.outcome, "", party.candidates, reason, name)


def _parties(read: Reading, named: Mapping[int, list[str]]) -> dict[int, dict[str, Party]]:
    """Return what the names of each row are, as far as decided by hand in that row."""
    known = resolved(name for names in named.values() for name in names)
    return {
        number: {name: decided(known[name], read.decisions.get(f"{number}:{name}", "")) for name in names}
        for number, names in named.items()
    }


def _first_open(parties: Mapping[str, Party]) -> str | None:
    return next((name for name, each in parties.items() if not each.code), None)


def _merged(parties: Iterable[Party]) -> str:
    """Say which names are of municipalities that have been merged since; "" where none is."""
    return "".join(each.reason for each in parties if each.outcome == "merged")


def _row_outcome(place: PreviewRow | None, parties: Mapping[str, Party]) -> Literal["matched", "merged", "chosen"]:
    outcomes = [each.outcome for each in parties.values()] + ([place.outcome] if place else [])
    return "chosen" if "chosen" in outcomes else "merged" if "merged" in outcomes else "matched"


def _own_party(row: PreviewRow, parties: Mapping[str, Party]) -> str:
    """Return the code of a row's own place; a prefecture can be a party too."""
    if row.outcome in SHOWN:
        return row.code
    party = parties.get(_last(row.written))
    return party.code if party and row.outcome == "not_a_place" else ""


def _last(written: str) -> str:
    """Return the name of a place that is written as code, prefecture and name."""
    return written.rpartition(" ")[2]


def _ties(read: Reading) -> tuple[list[PreviewRow], list[OwnFact]]:
    places = read.places()
    if not read.columns("code", "name"):
        named = {number: read.cell(cells, "lead") for number, cells in read.body}
        leads = resolved(named.values())
        places = {n: PreviewRow(n, name, *leads[name][:4]) for n, name in named.items()}
    partners = {n: names_in("、".join(cells[at] for at in read.columns("partner"))) for n, cells in read.body}
    parties = _parties(read, partners)
    prefectures = resolved({_last(row.written) for row in places.values() if row.outcome == "not_a_place"} - {""})
    rows: list[PreviewRow] = []
    facts: list[OwnFact] = []
    for number, cells in read.body:
        place, others = places[number], parties[number]
        own = _own_party(place, prefectures)
        written = f"{place.written} – {'、'.join(others)}"
        name = _first_open(others)
        codes = list(dict.fromkeys(each.code for each in others.values()))
        if not own:
            rows.append(place)
        elif not others:
            rows.append(PreviewRow(number, written, "unknown", reason="相手の欄が空です。"))
        elif name is not None:
            rows.append(_open(number, written, name, others[name]))
        elif own in codes:
            reason = f"{display_name(own)} が自分自身の相手になっています。"
            rows.append(PreviewRow(number, written, "conflict", reason=reason))
        else:
            reason = place.reason * (place.outcome == "merged") + _merged(others.values())
            rows.append(PreviewRow(number, written, _row_outcome(place, others), own, reason=reason))
            said = read.common(number, cells)
            for part, code in enumerate(codes, 1):
                facts.append(OwnFact("ties", number, (own, code), part if len(codes) > 1 else 0, **said))  # type: ignore[arg-type]
    return rows, facts


def _groups(read: Reading, table: Literal["networks", "blocs"]) -> tuple[list[PreviewRow], list[OwnFact]]:
    if not read.columns("members"):
        return _groups_of_rows(read, table)
    named = {n: names_in("、".join(cells[at] for at in read.columns("members"))) for n, cells in read.body}
    whole = {name: codes for names in named.values() for name in names if (codes := all_of_a_prefecture(name))}
    parties = _parties(read, {n: [name for name in names if name not in whole] for n, names in named.items()})
    places, leads = read.places(), resolved(read.cell(cells, "lead") for _, cells in read.body)
    rows: list[PreviewRow] = []
    facts: list[OwnFact] = []
    for number, cells in read.body:
        members = parties[number]
        said = read.common(number, cells)
        written = str(said["name"]) or "、".join(named[number])[:LONGEST_NAME]
        first = leads[read.cell(cells, "lead")].code or places[number].code
        every = [code for name in named[number] if name in whole for code in whole[name]]
        codes = tuple(filter(None, dict.fromkeys((first, *(each.code for each in members.values()), *every))))
        if (name := _first_open(members)) is not None:
            rows.append(_open(number, f"{written}：{name}", name, members[name]))
        elif all(code.endswith("000") for code in codes):
            rows.append(PreviewRow(number, written, "not_a_place", reason="構成自治体がありません。"))
        else:
            rows.append(
                PreviewRow(number, written, _row_outcome(None, members), codes[0], reason=_merged(members.values()))
            )
            facts.append(OwnFact(table, number, codes, lead=read.cell(cells, "lead"), **said))  # type: ignore[arg-type]
    return rows, facts


def _groups_of_rows(read: Reading, table: Literal["networks", "blocs"]) -> tuple[list[PreviewRow], list[OwnFact]]:
    """Read a table with a row a member: rows of one name are one group."""
    read.must_have(("title",))
    places = read.places()
    rows, cells_of = [], dict(read.body)
    groups: dict[str, list[int]] = defaultdict(list)
    for number, cells in read.body:
        place, name = places[number], read.cell(cells, "title")
        if place.outcome in SHOWN and not name:
            rows.append(PreviewRow(number, place.written, "unknown", reason="名称の欄が空です。"))
            continue
        rows.append(place)
        if place.outcome in SHOWN:
            groups[name].append(number)
    facts = []
    for numbers in groups.values():
        said = read.common(numbers[0], cells_of[numbers[0]])
        codes = tuple(dict.fromkeys(places[number].code for number in numbers))
        lead = next(filter(None, (read.cell(cells_of[number], "lead") for number in numbers)), "")
        facts.append(OwnFact(table, numbers[0], codes, lead=lead, rows=tuple(numbers), **said))  # type: ignore[arg-type]
    return rows, facts


def _cases(read: Reading, *, located: bool) -> tuple[list[PreviewRow], list[OwnFact]]:
    places = {} if located else read.places()
    named = {} if located else {n: _case_names(read, cells, places[n]) for n, cells in read.body}
    parties = _parties(read, named)
    points = points_of(read)
    rows: list[PreviewRow] = []
    facts: list[OwnFact] = []
    for number, cells in read.body:
        point, inside, reason = points.get(number, (None, "", ""))
        title = read.cell(cells, "title") or read.cell(cells, "name")
        if located:
            row = PreviewRow(number, title or f"{number}", "matched" if inside else "outside", inside, reason=reason)
            codes: tuple[str, ...] = (inside,)
        else:
            row, codes = _case_row(number, places[number], parties[number])
            point = point if inside in codes else None
        rows.append(row)
        if row.outcome not in SHOWN:
            continue
        aspects = [
            (aspect, " ".join(cells[at].split())[:LONGEST_TEXT]) for aspect in ASPECTS for at in read.columns(aspect)
        ]
        items = tuple((aspect, text) for aspect, text in aspects if text)
        summary = next((text for aspect, text in items if aspect == "measure"), "")
        called = title if located else read.cell(cells, "title")
        texts = [_short(text) for text in (summary, *(text for _, text in items)) if text]
        said = read.common(number, cells, case=True) | {
            "name": called or next(iter(texts), ""),
            "kind": read.cell(cells, "category") or ("地点" if located else ""),
            "lead": read.cell(cells, "organisation"),
            "summary": summary,
        }
        facts.append(OwnFact("cases", number, codes, items=items, point=point, **said))  # type: ignore[arg-type]
    return rows, facts


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"


def _case_names(read: Reading, cells: Sequence[str], place: PreviewRow) -> list[str]:
    """Return the names of a case's municipalities where they are several."""
    if members := names_in("、".join(cells[at] for at in read.columns("members"))):
        return members
    if place.outcome in SHOWN:
        return []
    names = names_in(read.cell(cells, "name", LONGEST_TEXT) or read.cell(cells, "code"))
    return names if len(names) > 1 or place.outcome == "not_a_place" else []


def _case_row(number: int, place: PreviewRow, parties: Mapping[str, Party]) -> tuple[PreviewRow, tuple[str, ...]]:
    """Return a row of a case and its municipalities."""
    if (name := _first_open(parties)) is not None:
        return (
            (place, ())
            if len(parties) == 1 and place.written
            else (_open(number, "、".join(parties), name, parties[name]), ())
        )
    own = place.code if place.outcome in SHOWN else ""
    codes = tuple(filter(None, dict.fromkeys((own, *(each.code for each in parties.values())))))
    if not codes:
        return place, ()
    reason = place.reason * (place.outcome == "merged") + _merged(parties.values())
    written = place.written or "、".join(parties)
    outcome = _row_outcome(place if own else None, parties)
    return PreviewRow(number, written, outcome, codes[0], reason=reason), codes
