"""The map as a sheet: A4 landscape, PDF or PNG, made on the server with the same filters as on the screen."""

from __future__ import annotations

import io
import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely
from pyproj import Geod, Transformer

from exchange.geojson import CREDITS
from geo.boundaries import exact, northern_territories, outline, prefectures
from geo.codes import PREFECTURES
from geo.errors import InvalidFilterError
from geo.gazetteer import display_name, municipalities
from geo.measure import great_circle, party_point
from layers.catalog import indicator
from layers.themes import THEMES
from layers.tie_kinds import TIE_KINDS
from views.map_facts import BLOC_COLORS, TIE_COLOR, bloc_styles, tie_styles
from views.map_state import classify_indicator, legend_date, no_data_word, shown
from views.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from views.map_state import Shown
    from views.page_state import PageState

Format = Literal["pdf", "png"]
Bounds = tuple[float, float, float, float]
SIZE_INCHES = (11.69, 8.27)
"""A4 landscape."""
DPI = 200
TOLERANCE_M = {"": 700.0, "prefecture": 120.0}
"""Metres by which borders are simplified on a sheet of Japan, and of a prefecture: below a tenth of a millimetre."""
JAPAN = ((128.2, 30.0, 146.2, 45.7), (122.8, 23.9, 131.6, 30.2))
"""West, south, east, north in degrees: the four islands, and 南西諸島 in an inset."""
PLACES = ((0.02, 0.115, 0.71, 0.8), (0.025, 0.605, 0.235, 0.295))
"""Left, bottom, width, height of the map and of its inset, in parts of the sheet."""
ISLAND_DEGREES = 0.5
MARKERS = {"circle": "o", "triangle": "^", "square": "s", "diamond": "D", "plus": "P"}
DASHES: tuple[Any, ...] = ("solid", (0, (5, 2)), (0, (1, 2)))
LONGEST = 90
"""Characters of one line on the sheet."""


@dataclass(frozen=True)
class Sheet:
    """Where the sheet lies: a prefecture (2-digit code), or Japan for ""."""

    prefecture: str = ""


@cache
def prepare_matplotlib() -> None:
    """Set matplotlib up once: the bundled Japanese font, embedded whole; no text is read as a formula."""
    import matplotlib as mpl  # noqa: PLC0415 - only when something is printed
    from matplotlib import font_manager  # noqa: PLC0415

    with as_file(files("matplotlib_fontja") / "fonts" / "ipaexg.ttf") as font:
        font_manager.fontManager.addfont(font)
    mpl.rcParams.update(
        {
            "font.family": "IPAexGothic", "pdf.fonttype": 42, "text.parse_math": False, "hatch.linewidth": 0.35,
            "axes.unicode_minus": False,
        }
    )  # fmt: skip


def _plain(text: object, longest: int = LONGEST) -> str:
    """Return a text that can be drawn: no control or direction marks, not longer than a line."""
    kept = "".join(c if c.isprintable() or c == "\u3000" else " " for c in str(text))
    return kept if len(kept) <= longest else kept[: longest - 1] + "…"


