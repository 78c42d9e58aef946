"""What municipalities say that they seek or can give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.cases import cases, items
from layers.tables import per_snapshot

if TYPE_CHECKING:
    import pandas as pd

    from layers.tables import Tables

SIDES: dict[str, tuple[str, str]] = {"need": ("求めていること", "Sought"), "offer": ("出せること", "Offered")}
BASES: dict[str, tuple[str, str]] = {
    "said": ("本文に述べられている", "said in the source"),
    "no_measure": ("課題に挙がるが、取組の記載がない", "named as a challenge, without a measure in the source"),
}
"""What makes it a need or an offer."""


@per_snapshot()
def needs_and_offers(tables: Tables) -> pd.DataFrame:
    """Return needs and offers, one row each.

    Returns
    -------
    pandas.DataFrame
        ``id``, ``case_id``, ``side`` (of ``SIDES``), ``basis`` (of ``BASES``), ``code`` (of the municipality or
        prefecture that says so; "" where the source does not tell who), ``member_codes`` and ``prefecture_codes`` (of
        the case), ``themes`` (tuple), ``text`` (Japanese), ``said_on`` (ISO date or fiscal year, or ""),
        ``programme``, ``document``, ``lines``, ``source``, ``evidence``.

    Examples
    --------
    >>> from layers.tables import Tables
    >>> frame = needs_and_offers(Tables.open())
    >>> frame.loc[frame["code"].eq("32528"), "side"].unique().tolist()
    ['need']
    """
    chosen = tables.read("cases", "needs_and_offers.csv").rename(columns={"item": "number"})
    told = items(tables).drop(columns=["aspect"])
    about = cases(tables)[["id", "programme", "member_codes", "prefecture_codes"]].rename(columns={"id": "case_id"})
    frame = chosen.merge(told, on=["case_id", "number"], validate="one_to_one").merge(about, on="case_id")
    frame.insert(0, "id", frame["case_id"] + "-" + frame["number"])
    return frame.drop(columns=["number"])
