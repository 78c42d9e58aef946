"""Every municipality that is named in running text, with its span; nothing that only contains a name.

A name counts with its 市町村区 (or, without, right behind its prefecture at the end of a phrase). A prefecture is
carried to the names behind it by 「同」, by a list, and by a full mention of the same name elsewhere in the text.
Companies, universities and the like that begin with a municipality's name are not mentions of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from geo.codes import PREFECTURES, normalize_prefecture
from geo.line_names import Found, Line, fold_line, names_in
from geo.mergers import FormerPlace, former_names
from geo.name_folding import fold_kanji
from geo.place_names import Place, place_names

if TYPE_CHECKING:
    from geo.resolution import Status

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|.|\n)?", re.DOTALL)


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


def scan(text: str, *, prefecture: str | None = None) -> list[Mention]:
    """Return every place that a text names, in order.

    Parameters
    ----------
    text
        Running text of any length.
    prefecture
        The prefecture that the text is about. It binds where a name without any other sign is, or was, one of its
        municipalities; a name that it never had is read as the one elsewhere.

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
    found = [(line, each) for line in _lines(text) for each in names_in(line, hint)]
    known = _Known(found)
    mentions = []
    for line, each in found:
        if each.chief and not known.named_otherwise(each):
            # 中村市長 is a mayor named 中村 as well as the mayor of 中村市.
            continue
        mentions.append(_mention(text, line, each, known, hint))
    return mentions


def _lines(text: str) -> list[Line]:
    lines = []
    offset = 0
    number = 0
    while offset < len(text):
        match = _LINE.match(text, offset)
        end = match.end() if match and match.end() > offset else len(text)
        number += 1
        lines.append(fold_line(text[offset:end], number, offset))
        offset = end
    return lines


class _Known:
    """What the whole text tells of its names."""

    def __init__(self, found: list[tuple[Line, Found]]) -> None:
        self._explicit: dict[str, list[tuple[tuple[int, int], int, str]]] = {}
        self._former: dict[str, int] = {}
        for line, each in found:
            if len(each.places) == 1:
                where = _sentence(line, each)
                self._explicit.setdefault(each.places[0].short, []).append((where, each.low, each.places[0].own_code))
            if each.former and not each.chief:
                self._former[each.former[0].short] = 1

    def named_otherwise(self, each: Found) -> bool:
        """Whether a former name stands elsewhere in the text without 長 behind it."""
        return bool(each.former) and each.former[0].short in self._former

    def code_of(self, short: str, line: Line, each: Found) -> str | None:
        """Return the one code that the text gives a name elsewhere.

        A full name that follows in the same sentence tells nothing: 府中市は、広島県府中市とは別に.
        """
        here = _sentence(line, each)
        codes = {code for where, low, code in self._explicit.get(short, ()) if where != here or low < each.low}
        everywhere = {code for _, _, code in self._explicit.get(short, ())}
        return codes.pop() if len(codes) == 1 and len(everywhere) == 1 else None


def _sentence(line: Line, each: Found) -> tuple[int, int]:
    return line.number, line.folded.count("。", 0, each.low)


def _mention(text: str, line: Line, found: Found, known: _Known, hint: str | None) -> Mention:
    start = line.offset + line.starts[found.low]
    end = line.offset + line.ends[found.high - 1]
    base = Mention(start, end, line.number, line.starts[found.low] + 1, text[start:end], "prefecture")
    if found.unknown:
        return base._replace(status="unknown", prefecture=found.prefecture)
    if not found.named:
        return base._replace(prefecture=found.prefecture)
    places, former, changes = _told_apart(line, found, known, hint)
    if len(places) == 1 and not former:
        place = places[0]
        return base._replace(
            status="resolved", code=place.code, ward_code=place.ward_code, prefecture=place.code[:2], changes=changes
        )
    if places:
        codes = [place.own_code for place in places] + [code for place in former for code in place.successors]
        return base._replace(status="ambiguous", candidates=tuple(dict.fromkeys(codes)), changes=changes)
    return _former_mention(base, former, changes)


def _told_apart(
    line: Line, found: Found, known: _Known, hint: str | None
) -> tuple[tuple[Place, ...], tuple[FormerPlace, ...], tuple[str, ...]]:
    """Narrow namesakes, of today and of before, by the rest of the text and by the given prefecture."""
    places, former, changes = found.places, found.former, found.changes
    if found.explicit or (places and changes):
        return places, former, changes
    if len(places) > 1:
        code = known.code_of(places[0].short, line, found)
        kept = tuple(place for place in places if place.own_code == code)
        if kept:
            return kept, (), (*changes, f"同じ文書の{kept[0].full_name}から")
    if hint is None:
        return places, former, changes
    name = fold_kanji(places[0].short) if places else line.folded[found.low : found.high]
    inside = tuple(place for place in places if place.code[:2] == hint)
    before = tuple(each for each in former_names().get(name, ()) if each.prefecture == hint and not each.is_county)
    if inside and len(inside) < len(places):
        return inside, (), (*changes, f"{PREFECTURES[hint]}に限定")
    if before and not inside:
        return (), before, (*changes, f"{PREFECTURES[hint]}に限定")
    return places, former, changes


def _former_mention(base: Mention, former: tuple[FormerPlace, ...], changes: tuple[str, ...]) -> Mention:
    codes = tuple(dict.fromkeys(code for place in former for code in place.successors))
    places = place_names().places
    cities = {places[code].code for code in codes}
    changes = (*changes, *(place.describe() for place in former[:3]))
    if len(cities) == 1:
        code = cities.pop()
        ward = places[codes[0]].ward_code if len(codes) == 1 else None
        return base._replace(status="merged", code=code, ward_code=ward, prefecture=code[:2], changes=changes)
    status: Status = "merged" if len(former) == 1 else "ambiguous"
    return base._replace(status=status, candidates=codes, changes=changes)
