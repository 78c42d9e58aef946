"""総務省統計局 社会・人口統計体系 市区町村データ (e-Stat): items of many surveys, year by year.

Which item is which indicator, and on what day a year's figure stands, is in the definitions
(``definitions/social_demographic_series.toml``: ``item`` and ``when``).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from geo.errors import DataError
from geo.gazetteer import municipalities
from renkei.official.definition_files import definitions
from renkei.official.estat_api import read_items
from renkei.official.municipal_series import number, of_today
from renkei.official.tables_of_text import text_rows
from renkei.official.workbook import KEPT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from renkei.official.municipal_series import Block

TABLE = "social_demographic_series"
API_TABLES = {letter: f"00000202{number:02}" for number, letter in enumerate("ABCDEFGHIJ", 1)}
"""Field of an item, its first letter, to the 統計表ID of 市区町村データ 基礎データ（廃置分合処理済）."""

Pairs = dict[tuple[str, int], dict[str, float | None]]
"""(Item, year) to code to value."""

FIRST_REGISTER = 2012
"""Until 2013 the register was counted on 31 March; from 2014 on, on 1 January, told under the year before."""

ECONOMIC_CENSUS = {2011: "2012-02-01", 2014: "2014-07-01", 2016: "2016-06-01", 2021: "2021-06-01"}


def day_of(when: str, year: int) -> str:
    """Return the date of a year's figure.

    Parameters
    ----------
    when
        ``{year}`` stands for the year; ``register`` and ``economic_census`` are days of their own.
    year
        As the table tells it.

    Examples
    --------
    >>> day_of("{year}-10-01", 2020), day_of("FY{year}", 2021), day_of("register", 2023), day_of("register", 2012)
    ('2020-10-01', 'FY2021', '2024-01-01', '2013-03-31')
    """
    if when == "register":
        return "2013-03-31" if year == FIRST_REGISTER else f"{year + 1}-01-01"
    if when == "economic_census":
        return ECONOMIC_CENSUS[year]
    return when.replace("{year}", str(year))


def read_social_demographic_series(paths: Sequence[Path]) -> list[Block]:
    """Read every defined item at every year.

    Parameters
    ----------
    paths
        One CSV (plain or gzipped): ``code, item, year, value``.

    Raises
    ------
    DataError
        When an item is not defined, a code is none of today's, or a value is there twice.
    """
    path = paths[0]
    pairs: Pairs = defaultdict(dict)
    for line, row in enumerate(text_rows(path, ("code", "item", "year", "value")), 2):
        where = f"{path.name} の{line}行目"
        try:
            _put(pairs, where, row["code"], row["item"], row["year"], number(row["value"]))
        except ValueError as error:
            if isinstance(error, DataError):
                raise
            msg = f"{where}に数でない値があります。{KEPT}"
            raise DataError(msg) from error
    return _blocks(pairs, path.name)


def read_series_of_api(paths: Sequence[Path]) -> list[Block]:
    """Read every defined item out of the API's answers.

    Raises
    ------
    DataError
        When an answer is not of the known form, or names something that was not asked for.
    """
    pairs: Pairs = defaultdict(dict)
    known = municipalities().index
    for path in paths:
        for code, item, year, value in read_items(path.read_bytes(), path.stem):
            if code in known and value is not None:
                _put(pairs, path.name, code, item, year, value)
    return _blocks(pairs, "e-Stat API")


def tables_of_api() -> dict[str, list[str]]:
    """Return 統計表ID to the items that are asked of it.

    Examples
    --------
    >>> tables_of_api()["0000020207"]
    ['G1201', 'G1401']
    """
    found: dict[str, list[str]] = {}
    for item in _items():
        found.setdefault(API_TABLES[item[0]], []).append(item)
    return found


def _items() -> dict[str, dict[str, Any]]:
    return {each["item"]: each for each in definitions().values() if each["defined_in"] == TABLE and each["item"]}


def _put(pairs: Pairs, where: str, code: str, item: str, year: str, value: float | None) -> None:
    own = pairs[item, int(year)]
    if code in own:
        msg = f"{where}：{code} {item} {year} が2回あります。{KEPT}"
        raise DataError(msg)
    own[code] = value


def _blocks(pairs: Pairs, name: str) -> list[Block]:
    items = _items()
    if unknown := {item for item, _ in pairs} - set(items):
        msg = f"{name} に定義のない項目があります：{'、'.join(sorted(unknown)[:5])}。{KEPT}"
        raise DataError(msg)
    order = {item: place for place, item in enumerate(items)}
    return [
        (
            items[item]["id"],
            day_of(items[item]["when"], year),
            of_today(pairs[item, year], f"{name} {item} {year}"),
            "",
        )
        for item, year in sorted(pairs, key=lambda key: (order[key[0]], key[1]))
    ]
