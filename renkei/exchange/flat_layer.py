"""A layer as files hold it: one flat table whose schema does not depend on what the filters leave, with its style."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

FieldType = Literal["text", "integer", "real"]
GeometryType = Literal["Point", "MultiPoint", "LineString", "MultiLineString", "MultiPolygon", "None"]

CRS = "EPSG:6668"
"""JGD2011, longitude and latitude."""

JOINER = ";"
"""Between the values of a list inside one cell."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_NAME = 63
"""Characters of a column's name: what PostgreSQL keeps."""


@dataclass(frozen=True)
class Field:
    """A column of a layer.

    Parameters
    ----------
    name
        ASCII, lower case, stable: the name in files.
    title, title_en
        What a person reads: the alias in GIS, the heading in a spreadsheet.
    type
        ``text``, ``integer`` or ``real``; an empty cell is no data, never zero.
    unit
        Unit of a number, "" where it has none.
    description
        Definition, source and date, as far as they belong to this column.
    """

    name: str
    title: str
    title_en: str
    type: FieldType = "text"
    unit: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        """Refuse a name that some format could not hold."""
        if not _NAME.fullmatch(self.name) or len(self.name) > LONGEST_NAME:
            msg = f"「{self.name}」は列名にできません（英小文字で始まる英数字と _、{LONGEST_NAME}文字まで）。"
            raise ValueError(msg)


@dataclass(frozen=True)
class Symbol:
    """How one class of a layer is drawn, in the words of the map.

    Parameters
    ----------
    color
        ``#rrggbb`` of the fill, line or mark.
    outline, width
        Colour of the edge ("" for none) and its width in mm; for lines the width of the line.
    shape
        Of marks: ``circle``, ``triangle``, ``square``, ``diamond``, ``plus`` or ``star``.
    dash
        Of lines: ``solid``, ``dash`` or ``dot``.
    hatched
        Whether an area is drawn as the hatch of "no data".
    filled
        Whether an area has a fill at all.
    """

    color: str
    outline: str = ""
    width: float = 0.2
    shape: str = "circle"
    dash: str = "solid"
    hatched: bool = False
    filled: bool = True


@dataclass(frozen=True)
class Rule:
    """A class of the legend: its label, the expression that takes rows in (SQL as QGIS reads it), its symbol."""

    label: str
    expression: str
    symbol: Symbol


@dataclass(frozen=True)
class Style:
    """The legend of a layer, and the column by which its features are labelled ("" for none)."""

    rules: tuple[Rule, ...]
    label_field: str = ""


