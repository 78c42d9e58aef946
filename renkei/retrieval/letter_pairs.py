"""Likeness by pairs of letters (BM25, Robertson and Zaragoza 2009): for what no table of words foresees."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.retrieval.case_passages import PassageText

K1, B = 1.2, 0.75
"""BM25's usual saturation and share of the length."""


def letter_pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring letters.

    Examples
    --------
    >>> sorted(letter_pairs("空き家"))
    ['き家', '空き']
    """
    return {text[at : at + 2] for at in range(len(text) - 1)}


def likeness(text: PassageText, question: str, lengths: Sequence[int], without: Sequence[str]) -> dict[int, float]:
    """Return document → likeness to a folded question; 1 for the most like.

    Parameters
    ----------
    text
        All passages.
    lengths
        Letters of each document, the passages left out not counted.
    without
        Fields of passages that are left out.
    """
    mean = sum(lengths) / len(lengths) if lengths else 1.0
    sums: dict[int, float] = defaultdict(float)
    for pair in letter_pairs(question):
        passages = (text.passages[position] for position in text.occurrences(pair))
        counts = Counter(passage.case for passage in passages if passage.field not in without)
        rarity = math.log(1 + (len(lengths) - len(counts) + 0.5) / (len(counts) + 0.5))
        for document, times in counts.items():
            norm = K1 * (1 - B + B * lengths[document] / mean)
            sums[document] += rarity * times * (K1 + 1) / (times + norm)
    most = max(sums.values(), default=1.0)
    return {document: amount / most for document, amount in sums.items()}
