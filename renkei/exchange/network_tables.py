"""Networks on their way out: one feature a network, or one row a membership."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from geo.codes import to_code6
from geo.gazetteer import display_name
from layers.networks import memberships
from layers.tables import rows

if TYPE_CHECKING:
    import pandas as pd

MEMBERSHIP_COLUMNS = (
    "network_id",
    "network",
    "kind",
    "family",
    "since",
    "code",
    "code6",
    "member",
    "membership",
    "complete",
    "as_of",
    "themes",
    "source",
    "evidence",
)
"""Columns of the table of memberships."""


def membership_csv(frame: pd.DataFrame) -> bytes:
    """Return one row a membership as CSV (UTF-8 with BOM, as Excel opens it; LF).

    Parameters
    ----------
    frame
        Networks, as the filters leave them.
    """
    about = {row["id"]: row for row in rows(frame)}
    text = io.StringIO()
    writer = csv.DictWriter(text, MEMBERSHIP_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows(memberships(frame)):
        network = about[row["network_id"]]
        told = {"network": row["name"], "code6": to_code6(row["code"]), "member": display_name(row["code"])}
        told |= {"themes": "；".join(network["themes"]), "source": network["source"], "evidence": network["evidence"]}
        writer.writerow({column: (row | told)[column] for column in MEMBERSHIP_COLUMNS})
    return b"\xef\xbb\xbf" + text.getvalue().encode()
