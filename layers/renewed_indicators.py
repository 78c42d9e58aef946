"""Figures that ``renkei data update`` put into the user's folder, laid over the shipped ones date by date.

The folder holds the renewed blocks alone (``indicators/renewed/TABLE.parquet``) and what is said of them
(``indicators/renewed/TABLE.json``). Where both have a date, what was published later stands; so a renewed figure
outlives an upgrade, and a preliminary one gives way to the final one that an upgrade brings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from geo.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.tables import Tables

FOLDER = "indicators"
RENEWED = "renewed"
WORDS = ("source", "source_url", "publisher", "licence", "gaps")
"""What is said of an indicator's source follows its newest date."""


def renewed_tables(tables: Tables) -> tuple[str, ...]:
    """Return the names of the tables of which the user's folder holds renewed blocks."""
    head, tail = f"{FOLDER}/{RENEWED}/", ".json"
    return tuple(
        name.removeprefix(head).removesuffix(tail)
        for name in tables.own_names()
        if name.startswith(head) and name.endswith(tail)
    )


def renewed_about(tables: Tables, table: str) -> dict[str, Any]:
    """Return what is said of a renewed table: ``indicators`` (entries of the catalog), ``official_files``.

    Raises
    ------
    DataError
        When it cannot be read.
    """
    path = tables.path(FOLDER, f"{RENEWED}/{table}.json")
    try:
        about: dict[str, Any] = orjson.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        msg = f"{path} を読めません。控えから戻すか、renkei data update をやり直してください。"
        raise DataError(msg) from error
    return about


def renewed_entries(tables: Tables) -> list[dict[str, Any]]:
    """Return the catalog's entries of every renewed table, those that follow from others last."""
    found = [entry for table in renewed_tables(tables) for entry in renewed_about(tables, table)["indicators"]]
    return sorted(found, key=lambda entry: bool(entry["derived"]))


def merged(shipped: Iterable[dict[str, Any]], renewed: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lay renewed entries over the shipped ones.

    Parameters
    ----------
    shipped, renewed
        Entries of the catalog, as the data package holds them.

    Examples
    --------
    >>> def entry(date, published):
    ...     one = {"id": "a", "dates": [date], "published": {date: published}, "coverage": 1, "derived": False}
    ...     return one | {"flags": {date: ""}, "natural_breaks": {}, "rule": None, "source": published}
    >>> found, = merged([entry("2020", "2021")], [entry("2025", "2026")])
    >>> found["dates"], found["renewed"], found["source"]
    (['2020', '2025'], ['2025'], '2026')
    """
    found = {entry["id"]: entry for entry in shipped}
    for entry in renewed:
        held = found.get(entry["id"])
        found[entry["id"]] = {**entry, "renewed": entry["dates"]} if held is None else _over(held, entry)
    return list(found.values())


def _stands(held: dict[str, Any], entry: dict[str, Any], date: str) -> bool:
    """Whether the renewed figures of a date stand, where the shipped tables have it too."""
    if entry["flags"].get(date) == "preliminary" and held["flags"].get(date) != "preliminary":
        return False
    return bool(entry["published"][date] >= held["published"][date])


def _over(held: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    later = [date for date in entry["dates"] if date not in held["dates"] or _stands(held, entry, date)]
    if not later:
        return held
    dates = sorted({*held["dates"], *later})
    whole = {**held, "dates": dates, "renewed": sorted({*held.get("renewed", ()), *later})}
    for part in ("flags", "published", "natural_breaks"):
        whole[part] = {**held[part], **{date: entry[part][date] for date in later if date in entry[part]}}
    if entry["rule"] and held["rule"]:
        whole["rule"] = {**held["rule"], "dates": {**held["rule"]["dates"], **entry["rule"]["dates"]}}
    if dates[-1] in later:
        whole |= {key: entry[key] for key in (*WORDS, "coverage") if key in entry}
    return whole
