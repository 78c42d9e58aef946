"""The score: whole points, summed part by part over all candidates of one asker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from layers.tables import per_snapshot
from renkei.analysis.partners import (
    adjacency,
    centre,
    complement,
    distance,
    experience,
    likeness,
    names,
    needs,
    networks,
    programmes,
    size,
    third_parties,
)
from renkei.analysis.partners.asker import Asker, Part, distances_from
from renkei.analysis.partners.ground import ground
from renkei.analysis.partners.links import links
from renkei.analysis.partners.offers import offers
from renkei.analysis.partners.points import points, points_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from renkei.analysis.partners.asker import PartModule
    from renkei.analysis.partners.links import Links
    from renkei.atlas import Atlas

MODULES: tuple[PartModule, ...] = (
    needs,
    complement,
    likeness,
    size,
    centre,
    distance,
    adjacency,
    programmes,
    networks,
    third_parties,
    experience,
    names,
)
"""The parts, in the order in which they are shown."""

ALREADY = Part(
    "already", "すでに連携", "Already a partner", "このテーマですでに連携していれば、新しい相手ではないので差し引く"
)

ALREADY_POINTS = -10

PARTS: tuple[Part, ...] = (*(module.PART for module in MODULES), ALREADY)


def asker(atlas: Atlas, code: str, theme: str, problem: str = "", known: Links | None = None) -> Asker:
    """Return an asker.

    Parameters
    ----------
    atlas, code, theme
        Tables; 5-digit code; name of a theme, "" for all.
    problem
        The planner's own words, "" for the challenges that our cases tell.
    known
        The links to stand on, where some are held back; those of the atlas by default.

    Raises
    ------
    UnknownNameError
        When the code is none of the 1,741.
    """
    where = ground(atlas)
    place = where.position(code)
    return Asker(
        points=points(atlas, points_of(theme)) if known is None else {},
        place=place,
        theme=theme,
        distance_km=distances_from(where, place),
        ground=where,
        links=known or links(atlas),
        offers=offers(atlas, where),
        names=names.name_index(atlas, where),
        problem=problem,
        network_words=_network_words(atlas),
    )


def measures(of: Asker) -> dict[str, dict[str, NDArray[np.float64]]]:
    """Return part id → measure → values (n,); what is not known is 0 (it gives no points)."""
    return {
        module.PART.id: {each: np.nan_to_num(values) for each, values in module.measures(of).items()}
        for module in MODULES
    }


def part_points(
    found: Mapping[str, Mapping[str, NDArray[np.float64]]],
    per_measure: Mapping[str, int],
    weights: Mapping[str, float],
) -> dict[str, NDArray[np.int64]]:
    """Return part id → whole points (n,): the measures times their points, times the part's weight, rounded.

    Halves are rounded to the even number, as NumPy does; a measure without points gives none.
    """
    return {
        part: np.rint(
            weights.get(part, 1.0) * sum(per_measure.get(each, 0) * values for each, values in of_part.items())
        ).astype(np.int64)
        for part, of_part in found.items()
    }


@per_snapshot()
def _network_words(atlas: Atlas) -> tuple[tuple[str, str, str], ...]:
    nets = atlas.networks()
    addresses = (urls[0] if urls else "" for urls in nets["urls"])
    return tuple(zip(nets["name"].where(nets["name"].ne(""), nets["kind"]), nets["source"], addresses, strict=True))
