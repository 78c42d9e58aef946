"""Known ties and networks as links between positions: what the tie-based parts stand on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

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


class KnownTie(NamedTuple):
    """A counted tie as its evidence is told: id, kind, since ("" where not stated), themes, source, address."""

    id: str
    kind: str
    since: str
    themes: tuple[str, ...]
    source: str
    url: str


def known_ties(atlas: Atlas, code: str) -> dict[str, tuple[KnownTie, ...]]:
    """Return code → the counted ties that a municipality already has with it."""
    return dict(_ties_by_place(atlas).get(code, {}))


@per_snapshot()
def _ties_by_place(atlas: Atlas) -> Mapping[str, Mapping[str, tuple[KnownTie, ...]]]:
    found: dict[str, dict[str, list[KnownTie]]] = defaultdict(lambda: defaultdict(list))
    for row in counted_ties(atlas.ties()).to_dict("records"):
        address = row["urls"][0] if row["urls"] else ""
        tie = KnownTie(row["id"], row["kind"], row["since"], tuple(row["themes"]), row["source"], address)
        found[row["from_code"]][row["to_code"]].append(tie)
        found[row["to_code"]][row["from_code"]].append(tie)
    return {code: {other: tuple(ties) for other, ties in sorted(theirs.items())} for code, theirs in found.items()}


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
    networks_of
        Position to the numbers of its networks.
    between
        (n, n) ties between the surroundings of both: summed over ties, ``exp(-(km / 40)²)`` of the one to one end times
        that of the other to the other end, 0 for the ends themselves.
    crowding
        (n,) root of how many municipalities lie around, the median being 1.
    """

    ends: NDArray[np.int64]
    partners: Mapping[int, frozenset[int]]
    networks: tuple[tuple[frozenset[int], frozenset[str]], ...]
    networks_of: Mapping[int, tuple[int, ...]]
    between: NDArray[np.float32]
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
    kept = tuple((frozenset(members), frozenset(themes)) for members, themes in networks)
    networks_of: dict[int, list[int]] = defaultdict(list)
    for number, (members, _) in enumerate(kept):
        for place in members:
            networks_of[place].append(number)
    near = np.exp(-((ground.sphere_km / REACH_KM) ** 2))
    np.fill_diagonal(near, 0)
    one_way = near[:, ends[:, 0]] @ near[:, ends[:, 1]].T
    around = near.sum(axis=1, dtype=float) + 1
    return Links(
        ends=ends,
        partners={place: frozenset(found) for place, found in partners.items()},
        networks=kept,
        networks_of={place: tuple(numbers) for place, numbers in networks_of.items()},
        between=one_way + one_way.T,
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
