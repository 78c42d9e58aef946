"""What is said of a kind of fact, once: everything that shows, filters, exports or counts facts asks here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    import shapely

    from layers.tables import Tables

Row = dict[str, Any]
Language = Literal["ja", "en"]
GeometryType = Literal["Point", "MultiPoint", "LineString", "MultiLineString", "MultiPolygon"]
Shape = Literal["circle", "triangle", "square", "diamond", "plus", "line", "area"]


@dataclass(frozen=True)
class Column:
    """A property of a fact as it leaves in files, and as a table shows it.

    Parameters
    ----------
    name
        ASCII, stable: the name in files.
    title, title_en
        What a person reads.
    type
        ``text`` (a tuple of texts for lists), ``integer`` or ``real``.
    value
        Tables and row to the cell; the row's own cell of that name by default. "" and None are no data.
    shown
        Whether tables and cards show it; files always hold it.
    pattern
        What every cell of the source table matches (the whole of it), where that can be said.
    """

    name: str
    title: str
    title_en: str
    type: Literal["text", "integer", "real"] = "text"
    value: Callable[[Tables, Row], object] | None = None
    shown: bool = True
    pattern: str = ""

    def cell(self, tables: Tables, row: Row) -> object:
        """Return a row's cell: text, number or tuple; None where there is no data."""
        found = row.get(self.name) if self.value is None else self.value(tables, row)
        if found is None or found == "":
            return None
        return int(str(found)) if self.type == "integer" else found


@dataclass(frozen=True)
class Kind:
    """A kind of fact.

    Parameters
    ----------
    id
        In addresses, commands and files.
    name, name_en
        As shown, of many.
    order
        Where it stands in lists.
    read
        A snapshot to the facts: ``id`` and, as far as the kind has them, ``themes``, ``prefecture_codes``,
        ``programme``, ``tier``, ``family`` and ``member_codes`` (or ``from_code``, ``to_code``).
    columns
        What leaves in files.
    shape
        A row to its geometry, EPSG:6668.
    geometry_type
        One for all rows.
    color, mark
        How it is drawn.
    year
        Column that the filter of years reads, "" for none.
    searched
        Columns that the filter of words searches, besides programme, themes and places.
    filtered
        Whether the filters ask anything of it.
    layers
        Layers of the map that draw it; () when no layer does.
    aliases
        Earlier names in commands and addresses.
    """

    id: str
    name: str
    name_en: str
    order: int
    read: Callable[[Tables], pd.DataFrame]
    columns: tuple[Column, ...]
    shape: Callable[[Row], shapely.Geometry]
    geometry_type: GeometryType
    color: str
    mark: Shape
    year: str = "since"
    searched: tuple[str, ...] = ()
    filtered: bool = True
    layers: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    def title(self, language: Language) -> str:
        """Return its name in a language."""
        return self.name_en if language == "en" else self.name


def codes_of(row: Row) -> tuple[str, ...]:
    """Return the parties of a fact: 5-digit codes, and PP000 where the prefecture itself takes part.

    Examples
    --------
    >>> codes_of({"from_code": "13112", "to_code": "20000"}), codes_of({"member_codes": ("01207",)})
    (('13112', '20000'), ('01207',))
    """
    if "from_code" in row:
        return (row["from_code"], row["to_code"])
    return (*row.get("prefecture_members", ()), *row.get("member_codes", ()))
