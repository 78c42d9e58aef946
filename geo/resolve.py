"""A written name to exactly one municipality, or a named reason why not. Never a guess.

What is read: codes of 5 or 6 digits; names and addresses with or without 都道府県, 振興局 and 郡; wards of designated
cities; kana and rōmaji as the whole input; old and new kanji, ヶ/ケ/が, full and half width, NFD; names that are no
more, with what became of them. Every difference between what was written and what was matched is in ``changes``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from typing import TYPE_CHECKING

from geo.codes import PREFECTURES, normalize_prefecture, possible_codes, to_code6
from geo.counties import county_codes, northern_villages
from geo.mergers import former_codes, former_names
from geo.name_folding import fold_kanji
from geo.name_reading import former_finding, read_name, read_short_prefecture
from geo.name_start import Start, split_prefecture
from geo.official_writings import (
    ENDS_OF_LISTS,
    ENDS_OF_ORGANISATIONS,
    KEY,
    MARKS_OF_ADDRESSES,
    SHORT_KEY,
    another_name_may_follow,
    joins,
    official_writings,
)
from geo.organisations import begins_as_company, is_organisation, names_organisation
from geo.place_names import PREFECTURE_NAMES, place_names
from geo.resolution import Candidate, Finding, Resolution, Status, name_of, unique_candidates
from geo.several import beside_others
from geo.table_context import narrow_by_table
from geo.whole_names import read_whole
from geo.written_text import WrittenText, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = ["Candidate", "Finding", "Resolution", "Status", "resolve", "resolve_many"]

_REMARK_BEFORE = re.compile(r"[(\[〔【<《〈]([^)\]〕】>》〉]{1,8})[)\]〕】>》〉]")
_LONGEST_LEAD = 30
_LOST = "\ufffd"
# No municipality's name begins with one of these.
_MARK_OF_TIME = re.compile(r"(旧|元|現)[・:]?")
_NEW = tuple.__new__
_ENDS_OF_TOTALS = frozenset("計数均")
_TOTALS = re.compile(r"[^0-9]{0,20}(?:合計|小計|総計|総数|平均|(?<![会統])計)")
_NO_VALUE = frozenset({"", "nan", "none", "null", "<na>", "n/a", "-", "−", "―", "ー", "なし", "不明"})
_ORGANISATION_NOTE = "組織や施設の名前のようです。市区町村の名前ではありません"
_BETWEEN_PREFECTURE_AND_NAME = re.compile(r"[)\]〕】」』>・/_:;|\-ー]+")
_NAMES_A_PREFECTURE = re.compile("|".join(PREFECTURE_NAMES))
_WARD_FOLLOWS = re.compile(r"[^0-9市町村区丁番条・/(]{1,4}区(?![画域分間切])")
SPECIAL_WARDS = "13100"
"""特別区部: no municipality, and a row of every table of the census."""

_SIX_DIGITS = re.compile(r"\d{6}")


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
        findings, by_five, by_two = official_writings()
        for length in by_five.get(text[:KEY]) or by_two.get(text[:SHORT_KEY]) or ():
            finding = findings.get(text[:length])
            if finding is not None:
                if length < len(text):
                    follows, last = text[length], text[-1]
                    if (
                        (follows in finding.care and joins(text, length))
                        or last in ENDS_OF_ORGANISATIONS
                        or (follows in MARKS_OF_ADDRESSES and last in ENDS_OF_LISTS)
                        or another_name_may_follow(text, length)
                    ):
                        break
                # As Resolution(text, finding, length), without the detour over its own __new__.
                return _NEW(Resolution, (text, finding, length))
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
    texts = [value if isinstance(value, str) else "" if value is None else str(value) for value in values]
    distinct = dict.fromkeys(texts)
    if not one_table or not any("同" in text for text in distinct):
        results = [resolve(text, prefecture=prefecture, as_of=as_of) for text in distinct]
        known = dict(zip(distinct, narrow_by_table(results) if one_table else results, strict=True))
        return [known[text] for text in texts]
    keys: list[tuple[str, str | None]] = []
    found: dict[tuple[str, str | None], Resolution] = {}
    before: str | None = None
    for text in texts:
        # 「同」 takes the prefecture of the row before; any other row means the same wherever it stands.
        same = before if before and prefecture is None and text.lstrip().startswith("同") else None
        key = (text, same)
        result = found.get(key)
        if result is None:
            result = found[key] = resolve(text, prefecture=same or prefecture, as_of=as_of)
        before = result.prefecture or before
        keys.append(key)
    narrowed = dict(zip(found, narrow_by_table(list(found.values())), strict=True))
    return [narrowed[key] for key in keys]


def _resolve_carefully(text: WrittenText) -> Resolution:
    if text.plain.casefold() in _NO_VALUE:
        return text.result(Finding("not_a_place", note="空欄です"), 0)
    number = text.plain.strip("'\"=")
    codes = possible_codes(number)
    if codes or number.isdigit():
        return _from_code(text, codes)
    if begins_as_company(text.plain):
        return text.result(Finding("not_a_place", note=_ORGANISATION_NOTE), 0)
    if text.plain[-1] in _ENDS_OF_TOTALS and _TOTALS.fullmatch(text.plain):
        return text.result(Finding("not_a_place", note="合計などの行です"), 0)
    start = _behind_lead(text.plain, text.folded)
    result = _in_its_words(text, _from_text(text, _behind_marks(text, start)))
    return _checked_with_code(text, text.plain[: start.length], result) if start.length else result


def _behind_lead(plain: str, folded: str) -> Start:
    """Skip what stands before a name and is none: numbers, marks, pictures, a remark such as (再掲)."""
    end = 0
    former = False
    while end < min(len(plain), _LONGEST_LEAD):
        remark = _REMARK_BEFORE.match(plain, end)
        if remark is not None and not _is_place(fold_kanji(remark[1])):
            end = remark.end()
            former = former or remark[1].startswith("旧")
        elif unicodedata.category(folded[end])[0] in "LM" and plain[end] != _LOST:
            break
        else:
            end += 1
    if plain[end:].startswith(_LOST) or (end and plain[end - 1] == _LOST):
        # A character that a conversion lost belongs to the name.
        end = len(plain[:end].rstrip(_LOST))
    changes = (f"先頭の「{plain[:end][:12]}」を除いて読む",) if end else ()
    return Start(end, None, changes, former_first=former)


def _is_place(folded: str) -> bool:
    """Whether a remark before a name is a place itself: (東京都)府中市, but not (政令市)横浜市."""
    return folded in PREFECTURE_NAMES or folded in place_names().names or folded in former_names()


def _behind_marks(text: WrittenText, start: Start) -> Start:
    """Read 旧 and 元 (a former name is meant), 現 and 同 (the prefecture before) at the beginning."""
    mark = _MARK_OF_TIME.match(text.plain, start.length)
    if mark is not None:
        changes = (*start.changes, f"「{mark[1]}」を除いて読む")
        return start._replace(length=mark.end(), former_first=mark[1] != "現", changes=changes)
    if text.plain[start.length : start.length + 1] == "同":
        known = f"「同」を{PREFECTURES[text.hint]}と読む" if text.hint else "「同」を除いて読む（前の都道府県は不明）"
        return start._replace(length=start.length + 1, inside=text.hint, changes=(*start.changes, known))
    return start


def _from_text(text: WrittenText, start: Start) -> Resolution:
    inside, end = split_prefecture(text.folded, start.length)
    if inside is not None:
        between = _BETWEEN_PREFECTURE_AND_NAME.match(text.plain, end)
        start = start._replace(length=between.end() if between else end, inside=inside)
        if _MARK_OF_TIME.match(text.plain, start.length):
            start = _behind_marks(text, start)
    elif start.inside is None and text.hint is not None and not _NAMES_A_PREFECTURE.search(text.folded):
        start = start._replace(inside=text.hint, given=True)
    found = read_name(text, start) or read_short_prefecture(text, start) or read_whole(text, start)
    return found or _unmatched(text, start)


def _in_its_words(text: WrittenText, result: Resolution) -> Resolution:
    """Look at what follows the name: an organisation's name, an unknown ward, more municipalities."""
    if result.status in ("prefecture", "not_a_place"):
        return result
    rest = text.folded[_length_of(text, result) :]
    if result.end and names_organisation(rest, with_prefecture=bool(_NAMES_A_PREFECTURE.match(text.folded))):
        own = result.ward_code or result.code
        options = (Candidate(own, "名前の初めにある"),) if own else result.finding.options
        return text.result(Finding("not_a_place", options=options, note=_ORGANISATION_NOTE), 0)
    if not (result.code or result.status == "ambiguous"):
        return result
    if result.code in place_names().designated and result.ward_code is None and _WARD_FOLLOWS.match(rest):
        return _unknown_ward(text, result, rest)
    finding = beside_others(result)
    return result if finding is None else result._replace(finding=finding)


