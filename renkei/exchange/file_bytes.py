"""The bytes of a stranger's file: a regular file, or a pipe that a shell has already opened; never one that hangs."""

from __future__ import annotations

import stat
from pathlib import Path

from geo.errors import DataError, UnsafeFileError

LARGEST = 200_000_000
_OPENED = (Path("/dev/fd"), Path("/proc/self/fd"))
"""Where a shell puts what it reads from another command: ``renkei scan <(command)``."""


def read_bytes(path: Path, largest: int = LARGEST) -> bytes:
    """Return a file's bytes.

    Raises
    ------
    DataError
        When it does not exist, cannot be read, or is no file (a folder, a pipe with a name, a device).
    UnsafeFileError
        When it is larger than ``largest``.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            msg = f"{path} はフォルダーです。ファイルを指定してください。"
            raise DataError(msg)
        # A pipe with a name waits for whoever writes into it: perhaps for ever.
        if not stat.S_ISREG(mode) and path.parent not in _OPENED:
            msg = f"{path} はふつうのファイルではありません（パイプや装置）。保存したファイルを指定してください。"
            raise DataError(msg)
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as error:
        msg = f"{path} を読めません（{error.strerror}）。ファイル名を確かめてください。"
        raise DataError(msg) from error
    if len(content) > largest:
        msg = f"{path.name} は大きすぎます（{largest // 1_000_000} MB まで）。分けてください。"
        raise UnsafeFileError(msg)
    return content
