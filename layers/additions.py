"""Facts that were added to the register by hand (``renkei register add``): one row a piece of evidence."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from geo.data_folder import data_path
from layers.tables import read_table, rows

FILE = "additions.csv"
COLUMNS = (
    "fact_id",
    "table",
    "from_code",
    "to_code",
    "member_codes",
    "name",
    "kind",
    "since",
    "until",
    "programme",
    "themes",
    "url",
    "tier",
    "stated_on",
    "note",
)
"""``table`` is ``partnerships`` or ``blocs``; a ``fact_id`` that begins with ``added-``
is a fact of this file alone."""

NEW = "added-"


@cache
def additions() -> pd.DataFrame:
    """Return the added pieces of evidence, as text; empty where nothing was added yet."""
    if not data_path("cases", FILE).is_file():
        return pd.DataFrame({column: [] for column in COLUMNS}, dtype=str)
    return read_table("cases", FILE)


def _facts(table: str) -> list[dict[str, Any]]:
    """Return the first row of each fact that is only here."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows(additions()):
        if row["table"] == table and row["fact_id"].startswith(NEW):
            found.setdefault(row["fact_id"], row)
    return list(found.values())


def added_ties() -> pd.DataFrame:
    """Return the added ties, in the columns of ``partnerships.csv``."""
    columns = (
        "id",
        "from_code",
        "to_code",
        "kind",
        "since",
        "until",
        "strength",
        "programme",
        "themes",
        "document",
        "lines",
        "note",
        "name",
        "standing",
        "themes_from",
    )
    facts = [
        {**row, "id": row["fact_id"], "strength": "explicit", "document": "", "lines": ""}
        | {"standing": "", "themes_from": "page"}
        for row in _facts("partnerships")
    ]
    return pd.DataFrame({column: [fact[column] for fact in facts] for column in columns}, dtype=str)


def added_blocs() -> pd.DataFrame:
    """Return the added blocs, in the columns of ``blocs.csv``."""
    columns = (
        "id",
        "name",
        "project",
        "member_codes",
        "programme",
        "representative",
        "since",
        "membership",
        "themes",
        "elements",
        "prefecture_members",
        "document",
        "lines",
        "note",
        "until",
    )
    empty = dict.fromkeys(("project", "representative", "elements", "prefecture_members", "document", "lines"), "")
    facts = [{**row, **empty, "id": row["fact_id"], "membership": "listed"} for row in _facts("blocs")]
    return pd.DataFrame({column: [fact[column] for fact in facts] for column in columns}, dtype=str)


def added_evidence() -> pd.DataFrame:
    """Return the added evidence, in the columns of ``evidence.csv``."""
    frame = additions()
    return pd.DataFrame(
        {
            "fact_id": frame["fact_id"],
            "document": "",
            "lines": "",
            "url": frame["url"],
            "tier": frame["tier"],
            "stated_kind": frame["kind"].where(frame["table"].eq("partnerships"), ""),
            "stated_since": frame["since"],
            "stated_on": frame["stated_on"],
        },
        dtype=str,
    )
