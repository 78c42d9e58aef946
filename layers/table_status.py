"""The state of every table of ``data/``: rows, date, source, licence, and whether it is as it was built."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import orjson

from geo.errors import DataError
from layers.completeness import completeness
from layers.tables import rows

if TYPE_CHECKING:
    from layers.tables import Tables

_COLUMNS = ("rows", "as_of", "publisher", "source", "licence", "sha256")


def _entries(tables: Tables) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    for folder in sorted(path for path in tables.shipped.iterdir() if path.is_dir()):
        try:
            if (folder / "SOURCE.json").is_file():
                entries = orjson.loads((folder / "SOURCE.json").read_bytes())["tables"]
                found += [(f"{folder.name}/{each['file']}", each) for each in entries]
            if (folder / "datapackage.json").is_file():
                for each in orjson.loads((folder / "datapackage.json").read_bytes())["resources"]:
                    about = {
                        **each,
                        "sha256": each["hash"].removeprefix("sha256:"),
                        "source": each["sources"][0]["title"],
                        "licence": each["licenses"][0]["title"],
                    }
                    found.append((f"{folder.name}/{each['path']}", about))
        except (OSError, KeyError, ValueError) as error:
            msg = f"{folder} の出典ファイルを読めません。インストールし直してください。"
            raise DataError(msg) from error
    return found


def _kinds_in(tables: Tables, table: str) -> list[dict[str, Any]]:
    frame = completeness(tables)
    return rows(frame[frame["layer"].eq(table.removeprefix("cases/").removesuffix(".csv"))])


def table_status(tables: Tables) -> list[dict[str, Any]]:
    """Return one entry a table.

    Returns
    -------
    list of dict
        ``table``, ``rows``, ``as_of``, ``publisher``, ``source``, ``licence``, ``sha256``, ``checksum_ok`` (False
        also where the file is missing); for cases, ties and blocs also ``completeness``, one entry a kind
        (``layers.completeness``).

    Raises
    ------
    DataError
        When a folder's statement of sources cannot be read.
    """
    statuses = []
    for name, about in _entries(tables):
        path = tables.shipped.joinpath(*name.split("/"))
        actual = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        statuses.append(
            {
                "table": name,
                **{key: about[key] for key in _COLUMNS},
                "checksum_ok": actual == about["sha256"],
            }
        )
        if kinds := _kinds_in(tables, name):
            statuses[-1]["completeness"] = kinds
    return statuses
