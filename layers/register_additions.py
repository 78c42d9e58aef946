"""Reading filled-in rows into facts, and saying what each would change: new, confirmed, contradicting, rejected."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from geo.codes import PREFECTURES, normalize_prefecture
from geo.errors import RenkeiError
from geo.gazetteer import display_name
from geo.resolve import resolve
from layers.additions import COLUMNS, NEW, additions
from layers.blocs import blocs
from layers.evidence import find_programme, find_tier, pages
from layers.networks import networks
from layers.partnerships import partnerships
from layers.register_check import Finding, check_register
from layers.tables import rows
from layers.themes import find_theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.tables import Tables

Outcome = Literal["new", "confirmed", "contradicting", "known", "rejected"]
OUTCOMES: dict[Outcome, str] = {
    "new": "新しい",
    "confirmed": "裏付け",
    "contradicting": "食い違い",
    "known": "登録済み",
    "rejected": "受け付けられない",
}

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_SPLIT = re.compile(r"[、,，・･;；／/\n]+")
DEFAULT_THEME = {
    "災害": "防災",
    "避難": "防災",
    "相互": "防災",
    "電力": "脱炭素",
    "姉妹": "移住定住・関係人口",
    "友好": "移住定住・関係人口",
}


@dataclass(frozen=True)
class Addition:
    """What one row would change.

    Parameters
    ----------
    number
        Row of the file; the header is 1.
    outcome
        ``new``; ``confirmed`` (a known fact gets this page too); ``contradicting`` (the page states another date
        or kind: both are kept side by side); ``known`` (page and fact are there already); ``rejected``.
    message
        For a planner.
    cells
        The row of ``additions.csv``; empty when nothing is to be written.
    """

    number: int
    outcome: Outcome
    message: str
    cells: dict[str, str] = field(default_factory=dict)


class _RejectedError(Exception):
    """A row cannot be taken; its text says why and what to do."""


def read_additions(tables: Tables, filled: Iterable[tuple[int, dict[str, str]]]) -> list[Addition]:
    """Say of each filled-in row what it would change; nothing is written.

    Parameters
    ----------
    tables
        The snapshot.
    filled
        Row number and cells by column, as ``renkei.exchange.fact_tables.read_rows`` gives them.
    """
    found: list[Addition] = []
    number_of_new = sum(1 for identifier in set(additions(tables)["fact_id"]) if identifier.startswith(NEW))
    for number, row in filled:
        if row.get("備考", "").startswith("記入例"):
            continue
        try:
            addition = _addition(tables, number, row, found, number_of_new + 1)
        except _RejectedError as error:
            addition = Addition(number, "rejected", str(error))
        number_of_new += addition.outcome == "new"
        found.append(addition)
    return found


def _addition(tables: Tables, number: int, row: dict[str, str], before: list[Addition], next_number: int) -> Addition:
    cells = dict.fromkeys(COLUMNS, "")
    cells |= _evidence(row)
    cells |= {"since": _date(row, "開始日"), "until": _date(row, "終了日"), "note": row.get("備考", "")}
    match row.get("分類", ""):
        case "連携":
            cells |= _tie(row)
        case "圏域":
            cells |= _bloc(tables, row)
        case other:
            msg = f"分類「{other[:20]}」は「連携」か「圏域」にしてください"
            raise _RejectedError(msg)
    if faults := _faults(tables, cells):
        raise _RejectedError("、".join(dict.fromkeys(each.message for each in faults)))
    return _compared(tables, number, cells, before, f"{NEW}{next_number:04}")


def _evidence(row: dict[str, str]) -> dict[str, str]:
    url = row.get("根拠のURL", "")
    if not re.fullmatch(r"https?://[^\s/\"'<>]+\.[^\s\"'<>]+", url):
        msg = "根拠のURL（http から始まるページのアドレス）がありません"
        raise _RejectedError(msg)
    try:
        tier = find_tier(row.get("根拠の種類", "") or "公式ページ")
    except RenkeiError as error:
        raise _RejectedError(str(error)) from error
    if tier == "document":
        msg = "根拠の種類は 公式ページ、報道・関係団体のページ、写し のどれかにしてください"
        raise _RejectedError(msg)
    return {"url": url, "tier": tier, "stated_on": _date(row, "ページの日付")}


def _date(row: dict[str, str], column: str) -> str:
    written = row.get(column, "").replace("/", "-")
    parts = [part.zfill(2) if i else part for i, part in enumerate(written.split("-"))] if written else []
    value = "-".join(parts)
    if value and not _DATE.fullmatch(value):
        msg = f"{column}「{written[:20]}」は 2005、2005-10、2005-10-04 のどれかの形にしてください"
        raise _RejectedError(msg)
    return value


def _party(written: str) -> tuple[str, str]:
    """Return the code of a municipality or prefecture, and its former name where it has been merged."""
    if written in PREFECTURES.values():
        return f"{normalize_prefecture(written)}000", ""
    found = resolve(written)
    if found.code and found.status in ("resolved", "merged"):
        return found.code, found.matched if found.status == "merged" else ""
    candidates = [code for code in found.candidates if code[:2] in PREFECTURES][:5]
    hint = f"。候補：{'、'.join(map(_name, candidates))}" if candidates else ""
    msg = f"「{written[:30]}」が一つの自治体に決まりません（都道府県から書いてください{hint}）"
    raise _RejectedError(msg)


def _name(code: str) -> str:
    try:
        return display_name(code)
    except (KeyError, RenkeiError):
        return code


def _themes(row: dict[str, str], default: str) -> str:
    written = [part for part in re.split(r"[、,，;；／/]+|・(?!関係人口|人材育成)", row.get("テーマ", "")) if part]
    try:
        return ";".join(dict.fromkeys(find_theme(each.strip()).name for each in written)) or default
    except RenkeiError as error:
        raise _RejectedError(str(error)) from error


def _tie(row: dict[str, str]) -> dict[str, str]:
    kind = row.get("種類", "")
    if not kind:
        msg = "種類（姉妹都市、災害時相互応援協定 など）がありません"
        raise _RejectedError(msg)
    (first, was), (second, other_was) = _party(row.get("自治体", "")), _party(row.get("相手・構成自治体", ""))
    former = "・".join(name for name in (was, other_was) if name)
    default = next((theme for word, theme in DEFAULT_THEME.items() if kind.startswith(word)), "まちづくり")
    note = row.get("備考", "")
    return {
        "table": "partnerships",
        "from_code": first,
        "to_code": second,
        "kind": kind,
        "programme": "register-ties",
        "themes": _themes(row, default),
        "note": "；".join(part for part in (note, f"締結時は{former}（合併前）" if former else "") if part),
    }


def _bloc(tables: Tables, row: dict[str, str]) -> dict[str, str]:
    name = row.get("名称", "")
    if not name:
        msg = "圏域の名称がありません"
        raise _RejectedError(msg)
    try:
        programme = find_programme(tables, row.get("事業", ""))
    except RenkeiError as error:
        raise _RejectedError(str(error)) from error
    written = [row.get("自治体", ""), *_SPLIT.split(row.get("相手・構成自治体", ""))]
    codes = [_party(each.strip())[0] for each in written if each.strip()]
    return {
        "table": "blocs",
        "member_codes": ";".join(dict.fromkeys(codes)),
        "name": name,
        "programme": programme,
        "themes": _themes(row, "まちづくり"),
    }


def _faults(tables: Tables, cells: dict[str, str]) -> list[Finding]:
    """Return the errors that the register's check finds in this fact alone."""
    import pandas as pd  # noqa: PLC0415 - only when something is added

    row = cells | {
        "id": "x",
        "themes": tuple(cells["themes"].split(";")),
        "member_codes": tuple(cells["member_codes"].split(";")),
        "project": "",
        "representative": "",
    }
    tie = cells["table"] == "partnerships"
    ties = pd.DataFrame([row] if tie else [], columns=[key for key in row if key != "member_codes"])
    areas = pd.DataFrame(
        [] if tie else [row], columns=[key for key in row if key not in ("from_code", "to_code", "kind")]
    )
    evidence = pd.DataFrame(
        [
            {
                "fact_id": "x",
                "document": "",
                "lines": "",
                "url": cells["url"],
                "tier": cells["tier"],
                "stated_kind": cells["kind"],
                "stated_since": cells["since"],
                "stated_on": cells["stated_on"],
            }
        ]
    )
    return [
        each for each in check_register(tables, ties, areas, evidence, networks(tables)[:0]) if each.level == "error"
    ]


