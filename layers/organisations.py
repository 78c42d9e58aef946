"""Organisations that work with municipalities: who sends experts, takes part, signs, belongs to a joint area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.tables import per_snapshot

if TYPE_CHECKING:
    import pandas as pd

    from layers.tables import Tables

KINDS: dict[str, tuple[str, str]] = {
    "national": ("国の機関", "National government"),
    "prefecture": ("都道府県の機関", "Prefectural office"),
    "company": ("企業", "Company"),
    "university": ("大学", "University"),
    "school": ("学校", "School"),
    "association": ("団体・協会", "Association"),
    "cooperative": ("組合・信用金庫", "Cooperative"),
    "npo": ("NPO", "NPO"),
    "resident_group": ("住民の団体", "Residents' group"),
    "other": ("その他", "Other"),
}
LINKS: dict[str, tuple[str, str]] = {
    "sent": ("人材を派遣", "Sent an expert"),
    "partner": ("取組に参加", "Took part"),
    "agreement": ("協定", "Agreement"),
    "member": ("圏域の構成員", "Member of a joint area"),
    "participant": ("フォーラムに参加", "Took part in the forum"),
}
"""What ties an organisation to a fact."""


@per_snapshot()
def organisations(tables: Tables) -> pd.DataFrame:
    """Return the organisations.

    Returns
    -------
    pandas.DataFrame
        Index ``id``; ``name``, ``kind`` (of ``KINDS``), ``parent`` (name of the body above, or ""), ``place`` (code
        of the municipality whose 商工会, 観光協会, … is meant; "" for a body that the name alone tells), ``names``
        (tuple: as written elsewhere).
    """
    return tables.read("cases", "organisations.csv", lists=("names",)).set_index("id")


@per_snapshot()
def organisation_links(tables: Tables) -> pd.DataFrame:
    """Return what ties organisations to facts.

    Returns
    -------
    pandas.DataFrame
        ``organisation_id``, ``link`` (of ``LINKS``), ``fact_id`` (of a case or bloc; "" for an agreement), ``code``
        (of the municipality; "" for a bloc), ``role``, ``since``, ``document``, ``lines``.
    """
    return tables.read("cases", "organisation_links.csv")
