"""The names in one line of running text, before namesakes are told apart."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geo.codes import PREFECTURES
from geo.mergers import FormerPlace, former_lengths, former_names
from geo.name_folding import fold_kanji
from geo.name_start import county_at, longest_name, split_prefecture
from geo.place_names import PREFECTURE_NAMES, Place, place_names

if TYPE_CHECKING:
    from collections.abc import Iterable

_BETWEEN_ITEMS = re.compile(r"[\s、,・/;と及びや並にまたは]*")
_ENDS_PHRASE = re.compile(r"[\s、,。・()「『【\[:;/|]|$")
_KANJI = re.compile(r"[\u3400-\u9fff々]")
_MAY_PRECEDE = frozenset("旧現元前同各他外内県都府道州側等及又並隣郡於先年月日時後間中")
"""Kanji that may stand before a short name without being part of it."""

_WORD_GOES_ON = re.compile(
    r"(?<=市)場|(?<=区)[域分画間]|(?<=町)村(?![\u3400-\u9fff])|(?<=町)村[会長議合部]|(?<=村)町(?![\u3400-\u9fff])|"
    # A station, and what is named for it.
    r"駅|(?:本|支)?線(?![\u3400-\u9fff])|インター|"
    # 古河市兵衛: the 市 begins a given name.
    r"(?<=市)(?:兵衛|左衛門|右衛門|之[助丞進]|[太次三四五六]?郎|蔵(?![\u3400-\u9fff])|丸(?![\u3400-\u9fff])|松(?![\u3400-\u9fff]))"
)
_TOWNS_AND_VILLAGES = re.compile(r"(?<=市)(?:区?町村|[区町]?町?村(?![\u3400-\u9fff]))")
# In folded text: の is ノ, が is ケ.
_ORGANISATION = re.compile(
    r"[^\s、,。・()「」『』【】:;/|ノケはをにへとでも]{0,14}?"
    r"(?:大学|短大|高校|学校|幼稚園|保育園|銀行|信用金庫|信用組合|農協|協会|協議会|協同組合|森林組合|漁協|商工会|公社|財団|"
    r"組合|企業団|広域連合|株式会社|有限会社|\((?:株|有)\)|新聞|放送|テレビ|病院|研究所|機構|空港|ホテル|"
    r"ホールディングス|システムズ)"
)
_COMPANY_BEFORE = ("(株)", "(有)", "(一社)", "(一財)", "株式会社", "有限会社", "合同会社", "社団法人", "財団法人")
_UNKNOWN_NAME = re.compile(r"(?:(?![ノケ])[\u3400-\u9fff々ァ-ヶー]){1,6}?[市町村](?![場民長役議立内町村])")
_BEHIND_PREFECTURE = re.compile(r"[ \u3000]*[ノ(「『:]?[ \u3000]*")
_PREFECTURE_BEHIND = re.compile(rf"[ \u3000]*\(({'|'.join(PREFECTURE_NAMES)})")
_OF_ITS_OWN = re.compile(r"議会|役場|役所|民(?!間)")
_CHIEF = re.compile(r"長(?!期|年|い|く|野|崎|岡|浜|岐)")
_SAME_CITY = re.compile(r"同市ノ?$")
_SHORT_STEM = 2
_LONGEST_NAME = 16
"""Characters; the longest are a county, a city and a ward of before."""


class Line(NamedTuple):
    """A line folded character by character: ``starts`` and ``ends`` lead back to the text."""

    number: int
    offset: int
    folded: str
    starts: list[int]
    ends: list[int]


class Found(NamedTuple):
    """A name in a line; ``low`` and ``high`` are offsets in the folded line.

    ``explicit``: a prefecture or 郡 is written with it. ``chief``: 長 follows, so that it may be a person's title.
    ``weak``: it counts only where something else speaks for it. ``organisation``: part of an organisation's name.
    """

    low: int
    high: int
    places: tuple[Place, ...] = ()
    former: tuple[FormerPlace, ...] = ()
    prefecture: str | None = None
    changes: tuple[str, ...] = ()
    unknown: bool = False
    county: str = ""
    explicit: bool = False
    chief: bool = False
    weak: bool = False
    organisation: bool = False

    @property
    def named(self) -> bool:
        """Whether it names a municipality of today or of before."""
        return bool(self.places or self.former)

    @property
    def prefectures(self) -> set[str]:
        """The prefectures (2 digits) in which it may lie."""
        return {place.code[:2] for place in self.places} | {place.prefecture for place in self.former}


def fold_line(line: str, number: int, offset: int) -> Line:
    """Fold a line, remembering where each character came from."""
    if line.isascii() or (unicodedata.is_normalized("NFKC", line)):
        places = list(range(len(line)))
        return Line(number, offset, fold_kanji(line), places, [each + 1 for each in places])
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
    return Line(number, offset, "".join(folded), starts, ends)


@cache
def _beginnings() -> frozenset[str]:
    """First two characters of every name of today or of before."""
    return frozenset(place_names().lengths) | frozenset(former_lengths())


def names_in(line: Line, about: str | None = None) -> list[Found]:
    """Return the names of a line, in order.

    Parameters
    ----------
    line
        A folded line.
    about
        The prefecture (2 digits) that the text is about, where it is known.
    """
    found: list[Found] = []
    folded = line.folded
    beginnings = _beginnings()
    position = 0
    while position < len(folded) - 1:
        each = _prefecture_at(folded, position)
        if each is None and (folded[position : position + 2] in beginnings or "郡" in folded[position : position + 7]):
            each = _name_at(folded, position, found)
        if each is None:
            position += 1
            continue
        if each.named or each.prefecture or each.organisation:
            found.append(each)
        position = each.high
    found = _without_weak(folded, _without_organisations(folded, found), about)
    found = _beside_each_other(folded, found)
    return [each for each in found if each.named or each.unknown or _stands_alone(folded, each)]


def _without_organisations(folded: str, found: list[Found]) -> list[Found]:
    """Leave out organisations, with the names joined to theirs: 加茂市・田上町消防組合."""
    kept: list[Found] = []
    for each in reversed(found):
        joined = kept and kept[-1].organisation and folded[each.high : kept[-1].low] == "・" and not each.explicit
        kept.append(each._replace(organisation=True) if joined else each)
    return [each for each in reversed(kept) if not each.organisation]


def _without_weak(folded: str, found: list[Found], about: str | None) -> list[Found]:
    """Keep weak names only beside others in a list, or in the one prefecture that the line is about."""
    sure = {
        next(iter(each.prefectures)) for each in found if each.named and not each.weak and len(each.prefectures) == 1
    }
    kept = []
    for number, each in enumerate(found):
        if not each.weak:
            kept.append(each)
            continue
        before = found[number - 1] if number else None
        behind = found[number + 1] if number + 1 < len(found) else None
        listed = (before is not None and before.named and _is_list(folded, before.high, each.low)) or (
            behind is not None and behind.named and _is_list(folded, each.high, behind.low)
        )
        same = folded[: each.low].endswith(("同市と", "同町と", "同村と"))
        alone = len(each.former) == 1 and each.prefectures <= sure
        if listed or same or alone or about in each.prefectures:
            kept.append(each)
    return kept


def _beside_each_other(folded: str, found: list[Found]) -> list[Found]:
    """Let names of a list speak for each other.

    A name of today beside one of a prefecture where a former namesake lay may be that; two former names, each of them
    borne in several prefectures, are those of the only prefecture that had both.
    """
    result = list(found)
    for number in range(len(found) - 1):
        one, other = result[number], result[number + 1]
        if not (one.named and other.named and _is_list(folded, one.high, other.low)):
            continue
        result[number] = _as_before(folded, one, other.prefectures)
        common = one.prefectures & other.prefectures
        if not one.places and not other.places and len(common) == 1 < min(len(one.former), len(other.former)):
            result[number] = one._replace(former=tuple(each for each in one.former if each.prefecture in common))
            result[number + 1] = other._replace(
                former=tuple(each for each in other.former if each.prefecture in common)
            )
    return result


def _as_before(folded: str, found: Found, prefectures: set[str]) -> Found:
    if found.explicit or found.changes or len(found.places) != 1 or found.former or len(prefectures) != 1:
        return found
    if found.prefectures & prefectures:
        return found
    former = former_names().get(folded[found.low : found.high], ())
    return found._replace(former=tuple(p for p in former if not p.is_county and p.prefecture in prefectures))


def _is_list(folded: str, low: int, high: int) -> bool:
    gap = folded[low:high]
    return bool(gap) and _BETWEEN_ITEMS.fullmatch(gap.removesuffix("同")) is not None


def _stands_alone(folded: str, each: Found) -> bool:
    """Whether a prefecture is named for itself, and not as part of an organisation's name."""
    follows = folded[each.high : each.high + 20]
    if folded[: each.low].endswith(_COMPANY_BEFORE):
        return False
    return not (follows[:1] in ("立", "市", "区", "町", "村") or _ORGANISATION.match(follows))


