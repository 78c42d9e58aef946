"""Every municipality that is named in running text, with its span; nothing that only contains a name.

A name counts with its 市町村区 (or, without, right behind its prefecture at the end of a phrase). A prefecture is
carried to the names behind it by 「同」, by a list, and by a full mention of the same name elsewhere in the text.
Companies, universities and the like that begin with a municipality's name are not mentions of it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geo.codes import PREFECTURES, normalize_prefecture
from geo.mergers import FormerPlace, former_names, longest_former_name
from geo.name_folding import fold_kanji
from geo.name_start import split_prefecture
from geo.place_names import Place, place_names

if TYPE_CHECKING:
    from geo.resolution import Status

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|.|\n)?", re.DOTALL)
_BETWEEN_ITEMS = re.compile(r"[\s、,・/;と及びや並にまたは]*")
_ENDS_PHRASE = re.compile(r"[\s、,。・()「『【\[:;/|]|$")
_KANJI = re.compile(r"[\u3400-\u9fff々]")
_MAY_PRECEDE = frozenset("旧現元前同各他外内県都府道州側等及又並隣郡於先")
"""Kanji that may stand before a short name without being part of it."""

_WORD_GOES_ON = re.compile(r"(?<=市)場|(?<=区)[域分画間]|(?<=町)村|(?<=村)町")
_TOWNS_AND_VILLAGES = re.compile(r"(?<=市)[区町]?町?村")
# In folded text: の is ノ, が is ケ.
_ORGANISATION = re.compile(
    r"[^\s、,。・()「」『』【】:;/|ノケはをにへとでも]{0,14}?"
    r"(?:大学|短大|高校|学校|幼稚園|保育園|銀行|信用金庫|信用組合|農協|協会|協議会|協同組合|森林組合|漁協|商工会|公社|財団|"
    r"株式会社|有限会社|\((?:株|有)\)|新聞|放送|テレビ|病院|研究所|機構|空港|ホテル|ホールディングス|システムズ)"
)
_COMPANY_BEFORE = ("(株)", "(有)", "(一社)", "(一財)", "株式会社", "有限会社", "合同会社", "社団法人", "財団法人")
_UNKNOWN_NAME = re.compile(r"(?:(?![ノケ])[\u3400-\u9fff々ァ-ヶー]){1,6}?[市町村](?![場民長役議立内町村])")
_SHORT_STEM = 2


class Mention(NamedTuple):
    """One place named in a text.

    Parameters
    ----------
    start, end
        Offsets in the text.
    line, column
        Both from 1.
    text
        As written.
    status
        As in ``geo.resolve``: ``unknown`` is a name behind a prefecture that has no such municipality.
    code, ward_code
        5 digits, or None; for a prefecture None.
    candidates
        Own codes, where it is ambiguous or a former name with several successors.
    prefecture
        2 digits, or None.
    changes
        What was carried from elsewhere, in Japanese.
    """

    start: int
    end: int
    line: int
    column: int
    text: str
    status: Status
    code: str | None = None
    ward_code: str | None = None
    candidates: tuple[str, ...] = ()
    prefecture: str | None = None
    changes: tuple[str, ...] = ()


class _Line(NamedTuple):
    """A line folded character by character: ``starts`` and ``ends`` lead back to the text."""

    number: int
    offset: int
    folded: str
    starts: list[int]
    ends: list[int]


class _Found(NamedTuple):
    """A name in a line before namesakes are told apart; ``low`` and ``high`` are offsets in the folded line."""

    low: int
    high: int
    places: tuple[Place, ...] = ()
    former: tuple[FormerPlace, ...] = ()
    prefecture: str | None = None
    changes: tuple[str, ...] = ()
    unknown: bool = False


def scan(text: str, *, prefecture: str | None = None) -> list[Mention]:
    """Return every place that a text names, in order.

    Parameters
    ----------
    text
        Running text of any length.
    prefecture
        The prefecture that the text is about, for namesakes without any other sign.

    Raises
    ------
    UnknownNameError
        When ``prefecture`` is none of the 47; never for ``text``.

    Examples
    --------
    >>> [(each.text, each.code) for each in scan("福島県二本松市、同西会津町と東京都市大学が参加した。")]
    [('福島県二本松市', '07210'), ('同西会津町', '07405')]
    >>> [each.code for each in scan("日光市と南相馬市、四日市市の三島信用金庫")]
    ['09206', '07212', '24202']
    """
    hint = None if prefecture is None else normalize_prefecture(prefecture)
    lines = _lines(text)
    found = [(line, each) for line in lines for each in _scan_line(line)]
    explicit = _explicit(found)
    return [_mention(text, line, each, explicit, hint) for line, each in found]


def _lines(text: str) -> list[_Line]:
    lines = []
    offset = 0
    number = 0
    while offset < len(text):
        match = _LINE.match(text, offset)
        end = match.end() if match and match.end() > offset else len(text)
        number += 1
        lines.append(_fold_line(text[offset:end], number, offset))
        offset = end
    return lines


def _fold_line(line: str, number: int, offset: int) -> _Line:
    if line.isascii() or (unicodedata.is_normalized("NFKC", line)):
        places = list(range(len(line)))
        return _Line(number, offset, fold_kanji(line), places, [each + 1 for each in places])
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    start = 0
    while start < len(line):
        end = start + 1
        while end < len(line) and (unicodedata.combining(line[end]) or line[end] in "ﾞﾟ"):
            end += 1
        part = fold_kanji(unicodedata.normalize("NFKC", line[start:end]))
        folded.append(part)
        starts += [start] * len(part)
        ends += [end] * len(part)
        start = end
    return _Line(number, offset, "".join(folded), starts, ends)


@cache
def _beginnings() -> frozenset[str]:
    """First two characters of every name of today or of before."""
    return frozenset(name[:2] for index in (place_names().names, former_names()) for name in index)


def _scan_line(line: _Line) -> list[_Found]:
    found: list[_Found] = []
    folded = line.folded
    beginnings = _beginnings()
    position = 0
    while position < len(folded) - 1:
        each = _prefecture_at(folded, position)
        if each is None and folded[position : position + 2] in beginnings:
            each = _name_at(folded, position, found)
        if each is None:
            position += 1
            continue
        if each.places or each.former or each.prefecture:
            found.append(each)
        position = each.high
    return [each for each in found if each.places or each.former or each.unknown or _stands_alone(folded, each)]


def _stands_alone(folded: str, each: _Found) -> bool:
    """Whether a prefecture is named for itself, and not as part of an organisation's name."""
    follows = folded[each.high : each.high + 20]
    if folded[: each.low].endswith(_COMPANY_BEFORE):
        return False
    return not (follows[:1] in ("立", "市", "区", "町", "村") or _ORGANISATION.match(follows))


