"""A map of a frame or of a view for notebooks: Leaflet is inside, nothing is fetched from the internet."""

from __future__ import annotations

import json
from html import escape
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import folium
import geopandas as gpd
import pandas as pd
import shapely
from branca.element import Element, Figure
from xstatic.pkg import leaflet

from geo.boundaries import drawing_file
from geo.gazetteer import display_name
from layers.classify import classify
from layers.kinds import kinds
from layers.tables import rows
from renkei.library.default_atlas import default_atlas
from renkei.present.describe import describe
from renkei.present.fact_layers import shown_facts
from renkei.present.page_state import PageState, from_query
from renkei.present.painted import painted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.classify import Classes

JAPAN = [[26.0, 127.5], [45.6, 146.0]]
"""South-west and north-east corner of the first view, latitude and longitude in degrees."""
NO_DATA = "#d5d8db"
LINE = "#ffffff"
FACT = "#c2410c"
LONGEST_TEXT = 120
SWATCH = "display:inline-block;width:14px;height:11px"


class OfflineMap(folium.Map):
    """A Folium map that carries Leaflet itself and asks for nothing."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium's own attribute
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(self, **options: Any) -> None:
        super().__init__(tiles=None, **options)
        folder = Path(leaflet.BASE_DIR)
        script = (folder / "leaflet.js").read_text(encoding="utf-8").replace("//# sourceMappingURL=leaflet.js.map", "")
        style = (folder / "leaflet.css").read_text(encoding="utf-8")
        figure = cast("Figure", self.get_root())
        figure.header.add_child(Element(f"<script>{script}</script>"), name="leaflet")
        figure.header.add_child(Element(f"<style>{_without_images(style)}</style>"), name="leaflet_style")


def _without_images(style: str) -> str:
    """Take out the icons of controls that are not used: they would be asked for."""
    return "\n".join(line for line in style.splitlines() if "url(" not in line)


def explore(
    shown: gpd.GeoDataFrame | pd.DataFrame | pd.Series | Mapping[str, Any] | PageState | None = None,
    column: str | None = None,
) -> folium.Map:
    """Show a frame or a view on a map that moves and zooms, in a notebook without the internet.

    Parameters
    ----------
    shown
        Geometries (any CRS); values by municipality code (a series, or a frame whose index holds the codes); a view of
        the page (a mapping of its address parameters, such as ``{"theme": "DX"}``); by default the page's first view.
    column
        The column that colours it: numbers in natural classes, texts as they are told.

    Returns
    -------
    folium.Map
        Shows itself in Jupyter; ``.save("map.html")`` writes one file that opens anywhere.

    Raises
    ------
    KeyError
        When there is no such column.

    Examples
    --------
    >>> import renkei as rk
    >>> "cdn." in rk.explore(rk.values("share_65"), "share_65").get_root().render()
    False
    """
    if isinstance(shown, gpd.GeoDataFrame):
        return _map_of(shown, column)
    if isinstance(shown, pd.Series):
        name = "value" if shown.name is None else str(shown.name)
        return _map_of(_on_outlines(shown.to_frame(name)), name)
    if isinstance(shown, pd.DataFrame):
        return _map_of(_on_outlines(shown), column)
    return _map_of_view(shown)


def _on_outlines(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    """Lay a frame of codes on the outlines that are drawn at the scale of Japan."""
    features = json.loads(drawing_file("z5").read_bytes())["features"]
    shapes = {each["properties"]["c"]: shapely.from_geojson(json.dumps(each["geometry"])) for each in features}
    kept = frame[frame.index.isin(shapes)]
    geometry = gpd.GeoSeries([shapes[code] for code in kept.index], index=kept.index, crs=4326)
    names = [display_name(str(code)) for code in kept.index]
    return gpd.GeoDataFrame(kept.assign(自治体=names), geometry=geometry, crs=4326)


def _map_of(frame: gpd.GeoDataFrame, column: str | None) -> folium.Map:
    built = OfflineMap(prefer_canvas=True)
    colors: Sequence[str] = [FACT] * len(frame)
    sources = frame.attrs.get("sources", ())
    if column is not None and pd.api.types.is_numeric_dtype(frame[column]):
        classes = classify(frame[column].astype(float))
        colors = [classes.colors[code] if code >= 0 else NO_DATA for code in classes.codes]
        _legend(built, column, classes, sources)
    elif sources:
        _note(built, f"<b>{escape(str(column or ''))}</b>" + _credit(sources))
    _add(built, frame, colors)
    west, south, east, north = frame.to_crs(4326).total_bounds.tolist() if len(frame) else [float("nan")] * 4
    built.fit_bounds(JAPAN if isnan(west) else [[south, west], [north, east]])
    return built


def _add(built: folium.Map, frame: gpd.GeoDataFrame, colors: Sequence[str]) -> None:
    """Draw geometries with their cells as tooltips."""
    if not len(frame):
        return
    name = frame.geometry.name
    cells = frame.drop(columns=name).reset_index().map(_text)
    drawn = gpd.GeoDataFrame(cells, geometry=frame.geometry.to_numpy(), crs=frame.crs).to_crs(4326)
    drawn["_color"] = list(colors)
    # Leaflet cannot tell of a group of points: one feature a point.
    drawn = drawn.explode(ignore_index=True) if drawn.geom_type.eq("MultiPoint").any() else drawn
    told = [each for each in cells.columns if each != "index"][:8]
    folium.GeoJson(
        drawn,
        style_function=_look,
        marker=folium.CircleMarker(radius=5, weight=1, fill=True, fill_opacity=0.9),
        tooltip=folium.GeoJsonTooltip([str(each) for each in told]),
    ).add_to(built)


def _look(feature: dict[str, Any]) -> dict[str, Any]:
    color = feature["properties"]["_color"]
    if "Polygon" in feature["geometry"]["type"]:
        return {"fillColor": color, "color": LINE, "weight": 0.4, "fillOpacity": 0.9}
    return {"color": color, "weight": 1.5, "fillColor": color}


def _text(cell: object) -> str:
    text = "・".join(map(str, cell)) if isinstance(cell, tuple) else "" if cell is None else str(cell)
    kept = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
    # The tooltip reads its cells as markup.
    return escape(kept)


def _map_of_view(shown: Mapping[str, Any] | PageState | None) -> folium.Map:
    atlas = default_atlas()
    if isinstance(shown, PageState):
        view = shown.with_default_date(atlas)
    else:
        given = {key: [each] if isinstance(each, str) else list(each) for key, each in (shown or {}).items()}
        view, _ = from_query(atlas, given)
    chosen = atlas.indicator(view.indicator_id)
    found = painted(atlas, view)
    frame = _on_outlines(found[0].rename(chosen.title).to_frame())
    numbers = found.codes.reindex(frame.index)
    colors = [NO_DATA if pd.isna(number) else found.classes.colors[int(number)] for number in numbers]
    built = OfflineMap(prefer_canvas=True)
    _add(built, frame, colors)
    for kind in kinds():
        if set(kind.layers) & set(view.layers) and kind.filtered:
            facts = shown_facts(atlas, kind, view)
            shapes = gpd.GeoSeries([kind.shape(row) for row in rows(facts)], index=facts.index, crs=6668)
            told = [each.name for each in kind.columns if each.shown and each.name in facts][:6]
            _add(built, gpd.GeoDataFrame(facts[told], geometry=shapes, crs=6668), [kind.color] * len(facts))
    source = (f"{chosen.publisher}「{chosen.source}」",)
    _legend(built, describe(atlas, view), found.classes, source)
    if view.code:
        _note(built, escape(display_name(view.code)))
    built.fit_bounds(JAPAN)
    return built


def _legend(built: folium.Map, title: str, classes: Classes, sources: Sequence[str]) -> None:
    signs = [
        f'<span style="background:{color};{SWATCH}"></span> {escape(label)} ({count:,})'
        for label, count, color in zip(classes.labels, classes.counts, classes.colors, strict=True)
    ]
    _note(built, f"<b>{escape(title)}</b><br>{'<br>'.join(signs)}{_credit(sources)}")


def _credit(sources: Sequence[str]) -> str:
    told = "、".join(sources[:3]) + (" ほか" if len(sources) > 3 else "")  # noqa: PLR2004 - as many as fit
    return f"<br><small>出典：{escape(told)}</small>" if told else ""


def _note(built: folium.Map, markup: str) -> None:
    style = "position:absolute;z-index:9999;right:8px;bottom:26px;max-width:320px;background:#fff;padding:6px 9px;"
    style += "border-radius:4px;font:12px/1.5 'Noto Sans JP',Meiryo,sans-serif;opacity:.93"
    figure = built.get_root()
    if isinstance(figure, Figure):
        figure.html.add_child(Element(f'<div style="{style}">{markup}</div>'))
