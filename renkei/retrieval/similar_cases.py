"""Cases that face the same challenge, and cases that have done the same: by the words of the trade that they share."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from renkei.retrieval.case_search import CaseIndex, case_index
from renkei.retrieval.trade_words import TradeWord, trade_words, written_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from renkei.atlas import Atlas

CHALLENGE_FIELDS = {"challenge": 1.0, "difficulty": 0.8, "title": 0.6, "keywords": 0.4, "summary": 0.4}
MEASURE_FIELDS = {"measure": 1.0, "success": 0.8, "title": 0.6, "keywords": 0.8, "summary": 0.5}
MOST_COMMON = 0.4
"""A word in more of the cases than this tells no two cases from others."""
ANOTHER_NAME = 0.6
SHARED_WORDS = 3
APART = "\n"
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


def _terms(word: TradeWord) -> tuple[str, ...]:
    return (word.word, *word.same, *word.kinds)


def _words_of(index: CaseIndex, case: int) -> list[TradeWord]:
    """Return the words of the trade that a case may use: cheap, and no more than a first sieve."""
    own = APART.join(passage.folded for passage in index.text.passages if passage.case == case)
    return [word for word in trade_words() if any(term in own for term in _terms(word))]


def _weights(index: CaseIndex, word: TradeWord, fields: Mapping[str, float]) -> dict[int, float]:
    """Return case → how much it is about a word of the trade, by where the word stands; 0–1."""
    amounts: dict[int, float] = defaultdict(float)
    for term in _terms(word):
        factor = 1.0 if term == word.word else ANOTHER_NAME
        for position in index.text.places(term):
            passage = index.text.passages[position]
            amounts[passage.case] += factor * fields.get(passage.field, 0.0)
    return {case: amount / (amount + 1.0) for case, amount in amounts.items() if amount}


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
    number = index.ids.index(identifier)
    fields = CHALLENGE_FIELDS if which == "challenge" else MEASURE_FIELDS
    shared: dict[int, dict[str, float]] = defaultdict(dict)
    for word in _words_of(index, number):
        weights = _weights(index, word, fields)
        own = weights.get(number)
        if own and len(weights) <= MOST_COMMON * len(index.ids):
            rare = math.log(len(index.ids) / len(weights))
            for case, amount in weights.items():
                shared[case][word.word] = rare**2 * own * amount
    mean = sum(index.lengths) / len(index.lengths)
    found = []
    telling = {passage.case for passage in index.text.passages if passage.field == which}
    for case, words in shared.items():
        if case != number and case in telling and set(index.codes[case]).isdisjoint(index.codes[number]):
            # A long report uses more words: half of that is length. A mere name is no likeness.
            score = sum(words.values()) / max(1.0, 0.5 + 0.5 * index.lengths[case] / mean)
            if which == "measure":
                score *= REACHED.get(index.places[case].stage, 1.0)
            found.append(Similar(index.ids[case], _named(words), round(score, 4)))
    return sorted(found, key=lambda each: (-each.score, each.id))[:most]


def _named(shared: Mapping[str, float]) -> tuple[str, ...]:
    names = written_names()
    order = sorted(shared, key=lambda word: (-shared[word], word))
    return tuple(names.get(word, word) for word in order[:SHARED_WORDS])
