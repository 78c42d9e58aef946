"""A kind of fact as a layer of a file: what the view's filters and layers leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.measure import distance_km, party_point
from layers.kinds.kind import codes_of
from layers.tables import rows
from layers.themes import NO_THEME, THEMES
from renkei.present.describe import layer_name
from renkei.present.layer_rows import LayerRows, RowField
from renkei.present.painted import bloc_figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from layers.kinds.kind import Kind
    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState

LENGTH = "役所・役場のあいだの測地線の長さ（GRS80）"


def shown_facts(atlas: Atlas, kind: Kind, view: PageState) -> pd.DataFrame:
    """Return the facts of a kind that a view shows: what its filters leave, of the layers that it draws."""
    frame = view.filters.apply(atlas.tables, kind.id)
    if "layer" in frame and len(kind.layers) > 1:
        frame = frame[frame["layer"].isin(view.layers)]
    return frame


def fact_layer(atlas: Atlas, kind: Kind, view: PageState, codes: Sequence[str] = ()) -> LayerRows:
    """Return the facts of a kind as a layer; joint areas carry the view's indicator where it can be told of them."""
    facts = [row for row in rows(shown_facts(atlas, kind, view)) if not codes or set(codes) & set(codes_of(row))]
    columns = [each for each in kind.columns if each.name != "layer" or len(kind.layers) > 1]
    fields = [RowField(each.name, each.title, each.title_en, each.type) for each in columns]
    cells: list[dict[str, Any]] = [{each.name: each.cell(atlas.tables, row) for each in columns} for row in facts]
    names = {each.name for each in columns}
    if "since" in names:
        fields.append(RowField("since_year", "開始年", "Since (year)", "integer"))
        cells = [cell | {"since_year": _year(cell["since"])} for cell in cells]
    if "from_code" in names:
        fields.append(RowField("length_km", "距離", "Distance", "real", "km", LENGTH))
        cells = [cell | {"length_km": _length(cell)} for cell in cells]
    indicators: dict[str, dict[str, str]] = {}
    if "layer" in names:
        figures, more, indicators = bloc_figures(atlas, view)
        fields += more
        cells = [cell | figures.get(cell["id"], {}) for cell in cells]
    return LayerRows(
        kind.id,
        (kind.name, kind.name_en),
        tuple(fields),
        list(cells),
        lambda: [kind.shape(row) for row in facts],
        kind.geometry_type,
        indicators=indicators,
        legend=_legend(kind),
        label=next((each.name for each in columns if each.name in ("name", "title", "kind")), ""),
    )


def _year(since: object) -> int | None:
    text = str(since or "")[:4]
    return int(text) if text.isdigit() else None


def _length(cell: dict[str, Any]) -> float:
    return round(distance_km(party_point(cell["from_code"]), party_point(cell["to_code"])), 1)


def _legend(kind: Kind) -> tuple[tuple[str, str, dict[str, Any]], ...]:
    """Return the classes of a kind as the map draws them: by main theme, by layer, or one for all."""
    names = {each.name for each in kind.columns}
    if "primary_theme" in names:
        return tuple(
            (theme.name, _test("primary_theme", theme.name if theme in THEMES else ""), _mark(theme.color, theme.shape))
            for theme in (*THEMES, NO_THEME)
        )
    if "layer" in names:
        return tuple(
            (layer_name(each, "ja"), _test("layer", each), {**_look(kind), "dash": dash})
            for each, dash in zip(kind.layers, ("solid", "dash", "dot"), strict=True)
        )
    return ((kind.name, "TRUE", _look(kind)),)


def _test(column: str, value: str) -> str:
    return f"\"{column}\" = '{value}'"


def _mark(color: str, shape: str) -> dict[str, Any]:
    return {"color": color, "outline": "#ffffff", "shape": shape}


def _look(kind: Kind) -> dict[str, Any]:
    if kind.mark == "area":
        return {"color": kind.color, "outline": kind.color, "width": 0.5, "filled": False}
    return {"color": kind.color, "width": 0.4} if kind.mark == "line" else _mark(kind.color, kind.mark)
