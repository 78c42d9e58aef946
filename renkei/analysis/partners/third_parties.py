"""Third parties: a partner in common, my neighbour's partner, my partner's neighbour, ties between the two regions.

A degree of evidence, no more: it tells what is recorded, and most ties of Japan are recorded nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from renkei.analysis.partners.asker import Evidence, Part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from renkei.analysis.partners.asker import Asker

PART = Part(
    "third_parties", "仲立ちになる自治体", "Third parties", "共通の相手、隣の自治体の相手、相手の隣、地域どうしの連携"
)

_NONE: frozenset[int] = frozenset()
_NAMED = 3


def measures(asker: Asker) -> dict[str, NDArray[np.float64]]:
    """Return the four measures.

    ``shared_partner``: sum over the common partners of 1 ÷ ln(1 + its partners) (Adamic and Adar 2003: a hub that is
    everyone's partner says little). ``neighbours_partner``, ``partners_neighbour``: 1 where there is one. ``region``:
    ln(1 + 10 w), w the ties between the surroundings of both, ends weighted by ``exp(-(km / 40)²)``, divided by the
    root of how crowded the candidate's surroundings are.
    """
    ground, links, place = asker.ground, asker.links, asker.place
    count = len(ground.codes)
    shared, beside_ours, beside_theirs = np.zeros(count), np.zeros(count), np.zeros(count)
    ours = links.partners.get(place, _NONE)
    for third in ours:
        theirs = links.partners[third]
        if len(theirs) > 1:
            shared[list(theirs)] += 1 / np.log(1 + len(theirs))
        beside_theirs[list(ground.neighbours[third])] = 1
    for neighbour in ground.neighbours[place]:
        beside_ours[list(links.partners.get(neighbour, _NONE))] = 1
    found = {
        "shared_partner": shared,
        "neighbours_partner": beside_ours,
        "partners_neighbour": beside_theirs,
        "region": _region(asker),
    }
    for values in found.values():
        values[place] = 0
    return found


def _region(asker: Asker) -> NDArray[np.float64]:
    links = asker.links
    return np.asarray(np.log1p(10 * links.between[asker.place] / links.crowding), dtype=float)


def evidence(asker: Asker, candidate: int) -> tuple[Evidence, ...]:
    """Name the third parties."""
    ground, links, place = asker.ground, asker.links, asker.place
    ours, theirs = links.partners.get(place, _NONE), links.partners.get(candidate, _NONE)
    named = {
        "共通の連携相手": ours & theirs,
        "隣の自治体がすでに連携": frozenset(ground.neighbours[place]) & theirs,
        "連携相手の隣": ours & frozenset(ground.neighbours[candidate]),
    }
    said = []
    for text, places in named.items():
        if places:
            names = "、".join(ground.names[each] for each in sorted(places)[:_NAMED])
            more = f" ほか{len(places) - _NAMED}" if len(places) > _NAMED else ""
            said.append(Evidence(PART.id, f"{text}：{names}{more}", "連携の登録（台帳）"))
    return tuple(said)
