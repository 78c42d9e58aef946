"""The definitions of the indicators: data files in ``definitions/``, one a table, checked against their schema.

``definitions/schema.json`` says what a file may hold, ``definitions/groups.toml`` names the groups in their order.
Adding an indicator is an entry there and, where its table is new, a reader.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from geo.errors import DataError

FOLDER = Path(__file__).parent / "definitions"
NOT_OF_ONE_TABLE = ("groups", "other_tables", "releases")
SOURCE_KEYS = ("source", "publisher", "source_url", "licence")
WHEN_GOT = "*"
"""In ``published``: as a date "any other", as a value "the day on which the file was got"."""

_UNSAID: dict[str, Any] = {
    "unit": "",
    "unit_en": "",
    "kind": "number",
    "direction": "none",
    "scheme": "natural",
    "decimals": 0,
    "diverging": False,
    "labels": [],
    "labels_en": [],
    "gaps": "",
    "common": False,
    "keywords": "",
    "derived": False,
    "negative": False,
    "bloc": None,
    "item": "",
    "when": "",
}


@dataclass(frozen=True)
class TableDefinition:
    """What is said of one table.

    Parameters
    ----------
    name
        Its name, without suffix.
    source
        ``source``, ``publisher``, ``source_url``, ``licence``.
    published
        Date of the figures to the date of their publication; ``*`` for the others.
    indicators
        One dictionary an indicator: its words, kind, classes and rule; the keys of ``source`` are among them.
    updated
        Source of ``renkei data update`` to the words that stand in place of these once it has filled the table.
    """

    name: str
    source: dict[str, str]
    published: dict[str, str]
    indicators: tuple[dict[str, Any], ...]
    updated: dict[str, dict[str, str]]

    def published_on(self, when: str, got: str) -> str:
        """Return the day, month or year on which the figures of a date were published.

        Parameters
        ----------
        when
            Date of the figures.
        got
            ISO day on which the official file was got: what stands where the definition leaves it to the file.
        """
        said = self.published.get(when, self.published.get(WHEN_GOT, WHEN_GOT))
        return got if said == WHEN_GOT else said


@cache
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = orjson.loads((FOLDER / "schema.json").read_bytes())
    return schema


def read_definition(content: str, name: str) -> TableDefinition:
    """Read and check the definitions of one table.

    Parameters
    ----------
    content
        TOML.
    name
        Name of the table.

    Raises
    ------
    DataError
        With everything in which it departs from the schema.
    """
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - only builds and updates need it

    try:
        written = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        msg = f"指標の定義 {name}.toml を TOML として読めません：{error}"
        raise DataError(msg) from error
    defaults = written.get("defaults", {})
    listed = written.get("indicator", [])
    whole = {**written, "indicator": [_filled(defaults | each) for each in listed if isinstance(each, dict)]}
    faults = [
        f"{'.'.join(map(str, fault.absolute_path)) or '全体'}：{fault.message}"
        for fault in Draft202012Validator(_schema()).iter_errors(whole)
    ]
    if faults:
        msg = f"指標の定義 {name}.toml に誤りがあります（{len(faults)} 件）：{'　'.join(faults[:10])}"
        raise DataError(msg)
    source = {key: whole["source"][key] for key in SOURCE_KEYS}
    indicators = tuple({**_UNSAID, **each, **source} for each in whole["indicator"])
    return TableDefinition(name, source, whole["published"], indicators, whole.get("updated", {}))


def _filled(entry: dict[str, Any]) -> dict[str, Any]:
    """Put the name into the sentences that every indicator of a table shares."""
    words = {"{name}": str(entry.get("name", "")), "{name_en}": str(entry.get("name_en", ""))}
    found = dict(entry)
    for key in ("title", "title_en", "definition"):
        for mark, word in words.items():
            if isinstance(found.get(key), str):
                found[key] = found[key].replace(mark, word)
    return found


@cache
def table_definitions() -> dict[str, TableDefinition]:
    """Return the definitions of every table, by its name.

    Raises
    ------
    DataError
        When a file departs from the schema, or two indicators have one id.

    Examples
    --------
    >>> table_definitions()["census"].published_on("2025-10-01", got="2026-11-23")
    '2026-09-29'
    """
    found = {
        path.stem: read_definition(path.read_text(encoding="utf-8"), path.stem)
        for path in sorted(FOLDER.glob("*.toml"))
        if path.stem not in NOT_OF_ONE_TABLE
    }
    identifiers = [each["id"] for table in found.values() for each in table.indicators]
    if twice := {each for each in identifiers if identifiers.count(each) > 1}:
        msg = f"同じ id の指標が2つあります：{'、'.join(sorted(twice))}"
        raise DataError(msg)
    return found


@cache
def definitions() -> dict[str, dict[str, Any]]:
    """Return every indicator's definition by its id, each with the ``table`` that holds it."""
    return {
        each["id"]: {**each, "table": "" if each["derived"] else name, "defined_in": name}
        for name, table in table_definitions().items()
        for each in table.indicators
    }


@cache
def groups() -> tuple[dict[str, str], ...]:
    """Return the groups, the most used first: ``id``, ``title``, ``title_en``."""
    return tuple(tomllib.loads((FOLDER / "groups.toml").read_text(encoding="utf-8"))["group"])


def in_order(identifiers: set[str]) -> list[str]:
    """Return indicators as they are listed: by group, in it those used most first, then as they were defined.

    Examples
    --------
    >>> in_order({"dx_ai", "births", "census_population"})
    ['census_population', 'births', 'dx_ai']
    """
    rank = {group["id"]: place for place, group in enumerate(groups())}
    known = definitions()
    return sorted(
        (each for each in known if each in identifiers),
        key=lambda each: (rank[known[each]["group"]], not known[each]["common"]),
    )


@cache
def other_tables() -> dict[str, dict[str, str]]:
    """Return what is said of each table that stands beside the indicators: the keys of ``SOURCE_KEYS``."""
    return tomllib.loads((FOLDER / "other_tables.toml").read_text(encoding="utf-8"))


@cache
def releases() -> tuple[dict[str, str], ...]:
    """Return what is known to be out or due: ``table``, ``date``, ``what``, ``state``, ``day``, ``source``."""
    return tuple(tomllib.loads((FOLDER / "releases.toml").read_text(encoding="utf-8"))["release"])
