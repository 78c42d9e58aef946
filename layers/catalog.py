"""Every indicator: what it is, where it comes from, and its values for the 1,741 municipalities.

Read from ``data/indicators/datapackage.json`` and the Parquet tables beside it, which
``scripts/build_indicators.py`` makes from the official files.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import orjson
import pandas as pd
import pyarrow.parquet as pq

from geo.errors import DataError, UnknownNameError
from geo.gazetteer import municipalities
from layers.tables import per_snapshot

if TYPE_CHECKING:
    import numpy as np

    from layers.tables import Tables


@dataclass(frozen=True)
class Indicator:
    """One number or category per municipality and date.

    Parameters
    ----------
    id
        Stable name in files, addresses and exports.
    title, title_en
        Name in Japanese and English.
    group
        ``population``, ``decarbonization``, ``dx`` or ``finance``.
    unit, unit_en
        Unit, "" for an index or a category.
    kind
        ``number``, ``category`` (yes and no) or ``membership``.
    direction
        ``up`` (more is better), ``down`` or ``none``.
    scheme, decimals, diverging
        How it is classed and written.
    labels, labels_en
        Names of the categories 0, 1, …
    dates
        ISO dates, months or years, or FYyyyy; ascending.
    flags
        Date to ``preliminary``, ``projection``, ``incomplete`` or "".
    natural_breaks
        Date to the inner breaks of its natural classes, found when the table was built.
    definition, source, source_url, publisher, licence
        What is shown beside every figure.
    coverage
        Municipalities with a value at the newest date, of 1,741.
    gaps
        What is missing, and why.
    table
        File of ``data/indicators/`` that holds it.
    """

    id: str
    title: str
    title_en: str
    group: str
    unit: str
    unit_en: str
    kind: str
    direction: str
    scheme: str
    decimals: int
    diverging: bool
    labels: tuple[str, ...]
    labels_en: tuple[str, ...]
    dates: tuple[str, ...]
    flags: tuple[tuple[str, str], ...]
    natural_breaks: tuple[tuple[str, tuple[float, ...]], ...]
    definition: str
    source: str
    source_url: str
    publisher: str
    licence: str
    coverage: int
    gaps: str
    table: str

    def breaks(self, date: str) -> tuple[float, ...] | None:
        """Return the inner breaks of a date's natural classes; () where one class holds all, None where not sought."""
        return dict(self.natural_breaks).get(date)

    def flag(self, date: str) -> str:
        """Return what a date's values are: "" (final), ``preliminary``, ``projection`` or ``incomplete``."""
        return dict(self.flags).get(date, "")


def _indicator(entry: dict[str, Any]) -> Indicator:
    entry = entry | {
        "labels": tuple(entry["labels"]),
        "labels_en": tuple(entry["labels_en"]),
        "dates": tuple(entry["dates"]),
        "flags": tuple(entry["flags"].items()),
        "natural_breaks": tuple((date, tuple(found)) for date, found in entry["natural_breaks"].items()),
    }
    return Indicator(**{field.name: entry[field.name] for field in fields(Indicator)})


@per_snapshot()
def _catalog(tables: Tables) -> dict[str, Indicator]:
    path = tables.path("indicators", "datapackage.json")
    try:
        entries = orjson.loads(path.read_bytes())["indicators"]
        return {entry["id"]: _indicator(entry) for entry in entries}
    except (OSError, KeyError, ValueError) as error:
        msg = f"{path} を読めません。インストールし直すか、scripts/build_indicators.py で作り直してください。"
        raise DataError(msg) from error


def indicators(tables: Tables) -> tuple[Indicator, ...]:
    """Return every indicator, in the order in which they are listed.

    Raises
    ------
    DataError
        When the data package is missing or damaged.
    """
    return tuple(_catalog(tables).values())


def indicator(tables: Tables, identifier: str) -> Indicator:
    """Return one indicator.

    Raises
    ------
    UnknownNameError
        When there is none of that id; ``suggestions`` holds all ids.

    Examples
    --------
    >>> from layers.tables import Tables
    >>> indicator(Tables.open(), "census_population").unit
    '人'
    """
    try:
        return _catalog(tables)[identifier]
    except KeyError as error:
        known = tuple(_catalog(tables))
        msg = f"指標「{identifier[:40]}」はありません。renkei indicators list で一覧を見られます。"
        raise UnknownNameError(msg, known) from error


@per_snapshot()
def _blocks(tables: Tables, table: str) -> dict[tuple[str, str], np.ndarray]:
    """Return (indicator, date) to values in gazetteer order, of one table."""
    path = tables.path("indicators", table)
    texts = ["code", "indicator", "date"]
    try:
        # Texts stay indexes into a dictionary: 260,000 strings would weigh more than the values.
        read = pq.read_table(path, columns=[*texts, "value"], read_dictionary=texts, use_threads=False).combine_chunks()
    except OSError as error:
        msg = f"{path} を読めません。インストールし直してください。"
        raise DataError(msg) from error
    count = len(municipalities())
    code, name, date = (read[column].chunk(0) for column in texts)
    rows = code.indices.to_numpy()
    known = code.dictionary.to_numpy(zero_copy_only=False)
    if len(rows) % count or (known[rows.reshape(-1, count)] != municipalities().index.to_numpy()).any():
        msg = f"{path} が1,741市区町村の並びではありません。scripts/build_indicators.py で作り直してください。"
        raise DataError(msg)
    values = read["value"].to_numpy().reshape(-1, count)
    keys = ((name[row].as_py(), date[row].as_py()) for row in range(0, len(rows), count))
    return dict(zip(keys, values, strict=True))


def values(tables: Tables, identifier: str, date: str | None = None) -> pd.Series:
    """Return an indicator's values.

    Parameters
    ----------
    tables
        The snapshot.
    identifier
        Id of the indicator.
    date
        One of its dates; the newest by default.

    Returns
    -------
    pandas.Series
        float; index: the 1,741 codes in gazetteer order; NaN is "no data", never zero. A category is its
        number in ``labels``.

    Raises
    ------
    UnknownNameError
        When the indicator or the date does not exist.

    Examples
    --------
    >>> from layers.tables import Tables
    >>> int(values(Tables.open(), "census_population", "2020-10-01").sum())
    126146099
    """
    chosen = indicator(tables, identifier)
    wanted = date or chosen.dates[-1]
    if wanted not in chosen.dates:
        msg = f"指標「{chosen.title}」に {wanted[:20]} の値はありません。ある時点：{'、'.join(chosen.dates)}"
        raise UnknownNameError(msg, chosen.dates)
    return pd.Series(_blocks(tables, chosen.table)[identifier, wanted], index=municipalities().index, name=identifier)


def flags(tables: Tables, identifier: str, date: str | None = None) -> pd.Series:
    """Return the flag of each value: ``no_data`` where there is none, otherwise the date's flag."""
    series = values(tables, identifier, date)
    chosen = indicator(tables, identifier)
    return series.isna().map({True: "no_data", False: chosen.flag(date or chosen.dates[-1])})
