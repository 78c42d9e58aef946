"""A CSV seen from above, in one pass: its encoding, its header, and ranges of bytes that end with a row."""

from __future__ import annotations

import codecs
import contextlib
import csv
import gzip
import zlib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

import numpy as np

from geo.errors import DataError
from renkei.aggregation.input_files import open_input

if TYPE_CHECKING:
    from collections.abc import Iterator

    from renkei.aggregation.input_files import InputFile

BLOCK = 1 << 24
"""Bytes of a range."""

LONGEST_HEADER = 1 << 20
_NEWLINE, _RETURN, _QUOTE = b'\n\r"'


class CsvLayout(NamedTuple):
    """How a CSV is written: ``encoding`` (``utf-8`` or ``cp932``), ``delimiter``, ``header``, and where rows begin."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    body: int


class Range(NamedTuple):
    """Bytes ``start`` to ``end``, with the number of the first row (the header is 1) and the number of rows."""

    start: int
    end: int
    first_row: int
    rows: int


@contextlib.contextmanager
def open_csv_bytes(file: InputFile) -> Iterator[BinaryIO]:
    """Open a CSV for reading, unpacked, and close it."""
    with open_input(file.path) as stream:
        if not file.gzip:
            yield stream
            return
        with gzip.GzipFile(fileobj=stream) as unpacked:
            yield cast("BinaryIO", unpacked)


def scan_csv(file: InputFile) -> tuple[CsvLayout, list[Range]]:
    """Return the layout of a CSV and its ranges: one for a packed file, which can only be read from its beginning.

    Raises
    ------
    DataError
        When it is not text, in another encoding, damaged, or its header is unusable.
    """
    try:
        with open_csv_bytes(file) as stream:
            head = stream.read(LONGEST_HEADER)
            _refuse(file, head)
            scan = _Scan(b"" if file.gzip else head)
            if not file.gzip:
                while block := stream.read(BLOCK):
                    _refuse(file, block)
                    scan.add(block)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        msg = f"{file.name} を展開できません（途中で切れているか、壊れています）。"
        raise DataError(msg) from error
    encoding = _encoding(head) if file.gzip else scan.encoding
    layout = _layout(file, head, encoding)
    return layout, [Range(layout.body, file.size, 2, 0)] if file.gzip else scan.ranges(layout.body)


def _refuse(file: InputFile, block: bytes) -> None:
    if block.startswith((b"\xff\xfe", b"\xfe\xff")):
        msg = f"{file.name} は UTF-16 です。UTF-8 か Shift_JIS で保存してください。"
        raise DataError(msg)
    if b"\0" in block:
        msg = f"{file.name} は文字のファイルではありません。CSV で保存してください。"
        raise DataError(msg)


def _encoding(head: bytes) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head)
    except UnicodeDecodeError:
        return "cp932"
    return "utf-8"


def _layout(file: InputFile, head: bytes, encoding: str) -> CsvLayout:
    begin = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    ends = _row_ends(np.frombuffer(head, dtype=np.uint8), odd=False)[0]
    body = int(ends[0]) + 1 if len(ends) else len(head)
    try:
        line = head[begin:body].decode(encoding)
    except UnicodeDecodeError as error:
        msg = f"{file.name} の文字コードが分かりません。UTF-8 か Shift_JIS で保存してください。"
        raise DataError(msg) from error
    delimiter = "\t" if "\t" in line and "," not in line else ","
    header = tuple(cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), []))
    if len(set(header)) != len(header) or not any(header):
        msg = f"{file.name} の見出し（1行目）に、空か、同じ名前の列があります。直してください。"
        raise DataError(msg)
    return CsvLayout(encoding, delimiter, header, body)


def _row_ends(data: np.ndarray, *, odd: bool) -> tuple[np.ndarray, bool]:
    """Return the places of the line breaks outside quotation marks, and whether one is open at the end."""
    breaks = np.flatnonzero(data == _NEWLINE)
    quotes = data == _QUOTE
    if odd or quotes.any():
        before = np.cumsum(quotes) + odd
        breaks = breaks[before[breaks] % 2 == 0]
        odd = bool(before[-1] % 2) if len(before) else odd
    return breaks, odd


class _Scan:
    """Goes over a file block by block; remembers where rows end and whether all was UTF-8."""

    def __init__(self, head: bytes) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self.encoding = "utf-8"
        self._length = 0
        self._odd = False
        self._last_break = -1
        self._last_byte = 0
        self._ends: list[tuple[int, int]] = []
        self.add(head)

    def add(self, block: bytes) -> None:
        """Take the next block."""
        if not block:
            return
        if self.encoding == "utf-8":
            try:
                self._decoder.decode(block)
            except UnicodeDecodeError:
                self.encoding = "cp932"
        data = np.frombuffer(block, dtype=np.uint8)
        breaks, self._odd = _row_ends(data, odd=self._odd)
        if len(breaks):
            gap = np.diff(breaks, prepend=self._last_break - self._length)
            before = np.where(breaks > 0, data[breaks - 1], self._last_byte)
            blank = (gap == 1) | ((gap == 2) & (before == _RETURN))  # noqa: PLR2004
            self._ends.append((self._length + int(breaks[-1]) + 1, int(np.count_nonzero(~blank))))
            self._last_break = self._length + int(breaks[-1])
        self._length += len(block)
        self._last_byte = block[-1]

    def ranges(self, body: int) -> list[Range]:
        """Return the ranges below the header, which ends at ``body``."""
        return [each for each in self._ranges(body) if each.end > each.start]

    def _ranges(self, body: int) -> Iterator[Range]:
        start, row = body, 2
        for number, (end, rows) in enumerate(self._ends):
            inside = rows - (number == 0)  # the header is a row of the first block
            yield Range(start, end, row, inside)
            start, row = max(end, body), row + inside
        yield Range(start, self._length, row, 1)
