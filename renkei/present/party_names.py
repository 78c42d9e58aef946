"""How a municipality or a prefecture is called in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.codes import PREFECTURES_EN, prefecture_of
from geo.gazetteer import display_name, municipalities

if TYPE_CHECKING:
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
