"""Dated facts of municipalities in national programmes and of their declarations, each with its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.tables import per_snapshot

if TYPE_CHECKING:
    import pandas as pd

    from layers.tables import Tables


@per_snapshot()
def programme_facts(tables: Tables) -> pd.DataFrame:
    """Return the facts behind the membership indicators.

    Returns
    -------
    pandas.DataFrame
        ``code``, ``indicator`` (id in the catalog), ``date`` (ISO date or year; "" where the page gives none),
        ``detail``, ``url``, ``tier`` (``layers.evidence.TIERS``). A municipality that is not here is unknown.
    """
    return tables.read("indicators", "programme_facts.csv")
