"""Abolished and renamed municipalities: what they became, when, and by which kind of change.

Source: e-Stat 統計LOD 廃置分合, 1970-2024, and what happened under one code, which that list does not hold: changes of
name and from village to town (``reviewed_changes.csv``); both in ``data/gazetteer/mergers.csv``.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

from geo.codes import PREFECTURES
from geo.counties import counties_of, county_codes
from geo.gazetteer_rows import gazetteer_rows
from geo.name_folding import fold_kanji
from geo.place_names import lengths_by_beginning, place_names

KINDS: dict[str, str] = {
    "absorption": "編入",
    "establishmentOfNewMunicipalityByMerging": "新設合併",
    "changesToCity": "市制施行",
    "changesToTown": "町制施行",
    "changesOfNames": "名称変更",
    "shiftToDesignatedCity": "政令指定都市移行",
    "divisionIntoSeveralMunicipalities": "分割",
    "reorganizationOfWards": "区の再編",
    "changesOfBoundariesOfDistrict": "郡の区域変更",
    "abolishmentOfDistrict": "郡の廃止",
}
"""The list's reasons, in Japanese."""

_NAMING = frozenset(KINDS) - {"absorption", "abolishmentOfDistrict"}
_FOUNDING = _NAMING - {"changesToTown"}
FIRST_DAY = date(1970, 1, 1)
"""The list begins in this year: what was named otherwise before, it does not know."""


class Change(NamedTuple):
    """One dated step from an old place to a new one.

    ``successors`` are the codes of today (of wards where the new place was a ward), every later change followed.
    """

    date: date
    kind: str
    old_code: str
    old_name: str
    new_code: str
    new_name: str
    successors: tuple[str, ...]

    @property
    def description(self) -> str:
        """One step, such as "2001-01-21 新設合併で西東京市に"."""
        return f"{self.date.isoformat()} {KINDS[self.kind]}で{self.new_name}に"


class FormerPlace(NamedTuple):
    """A municipality, ward or 郡 that is no more under its code and name.

    ``name`` is the full name: that of a ward begins with its city's.
    """

    code: str
    name: str
    short: str
    changes: tuple[Change, ...]

    @property
    def prefecture(self) -> str:
        """2-digit code of the prefecture at the time."""
        return self.code[:2]

    @property
    def full_name(self) -> str:
        """Prefecture at the time, and name."""
        return PREFECTURES[self.prefecture] + self.name

    @property
    def counties(self) -> frozenset[str]:
        """The 郡 that it belonged to, folded; empty for a city or ward."""
        return frozenset() if self.short.endswith(("市", "区")) else counties_of(self.code)

    @property
    def is_county(self) -> bool:
        """Whether it was a 郡 or a 支庁: no municipality, but the name of several."""
        return not self.name.endswith(("市", "町", "村", "区"))

    @property
    def ended(self) -> date:
        """The day from which it is no more."""
        return self.changes[0].date

    @property
    def successors(self) -> tuple[str, ...]:
        """Own codes of the places of today."""
        return tuple(dict.fromkeys(code for change in self.changes for code in change.successors))

    def existed(self, day: date) -> bool:
        """Whether the name was in use on a day, as far as the list reaches back (1970)."""
        named = named_since(self.code, self.short)
        return day < self.ended and (named is None or named <= day)

    def describe(self) -> str:
        """Return the whole way to today in one phrase, with dates and kinds.

        Examples
        --------
        >>> former_names()["田無市"][0].describe()
        '東京都田無市は2001-01-21 新設合併で西東京市に'
        >>> former_names()["浦和市"][0].describe()
        '埼玉県浦和市は2001-05-01 新設合併でさいたま市に、2003-04-01 政令指定都市移行でさいたま市に'
        """
        return f"{self.full_name}は" + "、".join(change.description for change in self.steps())

    def steps(self) -> tuple[Change, ...]:
        """Return its own changes and those of the places that it became, in order of date."""
        steps: list[Change] = []
        waiting = list(self.changes)
        while waiting:
            change = waiting.pop(0)
            if change in steps:
                continue
            steps.append(change)
            later = [each for each in _by_old().get((change.new_code, change.new_name), ()) if each.date >= change.date]
            waiting += [each for each in later if each.new_code != each.old_code or each.new_name != each.old_name]
        return tuple(sorted(steps))


