"""People by sex and five-year age group, out of the residents' register: what an age pyramid is drawn of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow.parquet as pq

from geo.errors import DataError, UnknownNameError
from geo.gazetteer import municipalities
from layers.tables import per_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layers.tables import Tables

AGES = tuple(range(0, 105, 5))
"""First year of each group; the last is 100 and over."""
_EACH = 2 * len(AGES) + 1
"""Rows of a municipality: men, women, the unlisted, as ``renkei.official.age_groups`` writes them."""
SOURCE = "総務省「住民基本台帳年齢階級別人口（市区町村別）（総計）」"


class AgeGroups(NamedTuple):
    """People by five-year age group.

    ``date``: ISO day; ``ages``: first year of each group; ``male``, ``female``: people, as many as ``ages``;
    ``unlisted``: residents whose age is not published (few foreign residents), or who are entered as neither sex.
    """

    date: str
    ages: tuple[int, ...]
    male: tuple[int, ...]
    female: tuple[int, ...]
    unlisted: int

    @property
    def total(self) -> int:
        """All residents, the unlisted among them."""
        return sum(self.male) + sum(self.female) + self.unlisted

    def to_json(self) -> dict[str, object]:
        """Return the fields by their names, ready for JSON."""
        return self._asdict()


@per_snapshot()
def _people(tables: Tables) -> tuple[str, Mapping[str, np.ndarray]]:
    """Return the date, and by code 43 counts: 21 ages of men, 21 of women, the unlisted."""
    path = tables.path("indicators", "age_groups.parquet")
    try:
        table = pq.read_table(path)
    except OSError as error:
        msg = f"{path} を読めません。インストールし直してください。"
        raise DataError(msg) from error
    people = table["people"].to_numpy().reshape(-1, _EACH)
    codes = table["code"].to_pandas().iloc[::_EACH]
    return str(table["date"][0].as_py()), dict(zip(map(str, codes), people, strict=True))


def age_groups(tables: Tables, codes: Iterable[str]) -> AgeGroups:
    """Return the people of municipalities together by sex and five-year age group.

    Parameters
    ----------
    tables
        The snapshot.
    codes
        5-digit codes of municipalities; repeats change nothing.

    Raises
    ------
    UnknownNameError
        When a code is none of the 1,741.

    Examples
    --------
    >>> from layers.tables import Tables
    >>> found = age_groups(Tables.open(), ["10444"])
    >>> found.date, found.ages[:2], found.total
    ('2025-01-01', (0, 5), 2973)
    """
    date, people = _people(tables)
    wanted = dict.fromkeys(codes)
    if unknown := [code for code in wanted if code not in people]:
        msg = f"市区町村コード「{unknown[0][:10]}」は現在の{len(municipalities()):,}市区町村にありません。"
        raise UnknownNameError(msg)
    together = np.sum([people[code] for code in wanted] or [np.zeros(_EACH, dtype=int)], axis=0).tolist()
    count = len(AGES)
    return AgeGroups(date, AGES, tuple(together[:count]), tuple(together[count:-1]), together[-1])
