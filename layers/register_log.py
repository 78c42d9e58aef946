"""The register's log: what was added, corrected, ended or retracted, by whose page, when and why.

The log only grows (``cases/register_log.csv`` of the user's folder). It is laid over the shipped tables when they are
read: a shipped fact is corrected by an entry too, never in its table, and so outlives every upgrade.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from layers.tables import per_snapshot, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layers.tables import Tables
    from layers.user_folder import UserFolder

FILE = "register_log.csv"
NAME = f"cases/{FILE}"
FORMER_FILE = "additions.csv"
"""What earlier versions wrote into the installed package: still read, as entries that add."""

Action = Literal["add", "correct", "end", "retract"]
ACTIONS: dict[Action, str] = {"add": "追加", "correct": "訂正", "end": "終了", "retract": "取り消し"}

FIELDS: dict[str, str] = {
    "from_code": "自治体",
    "to_code": "相手",
    "member_codes": "構成自治体",
    "name": "名称",
    "kind": "種類",
    "since": "開始日",
    "until": "終了日",
    "standing": "終わったかどうか",
    "programme": "事業",
    "themes": "テーマ",
    "membership": "構成自治体の根拠",
    "complete": "構成自治体が全部か",
    "note": "備考",
}
"""What an entry can say of a fact → as shown."""

COLUMNS = ("entry", "action", "table", "fact_id", *FIELDS, "url", "tier", "stated_on", "made_on", "reason")
"""``entry``: ``log-0001``; ``table``: ``partnerships``, ``networks``, ``blocs``, or ``log`` where an entry is taken
back; ``fact_id``: the fact, or that entry. A field that is empty says nothing; ``EMPTY`` takes a value out."""

TABLES = ("partnerships", "networks", "blocs")
NEW = "added-"
"""Facts of the log alone."""
EMPTY = "-"
LISTS = ("member_codes", "themes")


@per_snapshot()
def entries(tables: Tables) -> pd.DataFrame:
    """Return the log, oldest first, with ``in_force`` (bool): False for entries that a later one takes back."""
    parts = []
    if tables.has("cases", FORMER_FILE):
        former = tables.read("cases", FORMER_FILE)
        former["entry"] = [f"former-{number:04}" for number in range(1, len(former) + 1)]
        former["action"] = "add"
        parts.append(former)
    if tables.has("cases", FILE):
        parts.append(tables.read("cases", FILE))
    frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS), dtype=str)
    frame = frame.reindex(columns=list(COLUMNS), fill_value="").fillna("")
    frame["in_force"] = _in_force(rows(frame))
    return frame


def _in_force(log: Sequence[dict[str, Any]]) -> list[bool]:
    """Return, entry by entry, whether none in force takes it back; the last word counts."""
    taken_back: set[str] = set()
    standing: list[bool] = []
    for row in reversed(log):
        here = row["entry"] not in taken_back
        standing.append(here)
        if here and row["action"] == "retract" and row["table"] == "log":
            taken_back.add(row["fact_id"])
    return standing[::-1]


def _said(tables: Tables, table: str) -> list[dict[str, Any]]:
    frame = entries(tables)
    return rows(frame[frame["in_force"] & frame["table"].eq(table)])


def laid_over(tables: Tables, table: str, frame: pd.DataFrame, defaults: dict[str, str]) -> pd.DataFrame:
    """Return a shipped table with the log laid over it.

    Parameters
    ----------
    tables
        The snapshot.
    table, frame
        Name of the table (one of ``TABLES``) and its rows as text, ``id`` among the columns.
    defaults
        What a fact of the log alone has in the columns that no entry fills.

    Returns
    -------
    pandas.DataFrame
        In the columns of ``frame``, and ``changes``: what was corrected, ended, and when, readable; "" for most.
    """
    said = _said(tables, table)
    facts = {row["id"]: row | {"changes": ""} for row in rows(frame)}
    for entry in said:
        identifier = entry["fact_id"]
        if entry["action"] == "add" and identifier not in facts:
            told = {key: entry[key] for key in FIELDS if key in frame.columns and entry[key]}
            facts[identifier] = dict.fromkeys(frame.columns, "") | defaults | told | {"id": identifier, "changes": ""}
        elif entry["action"] == "retract":
            facts.pop(identifier, None)
        elif entry["action"] in ("correct", "end") and identifier in facts:
            facts[identifier] = _changed(facts[identifier], entry)
    return pd.DataFrame(list(facts.values()), columns=[*frame.columns, "changes"]).fillna("")


def _changed(fact: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    told = {key: "" if entry[key] == EMPTY else entry[key] for key in FIELDS if entry[key] and key in fact}
    before = "、".join(
        f"{label} {_plain(key, fact[key])} → {_plain(key, told[key])}"
        for key, label in FIELDS.items()
        if key in told and told[key] != fact[key] and key not in ("member_codes", "from_code", "to_code")
    )
    names = [FIELDS[key] for key in ("from_code", "to_code", "member_codes") if key in told and told[key] != fact[key]]
    what = "、".join(filter(None, (before, *names)))
    reason = f"（{entry['reason']}）" if entry["reason"] else ""
    line = f"{entry['made_on']} {ACTIONS[entry['action']]}：{what}{reason}"
    return fact | told | {"changes": "／".join(filter(None, (fact["changes"], line)))}


def _plain(key: str, value: str) -> str:
    return (value.replace(";", "・") if key in LISTS else value) or "なし"


def log_evidence(tables: Tables) -> pd.DataFrame:
    """Return the pages that entries in force name, in the columns of ``evidence.csv``."""
    frame = entries(tables)
    frame = frame[frame["in_force"] & frame["table"].isin(TABLES) & frame["url"].ne("") & frame["action"].ne("retract")]
    return pd.DataFrame(
        {
            "fact_id": frame["fact_id"],
            "document": "",
            "lines": "",
            "url": frame["url"],
            "tier": frame["tier"],
            "stated_kind": frame["kind"].where(frame["table"].ne("blocs") & frame["kind"].ne(EMPTY), ""),
            "stated_since": frame["since"].where(frame["since"].ne(EMPTY), ""),
            "stated_on": frame["stated_on"],
        },
        dtype=str,
    )


def retracted(tables: Tables) -> frozenset[str]:
    """Return the ids of the facts that are retracted and not added anew since."""
    gone: dict[str, bool] = {}
    for table in TABLES:
        for entry in _said(tables, table):
            gone[entry["fact_id"]] = entry["action"] == "retract"
    return frozenset(identifier for identifier, out in gone.items() if out)


def append(folder: UserFolder, added: Iterable[dict[str, str]], made_on: str) -> list[str]:
    """Write entries to the end of the log.

    The caller holds the folder's lock (``UserFolder.locked``) since it read the log on which the entries stand.

    Parameters
    ----------
    folder
        The user's folder.
    added
        Cells by column; ``entry`` and ``made_on`` are given here.
    made_on
        ISO day.

    Returns
    -------
    list of str
        The entries' ids.

    Raises
    ------
    DataError
        When the folder cannot be written; then nothing has changed.
    """
    with folder.locked():
        before = (folder.read(NAME) or b"").decode()
        held = list(csv.DictReader(io.StringIO(before, newline="")))
        # A newer version may have written more columns: they stay.
        columns = list(dict.fromkeys([*COLUMNS, *(held[0] if held else ())]))
        new = [
            {column: cells.get(column, "") for column in COLUMNS}
            | {"entry": f"log-{len(held) + number:04}", "made_on": made_on}
            for number, cells in enumerate(added, 1)
        ]
        text = io.StringIO()
        writer = csv.DictWriter(text, columns, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows([*held, *new])
        about = {
            "rows": len(held) + len(new),
            "as_of": made_on,
            "publisher": "各行のページの発行者",
            "source": "renkei register で加えた・直した事実（各行の url）",
            "licence": "事実の記載",
            "note": "one row an entry; the log only grows",
        }
        folder.write({NAME: text.getvalue().encode()}, {NAME: about})
    return [each["entry"] for each in new]
