"""An atlas with a planner's own indicators: the shipped tables are shared, the own figures stay with their session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import UnknownNameError
from layers.catalog import Group, Indicator, folded
from layers.indicator_rules import Rule
from renkei.atlas import Atlas

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from renkei.exchange.own_table import OwnIndicator

GROUP = Group("own", "自分のデータ", "Own data")
PREFIX = "own_"
_COUNTED = frozenset("人 世帯 戸 件 社 円 台 か所 箇所 施設 回 kW t ha".split())  # noqa: SIM905 - one line
"""Units whose figures add up over municipalities; of others no sum is told."""
_MOST_DECIMALS = 3


class OwnAtlas(Atlas):
    """An atlas that also answers for own indicators.

    Parameters
    ----------
    shared
        The atlas of everybody; its tables are used as they are.
    own
        Indicators and their values by code, NaN is no data.
    """

    def __init__(self, shared: Atlas, own: Iterable[tuple[Indicator, pd.Series]]) -> None:
        super().__init__(shared.tables)
        self._own = {each.id: (each, values) for each, values in own}
        self._memo: dict[Any, Any] = {}

    @property
    def memo(self) -> dict[Any, Any]:
        """What was made of this atlas: apart from everybody's, since own figures are in it."""
        return self._memo

    def indicators(self) -> tuple[Indicator, ...]:
        """Return every indicator, own ones last."""
        return (*super().indicators(), *(each for each, _ in self._own.values()))

    def indicator(self, identifier: str) -> Indicator:
        """Return one indicator; raises ``UnknownNameError``."""
        return self._own[identifier][0] if identifier in self._own else super().indicator(identifier)

    def values(self, identifier: str, date: str | None = None) -> pd.Series:
        """Return an indicator's values by code, the newest date by default; NaN is no data."""
        if identifier not in self._own:
            return super().values(identifier, date)
        chosen, values = self._own[identifier]
        if date and date not in chosen.dates:
            msg = f"指標「{chosen.title}」に {date[:20]} の値はありません。ある時点：{'、'.join(chosen.dates)}"
            raise UnknownNameError(msg, chosen.dates)
        series = values.copy()
        series.attrs["sources"] = (chosen.source,)
        return series

    def flags(self, identifier: str, date: str | None = None) -> pd.Series:
        """Return the flag of each value: ``no_data``, or "" (nothing is known of an own figure's standing)."""
        if identifier not in self._own:
            return super().flags(identifier, date)
        return self.values(identifier, date).isna().map({True: "no_data", False: ""})

    def indicator_groups(self) -> tuple[Group, ...]:
        """Return the groups of indicators, the own one first."""
        return (GROUP, *super().indicator_groups()) if self._own else super().indicator_groups()

    def find_indicators(self, query: str = "", group: str | None = None) -> tuple[Indicator, ...]:
        """Return the indicators in which all words of a query occur; own ones first."""
        words = folded(query).split()
        own = [
            each
            for each, _ in self._own.values()
            if group in (None, GROUP.id) and all(word in each.search_text for word in words)
        ]
        return (*own, *(() if group == GROUP.id else super().find_indicators(query, group)))


def own_indicator(number: int, read: OwnIndicator, file_name: str, date: str) -> tuple[Indicator, pd.Series]:
    """Return a column of a planner's table as an indicator.

    Parameters
    ----------
    number
        Counts the own indicators of a session, from 1.
    read
        The column.
    file_name
        Where it comes from: the source that is told everywhere.
    date
        ISO day on which it was read: the table says no other.

    Returns
    -------
    Indicator, pandas.Series
        With a sum as its rule where the unit counts things; else it is told of single municipalities alone.

    Examples
    --------
    >>> import pandas as pd
    >>> from renkei.exchange.own_table import OwnIndicator
    >>> column = OwnIndicator("登録者数", "人", pd.Series({"10444": 12.0}), (), 1.0)
    >>> made, _ = own_indicator(1, column, "a.csv", "2026-11-26")
    >>> made.id, made.title, made.decimals, made.rule is not None
    ('own_1', '登録者数', 0, True)
    """
    identifier = f"{PREFIX}{number}"
    known = read.figures.dropna()
    negative = bool((known < 0).any()) and bool((known > 0).any())
    unread = f"読めないセル {len(read.unread)}個は値なし。" if read.unread else ""
    made = Indicator(
        id=identifier,
        title=read.title[:60],
        title_en=read.title[:60],
        group=GROUP.id,
        unit=read.unit,
        unit_en=read.unit,
        kind="number",
        direction="none",
        scheme="quantile",
        decimals=_decimals(known.to_numpy(dtype=float)),
        diverging=negative,
        labels=(),
        labels_en=(),
        dates=(date,),
        flags=((date, ""),),
        natural_breaks=(),
        definition=f"自分のデータ「{file_name}」の列「{read.title}」。{unread}",
        source=f"自分のデータ（{file_name}）",
        source_url="",
        publisher="自分のデータ",
        licence="このファイルを読み込んだ人に限る",
        coverage=len(known),
        gaps="",
        table="",
        published=((date, date),),
        rule=Rule("sum", (identifier,)) if read.unit in _COUNTED else None,
    )
    return made, read.figures


def _decimals(values: np.ndarray) -> int:
    for decimals in range(_MOST_DECIMALS):
        if np.allclose(values, np.round(values, decimals), atol=1e-9):
            return decimals
    return _MOST_DECIMALS
