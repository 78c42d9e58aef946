"""The cases as passages: every sentence that a search looks through, with the weight of where it stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from layers.themes import THEMES
from renkei.search.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from renkei.atlas import Atlas

WEIGHTS = {
    "title": 3.0,
    "keywords": 2.6,
    "summary": 2.4,
    "challenge": 1.5,
    "measure": 1.5,
    "success": 1.2,
    "difficulty": 1.4,
    "outlook": 0.7,
    "partner": 1.6,
    "means": 0.8,
    "themes": 0.8,
    "place": 1.2,
    "sender": 0.6,
    "figure": 0.4,
    "mentioned": 0.5,
}
"""How much a word counts where it stands: a title tells more than a passing word of the source."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a case."""

    case: int
    field: str
    text: str
    folded: str


@dataclass
class PassageText:
    """All passages in one string, so that a word is found in all of them at once."""

    passages: list[Passage]
    joined: str = field(init=False)
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Join the folded texts; no word reaches across two of them."""
        self.starts, position = [], 0
        for passage in self.passages:
            self.starts.append(position)
            position += len(passage.folded) + 1
        self.joined = "\n".join(passage.folded for passage in self.passages)

    def places(self, term: str) -> Iterator[int]:
        """Yield the passage of every occurrence of a folded term; a term of ASCII must be a whole word."""
        joined, length = self.joined, len(term)
        first, last = _is_ascii_word(term[0]), _is_ascii_word(term[-1])
        at = joined.find(term)
        while at >= 0:
            end = at + length
            if not (
                (first and at and _is_ascii_word(joined[at - 1]))
                or (last and end < len(joined) and _is_ascii_word(joined[end]))
            ):
                yield bisect_right(self.starts, at) - 1
            at = joined.find(term, end)


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def case_passages(atlas: Atlas) -> tuple[list[str], list[Passage]]:
    """Return the ids of the cases, and their passages; case numbers point into the ids."""
    cases = atlas.cases()
    ids = list(cases["id"])
    number = {identifier: position for position, identifier in enumerate(ids)}
    english = {theme.name: theme.name_en for theme in THEMES}
    names = atlas.municipalities()
    texts: list[tuple[int, str, str]] = []
    for row in cases.itertuples(index=False):
        case = number[row.id]
        places = [f"{names.at[code, 'prefecture']}{names.at[code, 'name']}" for code in row.member_codes]
        texts += [
            (case, "title", row.title),
            (case, "sender", f"{row.organisation} {row.role}".strip()),
            (case, "place", " ".join(places)),
            (case, "themes", " ".join((*row.themes, *(english[theme] for theme in row.themes)))),
        ]
    for row in atlas.case_contents().itertuples():
        case = number[row.Index]
        texts += [(case, "summary", row.summary), (case, "means", " ".join(row.means))]
        texts += [(case, "keywords", keyword) for keyword in row.keywords]
    texts += [(number[row.case_id], row.aspect, row.text) for row in atlas.items().itertuples(index=False)]
    texts += [
        (number[row.case_id], "partner", f"{row.name}：{row.role}") for row in atlas.case_partners().itertuples(index=False)
    ]
    texts += [(number[row.case_id], "figure", row.label) for row in atlas.figures().itertuples(index=False)]
    return ids, [Passage(case, name, text, fold(text)) for case, name, text in texts if text]
