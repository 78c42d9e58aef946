"""What the finder stands on is made behind the page once it has answered, the charts' library imported after it."""

from __future__ import annotations

import threading
from importlib import import_module
from typing import TYPE_CHECKING

from layers.tables import per_snapshot
from renkei.analysis.partners import prepare

if TYPE_CHECKING:
    from renkei.atlas import Atlas


class FinderGround:
    """Made once a snapshot: by a thread of its own, or by whoever needs it first."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._lock = threading.Lock()
        self._begun = False
        self.is_ready = False

    def begin(self) -> None:
        """Begin in the background; a second call does nothing."""
        if not self._begun:
            self._begun = True
            threading.Thread(target=self._behind_the_page, name="finder-ground", daemon=True).start()

    def _behind_the_page(self) -> None:
        self.make()
        import_module("altair")  # two seconds that the first chart need not take

    def make(self) -> None:
        """Make it, or wait for whoever makes it."""
        with self._lock:
            if not self.is_ready:
                prepare(self._atlas)
                self.is_ready = True


@per_snapshot()
def finder_ground(atlas: Atlas) -> FinderGround:
    """Return the ground of an atlas's finder."""
    return FinderGround(atlas)
