"""Dates of facts: one grammar for whoever writes them down and for all that read them.

A date is a year, a month or a day of the Gregorian calendar in ISO 8601 (``2005``, ``2005-10``, ``2005-10-04``); a
fiscal year is ``FY2022``. Eras begin as the Cabinet Office counts them; 明治 with its first year, 1868.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import NamedTuple

from geo.errors import InvalidFilterError


class Era(NamedTuple):
    """A 元号, its letter and its first day."""

    name: str
    letter: str
    first: tuple[int, int, int]


ERAS = (
    Era("令和", "R", (2019, 5, 1)),
    Era("平成", "H", (1989, 1, 8)),
    Era("昭和", "S", (1926, 12, 25)),
    Era("大正", "T", (1912, 7, 30)),
    Era("明治", "M", (1868, 1, 25)),
)
"""Newest first."""

EARLIEST = 1868
"""The municipalities of today begin with 明治; nothing in the register is older."""

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", re.ASCII)
_ERAS = "|".join(f"{each.name}|{each.letter}" for each in ERAS)
_WRITTEN = re.compile(
    rf"(?:(?P<era>{_ERAS})(?P<number>元|[0-9]{{1,2}})|(?P<year>[0-9]{{4}}))(?:年|[-/.])?"
    r"(?:(?P<month>[0-9]{1,2})(?:月|[-/.])?(?:(?P<day>[0-9]{1,2})日?)?)?",
    re.ASCII,
)


def parts_of(iso: str) -> tuple[int, ...]:
    """Return year, month and day of an ISO date, as far as it says them; () where it is none.

    Examples
    --------
    >>> parts_of("2005-10-04"), parts_of("2005"), parts_of("2005-02-31"), parts_of("２００５")
    ((2005, 10, 4), (2005,), (), ())
    """
    found = _ISO.fullmatch(iso)
    if not found:
        return ()
    numbers = tuple(int(part) for part in found.groups() if part)
    try:
        date(*(numbers + (1, 1)[len(numbers) - 1 :])[:3])
    except ValueError:
        return ()
    return numbers


def is_date(text: str) -> bool:
    """Tell whether a text is a date of the register: ISO, in the calendar, not before 明治.

    Examples
    --------
    >>> is_date("1905"), is_date("1800"), is_date("2005-02-31"), is_date("")
    (True, False, False, False)
    """
    numbers = parts_of(text)
    return bool(numbers) and numbers[0] >= EARLIEST


def is_future(iso: str) -> bool:
    """Tell whether a date begins later than tomorrow: a day of grace covers the time zones."""
    return iso > (date.today() + timedelta(days=1)).isoformat()  # noqa: DTZ011


def era_of(year: int, month: int = 12, day: int = 31) -> tuple[str, int] | None:
    """Return the era of a day and the year in it; a year alone is told by its last day. None before 明治.

    Examples
    --------
    >>> era_of(2019), era_of(2019, 4, 30), era_of(1905), era_of(1867)
    (('令和', 1), ('平成', 31), ('明治', 38), None)
    """
    for each in ERAS:
        if (year, month, day) >= each.first:
            return each.name, year - each.first[0] + 1
    return None


def read_date(written: str) -> str:
    """Return the ISO date that a person wrote; "" for an empty cell.

    Parameters
    ----------
    written
        ``2005``, ``2005-10``, ``2005/10/4``, ``2005年10月4日``, ``平成17年10月``, ``H17.10.4``, ``明治38年``, in
        half or full width.

    Raises
    ------
    InvalidFilterError
        When it is no such date, no day of the calendar, before 明治, outside its era, or to come.

    Examples
    --------
    >>> read_date("平成17年10月4日"), read_date("Ｓ60.4"), read_date("2005/3"), read_date("令和元年")
    ('2005-10-04', '1985-04', '2005-03', '2019')
    """
    text = "".join(unicodedata.normalize("NFKC", written).split())
    if not text:
        return ""
    found = _WRITTEN.fullmatch(text.upper())
    if not found or (found["month"] and not _separated(found)):
        msg = f"「{written[:20]}」は 2005、2005-10、2005-10-04、平成17年10月4日 のどれかの形にしてください"
        raise InvalidFilterError(msg)
    era = next((each for each in ERAS if found["era"] in (each.name, each.letter)), None)
    number = 1 if found["number"] == "元" else int(found["number"] or 0)
    year = era.first[0] + number - 1 if era else int(found["year"])
    iso = "-".join([f"{year:04}", *(f"{int(found[key]):02}" for key in ("month", "day") if found[key])])
    if not parts_of(iso) or (era and (number == 0 or not _within(era, iso))):
        msg = f"「{written[:20]}」という日はありません"
        raise InvalidFilterError(msg)
    if year < EARLIEST:
        msg = f"「{written[:20]}」は明治より前です"
        raise InvalidFilterError(msg)
    if is_future(iso):
        msg = f"「{written[:20]}」は未来です"
        raise InvalidFilterError(msg)
    return iso


def _separated(found: re.Match[str]) -> bool:
    """Whether year and month (and month and day) stand apart: 200510 is no date."""
    between = found.string[found.end("year" if found["year"] else "number") : found.start("month")]
    after = found.string[found.end("month") : found.start("day")] if found["day"] else "."
    return bool(between) and bool(after)


def _within(era: Era, iso: str) -> bool:
    numbers = parts_of(iso)
    last = numbers + (12, 31)[len(numbers) - 1 :]
    first = numbers + (1, 1)[len(numbers) - 1 :]
    newer = [each.first for each in ERAS if each.first > era.first]
    return last >= era.first and not (newer and first >= min(newer))
