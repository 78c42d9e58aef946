"""Likeness: the same size, and the same way of life – where people work where they live, or go elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from renkei.analysis.partners.asker import Evidence, Part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from renkei.analysis.partners.asker import Asker

PART = Part("likeness", "似た条件", "Likeness", "人口規模と、住民が市外へ通勤する割合が似ているか")

_SAME_SIZE = 1.5


def measures(asker: Asker) -> dict[str, NDArray[np.float64]]:
    """Return minus the difference of the populations' logarithms, and the product of the commuting z-scores."""
    ground, place = asker.ground, asker.place
    people = np.log(np.maximum(ground.population, 100))
    commuting = ground.standard["commuting"]
    return {
        "same_size": -np.abs(people - people[place]),
        "same_commuting": commuting * commuting[place],
    }


def evidence(asker: Asker, candidate: int) -> tuple[Evidence, ...]:
    """Say that the sizes are alike."""
    ours, theirs = asker.ground.population[[asker.place, candidate]]
    if max(ours, theirs) > _SAME_SIZE * min(ours, theirs):
        return ()
    return (
        Evidence(PART.id, f"人口規模が近い（{ours:,.0f}人と{theirs:,.0f}人）", "住民基本台帳に基づく人口（総務省）"),
    )
