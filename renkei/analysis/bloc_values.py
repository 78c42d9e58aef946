"""Indicators of several municipalities together: counts add, rates are taken again from what they are made of.

How each indicator is taken is said where it is defined (``layers.indicator_rules``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.errors import InvalidFilterError, UnknownNameError
from layers.tables import per_snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.catalog import Indicator
    from layers.indicator_rules import Rule
    from renkei.atlas import Atlas


def told_of_several(chosen: Indicator) -> bool:
    """Tell whether an indicator can be told of several municipalities together: an index or a yes cannot."""
    return chosen.rule is not None


def aggregate(atlas: Atlas, groups: Mapping[str, Sequence[str]], identifier: str, date: str = "") -> pd.Series:
    """Return an indicator of each of several groups of municipalities.

    Parameters
    ----------
    atlas
        The snapshot of all tables.
    groups
        Name of the group to the 5-digit codes of its members.
    identifier, date
        An indicator that has a rule, and one of its dates; the newest by default.

    Returns
    -------
    pandas.Series
        Index: names of the groups, in their order; NaN where a member has no data (a part is never given for the
        whole). In the indicator's unit.

    Raises
    ------
    UnknownNameError
        When there is no such indicator, date or municipality.
    InvalidFilterError
        When the indicator cannot be told of several municipalities.

    Examples
    --------
    >>> from renkei.atlas import Atlas
    >>> aggregate(Atlas.open(), {"a": ["01207", "01631"]}, "census_population", "2020-10-01").tolist()
    [210112.0]
    """
    chosen = atlas.indicator(identifier)
    when = date or chosen.dates[-1]
    if when not in chosen.dates:
        msg = f"指標「{chosen.title}」に {when[:20]} の値はありません。ある時点：{'、'.join(chosen.dates)}"
        raise UnknownNameError(msg, chosen.dates)
    if chosen.rule is None:
        msg = (
            f"指標「{chosen.title}」は圏域でまとめられません（指数、有無、分母のわからない割合は足し合わせられないため）。"
            "市区町村ごとに見てください。"
        )
        raise InvalidFilterError(msg)
    pairs = pd.DataFrame({"group": list(groups), "code": [list(members) for members in groups.values()]}).explode(
        "code"
    )
    known = atlas.values(identifier, when).index
    if unknown := [code for code in pairs["code"].dropna() if code not in known]:
        msg = f"市区町村コード「{'、'.join(map(str, unknown[:5]))}」はありません。5桁のコードで指定してください。"
        raise UnknownNameError(msg, ())
    return _by_rule(atlas, chosen.rule, when, pairs).reindex(list(groups)).rename(identifier)


def _by_rule(atlas: Atlas, rule: Rule, when: str, pairs: pd.DataFrame) -> pd.Series:
    if rule.kind == "mean":
        (value, weight), day = (rule.numerator[0], rule.denominator[0]), rule.date_of(rule.denominator[0], when)
        weights = _column(atlas, weight, day, pairs)
        return _sum(_column(atlas, value, when, pairs) * weights, pairs) / _sum(weights, pairs)
    names = pairs["group"].drop_duplicates()
    found = rule.apply(when, lambda part, day: _sum(_column(atlas, part, day, pairs), pairs).to_numpy())
    return pd.Series(found, index=pd.Index(names, name="bloc"))


def bloc_values(atlas: Atlas, layer: str, identifier: str, date: str) -> pd.Series:
    """Return an indicator of each bloc of a layer.

    Parameters
    ----------
    atlas
        The snapshot of all tables.
    layer
        ``blocs``, ``core_city`` or ``self_reliant``.
    identifier, date
        An indicator that has a rule, and one of its dates.

    Returns
    -------
    pandas.Series
        Index: bloc id; NaN where a member has no data (a part is never given for the whole).

    Raises
    ------
    UnknownNameError
        When there is no such indicator or date.
    InvalidFilterError
        When there is no such layer, or the indicator cannot be told of a bloc.
    """
    return _bloc_values(atlas, layer, identifier, date)


@per_snapshot()
def _bloc_values(atlas: Atlas, layer: str, identifier: str, date: str) -> pd.Series:
    blocs = atlas.blocs()
    areas = blocs[blocs["layer"].eq(layer)]
    if areas.empty:
        msg = f"圏域の種類「{layer[:40]}」はありません。{'、'.join(dict.fromkeys(blocs['layer']))} のどれかです。"
        raise InvalidFilterError(msg)
    return aggregate(atlas, dict(zip(areas["id"], areas["member_codes"], strict=True)), identifier, date)


def _column(atlas: Atlas, identifier: str, date: str, pairs: pd.DataFrame) -> pd.Series:
    series = atlas.values(identifier, date).reindex(pairs["code"])
    return pd.Series(series.to_numpy(dtype=float), index=pairs.index)


def _sum(column: pd.Series, pairs: pd.DataFrame) -> pd.Series:
    return (
        pd.Series(column.to_numpy(), index=pd.Index(pairs["group"].to_numpy(), name="bloc"), dtype=float)
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
