"""Distance: near ones are met more easily; how fast ties thin out with the distance differs by theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from renkei.analysis.partners.asker import Evidence, Part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from renkei.analysis.partners.asker import Asker

PART = Part("distance", "距離", "Distance", "役所どうしの距離。実際の連携がテーマごとにどの距離で多いかによる")

_NONE_BELOW, _NEAR, _MIDDLE, _FAR = 10, 60, 100, 300


def measures(asker: Asker) -> dict[str, NDArray[np.float64]]:
    """Return the logarithm of the distance (km), nearer is more, bent at 60 km and at 300 km."""
    log = np.log(np.maximum(asker.distance_km, _NONE_BELOW))
    return {
        "nearness": np.log(_MIDDLE) - log,
        "within_60km": np.maximum(np.log(_NEAR) - log, 0),
        "beyond_300km": np.maximum(log - np.log(_FAR), 0),
    }


def evidence(asker: Asker, candidate: int) -> tuple[Evidence, ...]:
    """Say the distance."""
    return (Evidence(PART.id, f"役所間の距離 {asker.distance_km[candidate]:,.0f}km", "測地線（GRS80）による計算"),)
