"""Blocs, ties and cases on paper, and their lines of the legend."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

import shapely

from geo.boundaries import outline, part_count, prefectures
from geo.errors import InvalidFilterError
from geo.gazetteer import municipalities
from geo.measure import great_circle, party_point
from layers.kinds import find_kind
from layers.kinds.networks import star
from layers.tables import rows
from layers.themes import NO_THEME, THEMES
from renkei.browser.map_facts import (
    AREA_COLOR,
    BLOC_COLORS,
    NETWORK_COLOR,
    OWN_COLOR,
    OWN_LINE,
    TIE_COLOR,
    bloc_styles,
    tie_styles,
)
from renkei.paper.print_borders import add_paths, polygon_path, projected
from renkei.present.area_codes import read_area
from renkei.present.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from matplotlib.axes import Axes
    from pyproj import Transformer

    from renkei.atlas import Atlas
    from renkei.browser.map_state import Shown
    from renkei.present.page_state import PageState

ON_SCREEN_ONLY = ("networks", "tiles")
"""A network is drawn when it is the chosen one; the tiles need the internet."""
DIMMED = 0.25
"""How much of a colour stays of what is not the chosen municipality's."""
MARKERS = {"circle": "o", "triangle": "^", "square": "s", "diamond": "D", "plus": "P", "star": "*"}
DASHES: tuple[Any, ...] = ("solid", (0, (5, 2)), (0, (1, 2)), (0, (6, 1.5, 1.5, 1.5)))
APART = "\\\\\\\\\\"
"""The hatch of a bloc whose members do not all touch."""


def draw_facts(atlas: Atlas, axes: Axes, project: Transformer, state: PageState, left: Shown, *, fine: bool) -> None:
    """Draw the layers, the first of them on top, and the chosen municipality.

    Parameters
    ----------
    axes, project
        Where, and its projection.
    state, left
        Which layers, and what the filters leave.
    fine
        Whether the sheet is one prefecture's.
    """
    for layer in reversed(state.layers):
        if layer == "cases":
            _cases(axes, project, state, left)
        elif layer == "ties":
            _ties(atlas, axes, project, state, left, fine=fine)
        elif layer == "medical":
            rings = [_outline(codes, project, fine=fine) for codes in atlas.medical_areas()["member_codes"]]
            look = {"edgecolors": BLOC_COLORS["medical"], "linewidths": 0.6 if fine else 0.3}
            add_paths(axes, rings, facecolors="none", **look)
        elif layer in find_kind("blocs").layers:
            _blocs(atlas, axes, project, state, left.blocs[left.blocs["layer"].eq(layer)], fine=fine)
        elif layer not in ON_SCREEN_ONLY:
            msg = f"レイヤー「{layer}」は紙に描けません。"
            raise InvalidFilterError(msg)
    partners = [_outline((code,), project, fine=fine) for code in _partners(state, left)]
    add_paths(axes, partners, facecolors="none", edgecolors=TIE_COLOR, linewidths=1.0 if fine else 0.6)
    if state.network:
        _network(atlas, axes, project, state)
    if state.area:
        add_paths(
            axes,
            [_outline(read_area(state.area), project, fine=fine)],
            facecolors="none",
            edgecolors=AREA_COLOR,
            linewidths=2.0,
        )
    if state.code:
        border = prefectures().geometry.loc[state.code[:2]] if state.code.endswith("000") else outline((state.code,))
        ring = polygon_path(projected(border, project))
        add_paths(axes, [ring], facecolors="none", edgecolors="#111827", linewidths=1.6)


def _network(atlas: Atlas, axes: Axes, project: Transformer, state: PageState) -> None:
    """Draw the chosen network as a star from the middle of its members."""
    frame = atlas.networks()
    (row,) = rows(frame[frame["id"].eq(state.network)])
    for line in shapely.get_parts(star(row)):
        x, y = shapely.get_coordinates(projected(line, project)).T
        axes.plot(x, y, color=NETWORK_COLOR, linewidth=0.9, zorder=3)
        axes.plot(x[-1:], y[-1:], color=NETWORK_COLOR, marker="o", markersize=3, linestyle="none", zorder=3)


def _partners(state: PageState, left: Shown) -> list[str]:
    """Return the municipalities that ties lead to from the chosen one, or the two of the chosen pair."""
    ends = list(zip(left.ties["from_code"], left.ties["to_code"], strict=True)) if "ties" in state.layers else []
    of_chosen = {code for pair in ends if state.code in pair for code in pair}
    of_pair = {code for pair in ends if "-".join(sorted(pair)) == state.pair for code in pair}
    return sorted((of_chosen | of_pair) & set(municipalities().index) - {state.code})


def _blocs(
    atlas: Atlas, axes: Axes, project: Transformer, state: PageState, drawn: pd.DataFrame, *, fine: bool
) -> None:
    """Draw the outlines of one layer's blocs, hatched where the members do not all touch; the chosen one lifted."""
    styles = bloc_styles(atlas)
    for position, row in zip(drawn.index, rows(drawn), strict=True):
        apart = part_count(row["member_codes"]) > 1
        lifted = (bool(state.code) and state.code in row["member_codes"]) or row["id"] == state.bloc
        width = 1.8 if lifted else 1.0 if row["layer"] == "blocs" else 0.7
        add_paths(
            axes,
            [_outline(row["member_codes"], project, fine=fine)],
            facecolors="none",
            edgecolors=OWN_COLOR if styles[position] == OWN_LINE else BLOC_COLORS[row["layer"]],
            linewidths=width,
            linestyles=[DASHES[styles[position]]],
            hatch=APART if apart else None,
            alpha=DIMMED if (state.code or state.bloc) and not lifted else None,
        )


