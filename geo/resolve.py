"""A written name to exactly one municipality, or a named reason why not. Never a guess.

What is read: codes of 5 or 6 digits; names and addresses with or without 都道府県 and 郡; wards of designated
cities; kana and English as the whole input; old and new kanji, ヶ/ケ, full and half width. Every difference
between what was written and what was matched is named in ``changes``.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from geo.codes import PREFECTURES, PREFECTURES_EN, normalize_prefecture, possible_codes
from geo.data_folder import data_path
from geo.name_folding import fold_kana, fold_kanji, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

Status = Literal["resolved", "ambiguous", "merged", "unknown", "prefecture", "not_a_place"]

SUFFIXES = "市町村区"
LONGEST = 200
"""Characters that are looked at: no municipality is written later than that."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a written name means.

    Parameters
    ----------
    input
        As written.
    status
        ``resolved``: exactly one; ``ambiguous``: several, in ``candidates``; ``unknown``: none, ``candidates``
        are suggestions; ``prefecture``: a prefecture only; ``not_a_place``: nothing to read.
    code, ward_code
        5 digits, or None.
    candidates
        Codes of municipalities (or of wards) that it may mean.
    matched, rest
        The part of the (squeezed) input that was matched, and what follows it.
    changes
        What differs between the writing and the match, in Japanese.
    explanation
        One sentence in Japanese.
    """

    input: str
    status: Status
    code: str | None = None
    ward_code: str | None = None
    candidates: tuple[str, ...] = ()
    matched: str = ""
    rest: str = ""
    changes: tuple[str, ...] = ()
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    code: str
    ward: str | None
    name: str
    county: str


@dataclass(frozen=True)
class _Index:
    """Folded writings to places: one for all Japan, one a prefecture."""

    everywhere: dict[str, list[_Place]]
    inside: dict[str, dict[str, list[_Place]]]
    stems: dict[str, list[_Place]]
    kana: dict[str, list[_Place]]
    english: dict[str, list[_Place]]
    places: dict[str, _Place]
    longest: int


def _add(index: dict[str, list[_Place]], key: str, place: _Place) -> None:
    found = index.setdefault(key, [])
    if place not in found:
        found.append(place)


@cache
def _index() -> _Index:
    index = _Index({}, {code: {} for code in PREFECTURES}, {}, {}, {}, {}, 0)
    with data_path("gazetteer", "municipalities.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            _add_municipality(index, row)
    with data_path("gazetteer", "wards.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            city = index.places[row["city_code"]]
            place = _Place(city.code, row["code"], city.name + row["ward"], "")
            index.places[row["code"]] = place
            for name in (place.name, row["ward"]):
                _add(index.everywhere, fold_kanji(name), place)
                _add(index.inside[city.code[:2]], fold_kanji(name), place)
    longest = max(map(len, index.everywhere))
    return _Index(index.everywhere, index.inside, index.stems, index.kana, index.english, index.places, longest)


def _add_municipality(index: _Index, row: dict[str, str]) -> None:
    place = _Place(row["code"], None, row["name"], row["county"])
    index.places[row["code"]] = place
    folded = fold_kanji(row["name"])
    for key in (folded, fold_kanji(row["county"]) + folded):
        _add(index.everywhere, key, place)
        _add(index.inside[row["code"][:2]], key, place)
    _add(index.stems, folded[:-1], place)
    _add(index.kana, row["kana"], place)
    words = row["english"].casefold()
    romaji = words.replace("-", "").replace("'", "").replace(" ", "")
    stem = words.rpartition(" ")[0].replace("-", "").replace("'", "").replace(" ", "")
    endings = {"市": ("shi",), "町": ("machi", "cho"), "村": ("mura", "son"), "区": ("ku",)}[row["name"][-1]]
    for key in (romaji, stem, *(stem + ending for ending in endings)):
        _add(index.english, key, place)


@cache
def _prefecture_names() -> tuple[tuple[str, str, str], ...]:
    """Return (folded name, code, folded short name); 京都 before 東京都's 京 can matter only at the start."""
    return tuple(
        (fold_kanji(name), code, fold_kanji(name if code == "01" else name[:-1])) for code, name in PREFECTURES.items()
    )


