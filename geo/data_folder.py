"""Where ``data/`` is, in a checkout and in an installed wheel; writing without half-written files."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path

from geo.errors import DataError


@cache
def _root() -> Path:
    beside = Path(__file__).resolve().parent.parent
    # The wheel carries data/ inside the package renkei, so that site-packages gets no top-level "data".
    for folder in (beside / "data", beside / "renkei" / "data"):
        if (folder / "boundaries").is_dir():
            return folder
    msg = f"データフォルダが見つかりません（{beside / 'data'}）。インストールし直してください。"
    raise DataError(msg)


def data_path(*parts: str) -> Path:
    """Return the path of a file or folder below ``data/``.

    Parameters
    ----------
    *parts
        Path segments below ``data/``, such as ``"cases", "cases.csv"``.

    Raises
    ------
    DataError
        When no data folder stands beside the code.
    """
    return _root().joinpath(*parts)


def write_atomic(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` so that readers see the old file or the new one, never a part.

    Raises
    ------
    OSError
        When the folder cannot be written; nothing is left behind.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
