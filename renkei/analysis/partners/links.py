"""Known ties and networks as links between positions: what the tie-based parts stand on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from layers.tables import per_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from renkei.analysis.partners.ground import Ground
    from renkei.atlas import Atlas

NOT_EVIDENCE = frozenset({"forum", "person", "event", "relief"})
"""Families of ties that are no partnership of choice: sitting in one forum, the same seconded expert, taking part in
an event, staff that the state assigned after a disaster (対口支援)."""

REACH_KM = 40.0
"""Width of the surroundings in which other ties count for the region."""


def counted_ties(ties: pd.DataFrame) -> pd.DataFrame:
    """Return the ties that count as partnerships of two municipalities: explicit ones, no forum, no prefecture.

    Parameters
    ----------
    ties
        Rows of ``Atlas.ties()``.
    """
    ends = ties["from_code"].str.endswith("000") | ties["to_code"].str.endswith("000")
    kept = ties["strength"].eq("explicit") & ~ties["family"].isin(NOT_EVIDENCE) & ~ends
    return ties[kept & ties["from_code"].ne(ties["to_code"])]


@dataclass(frozen=True, eq=False)
class Links:
    """Links between positions of the ground.

    Parameters
    ----------
    ends
        (m, 2) positions of the ties, each pair once, the smaller first, ascending.
    partners
        Position to the positions of its partners.
    networks
        Members (positions) and themes of each network.
    weight
        (n, m) how near each place is to each tie's first end, and to its second: ``exp(-(km / 40)²)``, 0 at itself.
    """

    ends: NDArray[np.int64]
    partners: Mapping[int, frozenset[int]]
    networks: tuple[tuple[frozenset[int], frozenset[str]], ...]
    weight: tuple[NDArray[np.float32], NDArray[np.float32]]
    crowding: NDArray[np.float64]


def make_links(
    ground: Ground,
    pairs: Iterable[tuple[int, int]],
    networks: Iterable[tuple[Iterable[int], Iterable[str]]] = (),
) -> Links:
    """Return the links of pairs of positions (order and repeats change nothing) and of networks."""
    once = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    ends = np.array(once, dtype=np.int64).reshape(-1, 2)
    partners: dict[int, set[int]] = defaultdict(set)
    for one, other in once:
        partners[one].add(other)
        partners[other].add(one)
    near = np.exp(-((ground.sphere_km / REACH_KM) ** 2))
    np.fill_diagonal(near, 0)
    around = near.sum(axis=1, dtype=float) + 1
    return Links(
        ends=ends,
        partners={place: frozenset(found) for place, found in partners.items()},
        networks=tuple((frozenset(members), frozenset(themes)) for members, themes in networks),
        weight=(np.ascontiguousarray(near[:, ends[:, 0]]), np.ascontiguousarray(near[:, ends[:, 1]])),
        crowding=np.sqrt(around / np.median(around)),
    )


@per_snapshot()
def links(atlas: Atlas) -> Links:
    """Return the links of an atlas: its counted ties and its networks."""
    from renkei.analysis.partners.ground import ground  # noqa: PLC0415

    where = ground(atlas)
    ties, nets = counted_ties(atlas.ties()), atlas.networks()
    pairs = [
        (where.position(one), where.position(other))
        for one, other in zip(ties["from_code"], ties["to_code"], strict=True)
    ]
    members = [[where.position(code) for code in codes] for codes in nets["member_codes"]]
    return make_links(where, pairs, zip(members, nets["themes"], strict=True))
