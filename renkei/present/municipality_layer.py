"""The municipalities as a layer of a file: what takes part in what, indicators with their dates, the painted class."""

from __future__ import annotations

from collections import defaultdict
from math import isnan
from typing import TYPE_CHECKING, Any

from geo.boundaries import exact
from geo.codes import to_code6
from geo.errors import InvalidFilterError
from layers.kinds import kinds
from layers.kinds.kind import codes_of
from layers.tables import per_snapshot, rows
from renkei.exchange.geojson import CREDITS, municipality_geometries
from renkei.present.fact_layers import shown_facts
from renkei.present.layer_rows import LayerRows, RowField
from renkei.present.painted import indicator_fields, indicator_note, painted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.catalog import Indicator
    from layers.kinds.kind import Kind
    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState
    from renkei.present.painted import Painted

_PLACE = (
    RowField("code", "団体コード", "Code"),
    RowField("code6", "団体コード（6桁）", "Code (6 digits)"),
    RowField("prefecture", "都道府県", "Prefecture"),
    RowField("name", "自治体", "Municipality"),
    RowField("kana", "よみ", "Kana"),
    RowField("name_en", "英語名", "English name"),
    RowField("county", "郡", "County"),
    RowField("area_km2", "面積", "Area", "real", "km²"),
    RowField("themes", "テーマ", "Themes"),
    RowField("programme", "事業のID", "Programme ids"),
)
_PAINTED = (
    RowField("map_value", "地図の値", "Value on the map", "real"),
    RowField("map_class", "地図の階級", "Class on the map"),
    RowField("map_date", "地図の時点", "Date on the map"),
    RowField("map_unit", "塗り分けの単位", "Painted by"),
)
NO_DATA = "データなし"
_END = (RowField("source", "境界の出典", "Source of the boundaries"), RowField("evidence", "根拠", "Evidence"))


def municipality_layer(
    atlas: Atlas, view: PageState, *, indicators: Sequence[str] = (), date: str = "", only: Sequence[str] = ()
) -> LayerRows:
    """Return the municipalities that a view leaves.

    Parameters
    ----------
    atlas, view
        The tables; the choices.
    indicators, date
        Which indicators, those that the view shows by default, and their date (``dates_of``).
    only
        Codes of these alone; all that the filters leave by default.

    Raises
    ------
    UnknownNameError
        When an indicator does not exist.
    InvalidFilterError
        When an indicator has no such date.
    """
    chosen = [
        atlas.indicator(each) for each in dict.fromkeys(indicators or (view.indicator_id, view.second_id)) if each
    ]
    dates = dates_of(chosen, view, date)
    codes = [code for code in view.filters.municipality_codes(atlas.tables) if not only or code in only]
    facts, colours = _facts(atlas, view), painted(atlas, view)
    table = atlas.municipalities()
    columns = {
        **_painted_columns(atlas, view, colours),
        **{each.id: _column(atlas, each.id, dates[each.id]) for each in chosen},
        **{f"{each.id}_date": [dates[each.id]] * len(table) for each in chosen},
    }
    about = {row["code"]: (position, row) for position, row in enumerate(rows(table.reset_index()))}
    found: list[Mapping[str, Any]] = []
    for code in codes:
        position, row = about[code]
        figures = {name: column[position] for name, column in columns.items()}
        found.append(_place(row) | _taking_part(facts.get(code, {})) | figures)
    lists = tuple(RowField(kind.id, f"{kind.name}のID", f"Ids of {kind.name_en.lower()}") for kind in _drawn())
    return LayerRows(
        "municipalities",
        ("市区町村", "Municipalities"),
        (*_PLACE, *lists, *_END, *_PAINTED, *(each for one in chosen for each in indicator_fields(one, dates[one.id]))),
        found,
        lambda: list(exact().geometry.loc[codes].array),
        "MultiPolygon",
        lambda: [municipality_geometries()[code] for code in codes],
        {each.id: indicator_note(each, dates[each.id]) for each in chosen},
        _legend(colours.classes.labels, colours.classes.colors),
    )


def _drawn() -> list[Kind]:
    return [kind for kind in kinds() if kind.filtered and kind.layers]


def _place(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "code6": to_code6(row["code"]),
        "prefecture": row["prefecture"],
        "name": row["name"],
        "kana": row["kana"],
        "name_en": row["english"],
        "county": row["county"] or None,
        "area_km2": row["area_km2"],
        "source": CREDITS[0],
    }


def _taking_part(own: dict[str, list[Any]]) -> dict[str, Any]:
    lists = ("themes", "programme", "evidence", *(kind.id for kind in _drawn()))
    return {name: tuple(own.get(name, ())) for name in lists}


def _painted_columns(atlas: Atlas, view: PageState, colours: Painted) -> dict[str, list[Any]]:
    """Return what the map paints, in gazetteer order: the value and the class that is drawn, its date and unit."""
    values, numbers = colours.values.tolist(), colours.codes.tolist()
    date = view.date or atlas.indicator(view.indicator_id).dates[-1]
    return {
        "map_value": [None if isnan(value) else round(value, 6) for value in values],
        "map_class": [NO_DATA if isnan(number) else colours.classes.labels[int(number)] for number in numbers],
        "map_date": [date] * len(values),
        "map_unit": [view.unit] * len(values),
    }


def dates_of(chosen: Sequence[Indicator], view: PageState, date: str) -> dict[str, str]:
    """Return the date of each indicator: the one asked for; else the view's for its own, the newest for others.

    Raises
    ------
    InvalidFilterError
        When an indicator has no such date; the message names its dates.
    """
    if not date:
        return {
            each.id: (view.date or each.dates[-1]) if each.id == view.indicator_id else each.dates[-1]
            for each in chosen
        }
    for each in chosen:
        if date not in each.dates:
            msg = f"指標「{each.title}」に {date[:20]} の値はありません。ある時点：{'、'.join(each.dates)}"
            raise InvalidFilterError(msg)
    return {each.id: date for each in chosen}


@per_snapshot(maxsize=600)
def _column(atlas: Atlas, identifier: str, date: str) -> list[float | str | None]:
    """Return an indicator's values in gazetteer order: a number, a category's name, None = no data."""
    chosen = atlas.indicator(identifier)
    series = atlas.values(identifier, date)
    known, numbers = series.notna().tolist(), series.fillna(0).tolist()
    return [
        None if not there else chosen.labels[int(value)] if chosen.labels else round(value, 6)
        for value, there in zip(numbers, known, strict=True)
    ]


def _facts(atlas: Atlas, view: PageState) -> dict[str, dict[str, list[Any]]]:
    """Return, per code, the ids, themes, programmes and evidence of the facts that the view leaves."""
    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for kind in _drawn():
        for row in rows(shown_facts(atlas, kind, view)):
            for code in codes_of(row):
                own = found[code]
                own[kind.id].append(row["id"])
                own["themes"] += [theme for theme in row["themes"] if theme not in own["themes"]]
                own["programme"] += [row["programme"]] * (row["programme"] not in own["programme"])
                own["evidence"] += [row["evidence"]] * (row["evidence"] not in own["evidence"])
    return found


def _legend(labels: Sequence[str], colors: Sequence[str]) -> tuple[tuple[str, str, dict[str, Any]], ...]:
    classes = [
        (label, f"\"map_class\" = '{label}'", {"color": color, "outline": "#ffffff"})
        for label, color in zip(labels, colors, strict=True)
    ]
    nothing = {"color": "#9ca3af", "outline": "#ffffff", "hatched": True}
    return (*classes, (NO_DATA, f"\"map_class\" = '{NO_DATA}'", nothing))
