"""総務省 ふるさと納税に関する現況調査: what a municipality received, what its residents' gifts take off its tax."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from renkei.official.municipal_series import number, of_today
from renkei.official.tables_of_text import text_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from renkei.official.municipal_series import Block

RECEIVED = {"furusato_received": "amount_yen", "furusato_received_count": "count"}
OF_ONE_YEAR = {
    "furusato_from_outside": ("amount_from_outside_yen", "FY2025"),
    "furusato_cost": ("cost_total_yen", "FY2025"),
    # What is taken off the tax answers the gifts of a calendar year.
    "furusato_deduction": ("resident_tax_deduction_yen", "2025"),
    "furusato_donors": ("resident_donors", "2025"),
}
"""Indicator to column and date."""


def read_hometown_tax(paths: Sequence[Path]) -> list[Block]:
    """Read receipts of every fiscal year, then costs and deductions of the newest (yen, donations, persons).

    Parameters
    ----------
    paths
        The series of receipts, then the table of the newest survey; rows of prefectures are passed over.
    """
    series, newest = paths
    pairs: dict[tuple[str, str], dict[str, float | None]] = defaultdict(dict)
    for row in text_rows(series, ("code", "municipality", "fiscal_year", *RECEIVED.values())):
        if row["municipality"]:
            for identifier, column in RECEIVED.items():
                pairs[identifier, f"FY{row['fiscal_year']}"][row["code"]] = number(row[column])
    for row in text_rows(newest, ("code", "municipality", *(column for column, _ in OF_ONE_YEAR.values()))):
        if row["municipality"]:
            for identifier, (column, when) in OF_ONE_YEAR.items():
                pairs[identifier, when][row["code"]] = number(row[column])
    return [
        (identifier, when, of_today(own, f"{identifier} {when}", missing=0), "")
        for (identifier, when), own in sorted(pairs.items())
    ]