def _prefecture_at(folded: str, position: int) -> Found | None:
    code, end = split_prefecture(folded, position)
    if code is None:
        return None
    between = _BEHIND_PREFECTURE.match(folded, end)
    behind = between.end() if between else end
    county = county_at(folded, behind)
    places, former, length = _longest(folded, behind, code)
    start = behind
    if county and length <= len(county):
        start = behind + len(county) + (folded[behind + len(county) : behind + len(county) + 1] == "ノ")
        places, former, length = _longest(folded, start, code)
        places, former = _of_county(places, former, county)
    if places or former:
        found = Found(position, start + length, places, former, code, county=county, explicit=True)
        return _checked(folded, found)
    return _stem_behind(folded, position, behind, code) or _unknown_behind(folded, position, end, code)


def _longest(folded: str, start: int, code: str | None) -> tuple[tuple[Place, ...], tuple[FormerPlace, ...], int]:
    """Return the places of today, or the former ones where their name is longer, that begin at ``start``."""
    body = folded[start : start + _LONGEST_NAME]
    names = place_names()
    places, length = longest_name(names.names, names.lengths, body, code)
    former, former_length = longest_name(former_names(), former_lengths(), body, code)
    former = [place for place in former if not place.is_county]
    if former and former_length > length:
        return (), tuple(former), former_length
    return tuple(places), (), length


