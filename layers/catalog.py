"""Every indicator: what it is, where it comes from, and its values for the 1,741 municipalities.

Read from ``data/indicators/datapackage.json`` and the Parquet tables beside it, which ``renkei data build`` makes of
the official files, and from what ``renkei data update`` put into the user's folder (``layers.renewed_indicators``).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
import pandas as pd

from geo.errors import DataError, UnknownNameError
from geo.gazetteer import municipalities
from layers.indicator_blocks import read_blocks
from layers.indicator_rules import Rule, read_rule
from layers.renewed_indicators import RENEWED, merged, renewed_entries
from layers.tables import per_snapshot

if TYPE_CHECKING:
    import numpy as np

    from layers.indicator_blocks import Blocks
    from layers.tables import Tables

PACKAGE = "datapackage.json"


class Group(NamedTuple):
    """A group of indicators; groups come in the order of their use."""

    id: str
    title: str
    title_en: str


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
        Id of its group (``groups``).
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
        The days, months or years that the figures are of (基準日): ISO, or FYyyyy for a fiscal year; ascending.
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
        File of ``data/indicators/`` that holds it; "" for one that follows from others.
    published
        Date to the day, month or year on which its figures were published (公表日), ISO.
    published_note
        What to know of those days: "" unless a source does not say them.
    common
        Whether it is among those most used, offered first.
    keywords
        Other words for it.
    derived
        Whether its values follow from others by ``rule``.
    rule
        How it is taken for several municipalities together; None where it cannot be told of several.
    renewed
        Dates whose figures are in the user's folder.
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
    published: tuple[tuple[str, str], ...] = ()
    published_note: str = ""
    common: bool = False
    keywords: str = ""
    derived: bool = False
    rule: Rule | None = None
    renewed: tuple[str, ...] = ()

    def breaks(self, date: str) -> tuple[float, ...] | None:
        """Return the inner breaks of a date's natural classes; () where one class holds all, None where not sought."""
        return dict(self.natural_breaks).get(date)

    def flag(self, date: str) -> str:
        """Return what a date's values are: "" (final), ``preliminary``, ``projection`` or ``incomplete``."""
        return dict(self.flags).get(date, "")

    def published_on(self, date: str) -> str:
        """Return the day, month or year on which the figures of a date were published, ISO."""
        return dict(self.published)[date]

    def published_text(self, date: str, *, english: bool = False) -> str:
        """Say when the figures of a date were published: "by" the day on which they were got where nobody says it."""
        day = self.published_on(date)
        if not self.published_note:
            return day
        return f"by {day}" if english else f"{day}まで"

    @property
    def search_text(self) -> str:
        """All words by which it is looked for, folded: titles, other words, definition, publisher.

        Examples
        --------
        >>> from layers.tables import Tables
        >>> "高齢者" in indicator(Tables.open(), "share_65").search_text
        True
        """
        words = (self.title, self.title_en, self.keywords, self.definition, self.publisher, self.id.replace("_", " "))
        return folded(" ".join(words))


def folded(text: str) -> str:
    """Return a text as it is compared in a search: one form of each letter, small.

    Examples
    --------
    >>> folded("ＤＸ　ＡＩ")
    'dx ai'
    """
    return unicodedata.normalize("NFKC", text).casefold()


def _indicator(entry: dict[str, Any]) -> Indicator:
    rule = entry.get("rule")
    read = entry | {
        "labels": tuple(entry["labels"]),
        "labels_en": tuple(entry["labels_en"]),
        "dates": tuple(entry["dates"]),
        "flags": tuple(entry["flags"].items()),
        "natural_breaks": tuple((date, tuple(found)) for date, found in entry["natural_breaks"].items()),
        "published": tuple(entry.get("published", {}).items()),
        "rule": None if rule is None else read_rule(rule),
        "renewed": tuple(entry.get("renewed", ())),
    }
    return Indicator(**{field.name: read[field.name] for field in fields(Indicator) if field.name in read})


@per_snapshot()
def _package(tables: Tables) -> dict[str, Any]:
    path = tables.path("indicators", PACKAGE)
    try:
        package: dict[str, Any] = orjson.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        msg = f"{path} を読めません。インストールし直すか、renkei data build で作り直してください。"
        raise DataError(msg) from error
    return package


@per_snapshot()
def _catalog(tables: Tables) -> dict[str, Indicator]:
    try:
        package = _package(tables)
        rank = {group["id"]: place for place, group in enumerate(package["groups"])}
        entries = merged(package["indicators"], renewed_entries(tables))
        # Those of the user's folder come after the shipped ones of their group.
        entries.sort(key=lambda entry: (rank.get(entry["group"], len(rank)), not entry.get("common", False)))
        return {entry["id"]: _indicator(entry) for entry in entries}
    except (KeyError, TypeError, ValueError) as error:
        msg = f"{tables.path('indicators', PACKAGE)} を読めません。インストールし直してください。"
        raise DataError(msg) from error


