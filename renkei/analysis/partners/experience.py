"""Experience: how much the candidate's cases tell of the theme, the newer the more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from renkei.analysis.partners.asker import Evidence, Part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from renkei.analysis.partners.asker import Asker

PART = Part("experience", "経験", "Experience", "相手の事例にある、このテーマの取組・成果の多さと新しさ")


def measures(asker: Asker) -> dict[str, NDArray[np.float64]]:
    """Return ln(1 + the measures and results of the theme, each weighted by its recency)."""
    found = np.zeros(len(asker.ground.codes))
    for place, items in asker.offers.offers.items():
        found[place] = sum(asker.offers.recency(item) for item in asker.offers.about(asker.theme, items))
    found[asker.place] = 0
    return {"experience": np.log1p(found)}


def evidence(asker: Asker, candidate: int) -> tuple[Evidence, ...]:
    """Say how many, and of when."""
    items = asker.offers.about(asker.theme, asker.offers.offers.get(candidate, ()))
    if not items:
        return ()
    years = sorted({item.year for item in items if item.year})
    when = f"（{years[-1]}年度の事例まで）" if years else ""
    return (Evidence(PART.id, f"このテーマの取組・成果の記載 {len(items)}件{when}", items[0].source),)
