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
PLACE = "/renkei/place"
"""Where an open page asks how many files are made before its own."""
VISITOR = "x-renkei-visitor"
"""Header by which an open page is known there: behind a proxy all have the same address."""
OWN = "own-"
"""Begins the name of a snapshot with a session's own data: nobody else can guess the rest."""


@per_snapshot()
def made_address(atlas: Atlas) -> str:
    """Return where what is made of a snapshot is asked for; another snapshot has another address."""
    own = atlas.shared is not atlas
    return f"{MADE_URL}{OWN + secrets.token_hex(16) if own else secrets.token_hex(6)}/"


def snapshot_name(atlas: Atlas) -> str:
    """Return the name of a snapshot in addresses."""
    return made_address(atlas).removeprefix(MADE_URL).rstrip("/")
