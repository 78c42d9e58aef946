"""A layer on its way out, before any format: columns, rows, shapes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import shapely

    from renkei.exchange.flat_layer import FieldType, GeometryType


@dataclass(frozen=True)
class RowField:
    """A column: its name in files, its titles, type and unit, and what else is to be said of it."""

    name: str
    title: str
    title_en: str
    type: FieldType = "text"
    unit: str = ""
    about: str = ""


@dataclass(frozen=True)
class LayerRows:
    """A layer.

    Parameters
    ----------
    id, titles
        Name in files; Japanese and English.
    fields, rows
        Columns, and one mapping a row; tuples are lists, None is no data.
    shapes
        Makes one geometry a row, EPSG:6668.
    geometry_type
        Of all rows; ``None`` for a table without shapes.
    geojson
        Makes the geometries as prepared GeoJSON texts, where they are kept ready; None otherwise.
    indicators
        What each exported indicator is, by id.
    legend
        Label, SQL expression and look of each class.
    label
        Column by which features are labelled.
    """

    id: str
    titles: tuple[str, str]
    fields: tuple[RowField, ...]
    rows: list[Mapping[str, Any]]
    shapes: Callable[[], Sequence[shapely.Geometry]]
    geometry_type: GeometryType
    geojson: Callable[[], Sequence[Any]] | None = None
    indicators: dict[str, dict[str, str]] = field(default_factory=dict)
    legend: tuple[tuple[str, str, dict[str, Any]], ...] = ()
    label: str = "name"


_PARTY_COLUMNS = ("code", "city_code", "member_codes", "prefecture_code")
"""Which of them a row has says whose it is; a row of a case is the case's."""


def rows_of(layer: LayerRows, codes: Sequence[str], cases: set[str]) -> LayerRows:
    """Return a layer with the rows of some municipalities alone; their prefectures among prefectures.

    Parameters
    ----------
    layer
        What is cut.
    codes
        5-digit codes.
    cases
        Ids of the cases that these take part in.
    """
    wanted = {*codes, *(code[:2] for code in codes)}

    def own(row: Mapping[str, Any]) -> bool:
        if row.get("case_id"):
            return row["case_id"] in cases
        parties = [row[each] for each in _PARTY_COLUMNS if row.get(each)]
        return any(not wanted.isdisjoint((each,) if isinstance(each, str) else each) for each in parties)

    kept = [own(row) for row in layer.rows]
    made = layer.geojson

    def left(values: Sequence[Any]) -> list[Any]:
        return [each for each, keep in zip(values, kept, strict=True) if keep]

    return replace(
        layer,
        rows=left(layer.rows),
        shapes=(lambda: left(layer.shapes())) if layer.geometry_type != "None" else layer.shapes,
        geojson=(lambda: left(made())) if made else None,
    )


def no_shapes() -> Sequence[shapely.Geometry]:
    """Return nothing: the shapes of a table that has none."""
    return ()
