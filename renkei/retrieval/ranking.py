"""Ranking of texts by what is asked: how much of the question each holds, where it stands, and in one sentence.

A unit of the question counts by its rarity (BM25's inverse document frequency, Robertson and Spärck Jones) times a
saturated sum of where it stands; what one sentence says together counts again. Nothing is an answer that holds too
little of what is asked: a question about what no case tells is answered with nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from renkei.retrieval.case_passages import PassageText
    from renkei.retrieval.query_units import Unit

SATURATION, SATURATION_BY_MEAN = 2.5, 0.5
"""How soon more of the same counts no more: fixed part, and part by how much of it the others have."""
TOGETHER = 0.8
"""What a sentence counts that holds the question by itself."""
STRONG = 0.45
"""From this on a term is another name of what is asked; below, it only lies near."""
NEARNESS = 0.2
"""What a neighbour alone covers of a unit."""
ABSENT = 0.35
"""With so much of a question about things that no document tells of, nothing is an answer."""
ENOUGH = 0.34
"""How much of a question one of the first answers must hold, or there is no answer."""
ENOUGH_OF_LITTLE = 0.4
"""The same where only light words are asked."""
FIRST = 5
PARTNER, PROBLEM = 2.5, 1.4
"""Whom one would work with counts more among partners, what is wrong more among challenges."""
EXACT_ONLY = 0.75
"""In an index of words only what was typed counts, not its other names."""
INDEX_FIELDS = ("mentioned", "often")
SENTENCES = ("challenge", "measure", "success", "difficulty", "outlook", "summary")
LEAST = 0.12
"""An answer far behind the first is none."""


@dataclass
class Ranked:
    """The documents that answer a question: number → score; the sentence of each that answers; whether that is enough.

    Parameters
    ----------
    scores
        Document → score.
    best, sentences
        Document → the passage that holds most of the question; the same among whole sentences.
    covered
        How much of the question the best of the first answers holds, 0–1.
    whole
        The score of one that holds all.
    absent
        How much of the question no document tells of, 0–1.
    """

    scores: dict[int, float]
    best: dict[int, int]
    sentences: dict[int, int]
    covered: float
    whole: float = field(default=1.0)
    absent: float = field(default=0.0)

    @property
    def answers(self) -> bool:
        """Whether enough of the question is told of at all, and by one of the first."""
        return self.absent < ABSENT and self.covered >= ENOUGH


@dataclass(frozen=True)
class _UnitHits:
    weight: float
    by_document: dict[int, float]
    strongest: dict[int, float]
    passages: dict[int, float]
    mean: float


def _unit_hits(text: PassageText, unit: Unit, weights: Mapping[str, float], size: int, *, problem: bool) -> _UnitHits:
    passages: dict[int, float] = {}
    for term, factor in unit.terms.items():
        for position in text.places(term):
            if factor < EXACT_ONLY and text.passages[position].field in INDEX_FIELDS:
                continue
            passages[position] = max(passages.get(position, 0.0), factor)
    sums: dict[int, float] = defaultdict(float)
    strongest: dict[int, float] = defaultdict(float)
    told: dict[int, float] = defaultdict(float)
    for position, factor in passages.items():
        passage = text.passages[position]
        weight = weights[passage.field]
        if unit.partner and passage.field == "partner":
            weight *= PARTNER
        if problem and passage.field in ("challenge", "difficulty"):
            weight *= PROBLEM
        sums[passage.case] += weight * factor
        strongest[passage.case] = max(strongest[passage.case], factor)
        if passage.field not in INDEX_FIELDS:
            told[passage.case] = max(told[passage.case], factor)
    holding = sum(factor >= STRONG for factor in told.values()) or sum(f >= STRONG for f in strongest.values())
    rarity = math.log(1 + (size - holding + 0.5) / (holding + 0.5))
    mean = sum(sums.values()) / len(sums) if sums else 0.0
    return _UnitHits(unit.weight * rarity, sums, strongest, passages, mean)


def rank(
    text: PassageText,
    units: Sequence[Unit],
    weights: Mapping[str, float],
    factors: Sequence[float],
    *,
    problem: bool = False,
) -> Ranked:
    """Rank the documents of a text.

    Parameters
    ----------
    text
        All passages; a passage's ``case`` is the number of its document.
    units
        What is asked.
    weights
        Field → what a hit there counts.
    factors
        What each document's score is multiplied by: 0 leaves it out.
    problem
        Whether the question says what is wrong.
    """
    scores: dict[int, float] = defaultdict(float)
    covers: dict[int, float] = defaultdict(float)
    amounts: dict[int, float] = defaultdict(float)
    asked = whole = absent = 0.0
    all_light = not any(unit.solid for unit in units)
    for unit in units:
        hits = _unit_hits(text, unit, weights, len(factors), problem=problem)
        whole += hits.weight
        counted = unit.solid or all_light
        asked += hits.weight if counted else 0.0
        if counted and max(hits.strongest.values(), default=0.0) < STRONG:
            absent += hits.weight
        saturation = SATURATION + SATURATION_BY_MEAN * hits.mean
        for document, amount in hits.by_document.items():
            scores[document] += hits.weight * amount / (amount + saturation)
            if counted:
                held = 1.0 if hits.strongest[document] >= STRONG else NEARNESS
                covers[document] += hits.weight * held * min(1.0, amount / 0.6)
        for position, factor in hits.passages.items():
            if text.passages[position].field not in INDEX_FIELDS:
                amounts[position] += hits.weight * factor
    best, sentences = _best(text, amounts, None), _best(text, amounts, SENTENCES)
    for document, position in best.items():
        scores[document] += TOGETHER * amounts[position] ** 2 / (whole or 1.0)
    scores = {document: score * factors[document] for document, score in scores.items() if factors[document]}
    first = sorted(scores, key=lambda document: -scores[document])[:FIRST]
    covered = max((covers[document] / asked for document in first), default=0.0) if asked else 0.0
    return Ranked(scores, best, sentences, covered, whole or 1.0, absent / asked if asked else 0.0)


def _best(text: PassageText, amounts: Mapping[int, float], fields: Sequence[str] | None) -> dict[int, int]:
    """Return document → its passage that holds most of the question, among some fields."""
    best: dict[int, int] = {}
    for position, amount in amounts.items():
        passage = text.passages[position]
        if (fields is None or passage.field in fields) and (
            passage.case not in best or amount > amounts[best[passage.case]]
        ):
            best[passage.case] = position
    return best
