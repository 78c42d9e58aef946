"""What the other rows of a table tell of an ambiguous one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from geo.codes import PREFECTURES, possible_codes
from geo.doubts import grown_namesakes
from geo.mergers import former_codes, former_names
from geo.name_folding import fold_kanji, squeeze
from geo.name_reading import former_finding
from geo.place_names import place_names
from geo.resolution import PREFECTURE_ADDED, Candidate, Finding, Resolution
from geo.written_text import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNTIL_NUMBER = re.compile(r"[^0-9一二三四五六七八九十壱\-(]+")
LEAST = 3
"""So many certain rows, written differently, are needed before they say anything of the others; and so many
characters of a town's name."""


def narrow_by_table(results: list[Resolution]) -> list[Resolution]:
    """Narrow ambiguous rows when all certain rows agree on a prefecture, or on the city of their wards.

    One certain row that lies elsewhere is enough for nothing to be narrowed: the table is then of more than one
    prefecture, and says nothing. A name without prefecture that was another place's before is not certain, and is left
    open where the table speaks for that other one.
    """
    results = _by_length_of_codes(results)
    namesakes = {result.input: found for result in results if (found := _namesakes(result))}
    certain = {
        result.input: result
        for result in results
        if result.status in ("resolved", "merged") and result.code and result.input not in namesakes
    }
    if len(certain) < LEAST:
        return results
    table = _Table(certain.values())
    results = [table.doubted(result, namesakes.get(result.input, ())) for result in results]
    if len(table.prefectures) != 1:
        return results
    (prefecture,) = table.prefectures
    towns = _Towns(certain.values())
    cities = {result.code for result in certain.values()}
    city = next(iter(cities)) if len(cities) == 1 and all(each.ward_code for each in certain.values()) else None
    narrowed = (
        result if result.input in namesakes else _narrow(result, prefecture, city, len(certain)) for result in results
    )
    return [towns.place(result) or other for result, other in zip(results, narrowed, strict=True)]


class _Namesake(NamedTuple):
    """Another place, of before or (a village's town) of today, that a name may stand for."""

    prefecture: str
    code: str
    reason: str


def _namesakes(result: Resolution) -> tuple[_Namesake, ...]:
    """Return the other places that bore a name which is read as one place's without its prefecture."""
    if not result.code or PREFECTURE_ADDED not in result.changes or result.ward_code:
        return ()
    name = fold_kanji(squeeze(result.matched))
    former = [place for place in former_names().get(name, ()) if not place.is_county]
    found = [_Namesake(each.prefecture, code, each.describe()) for each in former for code in each.successors]
    # 協和村 in a table of 秋田県 is perhaps what became 協和町 there before 1970.
    found += [_Namesake(each.code[:2], each.code, each.reason) for each in grown_namesakes(name, result.code)]
    city = place_names().places
    return tuple(dict.fromkeys(each for each in found if city[each.code].code != result.code))


class _Table:
    """What the certain rows of a table tell: the prefectures in which they lie, and whether it is of before."""

    def __init__(self, certain: Iterable[Resolution]) -> None:
        rows = list(certain)
        self.prefectures = {row.code[:2] for row in rows if row.code}
        self.of_before = any(row.status == "merged" for row in rows)

    def doubted(self, result: Resolution, namesakes: tuple[_Namesake, ...]) -> Resolution:
        """Return a row as ambiguous when the table speaks for a former namesake as much as for the place of today."""
        others = [place for place in namesakes if place.prefecture in self.prefectures]
        if not others or result.code is None or (result.code[:2] in self.prefectures and not self.of_before):
            return result
        options = {place.code: Candidate(place.code, place.reason) for place in reversed(others)}
        options.setdefault(result.code, Candidate(result.code, "表のほかにある市区町村"))
        where = "・".join(dict.fromkeys(PREFECTURES[place.prefecture] for place in others))
        note = f"表のほかの行は{where}にあり、そこにも同じ名前の市町村がありました"
        finding = Finding("ambiguous", options=tuple(options.values()), changes=result.changes, note=note)
        return result._replace(finding=finding)


_CODE = re.compile(r"(\d{4,6})(?:\.0+)?")
_FIVE, _SIX = 5, 6


