"""Programmes in common: both chosen by the same national programme; the candidate chosen by one of the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from renkei.analysis.partners.asker import Evidence, Part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from renkei.analysis.partners.asker import Asker

PART = Part("programmes", "国の事業", "National programmes", "相手が選ばれている国の事業、両方が選ばれている事業")

PROGRAMMES = {
    "decarbonization_leading_area": ("脱炭素先行地域", "環境省"),
    "sdgs_future_city": ("SDGs未来都市", "内閣府"),
    "smart_city": ("スマートシティ関連事業", "内閣府ほか"),
    "biomass_industrial_city": ("バイオマス産業都市", "農林水産省"),
}
"""Indicator to the programme's name and the ministry; absence is unknown where a list is incomplete."""

_BOTH = ("decarbonization_leading_area", "sdgs_future_city")


def measures(asker: Asker) -> dict[str, NDArray[np.float64]]:
    """Return 1 where the candidate is in a programme, and 1 where both are."""
    ground, place = asker.ground, asker.place
    chosen = {each: np.nan_to_num(ground.figure(each)) > 0 for each in PROGRAMMES}
    found = {each: flags.astype(float) for each, flags in chosen.items()}
    return found | {f"both_{each}": (chosen[each] & chosen[each][place]).astype(float) for each in _BOTH}


def evidence(asker: Asker, candidate: int) -> tuple[Evidence, ...]:
    """Say which programmes."""
    ground, said = asker.ground, []
    for each, (name, ministry) in PROGRAMMES.items():
        figure = ground.figure(each)
        together = figure[asker.place] > 0 and asker.counts(f"both_{each}")
        if figure[candidate] > 0 and (together or asker.counts(each)):
            both = "両方が" if together else "相手が"
            said.append(Evidence(PART.id, f"{both}{name}", ministry))
    return tuple(said)
