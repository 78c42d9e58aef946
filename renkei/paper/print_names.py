"""Names on paper as on the screen: prefectures, then cities, then towns, none over another; the chosen always."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.codes import PREFECTURES, PREFECTURES_EN
from geo.gazetteer import municipalities
from geo.measure import party_point, prefecture_seat
from renkei.browser.map_facts import RANKED_BY

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pyproj import Transformer

    from renkei.atlas import Atlas
    from renkei.paper.print_borders import Bounds
    from renkei.present.words import Language

TOWNS_BELOW = 12.0
"""Degrees of longitude below which municipalities are named; wider sheets name prefectures."""
FONT_POINTS = 6.5
CHOSEN_POINTS = 9.0
POINTS_PER_INCH = 72


def _candidates(
    atlas: Atlas, extent: Bounds, chosen: list[str], language: Language
) -> list[tuple[str, tuple[float, float], bool]]:
    """Return name, place and whether it must stand, the more important first."""
    frame = municipalities()
    names = frame["english" if language == "en" else "name"]
    prefectures = PREFECTURES_EN if language == "en" else PREFECTURES
    found = [
        (prefectures[code[:2]] if code.endswith("000") else str(names[code]), party_point(code), True)
        for code in chosen
    ]
    if extent[2] - extent[0] >= TOWNS_BELOW:
        found += [(name, prefecture_seat(code), False) for code, name in prefectures.items()]
        return found
    ranks = np.argsort(-np.nan_to_num(atlas.values(RANKED_BY).to_numpy(dtype=float)), kind="stable")
    west, south, east, north = extent
    for code in frame.index[ranks]:
        lon, lat = party_point(code)
        if west <= lon <= east and south <= lat <= north and code not in chosen:
            found.append((str(names[code]), (lon, lat), False))
    return found


def draw_names(
    atlas: Atlas, axes: Axes, project: Transformer, extent: Bounds, chosen: list[str], language: Language = "ja"
) -> list[str]:
    """Write the names that find room; return them.

    Parameters
    ----------
    atlas, axes, project
        Where, and its projection.
    extent
        The window in degrees.
    chosen
        Codes that are named in any case: the chosen one and its partners.
    language
        Of the names.
    """
    from matplotlib import patheffects  # noqa: PLC0415 - only when something is printed

    figure = axes.get_figure()
    width = (axes.get_xlim()[1] - axes.get_xlim()[0]) / (axes.get_position().width * figure.get_size_inches()[0])  # type: ignore[union-attr]
    halo = [patheffects.withStroke(linewidth=1.8, foreground="white")]
    written = []
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    # The scale bar and the arrow to the north keep their places.
    corner = high - (high - low) * 0.86
    taken = [
        (left, low, left + (right - left) * 0.26, low + (high - low) * 0.09),
        (right - (right - left) * 0.06, low, right, corner),
    ]
    for name, (lon, lat), strong in _candidates(atlas, extent, chosen, language):
        x, y = project.transform(lon, lat)
        if not (left < x < right and low < y < high):
            continue
        size = CHOSEN_POINTS if strong else FONT_POINTS
        unit = size / POINTS_PER_INCH * width  # metres on the sheet's plane of one em
        half = sum(1.0 if ord(each) > 0xFF else 0.55 for each in name) * unit / 2 + unit * 0.25  # noqa: PLR2004 - full width
        box = (x - half, y - unit * 0.75, x + half, y + unit * 0.75)
        crossed = any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken)
        if crossed and not strong:
            continue
        taken.append(box)
        written.append(name)
        axes.text(
            x, y, name, fontsize=size, ha="center", va="center", path_effects=halo, zorder=6,
            color="#111827" if strong else "#37424d", clip_on=True,
        )  # fmt: skip
    return written
