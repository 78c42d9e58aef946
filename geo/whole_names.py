"""Reading a whole text as a name: without 市町村, with the wrong one, a 郡 alone, with lost characters."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from geo.codes import PREFECTURES
from geo.counties import county_prefectures
from geo.kana_names import read_kana
from geo.mergers import former_names, former_stems
from geo.name_folding import fold_kanji, fold_sound
from geo.name_reading import former_finding
from geo.outcomes import former_outcome, outcome
from geo.place_names import (
    PREFECTURE_KANA,
    PREFECTURE_KANA_SHORT,
    PREFECTURE_SHORT,
    SUFFIXES,
    Place,
    place_names,
    readings,
)
from geo.resolution import Candidate, Finding, Resolution, unique_candidates
from geo.romaji_names import read_romaji

if TYPE_CHECKING:
    from geo.name_start import Start
    from geo.written_text import WrittenText

_PREFECTURE_OFFICES = re.compile(r"(?:本?庁|知事|副知事|議会|教育委員会|警察|職員|内|全域|立|$)")
_LOST = "\ufffd"
_LEAST = 3
_HEAD = re.compile(rf"[^{SUFFIXES}]{{2,10}}[{SUFFIXES}]")


def read_whole(text: WrittenText, start: Start) -> Resolution | None:
    """Match the whole text in one of the ways, or return None."""
    body = text.folded[start.length :]
    if not body:
        return _prefecture(text, start) if start.inside and not start.given else None
    for read in (_prefecture_name, _county, read_kana, _stem, _wrong_suffix, read_romaji):
        finding = read(text, start, body)
        if finding is not None:
            return text.result(finding, len(text.plain))
    without = _without_small_ke(text, start, body) or _behind_short_prefecture(text, start, body)
    if without is not None:
        return without
    if start.inside and not start.given and _PREFECTURE_OFFICES.match(body):
        return _prefecture(text, start)
    return _lost(text, start, body)


def _prefecture(text: WrittenText, start: Start) -> Resolution:
    assert start.inside is not None
    note = f"{PREFECTURES[start.inside]}です。市区町村名がありません"
    found = Finding("prefecture", changes=start.changes, note=note, prefecture=start.inside)
    return text.result(found, start.length)


def _prefecture_name(text: WrittenText, start: Start, body: str) -> Finding | None:
    kana = fold_sound(text.plain[start.length :])
    code = PREFECTURE_SHORT.get(body) or PREFECTURE_KANA.get(kana) or PREFECTURE_KANA_SHORT.get(kana)
    if (start.inside is not None and not start.given) or code is None or start.inside not in (None, code):
        return None
    note = f"{PREFECTURES[code]}です。市区町村名がありません"
    named = place_names().stems.get(body, ()) or readings().kana_stems.get(kana, ())
    options = tuple(Candidate(place.own_code, "都道府県と同じ名前") for place in named)
    if all(place.ward_code for place in named):
        return Finding("prefecture", options=options, note=note, prefecture=code)
    return Finding("ambiguous", options=options, note=f"{PREFECTURES[code]}とも、同じ名前の市町村とも読めます")


def _county(text: WrittenText, start: Start, body: str) -> Finding | None:
    del text
    if not body.endswith(("郡", "支庁")):
        return None
    known = [code for code in county_prefectures().get(body, ()) if start.inside in (None, code)]
    members = [
        place
        for place in place_names().places.values()
        if place.county and fold_kanji(place.county) == body and place.code[:2] in known
    ]
    if members:
        options = tuple(Candidate(place.code, "郡内の町村") for place in members)
        return Finding("ambiguous", options=options, changes=start.changes, note="郡の名前です。町村名がありません")
    former = [place for place in former_names().get(body, ()) if place.is_county]
    former = [place for place in former if start.inside in (None, place.prefecture)]
    if not former:
        return None
    finding = former_finding(former, start.changes)
    # A 郡 was the name of several: its last municipality is not all that it was.
    options = tuple(dict.fromkeys(Candidate(code, place.describe()) for place in former for code in place.successors))
    note = "今はない郡の名前です。町村名がありません（候補は、廃止の時に残っていた市町村の今）"
    return finding._replace(status="merged", code=None, ward_code=None, options=options, note=note)


def _stem(text: WrittenText, start: Start, body: str) -> Finding | None:
    """Read a name without 市町村区: 帯広. A ward's (中村) is a surname as well, and stays open."""
    del text
    change = "市・町・村を補う"
    found = list(place_names().stems.get(body, ()))
    former = list(former_stems().get(body, ()))
    if start.inside is not None:
        return outcome(start, found, change) or former_outcome(start, former, change)
    cities = {place.code for place in found if place.ward_code is None}
    before = [place for place in former if not {places_code(code) for code in place.successors} & cities]
    wards_only = bool(found) and all(place.ward_code for place in found)
    if (before and found) or wards_only:
        options = [Candidate(place.own_code, change) for place in found]
        options += [Candidate(code, each.describe()) for each in before for code in each.successors]
        note = "市・町・村・区を補えば、いくつかに読めます"
        return Finding("ambiguous", options=unique_candidates(options), changes=start.changes, note=note)
    return outcome(start, found, change) or former_outcome(start, former, change)


