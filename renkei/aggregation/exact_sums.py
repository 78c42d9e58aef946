"""Sums that do not depend on order: every number is taken apart into whole numbers, and these are added.

A float64 is a whole number of at most 53 bits times a power of two. It is cut into limbs of 24 bits at fixed places
(multiples of 2**24), limbs of one place are added as int64, and carries are taken on. The sum is exact at every
moment, so that no order, partition or engine can change it; only the last step rounds, once, to the nearest float.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]

LIMB = 24
"""Bits of a limb."""

_MASK = (1 << LIMB) - 1
_HIGH = 1 << 40
"""The highest limb keeps the sign and is carried on only when it is larger than that."""

_AT_ONCE = 1 << 18
"""Numbers added between two carries: 2**24 (limb) * 2**20 (weight) * 2**18 fits in an int64."""


class ExactSums:
    """Exact sums of groups. ``limbs`` maps a place ``j`` (2**(24 j)) to an int64 for each group."""

    def __init__(self, groups: int, limbs: Mapping[int, IntArray] | None = None) -> None:
        self.groups = groups
        self.limbs: dict[int, IntArray] = dict(limbs or {})

    def grow(self, groups: int) -> None:
        """Make room for more groups."""
        if groups == self.groups:
            return
        self.limbs = {place: np.pad(limb, (0, groups - len(limb))) for place, limb in self.limbs.items()}
        self.groups = groups

    def add(self, group: IntArray, values: NDArray[Any], weights: IntArray | None = None) -> None:
        """Add values to their groups.

        Parameters
        ----------
        group
            The group of each value, from 0, shape (n,).
        values
            Finite float64, or any integers, shape (n,).
        weights
            Whole numbers from 0 to 2**20 that the values are multiplied by; none stand for 1.

        Examples
        --------
        >>> sums = ExactSums(1)
        >>> sums.add(np.zeros(3, dtype=int), np.array([1e16, 1.0, -1e16]))
        >>> sums.fractions()
        [Fraction(1, 1)]
        """
        for start in range(0, len(values), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            for place, limb in _limbs(values[part]):
                if weights is None:
                    # Up to 2**42, so that float64 adds them exactly, and faster than integers are added.
                    added = np.bincount(group[part], limb.astype(np.float64), self.groups).astype(np.int64)
                else:
                    added = np.zeros(self.groups, dtype=np.int64)
                    np.add.at(added, group[part], limb * weights[part])
                self._add_limb(place, added)
            self._carry()

    def merge(self, other: ExactSums, group: IntArray) -> None:
        """Add other sums, each of its groups to the group of this one that ``group`` names."""
        for place, limb in other.limbs.items():
            added = np.zeros(self.groups, dtype=np.int64)
            np.add.at(added, group, limb)
            self._add_limb(place, added)
        self._carry()

    def scaled(self) -> tuple[list[int], int]:
        """Return the sums, exact, as whole numbers of 1/d, and d (a power of two)."""
        totals = [0] * self.groups
        lowest = min(self.limbs, default=0)
        for place, limb in self.limbs.items():
            shift = LIMB * (place - min(lowest, 0))
            totals = [total + (part << shift) for total, part in zip(totals, limb.tolist(), strict=True)]
        return totals, 1 << LIMB * max(-lowest, 0)

    def fractions(self) -> list[Fraction]:
        """Return the sums, exact."""
        totals, denominator = self.scaled()
        return [Fraction(total, denominator) for total in totals]

    def _add_limb(self, place: int, added: IntArray) -> None:
        if place in self.limbs:
            self.limbs[place] = self.limbs[place] + added
        elif added.any():
            self.limbs[place] = added

    def _carry(self) -> None:
        if not self.limbs:
            return
        place = min(self.limbs)
        while place in self.limbs:
            limb = self.limbs[place]
            if place < max(self.limbs) or np.abs(limb).max(initial=0) >= _HIGH:
                self.limbs[place] = limb & _MASK
                above = self.limbs.get(place + 1)
                self.limbs[place + 1] = limb >> LIMB if above is None else above + (limb >> LIMB)
            place += 1


def is_whole(values: NDArray[Any]) -> bool:
    """Tell whether all values are whole numbers."""
    return values.dtype.kind in "iu" or bool((values == np.trunc(values)).all())


def _limbs(values: NDArray[Any]) -> Iterator[tuple[int, IntArray]]:
    """Yield places and signed limbs; the values are the sums of limb * 2**(24 place)."""
    if values.dtype.kind in "iu":
        yield from _limbs_of_integers(values)
        return
    rest = values.astype(np.float64)
    place = (int(np.frexp(np.abs(rest).max(initial=0.0))[1]) + LIMB - 1) // LIMB
    while rest.any():
        # Cutting off what is below the place takes bits away and adds none: every step is exact.
        limb = np.trunc(np.ldexp(rest, -LIMB * place))
        rest = rest - np.ldexp(limb, LIMB * place)
        yield place, limb.astype(np.int64)
        place -= 1


def _limbs_of_integers(values: NDArray[Any]) -> Iterator[tuple[int, IntArray]]:
    negative = values < 0
    size = np.abs(values).astype(np.uint64)  # abs of the least int64 overflows to itself, which reads right unsigned
    place = 0
    while size.any():
        limb = (size & np.uint64(_MASK)).astype(np.int64)
        yield place, np.where(negative, -limb, limb)
        size = size >> np.uint64(LIMB)
        place += 1
