"""What municipalities state of themselves in the reports: declarations, selections, targets, digital grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.evidence import with_evidence
from layers.tables import per_snapshot

if TYPE_CHECKING:
    import pandas as pd

    from layers.tables import Tables

TOPICS: dict[str, tuple[str, str]] = {
    "zero_carbon": ("ゼロカーボンの表明", "Zero-carbon declaration"),
    "leading_area": ("脱炭素先行地域", "Decarbonization leading area"),
    "emission_target": ("排出削減の目標", "Emission target"),
    "digital_grant": ("デジタル田園都市国家構想交付金", "Digital Garden City grant"),
    "regional_grant": ("地方創生の交付金", "Regional revitalization grant"),
}
STATUSES: dict[str, tuple[str, str]] = {
    "declared": ("表明", "declared"),
    "selected": ("選定・採択", "selected"),
    "applied": ("申請", "applied for"),
    "used": ("活用", "used"),
    "planned": ("予定", "planned"),
    "target": ("目標", "target"),
}


@per_snapshot()
def statements(tables: Tables) -> pd.DataFrame:
    """Return the statements, by municipality and topic.

    Returns
    -------
    pandas.DataFrame
        ``code``, ``topic`` (of ``TOPICS``), ``status`` (of ``STATUSES``), ``date`` (ISO date, month or year, or
        FYyyyy; "" where the lines give none), ``target_year`` ("" where none), ``value`` and ``unit`` (text),
        ``detail``, ``case_id``, ``document``, ``lines``, ``source``, ``evidence``.

    Examples
    --------
    >>> from layers.tables import Tables
    >>> statements(Tables.open()).query("code == '01364'")["date"].tolist()
    ['2022-06-01']
    """
    return with_evidence(tables, tables.read("cases", "statements.csv"))
