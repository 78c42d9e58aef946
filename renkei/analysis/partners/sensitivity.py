"""How much the first ten hang on one part: its weight halved, and raised by half."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from renkei.analysis.partners.finder import Search, answer, total_of
from renkei.analysis.partners.scores import PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from renkei.atlas import Atlas

FACTORS = (0.5, 1.5)


class Shift(NamedTuple):
    """What changes among the first when a part's weight moves: codes that come in and codes that go out."""

    part: str
    factor: float
    entered: tuple[str, ...]
    left: tuple[str, ...]


def sensitivity(atlas: Atlas, code: str, search: Search, *, top: int = 10) -> tuple[Shift, ...]:
    """Return, for each part and factor of ``FACTORS``, which of the first ``top`` change.

    Parameters
    ----------
    atlas, code, search
        As for ``partners``.
    top
        How many are looked at.
    """
    found = answer(atlas, code, search)

    def first(weights: Mapping[str, float]) -> list[str]:
        best = found.order(total_of(found.points(weights)), search)[:top]
        return [str(code) for code in found.of.ground.codes[best]]

    before = first(search.weights)
    shifts = []
    for part in PARTS:
        for factor in FACTORS:
            after = first(dict(search.weights) | {part.id: search.weights.get(part.id, 1.0) * factor})
            entered = tuple(each for each in after if each not in before)
            shifts.append(Shift(part.id, factor, entered, tuple(each for each in before if each not in after)))
    return tuple(shifts)
