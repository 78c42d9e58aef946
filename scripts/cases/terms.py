"""Which words of the trade each case's document uses, and on which lines: an index, as at the end of a book.

Words of the trade, keywords and what is written in Katakana or Latin letters; never a sentence, never a person.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from layers.folding import fold
from renkei.retrieval.trade_words import written_names

if TYPE_CHECKING:
    from pathlib import Path

Rows = list[dict[str, Any]]

COLUMNS = ("case_id", "term", "document", "lines")

NAME = re.compile("氏名")
"""The line that names the person who was sent is not read."""
PERSON = re.compile("プロフィール|略歴|市長|町長|村長|知事|氏")
"""Of a line that may name a person, only words of the vocabulary are taken."""
OCR = (
    (re.compile(r"(?<![A-Za-z0-9])A\s?[1Il|](?![A-Za-z0-9])"), "AI"),
    (re.compile(r"(?<![A-Za-z0-9])D\s?[XⅩ×](?![A-Za-z0-9])"), "DX"),
)
"""Letters that the reading of the page got wrong."""

TEMPLATE = 0.6
"""A term in more of the reports than this is a heading of the form that they all fill in."""

_FOREIGN = re.compile(r"[ァ-ヴー]{3,}|[A-Za-z][A-Za-z0-9&+-]*[A-Za-z0-9]")
_KATAKANA = re.compile("[ァ-ヴ]+")
_WRITTEN = re.compile("[一-龥々]{3,8}")


def _vocabulary(contents: Rows, items: Rows) -> dict[str, str]:
    """Return folded term → as it is written: words of the trade, keywords, compounds of our own sentences."""
    terms = dict(written_names())
    for row in contents:
        for keyword in row["keywords"]:
            terms[fold(keyword)] = keyword
    for item in items:
        for compound in _WRITTEN.findall(item["text"]):
            terms.setdefault(fold(compound), compound)
    return {folded: written for folded, written in terms.items() if len(folded) > 1}


def _stands(text: str, at: int, term: str) -> bool:
    """Whether a term stands as a word: Latin and short Katakana are whole words."""
    before, after = text[at - 1 : at], text[at + len(term) : at + len(term) + 1]
    if term.isascii():
        return not (
            (before.isascii() and before.isalnum() and term[0].isalnum())
            or (after.isascii() and after.isalnum() and term[-1].isalnum())
        )
    if _KATAKANA.fullmatch(term) and len(term) <= 3:  # noqa: PLR2004 - バス is not in バスケット
        return not (_KATAKANA.match(before) or _KATAKANA.match(after))
    return True


def _numbers(lines: str) -> range:
    found = [int(number) for number in re.findall(r"\d+", lines)]
    return range(min(found), max(found) + 1)


def terms(shared: Path, cases: Rows, contents: Rows, items: Rows) -> Rows:
    """Return one row a term and case, with the lines on which it stands."""
    vocabulary = _vocabulary(contents, items)
    documents = {
        path.name[:3]: path.read_text(encoding="utf-8").split("\n") for path in (shared / "sources").glob("*.txt")
    }
    rows: Rows = []
    for case in cases:
        found: dict[str, list[int]] = defaultdict(list)
        for number in _numbers(case["lines"]):
            line = documents[case["document"]][number - 1]
            if NAME.search(line):
                continue
            for pattern, right in OCR:
                line = pattern.sub(right, line)
            for term in _on_line(line, vocabulary):
                found[term].append(number)
        rows += [
            {"case_id": case["id"], "term": term, "document": case["document"], "lines": ";".join(map(str, lines))}
            for term, lines in sorted(found.items())
        ]
    counts = Counter(row["term"] for row in rows)
    return [row for row in rows if counts[row["term"]] <= TEMPLATE * len(cases)]


def _on_line(line: str, vocabulary: dict[str, str]) -> set[str]:
    folded = fold(line)
    here = {written for term, written in vocabulary.items() if term in folded and _anywhere(folded, term)}
    if PERSON.search(line):
        return here
    foreign = {fold(word): word for word in _FOREIGN.findall(line)}
    return here | {word for each, word in foreign.items() if each not in vocabulary}


def _anywhere(text: str, term: str) -> bool:
    at = text.find(term)
    while at >= 0:
        if _stands(text, at, term):
            return True
        at = text.find(term, at + 1)
    return False
