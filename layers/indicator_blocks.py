"""The values of a table of indicators, read from Parquet as blocks: one an indicator and date, in gazetteer order.

A table is tidy (``code``, ``indicator``, ``date``, ``value``, ``flag``) and its blocks follow one another whole. Which
they are stands in the file's own metadata, so that only the values need to be read: of 1.2 million rows the texts
would take ten times as long.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np

    Blocks = dict[tuple[str, str], np.ndarray]

BLOCKS, CODES = b"renkei.blocks", b"renkei.codes"
"""Keys of the metadata: the (indicator, date) pairs in order as JSON, and what ``codes_mark`` gives."""


def codes_mark(codes: Sequence[str]) -> bytes:
    """Return a short text that names the codes of a block and their order.

    Examples
    --------
    >>> codes_mark(["01100", "01202"])
    b'2:64fc845d9db5'
    """
    return f"{len(codes)}:{hashlib.sha256(','.join(codes).encode()).hexdigest()[:12]}".encode()


def read_blocks(path: Path, codes: Sequence[str]) -> Blocks:
    """Return (indicator, date) to values, in the order of ``codes``; NaN is no data.

    Raises
    ------
    DataError
        When the file cannot be read, or its blocks are not of these codes in this order.
    """
    try:
        with pq.ParquetFile(path) as file:
            about = file.schema_arrow.metadata or {}
            if BLOCKS not in about:
                return _read_whole(file, path, codes)
            keys = [(identifier, date) for identifier, date in orjson.loads(about[BLOCKS])]
            if about.get(CODES) != codes_mark(codes) or file.metadata.num_rows != len(keys) * len(codes):
                raise _other_codes(path)
            column = file.read(columns=["value"], use_threads=False)["value"]
    except (OSError, pa.ArrowException, ValueError) as error:
        if isinstance(error, DataError):
            raise
        msg = f"{path} を読めません。インストールし直してください。"
        raise DataError(msg) from error
    return _parted(column, keys, len(codes))


def _parted(column: pa.ChunkedArray, keys: list[tuple[str, str]], count: int) -> Blocks:
    values = column.combine_chunks().to_numpy(zero_copy_only=False).reshape(-1, count)
    values.flags.writeable = False
    return dict(zip(keys, values, strict=True))


def _read_whole(file: pq.ParquetFile, path: Path, codes: Sequence[str]) -> Blocks:
    """Read a table without metadata, as versions before 0.3 wrote it."""
    read = file.read(columns=["code", "indicator", "date", "value"], use_threads=False)
    own = read["code"].cast(pa.string()).to_pylist()
    count = len(codes)
    if len(own) % count or any(own[first : first + count] != list(codes) for first in range(0, len(own), count)):
        raise _other_codes(path)
    names, dates = (read[column].cast(pa.string()) for column in ("indicator", "date"))
    keys = [(names[row].as_py(), dates[row].as_py()) for row in range(0, len(own), count)]
    return _parted(read["value"], keys, count)


def _other_codes(path: Path) -> DataError:
    return DataError(
        f"{path} が今の市区町村の並びではありません。renkei を入れ直すか、renkei data update をやり直してください。"
    )