def _outline(codes: tuple[str, ...], project: Transformer, *, fine: bool) -> Any:
    return polygon_path(projected(shapely.simplify(outline(codes), 0.001 if fine else 0.008), project))


def _ties(atlas: Atlas, axes: Axes, project: Transformer, state: PageState, left: Shown, *, fine: bool) -> None:
    """Draw a great circle a pair, wider for more ties, in the line of its best evidence; the chosen one's lifted."""
    pairs = Counter(tuple(sorted(ends)) for ends in zip(left.ties["from_code"], left.ties["to_code"], strict=True))
    best: dict[tuple[str, ...], int] = {}
    styles = tie_styles(atlas)
    for position, row in zip(left.ties.index, rows(left.ties), strict=True):
        pair = tuple(sorted((row["from_code"], row["to_code"])))
        best[pair] = min(best.get(pair, OWN_LINE), styles[position])
    for pair, count in pairs.items():
        line = projected(great_circle(party_point(pair[0]), party_point(pair[1])), project)
        x, y = shapely.get_coordinates(line).T
        width = (0.5 if fine else 0.2) + (0.5 if fine else 0.35) * math.sqrt(count)
        lifted = (bool(state.code) and state.code in pair) or "-".join(pair) == state.pair
        usual = 0.75 if fine else 0.55
        strength = 1.0 if lifted else usual * DIMMED if state.code or state.pair else usual
        axes.plot(
            x,
            y,
            color=OWN_COLOR if best[pair] == OWN_LINE else TIE_COLOR,
            linestyle=DASHES[best[pair]],
            linewidth=width,
            alpha=strength,
            zorder=3 if lifted else 2,
        )


def _cases(axes: Axes, project: Transformer, state: PageState, left: Shown) -> None:
    """Draw one mark a municipality, by its most frequent theme, with the number of cases where there are several."""
    places: dict[str, list[str]] = {}
    for row in rows(left.cases):
        place = row["member_codes"][0] if row["member_codes"] else f"{row['prefecture_codes'][0]}000"
        places.setdefault(place, []).append(row["primary_theme"])
    themes = {theme.name: theme for theme in (*THEMES, NO_THEME)}
    for place, names in places.items():
        theme = themes[Counter(names).most_common(1)[0][0]]
        strength = DIMMED if state.code and place != state.code else 1
        x, y = project.transform(*party_point(place))
        axes.plot(
            x,
            y,
            marker=MARKERS[theme.shape],
            color=theme.color,
            markersize=5.5,
            markeredgecolor="white",
            markeredgewidth=0.7,
            linestyle="none",
            clip_on=True,
            alpha=strength,
        )
        if len(names) > 1:
            axes.annotate(
                str(len(names)),
                (x, y),
                xytext=(4, 3),
                textcoords="offset points",
                fontsize=6.5,
                clip_on=True,
                annotation_clip=True,
                alpha=strength,
            )


def marks(atlas: Atlas, state: PageState, left: Shown) -> Iterable[tuple[str, int, dict[str, Any]]]:
    """Return the lines of the legend: label, count, how matplotlib draws the sign."""
    if "cases" in state.layers:
        counts = left.cases["primary_theme"].value_counts()
        for theme in (*THEMES, NO_THEME):
            if theme.name in counts.index:
                look = {"marker": MARKERS[theme.shape], "color": theme.color, "markersize": 5.5, "linestyle": "none"}
                yield theme.name, int(counts[theme.name]), look
    styles: Counter[int] = Counter()
    if "ties" in state.layers and len(left.ties):
        styles.update(tie_styles(atlas)[position] for position in left.ties.index)
        yield word("ties", "ja"), len(left.ties), {"color": TIE_COLOR, "linewidth": 1.6}
    drawn = left.blocs[left.blocs["layer"].isin(state.layers)]
    styles.update(bloc_styles(atlas)[position] for position in drawn.index)
    drawn_of = {layer: int(drawn["layer"].eq(layer).sum()) for layer in BLOC_COLORS}
    drawn_of["medical"] = len(atlas.medical_areas()) if "medical" in state.layers else 0
    for layer, count in drawn_of.items():
        if count:
            name = word("other_blocs" if layer == "blocs" else layer, "ja")
            yield name, count, _square(BLOC_COLORS[layer])
    if apart := sum(part_count(codes) > 1 for codes in drawn["member_codes"]):
        yield word("apart", "ja"), apart, {"hatch": APART}
    for style, count in sorted(styles.items()):
        name = f"線：{word(f'line_{style}', 'ja')}"
        color = OWN_COLOR if style == OWN_LINE else "#55606b"
        yield name, count, {"color": color, "linewidth": 1.2, "linestyle": DASHES[style]}


def _square(color: str) -> dict[str, Any]:
    return {
        "marker": "s",
        "markersize": 7,
        "markeredgewidth": 1.3,
        "markeredgecolor": color,
        "markerfacecolor": "none",
        "linestyle": "none",
    }
