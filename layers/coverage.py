"""Which municipalities the register names: by a tie, a network or an area – and which it knows nothing of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.gazetteer import municipalities
from layers.blocs import blocs
from layers.networks import networks
from layers.partnerships import partnerships
from layers.tables import per_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.tables import Tables

LEVELS: tuple[tuple[str, str, str], ...] = (
    ("named", "一つずつ名の挙がっているものがある", "Named one by one in a tie, network or area"),
    ("summed_up", "「全市町村」や推定でだけ入る", "Only summed up (“all municipalities of …”) or implied"),
    ("nothing", "何も集まっていない（ないという意味ではない）", "Nothing held (not: nothing there)"),
)
"""Id, Japanese, English; from the best known to the least."""


@per_snapshot()
def coverage(tables: Tables) -> pd.DataFrame:
    """Return what the register holds of each municipality.

    Returns
    -------
    pandas.DataFrame
        By code, in gazetteer order: ``ties`` (counted ones: taking part in an event is none), ``networks``,
        ``blocs`` (numbers of facts in which it is named one by one), ``summed_up`` (networks and areas of which it
        is a member by a word such as 「県内の全市町村」, or by inference), ``level`` (id of ``LEVELS``).

    Examples
    --------
    >>> from layers.tables import Tables
    >>> coverage(Tables.open()).loc["13112", "level"]
    'named'
    """
    index = municipalities().index
    own, nets, areas = partnerships(tables), networks(tables), blocs(tables)
    own = own[own["counted"].astype(bool)]
    listed, by_name = nets["membership"].eq("listed"), areas["membership"].eq("listed")
    frame = pd.DataFrame(
        {
            "ties": _count(index, [(a, b) for a, b in zip(own["from_code"], own["to_code"], strict=True)]),
            "networks": _count(index, nets.loc[listed, "member_codes"]),
            "blocs": _count(index, areas.loc[by_name, "member_codes"]),
            "summed_up": _count(index, nets.loc[~listed, "member_codes"])
            + _count(index, areas.loc[~by_name, "member_codes"]),
        }
    )
    named = frame[["ties", "networks", "blocs"]].sum(axis=1).gt(0)
    frame["level"] = np.select([named, frame["summed_up"].gt(0)], ["named", "summed_up"], "nothing")
    return frame


def _count(index: pd.Index, parties: Iterable[tuple[str, ...]]) -> pd.Series:
    codes = pd.Series([code for each in parties for code in each], dtype=str)
    return codes.value_counts().reindex(index, fill_value=0).astype(int)
