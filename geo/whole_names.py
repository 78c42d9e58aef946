"""Reading a whole text as a name: without 市町村, with the wrong one, in kana, in rōmaji, with lost characters."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from geo.codes import PREFECTURES
from geo.counties import county_prefectures
from geo.mergers import FormerPlace, former_names, former_stems
from geo.name_folding import fold_kana, fold_kanji, fold_romaji
from geo.name_reading import former_finding
from geo.place_names import (
    PREFECTURE_KANA,
    PREFECTURE_KANA_SHORT,
    PREFECTURE_ROMAJI,
    PREFECTURE_SHORT,
    SUFFIX_ROMAJI,
    SUFFIXES,
    Place,
    place_names,
    readings,
)
from geo.resolution import Candidate, Finding, Resolution, unique_candidates

if TYPE_CHECKING:
    from geo.name_start import Start
    from geo.written_text import WrittenText

_KANA = re.compile(r"[ぁ-んー]{2,}[市町村区]?")
_PREFECTURE_OFFICES = re.compile(r"(?:本?庁|知事|副知事|議会|教育委員会|警察|職員|内|全域|立|$)")
_LOST = "\ufffd"
_LEAST = 3
_NOISE = frozenset({"japan", "of", "the", "prefecture", "pref", "ken", "government", "office", "hall", "council"})


def read_whole(text: WrittenText, start: Start) -> Resolution | None:
    """Match the whole text in one of the ways, or return None."""
    body = text.folded[start.length :]
    if not body:
        return _prefecture(text, start) if start.inside and not start.given else None
    for read in (_prefecture_name, _county, _kana, _stem, _wrong_suffix, _romaji):
        finding = read(text, start, body)
        if finding is not None:
            return text.result(finding, len(text.plain))
    if start.inside and not start.given and _PREFECTURE_OFFICES.match(body):
        return _prefecture(text, start)
    return _lost(text, start, body)


def _prefecture(text: WrittenText, start: Start) -> Resolution:
    assert start.inside is not None
    note = f"{PREFECTURES[start.inside]}です。市区町村名がありません"
    found = Finding("prefecture", changes=start.changes, note=note, prefecture=start.inside)
    return text.result(found, start.length)


def _outcome(start: Start, found: list[Place], change: str) -> Finding | None:
    """Return one place as resolved, several as ambiguous, after what is known of the prefecture."""
    kept = [place for place in found if start.inside in (None, place.code[:2])]
    changes = (*start.changes, change)
    if start.given and start.inside is not None and len(kept) < len(found):
        changes = (*changes, f"{PREFECTURES[start.inside]}に限定")
    if len({place.code for place in kept}) == 1:
        # 堺 is the city and a ward of it: the city is right for both.
        kept = [place for place in kept if place.ward_code is None] or kept
    if len(kept) == 1:
        return Finding("resolved", kept[0].code, kept[0].ward_code, changes=changes)
    if kept:
        options = tuple(Candidate(place.own_code, change) for place in kept)
        return Finding("ambiguous", options=options, changes=start.changes, note=f"{len(options)}通りに読めます")
    return None


def _prefecture_name(text: WrittenText, start: Start, body: str) -> Finding | None:
    kana = fold_kana(text.plain[start.length :])
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


def _kana(text: WrittenText, start: Start, body: str) -> Finding | None:
    del body
    kana = fold_kana(text.plain[start.length :])
    if _KANA.fullmatch(kana) is None:
        return None
    index = readings()
    for name, code in PREFECTURE_KANA.items():
        if start.inside in (None, code) and kana.startswith(name) and len(kana) > len(name):
            behind = start._replace(inside=code)
            kana_inside = kana[len(name) :]
            found = [*index.kana.get(kana_inside, ()), *index.kana_stems.get(kana_inside, ())]
            finding = _outcome(behind, list(dict.fromkeys(found)), "かなを読む")
            if finding:
                return finding
    for table in (index.kana, index.kana_stems):
        finding = _outcome(start, list(table.get(kana, ())), "かなを読む")
        if finding:
            return finding
    return None


def _former_outcome(start: Start, former: list[FormerPlace], change: str) -> Finding | None:
    kept = [place for place in former if start.inside in (None, place.prefecture)]
    return former_finding(kept, (*start.changes, change)) if kept else None


def _stem(text: WrittenText, start: Start, body: str) -> Finding | None:
    """Read a name without 市町村区: 帯広. A ward's (中村) is a surname as well, and stays open."""
    del text
    change = "市・町・村を補う"
    found = list(place_names().stems.get(body, ()))
    former = list(former_stems().get(body, ()))
    if start.inside is not None:
        return _outcome(start, found, change) or _former_outcome(start, former, change)
    cities = {place.code for place in found if place.ward_code is None}
    before = [place for place in former if not {places_code(code) for code in place.successors} & cities]
    wards_only = bool(found) and all(place.ward_code for place in found)
    if (before and found) or wards_only:
        options = [Candidate(place.own_code, change) for place in found]
        options += [Candidate(code, each.describe()) for each in before for code in each.successors]
        note = "市・町・村・区を補えば、いくつかに読めます"
        return Finding("ambiguous", options=unique_candidates(options), changes=start.changes, note=note)
    return _outcome(start, found, change) or _former_outcome(start, former, change)


