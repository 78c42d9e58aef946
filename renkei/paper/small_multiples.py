"""Small multiples: an indicator at each of its dates, with the same breaks, as one picture."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from layers.classify import as_written, class_labels, classify
from layers.tables import per_snapshot
from renkei.paper.print_borders import (
    JAPAN,
    add_paths,
    borders_on_sheet,
    filling_limits,
    polygon_path,
    prepare_matplotlib,
)
from renkei.present.words import dated, word

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.present.words import Language

COLUMNS = 4
PANEL_INCHES = (2.6, 2.5)
DPI = 110


@per_snapshot(maxsize=16)
def small_multiples(atlas: Atlas, identifier: str, language: Language) -> bytes:
    """Draw an indicator of several dates as PNG: one small map a date, natural breaks of all dates together.

    Parameters
    ----------
    identifier
        An indicator with more than one date.
    language
        Of the legend.

    Returns
    -------
    bytes
        PNG; 南西諸島 south of 30° N are left out of these pictures (they are on the map and on the sheet).
    """
    prepare_matplotlib()
    from matplotlib.figure import Figure  # noqa: PLC0415 - only when the panel is open
    from matplotlib.patches import Patch  # noqa: PLC0415

    chosen = atlas.indicator(identifier)
    pooled = pd.concat([atlas.values(identifier, date) for date in chosen.dates], ignore_index=True)
    shared = classify(pooled, scheme="natural", diverging=chosen.diverging, decimals=chosen.decimals, unit=chosen.unit)
    rows = -(-len(chosen.dates) // COLUMNS)
    width, height = PANEL_INCHES[0] * COLUMNS, PANEL_INCHES[1] * rows + 0.6
    figure = Figure(figsize=(width, height), facecolor="white")
    bounds = JAPAN[0]
    ratio = (PANEL_INCHES[0] * 0.96, PANEL_INCHES[1] * 0.86)
    limits, project = filling_limits(bounds, ratio)
    seen, shapes = borders_on_sheet(bounds, limits, project)
    paths = [polygon_path(shape) for shape in shapes]
    for number, date in enumerate(chosen.dates):
        column, row = number % COLUMNS, number // COLUMNS
        left = (column + 0.02) * PANEL_INCHES[0] / width
        bottom = 1 - ((row + 1) * PANEL_INCHES[1] - 0.02 * PANEL_INCHES[1]) / height
        axes = figure.add_axes((left, bottom, ratio[0] / width, ratio[1] / height))
        axes.set(xlim=(limits[0], limits[2]), ylim=(limits[1], limits[3]), xticks=[], yticks=[], facecolor="#e8f0f4")
        axes.set_title(dated(date, chosen.flag(date), language), fontsize=8, pad=3)
        for spine in axes.spines.values():
            spine.set(color="#c3cad1", linewidth=0.6)
        read = as_written(atlas.values(identifier, date).to_numpy(float), chosen.decimals)
        codes = np.searchsorted(shared.breaks, read, side="right")
        codes = np.where(atlas.values(identifier, date).isna(), -1, codes)[seen]
        for code in range(-1, len(shared.colors)):
            own = [paths[i] for i in np.flatnonzero(codes == code)]
            if own:
                color = shared.colors[code] if code >= 0 else "#d5d8db"
                add_paths(axes, own, facecolors=color, edgecolors=color, linewidths=0.1)
    labels = list(shared.labels)
    if language == "en":
        labels = list(class_labels(shared.breaks, chosen.decimals, chosen.unit, english=True))
    handles = [Patch(facecolor=color, label=label) for color, label in zip(shared.colors, labels, strict=True)]
    if shared.no_data_count:
        handles.append(Patch(facecolor="#d5d8db", label=word("no_data", language)))
    figure.legend(handles=handles, loc="lower center", ncols=len(handles), fontsize=8, frameon=False)
    output = io.BytesIO()
    figure.savefig(output, format="png", dpi=DPI)
    return output.getvalue()