def _split_prefecture(folded: str) -> tuple[str | None, int]:
    for name, code, _ in _prefecture_names():
        if folded.startswith(name):
            return code, len(name)
    return None, 0


def _longest_prefix(index: dict[str, list[_Place]], text: str, longest: int) -> tuple[list[_Place], int]:
    for length in range(min(longest, len(text)), 1, -1):
        found = index.get(text[:length])
        if found:
            return found, length
    return [], 0


def _describe(place: _Place) -> str:
    return PREFECTURES[place.code[:2]] + place.name


def resolve(text: object, *, prefecture: str | None = None) -> Resolution:
    """Return the one municipality that a text names at its beginning, or why there is not one.

    Parameters
    ----------
    text
        A name, an address, or a code; anything is read as text.
    prefecture
        Name or number of the prefecture in which an ambiguous name is to be looked for; that it narrowed the
        answer is said in ``changes``.

    Raises
    ------
    UnknownNameError
        When ``prefecture`` is none of the 47; never for ``text``.

    Examples
    --------
    >>> resolve("川場村").code, resolve("府中市").status, resolve("府中市", prefecture="広島県").code
    ('10444', 'ambiguous', '34208')
    >>> resolve("札幌市中央区北1条").ward_code, resolve("東京都市大学").status
    ('01101', 'unknown')
    """
    written = "" if text is None else str(text)
    hint = None if prefecture is None else normalize_prefecture(prefecture)
    plain = squeeze(written[:LONGEST])
    if not plain or plain.casefold() in ("nan", "none", "<na>", "-"):
        return Resolution(written, "not_a_place", explanation="空欄です。")
    if plain[0].isdigit():
        return _from_code(written, plain)
    folded = fold_kanji(plain)
    inside, start = _split_prefecture(folded)
    return (
        _from_name(written, plain, folded, inside, start, hint)
        or _from_whole(written, plain, folded, inside, start, hint)
        or _without_match(written, plain, inside, start)
    )


def resolve_many(values: Iterable[object], *, prefecture: str | None = None) -> list[Resolution]:
    """Resolve many values; the same value is resolved once."""
    known: dict[object, Resolution] = {}
    results = []
    for value in values:
        key = value if isinstance(value, str) else str(value)
        if key not in known:
            known[key] = resolve(value, prefecture=prefecture)
        results.append(known[key])
    return results


def _from_code(written: str, plain: str) -> Resolution:
    places = _index().places
    found = [places[code] for code in possible_codes(plain) if code in places]
    if len(found) == 1:
        return _resolved(written, found[0], plain, "", ("コードで一致",))
    codes = tuple(place.ward or place.code for place in found)
    if found:
        names = "、".join(_describe(place) for place in found)
        return Resolution(
            written, "ambiguous", candidates=codes, matched=plain,
            explanation=f"先頭の0が落ちた6桁コードとも5桁コードとも読めます：{names}",
        )  # fmt: skip
    return Resolution(written, "unknown", rest=plain, explanation="現在の市区町村にないコードです。")


def _resolved(written: str, place: _Place, matched: str, rest: str, changes: tuple[str, ...]) -> Resolution:
    note = f"（{'、'.join(changes)}）" if changes else ""
    return Resolution(
        written, "resolved", place.code, place.ward, matched=matched, rest=rest, changes=changes,
        explanation=f"{_describe(place)}{note}",
    )  # fmt: skip


def _from_name(
    written: str, plain: str, folded: str, inside: str | None, start: int, hint: str | None
) -> Resolution | None:
    """Match the longest name at the beginning, after the prefecture where one is written."""
    index = _index()
    searched = index.everywhere if inside is None else index.inside[inside]
    body = folded[start:]
    found, length = _longest_prefix(searched, body, index.longest)
    changes: list[str] = []
    if not found and (county := re.match(r"[^0-9市町村区]{1,5}?郡", body)):
        found, length = _longest_prefix(searched, body[county.end() :], index.longest)
        length += county.end() if found else 0
        changes += ["郡名は確認できません"] if found else []
    if not found:
        return None
    end = start + length
    if inside is None and hint is not None and len(found) > 1:
        narrowed = [place for place in found if place.code[:2] == hint]
        if narrowed:
            found = narrowed
            changes.append(f"{PREFECTURES[hint]}に限定")
    changes += _differences(plain[start:end], found[0]) if len(found) == 1 else []
    if inside is None and not any(c.endswith("に限定") for c in changes):
        changes.append("都道府県を補完")
    if len(found) == 1:
        return _resolved(written, found[0], plain[:end], plain[end:], tuple(changes))
    return _ambiguous(written, found, plain[:end], plain[end:])


