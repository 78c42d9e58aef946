"""Official writings at the beginning of a text as it stands: no folding, one or two look-ups.

Nine of ten addresses begin as the lists write them. What may make a second reading possible – the character behind the
name, the end of the text, marks between names – is told here, so that only those texts are read with care.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geo.codes import PREFECTURES
from geo.counties import county_prefectures, northern_villages
from geo.mergers import former_names
from geo.name_folding import fold_kanji
from geo.place_names import PREFECTURE_SHORT, Place, place_names
from geo.resolution import PREFECTURE_ADDED, Candidate, Finding

if TYPE_CHECKING:
    from collections.abc import Container

KEY = 5
SHORT_KEY = 2
_SHORT_NAME = 2

MARKS_OF_ADDRESSES = frozenset(" \t\u3000-‐‑–—―−－ｰ_＿:：")
"""Marks that stand between names, and within addresses as well."""

ENDS_OF_LISTS = frozenset("市区町村)）他か等どら")
"""How a cell ends that is nothing but names."""

ENDS_OF_ORGANISATIONS = frozenset(
    "合会社団構協盟人局学部校園院所庫金業事店設機鉄道輸館駅署庁クズ内辺郊近帯面圏域方等ど計数均接区体大"
)
"""How the names of organisations and facilities end (``geo.organisations``), and words for what is around a place."""


def joins(text: str, length: int) -> bool:
    """Whether what follows a name (the first ``length`` characters) really joins more to it or makes it longer.

    Examples
    --------
    >>> joins("柏市若柴", 2), joins("柏市若しくは", 2), joins("柏市市場", 2)
    (False, True, True)
    """
    if text[length] in _BEGIN_WORDS:
        return _WORDS_THAT_JOIN(text, length) is not None
    return text[length] not in _BEGIN_LONGER or _GOES_ON_LONGER(text, length) is not None


def _kanji_but(left_out: str) -> str:
    """Return the ranges of all kanji but some, for a regular expression."""
    starts = [0x3400, *(ord(character) + 1 for character in sorted(left_out))]
    ends = [*(ord(character) - 1 for character in sorted(left_out)), 0x9FFF]
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))


# 及 and 並 join names; 県 and 都 end a prefecture's; 除 says what is meant is another; 良 ends 土地改良区.
_NAMES = _kanji_but("及並県都除良")
another_name_may_follow = re.compile(
    f"[^0-9A-Za-z０-９Ａ-Ｚａ-ｚ \\t\u3000ぁ-ゖァ-ヺー々〇()（）\\-‐‑–—―−－{_NAMES}]"
).search
"""Find what stands between names, or begins another one, and seldom stands within an address."""

_VARIATION_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_WORDS_THAT_JOIN = re.compile(
    r"と|や|か|に|も|の(?:ほか|他)|外[0-9０-９一二三四五六七八九十百数の全]|外$|他|ら|を|以外|は除|除|駅|お(?:よび)|"
    r"な(?:ど|らびに)|また|又は|若しくは|ほか|ー|等(?!々)|及|並"
).match
_BEGIN_WORDS = frozenset("とやかにもの外他らを以は除駅おなま又若ほー等及並")
_BEGIN_LONGER = frozenset("本線イIJPS氏さ先家屋橋通")
_GOES_ON_LONGER = re.compile(r"本?線|インター|IC|JCT|[PS]A|氏|さん|先生|[家屋橋]$|通り$").match
_WORD_GOES_ON = _VARIATION_SELECTORS | _BEGIN_WORDS | frozenset("\u3099\u309a\ufffd")
_GOES_ON_BEHIND = {
    kind: _WORD_GOES_ON | frozenset(more)
    for kind, more in (("市", "場町村区"), ("区", "域町"), ("町", "村"), ("村", "町"))
}
_NUMBERS = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十丁番")
_PARENTHESIS = frozenset("(（")
_WITHOUT_PREFECTURE = _WORD_GOES_ON | _PARENTHESIS | frozenset("市町村区場域")
# What makes a town's name the beginning of a longer word (``geo.doubts``).
_TOWNS = _WITHOUT_PREFECTURE | _NUMBERS | _BEGIN_LONGER


class _Anything:
    """Every character, but not the end of the text."""

    def __contains__(self, character: object) -> bool:
        return character != ""


_ANYTHING = _Anything()


class OfficialWritings(NamedTuple):
    """Writings to what they mean.

    ``findings`` holds the writings; ``by_five`` and ``by_two`` tell, for the first characters of a text, which
    lengths of writings are possible, the longest first.
    """

    findings: dict[str, Finding]
    by_five: dict[str, tuple[int, ...]]
    by_two: dict[str, tuple[int, ...]]


@cache
def official_writings() -> OfficialWritings:
    """Return the index, built at the first call.

    Examples
    --------
    >>> official_writings().findings["群馬県川場村"].code
    '10444'
    """
    index = place_names()
    findings = {writing: _finding(writing, places) for writing, places in index.official.items()}
    for writing, characters in _other_readings().items():
        finding = findings[writing]
        if isinstance(finding.care, frozenset):
            findings[writing] = finding._replace(care=finding.care | characters)
    for village in northern_villages():
        # 泊村 is a village of the Northern Territories, too.
        findings.pop(village.name, None)
    lengths: dict[str, set[int]] = {}
    short: dict[str, set[int]] = {}
    for writing in findings:
        if len(writing) >= KEY:
            lengths.setdefault(writing[:KEY], set()).add(len(writing))
        else:
            short.setdefault(writing[:SHORT_KEY], set()).add(len(writing))
    for key, known in lengths.items():
        known |= {size for size in short.get(key[:SHORT_KEY], ()) if key[:size] in findings}
    return OfficialWritings(
        findings,
        {key: tuple(sorted(known, reverse=True)) for key, known in lengths.items()},
        {key: tuple(sorted(known, reverse=True)) for key, known in short.items()},
    )


def _finding(writing: str, places: tuple[Place, ...]) -> Finding:
    place = places[0]
    if len(places) > 1:
        options = tuple([Candidate(each.own_code, "同じ名前") for each in places])
        return Finding("ambiguous", options=options, note=f"同じ名前が{len(options)}か所にあります", care=_TOWNS)
    whole = writing.startswith(PREFECTURES[place.code[:2]])
    changes = () if whole else (PREFECTURE_ADDED,)
    if place.ward_code and place.name not in writing:
        changes = ("市を補完", *changes)
    care: Container[str] = _GOES_ON_BEHIND[writing[-1]] if whole else _WITHOUT_PREFECTURE
    if place.ward_code is None and place.code in place_names().designated:
        # A ward may follow in another writing than the official one.
        care = _ANYTHING
    elif not whole and place.short[-1] in "町村" and writing == place.short:
        # Behind a short name a longer word may go on; behind one of before, an address may be of that place.
        care = _ANYTHING if len(writing) == _SHORT_NAME or _bore_by_another(place) else _TOWNS
    return Finding("resolved", place.code, place.ward_code, (), changes, "", care)


def _bore_by_another(place: Place) -> bool:
    former = former_names().get(fold_kanji(place.short), ())
    return any(not each.is_county and place.own_code not in each.successors for each in former)


def _other_readings() -> dict[str, frozenset[str]]:
    """Return official writings, and the characters behind them that allow a second reading.

    千葉市 before 川 is perhaps 千葉 + 市川市; 東村 before 山 is perhaps 東村山 without 市, or 東村山郡.
    """
    index = place_names()
    shorts = {code: short for short, code in PREFECTURE_SHORT.items()}
    names = [county[:-1] for county in county_prefectures()]
    names += [place.full_name for places in former_names().values() for place in places]
    for place in index.places.values():
        names += (shorts[place.code[:2]] + place.short, place.short[:-1])
    found: dict[str, frozenset[str]] = {}
    for name in names:
        for cut in range(1, len(name)):
            if name[:cut] in index.official:
                found[name[:cut]] = found.get(name[:cut], frozenset()) | {name[cut]}
    return found
