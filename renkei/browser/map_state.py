"""The state that the map script paints: one short object per change (see ``map_script/map.js``)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import pandas as pd

from geo.codes import PREFECTURES
from geo.gazetteer import municipalities
from layers.classify import Classes, class_labels, classify, with_unit
from layers.tables import per_snapshot
from layers.themes import THEMES
from renkei.analysis.bivariate import COLORS, bivariate
from renkei.analysis.bloc_values import bloc_values, spread, told_of_several
from renkei.present.words import dated, word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.catalog import Indicator
    from layers.filters import Filters
    from renkei.atlas import Atlas
    from renkei.browser.static_files import StaticFolder
    from renkei.present.page_state import PageState, Unit
    from renkei.present.words import Language


OUTSIDE = "."
"""The class of a municipality in no bloc of the kind that is painted."""


@dataclass(frozen=True)
class Shown:
    """What the filters leave: the frames that the map, the table and the export share. Not to be changed."""

    cases: pd.DataFrame
    ties: pd.DataFrame
    blocs: pd.DataFrame

    @cached_property
    def municipality_codes(self) -> set[str]:
        """Codes of the municipalities that take part in anything shown."""
        codes = {code for members in self.cases["member_codes"] for code in members}
        codes |= {code for members in self.blocs["member_codes"] for code in members}
        codes |= set(self.ties["from_code"]) | set(self.ties["to_code"])
        return codes & set(municipalities().index)


@per_snapshot(maxsize=256)
def shown(atlas: Atlas, filters: Filters) -> Shown:
    """Return what filters leave."""
    return Shown(
        filters.apply(atlas.tables, "cases"),
        filters.apply(atlas.tables, "ties"),
        filters.apply(atlas.tables, "blocs"),
    )


def _marks(everything: pd.DataFrame, positions: Iterable[int]) -> str:
    """Write one character a fact: 1 for those at ``positions``, which are drawn."""
    marks = ["0"] * len(everything)
    for position in positions:
        marks[position] = "1"
    return "".join(marks)


def formatted_values(chosen: Indicator, series: pd.Series) -> list[str | None]:
    """Write each value with its unit as the page shows it; None where there is no data."""
    if chosen.kind != "number":
        return [None if pd.isna(value) else chosen.labels[int(value)] for value in series]
    unit = with_unit(chosen.unit)
    return [None if pd.isna(value) else f"{value:,.{chosen.decimals}f}{unit}" for value in series]


def classify_indicator(
    atlas: Atlas, chosen: Indicator, date: str, scheme: str = "auto", breaks: tuple[float, ...] = ()
) -> Classes:
    """Class the values of an indicator; ``auto`` is what its catalog entry names, as is ``manual`` without breaks."""
    wanted = _scheme(chosen, scheme, breaks)
    return classify(
        atlas.values(chosen.id, date),
        scheme=wanted,
        breaks=breaks if wanted == "manual" else chosen.breaks(date) if wanted == "natural" else None,
        diverging=chosen.diverging,
        decimals=_decimals(chosen, wanted, breaks),
        shown=chosen.decimals,
        unit=chosen.unit,
        labels=chosen.labels,
    )


def _scheme(chosen: Indicator, scheme: str, breaks: tuple[float, ...]) -> str:
    unsaid = scheme == "auto" or (scheme == "manual" and not breaks)
    return chosen.scheme if unsaid or chosen.kind != "number" else scheme


def _decimals(chosen: Indicator, scheme: str, breaks: tuple[float, ...]) -> int:
    """Return how many decimals its breaks need: those that a person chose are written in full."""
    own = [len(repr(each).partition(".")[2]) for each in breaks if each != int(each)] if scheme == "manual" else []
    return max([chosen.decimals, *own])


def no_data_word(chosen: Indicator, language: Language) -> str:
    """Say what a municipality without a value is: without data, or not known to be a member."""
    return word("unknown_value" if chosen.kind == "membership" else "no_data", language)


def _legend_rows(chosen: Indicator, classes: Classes, language: Language) -> list[dict[str, Any]]:
    labels = classes.labels
    if language == "en":
        decimals = _decimals(chosen, classes.scheme, classes.breaks)
        labels = chosen.labels_en or class_labels(classes.breaks, decimals, "", english=True)
    rows = [
        {"label": label, "count": f"{count:,}", "color": color}
        for label, count, color in zip(labels, classes.counts, classes.colors, strict=True)
        if count or chosen.kind == "number"
    ]
    if classes.no_data_count:
        rows.append({"label": no_data_word(chosen, language), "count": f"{classes.no_data_count:,}", "color": ""})
    return rows


def legend_date(chosen: Indicator, date: str, language: Language) -> str:
    """Return the line below a legend's title: unit, date, publisher."""
    when = dated(date, chosen.flag(date), language)
    unit = (chosen.unit_en if language == "en" else chosen.unit) or ""
    parts = [part for part in (unit, f"{word('as_of', language)} {when}", chosen.publisher) if part]
    return "／".join(parts) if language == "ja" else " · ".join(parts)


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
    atlas: Atlas,
    identifier: str,
    date: str,
    scheme: str,
    unit: Unit,
    language: Language,
    breaks: tuple[float, ...] = (),
) -> dict[str, Any]:
    """Return the part of the state that an indicator makes: its classes, colours and legend. Not to be changed."""
    chosen = atlas.indicator(identifier)
    title = chosen.title_en if language == "en" else chosen.title
    if unit == "municipality" or not told_of_several(chosen):
        classes = classify_indicator(atlas, chosen, date, scheme, breaks)
        digits = class_digits(classes)
    else:
        by_bloc = bloc_values(atlas, unit, identifier, date)
        wanted = _scheme(chosen, scheme, breaks)
        classes = classify(
            by_bloc,
            scheme=wanted,
            breaks=breaks if wanted == "manual" else None,
            diverging=chosen.diverging,
            decimals=_decimals(chosen, wanted, breaks),
            shown=chosen.decimals,
            unit=chosen.unit,
        )
        of_bloc = pd.Series([code if code >= 0 else np.nan for code in classes.codes], index=by_bloc.index)
        painted = spread(atlas, unit, of_bloc, municipalities().index)
        inside = {
            code for members in atlas.blocs().loc[atlas.blocs()["layer"].eq(unit), "member_codes"] for code in members
        }
        digits = "".join(
            OUTSIDE if code not in inside else "-" if pd.isna(digit) else chr(48 + int(digit))
            for code, digit in painted.items()
        )
        name = word("other_blocs" if unit == "blocs" else unit, language)
        title = f"{title}　{word('by_unit', language, unit=name)}"
    return {
        "classes": digits,
        "colors": list(classes.colors),
        "legend": {
            "title": title,
            "dated": legend_date(chosen, date, language),
            "rows": _legend_rows(chosen, classes, language),
            "noData": no_data_word(chosen, language),
        },
    }


