"""What the other rows of a table tell of an ambiguous one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.codes import PREFECTURES
from geo.name_folding import fold_kanji, squeeze
from geo.place_names import place_names
from geo.resolution import Finding, Resolution
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
    prefecture, and says nothing.
    """
    results = _by_length_of_codes(results)
    certain = {result.input: result for result in results if result.status == "resolved" and result.code}
    prefectures = {result.code[:2] for result in certain.values() if result.code}
    if len(certain) < LEAST or len(prefectures) != 1:
        return results
    prefecture = prefectures.pop()
    towns = _Towns(certain.values())
    cities = {result.code for result in certain.values()}
    city = next(iter(cities)) if len(cities) == 1 and all(each.ward_code for each in certain.values()) else None
    return [towns.place(result) or _narrow(result, prefecture, city, len(certain)) for result in results]


_CODE = re.compile(r"(\d{4,6})(?:\.0+)?")
_FIVE, _SIX = 5, 6


def _by_length_of_codes(results: list[Resolution]) -> list[Resolution]:
    """Tell codes of 5 digits from those of 6 that lost their leading zero, by the other codes of the column.

    A code of 4 digits is one of 5 without its zero; a code of 6 digits is whole. A column that has both says nothing.
    """
    codes = [_CODE.fullmatch(squeeze(result.input[:LONGEST])) for result in results]
    lengths = {len(code[1]) for code in codes if code}
    if (_FIVE - 1 in lengths) == (_SIX in lengths):
        return results
    size = _SIX if _SIX in lengths else _FIVE
    return [
        _of_length(result, code[1], size) if code and len(code[1]) == _FIVE and result.status == "ambiguous" else result
        for result, code in zip(results, codes, strict=True)
    ]


def _of_length(result: Resolution, number: str, size: int) -> Resolution:
    code = number if size == _FIVE else number.zfill(_SIX)[:_FIVE]
    if code not in result.candidates:
        return result
    place = place_names().places[code]
    change = f"表のほかのコードが{size}桁なので、{size}桁のコードと読む"
    return result._replace(finding=Finding("resolved", place.code, place.ward_code, changes=(change,)))


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


def _narrow(result: Resolution, prefecture: str, city: str | None, rows: int) -> Resolution:
    if result.status != "ambiguous" or result.finding.near is not None:
        return result
    places = place_names().places
    inside = [code for code in result.candidates if code[:2] == prefecture]
    where = PREFECTURES[prefecture]
    if city is not None and len(inside) > 1:
        inside = [code for code in inside if places[code].code == city]
        where = places[city].full_name
    if len(inside) != 1 or len(inside) == len(result.candidates):
        return result
    place = places[inside[0]]
    change = f"表のほかの{rows}行がすべて{where}なので、{where}に限定"
    finding = Finding("resolved", place.code, place.ward_code, changes=(*result.changes, change))
    return Resolution(result.input, finding, result.end)
