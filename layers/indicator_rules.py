"""How an indicator follows from others: for one municipality, or for several taken together.

Counts add. A rate is taken again from its own numerator and denominator, a change from its own two counts; where a
source gives neither, an average weighted by what the rate is a share of. What has no rule is not told of several.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

NEAREST_DAYS = 200
"""A denominator may lie so many days from the end of what it divides: half a year and some days of grace."""


@dataclass(frozen=True)
class Rule:
    """How an indicator is made of others.

    Parameters
    ----------
    kind
        ``sum`` (it adds), ``ratio`` (``numerator`` by ``denominator``), ``change`` (in % of an earlier count) or
        ``mean`` (weighted).
    numerator, denominator
        Ids of indicators that are added, one that begins with ``-`` taken off. The denominator of a change is its
        own numerator; that of a mean is the weight.
    factor
        What the quotient is multiplied by.
    dates
        Date of the indicator to the dates of its parts, where they are others than its own; under "" that of the
        earlier count of a change.
    """

    kind: Literal["sum", "ratio", "change", "mean"]
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    factor: float = 1.0
    dates: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Every indicator that it takes part of, each once."""
        return tuple(dict.fromkeys(each.removeprefix("-") for each in (*self.numerator, *self.denominator)))

    def date_of(self, identifier: str, when: str) -> str:
        """Return the date of a part that belongs to a date of the indicator."""
        return dict(dict(self.dates).get(when, ())).get(identifier, when)

    def apply(self, when: str, part: Callable[[str, str], np.ndarray]) -> np.ndarray:
        """Return the indicator at a date out of the parts that it is made of.

        Parameters
        ----------
        when
            Date of the indicator.
        part
            (id, date) → values: of each municipality, or sums of blocs. Not for ``mean``.

        Returns
        -------
        numpy.ndarray
            NaN where a part is missing or what it is divided by is 0.

        Examples
        --------
        >>> held = {("births", "2020"): np.array([5.0, 1.0]), ("people", "2021"): np.array([1000.0, 0.0])}
        >>> rule = Rule("ratio", ("births",), ("people",), 1000.0, (("2020", (("people", "2021"),)),))
        >>> rule.apply("2020", lambda identifier, when: held[identifier, when]).tolist()
        [5.0, nan]
        """
        above = self._total(self.numerator, when, part)
        if self.kind == "change":
            below = part(self.numerator[0], self.date_of("", when))
            return (_quotient(above, below) - 1) * 100
        if not self.denominator:
            return above * self.factor
        return _quotient(above, self._total(self.denominator, when, part)) * self.factor

    def _total(self, identifiers: tuple[str, ...], when: str, part: Callable[[str, str], np.ndarray]) -> np.ndarray:
        total: np.ndarray | None = None
        for signed in identifiers:
            identifier = signed.removeprefix("-")
            each = part(identifier, self.date_of(identifier, when))
            each = -each if signed.startswith("-") else each
            total = each if total is None else total + each
        if total is None:
            msg = "a rule without a numerator"
            raise ValueError(msg)
        return total


def _quotient(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Return a quotient; NaN where it is divided by nothing."""
    found = np.full(above.shape, np.nan)
    np.divide(above, below, out=found, where=below != 0)
    return found


def read_rule(entry: Mapping[str, Any]) -> Rule:
    """Return a rule as the data package holds it."""
    return Rule(
        entry["kind"],
        tuple(entry["numerator"]),
        tuple(entry["denominator"]),
        float(entry["factor"]),
        tuple((when, tuple(own.items())) for when, own in entry["dates"].items()),
    )


def period_end(when: str) -> date:
    """Return the last day of a date, month, year or fiscal year.

    Examples
    --------
    >>> period_end("2020-10-01"), period_end("2014-12"), period_end("2022"), period_end("FY2021")
    (datetime.date(2020, 10, 1), datetime.date(2014, 12, 31), datetime.date(2022, 12, 31), datetime.date(2022, 3, 31))
    """
    if when.startswith("FY"):
        return date(int(when[2:]) + 1, 3, 31)
    year, *rest = map(int, when.split("-"))
    match rest:
        case [month, day]:
            return date(year, month, day)
        case [month]:
            first_of_next = date(year + month // 12, month % 12 + 1, 1)
            return date.fromordinal(first_of_next.toordinal() - 1)
        case _:
            return date(year, 12, 31)


def nearest_date(when: str, among: Iterable[str]) -> str:
    """Return the date among others that is nearest to the end of one, if within ``NEAREST_DAYS``; else "".

    Examples
    --------
    >>> nearest_date("FY2021", ["2021-01-01", "2022-01-01"]), nearest_date("2010", ["2022-01-01"])
    ('2022-01-01', '')
    """
    end = period_end(when)
    found = [(abs((period_end(each) - end).days), each) for each in among]
    days, each = min(found, default=(NEAREST_DAYS + 1, ""))
    return each if days <= NEAREST_DAYS else ""
