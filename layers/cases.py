"""Cases of collaboration: reports of seconded experts, workshop ideas and projects; and their figures."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from layers.evidence import with_evidence
from layers.tables import read_table

if TYPE_CHECKING:
    import pandas as pd


@cache
def cases() -> pd.DataFrame:
    """Return the cases.

    Returns
    -------
    pandas.DataFrame
        ``id``, ``programme``, ``kind``, ``fiscal_year`` (text, "" where not stated), ``member_codes`` (tuple;
        empty where only the prefecture takes part), ``prefecture_codes`` (tuple of 2 digits), ``themes``
        (tuple, primary first), ``primary_theme``, ``title``, ``organisation`` (that seconds the expert),
        ``organisation_type``, ``role``, ``document``, ``lines``, ``note``, ``source``, ``evidence``.
    """
    frame = read_table("cases", "cases.csv", lists=("member_codes", "prefecture_codes", "themes"))
    frame.insert(7, "primary_theme", [themes[0] for themes in frame["themes"]])
    return with_evidence(frame)


@cache
def figures() -> pd.DataFrame:
    """Return the figures that the reports state.

    Returns
    -------
    pandas.DataFrame
        ``case_id``, ``kind``, ``label``, ``value`` (as written, text), ``unit``, ``as_of`` (ISO date, year or
        FYyyyy; "" where not stated), ``subject`` ("self": the case's municipality), ``document``, ``line``.
    """
    frame = read_table("cases", "figures.csv")
    frame["value"] = frame["value"].where(frame["value"].ne(""), frame["value_text"])
    return frame.drop(columns=["value_text"])