def _prefecture_at(folded: str, position: int) -> _Found | None:
    code, end = split_prefecture(folded, position)
    if code is None:
        return None
    behind = end + len(folded[end:]) - len(folded[end:].lstrip(" \u3000"))
    county = re.compile(r"[^0-9市町村区\s、]{1,5}?郡").match(folded, behind)
    for start in (behind, *([county.end()] if county else [])):
        places, length = _longest_place(folded, start, code)
        former, former_length = _longest_former(folded, start, code)
        if places and length >= former_length:
            return _checked(folded, _Found(position, start + length, places, (), code))
        if former:
            return _checked(folded, _Found(position, start + former_length, (), former, code))
    return _stem_behind(folded, position, behind, code) or _unknown_behind(folded, position, end, code)


def _stem_behind(folded: str, position: int, behind: int, code: str) -> _Found | None:
    index = place_names().stems
    for length in range(min(8, len(folded) - behind), 1, -1):
        places = [
            place
            for place in index.get(folded[behind : behind + length], ())
            if place.code[:2] == code and place.ward_code is None
        ]
        if len(places) == 1 and _ENDS_PHRASE.match(folded, behind + length):
            return _Found(position, behind + length, tuple(places), (), code, ("市・町・村を補う",))
    return None


def _unknown_behind(folded: str, position: int, end: int, code: str) -> _Found:
    name = _UNKNOWN_NAME.match(folded, end)
    if name is not None and not _ORGANISATION.match(folded, end):
        return _Found(position, name.end(), prefecture=code, unknown=True)
    return _Found(position, end, prefecture=code)


def _longest_place(folded: str, start: int, code: str | None) -> tuple[tuple[Place, ...], int]:
    index = place_names()
    for length in range(min(index.longest, len(folded) - start), 1, -1):
        kept = [p for p in index.names.get(folded[start : start + length], ()) if code in (None, p.code[:2])]
        if kept:
            return tuple(kept), length
    return (), 0


def _longest_former(folded: str, start: int, code: str | None) -> tuple[tuple[FormerPlace, ...], int]:
    index = former_names()
    for length in range(min(longest_former_name(), len(folded) - start), 1, -1):
        kept = [
            place
            for place in index.get(folded[start : start + length], ())
            if code in (None, place.prefecture) and not place.is_county
        ]
        if kept:
            return tuple(kept), length
    return (), 0


def _name_at(folded: str, position: int, before: list[_Found]) -> _Found | None:
    """Read a name without its prefecture; 「同」 and a list carry the prefecture before."""
    carried = _carried(folded, position, before)
    places, length = _longest_place(folded, position, None)
    former, former_length = _longest_former(folded, position, None)
    if not _begins_here(folded, position, max(length, former_length), before):
        return None
    low = position
    changes: tuple[str, ...] = ()
    if carried is not None:
        inside = tuple(place for place in places if place.code[:2] == carried)
        same = folded[position - 1 : position] == "同"
        low = position - 1 if same else position
        if inside and len(inside) < len(places):
            places = inside
            changes = (f"「同」から{PREFECTURES[carried]}" if same else f"並びから{PREFECTURES[carried]}",)
        elif same and inside:
            changes = (f"「同」から{PREFECTURES[carried]}",)
    if length == _SHORT_STEM and folded[position + 1] == "村" and carried is None:
        # 東村 is a surname more often than the village.
        return None
    if places and length >= former_length:
        return _checked(folded, _Found(low, position + length, places, (), None, changes))
    if former and _is_former(folded, position, former):
        return _checked(folded, _Found(low, position + former_length, (), former, None, changes))
    return None


