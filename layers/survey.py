"""The survey among heads of municipalities: figures about programmes and expectations, tied to no place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from layers.evidence import with_evidence
from layers.tables import per_snapshot

if TYPE_CHECKING:
    from layers.tables import Tables


@per_snapshot()
def survey(tables: Tables) -> pd.DataFrame:
    """Return the survey: ``table``, ``item``, ``column``, ``value`` (NaN = not asked), ``unit``, source, evidence."""
    frame = with_evidence(tables, tables.read("cases", "survey.csv"))
    frame["value"] = pd.to_numeric(frame["value"])
    return frame.drop(columns=["document", "lines"])
