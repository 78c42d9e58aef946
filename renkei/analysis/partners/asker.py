"""The asker: whose partners are sought, about what; and the words of a part."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from pyproj import Geod

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from renkei.analysis.partners.ground import Ground
    from renkei.analysis.partners.links import Links
    from renkei.analysis.partners.names import NameIndex
    from renkei.analysis.partners.offers import Offers

_GRS80 = Geod(ellps="GRS80")


class Part(NamedTuple):
    """A part of the score, as shown: id, name in Japanese and English, what it says."""

    id: str
    name: str
    name_en: str
    meaning: str


class Evidence(NamedTuple):
    """One sentence that stands behind a part of a candidate's score, with its source ("" where it is a computation)."""

    part: str
    text: str
    source: str = ""
    url: str = ""


@dataclass(frozen=True, eq=False)
class Asker:
    """A municipality that looks for partners.

    Parameters
    ----------
    place
        Position in the ground.
    theme
        Name of the theme; "" for all.
    distance_km
        (n,) geodesic distances to all offices.
    ground, links, offers
        What is known of places, of ties and networks, and of needs and offers.
    names
        Who shares a name with whom.
    problem
        The planner's own words.
    points
        Points by measure: a sentence is said only for what gives points.
    network_words
        Name, source and address of each network of ``links``.
    """

    place: int
    theme: str
    distance_km: NDArray[np.float64]
    ground: Ground
    links: Links
    offers: Offers
    names: NameIndex
    problem: str = ""
    points: Mapping[str, int] = field(default_factory=dict)
    network_words: tuple[tuple[str, str, str], ...] = ()

    def counts(self, measure: str) -> bool:
        """Tell whether a measure gives points for this theme."""
        return self.points.get(measure, 0) > 0


class PartModule(Protocol):
    """A module of a part: its words, its measures, its sentences."""

    PART: Part

    def measures(self, asker: Asker) -> dict[str, NDArray[np.float64]]:
        """Return arrays (n,) by measure, one value a candidate; 0 is neutral, NaN is no data and gives no points."""

    def evidence(self, asker: Asker, candidate: int) -> tuple[Evidence, ...]:
        """Return the sentences that stand behind a candidate's points."""


def distances_from(ground: Ground, place: int) -> NDArray[np.float64]:
    """Return geodesic distances (km, GRS80, shape (n,)) from one office to all."""
    count = len(ground.codes)
    ends = np.full(count, ground.lon[place]), np.full(count, ground.lat[place])
    return np.asarray(_GRS80.inv(*ends, ground.lon, ground.lat)[2]) / 1000