def _is_former(folded: str, position: int, former: tuple[FormerPlace, ...]) -> bool:
    """A former name without its prefecture counts behind 旧, or when it is a 市 or 村 of one meaning."""
    if folded[position - 1 : position] in ("旧", "元"):
        return True
    return len(former) == 1 and former[0].name[-1] in "市村" and len(former[0].short) > _SHORT_STEM


def _begins_here(folded: str, position: int, length: int, before: list[_Found]) -> bool:
    if before and before[-1].high == position and (before[-1].places or before[-1].former):
        # Behind a municipality without anything between stands a part of it: 七尾市藤橋町.
        return False
    previous = folded[position - 1 : position]
    if not previous or not _KANJI.match(previous):
        return True
    return length - 1 > _SHORT_STEM or previous in _MAY_PRECEDE


def _carried(folded: str, position: int, before: list[_Found]) -> str | None:
    """Return the prefecture that 「同」 or a list carries to a name."""
    if not before:
        return None
    last = before[-1]
    code = last.prefecture or (last.places[0].code[:2] if len(last.places) == 1 else None)
    gap = folded[last.high : position]
    same = gap.endswith("同")
    if _BETWEEN_ITEMS.fullmatch(gap.removesuffix("同")) or same:
        return code
    return None


def _checked(folded: str, found: _Found) -> _Found | None:
    """Leave out what only begins like a municipality: a longer word, an organisation."""
    follows = folded[found.high : found.high + 20]
    if _WORD_GOES_ON.match(folded, found.high) and found.prefecture is None:
        return None
    if found.prefecture is None and _TOWNS_AND_VILLAGES.match(folded, found.high):
        return None
    if _ORGANISATION.match(follows) or folded[: found.low].endswith(_COMPANY_BEFORE):
        return _Found(found.low, found.high)
    return found


def _explicit(found: list[tuple[_Line, _Found]]) -> dict[str, set[str]]:
    """Return names to the codes that the text gives them where it leaves no doubt."""
    names: dict[str, set[str]] = {}
    for _, each in found:
        if len(each.places) == 1:
            names.setdefault(each.places[0].short, set()).add(each.places[0].own_code)
    return names


def _mention(text: str, line: _Line, found: _Found, explicit: dict[str, set[str]], hint: str | None) -> Mention:
    start = line.offset + line.starts[found.low]
    end = line.offset + line.ends[found.high - 1]
    base = Mention(start, end, line.number, line.starts[found.low] + 1, text[start:end], "prefecture")
    places, changes = list(found.places), found.changes
    if len(places) > 1:
        places, changes = _told_apart(places, changes, explicit, hint)
    if len(places) == 1:
        place = places[0]
        return base._replace(
            status="resolved", code=place.code, ward_code=place.ward_code, prefecture=place.code[:2], changes=changes
        )
    if places:
        return base._replace(status="ambiguous", candidates=tuple(each.own_code for each in places), changes=changes)
    if found.former:
        return _former_mention(base, found, hint)
    if found.unknown:
        return base._replace(status="unknown", prefecture=found.prefecture)
    return base._replace(prefecture=found.prefecture)


def _told_apart(
    places: list[Place], changes: tuple[str, ...], explicit: dict[str, set[str]], hint: str | None
) -> tuple[list[Place], tuple[str, ...]]:
    known = explicit.get(places[0].short, set())
    kept = [place for place in places if place.own_code in known]
    if len(kept) == 1 and len(known) == 1:
        return kept, (*changes, f"同じ文書の{kept[0].full_name}から")
    kept = [place for place in places if place.code[:2] == hint]
    if hint is not None and len(kept) == 1:
        return kept, (*changes, f"{PREFECTURES[hint]}に限定")
    return places, changes


def _former_mention(base: Mention, found: _Found, hint: str | None) -> Mention:
    former = [place for place in found.former if place.prefecture == hint] or list(found.former)
    codes = tuple(dict.fromkeys(code for place in former for code in place.successors))
    places = place_names().places
    cities = {places[code].code for code in codes}
    changes = (*found.changes, *(place.describe() for place in former[:3]))
    if len(cities) == 1:
        code = cities.pop()
        ward = places[codes[0]].ward_code if len(codes) == 1 else None
        return base._replace(status="merged", code=code, ward_code=ward, prefecture=code[:2], changes=changes)
    status: Status = "merged" if len(former) == 1 else "ambiguous"
    return base._replace(status=status, candidates=codes, changes=changes)
