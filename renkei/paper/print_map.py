"""The map as a sheet: A4 landscape, PDF or PNG, made on the server with the same filters as on the screen."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely
from pyproj import Geod

from geo.boundaries import northern_territories, prefectures
from geo.codes import PREFECTURES
from geo.errors import InvalidFilterError
from geo.gazetteer import display_name
from renkei.browser.backgrounds import OUTSIDE, backgrounds
from renkei.browser.map_state import shown
from renkei.exchange.geojson import CREDITS
from renkei.paper.print_borders import (
    JAPAN,
    TOLERANCE_M,
    add_paths,
    borders,
    filling_limits,
    lonlat,
    polygon_path,
    prepare_matplotlib,
    projected,
    windows,
)
from renkei.paper.print_facts import draw_facts
from renkei.paper.print_legend import draw_legends
from renkei.paper.print_names import draw_names
from renkei.paper.print_texts import plain, wrapped
from renkei.paper.screen_view import CALM_DEGREES, counted, on_screen
from renkei.present.area_codes import read_area
from renkei.present.describe import describe
from renkei.present.party_names import area_name
from renkei.present.words import japanese_date

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pyproj import Transformer

    from renkei.atlas import Atlas
    from renkei.browser.contract import Background
    from renkei.browser.map_state import Shown
    from renkei.paper.print_borders import Bounds
    from renkei.present.page_state import PageState

Format = Literal["pdf", "png"]
Paper = Literal["landscape", "portrait", "slide"]
DPI = 200
Place = tuple[float, float, float, float]
"""Left, bottom, width, height in parts of the sheet."""


@dataclass(frozen=True)
class Layout:
    """A paper: its size in inches, and where map, two maps side by side, and legend stand."""

    size: tuple[float, float]
    whole: Place
    halves: tuple[Place, Place]
    legend: Place
    dpi: int = DPI


LAYOUTS: dict[Paper, Layout] = {
    "landscape": Layout(
        (11.69, 8.27),
        (0.02, 0.115, 0.71, 0.8),
        ((0.02, 0.115, 0.351, 0.8), (0.379, 0.115, 0.351, 0.8)),
        (0.742, 0.115, 0.245, 0.8),
    ),
    "portrait": Layout(
        (8.27, 11.69),
        (0.03, 0.115, 0.61, 0.82),
        ((0.03, 0.53, 0.61, 0.405), (0.03, 0.115, 0.61, 0.405)),
        (0.66, 0.115, 0.32, 0.82),
    ),
    "slide": Layout(
        (13.333, 7.5),
        (0.015, 0.115, 0.755, 0.8),
        ((0.015, 0.115, 0.373, 0.8), (0.397, 0.115, 0.373, 0.8)),
        (0.782, 0.115, 0.21, 0.8),
        144,
    ),
}
"""A4 landscape and portrait, and a slide of 16:9 (1920 × 1080 dots)."""
LINE_MM = 0.1
"""Borders are simplified by as much on paper."""
INSET_WIDTH = 0.331
"""Width of the inset in parts of its map; its shape is always the same."""
INSET_RATIO = 1.126
OUTSIDE_COLOR = "#ffffff"
FINE_DEGREES = 5.0
"""A narrower window is drawn as one prefecture is: stronger lines."""


@dataclass(frozen=True)
class Sheet:
    """Where the sheet lies: a prefecture (2-digit code), what the screen shows, or Japan; on which paper."""

    prefecture: str = ""
    extent: Bounds | None = None
    """West, south, east, north of the screen in degrees."""
    paper: Paper = "landscape"


def render(atlas: Atlas, state: PageState, sheet: Sheet | None = None, form: Format = "pdf") -> bytes:
    """Draw what a state shows as one sheet.

    Parameters
    ----------
    state
        What is chosen on the page: indicator, date, classes, unit, second indicator, filters, layers, municipality.
        Two indicators side by side become two maps; nine classes one.
    sheet
        Where it lies; Japan by default.
    form
        ``pdf`` (fonts embedded) or ``png`` (200 dots an inch).

    Raises
    ------
    InvalidFilterError
        When the format or the prefecture does not exist.
    """
    sheet = sheet or Sheet()
    if form not in ("pdf", "png"):
        msg = f"形式「{form}」では印刷できません。pdf か png を指定してください。"
        raise InvalidFilterError(msg)
    if sheet.prefecture and sheet.prefecture not in PREFECTURES:
        msg = f"都道府県コード「{sheet.prefecture[:10]}」はありません。"
        raise InvalidFilterError(msg)
    prepare_matplotlib()
    from matplotlib.figure import Figure  # noqa: PLC0415

    layout = LAYOUTS[sheet.paper]
    figure = Figure(figsize=layout.size, facecolor="white")
    state = replace(state, language="ja")
    left = shown(atlas, state.filters)
    if sheet.extent:
        left = on_screen(left, state, sheet.extent)
    painted = []
    every = backgrounds(atlas, state)
    for place, background in zip(layout.halves if len(every) > 1 else (layout.whole,), every, strict=True):
        seen = _maps(atlas, figure, layout, place, background, sheet, state, left)
        painted.append(counted(background, seen) if sheet.extent else background)
    draw_legends(atlas, figure, layout.legend, state, left, painted)
    _texts(atlas, figure, state, sheet)
    output = io.BytesIO()
    about = {"Title": "連携マップ", "Creator": "renkei"} if form == "pdf" else {"Title": "renkei"}
    figure.savefig(output, format=form, dpi=layout.dpi, metadata=about)
    return output.getvalue()


def _maps(
    atlas: Atlas,
    figure: Figure,
    layout: Layout,
    place: Place,
    background: Background,
    sheet: Sheet,
    state: PageState,
    left: Shown,
) -> np.ndarray:
    """Draw the map of one background, with far islands in an inset; return the positions of what is seen."""
    frames = _frames(sheet)
    fine = bool(sheet.prefecture) or (sheet.extent is not None and sheet.extent[2] - sheet.extent[0] < FINE_DEGREES)
    every: list[np.ndarray] = []
    for number, bounds in enumerate(frames):
        own = _inset(place, layout.size) if number else place
        axes, project, seen = _map(figure, layout, own, bounds, background, sheet, fine=fine)
        every.append(seen)
        draw_facts(atlas, axes, project, state, left, fine=fine)
        if number:
            continue
        _scale_bar(axes, bounds, project)
        if sheet.extent:
            draw_names(atlas, axes, project, sheet.extent, named(state, left))
    return np.unique(np.concatenate(every))


def _frames(sheet: Sheet) -> tuple[Bounds, ...]:
    """Return the windows of a sheet: the main one, and far islands where the whole country is meant."""
    if sheet.extent:
        wide = sheet.extent[2] - sheet.extent[0] > CALM_DEGREES and sheet.extent[1] > JAPAN[1][1]
        return (sheet.extent, JAPAN[1]) if wide else (sheet.extent,)
    return windows(sheet.prefecture) if sheet.prefecture else JAPAN


def _inset(place: Place, size: tuple[float, float]) -> Place:
    left, bottom, width, height = place
    own = INSET_WIDTH * width
    high = own * size[0] / size[1] / INSET_RATIO
    return left + 0.005, bottom + height - high - 0.015, own, high


def _map(
    figure: Figure, layout: Layout, place: Place, bounds: Bounds, background: Background, sheet: Sheet, *, fine: bool
) -> tuple[Axes, Transformer, np.ndarray]:
    """Draw the fills, the Northern Territories and the prefectures; return where, the projection and what is seen."""
    axes = figure.add_axes(place)
    inches = (place[2] * layout.size[0], place[3] * layout.size[1])
    limits, project = filling_limits(bounds, inches)
    axes.set(xlim=(limits[0], limits[2]), ylim=(limits[1], limits[3]), xticks=[], yticks=[], facecolor="#e8f0f4")
    for spine in axes.spines.values():
        spine.set(color="#9aa5ae", linewidth=0.6)
    usual = TOLERANCE_M["prefecture" if sheet.prefecture else ""]
    tolerance = (limits[2] - limits[0]) / (inches[0] * 25.4) * LINE_MM if sheet.extent else usual
    seen, shapes = borders(bounds, lonlat(limits, project), tolerance)
    digits = np.array(list(background["classes"]))[seen]
    paths = [polygon_path(shape) for shape in shapes]
    for digit in np.unique(digits):
        color = {"-": "#f4f4f2", OUTSIDE: OUTSIDE_COLOR}.get(digit) or background["colors"][ord(digit) - 48]
        add_paths(
            axes,
            [paths[i] for i in np.flatnonzero(digits == digit)],
            facecolors=color,
            edgecolors="#7d8791",
            linewidths=0.25 if fine else 0.08,
            hatch="//////" if digit == "-" else None,
        )
    islands = [polygon_path(projected(shape, project)) for shape in northern_territories().geometry]
    add_paths(axes, islands, facecolors="#eceeef", edgecolors="#a7adb3", linewidths=0.3)
    lines = shapely.simplify(np.asarray(prefectures().geometry.array), 0.001 if fine else 0.006)
    outlines = [polygon_path(projected(shape, project)) for shape in lines]
    add_paths(axes, outlines, facecolors="none", edgecolors="#4b5563", linewidths=0.45)
    return axes, project, seen


def _scale_bar(axes: Axes, bounds: Bounds, project: Transformer) -> None:
    """Draw a bar of a round geodesic length at the sheet's middle, and the north arrow."""
    lon, lat = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    east, _, _ = Geod(ellps="GRS80").fwd(lon, lat, 90, 1000)
    metres = abs(project.transform(east, lat)[0] - project.transform(lon, lat)[0]) / 1000  # drawn per true metre
    west_edge, east_edge = axes.get_xlim()
    wanted = (east_edge - west_edge) / 6 / metres
    power = 10 ** math.floor(math.log10(wanted))
    length = max(step * power for step in (1, 2, 5) if step * power <= wanted)
    low, high = axes.get_ylim()
    x = west_edge + (east_edge - west_edge) * 0.03
    y = low + (high - low) * 0.04
    axes.plot([x, x + length * metres], [y, y], color="#1f2a36", linewidth=2, solid_capstyle="butt")
    axes.text(x, y + (high - low) * 0.012, f"{length / 1000:,.0f} km", fontsize=7)
    axes.annotate(
        "N",
        xy=(0.965, 0.115),
        xytext=(0.965, 0.04),
        xycoords="axes fraction",
        ha="center",
        va="center",
        fontsize=8,
        arrowprops={"arrowstyle": "-|>", "color": "#1f2a36", "linewidth": 1},
    )


