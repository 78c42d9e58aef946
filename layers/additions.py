"""Facts that were added to the register by hand (``renkei register add``): one row a piece of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from layers.tables import per_snapshot, rows

if TYPE_CHECKING:
    from layers.tables import Tables

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


@per_snapshot()
def additions(tables: Tables) -> pd.DataFrame:
    """Return the added pieces of evidence, as text; empty where nothing was added yet."""
    if not tables.has("cases", FILE):
        return pd.DataFrame({column: [] for column in COLUMNS}, dtype=str)
    return tables.read("cases", FILE)


def _facts(tables: Tables, table: str) -> list[dict[str, Any]]:
    """Return the first row of each fact that is only here."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows(additions(tables)):
        if row["table"] == table and row["fact_id"].startswith(NEW):
            found.setdefault(row["fact_id"], row)
    return list(found.values())


def added_ties(tables: Tables) -> pd.DataFrame:
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
        for row in _facts(tables, "partnerships")
    ]
    return pd.DataFrame({column: [fact[column] for fact in facts] for column in columns}, dtype=str)


def added_blocs(tables: Tables) -> pd.DataFrame:
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
    facts = [{**row, **empty, "id": row["fact_id"], "membership": "listed"} for row in _facts(tables, "blocs")]
    return pd.DataFrame({column: [fact[column] for fact in facts] for column in columns}, dtype=str)


def added_evidence(tables: Tables) -> pd.DataFrame:
    """Return the added evidence, in the columns of ``evidence.csv``."""
    frame = additions(tables)
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
