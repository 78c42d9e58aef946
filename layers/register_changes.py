"""Correcting, ending and retracting facts of the register: what a row or a command would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layers.blocs import blocs
from layers.networks import networks
from layers.partnerships import partnerships
from layers.register_log import ACTIONS, COLUMNS, EMPTY, entries
from layers.register_rows import (
    LONGEST_NOTE,
    RowError,
    dated,
    page,
    parties,
    party,
    place_name,
    plain,
    refuse_persons,
    themes,
)
from layers.tables import rows

if TYPE_CHECKING:
    from layers.register_log import Action
    from layers.register_rows import Row
    from layers.tables import Tables

OPERATIONS: dict[str, Action] = {
    "訂正": "correct",
    "直す": "correct",
    "終了": "end",
    "終わる": "end",
    "取り消し": "retract",
    "取り消す": "retract",
    "取消": "retract",
}
"""As written in the template → action of the log."""

_DASHES = ("-", "－", "ー", "―", "‐")


@dataclass(frozen=True)
class Change:
    """An entry of the log that is ready to be written, and what it does in a sentence."""

    message: str
    cells: dict[str, str]


def proposed_change(tables: Tables, row: Row) -> Change:
    """Return the entry that a row asks for.

    Parameters
    ----------
    tables
        The snapshot.
    row
        Cells by column of the template: 操作, 番号 (the fact's or the entry's id), 理由, the page, and for a
        correction the cells that are to be another; 「-」 empties one.

    Raises
    ------
    RowError
        When there is no such fact, nothing would change, or a cell is wrong.
    """
    operation, identifier = plain(row, "操作"), plain(row, "番号")
    action = OPERATIONS.get(operation)
    if action is None:
        msg = f"操作「{operation[:20]}」は 加える、訂正、終了、取り消し のどれかにしてください"
        raise RowError(msg)
    reason = plain(row, "理由", LONGEST_NOTE)
    if not reason:
        msg = f"{operation}の理由がありません"
        raise RowError(msg)
    refuse_persons(reason)
    cells = dict.fromkeys(COLUMNS, "") | {"action": action, "fact_id": identifier, "reason": reason}
    log = entries(tables)
    if action == "retract" and identifier in set(log["entry"]):
        if not log.loc[log["entry"].eq(identifier), "in_force"].item():
            msg = f"{identifier} はもう取り消されています"
            raise RowError(msg)
        return Change(f"{identifier} の記録を取り消す（{reason}）", cells | {"table": "log"})
    table, fact = _fact(tables, identifier)
    cells |= {"table": table, **page(row)}
    match action:
        case "end":
            cells |= _end(row, fact)
        case "correct":
            cells |= _corrected(row, table, fact)
        case _:
            pass
    return Change(f"{_label(table, fact)}：{_told(cells, fact)}（{reason}）", cells)


def _fact(tables: Tables, identifier: str) -> tuple[str, dict[str, Any]]:
    for table, frame in (
        ("partnerships", partnerships(tables)),
        ("networks", networks(tables)),
        ("blocs", blocs(tables)),
    ):
        own = frame[frame["id"].eq(identifier)]
        if len(own):
            return table, rows(own)[0]
    msg = (
        f"番号「{identifier[:40]}」の連携・ネットワーク・圏域はありません"
        "（番号は地図の一覧と、書き出したファイルの id にあります）"
    )
    raise RowError(msg)


def _end(row: Row, fact: dict[str, Any]) -> Row:
    until = dated(row, "終了日")
    if until and fact["since"] and until < fact["since"][: len(until)]:
        msg = f"終了 {until} が開始 {fact['since']} より前です"
        raise RowError(msg)
    if fact["until"] and (not until or until == fact["until"]):
        msg = f"{fact['until']}に終わったと登録済みです"
        raise RowError(msg)
    # A blocs table has no standing: there the day alone says it.
    return {"until": until, "standing": "ended"} if until or "standing" in fact else _no_day()


def _no_day() -> Row:
    msg = "圏域の終了には終了日を書いてください"
    raise RowError(msg)


def _corrected(row: Row, table: str, fact: dict[str, Any]) -> Row:
    found: Row = {}
    for column, key in (("開始日", "since"), ("終了日", "until")):
        written = plain(row, column)
        found[key] = EMPTY if written in _DASHES else dated(row, column)
    for column, key in (("名称", "name"), ("種類", "kind"), ("備考", "note")):
        if key in fact:
            written = plain(row, column, LONGEST_NOTE)
            found[key] = EMPTY if written in _DASHES else written
    if found.get("kind") == EMPTY or (table != "partnerships" and found.get("name") == EMPTY):
        msg = "種類と名称は空にできません"
        raise RowError(msg)
    refuse_persons(*found.values())
    found["themes"] = themes(row, "") if plain(row, "テーマ") else ""
    found |= _other_places(row, table)
    same = {
        key
        for key, value in found.items()
        if value and value != EMPTY and value == (";".join(fact[key]) if isinstance(fact[key], tuple) else fact[key])
    }
    found = {key: value for key, value in found.items() if value and key not in same}
    since, until = found.get("since", fact["since"]), found.get("until", fact["until"])
    if EMPTY not in (since, until) and since and until and until < since:
        msg = f"終了 {until} が開始 {since} より前です"
        raise RowError(msg)
    if not found:
        msg = "訂正する欄（登録と違う値）がありません"
        raise RowError(msg)
    return found


def _other_places(row: Row, table: str) -> Row:
    one, others = plain(row, "自治体"), plain(row, "相手・構成自治体", 100_000)
    if table == "partnerships":
        found = {"from_code": party(one)[0]} if one else {}
        return found | ({"to_code": party(others)[0]} if others else {})
    if not others:
        return {}
    return {"member_codes": ";".join(parties(row)[0])}


def _label(table: str, fact: dict[str, Any]) -> str:
    if table == "partnerships":
        return f"{place_name(fact['from_code'])}－{place_name(fact['to_code'])}　{fact['kind']}（{fact['id']}）"
    return f"{fact['name']}（{fact['id']}）"


def _told(cells: Row, fact: dict[str, Any]) -> str:
    if cells["action"] == "retract":
        return "取り消して地図から外す"
    if cells["action"] == "end":
        return f"{cells['until'] or '日は不明'}に終了"
    shown = []
    for key, value in cells.items():
        if value and key in fact and key not in ("fact_id", "tier", "stated_on", "url"):
            before = "・".join(fact[key]) if isinstance(fact[key], tuple) else fact[key]
            after = "なし" if value == EMPTY else value.replace(";", "・")
            shown.append(f"{before[:40] or 'なし'} → {after[:40]}")
    return f"{ACTIONS['correct']} {'、'.join(shown)}"