def groups(tables: Tables) -> tuple[Group, ...]:
    """Return the groups of indicators, the most used first.

    Examples
    --------
    >>> from layers.tables import Tables
    >>> [group.title for group in groups(Tables.open())][:3]
    ['人口・世帯', '財政', '脱炭素']
    """
    return tuple(Group(each["id"], each["title"], each["title_en"]) for each in _package(tables)["groups"])


def releases(tables: Tables) -> tuple[dict[str, str], ...]:
    """Return what is known to be out or due: ``table``, ``date``, ``what``, ``state``, ``day``, ``source``."""
    return tuple(_package(tables).get("releases", ()))


def indicators(tables: Tables) -> tuple[Indicator, ...]:
    """Return every indicator, in the order in which they are listed: by group, in each the most used first.

    Raises
    ------
    DataError
        When the data package is missing or damaged.
    """
    return tuple(_catalog(tables).values())


def find_indicators(tables: Tables, query: str = "", group: str | None = None) -> tuple[Indicator, ...]:
    """Return the indicators in which all words of a query occur, titles before other words.

    Parameters
    ----------
    tables
        The snapshot.
    query
        Words apart by spaces; all indicators for "".
    group
        Only those of a group.

    Examples
    --------
    >>> from layers.tables import Tables
    >>> [found.id for found in find_indicators(Tables.open(), "ふるさと納税 件数")]
    ['furusato_received_count', 'furusato_per_donation']
    """
    words = folded(query).split()
    among = [each for each in indicators(tables) if group in (None, each.group)]
    found = [each for each in among if all(word in each.search_text for word in words)]
    return tuple(
        sorted(found, key=lambda each: not all(word in folded(f"{each.title} {each.title_en}") for word in words))
    )


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
def _blocks(tables: Tables, table: str) -> Blocks:
    """Return (indicator, date) to values in gazetteer order, of one table."""
    return read_blocks(tables.path("indicators", table), _code_list(tables))


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
    >>> int(values(Tables.open(), "census_population", "2025-10-01").sum())
    122972528
    """
    chosen = indicator(tables, identifier)
    wanted = date or chosen.dates[-1]
    if wanted not in chosen.dates:
        msg = f"指標「{chosen.title}」に {wanted[:20]} の値はありません。ある時点：{'、'.join(chosen.dates)}"
        raise UnknownNameError(msg, chosen.dates)
    return pd.Series(_values(tables, identifier, wanted), index=_codes(tables), name=identifier)


@per_snapshot()
def _values(tables: Tables, identifier: str, date: str) -> np.ndarray:
    """Return an indicator's values as they are kept: read only, in gazetteer order."""
    chosen = indicator(tables, identifier)
    if chosen.derived and chosen.rule is not None:
        found = chosen.rule.apply(date, lambda part, when: _values(tables, part, when))
        found.flags.writeable = False
        return found
    table = f"{RENEWED}/{chosen.table}" if date in chosen.renewed else chosen.table
    return _blocks(tables, table)[identifier, date]


@per_snapshot()
def _codes(_: Tables) -> pd.Index[str]:
    return municipalities().index


@per_snapshot()
def _code_list(tables: Tables) -> tuple[str, ...]:
    return tuple(_codes(tables))


def flags(tables: Tables, identifier: str, date: str | None = None) -> pd.Series:
    """Return the flag of each value: ``no_data`` where there is none, otherwise the date's flag."""
    series = values(tables, identifier, date)
    chosen = indicator(tables, identifier)
    return series.isna().map({True: "no_data", False: chosen.flag(date or chosen.dates[-1])})


@per_snapshot()
def superseded(tables: Tables) -> pd.DataFrame:
    """Return the figures that final ones have replaced: the history that no map shows.

    Returns
    -------
    pandas.DataFrame
        One row a municipality: ``code``, ``indicator``, ``date``, ``value``, ``flag``.

    Examples
    --------
    >>> from layers.tables import Tables
    >>> int(superseded(Tables.open())["value"].sum())
    123049524
    """
    path = tables.path("indicators", "superseded.parquet")
    try:
        frame = pd.read_parquet(path)
    except (OSError, ValueError) as error:
        msg = f"{path} を読めません。インストールし直してください。"
        raise DataError(msg) from error
    return frame.astype({"code": str, "indicator": str, "date": str, "flag": str})
