"""The facts that the browser gets once: names, places, cases, ties, joint areas, networks.

A change of filter then sends only which of them to show, one character each. Arcs and outlines are made by the
browser: arcs from the two points, outlines from the borders that it holds already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import orjson

from geo.boundaries import part_count
from geo.codes import PREFECTURES, PREFECTURES_EN
from geo.gazetteer import municipalities
from geo.measure import party_point, prefecture_seat
from layers.evidence import OWN
from layers.tables import per_snapshot, rows
from layers.themes import NO_THEME, THEMES
from layers.tie_kinds import TIE_KINDS
from renkei.present.area_codes import MOST_MEMBERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from renkei.atlas import Atlas
    from renkei.browser.contract import BlocFact, CaseFact, Facts, NetworkFact, TieFact

SOLID, DASHED, DOTTED, OWN_LINE = 0, 1, 2, 3
"""How a line is drawn: on documents and official pages; on other pages; inferred; of a planner's own file."""

TIE_COLOR = "#c2410c"
OWN_COLOR = "#0e7490"
"""Of what a planner's own file alone says."""
NETWORK_COLOR = "#9d174d"
AREA_COLOR = "#1d4ed8"
"""Of the area that someone puts together."""
BLOC_COLORS = {"blocs": "#7a3b69", "core_city": "#4338ca", "self_reliant": "#0f766e", "medical": "#475569"}
"""Colour of the outlines, layer by layer."""
RANKED_BY = "census_population"
"""The larger of two municipalities has its name on the map first."""


def line_styles(frame_tiers: list[str], certain: list[bool]) -> list[int]:
    """Return how each tie or bloc is drawn, by its best evidence.

    Examples
    --------
    >>> line_styles(["official", "secondary", "document", "own"], [True, True, False, True])
    [0, 1, 2, 3]
    """
    return [
        OWN_LINE if tier == OWN else DOTTED if not sure else SOLID if tier in ("document", "official") else DASHED
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


def _filtered_by(row: dict[str, Any], year_column: str) -> dict[str, Any]:
    """Return what the filters ask of a row: the rules of ``layers.filters``."""
    return {
        "themes": _theme_positions(row["themes"]),
        "prefectures": list(row["prefecture_codes"]),
        "programme": row["programme"],
        "year": str(row[year_column] or "")[:4],
        "tier": row.get("tier", "document"),
    }


def case_place(row: dict[str, Any]) -> str:
    """Return where a case's sign stands: its first member, else its prefecture."""
    return row["member_codes"][0] if row["member_codes"] else f"{row['prefecture_codes'][0]}000"


def _case_point(row: dict[str, Any]) -> tuple[float, float]:
    return (float(row["longitude"]), float(row["latitude"])) if row["longitude"] else party_point(case_place(row))


def _case_facts(atlas: Atlas) -> list[CaseFact]:
    theme_index = {theme.name: position for position, theme in enumerate((*THEMES, NO_THEME))}
    facts: list[CaseFact] = []
    for row in rows(atlas.cases()):
        lon, lat = _case_point(row)
        fact: CaseFact = {
            **_filtered_by(row, "fiscal_year"),  # type: ignore[typeddict-item]
            "id": row["id"],
            "place": case_place(row),
            "lon": lon,
            "lat": lat,
            "theme": theme_index[row["primary_theme"] or NO_THEME.name],
            "title": row["title"] or "",
            "organisation": row["organisation"] or "",
        }
        facts.append(fact)
    return facts


def _tie_facts(atlas: Atlas) -> list[TieFact]:
    kinds = {each.id: each.name_en for each in TIE_KINDS}
    return [
        {
            **_filtered_by(row, "since"),  # type: ignore[typeddict-item]
            "family": row["family"],
            "counted": bool(row["counted"]),
            "kind": row["kind"],
            "kind_en": kinds[row["family"]],
            "since": row["since"],
            "style": style,
        }
        for row, style in zip(rows(atlas.ties()), tie_styles(atlas), strict=True)
    ]


def _bloc_facts(atlas: Atlas) -> list[BlocFact]:
    areas: list[BlocFact] = [
        {
            **_filtered_by(row, "since"),  # type: ignore[typeddict-item]
            "id": row["id"],
            "name": row["name"],
            "members": list(row["member_codes"]),
            "layer": row["layer"],
            "style": style,
            "parts": part_count(row["member_codes"]),
        }
        for row, style in zip(rows(atlas.blocs()), bloc_styles(atlas), strict=True)
    ]
    medical: list[BlocFact] = [
        {
            "themes": [],
            "prefectures": [],
            "programme": "",
            "year": "",
            "tier": "",
            "free": True,
            "id": f"medical-{row['code']}",
            "name": f"{row['name']}（二次医療圏）",
            "members": list(row["member_codes"]),
            "layer": "medical",
            "style": SOLID,
            "parts": part_count(row["member_codes"]),
        }
        for row in rows(atlas.medical_areas())
    ]
    return areas + medical


def _network_facts(atlas: Atlas) -> list[NetworkFact]:
    return [
        {
            **_filtered_by(row, "since"),  # type: ignore[typeddict-item]
            "family": row["family"],
            "id": row["id"],
            "name": row["name"],
            "members": [*row["member_codes"], *row["prefecture_members"]],
            "lead": "",
        }
        for row in rows(atlas.networks())
    ]


def facts_of(atlas: Atlas) -> Facts:
    """Return everything that the map draws with, by position and code."""
    gazetteer = municipalities()
    population = atlas.values(RANKED_BY).to_numpy(dtype=float)
    parties = dict.fromkeys([*gazetteer.index, *(f"{code}000" for code in PREFECTURES)])
    return {
        "codes": list(gazetteer.index),
        "names": [
            prefecture + name for prefecture, name in zip(gazetteer["prefecture"], gazetteer["name"], strict=True)
        ],
        "short": list(gazetteer["name"]),
        "names_en": [str(name) for name in gazetteer["english"]],
        "byPopulation": [int(each) for each in np.argsort(-np.nan_to_num(population), kind="stable")],
        "prefectures": dict(PREFECTURES),
        "prefectures_en": dict(PREFECTURES_EN),
        "prefecturePoints": {code: _short(prefecture_seat(code)) for code in PREFECTURES},
        "points": {code: _short(party_point(code)) for code in parties},
        "tieColor": TIE_COLOR,
        "ownColor": OWN_COLOR,
        "networkColor": NETWORK_COLOR,
        "blocColors": BLOC_COLORS,
        "areaColor": AREA_COLOR,
        "mostMembers": MOST_MEMBERS,
        "themes": [
            {
                "name": theme.name,
                "en": theme.name_en,
                "color": theme.color,
                "shape": theme.shape,
                "asked": theme is not NO_THEME,
            }
            for theme in (*THEMES, NO_THEME)
        ],
        "cases": _case_facts(atlas),
        "ties": _tie_facts(atlas),
        "pairs": [{"from": first, "to": second, "ties": positions} for first, second, positions in tie_pairs(atlas)],
        "blocs": _bloc_facts(atlas),
        "networks": _network_facts(atlas),
    }


def _short(point: tuple[float, float]) -> tuple[float, float]:
    """Return a point to four decimals, about ten metres: it places a sign or a name."""
    return round(point[0], 4), round(point[1], 4)


@per_snapshot()
def map_facts(atlas: Atlas) -> bytes:
    """Return the facts as JSON; figures and texts are data, the browser never reads them as markup."""
    return orjson.dumps(facts_of(atlas))
