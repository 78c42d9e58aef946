"""Reading CSV inputs strictly: UTF-8 with or without a byte order mark, plain or gzipped, every column as text."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from typing import TYPE_CHECKING

from geo.errors import DataError
from renkei.official.workbook import KEPT, MOST_BYTES, check_plain_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

GZIP = b"\x1f\x8b"
MOST_CELL = 100_000


def text_rows(path: Path, columns: Sequence[str] = ()) -> list[dict[str, str]]:
    """Return the rows of a CSV file, each a dictionary by the header's words.

    Parameters
    ----------
    path
        CSV in UTF-8, also with a byte order mark, also gzipped.
    columns
        What the header must hold.

    Raises
    ------
    DataError
        When it is empty, no UTF-8, too large, or lacks a column; the message says which.
    """
    check_plain_file(path)
    try:
        text = _content(path).decode("utf-8-sig")
        csv.field_size_limit(MOST_CELL)
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        header = list(reader.fieldnames or ())
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        msg = f"{path.name} を UTF-8 の CSV として読めません（{error}）。{KEPT}"
        raise DataError(msg) from error
    if missing := [column for column in columns if column not in header]:
        there = "、".join(header)[:200] or "なし"
        msg = f"{path.name} に列「{'、'.join(missing)}」がありません（ある列：{there}）。{KEPT}"
        raise DataError(msg)
    if any(None in row or None in row.values() for row in rows):
        msg = f"{path.name} に、見出しと列の数が合わない行があります。途中で切れていないか確かめてください。{KEPT}"
        raise DataError(msg)
    return rows


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        zipped = file.read(len(GZIP)) == GZIP
    try:
        with gzip.open(path) if zipped else path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        msg = f"{path.name} を読めません（壊れているか、途中で切れています）。取得し直してください。{KEPT}"
        raise DataError(msg) from error
    if len(content) > MOST_BYTES:
        most = f"{MOST_BYTES / 1e6:,.0f} MB"
        msg = f"{path.name} は大きすぎます（{most} を超えます）。正しいファイルか確かめてください。{KEPT}"
        raise DataError(msg)
    return content