def _of_county(
    places: Iterable[Place], former: Iterable[FormerPlace], county: str
) -> tuple[tuple[Place, ...], tuple[FormerPlace, ...]]:
    return (
        tuple(place for place in places if county in place.counties),
        tuple(place for place in former if county in place.counties),
    )


def _stem_behind(folded: str, position: int, behind: int, code: str) -> Found | None:
    index = place_names().stems
    for length in range(min(8, len(folded) - behind), 1, -1):
        places = [
            place
            for place in index.get(folded[behind : behind + length], ())
            if place.code[:2] == code and place.ward_code is None
        ]
        if len(places) == 1 and _ENDS_PHRASE.match(folded, behind + length):
            changes = ("市・町・村を補う",)
            return Found(position, behind + length, tuple(places), (), code, changes, explicit=True)
    return None


def _unknown_behind(folded: str, position: int, end: int, code: str) -> Found:
    name = _UNKNOWN_NAME.match(folded, end)
    if name is not None and not _ORGANISATION.match(folded, end):
        return Found(position, name.end(), prefecture=code, unknown=True)
    return Found(position, end, prefecture=code)


def _name_at(folded: str, position: int, before: list[Found]) -> Found | None:
    """Read a name without its prefecture; a 郡, 「同」 and a list carry one to it."""
    county = county_at(folded, position)
    if county:
        return _behind_county(folded, position, county)
    last = before[-1] if before else None
    places, former, length = _longest(folded, position, None)
    if not length or not _begins_here(folded, position, length, before):
        return None
    if last is not None and last.county and _is_list(folded, last.high, position):
        listed = _in_listed_county(folded, position, last.county)
        if listed is not None:
            return _checked(folded, listed)
    code = _prefecture_behind(folded, position + length)
    if code is not None:
        places, former, length = _longest(folded, position, code)
        found = Found(position, position + length, places, former, None, explicit=True)
        return _checked(folded, found) if length else None
    low, places, former, changes = _carried(folded, position, places, former, last)
    if _is_village_of_two(folded, position, length) and low == position:
        # 東村 is a surname more often than the village.
        return None
    found = Found(low, position + length, places, former, None, changes)
    return _former_at(folded, position, found) if former else _checked(folded, found)


def _is_village_of_two(folded: str, position: int, length: int) -> bool:
    return length == _SHORT_STEM and folded[position + 1] == "村"


def _prefecture_behind(folded: str, end: int) -> str | None:
    """Return the prefecture in parentheses behind a name: 小国町(熊本県阿蘇郡)."""
    behind = _PREFECTURE_BEHIND.match(folded, end)
    return PREFECTURE_NAMES[behind[1]] if behind else None


def _behind_county(folded: str, position: int, county: str) -> Found | None:
    start = position + len(county)
    start += folded[start : start + 1] == "ノ"
    places, former, length = _longest(folded, start, None)
    whole, _, whole_length = _longest(folded, position, None)
    if whole and position + whole_length > start:
        return _checked(folded, Found(position, position + whole_length, whole, county=county, explicit=True))
    places, former = _of_county(places, former, county)
    if not places and not former:
        return None
    return _checked(folded, Found(position, start + length, places, former, county=county, explicit=True))


