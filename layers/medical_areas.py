"""二次医療圏: the areas in which prefectures plan hospital care. Source: 国土数値情報 A38, 三重県."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.tables import per_snapshot

if TYPE_CHECKING:
    import pandas as pd

    from layers.tables import Tables


SOURCE = "国土交通省 国土数値情報（医療圏 A38）、三重県"


@per_snapshot()
def medical_areas(tables: Tables) -> pd.DataFrame:
    """Return the 339 areas.

    Returns
    -------
    pandas.DataFrame
        ``code`` (4 digits), ``name``, ``prefecture``, ``member_codes`` (tuple of municipalities; 川崎市 lies in two
        areas by its wards), ``parts`` (tuple of the codes as the source gives them, wards among them).
    """
    return tables.read("indicators", "secondary_medical_areas.csv", lists=("member_codes", "parts"))