@per_snapshot()
def publish_figures(atlas: Atlas, identifier: str, date: str, unit: Unit, static: StaticFolder) -> str:
    """Publish the written figures of an indicator for the tooltips; return the file's name."""
    chosen = atlas.indicator(identifier)
    if unit == "municipality" or not told_of_several(chosen):
        figures = formatted_values(chosen, atlas.values(identifier, date))
    else:
        figures = formatted_values(
            chosen, spread(atlas, unit, bloc_values(atlas, unit, identifier, date), municipalities().index)
        )
    return static.put(f"values/{identifier}-{date}-{unit}.json", orjson.dumps(figures))


@per_snapshot()
def together(atlas: Atlas, identifier: str, date: str, second: str, language: Language) -> dict[str, Any]:
    """Return classes, colours and legend of two indicators in nine classes. Not to be changed."""
    chosen, other = atlas.indicator(identifier), atlas.indicator(second)
    found = bivariate(atlas.values(identifier, date), atlas.values(second, other.dates[-1]))
    axes = []
    for each, classes, when in ((chosen, found.first, date), (other, found.second, other.dates[-1])):
        labels = class_labels(classes.breaks, each.decimals, each.unit, english=language == "en")
        title = each.title_en if language == "en" else each.title
        axes.append({"title": title, "dated": legend_date(each, when, language), "labels": list(labels)})
    return {
        "classes": "".join("-" if code < 0 else chr(48 + int(code)) for code in found.codes),
        "colors": list(COLORS),
        "legend": {
            "title": f"{axes[0]['title']} × {axes[1]['title']}",
            "dated": f"{axes[0]['dated']}　{axes[1]['dated']}",
            "rows": [{"label": word("no_data", language), "count": f"{found.no_data_count:,}", "color": ""}],
            "grid": {"axes": axes, "counts": [f"{count:,}" for count in found.counts]},
            "noData": word("no_data", language),
        },
    }


