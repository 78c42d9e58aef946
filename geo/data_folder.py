"""Where ``data/`` is, in a checkout and in an installed wheel; writing without half-written files."""

from __future__ import annotations

import errno
import glob
import os
import stat
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

    A link is followed and stays a link; a file that is replaced keeps its mode; what is no regular file (a device,
    a pipe) is written to, not replaced. Parts that a killed write to the same file has left are removed.

    Raises
    ------
    OSError
        When the folder cannot be written; nothing is left behind.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     target = Path(folder) / "cases.csv"
    ...     write_atomic(target, b"id")
    ...     target.read_bytes(), [each.name for each in target.parent.iterdir()]
    (b'id', ['cases.csv'])
    """
    target = path.resolve()
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        mode = stat.S_IFREG | (0o666 & ~umask)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        with target.open("wb") as stream:
            stream.write(content)
        return
    _remove_leftovers(target)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f"{_part_prefix(target)}{os.getpid()}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(stat.S_IMODE(mode))
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _part_prefix(target: Path) -> str:
    # A name may be as long as the file system allows: the part's own must still fit beside it.
    return f".{target.name[:40]}.part."


def _remove_leftovers(target: Path) -> None:
    """Remove the parts of writers to this file that are no longer running."""
    prefix = _part_prefix(target)
    for each in target.parent.glob(f"{glob.escape(prefix)}*"):
        process = each.name.removeprefix(prefix).split(".")[0]
        if process.isdigit() and not _is_running(int(process)):
            each.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    if os.name == "nt":  # os.kill would end it there
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
