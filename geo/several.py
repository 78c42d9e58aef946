"""More than one municipality in a cell: all of them named, or the first "and others", or all but the one that is named.

A cell such as 三島市・長泉町, 帯広市ほか3町, 札幌市を除く or 大阪市外 begins with the name of one municipality and does
not mean that one alone. Between the names stand marks that seldom stand in an address (、；／・×｜ and so on), or ones
that do (a space, －): after those, only a cell that is nothing but names is a list.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from geo.mergers import former_lengths, former_names
from geo.name_folding import fold_kanji, squeeze
from geo.name_start import split_prefecture
from geo.place_names import Place, place_names
from geo.resolution import Candidate, Finding, Resolution, unique_candidates

_LETTERS = r"0-9A-Za-zーー\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff々〇"
_HYPHENS = r"\-‐‑–—―−ー_"
_BRACKETS = r"()\[\]〔〕【】「」『』"
# Any other mark stands between names; an address has few of them.
_STRONG = (
    rf"[^{_LETTERS}\s{_HYPHENS}{_BRACKETS}]|[\n\r\v\f]|<br ?/?>|"
    r"及び|および|並びに|ならびに|又は|または|もしくは|若しくは"
)
_WORDS = r"と|や|か|に|も|及|並|and\b|AND\b"
_WEAK = rf"[\s{_HYPHENS}]"
_REMARK = r"(?:[(\[〔【][^)\]〕】]{0,30}[)\]〕】])"
_BETWEEN = re.compile(
    rf"\s*(?:{_REMARK}\s*)?(?P<mark>{_STRONG}|{_WORDS}|{_WEAK}|(?<=[)\]〕】])|[(\[〔【「『])(?:{_STRONG}|{_WEAK})*"
)
_DEEP = re.compile(rf"(?:{_STRONG})(?:{_STRONG}|{_WEAK})*")
_AFTER_A_NAME = re.compile(
    rf"\s*{_REMARK}?\s*(?:{_STRONG}|{_WORDS}|{_WEAK}|$|ほか|他|外|など|等|ら|の|[{_BRACKETS}]|[0-9])"
)
_COUNT = r"[0-9一二三四五六七八九十百数]+"
_UNITS = r"[ヶケか箇カ个]?(?:市|町|村|区|県|団体|自治体|所|名)"
_OTHERS = re.compile(
    rf"\s*{_REMARK}?\s*[、,・(]?\s*(?:の?ほか|の?他(?=$|[\s、。()\[の各全]|{_COUNT})|外{_COUNT}{_UNITS}"
    rf"|(?:等|など)(?=$|[\s、。)のをがはにで]|{_COUNT})|ら$|を(?:含む|含め|中心|はじめ|始め))"
)
_EXCEPT = re.compile(rf"\s*{_REMARK}?\s*(?:を除|以外|を含まない|は除|除く)|\s*[(\[](?:を|は)?除")
_OUTSIDE = re.compile(r"\s*外(?=$|[\s全各のにへでを、。)])")
_AROUND = re.compile(
    r"\s*(?:内|域|地域|地区|周辺(?:地域)?|近辺|近郊|近隣|隣接(?:地域)?|付近|一帯|方面|(?:都市)?圏域?|地方|管内)"
    r"(?=$|[\sのにへでをがは、。)])"
)
_UNNAMED = re.compile(
    r"(?:[都道府県]|[都道府県市区町村][内外]|国|(?:周辺|近隣|隣接|関係|構成|各|全)?(?:市区?町村|町村|自治体))(?=$|[\s、,・。)])"
)
_ADDRESS = re.compile(r"[^、,;|0-9]*[0-9]")
_LONGEST = 200
_NOTED = 30
_HEAD = 5
_BRACKET = re.compile(r"\s*[(\[〔【「『]")
_BRACKET_CLOSES = re.compile(r"\s*[)\]〕】」』]")
_LETTER = re.compile(rf"[{_LETTERS}]")
_STARTS = frozenset("とやかにも及並又まなお若ほ他外等らを以は除内域周近付一方圏地管隣のー都")
_SUSPECT = re.compile(rf"[^{_LETTERS}\s\-‐‑–—―−_()（）－]|[及並除県都府道]")


class Part(NamedTuple):
    """One of several names in a cell: where it stands in the text behind the first, and what it may be."""

    text: str
    places: tuple[Place, ...]
    former: tuple[str, ...]
    end: int


def beside_others(result: Resolution) -> Finding | None:
    """Return what a result is when its text goes on with more municipalities, or sets the named one apart.

    Parameters
    ----------
    result
        A result whose ``rest`` is not empty.

    Returns
    -------
    Finding or None
        ``several`` with all that are named; None when the rest is no list.
    """
    written = result.rest
    if not written or (_LETTER.match(written) and written[0] not in _STARTS and not _SUSPECT.search(written)):
        return None
    rest = unicodedata.normalize("NFKC", written[:_LONGEST])
    own = Candidate(result.ward_code or result.code or "", "初めに書かれた名前")
    firsts = (own,) if own.code else result.finding.options
    if _EXCEPT.match(rest):
        options = tuple(each._replace(reason="除くと書かれている") for each in firsts)
        return Finding("unknown", options=options, note=f"「{result.matched}」は除くと書かれています")
    if _OUTSIDE.match(rest):
        note = f"「{result.matched}外」は、そのほかとも、その外側とも読めます"
        return Finding("ambiguous", options=firsts, changes=result.changes, note=note)
    if _AROUND.match(rest):
        note = f"「{result.matched}」の中か周りのどこかと書かれています。そのものとは限りません"
        return Finding("ambiguous", options=firsts, changes=result.changes, note=note)
    parts = _parts(rest, result)
    others = _OTHERS.match(rest[parts[-1].end :] if parts else rest)
    if parts or others:
        return _several(result, firsts, parts, rest[parts[-1].end :] if others and parts else rest if others else "")
    return None


def _several(result: Resolution, firsts: tuple[Candidate, ...], parts: list[Part], others: str) -> Finding:
    inside = result.prefecture
    options = list(firsts)
    for part in parts:
        kept = [each for each in part.places if each.code[:2] == inside] or list(part.places)
        options += [Candidate(each.own_code, "並べて書かれた名前") for each in kept]
        options += [Candidate(code, "並べて書かれた、今はない名前") for code in part.former if not part.places]
    unnamed = others.strip(" 、,・") or next((part.text for part in parts if not part.places and not part.former), "")
    note = f"「{unnamed[:12]}」と書かれ、名前のない市区町村があります" if unnamed else "市区町村がいくつか並んでいます"
    found = unique_candidates(options)
    return Finding("several", options=found, changes=result.changes, note=note, others=unnamed[:_NOTED])


def _parts(rest: str, result: Resolution) -> list[Part]:
    directly = _name_at(rest, 0, result) if split_prefecture(fold_kanji(rest[:_HEAD]))[0] else None
    if directly is not None and _is_other(directly, result, strong=True):
        # A prefecture begins another name even without a mark before it.
        return [directly, *_listed(rest, directly.end, result)]
    within = _BRACKET.match(rest)
    bracketed = _name_at(rest, within.end(), result) if within else None
    if bracketed is not None and _BRACKET_CLOSES.match(rest, bracketed.end):
        return [bracketed] if _is_other(bracketed, result, strong=True) else []
    between = _BETWEEN.match(rest)
    if between:
        mark = between["mark"]
        strong = re.fullmatch(_STRONG, mark) is not None
        found = _listed(rest, between.start(), result)
        if found and (strong or _nothing_behind(rest, found[-1].end)):
            kept = any(_is_other(part, result, strong=strong or mark.isalpha()) for part in found)
            return found if kept else []
    found = []
    for mark in _DEEP.finditer(rest):
        part = _name_at(rest, mark.end(), result) or _name_at(rest, mark.end(), result, before_address=True)
        if part is not None and part.places and _is_other(part, result, strong=False):
            found.append(part)
    return found


def _nothing_behind(rest: str, end: int) -> bool:
    """Whether a list of names is all that the text holds."""
    return not rest[end:].strip(" 　、。)）」』】]") or _OTHERS.match(rest, end) is not None


def _listed(rest: str, position: int, result: Resolution) -> list[Part]:
    """Read names one behind the other, and what stands for some without a name."""
    found: list[Part] = []
    end = position
    while between := _BETWEEN.match(rest, end):
        part = _name_at(rest, between.end(), result)
        if part is None and between.start("mark") > end:
            # 秋田市 にかほ市: に begins the name.
            part = _name_at(rest, between.start("mark"), result)
        part = part or _without_name(rest, between.end(), result)
        if part is None:
            break
        found.append(part)
        end = part.end
    return found


def _without_name(rest: str, position: int, result: Resolution) -> Part | None:
    """Return what names no municipality, but more than the first: 県内, 国, another prefecture."""
    unnamed = _UNNAMED.match(rest, position)
    if unnamed:
        return Part(unnamed[0], (), (), unnamed.end())
    code, length = split_prefecture(fold_kanji(rest[position : position + _HEAD]))
    if code is None or not _ends_as_name(rest, position + length):
        return None
    # 川場村・群馬県 says where the village is.
    whole = code == result.prefecture and not rest[position + length :].strip()
    return None if whole else Part(rest[position : position + length], (), (), position + length)


def _is_other(part: Part, result: Resolution, *, strong: bool) -> bool:
    """Whether a name behind the first is another municipality, and not a 町 of the first that bears its name."""
    first = result.ward_code or result.code
    # 高山市 丹生川町 is an address in what 丹生川町 became; 日高市、日高町 are two.
    today = {each.own_code for each in part.places}
    codes = today if strong and today else today | set(part.former)
    cities = {place_names().places[code].code for code in codes}
    if not codes:
        return strong
    if first in codes or (result.code in cities and not any(each.ward_code for each in part.places)):
        return False
    if strong or part.places:
        return True
    # 横浜市 泉町 is more likely a 町 of 横浜市 than one of those that bore the name elsewhere.
    return any(code[:2] == result.prefecture for code in codes)


def _name_at(rest: str, position: int, result: Resolution, *, before_address: bool = False) -> Part | None:
    """Return the municipality or ward whose name stands at a position, and ends there (or goes on as an address)."""
    body = rest[position : position + 30].lstrip()
    start = position + len(rest[position : position + 30]) - len(body)
    folded = fold_kanji(body)
    inside, cut = split_prefecture(folded)
    names = place_names()
    for length in names.lengths.get(folded[cut : cut + 2], ()):
        word = folded[cut : cut + length]
        if len(word) < length:
            continue
        places = tuple(each for each in names.names.get(word, ()) if inside in (None, each.code[:2]))
        if places and all(each.ward_code for each in places) and inside is None:
            # 「札幌市中央区、北区」: of the same city.
            places = tuple(each for each in places if each.code == result.code) or places
        ends = _ends_as_name(rest, start + cut + length) or (before_address and _ADDRESS.search(rest, start + cut))
        if places and ends:
            former = _former_codes(word, inside)
            return Part(body[: cut + length], places, former, start + cut + length)
    for length in former_lengths().get(folded[cut : cut + 2], ()):
        word = folded[cut : cut + length]
        former = _former_codes(word, inside) if len(word) == length else ()
        if former and _ends_as_name(rest, start + cut + length):
            return Part(body[: cut + length], (), former, start + cut + length)
    return None


def _former_codes(word: str, inside: str | None) -> tuple[str, ...]:
    former = former_names().get(word, ())
    return tuple(
        code for each in former if not each.is_county and inside in (None, each.prefecture) for code in each.successors
    )


def _ends_as_name(rest: str, end: int) -> bool:
    return end >= len(rest) or _AFTER_A_NAME.match(rest, end) is not None


def split_names(text: str, result: Resolution) -> list[str]:
    """Return the names of a ``several`` cell as written, the first one first.

    A name without prefecture stands behind one that has it: its prefecture is not put before it here.
    """
    rest = unicodedata.normalize("NFKC", result.rest[:_LONGEST])
    head = squeeze(text[: len(text) - len(result.rest)])
    return [head, *(squeeze(part.text) for part in _parts(rest, result))]
