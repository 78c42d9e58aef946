"""What was, what is planned, what was reached: dated figures, plans and phases on one line per place and per theme."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from layers.cases import FIGURE_STATUSES
from layers.statements import STATUSES, TOPICS
from layers.tables import rows
from renkei.present.case_card import case_rows, codes_of_case
from renkei.present.figure_texts import figure_line
from renkei.present.words import japanese_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from renkei.atlas import Atlas
    from renkei.present.words import Language

Nature = Literal["fact", "planned", "phase"]
_YEAR = re.compile(r"(?:FY)?(\d{4})(?:-(\d{2}))?")


@dataclass(frozen=True)
class Moment:
    """One thing on the line.

    Parameters
    ----------
    start, end
        ISO date, month, year or fiscal year; ``end`` "" for a moment.
    when
        As shown.
    text
        What was, or is to be.
    nature
        ``fact``: reported as reached; ``planned``: target, plan, budget, projection; ``phase``: of a schedule.
    label
        「目標」, 「推計」, 「日程」 …; "" for a fact.
    inferred
        Whether the year is inferred.
    case_id, bloc_id
        Where it comes from; "" where it does not.
    source
        Title, publisher and date of the document.
    """

    start: str
    end: str
    when: str
    text: str
    nature: Nature
    label: str
    inferred: bool
    case_id: str
    bloc_id: str
    source: str


@dataclass(frozen=True)
class PlannedAndReached:
    """The same figure as planned and as reached: ``label``, ``planned``, ``reached`` (with their dates)."""

    label: str
    planned: Moment
    reached: Moment


@dataclass(frozen=True)
class Timeline:
    """What is dated, in the order of time; and where both are known, what was planned beside what was reached."""

    moments: tuple[Moment, ...]
    pairs: tuple[PlannedAndReached, ...]


def timeline(atlas: Atlas, code: str = "", theme: str = "", language: Language = "ja") -> Timeline:
    """Return what is dated of a place, of a theme, or of a theme in a place.

    Parameters
    ----------
    code
        Of a municipality, or of a prefecture (PP000); "" for all.
    theme
        Name as stored; "" for all.

    Examples
    --------
    >>> from renkei.atlas import Atlas
    >>> found = timeline(Atlas.open(), code="01207")
    >>> [(each.start, each.end, each.nature) for each in found.moments]
    [('2025-10', '2026-02', 'phase')]
    """
    cases = {
        identifier
        for identifier, row in case_rows(atlas).items()
        if (not code or code in codes_of_case(row)) and (not theme or theme in row["themes"])
    }
    moments = [*_figures(atlas, cases, language), *_statements(atlas, cases, language)]
    moments += _phases(atlas, code, theme, language)
    moments.sort(key=lambda each: (_order(each.start), _order(each.end), each.text))
    return Timeline(tuple(moments), tuple(_pairs(atlas, cases, language)))


def _order(iso: str) -> tuple[int, int]:
    found = _YEAR.match(iso)
    if not found:
        return (9999, 0)
    # A fiscal year begins in April.
    return int(found[1]), int(found[2] or (4 if iso.startswith("FY") else 1))


def _when(start: str, end: str, language: Language) -> str:
    shown = [each if language == "en" else japanese_date(each) for each in (start, end) if each]
    return ("～" if language == "ja" else " – ").join(dict.fromkeys(shown))


def _figures(atlas: Atlas, cases: set[str], language: Language) -> Iterator[Moment]:
    titles = atlas.documents()
    for row in rows(atlas.figures()):
        if row["case_id"] in cases and row["as_of"] and row["scope"] not in ("nationwide", "other_municipality"):
            line = figure_line(row, language)
            document = titles.loc[row["document"]]
            text = row["label"] if row["kind"] == "schedule" else f"{row['label']} {line.text}"
            yield Moment(
                row["as_of"],
                "",
                _when(row["as_of"], "", language),
                text,
                "fact" if line.is_fact else "planned",
                line.status,
                inferred=False,
                case_id=row["case_id"],
                bloc_id="",
                source=f"{document['title']}（{document['publisher']}、{document['published']}）",
            )


def _statements(atlas: Atlas, cases: set[str], language: Language) -> Iterator[Moment]:
    english = language == "en"
    for row in rows(atlas.statements()):
        day = row["date"] or row["target_year"]
        if row["case_id"] in cases and day:
            planned = row["status"] in ("target", "planned", "applied")
            yield Moment(
                day,
                "",
                _when(day, "", language),
                f"{TOPICS[row['topic']][english]}：{row['detail']}",
                "planned" if planned else "fact",
                STATUSES[row["status"]][english],
                inferred=False,
                case_id=row["case_id"],
                bloc_id="",
                source=row["source"],
            )


def _phases(atlas: Atlas, code: str, theme: str, language: Language) -> Iterator[Moment]:
    blocs = {
        row["id"]
        for row in rows(atlas.blocs())
        if (not code or code in (*row["member_codes"], *row["prefecture_members"]))
        and (not theme or theme in row["themes"])
    }
    known = case_rows(atlas)
    for row in rows(atlas.schedule()):
        if row["bloc_id"] in blocs:
            note = f"（{row['note']}）" if row["note"] else ""
            yield Moment(
                row["start"],
                row["end"],
                _when(row["start"], row["end"], language),
                row["phase"] + note,
                "phase",
                "日程" if language == "ja" else "schedule",
                inferred=bool(row["year_inferred"]),
                case_id=row["bloc_id"] if row["bloc_id"] in known else "",
                bloc_id=row["bloc_id"],
                source=row["source"],
            )


def _plain_label(label: str) -> str:
    return re.sub(r"[（(].*?[)）]|目標|推計|の|・|計画", "", label)


def _pairs(atlas: Atlas, cases: set[str], language: Language) -> Iterator[PlannedAndReached]:
    """Yield figures of one case and one subject of which both a plan and a fact are told, in the same unit."""
    found: dict[tuple[str, str, str], dict[str, list[dict[str, str]]]] = {}
    for row in rows(atlas.figures()):
        if row["case_id"] in cases and row["kind"] != "schedule":
            key = (row["case_id"], _plain_label(row["label"]), row["unit"])
            side = "reached" if row["status"] == "actual" else "planned" if row["status"] in FIGURE_STATUSES else ""
            found.setdefault(key, {}).setdefault(side, []).append(row)
    for (case, label, _), sides in found.items():
        if label and {"reached", "planned"} <= sides.keys():
            planned = max(sides["planned"], key=lambda row: _order(row["as_of"]))
            reached = max(sides["reached"], key=lambda row: _order(row["as_of"]) if row["as_of"] else (0, 0))
            yield PlannedAndReached(label, _moment(case, planned, language), _moment(case, reached, language))


def _moment(case: str, row: dict[str, str], language: Language) -> Moment:
    line = figure_line(row, language)
    return Moment(
        row["as_of"],
        "",
        line.date,
        line.text,
        "fact" if line.is_fact else "planned",
        line.status,
        inferred=False,
        case_id=case,
        bloc_id="",
        source="",
    )