def _in_listed_county(folded: str, position: int, county: str) -> Found | None:
    """Read a name in a list that began with a 郡: 北諸県郡の山之口町、高城町、山田町."""
    names = place_names()
    for length in range(min(_LONGEST_NAME, len(folded) - position), 1, -1):
        word = folded[position : position + length]
        places, former = _of_county(names.names.get(word, ()), former_names().get(word, ()), county)
        if places or former:
            changes = (f"並びから{county}",)
            former = () if places else former
            return Found(position, position + length, places, former, None, changes, county=county)
    return None


def _wards_of_city(folded: str, position: int, places: tuple[Place, ...], last: Found) -> tuple[Place, ...]:
    """Return the wards that 同市中央区 or 神戸市の中央区 means."""
    of_city = _SAME_CITY.search(folded, 0, position) or folded[last.high : position] == "ノ"
    if not of_city or len(last.places) != 1:
        return ()
    return tuple(place for place in places if place.ward_code and place.code == last.places[0].code)


def _carried(
    folded: str, position: int, places: tuple[Place, ...], former: tuple[FormerPlace, ...], last: Found | None
) -> tuple[int, tuple[Place, ...], tuple[FormerPlace, ...], tuple[str, ...]]:
    """Narrow namesakes by what 「同」, 「同市」 or a list carries.

    Returns
    -------
    tuple
        Where the name now begins, the places of today, the former ones, and what was done.
    """
    if last is None:
        return position, places, former, ()
    wards = _wards_of_city(folded, position, places, last)
    if wards:
        return position, wards, (), (f"{wards[0].name.removesuffix(wards[0].short)}の区",)
    code = last.prefecture or (last.places[0].code[:2] if len(last.places) == 1 else None)
    same = folded[position - 1 : position] == "同"
    if code is None or not (same or _is_list(folded, last.high, position)):
        return position, places, former, ()
    low = position - 1 if same else position
    inside = tuple(place for place in places if place.code[:2] == code)
    how = "「同」から" if same else "並びから"
    city = {place.code for place in last.places if place.ward_code}
    if len(inside) > 1 and city:
        # 名古屋市中区、東区: of the same city.
        inside = tuple(place for place in inside if place.code in city) or inside
    if inside and (same or len(inside) < len(places)):
        return low, inside, (), (f"{how}{PREFECTURES[code]}",)
    if not inside:
        word = folded[position : position + max((len(p.short) for p in places), default=0)]
        namesakes = tuple(p for p in former_names().get(word, ()) if not p.is_county and p.prefecture == code)
        if namesakes:
            # A list of a prefecture speaks for the place of before that lay there.
            return low, places, namesakes, ()
    return low, places, former, ()


def _former_at(folded: str, position: int, found: Found) -> Found | None:
    """Take a former name without its prefecture: certain behind 旧 or with its city, else if others speak for it."""
    if found.places:
        return _checked(folded, found)
    follows = folded[found.high : found.high + 3]
    with_city = all(
        place.name != place.short and folded[position : found.high] != fold_kanji(place.short) for place in found.former
    )
    if folded[position - 1 : position] in ("旧", "元") or with_city:
        return _checked(folded, found)
    if _CHIEF.match(follows):
        return _checked(folded, found._replace(chief=True))
    kind, stem = found.former[0].short[-1], len(found.former[0].short) - 1
    strong = len(found.former) == 1 and kind in "市村" and stem >= _SHORT_STEM
    if _OF_ITS_OWN.match(follows) or strong:
        return _checked(folded, found)
    if folded[position - 1 : position] == "ノ" and folded[position - 2 : position - 1] in ("市", "区"):
        # 豊橋市の賀茂町 is a part of the city.
        return None
    return _checked(folded, found._replace(weak=True))


def _begins_here(folded: str, position: int, length: int, before: list[Found]) -> bool:
    if before and before[-1].high == position and before[-1].named:
        # Behind a municipality without anything between stands a part of it: 七尾市藤橋町.
        return False
    previous = folded[position - 1 : position]
    if not previous or not _KANJI.match(previous):
        return True
    return length - 1 > _SHORT_STEM or previous in _MAY_PRECEDE or _SAME_CITY.search(folded, 0, position) is not None


def _checked(folded: str, found: Found) -> Found | None:
    """Leave out what only begins like a municipality: a longer word, an organisation."""
    follows = folded[found.high : found.high + 20]
    if _WORD_GOES_ON.match(folded, found.high) and found.prefecture is None:
        return None
    if found.prefecture is None and _TOWNS_AND_VILLAGES.match(folded, found.high):
        return None
    if _ORGANISATION.match(follows) or folded[: found.low].endswith(_COMPANY_BEFORE):
        return Found(found.low, found.high, organisation=True)
    return found
