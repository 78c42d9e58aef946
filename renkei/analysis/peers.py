"""Municipalities that are most like one in chosen measures: nearest on robustly standardized indicators."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geo.codes import PREFECTURES
from geo.errors import InvalidFilterError, UnknownNameError
from layers.tables import per_snapshot
from renkei.analysis.municipality_types import municipality_types
from renkei.analysis.partners.links import known_ties

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from renkei.atlas import Atlas

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "population": (
            "register_population",
            "population_density",
            "share_0_14",
            "share_65",
            "natural_change_rate",
            "social_change_rate",
            "population_change_2020_2050",
            "household_size",
            "elderly_alone_share",
        ),
        "industry": (
            "primary_industry_share",
            "secondary_industry_share",
            "tertiary_industry_share",
            "income_per_taxpayer",
            "commuter_share",
            "retail_sales_per_resident",
            "shipments_per_employee",
        ),
        "finance": (
            "fiscal_capacity",
            "ordinary_balance_ratio",
            "real_debt_service_ratio",
            "laspeyres_index",
            "expenditure_per_resident",
            "local_tax_share",
        ),
        "dx": ("online_rate_32", "online_rate_26", "mynumber_held_rate", "online_procedures_online"),
        "decarbonization": ("fit_solar_kw_per_1000", "fit_solar_kw_per_km2", "official_area"),
    }
)
"""Named groups of measures; what the catalog does not hold is left out and named."""

GROUP_NAMES = {
    "all": "すべて",
    "population": "人口",
    "industry": "産業",
    "finance": "財政",
    "dx": "DX",
    "decarbonization": "脱炭素",
}
"""Group → its name in Japanese; both are understood, in capitals or not."""

ALL = "all"
SKEWED = 1.0
"""Sample skewness from which positive values are taken as logarithms."""

QUARTILES_TO_SIGMA = 1.349
"""Interquartile range of a normal distribution, in standard deviations."""

CUT = 5.0
"""Standardized values are cut here, so that one strange figure does not decide."""

LEAST_KNOWN = 0.8
"""Share of the measures that must be known of both; others are not compared, and are counted."""

POINTS = 1000

NOTE = "似ている順であり、優劣の順位ではありません。点数は隔たりの大きさで、小さいほど似ています。"


@dataclass(frozen=True)
class Peer:
    """A like municipality; ``score`` is the sum of ``parts``, thousandths of a squared standard deviation."""

    code: str
    name: str
    prefecture: str
    score: int
    parts: Mapping[str, int]
    values: Mapping[str, float | None]
    type_name: str
    same_type: bool
    known_tie: bool
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Peers:
    """The answer: peers, nearest first."""

    place: str
    name: str
    on: tuple[str, ...]
    type_name: str
    candidates: tuple[Peer, ...]
    missing: tuple[str, ...]
    not_compared: int
    note: str = NOTE

    def to_json(self) -> dict[str, Any]:
        """Return the JSON of ``renkei peers --json``."""
        return {
            "place": self.place,
            "name": self.name,
            "theme": "",
            "on": list(self.on),
            "type": self.type_name,
            "candidates": [
                vars(each) | {"parts": dict(each.parts), "values": dict(each.values), "evidence": list(each.evidence)}
                for each in self.candidates
            ],
            "missing": list(self.missing),
            "not_compared": self.not_compared,
            "note": self.note,
        }


def chosen_measures(atlas: Atlas, on: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the indicators of groups and ids, each once, and those of the groups that the catalog does not hold.

    Raises
    ------
    InvalidFilterError
        When a name is neither a group nor a number of the catalog.
    """
    known = {each.id for each in atlas.indicators() if each.kind == "number"}
    wanted: list[str] = []
    called = {name: group for group, name in GROUP_NAMES.items()}
    for named in on or (ALL,):
        each = called.get(named.strip(), named.strip())
        each = each.casefold() if each.casefold() in GROUP_NAMES else each
        if each == ALL:
            wanted += [measure for group in GROUPS.values() for measure in group]
        elif each in GROUPS:
            wanted += GROUPS[each]
        elif each in known:
            wanted.append(each)
        else:
            choices = "、".join(f"{group}（{name}）" for group, name in GROUP_NAMES.items())
            msg = (
                f"「{each[:40]}」は指標でも指標の組でもありません。"
                f"組は {choices}、指標は renkei indicators list で見られます。"
            )
            raise InvalidFilterError(msg)
    once = dict.fromkeys(wanted)
    return tuple(each for each in once if each in known), tuple(each for each in once if each not in known)


