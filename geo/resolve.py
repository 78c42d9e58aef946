"""A written name to exactly one municipality, or a named reason why not. Never a guess.

What is read: codes of 5 or 6 digits; names and addresses with or without 都道府県, 振興局 and 郡; wards of designated
cities; kana and rōmaji as the whole input; old and new kanji, ヶ/ケ/が, full and half width, NFD; names that are no
more, with what became of them. Every difference between what was written and what was matched is in ``changes``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geo.codes import PREFECTURES, normalize_prefecture, possible_codes
from geo.mergers import FormerPlace, former_names
from geo.name_reading import Start, former_finding, read_name, read_short_prefecture, split_prefecture
from geo.place_names import PREFECTURE_SHORT, Place, place_names
from geo.resolution import Candidate, Finding, Resolution, Status
from geo.table_context import narrow_by_table
from geo.whole_names import read_whole
from geo.written_text import WrittenText, read_text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from datetime import date

__all__ = ["Candidate", "Finding", "Resolution", "Status", "resolve", "resolve_many"]

_LEAD = re.compile(r"[\d\-.()〒・●○■□◆◇▶►※★☆:;#\"'「『【\[<*]+")
_NO_VALUE = frozenset({"", "nan", "none", "null", "<na>", "n/a", "-", "−", "―", "ー", "なし", "不明"})
_ORGANISATION = re.compile(
    r"(?:大学|大学院|短大|高校|学校|株式会社|有限会社|合同会社|\(株\)|\(有\)|銀行|信用金庫|信用組合|農協|駅|空港|"
    r"ホールディングス|新聞社?|テレビ|放送|研究所|研究会|協会|協議会|組合|財団|法人|病院|システムズ|ジャパン)$"
)
_VARIATION_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_WORD_GOES_ON = frozenset("市町村区場域\u3099\u309a\ufffd、・,，･/／&＆＋+と及並") | _VARIATION_SELECTORS
_AND = re.compile(r"\s*(?:[、・,，･/／&＆＋+]|と|及び|および|並びに)\s*")
_NUMBERS = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十丁番")
_PARENTHESIS = frozenset("(（〔[［")
_CARE_WITHOUT_PREFECTURE = _WORD_GOES_ON | _PARENTHESIS
_CARE_OF_TOWNS = _CARE_WITHOUT_PREFECTURE | _NUMBERS
_CARE_OF_NAMESAKES = _CARE_OF_TOWNS
_PREFECTURE_ADDED = ("都道府県を補完",)
_KEY = 5
_SHORT_KEY = 2


class _Anything:
    """Every character, but not the end of the text."""

    def __contains__(self, character: object) -> bool:
        return character != ""


_ANYTHING = _Anything()


class _Heads(NamedTuple):
    """Official writings, for the beginning of a text as it stands: no folding, one or two look-ups.

    ``findings`` holds the writings; ``by_five`` and ``by_two`` tell, for the first characters of a text, which
    lengths of writings are possible, the longest first.
    """

    findings: dict[str, Finding]
    by_five: dict[str, tuple[int, ...]]
    by_two: dict[str, tuple[int, ...]]


@cache
def _heads() -> _Heads:
    index = place_names()
    findings = {writing: _official_finding(writing, places) for writing, places in index.official.items()}
    for writing, characters in _other_readings().items():
        finding = findings[writing]
        if isinstance(finding.care, frozenset):
            findings[writing] = finding._replace(care=finding.care | characters)
    lengths: dict[str, set[int]] = {}
    short: dict[str, set[int]] = {}
    for writing in findings:
        if len(writing) >= _KEY:
            lengths.setdefault(writing[:_KEY], set()).add(len(writing))
        else:
            short.setdefault(writing[:_SHORT_KEY], set()).add(len(writing))
    for key, known in lengths.items():
        known |= {size for size in short.get(key[:_SHORT_KEY], ()) if key[:size] in findings}
    return _Heads(
        findings,
        {key: tuple(sorted(known, reverse=True)) for key, known in lengths.items()},
        {key: tuple(sorted(known, reverse=True)) for key, known in short.items()},
    )


def _official_finding(writing: str, places: tuple[Place, ...]) -> Finding:
    place = places[0]
    if len(places) > 1:
        options = tuple([Candidate(each.own_code, "同じ名前") for each in places])
        return Finding(
            "ambiguous", options=options, note=f"同じ名前が{len(options)}か所にあります", care=_CARE_OF_NAMESAKES
        )
    whole = writing.startswith(PREFECTURES[place.code[:2]])
    changes = () if whole else _PREFECTURE_ADDED
    if place.ward_code and place.name not in writing:
        changes = ("市を補完", *changes)
    care: Container[str] = _WORD_GOES_ON if whole else _CARE_WITHOUT_PREFECTURE
    if place.ward_code is None and place.code in place_names().designated:
        # A ward may follow in another writing than the official one.
        care = _ANYTHING
    elif not whole and place.short[-1] in "町村" and writing == place.short:
        care = _CARE_OF_TOWNS
    return Finding("resolved", place.code, place.ward_code, (), changes, "", care)


def _other_readings() -> dict[str, frozenset[str]]:
    """Return official writings, and the characters behind them that allow a second reading.

    千葉市 before 川 is perhaps 千葉 + 市川市; 東村 before 山 is perhaps 東村山 without 市.
    """
    index = place_names()
    shorts = {code: short for short, code in PREFECTURE_SHORT.items()}
    found: dict[str, frozenset[str]] = {}
    for place in index.places.values():
        for before, name in ((shorts[place.code[:2]], place.short), ("", place.short[:-1])):
            for cut in range(1, len(name)):
                head = before + name[:cut]
                if head in index.official:
                    found[head] = found.get(head, frozenset()) | {name[cut]}
    return found


def resolve(text: object, *, prefecture: str | None = None, as_of: date | None = None) -> Resolution:
    """Return the one municipality that a text names at its beginning, or why there is not one.

    Parameters
    ----------
    text
        A name, an address, or a code; anything is read as text.
    prefecture
        Name or number of the prefecture in which a name without one is looked for. That it narrowed the answer
        is said in ``changes``; a prefecture written in the text itself comes first.
    as_of
        The day on which the text was written: namesakes are chosen among the names of that day.

    Returns
    -------
    Resolution
        Frozen. Codes are those of today, whatever the day of writing.

    Raises
    ------
    UnknownNameError
        When ``prefecture`` is none of the 47; never for ``text``.

    Examples
    --------
    >>> resolve("川場村").code, resolve("府中市").status, resolve("府中市", prefecture="広島県").code
    ('10444', 'ambiguous', '34208')
    >>> resolve("札幌市中央区北1条").ward_code, resolve("東京都市大学").status
    ('01101', 'not_a_place')
    >>> resolve("東京都田無市").explanation
    '東京都西東京市。今はない名前です。東京都田無市は2001-01-21 新設合併で西東京市に。'
    """
    if prefecture is None and as_of is None and type(text) is str:
        findings, by_five, by_two = _heads()
        for length in by_five.get(text[:_KEY]) or by_two.get(text[:_SHORT_KEY]) or ():
            finding = findings.get(text[:length])
            if finding is not None:
                if text[length : length + 1] in finding.care:
                    break
                return Resolution(text, finding, length)
    hint = None if prefecture is None else normalize_prefecture(prefecture)
    return _resolve_carefully(read_text(text, hint, as_of))


def resolve_many(
    values: Iterable[object], *, prefecture: str | None = None, as_of: date | None = None, one_table: bool = False
) -> list[Resolution]:
    """Resolve many values; the same value is resolved once.

    Parameters
    ----------
    values
        One result each, in order.
    prefecture, as_of
        As in ``resolve``.
    one_table
        The values are the rows of one table: 「同」 takes the prefecture of the row before, and when all rows that
        are certain lie in one prefecture (or one city, for wards), namesakes are narrowed to it, and say so.

    Examples
    --------
    >>> rows = ["左京区", "中京区", "伏見区", "北区"]
    >>> resolve_many(rows)[3].status, resolve_many(rows, one_table=True)[3].ward_code
    ('ambiguous', '26101')
    """
    known: dict[object, Resolution] = {}
    results = []
    before: str | None = None
    for value in values:
        key = value if isinstance(value, str) else str(value)
        if one_table and before and prefecture is None and key.lstrip().startswith("同"):
            result = resolve(value, prefecture=before, as_of=as_of)
        elif key in known:
            result = known[key]
        else:
            result = known[key] = resolve(value, prefecture=prefecture, as_of=as_of)
        if one_table:
            before = result.prefecture or before
        results.append(result)
    return narrow_by_table(results) if one_table else results


def _resolve_carefully(text: WrittenText) -> Resolution:
    if text.plain.casefold() in _NO_VALUE:
        return text.result(Finding("not_a_place", note="空欄です"), 0)
    codes = possible_codes(text.plain)
    if codes or text.plain.isdigit():
        return _from_code(text, codes)
    lead = _LEAD.match(text.plain)
    start = Start(0, None)
    if lead:
        start = Start(lead.end(), None, (f"先頭の「{lead[0][:12]}」を除いて読む",))
    result = _alone(text, _from_text(text, _behind_marks(text, start)))
    return _checked_with_code(text, lead[0], result) if lead else result


def _alone(text: WrittenText, result: Resolution) -> Resolution:
    """Leave open which is meant where two municipalities stand side by side, as in 帯広市・音更町."""
    follows = _AND.match(result.rest) if result.code else None
    if follows is None:
        return result
    more = read_text(result.rest[follows.end() :], None, None)
    inside, end = split_prefecture(more.folded)
    names = place_names()
    for length in range(min(names.longest, len(more.folded) - end), 1, -1):
        places = names.names.get(more.folded[end : end + length], ())
        found = [each for each in places if inside in (None, each.code[:2])]
        others = [each for each in found if each.code != result.code]
        if found and len(others) < len(found):
            return result
        if others:
            near = [each for each in others if each.code[:2] == result.prefecture] or others
            first = Candidate(result.ward_code or result.code or "", "初めに書かれた名前")
            options = (first, *(Candidate(each.own_code, "並べて書かれた名前") for each in near))
            return text.result(Finding("ambiguous", options=options, note="市区町村がいくつか並んでいます"), 0)
    return result


def _behind_marks(text: WrittenText, start: Start) -> Start:
    """Read 旧 (a former name is meant) and 同 (the prefecture before) at the beginning."""
    mark = text.plain[start.length : start.length + 1]
    if mark == "旧":
        changes = (*start.changes, "「旧」を除いて読む")
        return start._replace(length=start.length + 1, former_first=True, changes=changes)
    if mark == "同":
        known = f"「同」を{PREFECTURES[text.hint]}と読む" if text.hint else "「同」を除いて読む（前の都道府県は不明）"
        return start._replace(length=start.length + 1, inside=text.hint, changes=(*start.changes, known))
    return start


def _from_text(text: WrittenText, start: Start) -> Resolution:
    inside, end = split_prefecture(text.folded, start.length)
    if inside is not None:
        start = start._replace(length=end, inside=inside)
        if text.plain[end : end + 1] == "旧":
            start = _behind_marks(text, start)
    found = read_name(text, start) or read_short_prefecture(text, start) or read_whole(text, start)
    return found or _unmatched(text, start)


def _unmatched(text: WrittenText, start: Start) -> Resolution:
    body = text.plain[start.length :]
    if _ORGANISATION.search(text.plain):
        return text.result(Finding("not_a_place", note="組織や施設の名前のようです。市区町村の名前ではありません"), 0)
    if start.inside is None:
        return text.result(Finding("unknown", near=(body, text.hint)), 0)
    elsewhere = read_name(text, start._replace(inside=None))
    options = elsewhere.options if elsewhere else ()
    if elsewhere and elsewhere.code:
        options = (Candidate(elsewhere.ward_code or elsewhere.code, ""),)
    options = tuple(option._replace(reason="書かれた都道府県と違う") for option in options)
    note = f"{PREFECTURES[start.inside]}に、当たる市区町村がありません"
    return text.result(Finding("unknown", options=options, note=note, near=(body, start.inside)), start.length)


def _from_code(text: WrittenText, codes: tuple[str, ...]) -> Resolution:
    places = place_names().places
    found = [places[code] for code in codes if code in places]
    whole = len(text.plain)
    if len(found) == 1:
        return text.result(Finding("resolved", found[0].code, found[0].ward_code, changes=("コードを読む",)), whole)
    if found:
        options = tuple(Candidate(place.own_code, "コード") for place in found)
        note = "5桁のコードとも、先頭の0が落ちた6桁のコードとも読めます"
        return text.result(Finding("ambiguous", options=options, note=note), whole)
    for code in codes:
        if code.endswith("000"):
            note = f"{PREFECTURES[code[:2]]}のコードです。市区町村ではありません"
            return text.result(Finding("prefecture", note=note, prefecture=code[:2]), whole)
    former = _former_codes()
    for code in codes:
        if code in former:
            return text.result(former_finding(list(former[code]), ("コードを読む",)), whole)
    return text.result(Finding("unknown", note="今の市区町村にも、1970年からの旧市町村にもないコードです"), 0)


@cache
def _former_codes() -> dict[str, tuple[FormerPlace, ...]]:
    index: dict[str, tuple[FormerPlace, ...]] = {}
    for places in former_names().values():
        for place in places:
            if not place.is_county and place not in index.get(place.code, ()):
                index[place.code] = (*index.get(place.code, ()), place)
    return index


def _checked_with_code(text: WrittenText, lead: str, result: Resolution) -> Resolution:
    """Compare a name with the code written before it, as in "012076 帯広市"."""
    places = place_names().places
    number = lead.strip("-.():;")
    coded = [places[code] for code in possible_codes(number) if code in places]
    if not coded or result.code is None or text.plain[len(lead) : len(lead) + 1] not in text.plain:
        return result
    if result.code in {place.code for place in coded}:
        return result
    own = Candidate(result.ward_code or result.code, "書かれた名前")
    options = (own, *(Candidate(place.own_code, "書かれたコード") for place in coded))
    return text.result(Finding("ambiguous", options=options, note="コードと名前が合いません"), 0)
