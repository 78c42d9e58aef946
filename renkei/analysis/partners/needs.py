"""Need and offer: the candidate's measures and results beside our challenges, and ours beside theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from renkei.analysis.partners.asker import Evidence, Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from renkei.analysis.partners.asker import Asker
    from renkei.analysis.partners.offers import Item

PART = Part("needs", "課題と取組", "Need and offer", "こちらの課題に近い取組・成果が相手にあるか、その逆があるか")

LIKE = 0.12
"""Cosine from which two texts are said to be about the same thing."""

_SHOWN = 2


def measures(asker: Asker) -> dict[str, NDArray[np.float64]]:
    """Return the greatest likeness (0 to 1) of their offers to our needs, and of our offers to their needs."""
    wanted = _wanted(asker)
    offered = [item.text for item in asker.offers.about(asker.theme, asker.offers.offers.get(asker.place, ()))]
    return {
        "their_offer_to_our_need": _greatest(asker, wanted, asker.offers.offers),
        "our_offer_to_their_need": _greatest(asker, offered, asker.offers.needs),
    }


def _wanted(asker: Asker) -> list[str]:
    """Return the planner's own words, else the challenges that our cases tell of the theme."""
    if asker.problem:
        return [asker.problem]
    return [item.text for item in asker.offers.about(asker.theme, asker.offers.needs.get(asker.place, ()))]


def _greatest(asker: Asker, wanted: list[str], by_place: Mapping[int, tuple[Item, ...]]) -> NDArray[np.float64]:
    found = np.zeros(len(asker.ground.codes))
    if wanted:
        pairs = list(_of_theme(asker, by_place))
        likeness = asker.offers.texts.to(wanted, [item.text for _, item in pairs])
        np.maximum.at(
            found, np.array([place for place, _ in pairs], dtype=int), np.where(likeness >= LIKE, likeness, 0)
        )
    found[asker.place] = 0
    return found


def _of_theme(asker: Asker, by_place: Mapping[int, tuple[Item, ...]]) -> Iterator[tuple[int, Item]]:
    for place, items in by_place.items():
        # The planner's own words say what they are about: then every theme may hold the answer.
        for item in items if asker.problem else asker.offers.about(asker.theme, items):
            yield place, item


def evidence(asker: Asker, candidate: int) -> tuple[Evidence, ...]:
    """Quote the candidate's measures that are like our challenges, most like first."""
    wanted = _wanted(asker)
    items = [item for place, item in _of_theme(asker, {candidate: asker.offers.offers.get(candidate, ())})]
    likeness = asker.offers.texts.to(wanted, [item.text for item in items])
    best = [position for position in np.argsort(-likeness, kind="stable")[:_SHOWN] if likeness[position] >= LIKE]
    return tuple(Evidence(PART.id, f"取組・成果：{items[each].text}", items[each].source) for each in best)
