"""A column of a planner's own table as an indicator beside the official ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from layers.catalog import Group, Indicator
from layers.indicator_rules import Rule

if TYPE_CHECKING:
    import pandas as pd

    from renkei.exchange.own_table import OwnIndicator

GROUP = Group("own", "自分のデータ", "Own data")
PREFIX = "own_"
_COUNTED = frozenset("人 世帯 戸 件 社 円 台 か所 箇所 施設 回 kW t ha".split())  # noqa: SIM905 - one line
"""Units whose figures add up over municipalities; of others no sum is told."""
_MOST_DECIMALS = 3


def own_indicator(identifier: str, read: OwnIndicator, file_name: str, date: str) -> tuple[Indicator, pd.Series]:
    """Return a column of a planner's table as an indicator.

    Parameters
    ----------
    identifier
        Its id, unlike any other of the session.
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
    >>> made, _ = own_indicator("own_1_1", column, "a.csv", "2026-11-26")
    >>> made.id, made.title, made.decimals, made.rule is not None
    ('own_1_1', '登録者数', 0, True)
    """
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
        source=f"{file_name}（未確認）",
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
