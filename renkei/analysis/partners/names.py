"""Name and history: the same name today or before the mergers; a rare part of the name in common."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from layers.tables import per_snapshot
from renkei.analysis.partners.asker import Evidence, Part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from renkei.analysis.partners.asker import Asker
    from renkei.analysis.partners.ground import Ground
    from renkei.atlas import Atlas

PART = Part("names", "名前のゆかり", "Names", "同じ名前（合併前の市町村の名を含む）、名前の一部が共通")

RARE_PIECE = 10
"""A piece of two characters counts where at most so many municipalities have it in their name."""

_COMMON = frozenset("東西南北上中下大小新野川山田島町津原")
"""Directions, sizes and land forms: a character of these in common says nothing."""

RARE_CHARACTER = 12


def _by_piece(pieces: Iterable[Iterable[str]], most: int) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, of_place in enumerate(pieces):
        for piece in sorted(set(of_place)):
            found[piece].append(place)
    return {piece: tuple(places) for piece, places in found.items() if 1 < len(places) <= most}


def name_pieces(name: str) -> tuple[str, ...]:
    """Return each two characters in a row, once.

    Examples
    --------
    >>> name_pieces("会津若松")
    ('会津', '津若', '若松')
    """
    return tuple(dict.fromkeys(name[i : i + 2] for i in range(len(name) - 1)))


class NameIndex:
    """Which municipalities share a name or a piece of it.

    Parameters
    ----------
    ground
        Names of today and before.
    """

    def __init__(self, ground: Ground) -> None:
        own, former = ground.own_names, ground.former_names
        self.own = _by_piece(([name] for name in own), len(own))
        self.every = _by_piece(({name, *before} for name, before in zip(own, former, strict=True)), len(own))
        self.pieces = _by_piece((name_pieces(name) for name in own), RARE_PIECE)
        self.characters = _by_piece((set(name) - _COMMON for name in own), RARE_CHARACTER)


@per_snapshot()
def name_index(_atlas: Atlas, ground: Ground) -> NameIndex:
    """Return the index of an atlas's names."""
    return NameIndex(ground)


def namesakes(ground: Ground, index: NameIndex, place: int) -> dict[int, str]:
    """Return who shares a whole name, of whom at least one still bears it, and that name."""
    found: dict[int, str] = {}
    own = ground.own_names
    for name in (own[place], *sorted(ground.former_names[place])):
        for other in index.every.get(name, ()):
            if other != place and name in (own[place], own[other]):
                found.setdefault(other, name)
    return found


def _marked(count: int, place: int, groups: Iterable[tuple[int, ...]]) -> NDArray[np.float64]:
    marks = np.zeros(count)
    for places in groups:
        marks[list(places)] = 1
    marks[place] = 0
    return marks


def measures(asker: Asker) -> dict[str, NDArray[np.float64]]:
    """Return 1 for namesakes, 1 for two rare characters in a row in common, 1 for one rare character in common."""
    ground, place, index = asker.ground, asker.place, asker.names
    count, name = len(ground.codes), ground.own_names[place]
    return {
        "namesake": _marked(count, place, [tuple(namesakes(ground, index, place))]),
        "rare_piece": _marked(count, place, (index.pieces[each] for each in name_pieces(name) if each in index.pieces)),
        "rare_character": _marked(
            count, place, (index.characters[each] for each in set(name) & index.characters.keys())
        ),
    }


def evidence(asker: Asker, candidate: int) -> tuple[Evidence, ...]:
    """Say which name they share."""
    ground, place = asker.ground, asker.place
    source = "地方公共団体一覧、廃置分合（e-Stat 統計LOD、1970年以降）"
    if name := namesakes(ground, asker.names, place).get(candidate):
        kept = [each for each in (place, candidate) if ground.own_names[each] != name]
        before = f"（{'・'.join(ground.names[each] for each in kept)}は合併前の名）" if kept else ""
        return (Evidence(PART.id, f"同じ名前「{name}」{before}", source),)
    name, theirs = ground.own_names[place], ground.own_names[candidate]
    pieces = [each for each in name_pieces(name) if each in asker.names.pieces and each in theirs]
    characters = [each for each in name if each in asker.names.characters and each in theirs]
    shared = next(iter((*pieces, *characters)), "")
    return (Evidence(PART.id, f"名前に珍しい字「{shared}」が共通", source),) if shared else ()
