"""The atlas that the library's functions use unless another one was opened."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from renkei.atlas import Atlas

if TYPE_CHECKING:
    import os

_LOCK = Lock()
_DEFAULT: list[Atlas] = []


def open_atlas(folder: str | os.PathLike[str] | None = None) -> Atlas:
    """Open an atlas and make it the one that the functions of ``renkei`` use from now on.

    Parameters
    ----------
    folder
        Your own data (additions, corrections, renewed tables); by default ``RENKEI_DATA``, else your user folder. What
        is shipped is never changed.

    Returns
    -------
    Atlas
        An immutable snapshot: frames are private copies, a later change of the folder is a new snapshot.

    Examples
    --------
    >>> import renkei as rk
    >>> atlas = rk.open()
    >>> len(atlas.cases()) > 100
    True
    """
    atlas = Atlas.open(None if folder is None else Path(folder))
    with _LOCK:
        _DEFAULT[:] = [atlas]
    return atlas


def default_atlas() -> Atlas:
    """Return the atlas opened last, as its folder is now; the first call opens the default folder."""
    with _LOCK:
        _DEFAULT[:] = [_DEFAULT[0].renewed() if _DEFAULT else Atlas.open()]
        return _DEFAULT[0]