def backgrounds(atlas: Atlas, state: PageState) -> list[dict[str, Any]]:
    """Return what is painted: one background, or the two that stand side by side. Not to be changed."""
    first = background(atlas, state.indicator_id, state.date, state.scheme, state.unit, state.language, state.breaks)
    if not state.second_id or state.second_id == state.indicator_id:
        return [first]
    if state.compare == "swipe":
        newest = atlas.indicator(state.second_id).dates[-1]
        return [first, background(atlas, state.second_id, newest, "auto", "municipality", state.language)]
    # Nine classes need two numbers of each municipality; blocs and categories have one alone.
    if atlas.indicator(state.indicator_id).kind == "number" and state.unit == "municipality":
        return [together(atlas, state.indicator_id, state.date, state.second_id, state.language)]
    return [first]


def _second(atlas: Atlas, state: PageState, painted: list[dict[str, Any]], static: StaticFolder) -> dict[str, Any]:
    """Return what the second indicator adds: its figures for the tooltip and, side by side, its classes."""
    other = atlas.indicator(state.second_id)
    title = other.title_en if state.language == "en" else other.title
    figures = publish_figures(atlas, other.id, other.dates[-1], "municipality", static)
    return (painted[1] if len(painted) > 1 else {}) | {"values": figures, "title": title}


def map_state(
    atlas: Atlas, state: PageState, left: Shown, static: StaticFolder, fly: int, ahead: str = ""
) -> dict[str, Any]:
    """Build the state for ``renkeiMap.show``.

    Parameters
    ----------
    state
        What is chosen on the page.
    left
        What the filters leave.
    static
        Where the figures behind the classes are published for the tooltips.
    fly
        Grows when the map should move to the chosen municipality.
    ahead
        Name of the file from which the browser foretells a change of the indicator.

    Returns
    -------
    dict
        JSON-ready, about 3 kB; ``sequence`` names this very state.
    """
    language = state.language
    painted = backgrounds(atlas, state)
    payload: dict[str, Any] = {
        **painted[0],
        "shown": _prefecture_marks(state.filters.prefectures),
        **_fact_marks(atlas, left),
        "layers": list(state.layers),
        "chosen": state.code,
        "pair": state.pair,
        "bloc": state.bloc,
        "fly": fly,
        "values": publish_figures(atlas, state.indicator_id, state.date, state.unit, static),
        "english": language == "en",
        "asked": _asked(state),
        "rest": _rest(atlas, replace(state.filters, themes=(), prefectures=())),
        "dates": _dates(atlas, state.indicator_id, language),
        "ahead": ahead,
    }
    if len(painted) > 1 or "grid" in payload["legend"]:
        payload["second"] = _second(atlas, state, painted, static)
    payload["sequence"] = hashlib.sha256(orjson.dumps(payload)).hexdigest()[:12]
    return payload


def _fact_marks(atlas: Atlas, left: Shown) -> dict[str, str]:
    """Return which cases, ties and blocs the filters leave, one character each; the browser sees to the layers."""
    return {
        "cases": _marks(atlas.cases(), left.cases.index),
        "ties": _marks(atlas.ties(), left.ties.index),
        "blocs": _marks(atlas.blocs(), left.blocs.index) + "1" * len(atlas.medical_areas()),
    }


@per_snapshot(maxsize=64)
def _rest(atlas: Atlas, others: Filters) -> dict[str, str]:
    """Return the marks that all filters but themes and prefectures leave: the browser foretells those two."""
    return _fact_marks(atlas, shown(atlas, others))


def _asked(state: PageState) -> dict[str, Any]:
    """Return the choices that the browser foretells, as it will compare them with the server's answer."""
    chosen = set(state.filters.themes)
    return {
        "indicator": state.indicator_id,
        "date": state.date,
        "themes": [position for position, theme in enumerate(THEMES) if theme.name in chosen],
        "prefectures": sorted(state.filters.prefectures),
        "layers": list(state.layers),
        "standard": state.scheme == "auto" and state.unit == "municipality",
    }


@per_snapshot()
def _dates(atlas: Atlas, identifier: str, language: Language) -> list[tuple[str, str]]:
    """Return the dates of a series with what the page calls them; none where there is one date alone."""
    chosen = atlas.indicator(identifier)
    if len(chosen.dates) == 1:
        return []
    return [(date, dated(date, chosen.flag(date), language)) for date in chosen.dates]


@lru_cache(maxsize=256)
def _prefecture_marks(prefectures: tuple[str, ...]) -> str:
    """Return "1" for each municipality of the chosen prefectures, "0" for the rest; "" when all are."""
    if not prefectures or len(prefectures) == len(PREFECTURES):
        return ""
    chosen = set(prefectures)
    return "".join("1" if code[:2] in chosen else "0" for code in municipalities().index)
