"""The real ties that points are found and proven on: pairs of municipalities by set of points."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from renkei.analysis.partners.ground import ground
from renkei.analysis.partners.links import counted_ties
from renkei.analysis.partners.points import GENERAL

if TYPE_CHECKING:
    from renkei.atlas import Atlas

    Pair = tuple[int, int]

EVERY_THEME: frozenset[str] = frozenset()

THEMES_OF_SET = {
    GENERAL: EVERY_THEME,
    "disaster": frozenset({"防災"}),
    "decarbonization": frozenset({"脱炭素"}),
    "exchange": frozenset({"移住定住・関係人口", "観光"}),
    "systems": frozenset({"DX"}),
}
"""Set of points → the themes whose ties belong to it; none for all."""

NETWORK_THEME = {
    GENERAL: "",
    "disaster": "防災",
    "decarbonization": "脱炭素",
    "exchange": "移住定住・関係人口",
    "systems": "DX",
}
"""Set of points → the theme by which shared networks are told apart."""

LARGEST_SYSTEM = 30
"""DX has few ties: the members of shared systems of at most so many municipalities stand in as pairs."""


class KnownPairs(NamedTuple):
    """Pairs of positions by set, each once; members (positions) and themes of the networks; what the ties hash to.

    ``frozen`` is the beginning of a SHA-256 of the pairs' codes: another set of ties has another.
    """

    pairs: dict[str, list[Pair]]
    networks: list[tuple[list[int], tuple[str, ...]]]
    frozen: str


def known_pairs(atlas: Atlas) -> KnownPairs:
    """Return the pairs of an atlas: explicit ties between two municipalities; no prefecture, no forum row."""
    where = ground(atlas)
    pairs: dict[str, set[Pair]] = {name: set() for name in THEMES_OF_SET}
    ties = counted_ties(atlas.ties())
    for start, end, themes in zip(ties["from_code"], ties["to_code"], ties["themes"], strict=True):
        one, other = sorted((where.position(start), where.position(end)))
        for name, wanted in THEMES_OF_SET.items():
            if not wanted or wanted & set(themes):
                pairs[name].add((one, other))
    nets = atlas.networks()
    networks = [
        ([where.position(code) for code in codes], themes)
        for codes, themes in zip(nets["member_codes"], nets["themes"], strict=True)
    ]
    for members, themes in networks:
        if "DX" in themes and len(members) <= LARGEST_SYSTEM:
            pairs["systems"] |= {(one, other) for one in members for other in members if one < other}
    ordered = {name: sorted(found) for name, found in pairs.items()}
    said = "\n".join(f"{name} {where.codes[a]} {where.codes[b]}" for name, found in ordered.items() for a, b in found)
    return KnownPairs(ordered, networks, hashlib.sha256(said.encode()).hexdigest()[:12])
