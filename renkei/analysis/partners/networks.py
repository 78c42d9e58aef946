"""Networks in common: both are members of the same network, of this theme or of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from renkei.analysis.partners.asker import Evidence, Part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from renkei.analysis.partners.asker import Asker

PART = Part("networks", "同じ枠組み", "Networks", "両方が入っている広域の枠組み（多数が入るものほど弱い手がかり）")


def measures(asker: Asker) -> dict[str, NDArray[np.float64]]:
    """Return the sums over shared networks of 1 ÷ ln(1 + members), of the theme and of others."""
    count = len(asker.ground.codes)
    same, other = np.zeros(count), np.zeros(count)
    for number in asker.links.networks_of.get(asker.place, ()):
        members, themes = asker.links.networks[number]
        target = same if not asker.theme or asker.theme in themes else other
        target[list(members)] += 1 / np.log(1 + len(members))
    same[asker.place] = other[asker.place] = 0
    return {"shared_network": same, "shared_network_of_other_theme": other}


def evidence(asker: Asker, candidate: int) -> tuple[Evidence, ...]:
    """Name the networks in common."""
    ours = asker.links.networks_of.get(asker.place, ())
    shared = [each for each in ours if candidate in asker.links.networks[each][0]]
    named = [asker.network_words[each] for each in shared]
    return tuple(Evidence(PART.id, f"同じ枠組み：{name}", source, url) for name, source, url in named)
