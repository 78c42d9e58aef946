"""What the map is painted with: an indicator's classes, colours and legend, alone, as a change, or with a second one.

The classes of a series are made of all its dates together: the years play with the same breaks, and a colour means the
same in 2020 and in 2050.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.gazetteer import municipalities
from layers.classify import class_labels, classify, with_unit
from layers.tables import per_snapshot
from renkei.analysis.bivariate import COLORS, bivariate
from renkei.analysis.bloc_values import bloc_values, spread, told_of_several
from renkei.browser.addresses import made_address
from renkei.own_indicators import GROUP as OWN_GROUP
from renkei.present.indicator_classes import (
    Breaks,
    classify_areas,
    classify_indicator,
    decimals_of,
    formatted_values,
    no_data_word,
    title_of,
)
from renkei.present.source_names import cited
from renkei.present.words import dated, word

if TYPE_CHECKING:
    from layers.catalog import Indicator
    from layers.classify import Classes
    from renkei.atlas import Atlas
    from renkei.browser.contract import Background, GridAxis, LegendRow, Series
    from renkei.present.page_state import PageState, Unit
    from renkei.present.words import Language

OUTSIDE = "."
"""The class of a municipality in no bloc of the kind that is painted."""


def _legend_rows(chosen: Indicator, classes: Classes, language: Language) -> list[LegendRow]:
    labels = classes.labels
    if language == "en":
        decimals = decimals_of(chosen, classes.scheme, classes.breaks)
        labels = chosen.labels_en or class_labels(classes.breaks, decimals, "", english=True)
    rows: list[LegendRow] = [
        {"label": label, "count": f"{count:,}", "color": color}
        for label, count, color in zip(labels, classes.counts, classes.colors, strict=True)
        if count or chosen.kind == "number"
    ]
    if classes.no_data_count:
        rows.append({"label": no_data_word(chosen, language), "count": f"{classes.no_data_count:,}", "color": ""})
    return rows


def legend_date(chosen: Indicator, date: str, language: Language) -> str:
    """Return the line below a legend's title: unit and date."""
    when = dated(date, chosen.flag(date), language)
    unit = (chosen.unit_en if language == "en" else chosen.unit) or ""
    said = word("own_read_on" if chosen.group == OWN_GROUP.id else "as_of", language)
    parts = [part for part in (unit, f"{said} {when}") if part]
    return "／".join(parts) if language == "ja" else " · ".join(parts)


def source_line(chosen: Indicator, date: str, language: Language) -> str:
    """Say where the figures of a date come from, and when they were published."""
    if chosen.group == OWN_GROUP.id:
        return f"{word('source', language)}：{chosen.publisher}「{chosen.source}」"
    key = "published_by" if chosen.published_note else "published_on"
    published = word(key, language, day=dated(chosen.published_on(date), "", language))
    if language == "en":
        return f"{word('source', language)}: {cited(chosen, language)} ({published})"
    return f"{word('source', language)}：{cited(chosen, language)}（{published}）"


def class_digits(classes: Classes) -> str:
    """Write the class of each municipality, in gazetteer order, as one character; "-" is no data.

    Examples
    --------
    >>> class_digits(classify(pd.Series([1.0, 9.0, float("nan")]), scheme="manual", breaks=(5.0,)))
    '01-'
    """
    return "".join("-" if code < 0 else chr(48 + int(code)) for code in classes.codes)


@per_snapshot(maxsize=1024)
def background(
    atlas: Atlas, identifier: str, date: str, scheme: str, unit: Unit, language: Language, breaks: Breaks = ()
) -> Background:
    """Return what an indicator paints: its classes, colours and legend. Not to be changed."""
    chosen = atlas.indicator(identifier)
    title = title_of(chosen, language)
    if unit == "municipality" or not told_of_several(chosen):
        classes = classify_indicator(atlas, chosen, date, scheme, breaks)
        digits = class_digits(classes)
        figures = figures_name(atlas, identifier, date, language)
    else:
        classes, digits = _by_area(atlas, chosen, date, scheme, unit, breaks)
        name = word("other_blocs" if unit == "blocs" else unit, language)
        title = f"{title}　{word('by_unit', language, unit=name)}"
        figures = figures_name(atlas, identifier, date, language, unit)
    return {
        "classes": digits,
        "colors": list(classes.colors),
        "legend": {
            "title": title,
            "dated": legend_date(chosen, date, language),
            "source": source_line(chosen, date, language),
            "rows": _legend_rows(chosen, classes, language),
            "noData": no_data_word(chosen, language),
        },
        "values": figures,
    }


