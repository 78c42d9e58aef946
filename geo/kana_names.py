"""Reading a whole text in kana: ぐんまけん とねぐん かわばむら, ｻｯﾎﾟﾛｼﾁｭｳｵｳｸ."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.name_folding import fold_sound
from geo.outcomes import outcome
from geo.place_names import PREFECTURE_KANA, Place, readings

if TYPE_CHECKING:
    from geo.name_start import Start
    from geo.resolution import Finding
    from geo.written_text import WrittenText

_KANA = re.compile(r"[ぁ-んー]{2,}[市町村区]?")
_COUNTY_BEFORE = re.compile("ぐん")
_ISLAND_BEFORE = re.compile("[しじ]ま")
_READ = "かなを読む"


def read_kana(text: WrittenText, start: Start, body: str) -> Finding | None:
    """Match a text that is nothing but kana, with or without prefecture, 郡 and city."""
    del body
    kana = fold_sound(text.plain[start.length :])
    if _KANA.fullmatch(kana) is None:
        return None
    for name, code in PREFECTURE_KANA.items():
        if start.inside in (None, code) and kana.startswith(name) and len(kana) > len(name):
            finding = _inside(start._replace(inside=code), kana[len(name) :])
            if finding is not None:
                return finding
    return _inside(start, kana)


def _inside(start: Start, kana: str) -> Finding | None:
    index = readings()
    found = list(dict.fromkeys([*index.kana.get(kana, ()), *index.kana_stems.get(kana, ())]))
    if start.inside is None:
        # A whole reading comes before one without its ending.
        found = list(index.kana.get(kana, ())) or found
    finding = outcome(start, found, _READ)
    if finding is not None:
        return finding
    towns = _behind_county(kana)
    if towns:
        return outcome(start, towns, f"{_READ}（郡の読みは確かめていない）")
    return outcome(start, _behind_island(kana), _READ)


def _behind_county(kana: str) -> list[Place]:
    """Return the towns and villages that a text names behind a 郡, however that is read."""
    index = readings().kana
    for county in _COUNTY_BEFORE.finditer(kana, 1):
        towns = [place for place in index.get(kana[county.end() :], ()) if place.county]
        if towns:
            return towns
    return []


def _behind_island(kana: str) -> list[Place]:
    """Return the island's municipality in みやけじまみやけむら, as the postal code list writes 三宅島三宅村."""
    index = readings().kana
    for island in _ISLAND_BEFORE.finditer(kana, 1):
        rest = kana[island.end() :]
        towns = [place for place in index.get(rest, ()) if rest.startswith(kana[: island.start()])]
        if towns:
            return towns
    return []
