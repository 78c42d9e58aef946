"""Indicators of a whole bloc: counts add, shares and rates are taken again from what they are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from layers.tables import per_snapshot

if TYPE_CHECKING:
    from renkei.atlas import Atlas


class Rule(NamedTuple):
    """How an indicator is taken for several municipalities together.

    ``numerator`` is summed; where ``denominator`` is given the sums are divided and multiplied by ``factor``; where
    ``weight`` is given the values of ``numerator`` are averaged with it. ``change_from`` names the date from which
    the numerator's sum has changed (in %).
    """

    numerator: str
    denominator: str = ""
    factor: float = 1.0
    weight: str = ""
    change_from: str = ""


RULES: dict[str, Rule] = {
    "census_population": Rule("census_population"),
    "projected_population": Rule("projected_population"),
    "population_change_2020_2050": Rule("projected_population", change_from="2020"),
    "projected_share_65": Rule("projected_share_65", weight="projected_population"),
    "projected_share_75": Rule("projected_share_75", weight="projected_population"),
    "register_population": Rule("register_population"),
    "register_households": Rule("register_households"),
    "births": Rule("births"),
    "deaths": Rule("deaths"),
    "share_0_14": Rule("share_0_14", weight="register_population"),
    "share_15_64": Rule("share_15_64", weight="register_population"),
    "share_65": Rule("share_65", weight="register_population"),
    "share_75": Rule("share_75", weight="register_population"),
    "fit_solar_kw": Rule("fit_solar_kw"),
    "fit_solar_kw_per_1000": Rule("fit_solar_kw", "register_population", 1000.0),
    "online_rate_32": Rule("online_rate_32", weight="register_population"),
    "online_rate_26": Rule("online_rate_26", weight="register_population"),
    "mynumber_held_rate": Rule("mynumber_held_rate", weight="register_population"),
}
"""Indicators that can be told of a bloc. Online and card rates are averages weighted by the population of the
residents' register: the sources give no numerators. All others (indices, yes and no) are not told."""


def bloc_values(atlas: Atlas, layer: str, identifier: str, date: str) -> pd.Series:
    """Return an indicator of each bloc of a layer.

    Parameters
    ----------
    layer
        ``blocs``, ``core_city`` or ``self_reliant``.
    identifier, date
        An indicator of ``RULES`` and one of its dates.

    Returns
    -------
    pandas.Series
        Index: bloc id; NaN where a member has no data (a part is never given for the whole).

    Raises
    ------
    KeyError
        When the indicator cannot be told of a bloc.
    """
    return _bloc_values(atlas, layer, identifier, date).copy()


@per_snapshot()
def _bloc_values(atlas: Atlas, layer: str, identifier: str, date: str) -> pd.Series:
    rule = RULES[identifier]
    areas = atlas.blocs()[atlas.blocs()["layer"].eq(layer)]
    pairs = pd.DataFrame({"bloc": areas["id"], "code": areas["member_codes"]}).explode("code")
    first = _column(atlas, rule.numerator, date, pairs["code"])
    if rule.change_from:
        before = _sum(_column(atlas, rule.numerator, rule.change_from, pairs["code"]), pairs["bloc"])
        return (_sum(first, pairs["bloc"]) / before - 1) * 100
    if rule.weight:
        weights = _column(atlas, rule.weight, date, pairs["code"])
        return _sum(first * weights, pairs["bloc"]) / _sum(weights, pairs["bloc"])
    if rule.denominator:
        return (
            _sum(first, pairs["bloc"])
            / _sum(_column(atlas, rule.denominator, date, pairs["code"]), pairs["bloc"])
            * rule.factor
        )
    return _sum(first, pairs["bloc"])


def _column(atlas: Atlas, identifier: str, date: str, codes: pd.Series) -> pd.Series:
    dates = atlas.indicator(identifier).dates
    # A weight stands at the same date where it has one, else at its newest.
    series = atlas.values(identifier, date if date in dates else dates[-1])
    return pd.Series(series.loc[codes].to_numpy(dtype=float), index=codes.index)


def _sum(column: pd.Series, by: pd.Series) -> pd.Series:
    return (
        pd.Series(column.to_numpy(), index=pd.Index(by.to_numpy(), name="bloc"), dtype=float)
        .groupby(level=0, sort=False)
        .agg(lambda each: each.sum(skipna=False))
    )


def spread(atlas: Atlas, layer: str, by_bloc: pd.Series, codes: pd.Index) -> pd.Series:
    """Give each municipality the value of its bloc; NaN outside.

    One that belongs to several blocs of the layer takes the first of them, in the register's order.
    """
    own: dict[str, float] = {}
    areas = atlas.blocs()[atlas.blocs()["layer"].eq(layer)]
    for identifier, members in zip(areas["id"], areas["member_codes"], strict=True):
        for code in members:
            own.setdefault(code, float(by_bloc.loc[identifier]))
    return pd.Series([own.get(code, float("nan")) for code in codes], index=codes, dtype=float)
