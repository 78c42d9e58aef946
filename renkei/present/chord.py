"""A chord picture of ties between prefectures: an arc a prefecture, a ribbon a pair, its width the number of ties."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

from geo.codes import PREFECTURES, PREFECTURES_EN

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from renkei.present.words import Language

FONTS = "Noto Sans JP, Noto Sans CJK JP, Yu Gothic UI, Meiryo, sans-serif"
SIZE, RADIUS, RING = 760, 250, 14
GAP = 0.012
"""Radians between two arcs."""
_REGION_COLORS = (
    (7, "#3b6fb6"),
    (14, "#2f855a"),
    (23, "#b7791f"),
    (30, "#7b4fa3"),
    (35, "#c2410c"),
    (39, "#0f766e"),
    (47, "#9d174d"),
)
"""Last prefecture of each region (北海道・東北, 関東, 中部, 近畿, 中国, 四国, 九州・沖縄) and its colour."""


def _color(code: str) -> str:
    return next(color for last, color in _REGION_COLORS if int(code) <= last)


def _point(angle: float, radius: float) -> str:
    return f"{SIZE / 2 + radius * math.sin(angle):.1f} {SIZE / 2 - radius * math.cos(angle):.1f}"


def _arc(start: float, end: float, radius: float, *, forward: bool = True) -> str:
    return (
        f"A{radius} {radius} 0 {int(end - start > math.pi)} {int(forward)} {_point(end if forward else start, radius)}"
    )


def chord_svg(codes: list[str], matrix: NDArray[np.int64], language: Language) -> str:
    """Draw the picture as SVG.

    Parameters
    ----------
    codes
        2-digit prefecture codes, clockwise from the top.
    matrix
        Shape (n, n), symmetric: ties between two prefectures; inside one on the diagonal.
    """
    total = int(matrix.sum())
    names = PREFECTURES if language == "ja" else PREFECTURES_EN
    unit = (2 * math.pi - GAP * len(codes)) / max(total, 1)
    starts: list[float] = []
    angle = 0.0
    for position in range(len(codes)):
        starts.append(angle)
        angle += int(matrix[position].sum()) * unit + GAP
    used = list(starts)
    spans: dict[tuple[int, int], tuple[float, float]] = {}
    for i in range(len(codes)):
        for j in [*range(i, len(codes)), *range(i)]:
            if matrix[i, j]:
                spans[i, j] = (used[i], used[i] + int(matrix[i, j]) * unit)
                used[i] = spans[i, j][1]
    ribbons, arcs = [], []
    centre = f"{SIZE / 2} {SIZE / 2}"
    for (i, j), (a, b) in sorted(spans.items(), key=lambda item: -int(matrix[item[0]])):
        if j < i:
            continue
        c, d = spans[j, i]
        path = f"M{_point(a, RADIUS)} {_arc(a, b, RADIUS)} Q{centre} {_point(c, RADIUS)} "
        path += f"{_arc(c, d, RADIUS)} Q{centre} {_point(a, RADIUS)}Z" if i != j else f"Q{centre} {_point(a, RADIUS)}Z"
        ribbons.append(
            f'<path d="{path}" fill="{_color(codes[i])}" fill-opacity=".5" stroke="#fff" stroke-width=".6"/>'
        )
    for i, code in enumerate(codes):
        count = int(matrix[i].sum())
        a, b = starts[i], starts[i] + count * unit
        outer = RADIUS + RING
        path = (
            f"M{_point(a, RADIUS + 2)} {_arc(a, b, RADIUS + 2)} L{_point(b, outer)} {_arc(a, b, outer, forward=False)}Z"
        )
        middle = math.degrees((a + b) / 2)
        flip = middle > 180  # noqa: PLR2004 - the left half reads inwards
        turn = f"rotate({middle - 90:.1f} {centre}) translate({SIZE / 2 + outer + 6} {SIZE / 2})" + (
            " rotate(180)" if flip else ""
        )
        arcs.append(
            f'<path d="{path}" fill="{_color(code)}"/>'
            f'<text transform="{turn}" text-anchor="{"end" if flip else "start"}" dominant-baseline="middle" '
            f'font-size="13" fill="#1f2a36">{escape(names[code])} {count}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" font-family="{FONTS}">'
        f'<rect width="{SIZE}" height="{SIZE}" rx="8" fill="#ffffff"/>'  # its labels are dark in the dark too
        f"{''.join(ribbons)}{''.join(arcs)}</svg>"
    )
