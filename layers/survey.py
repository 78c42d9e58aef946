"""The survey among heads of municipalities: figures about programmes and expectations, tied to no place."""

from __future__ import annotations

from functools import cache

import pandas as pd

from layers.evidence import with_evidence
from layers.tables import read_table


@cache
def survey() -> pd.DataFrame:
    """Return the survey: ``table``, ``item``, ``column``, ``value`` (NaN = not asked), ``unit``, source, evidence."""
    frame = with_evidence(read_table("cases", "survey.csv"))
    frame["value"] = pd.to_numeric(frame["value"])
    return frame.drop(columns=["document", "lines"])