def _by_length_of_codes(results: list[Resolution]) -> list[Resolution]:
    """Tell codes of 5 digits from those of 6 that lost their leading zero, by the other codes of the column.

    A code of 4 digits is one of 5 without its zero, and one of 5 that begins with 0 is whole; a code of 6 digits is
    whole. Where every one of 5 digits is a code as it stands, and some are none with a zero before, they are of 5. A
    column in which both are said says nothing.
    """
    codes = [_CODE.fullmatch(squeeze(result.input[:LONGEST])) for result in results]
    numbers = {code[1] for code in codes if code}
    five = [number for number in numbers if len(number) == _FIVE]
    of_six = any(len(number) == _SIX for number in numbers)
    as_they_stand = all(_is_code(number) for number in five) and any(not _is_six(number) for number in five)
    of_five = any(len(number) < _FIVE or number.startswith("0") for number in numbers if len(number) < _SIX)
    if of_six == (of_five or as_they_stand):
        return results
    size = _SIX if of_six else _FIVE
    return [
        _of_length(result, code[1], size) if code and len(code[1]) == _FIVE and result.status == "ambiguous" else result
        for result, code in zip(results, codes, strict=True)
    ]


def _is_code(number: str) -> bool:
    return number in place_names().places or number in former_codes() or number.endswith("000")


def _is_six(number: str) -> bool:
    return f"0{number}"[:_FIVE] in possible_codes(number) and _is_code(f"0{number}"[:_FIVE])


def _of_length(result: Resolution, number: str, size: int) -> Resolution:
    code = number if size == _FIVE else number.zfill(_SIX)[:_FIVE]
    change = f"表のほかのコードが{size}桁なので、{size}桁のコードと読む"
    place = place_names().places.get(code)
    if place is not None:
        return result._replace(finding=Finding("resolved", place.code, place.ward_code, changes=(change,)))
    former = former_codes().get(code)
    return result._replace(finding=former_finding(list(former), (change,))) if former else result


class _Towns:
    """Names of 町 and their like that stand behind a municipality in certain rows: a row may begin with one."""

    def __init__(self, certain: Iterable[Resolution]) -> None:
        self._found: dict[str, dict[tuple[str | None, str | None], int]] = {}
        for result in certain:
            town = _town(result.rest)
            if town:
                counts = self._found.setdefault(town, {})
                counts[result.code, result.ward_code] = counts.get((result.code, result.ward_code), 0) + 1

    def place(self, result: Resolution) -> Resolution | None:
        """Return an unknown row as resolved when its 町 stands in one municipality only, in enough rows."""
        if result.status != "unknown" or result.finding.options:
            return None
        town = _town(result.input)
        counts = self._found.get(town, {})
        if not town or len(counts) != 1:
            return None
        (code, ward_code), rows = next(iter(counts.items()))
        if rows < LEAST or code is None:
            return None
        name = place_names().places[ward_code or code].full_name
        change = f"表のほかの{rows}行で「{town}」がすべて{name}にあるので、{name}とみなす"
        return Resolution(result.input, Finding("resolved", code, ward_code, changes=(change,)), 0)


def _town(text: str) -> str:
    """Return the name before the first number, when it is long enough to tell a place."""
    name = _UNTIL_NUMBER.match(fold_kanji(squeeze(text[:LONGEST])))
    return name[0] if name and len(name[0]) >= LEAST else ""


def _only_perhaps(result: Resolution, code: str) -> bool:
    """Whether a candidate is not known to have borne the village's name: a town that perhaps was one before 1970."""
    name = fold_kanji(squeeze(result.matched))
    bearers = former_names().get(name, ())
    if not name.endswith("村") or not bearers:
        return False
    today = place_names().names.get(name, ())
    return all(code not in each.successors for each in bearers) and all(code != each.own_code for each in today)


def _narrow(result: Resolution, prefecture: str, city: str | None, rows: int) -> Resolution:
    if result.status != "ambiguous" or result.finding.near is not None:
        return result
    places = place_names().places
    inside = [code for code in result.candidates if code[:2] == prefecture]
    where = PREFECTURES[prefecture]
    if city is not None and len(inside) > 1:
        inside = [code for code in inside if places[code].code == city]
        where = places[city].full_name
    if len(inside) != 1 or len(inside) == len(result.candidates) or _only_perhaps(result, inside[0]):
        return result
    place = places[inside[0]]
    change = f"表のほかの{rows}行がすべて{where}なので、{where}に限定"
    finding = Finding("resolved", place.code, place.ward_code, changes=(*result.changes, change))
    return Resolution(result.input, finding, result.end)
