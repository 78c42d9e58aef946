"""The facts as tables that a person reads: below the map and in the file that is kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from geo.measure import distance_km, party_point
from layers.cases import STAGES
from layers.networks import COMPLETE, MEMBERSHIPS
from layers.themes import THEMES
from layers.tie_kinds import TIE_KINDS
from renkei.analysis.bloc_values import bloc_values
from renkei.present.case_words import case_word
from renkei.present.party_names import party_name
from renkei.present.words import word

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.present.words import Language


def theme_names(names: tuple[str, ...], language: Language) -> str:
    """Return themes in a language.

    Examples
    --------
    >>> theme_names(("脱炭素", "DX"), "ja"), theme_names(("脱炭素", "DX"), "en")
    ('脱炭素・DX', 'Decarbonization, DX')
    """
    known = {theme.name: theme.name_en for theme in THEMES}
    return "・".join(names) if language == "ja" else ", ".join(known.get(each, each) for each in names)


def cases_frame(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Return rows of ``layers.cases.cases()`` as the page's table, in the same order."""
    places = [
        "、".join(party_name(code, language) for code in members) or party_name(f"{prefectures[0]}000", language)
        for members, prefectures in zip(frame["member_codes"], frame["prefecture_codes"], strict=True)
    ]
    return pd.DataFrame(
        {
            word("place", language): places,
            word("theme", language): [theme_names(each, language) for each in frame["themes"]],
            word("name", language): frame["title"].to_numpy(),
            word("organisation", language): frame["organisation"].to_numpy(),
            word("role", language): frame["role"].to_numpy(),
            word("kind", language): frame["kind"].to_numpy(),
            word("year", language): frame["fiscal_year"].to_numpy(),
            **_told(frame, language),
            word("evidence", language): frame["evidence"].to_numpy(),
        }
    )


def _told(frame: pd.DataFrame, language: Language) -> dict[str, list[str]]:
    """Return stage and summary, where the rows hold what the cases say (``layers.cases.told_cases``)."""
    if "summary" not in frame:
        return {}
    english = language == "en"
    return {
        case_word("stage", language): [STAGES[stage][english] if stage else "" for stage in frame["stage"]],
        case_word("summary", language): list(frame["summary_en" if english else "summary"]),
    }


def ties_frame(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Return rows of ``layers.partnerships.partnerships()`` as the page's table; distance in km on the ellipsoid."""
    english = language == "en"
    families = {each.id: each.name_en if english else each.name for each in TIE_KINDS}
    ends = list(zip(frame["from_code"], frame["to_code"], strict=True))
    this_year = date.today().year  # noqa: DTZ011 - the planner's day
    return pd.DataFrame(
        {
            word("place", language): [party_name(code, language) for code in frame["from_code"]],
            word("partner", language): [party_name(code, language) for code in frame["to_code"]],
            word("kinds", language): [families[family] for family in frame["family"]],
            word("kind", language): frame["kind"].to_numpy(),
            word("since", language): frame["since"].to_numpy(),
            word("age", language): pd.array(
                [this_year - int(since[:4]) if since else None for since in frame["since"]], dtype="Int64"
            ),
            word("distance", language): [round(distance_km(party_point(a), party_point(b))) for a, b in ends],
            word("theme", language): [theme_names(each, language) for each in frame["themes"]],
            word("tiers", language): [word(f"tier_{tier}", language) for tier in frame["tier"]],
            word("explicit", language): [
                word("explicit" if strength == "explicit" else "inferred", language) for strength in frame["strength"]
            ],
            word("evidence", language): frame["evidence"].to_numpy(),
        }
    )


IN_BLOCS = (
    "projected_population",
    "population_change_2020_2050",
    "share_65",
    "fit_solar_kw_per_1000",
    "online_rate_32",
)
"""Indicators told of each bloc in the list, at their newest date."""


def _of_blocs(atlas: Atlas, frame: pd.DataFrame, identifier: str) -> list[float | None]:
    chosen = atlas.indicator(identifier)
    found: dict[str, float] = {}
    for layer in set(frame["layer"]):
        values = bloc_values(atlas, layer, identifier, chosen.dates[-1])
        found |= {str(bloc): float(value) for bloc, value in values.items()}
    return [None if pd.isna(found[each]) else round(found[each], chosen.decimals) for each in frame["id"]]


def blocs_frame(atlas: Atlas, frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Return rows of ``layers.blocs.blocs()`` as the page's table, with the figures of ``IN_BLOCS``."""
    names = atlas.programmes()["name_en" if language == "en" else "name"]
    figures = {atlas.indicator(each): _of_blocs(atlas, frame, each) for each in IN_BLOCS}
    return pd.DataFrame(
        {
            word("name", language): frame["name"].to_numpy(),
            word("programme", language): names.loc[frame["programme"]].to_numpy(),
            word("count", language): frame["member_codes"].map(len).to_numpy(),
            word("members", language): [
                "、".join(party_name(code, language) for code in members) for members in frame["member_codes"]
            ],
            **{
                (each.title_en if language == "en" else each.title) + (f" {each.unit}" if each.unit else ""): column
                for each, column in figures.items()
            },
            word("representative", language): frame["representative"].to_numpy(),
            word("theme", language): [theme_names(each, language) for each in frame["themes"]],
            word("since", language): frame["since"].to_numpy(),
            word("tiers", language): [word(f"tier_{tier}", language) for tier in frame["tier"]],
            word("note", language): frame["note"].to_numpy(),
            word("evidence", language): frame["evidence"].to_numpy(),
        }
    )


def networks_frame(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Return rows of ``layers.networks.networks()`` as the page's table."""
    number = 1 if language == "en" else 0
    families = {each.id: each.name_en if language == "en" else each.name for each in TIE_KINDS}
    members = [
        (*own, *prefectures)
        for own, prefectures in zip(frame["member_codes"], frame["prefecture_members"], strict=True)
    ]
    return pd.DataFrame(
        {
            word("name", language): frame["name"].to_numpy(),
            word("kinds", language): [families[family] for family in frame["family"]],
            word("kind", language): frame["kind"].to_numpy(),
            word("count", language): [len(each) for each in members],
            word("members", language): ["、".join(party_name(code, language) for code in each) for each in members],
            word("listed_how", language): [MEMBERSHIPS[each][number] for each in frame["membership"]],
            word("complete", language): [COMPLETE[each][number] for each in frame["complete"]],
            word("since", language): frame["since"].to_numpy(),
            word("theme", language): [theme_names(each, language) for each in frame["themes"]],
            word("tiers", language): [word(f"tier_{tier}", language) for tier in frame["tier"]],
            word("evidence", language): frame["evidence"].to_numpy(),
        }
    )
