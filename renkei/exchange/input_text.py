"""Reading a planner's text file: its encoding found, and what is no text refused in one sentence."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from geo.errors import DataError
from renkei.exchange.file_bytes import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 200_000_000
"""Bytes."""

LONGEST_LINE = 1_000_000
"""Characters; a line longer than that is no table and no report."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")


def read_text_file(path: Path) -> tuple[str, str]:
    """Return a file's text, and its encoding: ``utf-8-sig`` (with or without BOM), ``utf-16`` (with BOM) or ``cp932``.

    Raises
    ------
    DataError
        When the file is missing, empty, too large, not text, in another encoding, or one endless line.
    """
    content = read_content(path)
    text, encoding = decode(path.name, content)
    if not text.strip():
        raise DataError(_empty(path))
    if _CONTROL.search(text):
        msg = f"{path.name} は文字のファイルではありません。CSV かテキストで保存してください。"
        raise DataError(msg)
    if max(map(len, re.split(r"[\r\n]", text))) > LONGEST_LINE:
        msg = f"{path.name} に長すぎる行があります（1行 {LONGEST_LINE:,} 文字まで）。改行を確かめてください。"
        raise DataError(msg)
    return text, encoding


def read_content(path: Path) -> bytes:
    """Return the bytes of a file that holds something.

    Raises
    ------
    DataError
        When the file is missing, no file, empty or too large.
    """
    content = read_bytes(path, LARGEST)
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        raise DataError(_empty(path))
    return content


def _empty(path: Path) -> str:
    return f"{path.name} は空です。中身のあるファイルを指定してください。"


def decode(name: str, content: bytes) -> tuple[str, str]:
    """Return the text of bytes, and its encoding.

    Raises
    ------
    DataError
        When they are no text, or in another encoding.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            msg = f"{name} は UTF-16 の途中で切れています。保存し直してください。"
            raise DataError(msg) from error
    if b"\0" in content:
        msg = f"{name} は文字のファイルではありません。CSV かテキストで保存してください。"
        raise DataError(msg)
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    msg = f"{name} の文字コードが分かりません。UTF-8 か Shift_JIS で保存してください。"
    raise DataError(msg)


def read_lines(path: Path) -> list[tuple[int, str]]:
    """Return line numbers (from 1) and lines; lines without a character are left out.

    Raises
    ------
    DataError
        As ``read_text_file``.
    """
    text, _ = read_text_file(path)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def read_table(path: Path) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of a CSV (or, with tabs in the header, TSV); every cell is text.

    Raises
    ------
    DataError
        As ``read_text_file``; and when rows have more cells than the header, naming the first such row.
    """
    text, _ = read_text_file(path)
    header_line = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in header_line and "," not in header_line else ","
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = [row for row in reader if row]
    except csv.Error as error:
        # A quote that is never closed would swallow all rows after it, without a word.
        msg = f"{path.name} を表として読めません（{_why(str(error))}）。直すか、CSV で保存し直してください。"
        raise DataError(msg) from error
    header, body = rows[0], rows[1:]
    for number, row in enumerate(body, 2):
        if len(row) > len(header):
            msg = f"{path.name} の{number}行目は見出し（{len(header)}列）より列が多くあります。直してください。"
            raise DataError(msg)
    return header, [row + [""] * (len(header) - len(row)) for row in body]


def _why(error: str) -> str:
    quotes = '引用符（"）が閉じていないか、引用符の後に文字があります'
    return quotes if "unexpected end" in error or "expected after" in error else error
