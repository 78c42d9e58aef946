"""Which words of a sentence are marked as what was looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.folding import fold_with_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.retrieval.query_units import Unit

MARKED = 0.3
"""Neighbours of what was asked are not marked."""


def marked(text: str, units: Sequence[Unit]) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of the words of a text that are asked for, in order, without overlaps.

    Examples
    --------
    >>> from renkei.retrieval.query_units import Unit
    >>> marked("空家の調査", [Unit("空き家", {"空き家": 1.0})])
    ((0, 2),)
    """
    folded, places = fold_with_places(text)
    spans: list[tuple[int, int]] = []
    for unit in units:
        for term, factor in unit.terms.items():
            if factor < MARKED:
                continue
            at = folded.find(term)
            while at >= 0:
                end = at + len(term)
                if _stands(folded, at, end):
                    spans.append((places[at][0], places[end - 1][1]))
                at = folded.find(term, at + 1)
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _stands(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    latin = text[start:end].isascii()
    return not (latin and ((before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum())))