@dataclass(frozen=True)
class About:
    """What a file says of itself.

    Parameters
    ----------
    shown
        One sentence: what is shown, with every filter and choice.
    written
        ISO day of writing (Japan).
    credits
        As the licences ask.
    sources
        One mapping a source: ``title``, ``publisher``, ``licence``, ``as_of``, ``url``.
    notes
        Sentences on gaps and completeness.
    view
        The view as its address: parameter to values.
    indicators
        Indicator to what is to be said of it: title, unit, date, status, definition, source.
    completeness
        Kind by kind, how many are held and how many are known to exist.
    """

    shown: str
    written: str
    credits: tuple[str, ...]
    sources: tuple[Mapping[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    view: Mapping[str, list[str]] = field(default_factory=dict)
    indicators: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    completeness: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True)
class FlatLayer:
    """A table ready for every format.

    Parameters
    ----------
    name
        ASCII name of the layer in files.
    title, title_en
        What a person reads.
    geometry_type
        One type for all rows, the same on every filter; ``None`` for a table without shapes.
    fields
        Every column, in order; ``frame`` holds these and, where the layer has one, ``geometry``.
    frame
        Rows, shape (n, fields [+ geometry]); EPSG:6668. Text cells are never missing, numbers are NA where there is
        no data.
    about
        What the file says of itself.
    style
        How the page draws it.
    prepared
        Makes each row's geometry as GeoJSON text, where these are kept ready.
    """

    name: str
    title: str
    title_en: str
    geometry_type: GeometryType
    fields: tuple[Field, ...]
    frame: gpd.GeoDataFrame | pd.DataFrame
    about: About
    style: Style = field(default_factory=lambda: Style(()))
    prepared: Callable[[], Sequence[Any]] | None = None

    @property
    def has_shapes(self) -> bool:
        """Whether rows have a geometry."""
        return self.geometry_type != "None"

    @property
    def table(self) -> pd.DataFrame:
        """The columns without the geometry."""
        return pd.DataFrame(self.frame[[each.name for each in self.fields]])


_DTYPES: dict[FieldType, str] = {"text": "str", "integer": "Int64", "real": "Float64"}


def flat_layer(
    name: str,
    titles: tuple[str, str],
    fields: tuple[Field, ...],
    rows: Sequence[Mapping[str, object]],
    about: About,
    *,
    shapes: Sequence[shapely.Geometry] | None = None,
    geometry_type: GeometryType = "None",
    style: Style | None = None,
    prepared: Callable[[], Sequence[Any]] | None = None,
) -> FlatLayer:
    """Make a layer of rows: every column typed, every shape of the layer's one type, lists joined by ``;``.

    Parameters
    ----------
    name, titles, fields, about, style, prepared
        As in ``FlatLayer``; ``titles`` are Japanese and English.
    rows
        One mapping a row; a column that is missing or None is no data.
    shapes, geometry_type
        One geometry a row in EPSG:6668, made into ``geometry_type`` (a Polygon becomes a MultiPolygon).

    Raises
    ------
    ValueError
        When a cell is nested, a name stands twice, or a shape cannot be of the layer's type.

    Examples
    --------
    >>> about = About("すべて", "2026-11-26", ())
    >>> made = flat_layer("cases", ("事例", "Cases"), (Field("id", "ID", "ID"), Field("themes", "テーマ", "Themes")),
    ...                   [{"id": "a", "themes": ("DX", "防災")}, {"id": "b"}], about)
    >>> made.frame.to_dict("records")
    [{'id': 'a', 'themes': 'DX;防災'}, {'id': 'b', 'themes': ''}]
    """
    if len({each.name for each in fields}) != len(fields):
        msg = f"{name}: 同じ名前の列があります。"
        raise ValueError(msg)
    columns = {each.name: _column(each, [row.get(each.name) for row in rows]) for each in fields}
    frame = pd.DataFrame(columns)
    if geometry_type != "None":
        given = gpd.array.GeometryArray(_of_type(shapes or [], geometry_type), crs=CRS)
        frame = gpd.GeoDataFrame(frame, geometry=given, crs=CRS)
    return FlatLayer(name, *titles, geometry_type, fields, frame, about, style or Style(()), prepared)


def _column(each: Field, cells: list[object]) -> pd.Series:
    if each.type == "text":
        return pd.Series([_text(each, cell) for cell in cells], dtype=object)
    numbers = [None if cell is None or cell == "" or cell != cell else cell for cell in cells]  # noqa: PLR0124 - NaN
    return pd.Series(numbers, dtype=_DTYPES[each.type])


def _text(each: Field, cell: object) -> str:
    if type(cell) is str:  # nearly every cell
        return cell
    if cell is None:
        return ""
    if isinstance(cell, list | tuple):
        return JOINER.join(_text(each, part) for part in cell)
    if isinstance(cell, dict):
        msg = f"列 {each.name} に入れ子の値があります。"
        raise ValueError(msg)  # noqa: TRY004 - a fault of the value for whoever asked for the file
    return str(cell)


_NUMBERS: dict[str, int] = {
    "Point": 0,
    "LineString": 1,
    "Polygon": 3,
    "MultiPoint": 4,
    "MultiLineString": 5,
    "MultiPolygon": 6,
}
_GATHER: dict[str, Callable[..., Any]] = {
    "MultiPoint": shapely.multipoints,
    "MultiLineString": shapely.multilinestrings,
    "MultiPolygon": shapely.multipolygons,
}


def _of_type(shapes: Sequence[shapely.Geometry], wanted: GeometryType) -> NDArray[np.object_]:
    """Return shapes of one type; single ones are made multiple where the layer holds multiple ones."""
    given = np.array(list(shapes), dtype=object)
    types = shapely.get_type_id(given)
    single = types == _NUMBERS.get(wanted.removeprefix("Multi"), -1)
    if wanted in _GATHER and single.any():
        given[single] = _GATHER[wanted](given[single], indices=np.arange(int(single.sum())))
        types = shapely.get_type_id(given)
    if (types != _NUMBERS[wanted]).any():
        msg = f"{wanted} のレイヤーに入らない図形があります。"
        raise ValueError(msg)
    return given