@cache
def _listed() -> tuple[Change, ...]:
    return tuple(
        Change(
            date.fromisoformat(row["date"]),
            row["kind"],
            row["old_code"],
            row["old_name"],
            row["new_code"],
            row["new_name"],
            tuple(row["successors"].split(";")),
        )
        for row in gazetteer_rows("mergers.csv")
    )


@cache
def changes() -> tuple[Change, ...]:
    """Return every change from one place to another, by date.

    Raises
    ------
    DataError
        When the table is missing.
    """
    return tuple(each for each in _listed() if (each.old_code, each.old_name) != (each.new_code, each.new_name))


@cache
def _by_old() -> dict[tuple[str, str], tuple[Change, ...]]:
    groups: dict[tuple[str, str], list[Change]] = {}
    for change in changes():
        groups.setdefault((change.old_code, change.old_name), []).append(change)
    return {key: tuple(group) for key, group in groups.items()}


@cache
def _founded() -> dict[tuple[str, str], date]:
    # A later founding under the same code and name (栃木市 2010) is the one that counts today.
    return {(each.new_code, each.new_name): each.date for each in changes() if each.kind in _FOUNDING}


@cache
def _named() -> dict[tuple[str, str], date]:
    # One that had the name before hands it on, with its age: founded anew, another code, another 郡.
    heirs = {(each.new_code, each.new_name, each.date): each for each in _listed() if each.old_name == each.new_name}
    days: dict[tuple[str, str], date] = {}
    for each in _listed():
        if each.kind not in _NAMING:
            continue
        key = each.new_code, each.new_name
        heir = heirs.get((*key, each.date))
        named = each.date if heir is None else days.get((heir.old_code, heir.old_name))
        if named is not None:
            days[key] = named
        else:
            days.pop(key, None)
    return days


def named_since(code: str, name: str) -> date | None:
    """Return the day since which a place bears its name under its code, or None when that was before 1970.

    津市 was founded anew in 2006, and had borne the name before.

    Examples
    --------
    >>> named_since("13229", "西東京市"), named_since("24201", "津市"), founding_day("24201", "津市")
    (datetime.date(2001, 1, 21), None, datetime.date(2006, 1, 1))
    """
    return _named().get((code, name))


def founding_day(code: str, name: str) -> date | None:
    """Return the day on which a place was founded (or last founded anew), or None when that was before 1970.

    Examples
    --------
    >>> founding_day("13229", "西東京市"), founding_day("01207", "帯広市")
    (datetime.date(2001, 1, 21), None)
    """
    return _founded().get((code, name))


@cache
def former_names() -> dict[str, tuple[FormerPlace, ...]]:
    """Return folded names to the former places that bore them; a ward also under its city's name and its own.

    Examples
    --------
    >>> [place.successors for place in former_names()["篠山市"]]
    [('28221',)]
    """
    index: dict[str, tuple[FormerPlace, ...]] = {}
    places = place_names().places
    for (code, name), own in _by_old().items():
        city = ""
        if name.endswith("区"):
            city = places[places[own[0].successors[0]].code].name
        place = FormerPlace(code, city + name, name, own)
        for key in {fold_kanji(name), fold_kanji(city + name)}:
            index[key] = (*index.get(key, ()), place)
    return index


@cache
def former_stems() -> dict[str, tuple[FormerPlace, ...]]:
    """Return folded names without 市町村区 to former municipalities."""
    index: dict[str, tuple[FormerPlace, ...]] = {}
    for name, places in former_names().items():
        whole = tuple(place for place in places if not place.is_county and place.name == place.short)
        if whole:
            index[name[:-1]] = (*index.get(name[:-1], ()), *whole)
    return index


@cache
def former_codes() -> dict[str, tuple[FormerPlace, ...]]:
    """Return codes that are no more, or named another place before, to the former municipalities and wards.

    Examples
    --------
    >>> [place.full_name for place in former_codes()["15521"]]
    ['新潟県安塚町']
    """
    index: dict[str, tuple[FormerPlace, ...]] = {}
    for places in former_names().values():
        for place in places:
            # Before 1970 there were no codes: what ended then is filed under its 郡.
            if not place.is_county and place.code not in county_codes() and place not in index.get(place.code, ()):
                index[place.code] = (*index.get(place.code, ()), place)
    return index


@cache
def former_lengths() -> dict[str, tuple[int, ...]]:
    """Return the first two characters of former names to the lengths of those that begin so, the longest first.

    Examples
    --------
    >>> former_lengths()["田無"]
    (3,)
    """
    return lengths_by_beginning(former_names())