def _agrees(one: str, other: str) -> bool:
    """Whether two dates may be the same day: one is unknown, or says the same less precisely."""
    return not one or not other or one.startswith(other) or other.startswith(one)


def _compared(tables: Tables, number: int, cells: dict[str, str], before: list[Addition], identifier: str) -> Addition:
    tie = cells["table"] == "partnerships"
    label = (
        f"{display_name(cells['from_code'])}－{display_name(cells['to_code'])}　{cells['kind']}　{cells['since']}"
        if tie
        else f"{cells['name']}（{len(cells['member_codes'].split(';'))}市区町村）"
    )
    earlier: list[dict[str, Any]] = [each.cells | {"id": each.cells["fact_id"]} for each in before if each.cells]
    same = [each for each in [*_registered(tables, cells["table"]), *earlier] if _is_same(cells, each)]
    if not same:
        return Addition(number, "new", f"{label}を加える", cells | {"fact_id": identifier})
    known = same[0]
    cells = cells | {"fact_id": str(known["id"])}
    known_pages = pages(tables)
    urls = set(known_pages.loc[known_pages["fact_id"].eq(cells["fact_id"]), "url"])
    if cells["url"] in urls | {each["url"] for each in earlier if each["fact_id"] == cells["fact_id"]}:
        return Addition(number, "known", f"{label}は同じページで登録済み（{cells['fact_id']}）")
    if not tie and set(cells["member_codes"].split(";")) != set(_members(known)):
        added = set(cells["member_codes"].split(";")) ^ set(_members(known))
        names = "、".join(sorted(map(_name, added)))
        return Addition(number, "contradicting", f"{label}：構成自治体が登録と違う（{names}）。並べて残す", cells)
    if not _agrees(cells["since"], str(known["since"])):
        message = f"{label}：登録では {known['since']}（{cells['fact_id']}）。並べて残す"
        return Addition(number, "contradicting", message, cells)
    return Addition(number, "confirmed", f"{label}に根拠を加える（{cells['fact_id']}）", cells)


def _members(known: dict[str, Any]) -> list[str]:
    members = known["member_codes"]
    return members.split(";") if isinstance(members, str) else list(members)


def _registered(tables: Tables, table: str) -> list[dict[str, Any]]:
    return rows(partnerships(tables) if table == "partnerships" else blocs(tables))


def _is_same(cells: dict[str, str], known: dict[str, Any]) -> bool:
    if cells["table"] == "partnerships":
        ends = {str(known.get("from_code")), str(known.get("to_code"))}
        return ends == {cells["from_code"], cells["to_code"]} and known.get("kind") == cells["kind"]
    return known.get("name") == cells["name"] and known.get("programme") == cells["programme"]
