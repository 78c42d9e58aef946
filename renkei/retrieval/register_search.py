"""Search of all but the cases: places by name, ties, networks, joint areas, organisations, indicators."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.codes import PREFECTURES, PREFECTURES_EN, to_code6
from geo.gazetteer import display_name
from layers.folding import fold_all
from layers.organisations import KINDS as ORGANISATION_KINDS
from layers.organisations import LINKS
from layers.tables import per_snapshot, rows
from renkei.retrieval.answers import Hit, Kind
from renkei.retrieval.case_passages import Passage, PassageText
from renkei.retrieval.marks import marked
from renkei.retrieval.ranking import LEAST, rank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from renkei.atlas import Atlas
    from renkei.retrieval.conditions import Condition
    from renkei.retrieval.query_units import Unit

WEIGHTS = {"name": 3.0, "about": 1.5, "members": 1.2}
BESIDE = 0.7
"""What a fact of the register counts beside a case: a case tells more."""


@dataclass(frozen=True)
class Entry:
    """One fact: what a hit shows, and what of it is looked through."""

    kind: Kind
    id: str
    title: str
    place: str
    codes: tuple[str, ...]
    about: str
    members: str = ""


@dataclass(frozen=True)
class RegisterIndex:
    """The facts of one kind as texts."""

    entries: tuple[Entry, ...]
    text: PassageText


def _ties(atlas: Atlas) -> list[Entry]:
    return [
        Entry(
            "tie",
            row["id"],
            row["kind"],
            f"{display_name(row['from_code'])} — {display_name(row['to_code'])}",
            (row["from_code"], row["to_code"]),
            "・".join(row["themes"]),
            f"{display_name(row['from_code'])}、{display_name(row['to_code'])}",
        )
        for row in rows(atlas.ties())
    ]


def _areas(kind: Kind, frame: pd.DataFrame, about: tuple[str, ...]) -> list[Entry]:
    entries = []
    for row in rows(frame):
        members = [display_name(code) for code in row["member_codes"]]
        place = "、".join(members[:3]) + (f"ほか{len(members) - 3}" if len(members) > 3 else "")  # noqa: PLR2004
        texts = [str(row[column]) for column in about if row[column]]
        codes = (*row["member_codes"], *row["prefecture_members"])
        entries.append(
            Entry(
                kind,
                row["id"],
                row["name"],
                place,
                codes,
                "。".join([*texts, "・".join(row["themes"])]),
                "、".join(members),
            )
        )
    return entries


def _organisations(atlas: Atlas) -> list[Entry]:
    links = atlas.organisation_links()
    told: dict[str, list[str]] = defaultdict(list)
    codes: dict[str, list[str]] = defaultdict(list)
    for identifier, link, code, role in zip(
        links["organisation_id"], links["link"], links["code"], links["role"], strict=True
    ):
        where = display_name(code) if code else ""
        told[identifier].append(f"{LINKS[link][0]}：{where}" + (f"（{role}）" if role else ""))
        codes[identifier] += [code] if code else []
    return [
        Entry(
            "organisation",
            str(row["id"]),
            row["name"],
            display_name(row["place"]) if row["place"] else ORGANISATION_KINDS[row["kind"]][0],
            tuple(dict.fromkeys(codes[row["id"]])),
            "、".join(dict.fromkeys(told[row["id"]])),
            "、".join((*row["names"], row["parent"])),
        )
        for row in rows(atlas.organisations().reset_index())
    ]


def _indicators(atlas: Atlas) -> list[Entry]:
    return [
        Entry("indicator", each.id, each.title, each.publisher, (), f"{each.title_en}。{each.unit}", each.source)
        for each in atlas.indicators()
    ]


MAKERS = {
    "tie": _ties,
    "network": lambda atlas: _areas("network", atlas.networks(), ("kind",)),
    "bloc": lambda atlas: _areas("bloc", atlas.blocs(), ("project", "representative")),
    "organisation": _organisations,
    "indicator": _indicators,
}


@per_snapshot()
def register_index(atlas: Atlas, kind: Kind) -> RegisterIndex:
    """Make the index of one kind of fact."""
    entries = tuple(MAKERS[kind](atlas))
    texts = [
        (number, name, text)
        for number, entry in enumerate(entries)
        for name, text in (("name", entry.title), ("about", entry.about), ("members", entry.members))
        if text
    ]
    folded = fold_all(text for _, _, text in texts)
    return RegisterIndex(entries, PassageText([Passage(*text, f) for text, f in zip(texts, folded, strict=True)]))


def search_register(
    atlas: Atlas, kind: Kind, units: Sequence[Unit], conditions: Sequence[Condition], allowed: set[str] | None = None
) -> list[Hit]:
    """Return the facts of one kind that answer a question, best first.

    Of the conditions, only prefectures and regions say something of a fact that is no case; under any other, none is
    an answer.
    """
    must = [condition for condition in conditions if condition.strictness == "must"]
    if not all(condition.is_place for condition in must):
        return []
    index = register_index(atlas, kind)
    factors = [
        float(
            (allowed is None or entry.id in allowed)
            and (not must or any(condition.meets_codes(entry.codes) for condition in must))
        )
        for entry in index.entries
    ]
    if not any(unit.solid for unit in units):
        return []
    ranked = rank(index.text, units, WEIGHTS, factors)
    if not ranked.answers or not ranked.scores:
        return []
    order = sorted(ranked.scores, key=lambda number: (-ranked.scores[number], number))
    least = LEAST * ranked.scores[order[0]]
    hits = []
    for number in order:
        if ranked.scores[number] >= least:
            entry = index.entries[number]
            position = ranked.best.get(number)
            match = index.text.passages[position].text if position is not None else entry.title
            score = round(min(1.0, BESIDE * ranked.scores[number] / ranked.whole), 3)
            hits.append(
                Hit(
                    kind,
                    entry.id,
                    entry.title,
                    entry.place,
                    max(score, 0.001),
                    match,
                    marked(match, units),
                    "",
                    entry.codes,
                )
            )
    return hits


EXACT, BEGINS, WITHIN = 1.0, 0.85, 0.6
"""A place whose name was typed; one whose name begins so; one that is named in a sentence."""
FEWEST = 2
MOST_PLACES = 20
LONGEST_NAME = 12


@dataclass(frozen=True)
class PlaceNames:
    """The names of municipalities and prefectures: folded name → codes; the names in order."""

    codes: dict[str, tuple[str, ...]]
    ordered: tuple[str, ...]
    shown: dict[str, str]


@per_snapshot()
def place_names(atlas: Atlas) -> PlaceNames:
    """Return the names by which a place may be typed: full, short, kana, English, code of 5 and 6 digits."""
    towns = atlas.municipalities()
    shown = dict(zip(towns.index, towns["prefecture"] + towns["name"], strict=True))
    pairs = [
        (written, code)
        for column in (towns["name"], towns["name"].str[:-1], towns["kana"], towns["english"], towns["code6"])
        for code, written in zip(towns.index, column, strict=True)
    ]
    pairs += [(written, code) for code, written in shown.items()] + [(code, code) for code in shown]
    for code, name in PREFECTURES.items():
        shown[f"{code}000"] = name
        short = name if code == "01" else name[:-1]
        pairs += [(written, f"{code}000") for written in (name, short, PREFECTURES_EN[code], f"{code}000")]
    found: dict[str, list[str]] = defaultdict(list)
    for (_, code), folded in zip(pairs, fold_all(written for written, _ in pairs), strict=True):
        if folded and code not in found[folded]:
            found[folded].append(code)
    return PlaceNames({name: tuple(codes) for name, codes in found.items()}, tuple(sorted(found)), shown)


def search_places(atlas: Atlas, question: str, allowed: set[str] | None = None) -> list[Hit]:
    """Return the municipalities and prefectures that a folded question names: whole, by its beginning, or within it."""
    names = place_names(atlas)
    scores: dict[str, float] = {}
    for code in names.codes.get(question, ()):
        scores[code] = EXACT
    if len(question) >= FEWEST:
        start = bisect_left(names.ordered, question)
        end = bisect_left(names.ordered, question + "\uffff")
        for name in names.ordered[start:end]:
            for code in names.codes[name]:
                scores.setdefault(code, BEGINS)
    if not scores:
        for name in _within(question):
            for code in names.codes.get(name, ()):
                scores.setdefault(code, WITHIN)
    return [
        Hit("place", code, names.shown[code], names.shown[code], scores[code], _code_text(code), (), "", (code,))
        for code in sorted(scores, key=lambda code: (-scores[code], code))[:MOST_PLACES]
        if allowed is None or code in allowed or code.endswith("000")
    ]


def _within(question: str) -> Iterator[str]:
    """Yield the pieces of a question that may be a full name, longest first."""
    ends = [position + 1 for position, character in enumerate(question) if character in "市区町村都道府県"]
    pieces = {question[start:end] for end in ends for start in range(max(0, end - LONGEST_NAME), end - FEWEST)}
    yield from sorted(pieces, key=lambda piece: (-len(piece), piece))


def _code_text(code: str) -> str:
    return "" if code.endswith("000") else f"団体コード {to_code6(code)}"
