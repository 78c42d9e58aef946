"""A small map of all municipalities by kind: one colour a kind, with how many there are of each."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from renkei.paper.print_borders import (
    JAPAN,
    add_paths,
    borders_on_sheet,
    filling_limits,
    polygon_path,
    prepare_matplotlib,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


FEW = 3
"""So many kinds stand below each other; more in two columns."""


def kinds_map(kinds: NDArray[np.object_], legend: Sequence[tuple[str, str, str]]) -> bytes:
    """Draw as PNG of which kind each municipality is.

    Parameters
    ----------
    kinds
        (1741,) kind of each municipality, in gazetteer order.
    legend
        Kind, title and colour, in the order in which they are told.

    Returns
    -------
    bytes
        PNG, 660 × 660 pixels; 南西諸島 south of 30° N are left out.
    """
    prepare_matplotlib()
    from matplotlib.figure import Figure  # noqa: PLC0415 - only when the panel is open
    from matplotlib.patches import Patch  # noqa: PLC0415

    figure = Figure(figsize=(6, 6), facecolor="white")
    limits, project = filling_limits(JAPAN[0], (6 * 0.98, 6 * 0.86))
    seen, shapes = borders_on_sheet(JAPAN[0], limits, project)
    paths = [polygon_path(shape) for shape in shapes]
    axes = figure.add_axes((0.01, 0.13, 0.98, 0.86))
    axes.set(xlim=(limits[0], limits[2]), ylim=(limits[1], limits[3]), xticks=[], yticks=[], facecolor="#e8f0f4")
    for spine in axes.spines.values():
        spine.set(color="#c3cad1", linewidth=0.6)
    handles = []
    for kind, title, color in legend:
        own = [paths[i] for i in np.flatnonzero(kinds[seen] == kind)]
        if own:
            add_paths(axes, own, facecolors=color, edgecolors="#9aa5ad", linewidths=0.15)
        count = int((kinds == kind).sum())
        handles.append(Patch(facecolor=color, edgecolor="#9aa5ad", label=f"{title}：{count:,}"))
    figure.legend(handles=handles, loc="lower left", fontsize=8, frameon=False, ncols=1 + (len(legend) > FEW))
    output = io.BytesIO()
    figure.savefig(output, format="png", dpi=110)
    return output.getvalue()
