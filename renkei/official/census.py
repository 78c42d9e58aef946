"""国勢調査: what follows from the counts of three censuses and the official area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.gazetteer import municipalities

if TYPE_CHECKING:
    import pandas as pd

    from renkei.official.municipal_series import Block


def rate(part: pd.Series, whole: pd.Series, per: float = 100) -> pd.Series:
    """Return ``part / whole * per``; a rate on zero is no data.

    Examples
    --------
    >>> import pandas as pd
    >>> rate(pd.Series([1.0, 1.0]), pd.Series([4.0, 0.0])).tolist()
    [25.0, nan]
    """
    return (part / whole * per).replace([np.inf, -np.inf], np.nan)


def census_blocks(y2015: pd.Series, y2020: pd.Series, y2025: pd.Series, *, preliminary: bool = True) -> list[Block]:
    """Return the counts of the censuses of 2015, 2020 and 2025 (10-01), five-year changes and densities.

    Parameters
    ----------
    y2015, y2020, y2025
        Persons, of the 1,741.
    preliminary
        Whether the counts of 2025 are the 速報.
    """
    area = municipalities()["area_km2"]
    mark = "preliminary" if preliminary else ""
    return [
        ("census_population", "2015-10-01", y2015, ""),
        ("census_population", "2020-10-01", y2020, ""),
        ("census_population", "2025-10-01", y2025, mark),
        # Towns near 福島第一原発 had no inhabitants in 2015 (双葉町 in 2020 too).
        ("census_change_rate", "2020-10-01", rate(y2020 - y2015, y2015), ""),
        ("census_change_rate", "2025-10-01", rate(y2025 - y2020, y2020), mark),
        ("population_density", "2020-10-01", y2020 / area, ""),
        ("population_density", "2025-10-01", y2025 / area, mark),
    ]
