"""From exact sums to the table that is handed on: apportioned, added up by area, rounded once, and checked."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from geo.boundaries import exact
from geo.errors import DataError
from geo.mesh_shares import UNITS
from geo.point_grid import OUTSIDE
from renkei.aggregation.grouped_sums import BAD
from renkei.aggregation.place_rows import NUMBER_OF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.aggregation.areas import Area
    from renkei.aggregation.grouped_sums import GroupedSums, Key
    from renkei.aggregation.request import Request

Number = int | float
_LARGEST_INT64 = (1 << 63) - 1


class Balance(NamedTuple):
    """One measure's totals: ``given`` (all rows), ``placed`` (in municipalities), ``outside``, ``bad``; exact."""

    name: str
    given: Fraction
    placed: Fraction
    outside: Fraction
    bad: Fraction

    @property
    def even(self) -> bool:
        """Whether placed, outside and bad come to what was given."""
        return self.placed + self.outside + self.bad == self.given


class Outcome(NamedTuple):
    """The table, its balances (rows first), bad rows by reason, and the number of municipalities that have rows."""

    table: pd.DataFrame
    balances: tuple[Balance, ...]
    bad: dict[str, int]
    municipalities: int


def outcome(sums: GroupedSums, request: Request, areas: Sequence[Area], key_name: str) -> Outcome:
    """Return the result of all parts.

    Whole numbers that were divided among municipalities are made whole again for each value of the columns kept
    apart: by the largest remainder, so that their total is the input's to the last unit. Other sums are rounded once,
    to the nearest float64, after everything was added exactly.

    Raises
    ------
    DataError
        When a sum is too large for its column, or the sums do not balance (which would be a fault of this program).
    """
    unit = UNITS if request.shared else 1
    measures = [_measure(sums, number, unit) for number in range(len(sums.sums))]
    names = ("rows", *request.sums)
    balances = tuple(
        _balance(name, measure, total / unit) for name, measure, total in zip(names, measures, sums.totals, strict=True)
    )
    for balance in balances:
        if not balance.even:
            msg = f"検算が合いません（{balance.name}）。結果は書き出しません。"
            raise DataError(msg)
    rows = measures[0]
    bad = {
        reason: rows.sums[key] // rows.denominator
        for reason, number in NUMBER_OF.items()
        for key in rows.sums
        if key[0] == BAD - number
    }
    finals = [
        _whole_again(measure) if whole and request.shared else measure
        for measure, whole in zip(measures, sums.whole, strict=True)
    ]
    table = _table(finals, sums.whole, request, areas, key_name)
    towns = {key[0] for key in sums.ids if key[0] > OUTSIDE}
    return Outcome(table, balances, bad, len(towns))


class _Measure(NamedTuple):
    """Exact sums by key, as whole numbers of 1/``denominator``."""

    sums: dict[Key, int]
    denominator: int


def _measure(sums: GroupedSums, number: int, unit: int) -> _Measure:
    values, denominator = sums.sums[number].scaled()
    return _Measure(dict(zip(sums.ids, values, strict=True)), denominator * unit)


def _balance(name: str, measure: _Measure, given: Fraction) -> Balance:
    placed = outside = bad = 0
    for key, value in measure.sums.items():
        if key[0] > OUTSIDE:
            placed += value
        elif key[0] == OUTSIDE:
            outside += value
        else:
            bad += value
    return Balance(name, given, *(Fraction(each, measure.denominator) for each in (placed, outside, bad)))


def _whole_again(measure: _Measure) -> _Measure:
    """Return divided whole numbers as whole numbers: by the largest remainder, then the lower code."""
    groups: dict[Key, list[tuple[Key, int]]] = {}
    for key, value in measure.sums.items():
        if key[0] > OUTSIDE:
            groups.setdefault(key[1:], []).append((key, value))
    whole: dict[Key, int] = {}
    for members in groups.values():
        parts = [(key, *divmod(value, measure.denominator)) for key, value in members]
        missing = sum(rest for _, _, rest in parts) // measure.denominator
        parts.sort(key=lambda part: (-part[2], part[0][0]))
        for rank, (key, count, _) in enumerate(parts):
            whole[key] = count + (rank < missing)
    return _Measure(whole, 1)


def _table(
    finals: list[_Measure], whole: Sequence[bool], request: Request, areas: Sequence[Area], key_name: str
) -> pd.DataFrame:
    position = {code: number for number, code in enumerate(exact().index)}
    by_town: dict[int, list[Key]] = {}
    for key in finals[0].sums:
        if key[0] > OUTSIDE:
            by_town.setdefault(key[0], []).append(key)
    rows = []
    for area in areas:
        groups: dict[Key, list[Key]] = {}
        for code in area.codes:
            for key in by_town.get(position[code], []):
                groups.setdefault(key[1:], []).append(key)
        for group in sorted(groups):
            numbers = [
                _number(sum(measure.sums[key] for key in groups[group]), measure.denominator, each)
                for measure, each in zip(finals, whole, strict=True)
            ]
            rows.append((area.id, area.name, area.prefecture, *group, *numbers))
    columns = [key_name, "name", "prefecture", *request.group, "rows", *request.sums]
    table = pd.DataFrame(rows, columns=columns)
    texts = dict.fromkeys(columns[: 3 + len(request.group)], "str")
    kinds = {name: "int64" if each else "float64" for name, each in zip(("rows", *request.sums), whole, strict=True)}
    return table.astype({**texts, **kinds})


def _number(value: int, denominator: int, whole: bool) -> Number:  # noqa: FBT001
    if whole:
        number: Number = value // denominator
        too_large = abs(number) > _LARGEST_INT64
    else:
        try:
            # Python divides whole numbers to the nearest float: the only rounding there is.
            number, too_large = value / denominator, False
        except OverflowError:
            number, too_large = 0.0, True
    if too_large:
        msg = "合計が大きすぎて表せません。入力の値を確かめてください。"
        raise DataError(msg)
    return number
