"""Centre: a place that people work in, alone at the head of its surroundings, with much land – not a bed town."""

from __future__ import annotations

from typing import TYPE_CHECKING

from renkei.analysis.partners.asker import Evidence, Part

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from renkei.analysis.partners.asker import Asker

PART = Part("centre", "拠点性", "Centre", "周りの中での人口の比重、市外へ通勤する人の割合（少ないほど拠点）、面積")

_HALF = 0.5


def measures(asker: Asker) -> dict[str, NDArray[np.float64]]:
    """Return z-scores of the weight in the surroundings, of the people who commute out, of the area."""
    standard = asker.ground.standard
    return {
        "weight_around": standard["weight_around"],
        "commuting_out": standard["commuting"],
        "area": standard["area"],
    }


def evidence(asker: Asker, candidate: int) -> tuple[Evidence, ...]:
    """Say that it is the centre of its surroundings."""
    share = asker.ground.weight_around[candidate]
    if share < _HALF:
        return ()
    return (Evidence(PART.id, f"半径30kmの人口の{share:.0%}を占める", "住民基本台帳人口による計算"),)
