"""Two indicators on one map: each in three classes of equal size, nine together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from layers.classify import classify

if TYPE_CHECKING:
    from layers.classify import Classes

SIDE = 3
COLORS = (
    "#e8e8e8",
    "#b5c0da",
    "#6c83b5",
    "#b8d6be",
    "#90b2b3",
    "#567994",
    "#73ae80",
    "#5a9178",
    "#2a5a5b",
)
"""Nine colours, the first indicator's class in steps of three (towards green), the second's in steps of one (towards
blue): both grow darker, so the order holds for colour-blind eyes and in grey print."""


class Bivariate(NamedTuple):
    """Two indicators classed together.

    ``codes``: 0 to 8 (three times the first's class, plus the second's), -1 where one has no data; ``counts`` of the
    nine; ``first``, ``second``: the classes of each.
    """

    codes: pd.Series
    counts: tuple[int, ...]
    no_data_count: int
    first: Classes
    second: Classes


def bivariate(first: pd.Series, second: pd.Series, decimals: tuple[int | None, int | None] = (None, None)) -> Bivariate:
    """Class two indicators of the same municipalities together.

    Parameters
    ----------
    first, second
        Values by code; NaN is no data.
    decimals
        With which each is written: a value is classed as it is read.

    Examples
    --------
    >>> ramp = pd.Series([1.0, 2, 3, 4, 5, 6])
    >>> bivariate(ramp, ramp).counts
    (2, 0, 0, 0, 2, 0, 0, 0, 2)
    """
    one, two = (
        classify(values, scheme="quantile", k=SIDE, decimals=written)
        for values, written in zip((first, second), decimals, strict=True)
    )
    known = (one.codes >= 0) & (two.codes >= 0)
    codes = pd.Series(np.where(known, one.codes * SIDE + two.codes, -1), index=first.index)
    counts = np.bincount(codes[codes >= 0], minlength=SIDE * SIDE)
    return Bivariate(codes, tuple(int(count) for count in counts), int((~known).sum()), one, two)
