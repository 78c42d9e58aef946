"""An indicator over time: a municipality beside its prefecture and the country."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from renkei.atlas import Atlas

COUNTS = frozenset({"人", "世帯", "kW"})
"""Units whose values add up: they are compared as an index, the first date being 100."""


def series_beside(atlas: Atlas, code: str, identifier: str) -> tuple[pd.DataFrame, bool]:
    """Return an indicator's dates for a municipality, its prefecture and Japan.

    Parameters
    ----------
    code
        5-digit code.
    identifier
        An indicator of the catalog.

    Returns
    -------
    pandas.DataFrame, bool
        Index: date; columns ``own``, ``prefecture``, ``country``. Where the unit is a count (second value True) each
        column is an index of sums, the first date with a value of the municipality being 100; else ``own`` is the
        value, the others are medians of municipalities. NaN is no data. In the sums a municipality without data
        counts nothing at any date, so that series stay comparable.
    """
    chosen = atlas.indicator(identifier)
    table = pd.DataFrame({date: atlas.values(identifier, date) for date in chosen.dates})
    inside = table.index.str[:2] == code[:2]
    counted = chosen.unit in COUNTS
    if not counted:
        found = {"own": table.loc[code], "prefecture": table[inside].median(), "country": table.median()}
        return pd.DataFrame(found), False
    whole = table.dropna()
    sums = {"own": table.loc[code], "prefecture": whole[whole.index.str[:2] == code[:2]].sum(), "country": whole.sum()}
    frame = pd.DataFrame(sums)
    known = frame.index[frame["own"].notna()]
    if not len(known):
        return frame * float("nan"), True
    base = frame.loc[known[0]].replace(0, float("nan"))
    return frame / base * 100, True
