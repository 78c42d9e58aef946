"""By programme: a fact passes when it belongs to any of the chosen ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.evidence import find_programme, programmes
from layers.filters.choice import FilterChoice

if TYPE_CHECKING:
    import pandas as pd

    from layers.kinds.kind import Kind, Language
    from layers.tables import Tables


def _passes(_: Tables, __: Kind, frame: pd.DataFrame, values: tuple[str, ...]) -> list[bool]:
    if "programmes" in frame:
        return [not set(values).isdisjoint(own) for own in frame["programmes"]]
    return frame["programme"].isin(values).tolist()


def _said(tables: Tables, value: str, language: Language) -> str:
    return str(programmes(tables).at[value, "name_en" if language == "en" else "name"])


FILTER = FilterChoice(
    "programme",
    "programmes",
    30,
    "事業・資料",
    "Programme",
    "事業の id か日本語名",
    lambda tables, written: find_programme(tables, str(written)),
    _passes,
    _said,
    lambda tables: list(programmes(tables).index),
)
