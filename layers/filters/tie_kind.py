"""By kind of tie: ties and networks of the chosen families; other facts are left as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.filters.choice import FilterChoice
from layers.kinds import kinds
from layers.tie_kinds import TIE_KINDS, find_kind

if TYPE_CHECKING:
    import pandas as pd

    from layers.kinds.kind import Kind
    from layers.tables import Tables

_KINDS = {each.id: each for each in TIE_KINDS}


def _passes(_: Tables, __: Kind, frame: pd.DataFrame, values: tuple[str, ...]) -> list[bool]:
    return frame["family"].isin(values).tolist() if "family" in frame else [True] * len(frame)


def _options(tables: Tables) -> list[str]:
    frames = [kind.read(tables) for kind in kinds()]
    there = {family for frame in frames if "family" in frame for family in frame["family"]}
    return [each.id for each in TIE_KINDS if each.id in there]


FILTER = FilterChoice(
    "kind",
    "kinds",
    50,
    "連携の種類",
    "Kind of tie",
    "連携の種類（disaster、sister など）",
    lambda _, written: find_kind(str(written)).id,
    _passes,
    lambda _, value, language: _KINDS[value].name_en if language == "en" else _KINDS[value].name,
    _options,
    metavar="K",
)
