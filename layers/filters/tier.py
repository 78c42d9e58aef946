"""By evidence: facts whose best evidence is of a chosen kind. What names no page stands on a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.evidence import TIERS, TIERS_EN, find_tier, tiers_in
from layers.filters.choice import FilterChoice

if TYPE_CHECKING:
    import pandas as pd

    from layers.kinds.kind import Kind
    from layers.tables import Tables


def _passes(_: Tables, __: Kind, frame: pd.DataFrame, values: tuple[str, ...]) -> list[bool]:
    return frame["tier"].isin(values).tolist() if "tier" in frame else ["document" in values] * len(frame)


FILTER = FilterChoice(
    "tier",
    "tiers",
    60,
    "根拠の種類",
    "Evidence",
    "根拠の種類（document、official、secondary、copy）",
    lambda _, written: find_tier(str(written)),
    _passes,
    lambda _, value, language: (TIERS_EN if language == "en" else TIERS)[value],
    tiers_in,
    metavar="R",
)
