"""Why a name without prefecture is perhaps not the one that it looks like.

Another way to cut the text (千葉|市川市), a longer word that only begins so (東村山駅), an address that may be of a
place of before: each is a reason not to answer with the place alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.codes import PREFECTURES
from geo.counties import county_prefectures
from geo.mergers import FormerPlace, former_names, former_stems
from geo.name_folding import fold_kanji
from geo.name_start import Start, longest_name
from geo.organisations import holds_organisation
from geo.place_names import PREFECTURE_SHORT, Place, place_names
from geo.resolution import Candidate, Finding, unique_candidates

if TYPE_CHECKING:
    from geo.written_text import WrittenText

_NUMBER_FOLLOWS = re.compile(r"[0-9]|[一二三四五六七八九十]+(?:丁|番|条|号)|丁目|番地")
_ADDRESS = re.compile(r"[0-9]|[一二三四五六七八九十]+(?:丁目|番|号)")
_GOES_ON_AS_TOWN = re.compile(
    # Its organs and offices; 課長 alone is a person's title: 北村課長.
    r"役場|役所|議会|教育(?:委員会|長)|副?[町村]長|[町村](?:民|議)|選挙管理|農業委員|(?:代表)?監査委員|消防(?:本部|局|団|署)|"
    r"上?下?水道[局課]|職員|当局|総務[部課]|企画|政策|住民課|税務課|会計管理者|まちづくり|環境[部課]|国民健康保険|"
    r"大字|字|立|内|民(?!間)|長(?:[選室]|(?![一-鿿]))|[^ぁ-ヿ一-鿿A-Za-z]|の|ノ"
)
_OF_A_LINE_OR_PERSON = re.compile(r"駅|本?線|インター|(?:IC|JCT|PA|SA)(?![A-Za-z])|氏|さん|先生|[家屋橋]$|通り$")
_LONGEST_COUNTY = 9
_LONGEST_STEM = 8
_SHORT_NAME = 2


def doubt(text: WrittenText, start: Start, end: int, own: Candidate, name: str) -> Finding | None:
    """Return why a name without prefecture is perhaps not the one that it looks like, or None."""
    rest = text.folded[end:]
    if (name[-1] + rest[:1]) in ("市場", "区域"):
        note = f"「{name[-1]}{rest[0]}」という言葉の一部かもしれません"
        return Finding("unknown", options=(own,), note=note)
    if name[-1] in "町村" and _NUMBER_FOLLOWS.match(rest):
        # Not ambiguous: what is meant is perhaps a town that no list of municipalities holds.
        note = "ほかの市区の中の町名かもしれません（都道府県がなく、番地が続く）"
        return Finding("unknown", options=(own,), note=note)
    options = _cut_otherwise(text, start, end) if rest else ()
    if options and {option.code for option in options} != {own.code}:
        found = unique_candidates((own, *options))
        return Finding("ambiguous", options=found, note="区切り方が二通りあります")
    return _of_another_place(text, start, end, own, name) if name[-1] in "町村" and rest else None


def _of_another_place(text: WrittenText, start: Start, end: int, own: Candidate, name: str) -> Finding | None:
    rest = text.folded[end:]
    if _ADDRESS.search(rest):
        finding = _perhaps_of_before(text.folded[start.length : end], own)
        if finding is not None:
            return finding
    if _word_goes_on(name, rest):
        written = text.plain[start.length : end]
        return Finding("unknown", options=(own,), note=f"「{written}」で始まる別の言葉のようです")
    return None


@lru_cache(maxsize=4096)
def _perhaps_of_before(folded: str, own: Candidate) -> Finding | None:
    """An address outlives its municipality, and only a list of its towns could tell whose it is."""
    namesakes = former_namesakes(folded, own.code)
    if not namesakes:
        return None
    others = (Candidate(code, each.describe()) for each in namesakes for code in each.successors)
    note = "同じ名前の旧市町村がほかにあり、番地まで書かれています"
    return Finding("ambiguous", options=unique_candidates((own, *others)), note=note)


def grown_namesakes(folded: str, code: str) -> tuple[Candidate, ...]:
    """Return the towns and cities elsewhere, of today and of before, that may once have been a village of this name.

    The list of former names begins in 1970: a village that became a town or a part of one before is not in it.

    Examples
    --------
    >>> [option.code for option in grown_namesakes("江南村", "11202")]
    ['23217']
    """
    if not folded.endswith("村"):
        return ()
    places = place_names().places
    options = [
        Candidate(place.own_code, "今の市町村")
        for place in place_names().stems.get(folded[:-1], ())
        if place.ward_code is None and place.short[-1] in "町市"
    ]
    options += [
        Candidate(own_code, place.describe())
        for place in former_stems().get(folded[:-1], ())
        if place.short[-1] in "町市"
        for own_code in place.successors
    ]
    return tuple(option for option in unique_candidates(options) if places[option.code].code != code)


def _cut_otherwise(text: WrittenText, start: Start, end: int) -> tuple[Candidate, ...]:
    """Return the places of other readings: 千葉|市川市 beside 千葉市, 東村山|(市) beside 東村."""
    other = _short_prefecture_reading(text, start, end)
    if other is not None:
        return (Candidate(other.own_code, f"{PREFECTURES[other.code[:2]]}の略と読めば"),)
    return tuple(
        Candidate(place.own_code, "市・町・村を補えば") for place in _longer_stem(text.folded, start.length, end)
    )


def former_namesakes(folded: str, code: str) -> tuple[FormerPlace, ...]:
    """Return the former places of a folded name that did not become the one of this code.

    Examples
    --------
    >>> [place.full_name for place in former_namesakes("河北町", "06321")]
    ['宮城県河北町']
    """
    former = former_names().get(folded, ())
    return tuple(place for place in former if not place.is_county and code not in place.successors)


def _longer_stem(folded: str, start: int, end: int) -> tuple[Place, ...]:
    """Return the places whose name without 市町村 begins the text and is longer than what was matched: 東村|山."""
    stems = place_names().stems
    for length in range(min(_LONGEST_STEM, len(folded) - start), end - start, -1):
        found = stems.get(folded[start : start + length], ())
        if found and (start + length == len(folded) or not any(place.ward_code for place in found)):
            return found
    return ()


def _word_goes_on(name: str, rest: str) -> bool:
    """Whether a town's or village's name is only how a longer word begins: 大井町駅, 北村薬局, 東村山公園.

    Names of two characters are surnames, and beginnings of other places, more often than villages.
    """
    if _OF_A_LINE_OR_PERSON.match(rest):
        return True
    whole = fold_kanji(name) + rest
    if any(f"{whole[:length]}郡" in county_prefectures() for length in range(len(name) + 1, _LONGEST_COUNTY)):
        return True
    if len(name) > _SHORT_NAME or _GOES_ON_AS_TOWN.match(rest):
        return False
    return not _ADDRESS.search(rest) or holds_organisation(rest)


def _short_prefecture_reading(text: WrittenText, start: Start, end: int) -> Place | None:
    """Return the place of a longer reading such as 千葉 + 市川市 beside 千葉市 + 川市."""
    index = place_names()
    for length in (2, 3):
        code = PREFECTURE_SHORT.get(text.folded[start.length : start.length + length])
        if code is not None:
            cut = start.length + length
            found, reach = longest_name(index.names, index.lengths, text.folded[cut:], code)
            if cut + reach > end:
                return found[0]
    return None