def render(state: PageState, sheet: Sheet | None = None, form: Format = "pdf") -> bytes:
    """Draw what a state shows as one sheet.

    Parameters
    ----------
    state
        What is chosen on the page: indicator, date, classes, filters, layers, municipality.
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

    figure = Figure(figsize=SIZE_INCHES, facecolor="white")
    left = shown(state)
    frames = list(zip(_windows(sheet.prefecture) if sheet.prefecture else JAPAN, PLACES, strict=False))
    for number, (bounds, place) in enumerate(frames):
        _map(figure, place, bounds, state, left, inset=number > 0, fine=bool(sheet.prefecture))
    _side(figure, state, left)
    _texts(figure, state, sheet)
    output = io.BytesIO()
    about = {"Title": "連携マップ", "Creator": "renkei"} if form == "pdf" else {"Title": "renkei"}
    figure.savefig(output, format=form, dpi=DPI, metadata=about)
    return output.getvalue()


@cache
def _windows(prefecture: str) -> tuple[Bounds, ...]:
    """Return what a prefecture's sheet holds: its largest group of municipalities, and far islands in an inset."""
    codes = [code for code in municipalities().index if code[:2] == prefecture]
    shapes = shapely.simplify(np.asarray(exact().geometry.loc[codes].array), 0.005)
    tree = shapely.STRtree(shapes)
    group = list(range(len(shapes)))
    # A tenth of a degree is about 10 km: islands within 50 km of another municipality belong to its group.
    for one, other in tree.query(shapes, predicate="dwithin", distance=ISLAND_DEGREES).T.tolist():
        old, new = group[one], group[other]
        if old != new:
            group = [new if each == old else each for each in group]
    largest = Counter(group).most_common(1)[0][0]
    main = np.array([each == largest for each in group])
    windows = [shapes[main], shapes[~main]]
    return tuple(
        (float(w) - 0.08, float(s) - 0.08, float(e) + 0.08, float(n) + 0.08)
        for w, s, e, n in (shapely.total_bounds(each) for each in windows if len(each))
    )


def _projection(bounds: tuple[float, float, float, float]) -> Transformer:
    """Return a conformal projection whose middle is the sheet's: shapes and the scale bar hold there."""
    lon, lat = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    return Transformer.from_crs("EPSG:6668", f"+proj=stere +lat_0={lat} +lon_0={lon} +ellps=GRS80", always_xy=True)


def _projected(shape: Any, project: Transformer) -> Any:
    return shapely.transform(shape, lambda points: np.column_stack(project.transform(points[:, 0], points[:, 1])))


def filling_limits(bounds: Bounds, inches: tuple[float, float]) -> tuple[Bounds, Transformer]:
    """Return projected limits that hold ``bounds`` and fill a place of that size without distortion; the projection."""
    project = _projection(bounds)
    west, south, east, north = shapely.bounds(_projected(shapely.segmentize(shapely.box(*bounds), 0.5), project))
    ratio = inches[0] / inches[1]
    wide = max(0.0, ((north - south) * ratio - (east - west)) / 2)
    high = max(0.0, ((east - west) / ratio - (north - south)) / 2)
    return (float(west - wide), float(south - high), float(east + wide), float(north + high)), project


def borders_on_sheet(bounds: Bounds, limits: Bounds, project: Transformer) -> tuple[np.ndarray, np.ndarray]:
    """Return positions in the gazetteer and projected polygons, simplified for a picture of Japan."""
    return _borders(bounds, _lonlat(limits, project), fine=False)


def _lonlat(limits: Bounds, project: Transformer) -> Bounds:
    """Return the window in degrees that holds projected limits."""
    edge = shapely.get_coordinates(shapely.segmentize(shapely.box(*limits), (limits[2] - limits[0]) / 20))
    lon, lat = project.transform(edge[:, 0], edge[:, 1], direction="INVERSE")
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


