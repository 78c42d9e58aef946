"""The atlas of the shipped tables that tests share, so that each table is read once."""

from __future__ import annotations

from renkei.atlas import Atlas

ATLAS = Atlas.open()
TABLES = ATLAS.tables
