"""The point grid in the user's cache folder, under the checksum of the boundaries that it was built from."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import platformdirs
import shapely

from geo.data_folder import write_atomic
from geo.grid_levels import BITS, BLOCK, FINEST, INVALID, CandidateSets, Frame, Levels, frame_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

LAYOUT = 1
"""To be raised when the meaning of what is kept changes."""


def grid_path(polygons: NDArray[np.object_]) -> Path:
    """Return where the grid of these polygons is kept; other polygons or another layout have another file."""
    checksum = hashlib.sha256(f"{LAYOUT} {FINEST} {BITS} ".encode())
    for content in shapely.to_wkb(polygons):
        checksum.update(content)
    return Path(platformdirs.user_cache_dir("renkei")) / f"point-grid-{checksum.hexdigest()}.npz"


def keep_levels(polygons: NDArray[np.object_], levels: Levels) -> None:
    """Keep a grid for the next process; where the folder cannot be written, nothing is kept."""
    path = grid_path(polygons)
    content = io.BytesIO()
    np.savez_compressed(
        content,
        frame=np.array(levels.frame),
        top=levels.top,
        middle=levels.middle,
        fine=levels.fine,
        first=levels.sets.first,
        size=levels.sets.size,
        members=levels.sets.members,
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for other in set(path.parent.glob("point-grid-*.npz")) - {path}:
            other.unlink(missing_ok=True)
        write_atomic(path, content.getvalue())
    except OSError:
        return


def kept_levels(polygons: NDArray[np.object_]) -> Levels | None:
    """Return the kept grid of these polygons, or None where there is none, or none that is whole."""
    try:
        with np.load(io.BytesIO(grid_path(polygons).read_bytes()), allow_pickle=False) as arrays:
            frame = Frame(*(int(value) for value in arrays["frame"]))
            sets = CandidateSets(arrays["first"], arrays["size"], arrays["members"])
            levels = Levels(frame, arrays["top"], arrays["middle"], arrays["fine"], sets)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None
    return levels if _consistent(levels, polygons) else None


def _consistent(levels: Levels, polygons: NDArray[np.object_]) -> bool:
    """Tell whether no look-up can leave the arrays: what a damaged or foreign file would cause."""
    top, middle, fine, sets = levels.top, levels.middle, levels.fine, levels.sets
    if levels.frame != frame_of(polygons) or not all(each.dtype.kind == "i" for each in (top, middle, fine, *sets)):
        return False
    if top.size != (levels.frame.rows >> 2 * BITS) * (levels.frame.columns >> 2 * BITS) or not sets.size.size:
        return False
    blocks = (middle.size // BLOCK, fine.size // BLOCK, len(sets.first))
    deep = all(
        int(INVALID - level.min(initial=INVALID)) < count
        for level, count in zip((top, middle, fine), blocks, strict=True)
    )
    names = all(int(level.max(initial=0)) < len(polygons) for level in (top, middle, fine, sets.members))
    return deep and names and bool((sets.first >= 0).all() and (sets.first + sets.size <= len(sets.members)).all())