def _chosen_name(atlas: Atlas, state: PageState) -> str:
    """Name what is chosen; "" where nothing is."""
    if state.area:
        return area_name(read_area(state.area), "ja")
    if state.pair:
        return " – ".join(display_name(code) for code in state.pair.split("-"))
    for identifier, table in ((state.bloc, atlas.blocs), (state.network, atlas.networks)):
        if identifier:
            frame = table()
            return str(frame.loc[frame["id"].eq(identifier), "name"].iloc[0])
    return display_name(state.code) if state.code else ""


def named(state: PageState, left: Shown) -> list[str]:
    """Return the codes whose names stand in any case: the chosen one and those that its ties lead to."""
    chosen = [state.code] if state.code else state.pair.split("-") if state.pair else []
    ends = zip(left.ties["from_code"], left.ties["to_code"], strict=True)
    partners = [code for pair in ends if state.code in pair for code in pair] if state.code else []
    return list(dict.fromkeys([*chosen, *partners]))


def _texts(atlas: Atlas, figure: Figure, state: PageState, sheet: Sheet) -> None:
    """Write title, filters, sources and credits."""
    chosen = atlas.indicator(state.indicator_id)
    where = PREFECTURES[sheet.prefecture] if sheet.prefecture else "" if sheet.extent else "全国"
    title = "　".join(part for part in ("連携マップ", where, _chosen_name(atlas, state)) if part)
    figure.text(0.02, 0.962, plain(title), fontsize=15, va="center")
    told = wrapped(describe(atlas, state), int(9 * figure.get_size_inches()[0]))[:2]
    for number, line in enumerate(told):
        figure.text(0.02, 0.938 - 0.0155 * number, line, fontsize=6.6, color="#4b5563", va="center")
    printed = japanese_date(date.today().isoformat())  # noqa: DTZ011 - the planner's day
    figure.text(0.987, 0.962, f"{printed} 作成", fontsize=7.5, color="#4b5563", ha="right", va="center")
    other = atlas.indicator(state.second_id) if state.second_id else None
    lines = [
        f"指標：{chosen.title}　出典：{chosen.publisher}「{chosen.source}」　{chosen.licence}",
        f"定義：{chosen.definition}" + (f"　欠けているもの：{chosen.gaps}" if chosen.gaps else ""),
        *([f"比べる指標：{other.title}　出典：{other.publisher}「{other.source}」　{other.licence}"] if other else []),
        "事例・連携・圏域の根拠は画面と書き出しに1件ずつあります。ここにないことは「ない」ことを意味しません。",
        *("　".join(CREDITS[start : start + 2]) for start in range(0, len(CREDITS), 2)),
    ]
    step = min(0.0148, 0.086 / len(lines))
    for number, line in enumerate(lines):
        figure.text(
            0.02,
            0.096 - step * number,
            plain(line, int(14.1 * figure.get_size_inches()[0])),
            fontsize=6,
            color="#374151",
            va="center",
        )
