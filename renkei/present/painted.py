"""The figures behind the colours: what a view paints of each municipality or bloc, and in which class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from renkei.analysis.bloc_values import bloc_values, spread, told_of_several
from renkei.present.indicator_classes import classify_areas, classify_indicator
from renkei.present.layer_rows import RowField

if TYPE_CHECKING:
    from layers.catalog import Indicator
    from layers.classify import Classes
    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState


class Painted(NamedTuple):
    """What is painted.

    ``values``: one a municipality, its bloc's where the unit is a bloc; ``codes``: its class, NaN where there is none;
    ``classes``: of the municipalities, or of the blocs.
    """

    values: pd.Series
    codes: pd.Series
    classes: Classes


def painted(atlas: Atlas, view: PageState) -> Painted:
    """Return the values and classes that a view paints.

    Returns
    -------
    Painted
        ``values``: index the 1,741 codes; NaN is no data, or outside every bloc of the unit.
    """
    chosen = atlas.indicator(view.indicator_id)
    date = view.date or chosen.dates[-1]
    own = atlas.values(chosen.id, date)
    if view.unit == "municipality" or not told_of_several(chosen):
        classes = classify_indicator(atlas, chosen, date, view.scheme, view.breaks)
        return Painted(own, _numbers(classes), classes)
    by_bloc = bloc_values(atlas, view.unit, chosen.id, date)
    classes = classify_areas(atlas, chosen, date, view.scheme, view.unit, view.breaks)
    values, codes = (spread(atlas, view.unit, each, own.index) for each in (by_bloc, _numbers(classes)))
    return Painted(values, codes, classes)


def _numbers(classes: Classes) -> pd.Series:
    return classes.codes.astype(float).where(classes.codes >= 0)


def indicator_note(chosen: Indicator, date: str) -> dict[str, str]:
    """Return what a file says of an indicator that it holds."""
    return {
        "title": chosen.title,
        "unit": chosen.unit,
        "date": date,
        "published": chosen.published_text(date),
        "status": chosen.flag(date) or "final",
        "definition": chosen.definition,
        "source": chosen.source,
        "publisher": chosen.publisher,
        "licence": chosen.licence,
        "gaps": chosen.gaps,
    }


def indicator_fields(chosen: Indicator, date: str) -> list[RowField]:
    """Return the columns of an indicator: its values, and beside them their date."""
    published = chosen.published_text(date)
    about = f"{chosen.definition}　{chosen.publisher}「{chosen.source}」{date}（公表 {published}）"
    return [
        RowField(chosen.id, chosen.title, chosen.title_en, "text" if chosen.labels else "real", chosen.unit, about),
        RowField(f"{chosen.id}_date", f"{chosen.title}の時点", f"Date of {chosen.title_en}"),
    ]


def bloc_figures(
    atlas: Atlas, view: PageState
) -> tuple[dict[str, dict[str, Any]], list[RowField], dict[str, dict[str, str]]]:
    """Return, by bloc, the view's indicator and its date; columns and notes of it; nothing where no rule tells it."""
    chosen = atlas.indicator(view.indicator_id)
    if not told_of_several(chosen):
        return {}, [], {}
    date = view.date or chosen.dates[-1]
    found: dict[str, dict[str, Any]] = {}
    for layer in dict.fromkeys(atlas.blocs()["layer"]):
        for bloc, value in bloc_values(atlas, layer, chosen.id, date).items():
            told = None if pd.isna(value) else round(float(value), max(chosen.decimals, 1))
            found[str(bloc)] = {chosen.id: told, f"{chosen.id}_date": date}
    return found, indicator_fields(chosen, date), {chosen.id: indicator_note(chosen, date)}