def _ambiguous(written: str, found: list[_Place], matched: str, rest: str) -> Resolution:
    names = "、".join(_describe(place) for place in found[:8])
    codes = tuple(dict.fromkeys(place.ward or place.code for place in found))
    return Resolution(
        written, "ambiguous", candidates=codes, matched=matched, rest=rest,
        explanation=f"同じ名前が{len(codes)}あります：{names}",
    )  # fmt: skip


def _differences(part: str, place: _Place) -> list[str]:
    name = place.name
    if part in (name, place.county + name, name.split("市")[-1] if place.ward else name):
        return []
    return [f"「{part}」を「{name}」と同じ字とみなす"] if fold_kanji(part) in (
        fold_kanji(name), fold_kanji(place.county + name)
    ) else []  # fmt: skip


def _from_whole(
    written: str, plain: str, folded: str, inside: str | None, start: int, hint: str | None
) -> Resolution | None:
    """Match the whole input: a name without 市町村, kana, English, a short prefecture before the name."""
    index = _index()
    body = folded[start:]
    latin = re.sub(r"[^a-z]", "", plain.casefold()) if plain.isascii() else ""
    choices = (
        (index.stems.get(body), "市・町・村を補完"),
        (index.kana.get(fold_kana(plain[start:])), "かなで一致"),
        (index.english.get(latin) if latin else None, "英語名で一致"),
    )
    for found, change in choices:
        places = [place for place in found or () if inside in (None, place.code[:2])]
        if hint is not None and any(place.code[:2] == hint for place in places):
            places = [place for place in places if place.code[:2] == hint]
        if len(places) == 1:
            return _resolved(written, places[0], plain, "", (change,))
        if places:
            return _ambiguous(written, places, plain, "")
    if inside is None:
        for _, code, short in _prefecture_names():
            if folded.startswith(short) and len(folded) > len(short):
                found, length = _longest_prefix(index.inside[code], folded[len(short) :], index.longest)
                if len(found) == 1:
                    end = len(short) + length
                    return _resolved(written, found[0], plain[:end], plain[end:], ("都道府県名の略を補完",))
    return None


def _without_match(written: str, plain: str, inside: str | None, start: int) -> Resolution:
    rest = plain[start:]
    if inside is not None and rest in ("", "庁", "知事", "議会"):
        return Resolution(
            written, "prefecture", matched=plain[:start], rest=rest,
            explanation=f"{PREFECTURES[inside]}です。市区町村名がありません。",
        )  # fmt: skip
    for code, name in PREFECTURES_EN.items():
        if plain.casefold() in (name.casefold(), PREFECTURES[code][:-1]):
            return Resolution(
                written, "prefecture", matched=plain, explanation=f"{PREFECTURES[code]}です。市区町村名がありません。"
            )
    near = _suggestions(plain[start:], inside)
    hint = "近い名前：" + "、".join(_describe(_index().places[code]) for code in near) if near else ""
    return Resolution(
        written, "unknown", candidates=near, matched=plain[:start], rest=rest,
        explanation=f"当たる市区町村がありません。{hint}",
    )  # fmt: skip


def _suggestions(text: str, inside: str | None) -> tuple[str, ...]:
    """Return codes of names that are written alike, best first; never a match on their own."""
    if not text or len(text) > 12:  # noqa: PLR2004 - longer texts are no mistyped name
        return ()
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only for what did not match

    index = _index()
    names = {code: place.name for code, place in index.places.items() if not place.ward and inside in (None, code[:2])}
    near = process.extract(text, names, scorer=fuzz.ratio, limit=5, score_cutoff=60)
    return tuple(code for _, _, code in near)
