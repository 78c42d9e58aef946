"""What a new table changes: block by block, rows changed, values gained and lost, sums."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

TOLERANCE = 1e-9


class BlockChange(NamedTuple):
    """One indicator at one date, before and after.

    ``before`` and ``after`` are sums of the values; ``gained`` and ``lost`` are codes that have, or no longer have,
    a value; ``changed`` have another one; ``held`` had one before.
    """

    indicator: str
    date: str
    new: bool
    changed: tuple[str, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    before: float
    after: float
    held: int = 0

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.new or self.changed or self.gained or self.lost)


def differences(old: pd.DataFrame | None, new: pd.DataFrame) -> list[BlockChange]:
    """Compare two tidy tables; blocks that are only in ``old`` are kept and so not told of.

    Examples
    --------
    >>> import pandas as pd
    >>> columns = ["code", "indicator", "date", "value", "flag"]
    >>> old = pd.DataFrame([["01100", "a", "2020", 1.0, ""], ["01202", "a", "2020", None, "no_data"]], columns=columns)
    >>> new = pd.DataFrame([["01100", "a", "2020", 2.0, ""], ["01202", "a", "2020", 5.0, ""]], columns=columns)
    >>> differences(old, new)[0][3:]
    (('01100',), ('01202',), (), 1.0, 7.0, 1)
    """
    before = {} if old is None else dict(iter(old.groupby(["indicator", "date"], sort=False)))
    found = []
    for key, rows in new.groupby(["indicator", "date"], sort=False):
        after = rows.set_index("code")["value"]
        earlier = before[key].set_index("code")["value"].reindex(after.index) if key in before else None
        indicator, date = map(str, key)
        if earlier is None:
            gained = tuple(after.index[after.notna()])
            found.append(BlockChange(indicator, date, True, (), gained, (), 0.0, float(after.sum())))  # noqa: FBT003
            continue
        both = earlier.notna() & after.notna()
        moved = both & ((earlier - after).abs() > TOLERANCE * earlier.abs().clip(lower=1))
        found.append(
            BlockChange(
                indicator,
                date,
                False,  # noqa: FBT003
                tuple(after.index[moved]),
                tuple(after.index[earlier.isna() & after.notna()]),
                tuple(after.index[earlier.notna() & after.isna()]),
                float(earlier.sum()),
                float(after.sum()),
                int(earlier.notna().sum()),
            )
        )
    return found
