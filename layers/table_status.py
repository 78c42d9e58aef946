"""The state of every table of ``data/``: rows, date, source, licence, and whether it is as it was built."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson

from geo.data_folder import data_path
from geo.errors import DataError
from layers.completeness import completeness
from layers.tables import rows

_COLUMNS = ("rows", "as_of", "publisher", "source", "licence", "sha256")


def _entries() -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    for folder in sorted(path for path in data_path().iterdir() if path.is_dir()):
        try:
            if (folder / "SOURCE.json").is_file():
                tables = orjson.loads((folder / "SOURCE.json").read_bytes())["tables"]
                found += [(f"{folder.name}/{each['file']}", each) for each in tables]
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


def _kinds_in(table: str) -> list[dict[str, Any]]:
    frame = completeness()
    return rows(frame[frame["layer"].eq(table.removeprefix("cases/").removesuffix(".csv"))])


def table_status() -> list[dict[str, Any]]:
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
    for name, about in _entries():
        path = data_path(*name.split("/"))
        actual = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        statuses.append(
            {
                "table": name,
                **{key: about[key] for key in _COLUMNS},
                "checksum_ok": actual == about["sha256"],
            }
        )
        if kinds := _kinds_in(name):
            statuses[-1]["completeness"] = kinds
    return statuses
