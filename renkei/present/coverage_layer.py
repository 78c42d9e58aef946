"""Where the register holds something and where it holds nothing: as a layer for files, and as a picture."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from geo.boundaries import exact
from geo.codes import PREFECTURES, to_code6
from geo.gazetteer import municipalities
from layers.coverage import LEVELS
from layers.tables import per_snapshot, rows
from renkei.exchange.geojson import municipality_geometries
from renkei.paper.print_borders import (
    JAPAN,
    add_paths,
    borders_on_sheet,
    filling_limits,
    polygon_path,
    prepare_matplotlib,
)
from renkei.present.layer_rows import LayerRows, RowField

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState
    from renkei.present.words import Language

COLORS = {"named": "#2a788e", "summed_up": "#a5cfc4", "nothing": "#f2ead7"}
"""Level to colour: darker where more is known; told apart without colour sight."""

_FIELDS = (
    RowField("code", "団体コード", "Code"),
    RowField("code6", "団体コード（6桁）", "Code (6 digits)"),
    RowField("prefecture", "都道府県", "Prefecture"),
    RowField("name", "市区町村", "Municipality"),
    RowField("ties", "連携の数", "Ties", "integer"),
    RowField("networks", "名の挙がるネットワークの数", "Networks that name it", "integer"),
    RowField("blocs", "名の挙がる圏域の数", "Areas that name it", "integer"),
    RowField("summed_up", "「全市町村」・推定で入るものの数", "By a sum or by inference", "integer"),
    RowField("level", "集まり方", "Level"),
)


def coverage_layer(atlas: Atlas, view: PageState) -> LayerRows:
    """Return the municipalities, or those of the prefectures asked for, with what the register holds of each."""
    frame, names = atlas.coverage(), municipalities()
    keep = set(view.filters.prefectures)
    codes = [code for code in frame.index if not keep or code[:2] in keep]
    words = {identifier: japanese for identifier, japanese, _ in LEVELS}
    outlines = exact()
    geometries = municipality_geometries()
    return LayerRows(
        "coverage",
        ("どこまで集まっているか", "What the register covers"),
        _FIELDS,
        [
            {
                "code": code,
                "code6": to_code6(code),
                "prefecture": PREFECTURES[code[:2]],
                "name": names.at[code, "name"],
                **{key: each[key] for key in ("ties", "networks", "blocs", "summed_up")},
                "level": words[each["level"]],
            }
            for code, each in zip(codes, rows(frame.loc[codes]), strict=True)
        ],
        lambda: list(outlines.geometry.loc[codes]),
        "MultiPolygon",
        geojson=lambda: [geometries[code] for code in codes],
        legend=tuple(
            (japanese, f"\"level\" = '{japanese}'", {"color": COLORS[level], "outline": "#ffffff", "width": 0.1})
            for level, japanese, _ in LEVELS
        ),
    )


@per_snapshot()
def coverage_map(atlas: Atlas, language: Language) -> bytes:
    """Draw as PNG which municipalities the register names, and which it holds nothing of.

    Returns
    -------
    bytes
        PNG, 660 × 660 pixels; 南西諸島 south of 30° N are left out (the exported layer holds them).
    """
    prepare_matplotlib()
    from matplotlib.figure import Figure  # noqa: PLC0415 - only when the panel is open
    from matplotlib.patches import Patch  # noqa: PLC0415

    levels = atlas.coverage()["level"].to_numpy()
    figure = Figure(figsize=(6, 6), facecolor="white")
    limits, project = filling_limits(JAPAN[0], (6 * 0.98, 6 * 0.86))
    seen, shapes = borders_on_sheet(JAPAN[0], limits, project)
    paths = [polygon_path(shape) for shape in shapes]
    axes = figure.add_axes((0.01, 0.13, 0.98, 0.86))
    axes.set(xlim=(limits[0], limits[2]), ylim=(limits[1], limits[3]), xticks=[], yticks=[], facecolor="#e8f0f4")
    for spine in axes.spines.values():
        spine.set(color="#c3cad1", linewidth=0.6)
    handles = []
    for level, japanese, english in LEVELS:
        own = [paths[i] for i in np.flatnonzero(levels[seen] == level)]
        if own:
            add_paths(axes, own, facecolors=COLORS[level], edgecolors="#9aa5ad", linewidths=0.15)
        title = english if language == "en" else japanese
        count = int((levels == level).sum())
        handles.append(Patch(facecolor=COLORS[level], edgecolor="#9aa5ad", label=f"{title}：{count:,}"))
    figure.legend(handles=handles, loc="lower left", fontsize=8, frameon=False)
    output = io.BytesIO()
    figure.savefig(output, format="png", dpi=110)
    return output.getvalue()
