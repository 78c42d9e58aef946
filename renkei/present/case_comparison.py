"""Cases side by side: what kind of town, what was wrong, what was done, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import InvalidFilterError
from renkei.present.case_card import CaseCard, case_card
from renkei.present.case_words import case_word
from renkei.present.figure_texts import number_text
from renkei.present.words import japanese_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.atlas import Atlas
    from renkei.present.words import Language

FEWEST, MOST = 2, 5
POPULATION = "census_population"


@dataclass(frozen=True)
class Comparison:
    """Cases in columns.

    Parameters
    ----------
    ids, titles
        Of the cases.
    rows
        (heading, cells); a cell is a tuple of lines, one cell a case.
    """

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


def compare_cases(atlas: Atlas, ids: Sequence[str], language: Language = "ja") -> Comparison:
    """Return two to five cases side by side.

    Raises
    ------
    InvalidFilterError
        When there are fewer than two or more than five.
    UnknownNameError
        When one does not exist.

    Examples
    --------
    >>> from renkei.atlas import Atlas
    >>> found = compare_cases(Atlas.open(), ["dispatch-r4-041", "dispatch-r4-105"])
    >>> [heading for heading, _ in found.rows][:4]
    ['自治体', '人口', '年度', 'テーマ']
    """
    once = tuple(dict.fromkeys(ids))
    if not FEWEST <= len(once) <= MOST:
        msg = f"比べる事例は{FEWEST}～{MOST}件選んでください（いま{len(once)}件）。"
        raise InvalidFilterError(msg)
    cards = [case_card(atlas, identifier, language) for identifier in once]
    none = (case_word("none", language),)

    def row(key: str, cells: Sequence[tuple[str, ...]]) -> tuple[str, tuple[tuple[str, ...], ...]]:
        return case_word(key, language), tuple(cell or none for cell in cells)

    return Comparison(
        once,
        tuple(card.title for card in cards),
        (
            row("place", [(card.place,) for card in cards]),
            row("population", [_population(atlas, card, language) for card in cards]),
            row("year", [(card.year,) if card.year else () for card in cards]),
            row("themes", [tuple(name for _, name in card.themes) for card in cards]),
            row("means", [card.means for card in cards]),
            row("stage", [(card.stage,) for card in cards]),
            *(row(key, [_entries(card, key) for card in cards]) for key in ("challenge", "measure")),
            *(
                row(aspect, [_of_aspect(card, aspect, language) for card in cards])
                for aspect in ("success", "difficulty")
            ),
            row("outlook", [_entries(card, "outlook") for card in cards]),
            row("partners", [tuple(partner.name for partner in card.partners) for card in cards]),
            row("figures", [_figures(card) for card in cards]),
            row("ask", [(card.ask,) for card in cards]),
            row("source", [_source(card) for card in cards]),
        ),
    )


def _population(atlas: Atlas, card: CaseCard, language: Language) -> tuple[str, ...]:
    """Return the population of each municipality, with its date."""
    indicator = atlas.indicator(POPULATION)
    date = indicator.dates[-1]
    people = atlas.values(POPULATION, date)
    when = date if language == "en" else japanese_date(date)
    return tuple(
        f"{number_text(float(people[code])) if language == 'ja' else format(int(people[code]), ',')}（{when}）"
        for code in card.codes
        if code in people.index and people[code] == people[code]
    )


def _entries(card: CaseCard, key: str) -> tuple[str, ...]:
    return tuple(entry.text for each in card.lists if each.id == key for entry in each.entries)


def _of_aspect(card: CaseCard, aspect: str, language: Language) -> tuple[str, ...]:
    label = case_word(aspect, language)
    return tuple(entry.text for each in card.lists for entry in each.entries if entry.label == label)


def _figures(card: CaseCard) -> tuple[str, ...]:
    return tuple(
        f"{line.label} {line.text}"
        + (
            f"（{'・'.join(filter(None, (line.status, line.scope, line.date)))}）"
            if line.status or line.scope or line.date
            else ""
        )
        for line in card.figures
    )


def _source(card: CaseCard) -> tuple[str, ...]:
    return (" ".join(filter(None, (card.source.title, card.source.publisher, card.source.page, card.source.lines))),)
