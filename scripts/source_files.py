"""Where the official inputs are, and how a folder of ``data/`` states what it was made from."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from geo.data_folder import write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
RETRIEVED = "2026-11-23"
"""Day on which the given official files were taken over."""


def sha256(content: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def table_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Write a table as CSV: UTF-8, LF, None as empty, lists joined by ``;``."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return text.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return ";".join(str(each) for each in value)
    return str(value)


def write_folder(folder: Path, tables: Mapping[str, bytes], about: Mapping[str, Mapping[str, Any]]) -> None:
    """Write tables and a ``SOURCE.json`` that states, for each, rows, date, source, licence and checksum.

    Parameters
    ----------
    folder
        A folder of ``data/``.
    tables
        File name to content.
    about
        File name to what is said of it: ``rows``, ``as_of``, ``source``, ``publisher``, ``licence``, ``note``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in tables.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_atomic(folder / name, content)
    entries = [
        {
            "file": name,
            **about[name],
            "retrieved": RETRIEVED,
            "bytes": len(content),
            "sha256": sha256(content),
        }
        for name, content in tables.items()
    ]
    write_atomic(
        folder / "SOURCE.json",
        # One line a table: readable, and small where there are a hundred.
        b'{"tables":[\n' + b",\n".join(orjson.dumps(entry) for entry in entries) + b"\n]}\n",
    )
