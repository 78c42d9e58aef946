"""Next to each other: a common border, the same prefecture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from renkei.analysis.partners.asker import Evidence, Part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from renkei.analysis.partners.asker import Asker

PART = Part("adjacency", "隣接・県内", "Adjacency", "境界を接しているか、同じ都道府県か")


def measures(asker: Asker) -> dict[str, NDArray[np.float64]]:
    """Return 1 for neighbours, 1 for the same prefecture."""
    ground, place = asker.ground, asker.place
    beside = np.zeros(len(ground.codes))
    beside[list(ground.neighbours[place])] = 1
    return {"neighbour": beside, "same_prefecture": (ground.prefectures == ground.prefectures[place]).astype(float)}


def evidence(asker: Asker, candidate: int) -> tuple[Evidence, ...]:
    """Say that they are neighbours."""
    if not asker.counts("neighbour") or candidate not in asker.ground.neighbours[asker.place]:
        return ()
    return (Evidence(PART.id, "境界を接する隣の自治体", "気象庁 警報等区域の境界による計算"),)