def _length_of(text: WrittenText, result: Resolution) -> int:
    """Return how many squeezed characters a result has matched."""
    return bisect_left(text.ends, result.end) + 1 if result.end else 0


def _unknown_ward(text: WrittenText, result: Resolution, rest: str) -> Resolution:
    """札幌市比区 is not simply 札幌市: a ward is written that the city has not."""
    written = _WARD_FOLLOWS.match(rest)
    wards = [place for place in place_names().places.values() if place.code == result.code and place.ward_code]
    wards.sort(key=lambda ward: -len({*ward.short} & {*rest[: len(ward.short)]}))
    options = tuple(Candidate(place.own_code, "市の区") for place in wards)
    note = f"{wards[0].name.removesuffix(wards[0].short)}に「{written[0] if written else ''}」という区はありません"
    return text.result(Finding("ambiguous", options=options, changes=result.changes, note=note), 0)


def _unmatched(text: WrittenText, start: Start) -> Resolution:
    body = text.plain[start.length :]
    if is_organisation(text.folded):
        return text.result(Finding("not_a_place", note=_ORGANISATION_NOTE), 0)
    if start.inside is None:
        return text.result(Finding("unknown", near=(body, text.hint)), 0)
    elsewhere = read_name(text._replace(hint=None), start._replace(inside=None, given=False))
    options = elsewhere.options if elsewhere else ()
    if elsewhere and elsewhere.code:
        options = (Candidate(elsewhere.ward_code or elsewhere.code, ""),)
    options = tuple(option._replace(reason="書かれた都道府県と違う") for option in options)
    note = f"{PREFECTURES[start.inside]}に、当たる市区町村がありません"
    return text.result(Finding("unknown", options=options, note=note, near=(body, start.inside)), start.length)


