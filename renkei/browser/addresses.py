"""Where the browser fetches from: files that never change under their names, and what is made when it is asked for."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from layers.tables import per_snapshot

if TYPE_CHECKING:
    from renkei.atlas import Atlas

BASE_URL = "/renkei/files/"
"""Below it: published files, each with the hash of its content in its name."""
MADE_URL = "/renkei/made/"
"""Below it, and below the name of a snapshot: what is made of that snapshot when it is asked for."""


@per_snapshot()
def made_address(atlas: Atlas) -> str:  # noqa: ARG001 - the snapshot keeps its name
    """Return where what is made of a snapshot is asked for; another snapshot has another address."""
    return f"{MADE_URL}{secrets.token_hex(6)}/"
