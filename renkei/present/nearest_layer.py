"""How far every municipality is from the nearest case, tie and network of a theme, as a layer for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import InvalidFilterError
from geo.gazetteer import display_name
from renkei.analysis.nearest_facts import distance_to_nearest
from renkei.present.layer_rows import RowField
from renkei.present.municipality_rows import municipality_rows

if TYPE_CHECKING:
    from renkei.analysis.nearest_facts import FactKind
    from renkei.atlas import Atlas
    from renkei.present.layer_rows import LayerRows
    from renkei.present.page_state import PageState

KINDS: dict[FactKind, tuple[str, str]] = {
    "case": ("事例", "case"),
    "tie": ("連携", "tie"),
    "network": ("ネットワーク", "network"),
}
_ABOUT = "役所どうしの測地距離（GRS80）。自分のまちにあれば0。テーマの記録が全国になければ空欄"
_FIELDS = (
    RowField("theme", "テーマ（空欄はすべて）", "Theme (empty: all)"),
    *(
        field
        for kind, (japanese, english) in KINDS.items()
        for field in (
            RowField(f"{kind}_km", f"最も近い{japanese}まで", f"To the nearest {english}", "real", "km", _ABOUT),
            RowField(f"{kind}_at", f"最も近い{japanese}のあるまち", f"Where the nearest {english} is"),
        )
    ),
)
_BREAKS = (0.0, 25.0, 50.0, 100.0)
_COLORS = ("#2a788e", "#6aa9b0", "#a5cfc4", "#e6dcae", "#d9a86c")


def nearest_layer(atlas: Atlas, view: PageState) -> LayerRows:
    """Return the municipalities, or those of the prefectures asked for, with their distances.

    Parameters
    ----------
    atlas
        The tables.
    view
        Its first theme is the theme; all themes without one.
    """
    theme = next(iter(view.filters.themes), "")
    found = {kind: _found(atlas, kind, theme) for kind in KINDS}

    def told(code: str) -> dict[str, float | str | None]:
        values: dict[str, float | str | None] = {"theme": theme}
        for kind, near in found.items():
            values[f"{kind}_km"], values[f"{kind}_at"] = near.get(code, (None, None))
        return values

    titles = ("最も近い事例・連携・ネットワーク", "Nearest case, tie and network")
    return municipality_rows("nearest", titles, _FIELDS, told, view, _legend())


def _found(atlas: Atlas, kind: FactKind, theme: str) -> dict[str, tuple[float, str]]:
    """Return km and where by code; nothing where no record of the theme is known."""
    try:
        frame = distance_to_nearest(atlas, kind, theme)
    except InvalidFilterError:
        return {}
    where = [display_name(str(code)) for code in frame["nearest"]]
    return dict(zip(frame.index, zip(frame["km"].round(1).tolist(), where, strict=True), strict=True))


def _legend() -> list[tuple[str, str, dict[str, str | float]]]:
    """Return the classes of the distance to the nearest case."""
    bounds = zip((None, *_BREAKS), (*_BREAKS, None), _COLORS, strict=True)
    found: list[tuple[str, str, dict[str, str | float]]] = []
    for low, high, color in bounds:
        if low is None:
            label, rule = "事例がある", f'"case_km" <= {high:g}'
        elif high is None:
            label, rule = f"{low:g} km より遠い", f'"case_km" > {low:g}'
        else:
            label, rule = f"{high:g} km まで", f'"case_km" > {low:g} AND "case_km" <= {high:g}'
        found.append((label, rule, {"color": color, "outline": "#ffffff", "width": 0.1}))
    return found
