"""The rows of a part, batch by batch, as Arrow columns; rows that are no rows are set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from geo.errors import DataError
from renkei.aggregation.csv_layout import open_csv_bytes
from renkei.aggregation.input_files import open_input

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from renkei.aggregation.parts import Part

CSV_BLOCK = 1 << 22
_READ_AHEAD = 1 << 20


class Batch(NamedTuple):
    """Rows of one batch: columns by name (constants left out), all of ``rows`` rows; ``number`` counts from 0."""

    columns: dict[str, pa.Array]
    number: NDArray[np.int64]
    rows: int


class BrokenRows:
    """Rows of a CSV with more or fewer cells than the header: their places among the part's rows, and their text."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def set_aside(self, row: pacsv.InvalidRow) -> str:
        """Remember a row and go on; Arrow counts the rows it is given from 1."""
        self.found.append((int(row.number) - 1, str(row.text)))
        return "skip"

    def numbers(self, good: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the places, among all rows, of rows counted without the broken ones."""
        broken = np.array(sorted(number for number, _ in self.found), dtype=np.int64)
        # The k-th broken row has broken[k] - k good rows before it.
        places: NDArray[np.int64] = good + np.searchsorted(broken - np.arange(len(broken)), good, side="right")
        return places


def read_batches(part: Part, columns: tuple[str, ...], batch_rows: int, broken: BrokenRows) -> Iterator[Batch]:
    """Yield the rows of a part; ``number`` counts good rows (``broken.numbers`` gives their places).

    Raises
    ------
    DataError
        When the file is damaged; the message names it and the row group.
    """
    given = dict(part.file.constants)
    wanted = [name for name in columns if name not in given]
    source = _parquet_batches(part, wanted, batch_rows) if part.row_groups else _csv_batches(part, wanted, broken)
    done = 0
    for record in source:
        for start in range(0, record.num_rows, batch_rows):
            piece = record.slice(start, batch_rows)
            found = {name: piece.column(name) for name in wanted}
            yield Batch(found, np.arange(done, done + piece.num_rows), piece.num_rows)
            done += piece.num_rows


def _parquet_batches(part: Part, wanted: list[str], batch_rows: int) -> Iterator[pa.RecordBatch]:
    group = part.row_groups[0]
    try:
        with open_input(part.file.path) as stream:
            file = pq.ParquetFile(stream, buffer_size=_READ_AHEAD, pre_buffer=False)
            for group in part.row_groups:
                yield from file.iter_batches(batch_rows, row_groups=[group], columns=wanted, use_threads=False)
    except (OSError, pa.ArrowException) as error:
        msg = f"{part.file.name} の行グループ {group} を読めません（途中で切れているか、壊れています）。"
        raise DataError(msg) from error


def _csv_batches(part: Part, wanted: list[str], broken: BrokenRows) -> Iterator[pa.RecordBatch]:
    layout = part.layout
    if layout is None:
        return
    try:
        with open_csv_bytes(part.file) as stream:
            yield from pacsv.open_csv(
                _body(part, stream),
                pacsv.ReadOptions(
                    column_names=list(layout.header), encoding=layout.encoding, block_size=CSV_BLOCK, use_threads=False
                ),
                pacsv.ParseOptions(
                    delimiter=layout.delimiter, newlines_in_values=True, invalid_row_handler=broken.set_aside
                ),
                pacsv.ConvertOptions(
                    include_columns=wanted, column_types=dict.fromkeys(wanted, pa.string()), strings_can_be_null=False
                ),
            )
    except (OSError, EOFError, UnicodeError, pa.ArrowException) as error:
        msg = f"{part.label}が読めません（文字コードが混ざっているか、壊れています：{str(error)[:80]}）。"
        raise DataError(msg) from error


def _body(part: Part, stream: BinaryIO) -> pa.NativeFile | BinaryIO:
    if part.file.gzip:
        stream.read(part.start)
        return stream
    stream.seek(part.start)
    return pa.BufferReader(stream.read(part.end - part.start))
