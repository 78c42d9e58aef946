"""The classes of an indicator, made of all its dates together, and its values as they are written.

The years play with the same breaks, and a colour means the same in 2020 and in 2050: on the screen, on paper, in files.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from layers.classify import Classes, classify, with_unit
from layers.tables import per_snapshot
from renkei.analysis.bloc_values import bloc_values
from renkei.present.words import word

if TYPE_CHECKING:
    from layers.catalog import Indicator
    from renkei.atlas import Atlas
    from renkei.present.page_state import Unit
    from renkei.present.words import Language

Breaks = tuple[float, ...]


def formatted_values(chosen: Indicator, series: pd.Series, language: Language = "ja") -> list[str | None]:
    """Write each value with its unit as the page shows it; None where there is no data."""
    english = language == "en"
    if chosen.kind != "number":
        labels = (english and chosen.labels_en) or chosen.labels
        return [None if pd.isna(value) else labels[int(value)] for value in series]
    unit = with_unit(chosen.unit_en if english else chosen.unit)
    return [None if pd.isna(value) else f"{value:,.{chosen.decimals}f}{unit}" for value in series]


def classify_indicator(
    atlas: Atlas, chosen: Indicator, date: str, scheme: str = "auto", breaks: Breaks = ()
) -> Classes:
    """Class the values of an indicator at a date, by breaks that are the same at all its dates.

    Parameters
    ----------
    atlas, chosen, date
        Whose values.
    scheme
        ``auto`` is what its catalog entry names, as is ``manual`` without breaks.
    breaks
        Inner breaks of ``manual``.
    """
    wanted = scheme_of(chosen, scheme, breaks)
    values = atlas.values(chosen.id, date)
    if chosen.kind == "number" and wanted != "manual" and len(chosen.dates) > 1:
        shared = classes_of_all_dates(atlas, chosen.id, "municipality", wanted)
        return classes_at(values, shared, chosen, wanted)
    return classify(
        values,
        scheme=wanted,
        breaks=breaks if wanted == "manual" else chosen.breaks(date) if wanted == "natural" else None,
        diverging=chosen.diverging,
        decimals=decimals_of(chosen, wanted, breaks),
        shown=chosen.decimals,
        unit=chosen.unit,
        labels=chosen.labels,
    )


def classify_areas(atlas: Atlas, chosen: Indicator, date: str, scheme: str, unit: Unit, breaks: Breaks = ()) -> Classes:
    """Class an indicator of the areas of a layer at a date; ``codes`` by area."""
    values = bloc_values(atlas, unit, chosen.id, date)
    wanted = scheme_of(chosen, scheme, breaks)
    if wanted != "manual":
        return classes_at(values, classes_of_all_dates(atlas, chosen.id, unit, wanted), chosen, wanted)
    return classify(
        values,
        scheme=wanted,
        breaks=breaks,
        diverging=chosen.diverging,
        decimals=decimals_of(chosen, wanted, breaks),
        shown=chosen.decimals,
        unit=chosen.unit,
    )


@per_snapshot(maxsize=256)
def classes_of_all_dates(atlas: Atlas, identifier: str, unit: Unit, scheme: str) -> Classes:
    """Return the classes of a series' values of all dates together."""
    chosen = atlas.indicator(identifier)
    every = [
        atlas.values(identifier, date) if unit == "municipality" else bloc_values(atlas, unit, identifier, date)
        for date in chosen.dates
    ]
    pooled = pd.concat(every, ignore_index=True)
    return classify(
        pooled,
        scheme=scheme,
        diverging=chosen.diverging,
        decimals=chosen.decimals,
        shown=chosen.decimals,
        unit=chosen.unit,
    )


def classes_at(values: pd.Series, shared: Classes, chosen: Indicator, scheme: str) -> Classes:
    """Class the values of one date by the breaks and in the colours of all dates."""
    found = classify(
        values,
        scheme=scheme,
        breaks=shared.breaks,
        diverging=chosen.diverging,
        decimals=chosen.decimals,
        shown=chosen.decimals,
        unit=chosen.unit,
    )
    return replace(found, colors=shared.colors)  # at one date all may lie below zero: the colours stay


def scheme_of(chosen: Indicator, scheme: str, breaks: Breaks) -> str:
    """Return how the classes are made: what is asked for, else what the indicator's entry names."""
    unsaid = scheme == "auto" or (scheme == "manual" and not breaks)
    return chosen.scheme if unsaid or chosen.kind != "number" else scheme


def decimals_of(chosen: Indicator, scheme: str, breaks: Breaks) -> int:
    """Return how many decimals its breaks need: those that a person chose are written in full."""
    own = [len(repr(each).partition(".")[2]) for each in breaks if each != int(each)] if scheme == "manual" else []
    return max([chosen.decimals, *own])


def no_data_word(chosen: Indicator, language: Language) -> str:
    """Say what a municipality without a value is: without data, or not known to be a member."""
    return word("unknown_value" if chosen.kind == "membership" else "no_data", language)


def title_of(chosen: Indicator, language: Language) -> str:
    """Return an indicator's name in a language."""
    return chosen.title_en if language == "en" else chosen.title
