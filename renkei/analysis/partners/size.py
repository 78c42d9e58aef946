"""Size: how large the candidate is. Larger ones have more ties of every kind; a city can carry an office for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from renkei.analysis.partners.asker import Evidence, Part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from renkei.analysis.partners.asker import Asker

PART = Part("size", "規模", "Size", "相手の人口。実際の連携は、人口の多い自治体に多い")

_MIDDLE, _SMALL, _LARGE = 30_000, 20_000, 200_000


def measures(asker: Asker) -> dict[str, NDArray[np.float64]]:
    """Return the logarithm of the population, bent below 20,000 and above 200,000, and the kind of municipality."""
    ground = asker.ground
    people = np.log(np.maximum(ground.population, 100))
    return {
        "population": people - np.log(_MIDDLE),
        "population_small": np.minimum(people - np.log(_SMALL), 0),
        "population_large": np.maximum(people - np.log(_LARGE), 0),
        "smaller_than_us": np.minimum(people - people[asker.place], 0),
        "city": ground.city.astype(float),
        "tokyo_ward": np.char.startswith(ground.codes, "131").astype(float),
    }


def evidence(asker: Asker, candidate: int) -> tuple[Evidence, ...]:
    """Say the population."""
    people = f"{asker.ground.population[candidate]:,.0f}"
    return (Evidence(PART.id, f"人口 {people}人", "住民基本台帳に基づく人口（総務省、2025-01-01）"),)
