"""An atlas with a planner's own data: the shipped tables are shared, what is own stays with its session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.errors import UnknownNameError
from layers.catalog import folded
from layers.tables import ExtendedTables
from renkei.atlas import Atlas
from renkei.own_indicators import GROUP, PREFIX, own_indicator
from renkei.own_rows import joined, own_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from layers.catalog import Group, Indicator
    from layers.release_watch import Awaited
    from layers.user_folder import Damage
    from renkei.exchange.own_table import OwnTable


@dataclass(frozen=True)
class OwnPart:
    """A file of a session: its number (part of every id), name, how many rows it has, and what was read."""

    number: int
    name: str
    table: OwnTable


class OwnAtlas(Atlas):
    """An atlas that also answers for own indicators and own facts.

    Cases, ties, networks and blocs of the session stand behind those of the register; what only tells of the register
    (its coverage, completeness, state) and every official figure is answered by the shared atlas.

    Parameters
    ----------
    shared
        The atlas of everybody; its tables are used as they are.
    own
        Indicators and their values by code, NaN is no data.
    rows
        Own facts as rows of the register's tables (``renkei.own_rows``).
    """

    def __init__(
        self,
        shared: Atlas,
        own: Iterable[tuple[Indicator, pd.Series]] = (),
        rows: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
    ) -> None:
        super().__init__(ExtendedTables(shared.tables, rows) if rows else shared.tables)
        self._shared = shared
        self._own = {each.id: (each, values) for each, values in own}
        self._memo: dict[Any, Any] = {}

    @property
    def shared(self) -> Atlas:
        """The atlas of everybody."""
        return self._shared

    @property
    def memo(self) -> dict[Any, Any]:
        """What was made of this atlas: apart from everybody's, since own data are in it."""
        return self._memo

    def indicators(self) -> tuple[Indicator, ...]:
        """Return every indicator, own ones last."""
        return (*self.shared.indicators(), *(each for each, _ in self._own.values()))

    def indicator(self, identifier: str) -> Indicator:
        """Return one indicator; raises ``UnknownNameError``."""
        return self._own[identifier][0] if identifier in self._own else self.shared.indicator(identifier)

    def values(self, identifier: str, date: str | None = None) -> pd.Series:
        """Return an indicator's values by code, the newest date by default; NaN is no data."""
        if identifier not in self._own:
            return self.shared.values(identifier, date)
        chosen, values = self._own[identifier]
        if date and date not in chosen.dates:
            msg = f"指標「{chosen.title}」に {date[:20]} の値はありません。ある時点：{'、'.join(chosen.dates)}"
            raise UnknownNameError(msg, chosen.dates)
        series = values.copy()
        series.attrs["sources"] = (f"{chosen.publisher}「{chosen.source}」",)
        return series

    def flags(self, identifier: str, date: str | None = None) -> pd.Series:
        """Return the flag of each value: ``no_data``, or "" (nothing is known of an own figure's standing)."""
        if identifier not in self._own:
            return self.shared.flags(identifier, date)
        return self.values(identifier, date).isna().map({True: "no_data", False: ""})

    def indicator_groups(self) -> tuple[Group, ...]:
        """Return the groups of indicators, the own one first."""
        return (GROUP, *self.shared.indicator_groups()) if self._own else self.shared.indicator_groups()

    def find_indicators(self, query: str = "", group: str | None = None) -> tuple[Indicator, ...]:
        """Return the indicators in which all words of a query occur; own ones first."""
        words = folded(query).split()
        own = [
            each
            for each, _ in self._own.values()
            if group in (None, GROUP.id) and all(word in each.search_text for word in words)
        ]
        return (*own, *(() if group == GROUP.id else self.shared.find_indicators(query, group)))

    def coverage(self) -> pd.DataFrame:
        """Return what the register holds of each municipality: own facts are none of it."""
        return self.shared.coverage()

    def completeness(self) -> pd.DataFrame:
        """Return how much the register holds of what is known to exist."""
        return self.shared.completeness()

    def status(self) -> list[dict[str, Any]]:
        """Return the state of every table on disk."""
        return self.shared.status()

    def damages(self) -> list[Damage]:
        """Return every file in use that is not as it was built or written."""
        return self.shared.damages()

    def awaited(self) -> list[Awaited]:
        """Return preliminary figures, and tables of which a newer edition is out or due."""
        return self.shared.awaited()

    def superseded(self) -> pd.DataFrame:
        """Return the figures that final ones have replaced."""
        return self.shared.superseded()

    def ward_values(self, code: str) -> pd.DataFrame:
        """Return the newest value of each indicator for one ward, or for the wards of a city."""
        return self.shared.ward_values(code)


def own_atlas(shared: Atlas, parts: Iterable[OwnPart], date: str) -> OwnAtlas:
    """Return an atlas with everything that several files hold.

    Parameters
    ----------
    shared
        The atlas of everybody.
    parts
        The files.
    date
        ISO day on which they were read.

    Examples
    --------
    >>> from renkei.exchange.own_table import preview_table
    >>> table = preview_table(["自治体", "登録者数（人）"], [(2, ["川場村", "12"])])
    >>> own_atlas(Atlas.open(), [OwnPart(1, "a.csv", table)], "2026-11-26").indicators()[-1].id
    'own_1_1'
    """
    files = tuple(parts)
    indicators = [
        own_indicator(f"{PREFIX}{file.number}_{at}", each, file.name, date)
        for file in files
        for at, each in enumerate(file.table.indicators, 1)
    ]
    rows = joined(own_rows(file.number, file.name, date, len(file.table.rows), file.table.facts) for file in files)
    return OwnAtlas(shared, indicators, rows)
