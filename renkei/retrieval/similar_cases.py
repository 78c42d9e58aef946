"""Cases that face the same challenge, and cases that have done the same: by the words of the trade that they share."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.tables import per_snapshot
from renkei.retrieval.case_search import case_index
from renkei.retrieval.trade_words import trade_words, written_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from renkei.atlas import Atlas

CHALLENGE_FIELDS = {"challenge": 1.0, "difficulty": 0.8, "title": 0.6, "keywords": 0.4, "summary": 0.4}
MEASURE_FIELDS = {"measure": 1.0, "success": 0.8, "title": 0.6, "keywords": 0.8, "summary": 0.5}
MOST_COMMON = 0.4
"""A word in more of the cases than this tells no two cases from others."""
ANOTHER_NAME = 0.6
SHARED_WORDS = 3
REACHED = {"成果": 1.25, "実施": 1.1, "実証": 1.0, "計画": 0.85}
"""A case that has come further tells more to one that wants to do the same."""


@dataclass(frozen=True)
class Similar:
    """One case that shares something.

    Parameters
    ----------
    id
        Of the case.
    words
        Of the trade that both use, the rarest first.
    score
        How much they share; comparable for one case.
    """

    id: str
    words: tuple[str, ...]
    score: float


@per_snapshot()
def _word_weights(atlas: Atlas, which: str) -> dict[int, dict[str, float]]:
    """Return case → word of the trade → how much the case is about it, by challenges or by measures."""
    fields = CHALLENGE_FIELDS if which == "challenge" else MEASURE_FIELDS
    text = case_index(atlas).text
    found: dict[int, dict[str, float]] = defaultdict(dict)
    for word in trade_words():
        amounts: dict[int, float] = defaultdict(float)
        for term in (word.word, *word.same, *word.kinds):
            factor = 1.0 if term == word.word else ANOTHER_NAME
            for position in text.places(term):
                passage = text.passages[position]
                amounts[passage.case] += factor * fields.get(passage.field, 0.0)
        for case, amount in amounts.items():
            if amount:
                found[case][word.word] = amount / (amount + 1.0)
    return dict(found)


def similar_cases(atlas: Atlas, identifier: str, which: str, most: int = 3) -> list[Similar]:
    """Return the cases of other places that are nearest to one.

    Parameters
    ----------
    identifier
        Of the case.
    which
        ``challenge``: the same challenge; ``measure``: the same measures, those that came further first.
    most
        So many at most.

    Examples
    --------
    >>> from renkei.atlas import Atlas
    >>> found = similar_cases(Atlas.open(), "dispatch-r4-033", "challenge")
    >>> len(found), all(each.words for each in found)
    (3, True)
    """
    index = case_index(atlas)
    weights = _word_weights(atlas, which)
    number = index.ids.index(identifier)
    own = weights.get(number, {})
    counts: dict[str, int] = defaultdict(int)
    for words in weights.values():
        for word in words:
            counts[word] += 1
    rare = {
        word: math.log(len(index.ids) / count)
        for word, count in counts.items()
        if count <= MOST_COMMON * len(index.ids)
    }
    found = []
    for case, words in weights.items():
        if case == number or not set(index.codes[case]).isdisjoint(index.codes[number]):
            continue
        shared = {word: rare[word] ** 2 * own[word] * words[word] for word in own.keys() & words.keys() & rare.keys()}
        if shared:
            score = sum(shared.values()) / math.sqrt(_length(words, rare) or 1.0)
            if which == "measure":
                score *= REACHED.get(index.places[case].stage, 1.0)
            found.append(Similar(index.ids[case], _named(shared), round(score, 4)))
    return sorted(found, key=lambda each: (-each.score, each.id))[:most]


def _length(words: Mapping[str, float], rare: Mapping[str, float]) -> float:
    return sum((rare.get(word, 0.0) * amount) ** 2 for word, amount in words.items())


def _named(shared: Mapping[str, float]) -> tuple[str, ...]:
    names = written_names()
    order = sorted(shared, key=lambda word: (-shared[word], word))
    return tuple(names.get(word, word) for word in order[:SHARED_WORDS])
