"""The state that the map script paints: one short object per change (see ``map_script/renkei_map.js``)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import pandas as pd

from geo.codes import PREFECTURES
from geo.gazetteer import municipalities
from layers.blocs import blocs
from layers.cases import cases
from layers.catalog import Indicator, indicator, values
from layers.classify import Classes, class_labels, classify
from layers.partnerships import partnerships
from layers.themes import THEMES
from views.map_facts import DASHED, DOTTED, SOLID, bloc_styles, tie_styles
from views.words import dated, word

if TYPE_CHECKING:
    from views.page_state import PageState
    from views.static_files import StaticFolder
    from views.words import Language

TIE_COLOR = "#c2410c"
BLOC_COLORS = {"blocs": "#7a3b69", "core_city": "#4338ca", "self_reliant": "#0f766e"}
"""Colour of the outlines, layer by layer."""


@dataclass(frozen=True)
class Shown:
    """What the filters leave: the frames that the map, the table and the export share."""

    cases: pd.DataFrame
    ties: pd.DataFrame
    blocs: pd.DataFrame

    @property
    def municipality_codes(self) -> set[str]:
        """Codes of the municipalities that take part in anything shown."""
        codes = {code for members in self.cases["member_codes"] for code in members}
        codes |= {code for members in self.blocs["member_codes"] for code in members}
        codes |= set(self.ties["from_code"]) | set(self.ties["to_code"])
        return codes & set(municipalities().index)


def shown(state: PageState) -> Shown:
    """Return what the filters of a state leave."""
    filters = state.filters
    return Shown(filters.cases(cases()), filters.partnerships(partnerships()), filters.blocs(blocs()))


def _marks(everything: pd.DataFrame, left: pd.DataFrame, *, drawn: bool) -> str:
    if not drawn:
        return "0" * len(everything)
    return "".join(np.where(everything["id"].isin(set(left["id"])), "1", "0"))


def formatted_values(chosen: Indicator, series: pd.Series) -> list[str | None]:
    """Write each value with its unit as the page shows it; None where there is no data."""
    if chosen.kind != "number":
        return [None if pd.isna(value) else chosen.labels[int(value)] for value in series]
    unit = chosen.unit if chosen.unit in ("%", "人", "世帯", "") else f" {chosen.unit}"
    return [None if pd.isna(value) else f"{value:,.{chosen.decimals}f}{unit}" for value in series]


def classify_indicator(chosen: Indicator, date: str, scheme: str = "auto") -> Classes:
    """Class the values of an indicator; ``auto`` is the scheme that its catalog entry names."""
    wanted = chosen.scheme if scheme == "auto" or chosen.kind != "number" else scheme
    return classify(
        values(chosen.id, date),
        scheme=wanted,
        breaks=chosen.breaks(date) if wanted == "natural" else (),
        diverging=chosen.diverging,
        decimals=chosen.decimals,
        unit=chosen.unit,
        labels=chosen.labels,
    )


def _legend_rows(chosen: Indicator, classes: Classes, language: Language) -> list[dict[str, Any]]:
    labels = classes.labels
    if language == "en":
        labels = chosen.labels_en or class_labels(classes.breaks, chosen.decimals, "", english=True)
    rows = [
        {"label": label, "count": f"{count:,}", "color": color}
        for label, count, color in zip(labels, classes.counts, classes.colors, strict=True)
    ]
    if classes.no_data_count:
        rows.append({"label": word("no_data", language), "count": f"{classes.no_data_count:,}", "color": ""})
    return rows


def _legend_marks(state: PageState, left: Shown) -> list[dict[str, Any]]:
    english = state.language == "en"
    marks: list[dict[str, Any]] = []
    if "cases" in state.layers:
        counts = left.cases["primary_theme"].value_counts()
        marks += [
            {
                "label": theme.name_en if english else theme.name,
                "shape": theme.shape,
                "color": theme.color,
                "count": str(counts[theme.name]),
            }
            for theme in THEMES
            if theme.name in counts.index
        ]
    if "ties" in state.layers:
        marks += _line_mark(state, left.ties, "ties", TIE_COLOR, "line")
    for layer, color in BLOC_COLORS.items():
        if layer in state.layers:
            frame = left.blocs[left.blocs["layer"].eq(layer)]
            key = "other_blocs" if layer == "blocs" else layer
            marks += _line_mark(state, frame, key, color, "outline")
    return marks


def _line_mark(state: PageState, left: pd.DataFrame, key: str, color: str, shape: str) -> list[dict[str, Any]]:
    """Return the legend line of ties or of a layer of blocs; none where nothing is left."""
    if not len(left):
        return []
    return [{"label": word(key, state.language), "shape": shape, "color": color, "count": f"{len(left):,}"}]


def _line_styles(state: PageState, left: Shown) -> list[dict[str, Any]]:
    """Return what solid, dashed and dotted lines stand on, of those that are drawn."""
    drawn = {tie_styles()[position] for position in left.ties.index} if "ties" in state.layers else set()
    drawn |= {bloc_styles()[position] for position in left.blocs.index[left.blocs["layer"].isin(state.layers)]}
    return [{"dash": style, "label": word(f"line_{style}", state.language)} for style in sorted(drawn)]


def _bloc_marks(state: PageState, left: Shown) -> str:
    """Return which blocs are drawn: those that the filters leave, of the layers that are on."""
    drawn = left.blocs[left.blocs["layer"].isin(state.layers)]
    return _marks(blocs(), drawn, drawn=True)


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


def map_state(state: PageState, left: Shown, static: StaticFolder, fly: int) -> dict[str, Any]:
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

    Returns
    -------
    dict
        JSON-ready, about 3 to 5 kB; ``sequence`` names this very state.
    """
    chosen = indicator(state.indicator_id)
    series = values(chosen.id, state.date)
    classes = classify_indicator(chosen, state.date, state.scheme)
    english = state.language == "en"
    figures = static.put(f"values/{chosen.id}-{state.date}.json", orjson.dumps(formatted_values(chosen, series)))
    title = chosen.title_en if english else chosen.title
    payload: dict[str, Any] = {
        "classes": class_digits(classes),
        "colors": list(classes.colors),
        "shown": _prefecture_marks(state.filters.prefectures),
        "cases": _marks(cases(), left.cases, drawn="cases" in state.layers),
        "ties": _marks(partnerships(), left.ties, drawn="ties" in state.layers),
        "blocs": _bloc_marks(state, left),
        "chosen": state.code,
        "pair": state.pair,
        "fly": fly,
        "values": figures,
        "blocColors": BLOC_COLORS,
        "english": english,
        "legend": {
            "title": title,
            "dated": legend_date(chosen, state.date, state.language),
            "rows": _legend_rows(chosen, classes, state.language),
            "marks": _legend_marks(state, left),
            "lines": _line_styles(state, left),
            "marksTitle": word("marks", state.language),
        },
        "words": {
            "cases": word("cases", state.language),
            "lines": [word(f"line_{style}", state.language) for style in (SOLID, DASHED, DOTTED)],
            "ties": word("ties", state.language),
            "gathered": word("gathered", state.language),
            "bloc": word("bloc", state.language),
            "noData": word("no_data", state.language),
        },
    }
    payload["sequence"] = hashlib.sha256(orjson.dumps(payload)).hexdigest()[:12]
    return payload


def _prefecture_marks(prefectures: tuple[str, ...]) -> str:
    """Return "1" for each municipality of the chosen prefectures, "0" for the rest; "" when all are."""
    if not prefectures or len(prefectures) == len(PREFECTURES):
        return ""
    chosen = set(prefectures)
    return "".join("1" if code[:2] in chosen else "0" for code in municipalities().index)