def _by_area(
    atlas: Atlas, chosen: Indicator, date: str, scheme: str, unit: Unit, breaks: Breaks
) -> tuple[Classes, str]:
    """Return the classes of areas, and the class of each municipality by its area."""
    classes = classify_areas(atlas, chosen, date, scheme, unit, breaks)
    of_bloc = pd.Series([code if code >= 0 else np.nan for code in classes.codes], index=classes.codes.index)
    painted = spread(atlas, unit, of_bloc, municipalities().index)
    areas = atlas.blocs()
    inside = {code for members in areas.loc[areas["layer"].eq(unit), "member_codes"] for code in members}
    digits = "".join(
        OUTSIDE if code not in inside else "-" if pd.isna(digit) else chr(48 + int(digit))
        for code, digit in painted.items()
    )
    return classes, digits


# ---- the written figures behind the classes, fetched at the first look at one --------------------------------


def figures_name(atlas: Atlas, identifier: str, date: str, language: Language, unit: str = "municipality") -> str:
    """Return the address at which the browser asks for the written figures of an indicator."""
    return f"{made_address(atlas)}figures/{language}/{identifier}/{date}/{unit}.json"


def figures(
    atlas: Atlas, identifier: str, date: str, language: Language = "ja", unit: str = "municipality"
) -> list[str | None]:
    """Return the written figure of each municipality; None where there is no data.

    Parameters
    ----------
    atlas, identifier, date, language
        Whose figures, with units of which language.
    unit
        ``municipality``, a layer of areas, or ``since-`` and a date: the change since then.
    """
    chosen = atlas.indicator(identifier)
    if unit.startswith("since-"):
        base = unit.removeprefix("since-")
        decimals, sign = _change_look(chosen)
        sign = f" {word('points', language)}" if sign == "ポイント" and language == "en" else sign
        changes = change(atlas, identifier, date, base)
        return [None if pd.isna(value) else f"{value:+,.{decimals}f}{sign}" for value in changes]
    if unit == "municipality" or not told_of_several(chosen):
        return formatted_values(chosen, atlas.values(identifier, date), language)
    areas = bloc_values(atlas, unit, identifier, date)
    return formatted_values(chosen, spread(atlas, unit, areas, municipalities().index), language)


# ---- the change since another date ---------------------------------------------------------------------------


def _is_share(chosen: Indicator) -> bool:
    return chosen.unit in ("%", "") or "/" in chosen.unit


def _change_look(chosen: Indicator) -> tuple[int, str]:
    """Return decimals and unit of a change: points of a share or index, per cent of an amount."""
    if chosen.unit == "%":
        return max(1, chosen.decimals), "ポイント"
    return (chosen.decimals, with_unit(chosen.unit)) if _is_share(chosen) else (1, "%")


def change(atlas: Atlas, identifier: str, date: str, base: str) -> pd.Series:
    """Return how an indicator changed from one date to another: a difference of shares, per cent of amounts.

    Returns
    -------
    pandas.Series
        By code; NaN where one of the two has no data, or an amount began at zero.
    """
    chosen = atlas.indicator(identifier)
    now, then = atlas.values(identifier, date), atlas.values(identifier, base)
    if _is_share(chosen):
        return now - then
    return (now / then.where(then.ne(0)) - 1) * 100


