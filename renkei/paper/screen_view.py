"""What of the map lies in the window of the screen: the facts that are drawn there, and the counts of what is seen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geo.measure import party_point
from layers.tables import rows
from renkei.browser.map_facts import case_place

if TYPE_CHECKING:
    import pandas as pd

    from renkei.browser.contract import Background, LegendRow
    from renkei.browser.map_state import Shown
    from renkei.paper.print_borders import Bounds
    from renkei.present.page_state import PageState

CALM_DEGREES = 10.0
"""In a wider window ties and outlines of nobody in particular are left out, as on the screen."""


def inside(extent: Bounds, code: str) -> bool:
    """Tell whether a party lies in a window."""
    lon, lat = party_point(code)
    west, south, east, north = extent
    return west <= lon <= east and south <= lat <= north


def on_screen(left: Shown, state: PageState, extent: Bounds) -> Shown:
    """Return the facts that the screen draws in a window: with something chosen, its own; far out, no one else's."""
    calm = extent[2] - extent[0] > CALM_DEGREES
    focused = bool(state.code or state.pair or state.bloc or state.network or state.area)

    def own_tie(first: str, second: str) -> bool:
        return state.code in (first, second) or "-".join(sorted((first, second))) == state.pair

    def tie(first: str, second: str) -> bool:
        if own_tie(first, second):
            return True
        return not (calm or focused) and (inside(extent, first) or inside(extent, second))

    def area(identifier: str, members: tuple[str, ...]) -> bool:
        if identifier == state.bloc or state.code in members:
            return True
        return not (calm or focused) and any(inside(extent, code) for code in members)

    def kept(frame: pd.DataFrame, passes: list[bool]) -> pd.DataFrame:
        return frame[np.asarray(passes, dtype=bool)]

    ends = zip(left.ties["from_code"], left.ties["to_code"], strict=True)
    return replace(
        left,
        cases=kept(left.cases, [inside(extent, case_place(row)) for row in rows(left.cases)]),
        ties=kept(left.ties, [tie(first, second) for first, second in ends]),
        blocs=kept(
            left.blocs,
            [area(one, codes) for one, codes in zip(left.blocs["id"], left.blocs["member_codes"], strict=True)],
        ),
    )


def counted(background: Background, seen: np.ndarray) -> Background:
    """Return a background whose legend counts the municipalities that are seen.

    Parameters
    ----------
    background
        Fills of all municipalities.
    seen
        Positions in the gazetteer.
    """
    marks = [background["classes"][position] for position in seen]
    legend = background["legend"]
    colors = background["colors"]

    def number(row: LegendRow) -> int:
        mark = chr(48 + colors.index(row["color"])) if row["color"] else "-"
        return marks.count(mark)

    found = [(row, number(row)) for row in legend["rows"]]
    rows_seen: list[LegendRow] = [
        {"label": row["label"], "count": f"{count:,}", "color": row["color"]} for row, count in found
    ]
    changed = legend | {"rows": rows_seen}
    if "grid" in legend:
        cells = [f"{marks.count(chr(48 + position)):,}" for position in range(len(legend["grid"]["counts"]))]
        changed["grid"] = legend["grid"] | {"counts": cells}
    return background | {"legend": changed}
