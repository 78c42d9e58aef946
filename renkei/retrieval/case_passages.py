"""The cases as passages: every sentence that a search looks through, with the weight of where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from layers.folding import fold_all
from layers.tables import rows
from layers.themes import THEMES

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
    "summary_en": 1.5,
    "themes": 0.8,
    "place": 1.2,
    "sender": 1.0,
    "figure": 0.4,
    "mentioned": 0.5,
    "often": 0.6,
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
    known: dict[str, tuple[int, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Join the folded texts; no word reaches across two of them."""
        self.starts, position = [], 0
        for passage in self.passages:
            self.starts.append(position)
            position += len(passage.folded) + 1
        self.joined = "\n".join(passage.folded for passage in self.passages)

    def places(self, term: str) -> tuple[int, ...]:
        """Return the passage of every occurrence of a folded term; a term of ASCII must be a whole word."""
        found = self.known.get(term)
        if found is None:
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            found = self.known[term] = tuple(self._places(term))
        return found

    def occurrences(self, piece: str) -> Iterator[int]:
        """Yield the passage of every occurrence of a folded piece of text, whether it is a word or not."""
        at = self.joined.find(piece)
        while at >= 0:
            yield bisect_right(self.starts, at) - 1
            at = self.joined.find(piece, at + len(piece))

    def _places(self, term: str) -> Iterator[int]:
        joined, length = self.joined, len(term)
        first, last = _is_ascii_word(term[0]), _is_ascii_word(term[-1])
        short = length <= SHORT and all("ァ" <= character <= "ヴ" for character in term)
        at = joined.find(term)
        while at >= 0:
            end = at + length
            if short and (
                _is_katakana(joined[end : end + 1]) or (length < SHORT and _is_katakana(joined[at - 1 : at]))
            ):
                pass
            elif not (
                (first and at and _is_ascii_word(joined[at - 1]))
                or (last and end < len(joined) and _is_ascii_word(joined[end]))
            ):
                yield bisect_right(self.starts, at) - 1
            at = joined.find(term, end)


MOST_KNOWN = 5000
"""Terms whose places are kept: the words of the trade are asked for again and again."""

SHORT = 3
"""Letters of a word in Katakana that must end its run (プロ is not in プログラム); a shorter one is all of it."""


def _is_katakana(character: str) -> bool:
    return "ァ" <= character <= "ヴ"


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def case_passages(atlas: Atlas) -> tuple[list[str], list[Passage]]:
    """Return the ids of the cases, and their passages; case numbers point into the ids."""
    cases = atlas.cases()
    ids = list(cases["id"])
    number = {identifier: position for position, identifier in enumerate(ids)}
    english = {theme.name: theme.name_en for theme in THEMES}
    names = atlas.municipalities()
    named = dict(zip(names.index, names["prefecture"] + names["name"], strict=True))
    texts: list[tuple[int, str, str]] = []
    for row in rows(cases):
        case = number[row["id"]]
        places = [named[code] for code in row["member_codes"]]
        texts += [
            (case, "title", row["title"]),
            (case, "sender", f"{row['organisation']} {row['role']}".strip()),
            (case, "place", " ".join(places)),
            (case, "themes", " ".join((*row["themes"], *(english[theme] for theme in row["themes"])))),
        ]
    for row in rows(atlas.case_contents().reset_index()):
        case = number[row["case_id"]]
        texts += [(case, "summary", row["summary"]), (case, "summary_en", row["summary_en"])]
        texts += [(case, "keywords", keyword) for keyword in row["keywords"]]
    texts += [(number[row["case_id"]], row["aspect"], row["text"]) for row in rows(atlas.items())]
    texts += [
        (number[row["case_id"]], "partner", f"{row['name']}：{row['role']}") for row in rows(atlas.case_partners())
    ]
    texts += [(number[row["case_id"]], "figure", row["label"]) for row in rows(atlas.figures())]
    texts += _mentions(atlas, number)
    kept = [text for text in texts if text[2]]
    folded = fold_all(text for _, _, text in kept)
    return ids, [Passage(*text, plain) for text, plain in zip(kept, folded, strict=True)]


OFTEN = 3
"""Lines of the source that use a word, from which on it is a matter of the report."""


def _mentions(atlas: Atlas, number: dict[str, int]) -> list[tuple[int, str, str]]:
    """Return one passage a case of the words that its document uses, and one of those that it uses often."""
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    terms = atlas.case_terms()
    columns = (terms[column].tolist() for column in ("case_id", "term", "lines"))
    for identifier, term, lines in zip(*columns, strict=True):
        case = number[identifier]
        found[case, "mentioned"].append(term)
        if lines.count(";") >= OFTEN - 1:
            found[case, "often"].append(term)
    # Points keep the words apart, so that none is found across two.
    return [(case, name, "、".join(terms)) for (case, name), terms in found.items()]