def places_code(own_code: str) -> str:
    """Return the municipality's code of an own code."""
    return place_names().places[own_code].code


_GROWS_INTO = {"村": "町", "町": "市"}


def _wrong_suffix(text: WrittenText, start: Start, body: str) -> Finding | None:
    """Read a name that ends in another of 市町村区 than today.

    A village became a town, a town a city: that way, and with the prefecture, the name of before is read as the one of
    today. Any other (太田区, 川場町), or one without prefecture (江南村), is only suggested.
    """
    inside = start.inside
    # One character, without its ending, says too little without a prefecture.
    if body[-1] not in SUFFIXES or len(body) < (_LEAST if inside is None else _LEAST - 1):
        return None
    change = f"「{text.plain[-1]}」は今の呼び方と違う"
    towns = [
        place
        for place in place_names().stems.get(body[:-1], ())
        if place.ward_code is None and inside in (None, place.code[:2])
    ]
    former = [place for place in former_stems().get(body[:-1], ()) if inside in (None, place.prefecture)]
    if not towns and not former:
        return None
    later = _GROWS_INTO.get(body[-1], "")
    grown = [place for place in towns if place.short[-1] in later]
    grown_former = [place for place in former if place.name[-1] in later]
    reached = {places_code(code) for each in former for code in each.successors} | {each.code for each in towns}
    if inside is not None and (grown or grown_former) and len(reached) == 1 and text.as_of is None:
        return outcome(start, grown, change) or former_outcome(start, grown_former, change)
    options = [Candidate(place.own_code, change) for place in towns]
    options += [Candidate(code, f"{change}（{each.describe()}）") for each in former for code in each.successors]
    note = f"「{text.plain[start.length :]}」という市区町村はありません"
    return Finding("unknown", options=unique_candidates(options), changes=start.changes, note=note)


def _behind_short_prefecture(text: WrittenText, start: Start, body: str) -> Resolution | None:
    """Read 広島府中 as what it may be; two names without endings, as people have them, are never certain."""
    for length in (2, 3):
        code = PREFECTURE_SHORT.get(body[:length])
        found = [place for place in place_names().stems.get(body[length:], ()) if place.code[:2] == code]
        if found and start.inside is None:
            options = tuple(Candidate(place.own_code, "都道府県の略と、市・町・村を補えば") for place in found)
            note = f"{PREFECTURES[code or '']}の略と読めば、候補があります"
            return text.result(Finding("ambiguous", options=options, note=note), len(text.plain))
    return None


@cache
def _names_without_ke() -> dict[str, tuple[Place, ...]]:
    index: dict[str, tuple[Place, ...]] = {}
    for name, places in place_names().names.items():
        key = name.replace("ケ", "")
        known = index.get(key, ())
        index[key] = (*known, *(place for place in places if place not in known))
    return index


def _without_small_ke(text: WrittenText, start: Start, body: str) -> Resolution | None:
    """Read a ヶ too many or too few (世田ヶ谷区, 鎌谷市) where just one name fits."""
    head = _HEAD.match(body)
    if head is None:
        return None
    found = _names_without_ke().get(head[0].replace("ケ", ""), ())
    finding = outcome(start, list(found), "ヶの有無が違う")
    return text.result(finding, start.length + head.end()) if finding else None


def _lost(text: WrittenText, start: Start, body: str) -> Resolution | None:
    """Fill characters that a conversion lost (U+FFFD) when just one name of the written prefecture fits."""
    head = re.match(rf"[^{SUFFIXES}]*[{SUFFIXES}]", body)
    if head is None or _LOST not in head[0] or not head[0].strip(_LOST + SUFFIXES):
        return None
    pattern = re.compile(re.sub(f"{_LOST}+", ".{1,3}", re.escape(head[0])))
    found = [
        place
        for name, places in place_names().names.items()
        if pattern.fullmatch(name)
        for place in places
        if start.inside in (None, place.code[:2]) and place.ward_code is None
    ]
    options = tuple(dict.fromkeys(Candidate(place.own_code, "読めない文字のほかは同じ") for place in found))
    end = start.length + head.end()
    if len(options) == 1 and start.inside is not None:
        change = f"失われた文字を補う（{PREFECTURES[start.inside]}で合う名前は一つ）"
        return text.result(Finding("resolved", found[0].code, changes=(*start.changes, change)), end)
    return text.result(Finding("ambiguous", options=options, note="文字が失われています"), end) if options else None
