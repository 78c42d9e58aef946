"""The facts that the browser gets once: names, cases, ties with their arcs, bloc outlines.

A change of filter then sends only which of them to show, one character each.
"""

from __future__ import annotations

from functools import cache

import orjson
import shapely

from geo.boundaries import outline, part_count
from geo.codes import PREFECTURES
from geo.gazetteer import municipalities
from geo.measure import great_circle, party_point
from layers.blocs import blocs
from layers.cases import cases
from layers.partnerships import partnerships
from layers.themes import THEMES

OUTLINE_TOLERANCE = 0.004
"""Degrees (about 400 m): bloc outlines are drawn, never measured, from this simplification."""


@cache
def tie_pairs() -> list[tuple[str, str, list[int]]]:
    """Return each pair of parties with the positions of its ties in ``partnerships()``."""
    pairs: dict[tuple[str, str], list[int]] = {}
    frame = partnerships()
    for position, ends in enumerate(zip(frame["from_code"], frame["to_code"], strict=True)):
        first, second = sorted(ends)
        pairs.setdefault((first, second), []).append(position)
    return [(first, second, ties) for (first, second), ties in pairs.items()]


def _line(first: str, second: str) -> list[list[float]]:
    arc = great_circle(party_point(first), party_point(second), points=25)
    return [[round(lon, 3), round(lat, 3)] for lon, lat in shapely.get_coordinates(arc).tolist()]


def _case_facts() -> list[dict[str, object]]:
    theme_index = {theme.name: position for position, theme in enumerate(THEMES)}
    facts = []
    for row in cases().itertuples():
        place = row.member_codes[0] if row.member_codes else f"{row.prefecture_codes[0]}000"
        lon, lat = party_point(place)
        facts.append(
            {
                "id": row.id,
                "place": place,
                "lon": lon,
                "lat": lat,
                "theme": theme_index[row.primary_theme],
                "title": row.title or "",
                "organisation": row.organisation or "",
            }
        )
    return facts


@cache
def map_facts() -> bytes:
    """Return the facts as JSON; figures and texts are data, the browser never reads them as markup."""
    gazetteer = municipalities()
    ties = partnerships()
    content = {
        "codes": list(gazetteer.index),
        "names": [f"{row.prefecture}{row.name}" for row in gazetteer[["prefecture", "name"]].itertuples(index=False)],
        "names_en": [str(name) for name in gazetteer["english"]],
        "prefectures": dict(PREFECTURES),
        "themes": [
            {"name": theme.name, "en": theme.name_en, "color": theme.color, "shape": theme.shape} for theme in THEMES
        ],
        "cases": _case_facts(),
        "ties": [
            {"kind": row.kind, "since": row.since or "", "explicit": row.strength == "explicit"}
            for row in ties.itertuples()
        ],
        "pairs": [
            {"from": first, "to": second, "ties": positions, "line": _line(first, second)}
            for first, second, positions in tie_pairs()
        ],
        "blocs": [
            {
                "id": row.id,
                "name": row.name,
                "members": list(row.member_codes),
                "implied": row.membership != "listed",
                "parts": part_count(row.member_codes),
                "outline": _drawn_outline(row.member_codes),
            }
            for row in blocs()[["id", "name", "member_codes", "membership"]].itertuples(index=False)
        ],
    }
    return orjson.dumps(content)


def _drawn_outline(codes: tuple[str, ...]) -> dict[str, object]:
    simplified = shapely.simplify(outline(codes), OUTLINE_TOLERANCE)
    rounded = shapely.transform(simplified, lambda points: points.round(4))
    parsed: dict[str, object] = orjson.loads(shapely.to_geojson(rounded))
    return parsed