def standardize(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values as distances from the median in robust standard deviations; NaN stays NaN.

    Positive values with a skewness over 1 are taken as logarithms first. The scale is the interquartile range ÷ 1.349,
    or the standard deviation where half the values are the same; cut at ±5.

    Examples
    --------
    >>> standardize(np.array([1.0, 2, 3, 4, 5, np.nan])).round(3).tolist()
    [-1.349, -0.674, 0.0, 0.674, 1.349, nan]
    """
    known = values[~np.isnan(values)]
    if not len(known) or known.min() == known.max():
        return np.where(np.isnan(values), np.nan, 0.0)
    centred = known - known.mean()
    if known.min() > 0 and np.mean(centred**3) / np.mean(centred**2) ** 1.5 > SKEWED:
        return standardize_plain(np.log(values))
    return standardize_plain(values)


def standardize_plain(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values as distances from the median in robust standard deviations, cut at ±5."""
    low, middle, high = np.nanpercentile(values, [25, 50, 75])
    scale = (high - low) / QUARTILES_TO_SIGMA or np.nanstd(values)
    return np.asarray(np.clip((values - middle) / scale, -CUT, CUT))


@per_snapshot(maxsize=256)
def _standardized(atlas: Atlas, identifier: str, date: str) -> NDArray[np.float64]:
    return standardize(atlas.values(identifier, date or None).to_numpy(dtype=float))


def peers(
    atlas: Atlas,
    code: str,
    on: Sequence[str] = (ALL,),
    *,
    top: int = 10,
    within: frozenset[str] | None = None,
    dates: Mapping[str, str] = MappingProxyType({}),
) -> Peers:
    """Find the municipalities that are most like one.

    Parameters
    ----------
    atlas, code
        Tables; 5-digit code.
    on
        Groups of ``GROUPS``, ``all``, or ids of indicators.
    top
        So many; equal distances stand in the order of their codes.
    within
        Codes among which is sought; all by default.
    dates
        Indicator to another date than its newest.

    Raises
    ------
    UnknownNameError
        When the code is none of the 1,741.
    InvalidFilterError
        When a measure is none, or nothing is known of the place.
    """
    places = atlas.municipalities()
    if code not in places.index:
        msg = f"市区町村コード「{code[:10]}」は現在の1,741市区町村にありません。"
        raise UnknownNameError(msg)
    measures, absent = chosen_measures(atlas, on)
    place = list(places.index).index(code)
    table = np.column_stack([_standardized(atlas, each, dates.get(each, "")) for each in measures])
    known = ~np.isnan(table[place])
    if not known.any():
        msg = f"{places['name'][code]}には、選んだ指標の値がありません。ほかの指標を選んでください。"
        raise InvalidFilterError(msg)
    used = [each for each, has in zip(measures, known, strict=True) if has]
    points, compared = _points(table[:, known], place)
    total = points.sum(axis=1)
    admitted = compared.copy()
    admitted[place] = False
    if within is not None:
        admitted &= places.index.isin(list(within))
    ordered = np.lexsort((np.arange(len(total)), total))
    first = ordered[admitted[ordered]][:top]
    return Peers(
        place=code,
        name=str(places["name"][code]),
        on=tuple(used),
        type_name=str(municipality_types(atlas)[code]),
        candidates=tuple(_peers(atlas, code, first, used, points)),
        missing=(*absent, *(each for each, has in zip(measures, known, strict=True) if not has)),
        not_compared=int(np.count_nonzero(~compared)),
    )


def _points(table: NDArray[np.float64], place: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return whole points (n, k) of each measure, and who knows enough of them to be compared.

    The mean of the squared differences over the measures that both know: none is filled in.
    """
    squared = (table - table[place]) ** 2
    count = np.count_nonzero(~np.isnan(squared), axis=1)
    points = np.rint(np.nan_to_num(squared) / np.maximum(count, 1)[:, None] * POINTS).astype(np.int64)
    return points, count >= LEAST_KNOWN * table.shape[1]


def _peers(
    atlas: Atlas, code: str, found: NDArray[np.intp], used: Sequence[str], points: NDArray[np.int64]
) -> list[Peer]:
    places, types, ties = atlas.municipalities(), municipality_types(atlas), known_ties(atlas, code)
    values = {each: atlas.values(each) for each in used}
    peers_found = []
    for position in found.tolist():
        other = str(places.index[position])
        own = {each: float(series[other]) for each, series in values.items()}
        peers_found.append(
            Peer(
                code=other,
                name=str(places["name"][other]),
                prefecture=PREFECTURES[other[:2]],
                score=int(points[position].sum()),
                parts=MappingProxyType(dict(zip(used, points[position].tolist(), strict=True))),
                values=MappingProxyType({each: None if np.isnan(value) else value for each, value in own.items()}),
                type_name=str(types[other]),
                same_type=bool(types[other]) and types[other] == types[code],
                known_tie=other in ties,
                evidence=tuple(f"{tie.kind}（{tie.source}）" for tie in ties.get(other, ())),
            )
        )
    return peers_found


class Move(NamedTuple):
    """What a newer figure changes among the first peers."""

    indicator: str
    before: str
    after: str
    entered: tuple[str, ...]
    left: tuple[str, ...]


def what_moved(atlas: Atlas, code: str, on: Sequence[str] = (ALL,), *, top: int = 10) -> tuple[Move, ...]:
    """Return, for each measure with an earlier date, who comes and who goes by its newest figure alone.

    Parameters
    ----------
    atlas, code, on, top
        As for ``peers``.
    """
    now = peers(atlas, code, on, top=top)
    first = [each.code for each in now.candidates]
    moves = []
    for each in now.on:
        dates = atlas.indicator(each).dates
        if len(dates) > 1:
            then = [peer.code for peer in peers(atlas, code, on, top=top, dates={each: dates[-2]}).candidates]
            entered = tuple(peer for peer in first if peer not in then)
            if entered:
                left = tuple(peer for peer in then if peer not in first)
                moves.append(Move(each, dates[-2], dates[-1], entered, left))
    return tuple(moves)
