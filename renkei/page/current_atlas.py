"""The atlas that all visitors of the page share: the newest snapshot, taken anew when the user's folder changes."""

from __future__ import annotations

from threading import Lock

from renkei.atlas import Atlas


class CurrentAtlas:
    """Holds the newest snapshot."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._atlas: Atlas | None = None

    def get(self) -> Atlas:
        """Return the newest snapshot; a new one when the user's folder has changed since the last call."""
        with self._lock:
            self._atlas = Atlas.open() if self._atlas is None else self._atlas.renewed()
            return self._atlas


_SHARED = CurrentAtlas()


def current_atlas() -> Atlas:
    """Return the newest snapshot of this process's page."""
    return _SHARED.get()
