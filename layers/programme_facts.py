"""Dated facts of municipalities in national programmes and of their declarations, each with its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from layers.renewed_indicators import RENEWED
from layers.tables import per_snapshot

if TYPE_CHECKING:
    from layers.tables import Tables


@per_snapshot()
def programme_facts(tables: Tables) -> pd.DataFrame:
    """Return the facts behind the membership indicators.

    Those that ``renkei data update`` read out of a whole list stand in place of the earlier ones of that list.

    Returns
    -------
    pandas.DataFrame
        ``code``, ``indicator`` (id in the catalog), ``date`` (ISO date or year; "" where the page gives none),
        ``detail``, ``url``, ``tier`` (``layers.evidence.TIERS``). A municipality that is not here is unknown.
    """
    shipped = tables.read("indicators", "programme_facts.csv")
    if not tables.has("indicators", f"{RENEWED}/programme_facts.csv"):
        return shipped
    renewed = tables.read("indicators", f"{RENEWED}/programme_facts.csv")
    kept = shipped[~shipped["url"].isin(set(renewed["url"]))]
    columns = ["code", "indicator", "date"]
    return pd.concat([kept, renewed], ignore_index=True).sort_values(columns, ignore_index=True)
