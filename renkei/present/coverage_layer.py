"""Where the register holds something and where it holds nothing: as a layer for files, and as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layers.coverage import LEVELS
from layers.tables import per_snapshot, rows
from renkei.paper.kinds_map import kinds_map
from renkei.present.layer_rows import RowField
from renkei.present.municipality_rows import municipality_rows

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.present.layer_rows import LayerRows
    from renkei.present.page_state import PageState
    from renkei.present.words import Language

COLORS = {"named": "#2a788e", "summed_up": "#a5cfc4", "nothing": "#f2ead7"}
"""Level to colour: darker where more is known; told apart without colour sight."""

_FIELDS = (
    RowField("ties", "連携の数", "Ties", "integer"),
    RowField("networks", "名の挙がるネットワークの数", "Networks that name it", "integer"),
    RowField("blocs", "名の挙がる圏域の数", "Areas that name it", "integer"),
    RowField("summed_up", "「全市町村」・推定で入るものの数", "By a sum or by inference", "integer"),
    RowField("level", "集まり方", "Level"),
)


def coverage_layer(atlas: Atlas, view: PageState) -> LayerRows:
    """Return the municipalities, or those of the prefectures asked for, with what the register holds of each."""
    frame = atlas.coverage()
    held = dict(zip(frame.index, rows(frame), strict=True))
    words = {identifier: japanese for identifier, japanese, _ in LEVELS}

    def told(code: str) -> dict[str, Any]:
        own = held[code]
        return {key: own[key] for key in ("ties", "networks", "blocs", "summed_up")} | {"level": words[own["level"]]}

    return municipality_rows(
        "coverage",
        ("どこまで集まっているか", "What the register covers"),
        _FIELDS,
        told,
        view,
        [
            (japanese, f"\"level\" = '{japanese}'", {"color": COLORS[level], "outline": "#ffffff", "width": 0.1})
            for level, japanese, _ in LEVELS
        ],
    )


@per_snapshot()
def coverage_map(atlas: Atlas, language: Language) -> bytes:
    """Draw as PNG which municipalities the register names, and which it holds nothing of.

    Returns
    -------
    bytes
        PNG, 660 × 660 pixels; 南西諸島 south of 30° N are left out (the exported layer holds them).
    """
    titles = {level: english if language == "en" else japanese for level, japanese, english in LEVELS}
    levels = atlas.coverage()["level"].to_numpy()
    return kinds_map(levels, [(level, titles[level], COLORS[level]) for level, *_ in LEVELS])
