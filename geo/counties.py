"""郡: which one a municipality belongs to or belonged to, told by its code.

JIS X 0402 numbers a prefecture's towns and villages in rows of 20 from 300, one row for each 郡, so that the code of a
former town tells its 郡. 北海道 (rows for 振興局) and 対馬 are told code by code (``former_counties.csv``).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from geo.codes import PREFECTURES
from geo.gazetteer_rows import gazetteer_rows
from geo.name_folding import fold_kanji

ROW = 20
FIRST_OF_TOWNS = 300


class NorthernVillage(NamedTuple):
    """A village of the Northern Territories: it has a code, and is not among the 1,741."""

    code: str
    county: str
    name: str

    @property
    def full_name(self) -> str:
        """Prefecture, 郡 and name."""
        return PREFECTURES[self.code[:2]] + self.county + self.name


@cache
def _by_code() -> dict[str, frozenset[str]]:
    """Return codes, and first codes of rows, to folded 郡."""
    found: dict[str, set[str]] = {}
    for row in gazetteer_rows("municipalities.csv"):
        if row["county"]:
            county = fold_kanji(row["county"])
            found.setdefault(row["code"], set()).add(county)
            if row["code"][:2] != "01":
                found.setdefault(_row_of(row["code"]), set()).add(county)
    for row in gazetteer_rows("mergers.csv"):
        if row["old_name"].endswith("郡"):
            found.setdefault(row["old_code"], set()).add(fold_kanji(row["old_name"]))
    for row in gazetteer_rows("former_counties.csv"):
        for number in range(int(row["first_code"]), int(row["last_code"]) + 1):
            found.setdefault(f"{number:05}", set()).add(fold_kanji(row["county"]))
    return {code: frozenset(counties) for code, counties in found.items()}


def _row_of(code: str) -> str:
    number = int(code)
    return f"{number - number % ROW:05}"


def counties_of(code: str) -> frozenset[str]:
    """Return the 郡, folded, that a municipality of this code belongs or belonged to; empty for cities.

    Examples
    --------
    >>> sorted(counties_of("01346")), counties_of("24541") == {"北牟婁郡"}, counties_of("01207")
    (['二海郡', '山越郡'], True, frozenset())
    """
    known = _by_code()
    if code in known:
        return known[code]
    return known.get(_row_of(code), frozenset()) if int(code[2:]) >= FIRST_OF_TOWNS else frozenset()


@cache
def county_prefectures() -> dict[str, frozenset[str]]:
    """Return folded 郡 to the prefectures (2 digits) that have or had one of that name.

    Examples
    --------
    >>> sorted(county_prefectures()["石川郡"])
    ['07', '17']
    """
    found: dict[str, set[str]] = {}
    for code, counties in _by_code().items():
        for county in counties:
            found.setdefault(county, set()).add(code[:2])
    for village in northern_villages():
        found.setdefault(fold_kanji(village.county), set()).add(village.code[:2])
    return {county: frozenset(codes) for county, codes in found.items()}


@cache
def county_codes() -> dict[str, str]:
    """Return the codes of 郡 (the first of their rows) to their folded names.

    Examples
    --------
    >>> county_codes()["10440"]
    '利根郡'
    """
    return {
        code: "・".join(sorted(counties))
        for code, counties in _by_code().items()
        if int(code) % ROW == 0 and int(code[2:]) >= FIRST_OF_TOWNS
    }


@cache
def northern_villages() -> tuple[NorthernVillage, ...]:
    """Return the six villages of the Northern Territories.

    Examples
    --------
    >>> northern_villages()[1].full_name
    '北海道国後郡泊村'
    """
    return tuple(NorthernVillage(**row) for row in gazetteer_rows("northern_villages.csv"))
