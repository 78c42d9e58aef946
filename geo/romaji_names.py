"""Reading a whole text in Latin letters: Obihiro, "Kawaba-mura, Gunma", "OSAKA SHI ABENO KU, OSAKA FU".

The parts between commas are read each for itself; a word such as shi, City or KU behind a name, or (city) behind all,
says of which kind it is, and a name of another kind is no match (there is no Kobe town).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from geo.codes import PREFECTURES
from geo.name_folding import fold_romaji
from geo.outcomes import outcome
from geo.place_names import PREFECTURE_ROMAJI, SUFFIX_ROMAJI, Place, readings
from geo.resolution import Candidate, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.name_start import Start
    from geo.written_text import WrittenText

_READ = "英語・ローマ字を読む"
_NOT_LATIN = re.compile(r"[^\x00-ͯ‐-’]")
_NOISE = frozenset({"japan", "of", "the", "government", "office", "hall", "council"})
_PREFECTURE_KINDS = frozenset({"to", "do", "fu", "ken", "prefecture", "pref"})
_COUNTY_KINDS = frozenset({"gun", "district", "county"})
_IN_PARENTHESES = re.compile(r"\(([^)]*)\)")
_CUT_AT = 35
"""The postal code list in rōmaji cuts a field at so many characters."""


class _Part(NamedTuple):
    """A name, with the kinds (of 市区町村) that the word behind it allows; "" for all."""

    name: str
    kinds: str


def read_romaji(text: WrittenText, start: Start, body: str) -> Finding | None:
    """Match a text that is nothing but Latin letters."""
    del body
    written = unicodedata.normalize("NFKD", text.written)
    if _NOT_LATIN.search(written) or not re.search("[A-Za-z]{2}", written):
        return None
    letters = re.sub("[\u0300-\u036f'’]", "", written).casefold()
    remark = " ".join(_IN_PARENTHESES.findall(letters))
    segments = [_words(segment) for segment in re.split("[,/]", _IN_PARENTHESES.sub(" ", letters))]
    inside, segments = _prefecture(segments)
    parts = [part for words in segments for part in _parts(words)]
    if not parts:
        return _prefecture_only(inside)
    kind = SUFFIX_ROMAJI.get(remark.strip(), "")
    if kind and not parts[0].kinds:
        parts[0] = parts[0]._replace(kinds=kind)
    groups = [_places(part) for part in parts]
    single = parts[0].name if len(parts) == 1 and not parts[0].kinds and inside is None else ""
    if not all(groups):
        return _prefecture_only(PREFECTURE_ROMAJI.get(fold_romaji(single))) or _of_another_kind(parts)
    where = start._replace(inside=start.inside or inside)
    finding = outcome(where, _together(groups), _READ)
    return _or_prefecture(single, finding) if single else finding


def _words(segment: str) -> list[str]:
    words = [word for word in re.split("[^a-z]+", segment) if word and word not in _NOISE]
    if words and len(segment.strip()) >= _CUT_AT and words[-1] not in SUFFIX_ROMAJI:
        whole = [each for each in SUFFIX_ROMAJI if each.startswith(words[-1])]
        words[-1:] = whole[:1] or words[-1:]
    return words


def _prefecture(segments: list[list[str]]) -> tuple[str | None, list[list[str]]]:
    """Take a prefecture from the end or the beginning, where something else is left."""
    words = [word for words in segments for word in words]
    for last in (True, False):
        for segment in reversed(segments) if last else segments:
            if not segment:
                continue
            cut, code = _prefecture_at(segment, last=last)
            if code is not None and len(words) > cut:
                rest = segment[:-cut] if last else segment[cut:]
                behind = [rest if each is segment else each for each in segments]
                return code, behind
            break
    return None, segments


def _prefecture_at(words: list[str], *, last: bool) -> tuple[int, str | None]:
    """Return how many words at one end are a prefecture, and which."""
    named = words[-2:] if last else words[:2]
    if len(named) > 1 and named[1] in _PREFECTURE_KINDS:
        return 2, PREFECTURE_ROMAJI.get(fold_romaji(named[0]))
    if last:
        alone = words[-1]
        return 1, None if alone in SUFFIX_ROMAJI else PREFECTURE_ROMAJI.get(fold_romaji(alone))
    if len(words) > 1 and words[1] in SUFFIX_ROMAJI:
        return 1, None
    return 1, PREFECTURE_ROMAJI.get(fold_romaji(words[0]))


def _parts(words: list[str]) -> Iterable[_Part]:
    """Cut words into names with the kinds that the word behind each allows; a 郡 is left out."""
    name: list[str] = []
    of = ""  # "City of Obihiro"
    for word in words:
        if word in _COUNTY_KINDS:
            name = []
        elif word in SUFFIX_ROMAJI and name:
            yield _Part("".join(name), SUFFIX_ROMAJI[word])
            name = []
        elif word in SUFFIX_ROMAJI:
            of = SUFFIX_ROMAJI[word]
        else:
            name.append(word)
    if name:
        yield _Part("".join(name), of)


def _places(part: _Part) -> list[Place]:
    index = readings().romaji
    found = index.get(fold_romaji(part.name), ())
    if not found and not part.kinds:
        # "Obihiroshi" in one word.
        return [
            place
            for ending, kind in SUFFIX_ROMAJI.items()
            if part.name.endswith(ending)
            for place in index.get(fold_romaji(part.name.removesuffix(ending)), ())
            if place.short[-1] in kind
        ]
    return [place for place in found if not part.kinds or place.short[-1] in part.kinds]


def _together(groups: list[list[Place]]) -> list[Place]:
    """Return what several names say together: the wards of one that lie in the city of another."""
    if len(groups) == 1:
        return groups[0]
    found = []
    for number, group in enumerate(groups):
        others = [place for i, other in enumerate(groups) if i != number for place in other]
        cities = {place.code for place in others if place.ward_code is None}
        found += [place for place in group if place.ward_code and place.code in cities]
    return list(dict.fromkeys(found))


def _of_another_kind(parts: list[_Part]) -> Finding | None:
    """Suggest the places of a name whose kind is another than written."""
    found = [place for part in parts if part.kinds for place in _places(part._replace(kinds=""))]
    if not found:
        return None
    options = tuple(Candidate(place.own_code, "市区町村の別が違う") for place in dict.fromkeys(found))
    return Finding("unknown", options=options, note="書かれた種類（市・区・町・村）の、この名前の市区町村はありません")


def _or_prefecture(name: str, finding: Finding | None) -> Finding | None:
    """A single word such as "Kyoto" may be the prefecture's name as well."""
    code = PREFECTURE_ROMAJI.get(fold_romaji(name))
    if code is None or finding is None or finding.status not in ("resolved", "ambiguous"):
        return finding if code is None else _prefecture_only(code)
    named = (finding.code,) if finding.code else tuple(option.code for option in finding.options)
    options = tuple(Candidate(each, "都道府県と同じ名前の市町村") for each in named if each)
    return Finding("ambiguous", options=options, note=f"{PREFECTURES[code]}とも、同じ名前の市町村とも読めます")


def _prefecture_only(inside: str | None) -> Finding | None:
    if inside is None:
        return None
    return Finding("prefecture", note=f"{PREFECTURES[inside]}です。市区町村名がありません", prefecture=inside)