@cache
def _borders(bounds: Bounds, window: Bounds, *, fine: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return positions in the gazetteer and projected, simplified polygons of what lies in a window of the sheet."""
    geometry = np.asarray(exact().geometry.array)
    seen = np.flatnonzero(shapely.intersects(geometry, shapely.box(*window)))
    projected = _projected(geometry[seen], _projection(bounds))
    return seen, shapely.coverage_simplify(projected, TOLERANCE_M["prefecture" if fine else ""])


def polygon_path(shape: Any) -> Any:
    """Return a polygon, holes among it, as a path."""
    from matplotlib.path import Path  # noqa: PLC0415

    rings = [
        shapely.get_coordinates(ring)
        for polygon in shapely.get_parts(shape)
        if polygon.geom_type == "Polygon" and not polygon.is_empty
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    if not rings:
        return Path(np.zeros((1, 2)))
    codes = [np.r_[Path.MOVETO, np.full(len(ring) - 2, Path.LINETO), Path.CLOSEPOLY].astype(np.uint8) for ring in rings]
    return Path(np.vstack(rings), np.concatenate(codes))


def add_paths(axes: Axes, paths: list[Any], **look: Any) -> None:
    """Draw polygons with one look; the limits stay as they are."""
    from matplotlib.collections import PathCollection  # noqa: PLC0415

    axes.add_collection(PathCollection(paths, **look), autolim=False)


def _map(
    figure: Figure, place: tuple[float, float, float, float], bounds: tuple[float, float, float, float],
    state: PageState, left: Shown, *, inset: bool, fine: bool,
) -> None:  # fmt: skip
    from matplotlib.collections import PathCollection  # noqa: PLC0415

    axes = figure.add_axes(place)
    limits, project = filling_limits(bounds, (place[2] * SIZE_INCHES[0], place[3] * SIZE_INCHES[1]))
    axes.set_facecolor("#e8f0f4")
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set(color="#9aa5ae", linewidth=0.6)
    axes.set_xlim(limits[0], limits[2])
    axes.set_ylim(limits[1], limits[3])
    chosen = indicator(state.indicator_id)
    classes = classify_indicator(chosen, state.date, state.scheme)
    seen, shapes = _borders(bounds, _lonlat(limits, project), fine=fine)
    codes = classes.codes.to_numpy()[seen]
    paths = [polygon_path(shape) for shape in shapes]
    width = 0.25 if fine else 0.08
    for number in range(-1, len(classes.colors)):
        own = [paths[i] for i in np.flatnonzero(codes == number)]
        if own:
            look: dict[str, Any] = {"facecolors": "#f4f4f2" if number < 0 else classes.colors[number]}
            axes.add_collection(
                PathCollection(
                    own, edgecolors="#7d8791", linewidths=width, hatch="//////" if number < 0 else None, **look
                ),
                autolim=False,
            )
    islands = [polygon_path(_projected(shape, project)) for shape in northern_territories().geometry]
    axes.add_collection(
        PathCollection(islands, facecolors="#eceeef", edgecolors="#a7adb3", linewidths=0.3), autolim=False
    )
    lines = shapely.simplify(np.asarray(prefectures().geometry.array), 0.001 if fine else 0.006)
    outlines = [polygon_path(_projected(shape, project)) for shape in lines]
    axes.add_collection(
        PathCollection(outlines, facecolors="none", edgecolors="#4b5563", linewidths=0.45), autolim=False
    )
    _facts(axes, project, state, left, fine=fine)
    if not inset:
        _scale_bar(axes, bounds, project)


def _facts(axes: Axes, project: Transformer, state: PageState, left: Shown, *, fine: bool) -> None:
    """Draw blocs, ties, cases and the chosen municipality, in this order."""
    from matplotlib.collections import PathCollection  # noqa: PLC0415

    for row in left.blocs.itertuples():
        if row.layer in state.layers:
            shape = shapely.simplify(outline(row.member_codes), 0.001 if fine else 0.008)
            axes.add_collection(
                PathCollection(
                    [polygon_path(_projected(shape, project))], facecolors="none", edgecolors=BLOC_COLORS[row.layer],
                    linewidths=1.0 if row.layer == "blocs" else 0.7, linestyles=[DASHES[bloc_styles()[row.Index]]],
                ),
                autolim=False,
            )  # fmt: skip
    if "ties" in state.layers:
        pairs = Counter(tuple(sorted(ends)) for ends in zip(left.ties["from_code"], left.ties["to_code"], strict=True))
        best: dict[tuple[str, ...], int] = {}
        for row in left.ties.itertuples():
            pair = tuple(sorted((row.from_code, row.to_code)))
            best[pair] = min(best.get(pair, 2), tie_styles()[row.Index])
        for pair, count in pairs.items():
            line = _projected(great_circle(party_point(pair[0]), party_point(pair[1])), project)
            x, y = shapely.get_coordinates(line).T
            axes.plot(
                x,
                y,
                color=TIE_COLOR,
                linestyle=DASHES[best[pair]],
                linewidth=(0.5 if fine else 0.2) + (0.5 if fine else 0.35) * math.sqrt(count),
                alpha=0.75 if fine else 0.55,
            )
    if "cases" in state.layers:
        _cases(axes, project, left)
    if state.code:
        ring = polygon_path(_projected(outline((state.code,)), project))
        axes.add_collection(
            PathCollection([ring], facecolors="none", edgecolors="#111827", linewidths=1.6), autolim=False
        )


def _cases(axes: Axes, project: Transformer, left: Shown) -> None:
    """Draw one mark a municipality, by its most frequent theme, with the number of cases where there are several."""
    places: dict[str, list[str]] = {}
    for row in left.cases.itertuples():
        place = row.member_codes[0] if row.member_codes else f"{row.prefecture_codes[0]}000"
        places.setdefault(place, []).append(row.primary_theme)
    themes = {theme.name: theme for theme in THEMES}
    for place, names in places.items():
        theme = themes[Counter(names).most_common(1)[0][0]]
        x, y = project.transform(*party_point(place))
        axes.plot(
            x, y, marker=MARKERS[theme.shape], color=theme.color, markersize=5.5, markeredgecolor="white",
            markeredgewidth=0.7, linestyle="none", clip_on=True,
        )  # fmt: skip
        if len(names) > 1:
            axes.annotate(
                str(len(names)), (x, y), xytext=(4, 3), textcoords="offset points", fontsize=6.5, clip_on=True,
                annotation_clip=True,
            )  # fmt: skip


def _scale_bar(axes: Axes, bounds: tuple[float, float, float, float], project: Transformer) -> None:
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
        "N", xy=(0.965, 0.115), xytext=(0.965, 0.04), xycoords="axes fraction", ha="center", va="center", fontsize=8,
        arrowprops={"arrowstyle": "-|>", "color": "#1f2a36", "linewidth": 1},
    )  # fmt: skip


def _side(figure: Figure, state: PageState, left: Shown) -> None:
    """Draw the legends: the indicator's classes with counts, themes, ties, blocs."""
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    axes = figure.add_axes((0.742, 0.115, 0.245, 0.8))
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    chosen = indicator(state.indicator_id)
    classes = classify_indicator(chosen, state.date, state.scheme)
    y = 0.985
    for line in _wrapped(chosen.title, 21)[:2]:
        axes.text(0, y, line, fontsize=9.5, va="center")
        y -= 0.03
    for line in _wrapped(legend_date(chosen, state.date, "ja"), 32)[:3]:
        axes.text(0, y, line, fontsize=6.5, color="#4b5563", va="center")
        y -= 0.022
    rows: list[tuple[str, str, int]] = [
        (label, color, count)
        for label, color, count in zip(classes.labels, classes.colors, classes.counts, strict=True)
        if count or chosen.kind == "number"
    ]
    if classes.no_data_count:
        rows.append((no_data_word(chosen, "ja"), "", classes.no_data_count))
    for label, color, count in rows:
        y -= 0.028
        axes.add_patch(
            Rectangle(
                (0, y - 0.009), 0.1, 0.02, facecolor=color or "#f4f4f2", edgecolor="#9aa5ae", linewidth=0.5,
                hatch=None if color else "//////",
            )
        )  # fmt: skip
        axes.text(0.13, y, _plain(label, 24), fontsize=7.5, va="center")
        axes.text(1, y, f"{count:,}", fontsize=7.5, va="center", ha="right", color="#4b5563")
    y -= 0.05
    for label, count, look in _marks(state, left):
        if y < 0.02:  # noqa: PLR2004 - the panel is full
            break
        axes.plot([0.0, 0.1] if "linewidth" in look else [0.05], [y, y] if "linewidth" in look else [y], **look)
        axes.text(0.13, y, _plain(label, 24), fontsize=7.5, va="center")
        axes.text(1, y, f"{count:,}", fontsize=7.5, va="center", ha="right", color="#4b5563")
        y -= 0.027
    if not (len(left.cases) or len(left.ties) or len(left.blocs)):
        axes.text(0, y, "条件に合う事例・連携・圏域はありません", fontsize=7.5, va="center")


def _marks(state: PageState, left: Shown) -> Iterable[tuple[str, int, dict[str, Any]]]:
    if "cases" in state.layers:
        counts = left.cases["primary_theme"].value_counts()
        for theme in THEMES:
            if theme.name in counts.index:
                look = {"marker": MARKERS[theme.shape], "color": theme.color, "markersize": 5.5, "linestyle": "none"}
                yield theme.name, int(counts[theme.name]), look
    styles: set[int] = set()
    if "ties" in state.layers and len(left.ties):
        styles |= {tie_styles()[position] for position in left.ties.index}
        yield word("ties", "ja"), len(left.ties), {"color": TIE_COLOR, "linewidth": 1.6}
    for layer, color in BLOC_COLORS.items():
        own = left.blocs[left.blocs["layer"].eq(layer)]
        if layer in state.layers and len(own):
            styles |= {bloc_styles()[position] for position in own.index}
            name = word("other_blocs" if layer == "blocs" else layer, "ja")
            yield (
                name,
                len(own),
                {
                    "marker": "s",
                    "markersize": 7,
                    "markeredgewidth": 1.3,
                    "markeredgecolor": color,
                    "markerfacecolor": "none",
                    "linestyle": "none",
                },
            )
    for style in sorted(styles):
        count = sum(tie_styles()[p] == style for p in left.ties.index) * ("ties" in state.layers)
        count += sum(
            bloc_styles()[p] == style
            for p, layer in zip(left.blocs.index, left.blocs["layer"], strict=True)
            if layer in state.layers
        )
        yield (
            f"線：{word(f'line_{style}', 'ja')}",
            count,
            {"color": "#55606b", "linewidth": 1.2, "linestyle": DASHES[style]},
        )


def _wrapped(text: str, width: int) -> list[str]:
    text = _plain(text, 400)
    return [text[start : start + width] for start in range(0, len(text), width)]


def _filters_in_words(state: PageState) -> str:
    filters = state.filters
    kinds = {each.id: each.name for each in TIE_KINDS}
    parts = [
        *filters.themes, *(PREFECTURES[code] for code in filters.prefectures), *filters.programmes,
        *(f"{year}年" for year in filters.years), *(kinds[kind] for kind in filters.kinds),
        *(word(f"tier_{tier}", "ja") for tier in filters.tiers), *([f"「{filters.text}」"] if filters.text else []),
    ]  # fmt: skip
    return f"絞り込み：{'、'.join(parts)}" if parts else "絞り込み：なし"


def _texts(figure: Figure, state: PageState, sheet: Sheet) -> None:
    """Write title, filters, sources and credits."""
    from datetime import date  # noqa: PLC0415

    from views.words import japanese_date  # noqa: PLC0415

    chosen = indicator(state.indicator_id)
    where = PREFECTURES[sheet.prefecture] if sheet.prefecture else "全国"
    title = f"連携マップ　{where}" + (f"　{display_name(state.code)}" if state.code in municipalities().index else "")
    figure.text(0.02, 0.962, _plain(title), fontsize=15, va="center")
    figure.text(0.02, 0.932, _plain(_filters_in_words(state), 70), fontsize=8, color="#4b5563", va="center")
    printed = japanese_date(date.today().isoformat())  # noqa: DTZ011 - the planner's day
    figure.text(0.987, 0.962, f"{printed} 作成", fontsize=7.5, color="#4b5563", ha="right", va="center")
    lines = [
        f"指標：{chosen.title}　出典：{chosen.publisher}「{chosen.source}」　{chosen.licence}",
        f"定義：{chosen.definition}" + (f"　欠けているもの：{chosen.gaps}" if chosen.gaps else ""),
        "事例・連携・圏域の根拠は画面と書き出しに1件ずつあります。ここにないことは「ない」ことを意味しません。",
        *("　".join(CREDITS[start : start + 2]) for start in range(0, len(CREDITS), 2)),
    ]
    for number, line in enumerate(lines):
        figure.text(0.02, 0.094 - 0.0148 * number, _plain(line, 165), fontsize=6, color="#374151", va="center")
