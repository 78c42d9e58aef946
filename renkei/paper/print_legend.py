"""The legends of the sheet: each indicator's classes with counts, nine classes as a table, themes, ties, blocs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from renkei.paper.print_facts import marks
from renkei.paper.print_texts import plain, wrapped
from renkei.present.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from renkei.atlas import Atlas
    from renkei.browser.contract import Background, Grid
    from renkei.browser.map_state import Shown
    from renkei.present.page_state import PageState

LINE = 0.028
LEAST_LINE = 0.014
GREY = "#4b5563"
SIDE = 3
"""Classes of each indicator where two make nine."""


def draw_legends(
    atlas: Atlas,
    figure: Figure,
    place: tuple[float, float, float, float],
    state: PageState,
    left: Shown,
    painted: list[Background],
) -> None:
    """Draw every legend of what is on the sheet, one below the other; lines come closer where there are many.

    Parameters
    ----------
    figure, place
        The sheet, and left, bottom, width, height in parts of it.
    state, left
        What is chosen, and what the filters leave.
    painted
        The backgrounds (``renkei.browser.backgrounds.backgrounds``).
    """
    axes = figure.add_axes(place)
    axes.set_axis_off()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    signs = list(marks(atlas, state, left))
    heads = 0.06 * len(painted) + sum(0.22 for each in painted if "grid" in each["legend"])
    count = sum(len(each["legend"]["rows"]) + 1 for each in painted) + len(signs) + 1
    step = min(LINE, max(LEAST_LINE, (0.97 - heads) / count))
    size = 7.5 * min(1.0, 0.45 + 0.55 * step / LINE)
    y = 0.985
    for number, each in enumerate(painted):
        side = ("◀ ", "▶ ")[number] if len(painted) > 1 else ""
        y = _classes(axes, each, side, y, step, size) - step * 1.2
    for label, total, look in signs:
        _sign(axes, y, look)
        axes.text(0.13, y, plain(label, 24), fontsize=size, va="center")
        axes.text(1, y, f"{total:,}", fontsize=size, va="center", ha="right", color=GREY)
        y -= step
    if not (len(left.cases) or len(left.ties) or len(left.blocs)):
        axes.text(0, y, word("none_here", "ja"), fontsize=size, va="center")


def _classes(axes: Axes, background: Background, side: str, y: float, step: float, size: float) -> float:
    """Draw title, date and classes; return where the next line may stand."""
    legend = background["legend"]
    for line in wrapped(side + legend["title"], 21)[:2]:
        axes.text(0, y, line, fontsize=size + 2, va="center")
        y -= 0.028
    for line in wrapped(legend["dated"], 36)[:3]:
        axes.text(0, y, line, fontsize=min(6.5, size), color=GREY, va="center")
        y -= 0.02
    if "grid" in legend:
        y = _grid(axes, legend["grid"], background["colors"], y, size)
    for row in legend["rows"]:
        y -= step
        _swatch(axes, 0, y - 0.33 * step, 0.1, 0.7 * step, row["color"])
        axes.text(0.13, y, plain(row["label"], 24), fontsize=size, va="center")
        axes.text(1, y, row["count"], fontsize=size, va="center", ha="right", color=GREY)
    return y - step * 0.6


def _grid(axes: Axes, grid: Grid, colors: list[str], y: float, size: float) -> float:
    """Draw nine classes as a table: rows of the first indicator from high to low, columns of the second."""
    first, second = grid["axes"]
    height, width = 0.045, 0.2
    for row in range(SIDE):
        rank = SIDE - 1 - row
        low = y - (row + 1) * height
        axes.text(0.33, low + height / 2, plain(first["labels"][rank], 14), fontsize=size - 1, va="center", ha="right")
        for column in range(SIDE):
            position = rank * SIDE + column
            left = 0.36 + column * width
            _swatch(axes, left, low, width, height, colors[position])
            ink = "#ffffff" if rank + column > SIDE - 1 else "#1f2a36"
            axes.text(
                left + width / 2,
                low + height / 2,
                grid["counts"][position],
                fontsize=size - 1,
                color=ink,
                va="center",
                ha="center",
            )
    y -= SIDE * height + 0.012
    for column, label in enumerate(second["labels"]):
        middle = 0.36 + (column + 0.5) * width
        axes.text(middle, y, plain(label, 12), fontsize=size - 2.2, va="center", ha="center")
    axes.text(0, y - 0.022, plain(f"↑ {first['title']}　→ {second['title']}", 40), fontsize=size - 1.5, va="center")
    return y - 0.03


def _swatch(axes: Axes, x: float, y: float, width: float, height: float, color: str) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    axes.add_patch(
        Rectangle(
            (x, y),
            width,
            height,
            facecolor=color or "#f4f4f2",
            edgecolor="#9aa5ae",
            linewidth=0.5,
            hatch=None if color else "//////",
        )
    )


def _sign(axes: Axes, y: float, look: dict[str, Any]) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    if "hatch" in look:
        axes.add_patch(Rectangle((0, y - 0.01), 0.1, 0.02, facecolor="none", edgecolor="#55606b", **look))
    elif "linewidth" in look:
        axes.plot([0.0, 0.1], [y, y], **look)
    else:
        axes.plot([0.05], [y], **look)
