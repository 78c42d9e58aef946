"""The inputs from which ``data/indicators/`` is built: known by their checksums, found in any folder.

``inputs.csv`` lists them. Somebody who wants to build anew fills a folder with files of these checksums, under any
names; what differs or is missing is named.
"""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from geo.errors import DataError

LIST = Path(__file__).with_name("inputs.csv")


class Input(NamedTuple):
    """A file from which a table is made: name, SHA-256, size, ISO day on which it was got, what, where from."""

    file: str
    sha256: str
    bytes: int
    retrieved: str
    what: str
    address: str


@cache
def listed_inputs() -> dict[str, Input]:
    """Return the inputs by their names.

    Examples
    --------
    >>> listed_inputs()["ipss_r5_kekkahyo1.xlsx"].bytes
    358349
    """
    with LIST.open(encoding="utf-8", newline="") as file:
        rows = [Input(**{**row, "bytes": int(row["bytes"])}) for row in csv.DictReader(file)]  # type: ignore[arg-type]
    return {row.file: row for row in rows}


class Archive:
    """A folder of inputs.

    Parameters
    ----------
    folder
        Searched with everything below it; names do not matter, checksums do.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            msg = f"入力ファイルのフォルダー {folder} がありません。--inputs で場所を指定してください。"
            raise DataError(msg)
        self._by_size: dict[int, list[Path]] = {}
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                self._by_size.setdefault(path.stat().st_size, []).append(path)
        self._found: dict[str, Path | None] = {}

    def path(self, name: str) -> Path | None:
        """Return where an input lies; None where no file has its checksum."""
        if name not in self._found:
            wanted = listed_inputs()[name]
            # A file of the right name first; of all others only those of the right size are read.
            candidates = sorted(self._by_size.get(wanted.bytes, []), key=lambda path: path.name != name)
            self._found[name] = next((path for path in candidates if sha256_of(path) == wanted.sha256), None)
        return self._found[name]

    def missing(self, names: tuple[str, ...]) -> list[Input]:
        """Return which of some inputs are not there."""
        return [listed_inputs()[name] for name in names if self.path(name) is None]


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
