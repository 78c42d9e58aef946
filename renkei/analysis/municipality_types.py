"""総務省's types of like municipalities (類似団体), by population and industry.

The rule of 類似団体別市町村財政指数表 in its edition on the census of 2020: cities in four classes of population by
four of industry (16 types), towns and villages in five by three (15 types); designated cities and special wards are
types of their own. 総務省 also sets the core cities (中核市) and the former special cities (施行時特例市) apart: no
list of them is among the tables, so they are given the type that their population and industry make. Computed here,
not copied from a published list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from layers.tables import per_snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.atlas import Atlas

CENSUS_DATE = "2020-10-01"
"""Day of the census whose population and industry the types stand on."""

WORKERS = ("primary_industry_workers", "secondary_industry_workers", "tertiary_industry_workers")

CITY_LIMITS = (50_000, 100_000, 150_000)
TOWN_LIMITS = (5_000, 10_000, 15_000, 20_000)
ROMAN = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ")

DESIGNATED, SPECIAL_WARD, UNKNOWN = "政令指定都市", "特別区", ""


def type_of(kind: str, population: float, shares: Sequence[float]) -> str:
    """Return the type of a city, town or village.

    Parameters
    ----------
    kind
        ``市``, or ``町`` or ``村``.
    population
        People at the census.
    shares
        Shares (%) of the workers in primary, secondary and tertiary industry, of those whose industry is known.

    Returns
    -------
    str
        Such as ``都市Ⅳ－３`` or ``町村Ⅰ－０``; "" where a figure is not known.

    Examples
    --------
    >>> type_of("市", 166_536, [5.0, 14.0, 81.0]), type_of("村", 3_480, [25.0, 20.0, 55.0])
    ('都市Ⅳ－３', '町村Ⅰ－０')
    """
    primary, _, tertiary = shares
    if np.isnan([population, *shares]).any():
        return UNKNOWN
    if kind == "市":
        size = ROMAN[int(np.searchsorted(CITY_LIMITS, population, side="right"))]
        industry = (3 if tertiary >= 65 else 2) if primary <= 10 else (1 if tertiary >= 55 else 0)  # noqa: PLR2004
        return f"都市{size}－{'０１２３'[industry]}"
    size = ROMAN[int(np.searchsorted(TOWN_LIMITS, population, side="right"))]
    industry = (2 if tertiary >= 60 else 1) if primary <= 20 else 0  # noqa: PLR2004
    return f"町村{size}－{'０１２３'[industry]}"


@per_snapshot()
def municipality_types(atlas: Atlas) -> pd.Series:
    """Return the type of each municipality by code; "" where the catalog does not hold what it stands on."""
    places = atlas.municipalities()
    known = {each.id for each in atlas.indicators()}
    workers = pd.DataFrame(
        {each: atlas.values(each) if each in known else np.nan for each in WORKERS}, index=places.index
    )
    shares = workers.div(workers.sum(axis=1, skipna=False), axis=0) * 100
    people = atlas.values("census_population", CENSUS_DATE)
    found = [
        type_of(name[-1], float(population), list(of_place))
        for name, population, of_place in zip(places["name"], people, shares.to_numpy(), strict=True)
    ]
    types = pd.Series(found, index=places.index, name="type", dtype=object)
    types[places["designated_city"]] = DESIGNATED
    types[places["name"].str.endswith("区")] = SPECIAL_WARD
    return types
