"""Tables that are made once and handed out so that nobody can spoil them for others."""

from __future__ import annotations

from functools import cache, wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")


def private_copy(made: T) -> T:
    """Return a copy of a frame or series that its receiver may change; anything else as it is.

    Pandas copies a column only when it is written to, so a copy costs microseconds. Geometry arrays do not take
    part in that: they are copied whole (pointers, not shapes).

    Examples
    --------
    >>> frame = pd.DataFrame({"a": [1, 2]})
    >>> own = private_copy(frame)
    >>> own.loc[0, "a"] = 9
    >>> int(frame.loc[0, "a"])
    1
    """
    if not isinstance(made, pd.DataFrame | pd.Series):
        return made
    # Known by its method, so that resolving a name need not import geopandas.
    return cast("T", made.copy(deep=hasattr(made, "to_crs")))


def once(function: Callable[P, T]) -> Callable[P, T]:
    """Let a function of reference data run once for each set of arguments; hand out private copies of what it made."""
    kept = cache(function)

    @wraps(function)
    def handing_out(*args: P.args, **kwargs: P.kwargs) -> T:
        return private_copy(kept(*args, **kwargs))  # type: ignore[arg-type]  # arguments are codes and levels

    return handing_out
