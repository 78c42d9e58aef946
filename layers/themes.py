"""The fifteen themes, in five families: a hue for the family, a shape and a name for the theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from layers.vocabulary import find_word

Shape = Literal["circle", "triangle", "square", "diamond", "plus", "star"]


@dataclass(frozen=True)
class Theme:
    """A theme of cases, ties and blocs; told by its shape and its name, never by its colour alone."""

    name: str
    name_en: str
    family: str
    family_en: str
    color: str
    shape: Shape


_FAMILIES = {
    "環境・安全": ("Environment and safety", "#2f855a"),
    "デジタル": ("Digital", "#2563b0"),
    "産業・交流": ("Industry and exchange", "#d0701e"),
    "暮らし": ("Living", "#7b4fa3"),
    "行政": ("Administration", "#4a6a8a"),
}


def _theme(name: str, name_en: str, family: str, shape: Shape) -> Theme:
    family_en, color = _FAMILIES[family]
    return Theme(name, name_en, family, family_en, color, shape)


THEMES: tuple[Theme, ...] = (
    _theme("脱炭素", "Decarbonization", "環境・安全", "circle"),
    _theme("防災", "Disaster preparedness", "環境・安全", "triangle"),
    _theme("DX", "DX", "デジタル", "circle"),
    _theme("産業振興", "Industry", "産業・交流", "circle"),
    _theme("観光", "Tourism", "産業・交流", "triangle"),
    _theme("農林水産", "Agriculture, forestry, fishery", "産業・交流", "square"),
    _theme("ふるさと納税", "Hometown tax", "産業・交流", "diamond"),
    _theme("シティプロモーション", "City promotion", "産業・交流", "plus"),
    _theme("まちづくり", "Community building", "暮らし", "circle"),
    _theme("移住定住・関係人口", "Migration, related population", "暮らし", "triangle"),
    _theme("交通", "Transport", "暮らし", "square"),
    _theme("医療福祉", "Health and welfare", "暮らし", "diamond"),
    _theme("教育・人材育成", "Education, training", "暮らし", "plus"),
    _theme("子育て", "Childcare", "暮らし", "star"),
    _theme("行財政・組織改革", "Administrative and fiscal reform", "行政", "circle"),
)
"""All themes, in the order in which they are listed everywhere."""

NO_THEME = Theme("テーマの記載なし", "No theme stated", "", "", "#7d8791", "circle")
"""Of a case of which the source has but the name; no theme to filter by."""


def main_theme(themes: tuple[str, ...]) -> str:
    """Return the first theme of a fact; ``NO_THEME.name`` where its source names none.

    Examples
    --------
    >>> main_theme(("防災", "DX")), main_theme(())
    ('防災', 'テーマの記載なし')
    """
    return themes[0] if themes else NO_THEME.name


def find_theme(text: str) -> Theme:
    """Return the theme given by its Japanese or English name.

    Raises
    ------
    InvalidFilterError
        When it is none of the fifteen; the message names them.

    Examples
    --------
    >>> find_theme("ＤＸ").name, find_theme("tourism").name
    ('DX', '観光')
    """
    name = find_word(text, {theme.name: (theme.name, theme.name_en) for theme in THEMES}, "テーマ")
    return next(theme for theme in THEMES if theme.name == name)
