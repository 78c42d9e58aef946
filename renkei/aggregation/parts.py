"""Inputs divided into parts: row groups of Parquet, ranges of a CSV that end with a row. A part is done or not."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import DataError
from renkei.aggregation.csv_layout import CsvLayout, scan_csv
from renkei.aggregation.input_files import open_input

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from renkei.aggregation.input_files import InputFile
    from renkei.aggregation.request import Request

LARGEST_RANGE = 256_000_000
"""Bytes of a CSV without the end of a row: then a quotation mark was not closed."""


class Part(NamedTuple):
    """A piece of one file that is read and summed at once.

    ``first_row`` is the number of its first row as a person counts: in Parquet from 1, in CSV from 2 (the header is
    1). ``rows`` is 0 where it is not known beforehand; ``size`` is in bytes, for the progress.
    """

    file: InputFile
    first_row: int
    rows: int
    size: int
    row_groups: tuple[int, ...] = ()
    start: int = 0
    end: int = 0
    layout: CsvLayout | None = None

    @property
    def label(self) -> str:
        """Where this is, for messages: the file, and the row groups or rows."""
        if self.row_groups:
            first, last = self.row_groups[0], self.row_groups[-1]
            return f"{self.file.name} の行グループ {first}" + (f"〜{last}" if last != first else "")
        return f"{self.file.name} の {self.first_row:,} 行目から"

    def key(self, request: Request, edition: str) -> str:
        """Return what this part's sums are kept under: another file, request or edition gives another key."""
        about = [
            self._replace(file=self.file._replace(constants=())),
            self.file.constants,
            request.as_record(),
            edition,
        ]
        return hashlib.sha256(json.dumps(about, ensure_ascii=False).encode()).hexdigest()[:32]


def plan(files: Sequence[InputFile], request: Request, part_rows: int) -> list[Part]:
    """Return the parts of all files, in their order.

    Raises
    ------
    DataError
        When a file is damaged or lacks a column; the message names the file.
    """
    return [part for file in files for part in _parts(file, request, part_rows)]


def _parts(file: InputFile, request: Request, part_rows: int) -> Iterator[Part]:
    given = dict(file.constants)
    wanted = [name for name in request.columns if name not in given]
    yield from _parquet_parts(file, wanted, part_rows) if file.kind == "parquet" else _csv_parts(file, wanted)


def _missing(file: InputFile, wanted: list[str], has: Sequence[str]) -> None:
    missing = [name for name in wanted if name not in has]
    if missing:
        msg = f"{file.name} に列「{'」「'.join(missing)}」がありません（ある列：{'、'.join(has[:20])}）。"
        raise DataError(msg)


def _parquet_parts(file: InputFile, wanted: list[str], part_rows: int) -> Iterator[Part]:
    try:
        with open_input(file.path) as stream:
            metadata = pq.read_metadata(stream)
            schema = metadata.schema.to_arrow_schema()
    except (OSError, pa.ArrowException) as error:
        msg = f"{file.name} を Parquet として読めません（途中で切れているか、壊れています）。"
        raise DataError(msg) from error
    _missing(file, wanted, schema.names)
    for name in wanted:
        _readable(file, schema.field(name))
    groups: list[int] = []
    rows, size, first = 0, 0, 1
    for number in range(metadata.num_row_groups):
        about = metadata.row_group(number)
        groups.append(number)
        rows, size = rows + about.num_rows, size + about.total_byte_size
        if rows >= part_rows or number == metadata.num_row_groups - 1:
            if rows:
                yield Part(file, first, rows, size, tuple(groups))
            groups, first, rows, size = [], first + rows, 0, 0


def _readable(file: InputFile, field: pa.Field) -> None:
    kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        msg = f"{file.name} の列「{field.name}」は数でも文字でもない型（{kind}）です。"
        raise DataError(msg)


def _csv_parts(file: InputFile, wanted: list[str]) -> Iterator[Part]:
    layout, ranges = scan_csv(file)
    _missing(file, wanted, layout.header)
    for start, end, first_row, rows in ranges:
        if end - start > LARGEST_RANGE and not file.gzip:
            msg = f'{file.name} の {first_row:,} 行目あたりで引用符（"）が閉じていません。直してください。'
            raise DataError(msg)
        yield Part(file, first_row, rows, end - start, start=start, end=end, layout=layout)