def places_code(own_code: str) -> str:
    """Return the municipality's code of an own code."""
    return place_names().places[own_code].code


_GROWS_INTO = {"村": "町市", "町": "市"}


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
        return _outcome(start, grown, change) or _former_outcome(start, grown_former, change)
    options = [Candidate(place.own_code, change) for place in towns]
    options += [Candidate(code, f"{change}（{each.describe()}）") for each in former for code in each.successors]
    note = f"「{text.plain[start.length :]}」という市区町村はありません"
    return Finding("unknown", options=unique_candidates(options), changes=start.changes, note=note)


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


def _romaji(text: WrittenText, start: Start, body: str) -> Finding | None:
    """Read Latin letters: "Obihiro", "Kawaba-mura, Gunma", "Chuo-ku, Sapporo City"."""
    del body
    written = unicodedata.normalize("NFKD", text.written)
    if re.search(r"[^\x00-\u036f\u2010-\u2019]", written) or not re.search("[A-Za-z]{2}", written):
        return None
    letters = re.sub("[\u0300-\u036f'’]", "", written).casefold()
    words = [word for word in re.split("[^a-z]+", letters) if word and word not in _NOISE]
    inside, words = _romaji_prefecture(words)
    if not words:
        return _romaji_prefecture_only(inside)
    behind = start._replace(inside=start.inside or inside)
    parts = _romaji_parts(words)
    groups = [found for found in (_romaji_places(name, kinds) for name, kinds in parts) if found]
    if not groups or len(groups) < len(parts):
        return _or_prefecture(words, None)
    cities = {place.code for group in groups for place in group if place.ward_code is None}
    wards = [place for group in groups for place in group if place.ward_code and place.code in cities]
    found = wards if len(groups) > 1 else groups[0]
    finding = _outcome(behind, list(dict.fromkeys(found)), "英語・ローマ字を読む")
    return _or_prefecture(words, finding) if inside is None else finding


def _or_prefecture(words: list[str], finding: Finding | None) -> Finding | None:
    """A single word such as "Kyoto" may be the prefecture's name as well."""
    code = PREFECTURE_ROMAJI.get(fold_romaji(words[0])) if len(words) == 1 else None
    if code is None or finding is None or finding.status not in ("resolved", "ambiguous"):
        return finding if code is None else _romaji_prefecture_only(code)
    named = (finding.code,) if finding.code else tuple(option.code for option in finding.options)
    options = tuple(Candidate(each, "都道府県と同じ名前の市町村") for each in named if each)
    return Finding("ambiguous", options=options, note=f"{PREFECTURES[code]}とも、同じ名前の市町村とも読めます")


def _romaji_prefecture(words: list[str]) -> tuple[str | None, list[str]]:
    if len(words) > 1:
        folded = [fold_romaji(word) for word in words]
        if folded[-1] in PREFECTURE_ROMAJI and words[-1] not in SUFFIX_ROMAJI:
            return PREFECTURE_ROMAJI[folded[-1]], words[:-1]
        if folded[0] in PREFECTURE_ROMAJI and words[1] not in SUFFIX_ROMAJI:
            return PREFECTURE_ROMAJI[folded[0]], words[1:]
    return None, words


def _romaji_prefecture_only(inside: str | None) -> Finding | None:
    if inside is None:
        return None
    return Finding("prefecture", note=f"{PREFECTURES[inside]}です。市区町村名がありません", prefecture=inside)


def _romaji_parts(words: list[str]) -> list[tuple[str, str]]:
    """Cut words into names with the kinds that the word behind each allows; a 郡 is left out."""
    parts: list[tuple[str, str]] = []
    name: list[str] = []
    of = ""  # "City of Obihiro"
    for word in words:
        if word in ("gun", "district"):
            name = []
        elif word in SUFFIX_ROMAJI and name:
            parts.append(("".join(name), SUFFIX_ROMAJI[word]))
            name = []
        elif word in SUFFIX_ROMAJI:
            of = SUFFIX_ROMAJI[word]
        else:
            name.append(word)
    if name:
        parts.append(("".join(name), of))
    return parts


def _romaji_places(name: str, kinds: str) -> list[Place]:
    index = readings().romaji
    found = index.get(fold_romaji(name), ())
    if not found and not kinds:
        for ending, kind in SUFFIX_ROMAJI.items():
            if name.endswith(ending):
                places = index.get(fold_romaji(name.removesuffix(ending)), ())
                found = (*found, *(place for place in places if place.short[-1] in kind))
    kept = [place for place in found if not kinds or place.short[-1] in kinds]
    return kept or list(found)