def _from_code(text: WrittenText, codes: tuple[str, ...]) -> Resolution:
    """Read a number: what it may stand for today and before, in the known prefecture only."""
    whole = len(text.plain)
    names = place_names()
    inside = [code for code in codes if text.hint in (None, code[:2])]
    found = [names.places[code] for code in inside if code in names.places]
    # A code of today as it stands comes before one of long ago that lost its zero.
    whole_today = bool(inside) and inside[0] in names.places
    former = [
        place
        for code in (inside[:1] if whole_today or found else inside)
        if code not in names.places
        for place in former_codes().get(code, ())
    ]
    finding = former_finding(former, ("コードを読む",)) if former else None
    if len(found) == 1 and (finding is None or finding.code == found[0].code):
        return text.result(Finding("resolved", found[0].code, found[0].ward_code, changes=("コードを読む",)), whole)
    if found:
        options = [Candidate(place.own_code, "コード") for place in found]
        options += [Candidate(code, f"今はない：{each.describe()}") for each in former for code in each.successors]
        note = "5桁のコードとも、先頭の0が落ちた6桁のコードとも読めます"
        return text.result(Finding("ambiguous", options=unique_candidates(options), note=note), whole)
    if finding is not None:
        return text.result(finding, whole)
    return text.result(_no_such_code(text, codes), 0)


def _area_of_code(code: str) -> str:
    """Say what a code is that stands for more than one municipality."""
    if code == SPECIAL_WARDS:
        return "東京都の特別区部（23区の合計）のコードです。市区町村ではありません"
    county = "" if code.endswith("000") else county_codes()[code]
    return f"{PREFECTURES[code[:2]]}{county}のコードです。市区町村ではありません"


def _no_such_code(text: WrittenText, codes: tuple[str, ...]) -> Finding:
    """Say what a number is that is no municipality's code."""
    places = place_names().places
    elsewhere = [code for code in codes if code in places]
    if elsewhere:
        options = tuple(Candidate(code, "都道府県が違う") for code in elsewhere)
        return Finding("unknown", options=options, note="指定された都道府県のコードではありません")
    for code in codes:
        if code.endswith("000") or code == SPECIAL_WARDS or code in county_codes():
            return Finding("prefecture", note=_area_of_code(code), prefecture=code[:2])
    village = next((village for village in northern_villages() if village.code in codes), None)
    if village is not None:
        return Finding("unknown", note=f"北方領土の{village.full_name}です。1,741市区町村には数えません")
    meant = text.plain[:5] if _SIX_DIGITS.fullmatch(text.plain) else ""
    if meant in places:
        note = f"検査数字（6桁目）が合いません。おそらく {to_code6(meant)}（{name_of(meant)}）"
        return Finding("unknown", options=(Candidate(meant, "検査数字のほかは同じ"),), note=note)
    return Finding("unknown", note="今の市区町村にも、1970年からの旧市町村にもないコードです")


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