@per_snapshot(maxsize=128)
def changed_background(atlas: Atlas, identifier: str, date: str, base: str, language: Language) -> Background:
    """Return what the change between two dates paints, two-sided at zero. Not to be changed."""
    chosen = atlas.indicator(identifier)
    decimals, sign = _change_look(chosen)
    unit = word("points", language) if sign == "ポイント" else sign
    classes = classify(
        change(atlas, identifier, date, base), scheme="natural", diverging=True, decimals=decimals, unit=unit
    )
    labels = class_labels(classes.breaks, decimals, unit, english=language == "en")
    start, end = (dated(each, chosen.flag(each), language) for each in (base, date))
    rows: list[LegendRow] = [
        {"label": label, "count": f"{count:,}", "color": color}
        for label, count, color in zip(labels, classes.counts, classes.colors, strict=True)
    ]
    if classes.no_data_count:
        rows.append({"label": word("no_data", language), "count": f"{classes.no_data_count:,}", "color": ""})
    return {
        "classes": class_digits(classes),
        "colors": list(classes.colors),
        "legend": {
            "title": word("change_since", language, title=title_of(chosen, language), start=start, end=end),
            "dated": unit.strip(),
            "source": source_line(chosen, date, language),
            "rows": rows,
            "noData": word("no_data", language),
        },
        "values": figures_name(atlas, identifier, date, language, f"since-{base}"),
    }


# ---- two indicators ------------------------------------------------------------------------------------------


@per_snapshot(maxsize=128)
def together(atlas: Atlas, identifier: str, date: str, second: str, language: Language) -> Background:
    """Return classes, colours and legend of two indicators in nine classes. Not to be changed."""
    chosen, other = atlas.indicator(identifier), atlas.indicator(second)
    written = chosen.decimals, other.decimals
    found = bivariate(atlas.values(identifier, date), atlas.values(second, other.dates[-1]), written)
    axes: list[GridAxis] = []
    for each, classes, when in ((chosen, found.first, date), (other, found.second, other.dates[-1])):
        labels = class_labels(classes.breaks, each.decimals, each.unit, english=language == "en")
        axes.append(
            {"title": title_of(each, language), "dated": legend_date(each, when, language), "labels": list(labels)}
        )
    return {
        "classes": "".join("-" if code < 0 else chr(48 + int(code)) for code in found.codes),
        "colors": list(COLORS),
        "legend": {
            "title": f"{axes[0]['title']} × {axes[1]['title']}",
            "dated": f"{axes[0]['dated']}　{axes[1]['dated']}",
            "source": f"{source_line(chosen, date, language)}　{source_line(other, other.dates[-1], language)}",
            "rows": [{"label": word("no_data", language), "count": f"{found.no_data_count:,}", "color": ""}],
            "grid": {"axes": axes, "counts": [f"{count:,}" for count in found.counts]},
            "noData": word("no_data", language),
        },
        "values": figures_name(atlas, identifier, date, language),
    }


def backgrounds(atlas: Atlas, state: PageState) -> list[Background]:
    """Return what is painted: one background, or the two that stand side by side. Not to be changed."""
    language = state.language
    if state.base:
        return [changed_background(atlas, state.indicator_id, state.date, state.base, language)]
    first = background(atlas, state.indicator_id, state.date, state.scheme, state.unit, language, state.breaks)
    if not state.second_id or state.second_id == state.indicator_id:
        return [first]
    if state.compare == "swipe":
        newest = atlas.indicator(state.second_id).dates[-1]
        return [first, background(atlas, state.second_id, newest, "auto", "municipality", language)]
    # Nine classes need two numbers of each municipality; blocs and categories have one alone.
    if atlas.indicator(state.indicator_id).kind == "number" and state.unit == "municipality":
        return [together(atlas, state.indicator_id, state.date, state.second_id, language)]
    return [first]


@per_snapshot(maxsize=256)
def series(
    atlas: Atlas, identifier: str, language: Language, scheme: str = "auto", unit: Unit = "municipality",
    breaks: Breaks = (),
) -> Series:  # fmt: skip
    """Return an indicator at each of its dates: what the browser paints and plays by itself. Not to be changed."""
    chosen = atlas.indicator(identifier)
    return {
        "dates": list(chosen.dates),
        "labels": [dated(date, chosen.flag(date), language) for date in chosen.dates],
        "backgrounds": {
            date: background(atlas, identifier, date, scheme, unit, language, breaks) for date in chosen.dates
        },
    }
