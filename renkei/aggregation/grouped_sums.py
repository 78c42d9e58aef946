"""Exact sums by municipality and by the values of the columns that are kept apart: what a part yields, and merges."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from renkei.aggregation.exact_sums import ExactSums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]

Key = tuple[Any, ...]
"""Position of a municipality (-1 outside, -10 - reason for bad rows), then a text for each column kept apart."""

BAD = -10


class GroupedSums:
    """Sums of ``measures`` numbers for each key; the first measure counts rows.

    ``totals`` are the sums of the same measures over all rows, taken before any row is placed: what all groups
    together must come to. ``whole`` tells, for each measure, whether all its numbers were whole.
    """

    def __init__(self, measures: int) -> None:
        self.ids: dict[Key, int] = {}
        self.sums = [ExactSums(0) for _ in range(measures)]
        self.totals = [Fraction(0)] * measures
        self.whole = [True] * measures

    def group_ids(self, keys: Sequence[Key]) -> IntArray:
        """Return the ids of keys; new ones are made."""
        ids = np.array([self.ids.setdefault(key, len(self.ids)) for key in keys], dtype=np.int64)
        for sums in self.sums:
            sums.grow(len(self.ids))
        return ids

    def add(
        self, keys: Sequence[Key], code: IntArray, values: Sequence[NDArray[Any]], weights: IntArray | None
    ) -> None:
        """Add rows: ``code`` says which of ``keys`` each row has; a row has a value for each measure."""
        group = self.group_ids(keys)[code]
        for sums, numbers in zip(self.sums, values, strict=True):
            sums.add(group, numbers, weights)

    def merge(self, other: GroupedSums) -> None:
        """Add the sums of another part."""
        ids = self.group_ids(list(other.ids))
        for mine, theirs in zip(self.sums, other.sums, strict=True):
            mine.merge(theirs, ids)
        self.totals = [mine + theirs for mine, theirs in zip(self.totals, other.totals, strict=True)]
        self.whole = [mine and theirs for mine, theirs in zip(self.whole, other.whole, strict=True)]

    def to_table(self) -> pa.Table:
        """Return the sums as an Arrow table, with totals in its metadata; ``from_table`` reads it."""
        keys = list(self.ids)
        columns = {"position": pa.array([key[0] for key in keys], pa.int16())}
        for number in range(len(keys[0]) - 1 if keys else 0):
            columns[f"group{number}"] = pa.array([key[number + 1] for key in keys], pa.string())
        for number, sums in enumerate(self.sums):
            for place, limb in sums.limbs.items():
                columns[f"sum{number}:{place}"] = pa.array(limb)
        about = {"totals": [str(total) for total in self.totals], "whole": self.whole}
        return pa.table(columns).replace_schema_metadata({"renkei": json.dumps(about)})

    @classmethod
    def from_table(cls, table: pa.Table) -> GroupedSums:
        """Return the sums that ``to_table`` wrote.

        Raises
        ------
        ValueError, LookupError
            When the table is another one.
        """
        about = json.loads((table.schema.metadata or {})[b"renkei"])
        found = cls(len(about["totals"]))
        groups = [name for name in table.column_names if name.startswith("group")]
        texts = [table.column(f"group{number}").to_pylist() for number in range(len(groups))]
        keys = zip(table.column("position").to_pylist(), *texts, strict=True)
        found.ids = {key: number for number, key in enumerate(keys)}
        for name in table.column_names:
            if name.startswith("sum"):
                number, place = name.removeprefix("sum").split(":")
                limb = table.column(name).to_numpy().astype(np.int64)
                found.sums[int(number)].limbs[int(place)] = limb
        for sums in found.sums:
            sums.groups = len(found.ids)
        found.totals = [Fraction(total) for total in about["totals"]]
        found.whole = list(about["whole"])
        return found
