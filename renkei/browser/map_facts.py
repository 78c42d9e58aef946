"""The facts that the browser gets once: names, cases, ties, blocs.

A change of filter then sends only which of them to show, one character each. Arcs and outlines are made by the
browser: arcs from the two points, outlines from the borders that it holds already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from geo.boundaries import part_count
from geo.codes import PREFECTURES, PREFECTURES_EN
from geo.gazetteer import municipalities
from geo.measure import party_point, prefecture_seat
from layers.tables import per_snapshot, rows
from layers.themes import NO_THEME, THEMES
from renkei.present.words import LANGUAGES, word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from renkei.atlas import Atlas
    from renkei.present.words import Language

SOLID, DASHED, DOTTED = 0, 1, 2
"""How a line is drawn: on documents and official pages; on other pages; inferred."""

TIE_COLOR = "#c2410c"
BLOC_COLORS = {"blocs": "#7a3b69", "core_city": "#4338ca", "self_reliant": "#0f766e", "medical": "#475569"}
"""Colour of the outlines, layer by layer."""


_WORDS = (
    "cases",
    "ties",
    "gathered",
    "marks",
    "swipe_label",
    "hide_class",
    "indicator",
    "theme",
    "prefecture",
    "date",
    "play",
    "pause",
    "apart",
    "layers",
    "upward",
    "downward",
    "ground",
    "tiles",
    "no_tiles",
    "dismiss",
    "map_label",
)


def _words(language: Language) -> dict[str, Any]:
    return {
        **{key: word(key, language) for key in _WORDS},
        "lines": [word(f"line_{style}", language) for style in (SOLID, DASHED, DOTTED)],
        "blocs": {layer: word("other_blocs" if layer == "blocs" else layer, language) for layer in BLOC_COLORS},
    }


def line_styles(frame_tiers: list[str], certain: list[bool]) -> list[int]:
    """Return how each tie or bloc is drawn, by its best evidence.

    Examples
    --------
    >>> line_styles(["official", "secondary", "document"], [True, True, False])
    [0, 1, 2]
    """
    return [
        DOTTED if not sure else SOLID if tier in ("document", "official") else DASHED
        for tier, sure in zip(frame_tiers, certain, strict=True)
    ]


@per_snapshot()
def tie_styles(atlas: Atlas) -> list[int]:
    """Return the line style of each tie of ``atlas.ties()``."""
    frame = atlas.ties()
    return line_styles(list(frame["tier"]), [strength == "explicit" for strength in frame["strength"]])


@per_snapshot()
def bloc_styles(atlas: Atlas) -> list[int]:
    """Return the line style of each bloc of ``atlas.blocs()``."""
    frame = atlas.blocs()
    return line_styles(list(frame["tier"]), [membership == "listed" for membership in frame["membership"]])


@per_snapshot()
def tie_pairs(atlas: Atlas) -> list[tuple[str, str, list[int]]]:
    """Return each pair of parties with the positions of its ties in ``atlas.ties()``."""
    pairs: dict[tuple[str, str], list[int]] = {}
    frame = atlas.ties()
    for position, ends in enumerate(zip(frame["from_code"], frame["to_code"], strict=True)):
        first, second = sorted(ends)
        pairs.setdefault((first, second), []).append(position)
    return [(first, second, ties) for (first, second), ties in pairs.items()]


def _theme_positions(names: Iterable[str]) -> list[int]:
    """Return the positions of themes in ``THEMES``: the browser filters by them before the server answers."""
    names = set(names)
    return [position for position, theme in enumerate(THEMES) if theme.name in names]


def _case_facts(atlas: Atlas) -> list[dict[str, object]]:
    theme_index = {theme.name: position for position, theme in enumerate((*THEMES, NO_THEME))}
    facts = []
    for row in rows(atlas.cases()):
        place = row["member_codes"][0] if row["member_codes"] else f"{row['prefecture_codes'][0]}000"
        lon, lat = party_point(place)
        facts.append(
            {
                "id": row["id"],
                "place": place,
                "lon": lon,
                "lat": lat,
                "theme": theme_index[row["primary_theme"]],
                "themes": _theme_positions(row["themes"]),
                "prefectures": list(row["prefecture_codes"]),
                "title": row["title"] or "",
                "organisation": row["organisation"] or "",
            }
        )
    return facts


@per_snapshot()
def map_facts(atlas: Atlas) -> bytes:
    """Return the facts as JSON; figures and texts are data, the browser never reads them as markup."""
    gazetteer = municipalities()
    ties = atlas.ties()
    content = {
        "codes": list(gazetteer.index),
        "names": [f"{row['prefecture']}{row['name']}" for row in rows(gazetteer[["prefecture", "name"]])],
        "names_en": [str(name) for name in gazetteer["english"]],
        "prefectures": dict(PREFECTURES),
        "prefectures_en": dict(PREFECTURES_EN),
        "words": {language: _words(language) for language in LANGUAGES},
        "tieColor": TIE_COLOR,
        "blocColors": BLOC_COLORS,
        "themes": [
            {"name": theme.name, "en": theme.name_en, "color": theme.color, "shape": theme.shape}
            for theme in (*THEMES, NO_THEME)
        ],
        "cases": _case_facts(atlas),
        "ties": [
            {
                "kind": row["kind"],
                "since": row["since"],
                "style": style,
                "themes": _theme_positions(row["themes"]),
                "prefectures": list(row["prefecture_codes"]),
            }
            for row, style in zip(
                rows(ties),
                tie_styles(atlas),
                strict=True,
            )
        ],
        "pairs": [{"from": first, "to": second, "ties": positions} for first, second, positions in tie_pairs(atlas)],
        "points": {code: party_point(code) for first, second, _ in tie_pairs(atlas) for code in (first, second)},
        "prefecturePoints": {code: prefecture_seat(code) for code in PREFECTURES},
        "blocs": [
            {
                "id": row["id"],
                "name": row["name"],
                "members": list(row["member_codes"]),
                "layer": row["layer"],
                "style": style,
                "parts": part_count(row["member_codes"]),
                "themes": _theme_positions(row["themes"]),
                "prefectures": list(row["prefecture_codes"]),
            }
            for row, style in zip(
                rows(atlas.blocs()),
                bloc_styles(atlas),
                strict=True,
            )
        ]
        + [
            {
                "id": f"medical-{row['code']}",
                "name": f"{row['name']}（二次医療圏）",
                "members": list(row["member_codes"]),
                "layer": "medical",
                "style": SOLID,
                "parts": part_count(row["member_codes"]),
            }
            for row in rows(atlas.medical_areas())
        ],
    }
    return orjson.dumps(content)
