"""Series keyed by today's 1,741 municipalities, out of official codes and names of any day since 1970.

A code or name that fits no municipality stops the reading: nothing is guessed. What stands under the code of a
municipality that is no more is carried to its successor by the list of changes (廃置分合, ``geo.mergers``).
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pandas as pd

from geo.codes import PREFECTURES, possible_codes
from geo.errors import DataError
from geo.gazetteer import municipalities, wards
from geo.mergers import changes
from geo.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Block = tuple[str, str, pd.Series, str]
"""Indicator, date, values (index: code; missing = no data), flag of the whole block."""

NOTHING = ("", "-", "－", "―", "…", "***", "x", "X")
"""How official tables write that there is no figure."""


@cache
def _prefecture_of() -> dict[str, str]:
    """Return each municipality of today with its prefecture: asked for once a row of every table."""
    return dict(municipalities()["prefecture"])


@cache
def _code_of() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    frame = municipalities()
    for code, prefecture, name in zip(frame.index, frame["prefecture"], frame["name"], strict=True):
        found[prefecture, name].append(str(code))
    return dict(found)


@cache
def _city_of() -> dict[str, str]:
    """Return each ward with its city."""
    return dict(wards()["city_code"])


class Carried(NamedTuple):
    """Values of today's municipalities, and who was left out because a merger stands between.

    ``values`` is of the 1,741 in gazetteer order; ``merged`` are the codes whose rate cannot be carried, or whose
    count was divided.
    """

    values: pd.Series
    merged: tuple[str, ...]


def number(value: Any) -> float | None:
    """Read a figure as official tables write it; None for "no figure".

    Raises
    ------
    ValueError
        When it is neither.

    Examples
    --------
    >>> number("1,234"), number("-"), number(0.5)
    (1234.0, None, 0.5)
    """
    text = "" if value is None else str(value).replace(",", "").rstrip("%").strip()
    return None if text in NOTHING else float(text)


def of_today(pairs: Mapping[str, float | None], where: str, *, missing: int | None = None) -> pd.Series:
    """Return values keyed by codes of today as a series of the 1,741.

    Parameters
    ----------
    pairs
        Code to value.
    where
        File and column, for the message.
    missing
        How many have no value; None where any number may.

    Raises
    ------
    DataError
        When a code is none of today's, or another number has no value.
    """
    known = municipalities().index
    if unknown := [code for code in pairs if code not in known]:
        msg = f"{where}: 現在の市区町村にないコード {'、'.join(unknown[:5])}"
        raise DataError(msg)
    series = pd.Series(pairs, dtype=float).reindex(known)
    if missing is not None and int(series.isna().sum()) != missing:
        msg = f"{where}: 値のない市区町村が {int(series.isna().sum())} あります（{missing} のはずです）"
        raise DataError(msg)
    return series


def known_code(written: object, where: str, prefecture: str = "") -> str:
    """Return the code of a municipality; the prefecture tells 012220 without its zero from 12220.

    Raises
    ------
    DataError
        When it is no code of a municipality of today.

    Examples
    --------
    >>> known_code("12220", "表", "北海道"), known_code("12220", "表", "千葉県")
    ('01222', '12220')
    """
    names = _prefecture_of()
    for code in possible_codes(str(written)):
        if code in names and prefecture in ("", names[code]):
            return code
    msg = f"{where}: 市区町村コード {written!r} が読めません"
    raise DataError(msg)


def code_by_name(prefecture: str, name: str, where: str) -> str:
    """Return the code of a municipality of today by its exact name.

    Raises
    ------
    DataError
        When there is not exactly one.
    """
    found = _code_of().get((prefecture, name), [])
    if len(found) != 1:
        msg = f"{where}: {prefecture}{name} が現在の市区町村にありません"
        raise DataError(msg)
    return found[0]


def code_by_writing(prefecture: str, name: str, where: str) -> str:
    """Return the code of a municipality whose name may be written with other forms of its characters.

    Raises
    ------
    DataError
        When the name is not the whole name of one municipality of today.

    Examples
    --------
    >>> code_by_writing("高知県", "梼原町", "表")
    '39405'
    """
    found = resolve(name, prefecture=prefecture)
    whole = found.status == "resolved" and not found.ward_code and found.end == len(name)
    # A name without its 市, 町, 村 or 区, or with another, is half a name in an official table.
    if not whole or found.code is None or str(municipalities().at[found.code, "name"])[-1] != name[-1]:
        msg = f"{where}: {prefecture}{name} が現在の市区町村にありません"
        raise DataError(msg)
    return found.code


def successors(code: str, as_of: date) -> tuple[str, ...] | None:
    """Return today's municipalities of a code of some day; () for a ward or prefecture, None when unknown.

    Examples
    --------
    >>> from datetime import date
    >>> day = date(2015, 10, 1)
    >>> successors("04423", day), successors("13101", day), successors("01101", day)
    (('04216',), ('13101',), ())
    """
    if code in _prefecture_of():
        return (code,)
    if code in _city_of() or (code.endswith("000") and code[:2] in PREFECTURES):
        return ()
    later = [change for change in changes() if change.old_code == code and change.date > as_of]
    if not later:
        return None
    if later[0].old_name.endswith("区"):
        return ()
    today = [each for change in later for each in change.successors]
    city = _city_of()
    return tuple(dict.fromkeys(city.get(each, each) for each in today))


@cache
def _joined_since(day: date) -> frozenset[str]:
    """Return the codes of the municipalities of a day that have since become part of another code."""
    later = [change for change in changes() if change.date > day and change.old_code != change.new_code]
    founded = {change.new_code for change in later}
    return frozenset(
        change.old_code
        for change in later
        if change.old_code not in founded
        and change.old_code not in _prefecture_of()
        and change.old_name.endswith(("市", "町", "村"))
    )


def carry(
    pairs: Mapping[str, float | None], as_of: date, where: str, *, kind: Literal["count", "rate"] = "count"
) -> Carried:
    """Carry values of the municipalities of a day to those of today.

    Parameters
    ----------
    pairs
        5-digit code of that day to value. Wards of designated cities and prefectures are passed over.
    as_of
        The day whose municipalities they are.
    where
        File and column, for the message.
    kind
        Counts of municipalities that became one are added. A rate is taken over where one municipality became one
        under another code; where several became one it is left out. What was divided is left out, too.

    Raises
    ------
    DataError
        When a code was no municipality on that day.

    Examples
    --------
    >>> from datetime import date
    >>> carry({"04423": 51_591.0}, date(2015, 10, 1), "表").values["04216"]
    np.float64(51591.0)
    """
    parts: dict[str, list[float | None]] = defaultdict(list)
    divided: set[str] = set()
    for code, value in pairs.items():
        today = successors(code, as_of)
        if today is None:
            msg = f"{where}: コード {code} の市区町村がありません"
            raise DataError(msg)
        if len(today) > 1:
            divided.update(today)
        for each in today:
            parts[each].append(value)
    # A municipality of that day that the table does not name leaves its successor's count short.
    for code in _joined_since(as_of) - set(pairs):
        divided.update(set(successors(code, as_of) or ()) & set(parts))
    merged = divided | ({code for code, each in parts.items() if len(each) > 1} if kind == "rate" else set())
    found = {
        code: None if code in merged or None in each else sum(float(value or 0) for value in each)
        for code, each in parts.items()
    }
    return Carried(of_today(found, where), tuple(sorted(merged)))
