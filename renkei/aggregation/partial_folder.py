"""Sums of finished parts, kept beside the output until all are done: what a killed run leaves for the next."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from geo.data_folder import write_atomic
from geo.errors import DataError
from renkei.aggregation.grouped_sums import GroupedSums

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from renkei.aggregation.sum_part import PartResult


class PartialFolder:
    """Finished parts by key. A part counts as done when its sums are there; they are written last, as a whole."""

    def __init__(self, output: Path) -> None:
        self.path = output.absolute().parent / f".{output.name}.parts"

    def begin(self, keys: Iterable[str]) -> set[str]:
        """Make the folder, take out what belongs to other work, and return the keys of the parts that are done.

        Raises
        ------
        DataError
            When the folder cannot be written.
        """
        wanted = set(keys)
        try:
            self.path.mkdir(exist_ok=True)
            for file in self.path.iterdir():
                if file.name.split(".")[0] not in wanted or not file.name.endswith((".sums", ".bad")):
                    file.unlink()
        except OSError as error:
            raise self._unwritable(error) from error
        return {key for key in wanted if self._whole(key)}

    def _whole(self, key: str) -> bool:
        try:
            pq.read_metadata(self._sums(key))
            pq.read_metadata(self._bad(key))
        except (OSError, pa.ArrowException):
            return False
        return True

    def _sums(self, key: str) -> Path:
        return self.path / f"{key}.sums"

    def _bad(self, key: str) -> Path:
        return self.path / f"{key}.bad"

    def save(self, key: str, result: PartResult) -> None:
        """Keep a part's result.

        Raises
        ------
        DataError
            When it cannot be written.
        """
        try:
            write_atomic(self._bad(key), _packed(result.bad))
            write_atomic(self._sums(key), _packed(result.sums))
        except OSError as error:
            raise self._unwritable(error) from error

    def sums(self, key: str) -> GroupedSums:
        """Return a finished part's sums.

        Raises
        ------
        DataError
            When its file was damaged.
        """
        try:
            return GroupedSums.from_table(pq.read_table(self._sums(key)))
        except (OSError, ValueError, LookupError, pa.ArrowException) as error:
            raise self._damaged() from error

    def bad(self, key: str) -> pa.Table:
        """Return a finished part's bad rows.

        Raises
        ------
        DataError
            When its file was damaged.
        """
        try:
            return pq.read_table(self._bad(key))
        except (OSError, pa.ArrowException) as error:
            raise self._damaged() from error

    def remove(self) -> None:
        """Take the folder away."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _damaged(self) -> DataError:
        return DataError(
            f"途中の結果 {self.path} が壊れています。このフォルダーを消してから、もう一度実行してください。"
        )

    def _unwritable(self, error: OSError) -> DataError:
        return DataError(f"{self.path} に途中の結果を書けません（{error.strerror}）。空きと権限を確かめてください。")


def _packed(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()
