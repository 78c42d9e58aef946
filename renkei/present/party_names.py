"""How a municipality or a prefecture is called in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.codes import PREFECTURES_EN, prefecture_of
from geo.gazetteer import display_name, municipalities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.present.words import Language


def party_name(code: str, language: Language) -> str:
    """Name a municipality or a prefecture (PP000).

    Examples
    --------
    >>> party_name("10444", "ja"), party_name("10444", "en"), party_name("10000", "ja")
    ('群馬県川場村', 'Kawaba Village, Gunma', '群馬県')
    """
    if language == "ja":
        return display_name(code)
    if code.endswith("000"):
        return PREFECTURES_EN[prefecture_of(code)]
    return f"{municipalities()['english'][code]}, {PREFECTURES_EN[prefecture_of(code)]}"


NAMED = 3
"""So many members name an area that has no name of its own."""


def area_name(codes: Sequence[str], language: Language) -> str:
    """Name municipalities chosen together: up to three by name, then how many there are in all.

    Examples
    --------
    >>> area_name(["01207", "01631"], "ja"), area_name(["01207", "01631", "01637", "01643"], "en")
    ('帯広市・音更町', 'Obihiro City, Otofuke Town, Memuro Town and others (4)')
    """
    table = municipalities()
    names = [str(table["name" if language == "ja" else "english"][code]) for code in codes[:NAMED]]
    if language == "ja":
        return "・".join(names) + (f"ほか（{len(codes)}市区町村）" if len(codes) > NAMED else "")
    return ", ".join(names) + (f" and others ({len(codes)})" if len(codes) > NAMED else "")
