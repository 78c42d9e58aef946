"""The state of every table of ``data/``: rows, date, source, licence, and whether it is as it was built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.errors import DataError
from layers.completeness import completeness
from layers.integrity import is_sound, stated_files
from layers.tables import rows

if TYPE_CHECKING:
    from layers.tables import Tables

_COLUMNS = ("rows", "as_of", "publisher", "source", "licence", "sha256")


def _kinds_in(tables: Tables, table: str) -> list[dict[str, Any]]:
    try:
        frame = completeness(tables)
    except DataError:  # another table is damaged
        return []
    return rows(frame[frame["layer"].eq(table.removeprefix("cases/").removesuffix(".csv"))])


def table_status(tables: Tables) -> list[dict[str, Any]]:
    """Return one entry a table: the shipped ones, then those of the user's folder.

    Returns
    -------
    list of dict
        ``table``, ``layer`` (``shipped``; ``own``: of the user's folder), ``rows``, ``as_of``, ``publisher``,
        ``source``, ``licence``, ``sha256``, ``checksum_ok`` (False also where the file is missing); for cases, ties,
        networks and blocs also ``completeness``, one entry a kind (``layers.completeness``; left out where a table
        cannot be read). Folders whose statement cannot be read have no entry: ``layers.integrity.damages`` tells.
    """
    statuses = []
    for folder in sorted(path for path in tables.shipped.iterdir() if path.is_dir()):
        try:
            stated = stated_files(folder)
        except DataError:
            continue
        for each in stated:
            sound = is_sound(each.path, each.about["sha256"])
            statuses.append(_entry(each.name, "shipped", each.about, sound=sound))
            if sound and (kinds := _kinds_in(tables, each.name)):
                statuses[-1]["completeness"] = kinds
    own = tables.own
    if own is not None:
        try:
            entries = own.entries()
        except DataError:  # told by layers.integrity.damages
            entries = ()
        for entry in entries:
            about = {**entry.about, "sha256": entry.sha256}
            statuses.append(_entry(entry.name, "own", about, sound=is_sound(own.path / entry.file, entry.sha256)))
    return statuses


def _entry(name: str, layer: str, about: dict[str, Any], *, sound: bool) -> dict[str, Any]:
    return {"table": name, "layer": layer, **{key: about.get(key, "") for key in _COLUMNS}, "checksum_ok": sound}
