"""Every writing under which a municipality or ward of today is found: one index, read once from the gazetteer."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geo.codes import PREFECTURES, PREFECTURES_EN
from geo.counties import counties_of
from geo.gazetteer_rows import gazetteer_rows
from geo.name_folding import fold_kanji, fold_romaji, fold_sound, kana_to_romaji

if TYPE_CHECKING:
    from collections.abc import Iterable

SUFFIXES = "市町村区"
SUFFIX_KANA = {"市": ("し",), "町": ("まち", "ちょう"), "村": ("むら", "そん"), "区": ("く",)}
SUFFIX_ROMAJI = {
    "city": "市区",
    "shi": "市",
    "town": "町",
    "machi": "町",
    "cho": "町",
    "village": "村",
    "mura": "村",
    "son": "村",
    "ward": "区",
    "ku": "区",
}
_KANA_END = re.compile(r"(?:し|まち|ちょう|むら|そん|く)$")
_PREFECTURE_KANA = (
    "ほっかいどう あおもりけん いわてけん みやぎけん あきたけん やまがたけん ふくしまけん いばらきけん "
    "とちぎけん ぐんまけん さいたまけん ちばけん とうきょうと かながわけん にいがたけん とやまけん いしかわけん "
    "ふくいけん やまなしけん ながのけん ぎふけん しずおかけん あいちけん みえけん しがけん きょうとふ おおさかふ "
    "ひょうごけん ならけん わかやまけん とっとりけん しまねけん おかやまけん ひろしまけん やまぐちけん "
    "とくしまけん かがわけん えひめけん こうちけん ふくおかけん さがけん ながさきけん くまもとけん おおいたけん "
    "みやざきけん かごしまけん おきなわけん"
)


class Place(NamedTuple):
    """A municipality of today, or a ward of a designated city (``ward_code`` set, ``code`` the city's).

    ``name`` is the full name (札幌市中央区 for a ward), ``short`` the last part (中央区).
    """

    code: str
    ward_code: str | None
    name: str
    short: str
    county: str
    subprefecture: str

    @property
    def own_code(self) -> str:
        """The ward's code, or the municipality's."""
        return self.ward_code or self.code

    @property
    def counties(self) -> frozenset[str]:
        """The 郡 that it belongs or belonged to, folded; empty for a city or ward."""
        return frozenset() if self.short.endswith(("市", "区")) else counties_of(self.code)

    @property
    def full_name(self) -> str:
        """Prefecture and name."""
        return PREFECTURES[self.code[:2]] + self.name


class PlaceNames:
    """Writings to places.

    Parameters
    ----------
    places
        Own code to place; 1,741 municipalities and 171 wards.
    official
        Each place's writings as they officially are (with or without prefecture, 郡 and city).
    names
        Folded kanji names (with or without 郡, wards with or without their city) to places.
    lengths
        First two characters of the names to the lengths of those that begin so, the longest first.
    stems
        Folded names without 市町村区.
    designated
        Codes of the 20 designated cities.
    """

    __slots__ = ("designated", "lengths", "names", "official", "places", "stems")

    def __init__(self) -> None:
        self.places: dict[str, Place] = {}
        self.official: dict[str, tuple[Place, ...]] = {}
        self.names: dict[str, tuple[Place, ...]] = {}
        self.stems: dict[str, tuple[Place, ...]] = {}
        self.designated: set[str] = set()
        self.lengths: dict[str, tuple[int, ...]] = {}


def _add(index: dict[str, tuple[Place, ...]], key: str, place: Place) -> None:
    known = index.get(key, ())
    if place not in known:
        index[key] = (*known, place)


@cache
def place_names() -> PlaceNames:
    """Return the index; built at the first call in some tens of milliseconds, without pandas.

    Raises
    ------
    DataError
        When a table of the gazetteer is missing.

    Examples
    --------
    >>> [place.full_name for place in place_names().names["川場村"]]
    ['群馬県川場村']
    """
    index = PlaceNames()
    for row in gazetteer_rows("municipalities.csv"):
        name = row["name"]
        _add_names(index, Place(row["code"], None, name, name, row["county"], row["subprefecture"]))
    for row in gazetteer_rows("wards.csv"):
        city = index.places[row["city_code"]]
        index.designated.add(city.code)
        _add_names(index, Place(city.code, row["code"], city.name + row["ward"], row["ward"], "", ""))
    index.lengths = lengths_by_beginning(index.names)
    return index


def lengths_by_beginning(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return the first two characters of names to the lengths of the names that begin so, the longest first.

    Examples
    --------
    >>> lengths_by_beginning(["川場村", "川場", "沼田市"])
    {'川場': (3, 2), '沼田': (3,)}
    """
    found: dict[str, set[int]] = {}
    for name in names:
        found.setdefault(name[:2], set()).add(len(name))
    return {beginning: tuple(sorted(lengths, reverse=True)) for beginning, lengths in found.items()}


def _add_names(index: PlaceNames, place: Place) -> None:
    index.places[place.own_code] = place
    written = {place.name, place.short, place.county + place.name}
    for name in written:
        _add(index.official, PREFECTURES[place.code[:2]] + name, place)
        _add(index.official, name, place)
        _add(index.names, fold_kanji(name), place)
    _add(index.stems, fold_kanji(place.short)[:-1], place)
    if place.ward_code:
        city = fold_kanji(place.name.removesuffix(place.short))[:-1]
        # 名古屋中区; but 大阪北区 is perhaps that of 大阪府's 堺市.
        if city not in PREFECTURE_SHORT:
            _add(index.names, city + fold_kanji(place.short), place)


class Readings(NamedTuple):
    """Folded kana and rōmaji to places; ``kana_stems`` and ``romaji`` without the ending."""

    kana: dict[str, tuple[Place, ...]]
    kana_stems: dict[str, tuple[Place, ...]]
    romaji: dict[str, tuple[Place, ...]]


@cache
def readings() -> Readings:
    """Return how the names are read; built apart, since few inputs need it.

    Examples
    --------
    >>> [place.name for place in readings().romaji["kawaba"]]
    ['川場村']
    """
    index = Readings({}, {}, {})
    places = place_names().places
    cities: dict[str, str] = {}
    for table in ("municipalities.csv", "wards.csv"):
        for row in gazetteer_rows(table):
            place = places[row["code"]]
            stem = _KANA_END.sub("", row["kana"])
            # A ward is read with its city, as addresses have it, and without.
            before = ("", cities[place.code]) if place.ward_code else ("",)
            cities.setdefault(place.code, row["kana"])
            for city in before:
                for end in (*SUFFIX_KANA[place.short[-1]], place.short[-1]):
                    _add(index.kana, fold_sound(city + stem + end), place)
                _add(index.kana, fold_sound(city + row["kana"]), place)
            _add(index.kana_stems, fold_sound(stem), place)
            for spelled in (kana_to_romaji(stem), fold_romaji(row.get("english", "").rpartition(" ")[0])):
                if spelled:
                    _add(index.romaji, spelled, place)
    return index


def _short(code: str, name: str) -> str:
    return name if code == "01" else name[:-1]


PREFECTURE_NAMES: dict[str, str] = {fold_kanji(name): code for code, name in PREFECTURES.items()}
"""Folded full name to 2-digit code."""

PREFECTURE_SHORT: dict[str, str] = {fold_kanji(_short(code, name)): code for code, name in PREFECTURES.items()}
"""Folded name without 都府県 to 2-digit code."""

PREFECTURE_KANA: dict[str, str] = {
    fold_sound(kana): code for code, kana in zip(PREFECTURES, _PREFECTURE_KANA.split(), strict=True)
}
"""Folded kana to 2-digit code."""

PREFECTURE_KANA_SHORT: dict[str, str] = {
    kana if code == "01" else re.sub("(?:けん|と|ふ)$", "", kana): code for kana, code in PREFECTURE_KANA.items()
}
"""Folded kana without けん, と, ふ to 2-digit code."""

PREFECTURE_ROMAJI: dict[str, str] = {fold_romaji(name): code for code, name in PREFECTURES_EN.items()}
"""Folded English name to 2-digit code."""
