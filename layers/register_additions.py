"""Reading filled-in rows into facts, and saying what each would change: new, confirmed, contradicting, rejected."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from geo.errors import RenkeiError
from layers.blocs import blocs
from layers.evidence import find_programme, pages
from layers.networks import networks
from layers.partnerships import partnerships
from layers.register_changes import proposed_change
from layers.register_check import far_members
from layers.register_log import COLUMNS, NEW, append, entries
from layers.register_rows import (
    LONGEST_NOTE,
    RowError,
    dated,
    named,
    page,
    parties,
    party,
    place_name,
    plain,
    refuse_persons,
    themes,
)
from layers.tables import Tables, rows
from layers.tie_kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layers.user_folder import UserFolder

Outcome = Literal["new", "confirmed", "contradicting", "known", "changed", "rejected"]
OUTCOMES: dict[Outcome, str] = {
    "new": "新しい",
    "confirmed": "裏付け",
    "contradicting": "食い違い",
    "known": "登録済み",
    "changed": "変更",
    "rejected": "受け付けられない",
}

DEFAULT_THEME = {
    "disaster": "防災",
    "relief": "防災",
    "energy": "脱炭素",
    "timber": "脱炭素",
    "sister": "移住定住・関係人口",
    "exchange": "移住定住・関係人口",
    "shared_system": "DX",
    "tourism": "観光",
    "heritage": "観光",
}
"""Family → the theme of a row that names none; まちづくり for the others."""

NETWORK_PROGRAMMES = ("register-ties", "register-networks")
"""A 圏域 of these programmes is no area by law: it is held as a network."""

FEWEST_OF_A_NETWORK = 3
ONCE = ("sister",)
"""Families of which two municipalities have one tie at most: another date contradicts, it does not add."""

_COMPARED = ("id", "from_code", "to_code", "member_codes", "prefecture_members", "name", "kind", "since", "programme")

COMPLETE = {"": "unknown", "全部": "yes", "一部": "no", "不明": "unknown"}


@dataclass(frozen=True)
class Addition:
    """What one row would change.

    Parameters
    ----------
    number
        Row of the file; the header is 1.
    outcome
        ``new``; ``confirmed`` (a known fact gets this page too); ``contradicting`` (the page states another date
        or kind: both are kept side by side); ``known`` (page and fact are there already); ``changed`` (corrected,
        ended or retracted); ``rejected``.
    message
        For a planner.
    cells
        The entry of the log (``layers.register_log.COLUMNS``); empty when nothing is to be written.
    """

    number: int
    outcome: Outcome
    message: str
    cells: dict[str, str] = field(default_factory=dict)


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
    known = _Known(tables)
    for number, row in filled:
        if row.get("備考", "").startswith("記入例"):
            continue
        try:
            addition = _proposed(tables, known, number, row)
        except RowError as error:
            addition = Addition(number, "rejected", str(error))
        if addition.cells and addition.outcome != "changed":
            known.add(addition.cells)
        found.append(addition)
    return found


def _proposed(tables: Tables, known: _Known, number: int, row: dict[str, str]) -> Addition:
    if plain(row, "操作") not in ("", "加える", "追加"):
        change = proposed_change(tables, row)
        return Addition(number, "changed", change.message, change.cells)
    cells = dict.fromkeys(COLUMNS, "") | {"action": "add", "reason": plain(row, "理由", LONGEST_NOTE)} | page(row)
    cells |= {"since": dated(row, "開始日"), "until": dated(row, "終了日"), "note": plain(row, "備考", LONGEST_NOTE)}
    if cells["until"] and cells["until"] < cells["since"]:
        msg = f"終了 {cells['until']} が開始 {cells['since']} より前です"
        raise RowError(msg)
    match plain(row, "分類"):
        case "連携":
            cells |= _tie(row, cells["note"])
        case "ネットワーク":
            cells |= _network(row)
        case "圏域":
            cells |= _bloc(tables, row)
        case other:
            msg = f"分類「{other[:20]}」は「連携」「ネットワーク」「圏域」のどれかにしてください"
            raise RowError(msg)
    refuse_persons(cells["kind"], cells["name"], cells["note"], cells["reason"])
    return _compared(known, number, cells)


def _with_former(note: str, former: list[str]) -> str:
    told = f"締結時は{'・'.join(former)}（合併前）" if former else ""
    return "；".join(part for part in (note, told) if part)


def _tie(row: dict[str, str], note: str) -> dict[str, str]:
    kind = named(row, "種類", "種類（姉妹都市、災害時相互応援協定 など）")
    (first, was), (second, other_was) = party(plain(row, "自治体")), party(plain(row, "相手・構成自治体"))
    if first == second:
        msg = f"{place_name(first)}の自分自身との連携です"
        raise RowError(msg)
    return {
        "table": "partnerships",
        "from_code": first,
        "to_code": second,
        "kind": kind,
        "name": plain(row, "名称"),
        "programme": "register-ties",
        "themes": themes(row, DEFAULT_THEME.get(kind_of(kind).id, "まちづくり")),
        "note": _with_former(note, [name for name in (was, other_was) if name]),
    }


def _network(row: dict[str, str], kind: str = "") -> dict[str, str]:
    name = named(row, "名称", "ネットワークの名称")
    kind = kind or named(row, "種類", "種類（災害時相互応援協定、首長会・協議会、一部事務組合 など）")
    codes, former, whole = parties(row)
    if len(codes) < FEWEST_OF_A_NETWORK:
        msg = f"ネットワークは3者以上です（{len(codes)}者）。2者のものは分類を「連携」にしてください"
        raise RowError(msg)
    complete = plain(row, "構成")
    if complete not in COMPLETE:
        msg = f"構成「{complete[:10]}」は 全部、一部、不明 のどれかにしてください"
        raise RowError(msg)
    return {
        "table": "networks",
        "member_codes": ";".join(codes),
        "name": name,
        "kind": kind,
        "programme": "register-networks",
        "themes": themes(row, DEFAULT_THEME.get(kind_of(kind).id, "まちづくり")),
        "membership": "whole_prefecture" if whole else "listed",
        "complete": COMPLETE[complete],
        "note": _with_former(plain(row, "備考", LONGEST_NOTE), former),
    }


def _bloc(tables: Tables, row: dict[str, str]) -> dict[str, str]:
    name = named(row, "名称", "圏域の名称")
    try:
        programme = find_programme(tables, plain(row, "事業"))
    except RenkeiError as error:
        raise RowError(str(error)) from error
    if programme in NETWORK_PROGRAMMES:
        return _network(row, plain(row, "種類") or "首長会・協議会")
    codes, former, _ = parties(row)
    return {
        "table": "blocs",
        "member_codes": ";".join(codes),
        "name": name,
        "programme": programme,
        "themes": themes(row, "まちづくり"),
        "note": _with_former(plain(row, "備考", LONGEST_NOTE), former),
    }


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()


class _Known:
    """The facts that are held and those of the rows before, to be found by what they join."""

    def __init__(self, tables: Tables) -> None:
        self._found: dict[object, list[dict[str, Any]]] = defaultdict(list)
        self.urls: dict[str, set[str]] = defaultdict(set)
        for table, frame in (
            ("partnerships", partnerships(tables)),
            ("networks", networks(tables)),
            ("blocs", blocs(tables)),
        ):
            for row in rows(frame[[column for column in _COMPARED if column in frame]]):
                members = [*row.get("prefecture_members", ()), *row.get("member_codes", ())]
                self._keep(row | {"table": table, "fact_id": row["id"], "members": frozenset(members)})
        for row in rows(pages(tables)[["fact_id", "url"]]):
            self.urls[row["fact_id"]].add(row["url"])
        numbers = [identifier.removeprefix(NEW) for identifier in entries(tables)["fact_id"]]
        self._last = max((int(each) for each in numbers if each.isascii() and each.isdigit()), default=0)

    def _keep(self, fact: dict[str, Any]) -> None:
        for key in _keys(fact):
            self._found[key].append(fact)

    def add(self, cells: dict[str, str]) -> None:
        """Remember what a row adds."""
        self.urls[cells["fact_id"]].add(cells["url"])
        self._keep(cells | {"id": cells["fact_id"], "members": frozenset(cells["member_codes"].split(";"))})

    def next_id(self) -> str:
        """Return the id of the next new fact."""
        self._last += 1
        return f"{NEW}{self._last:04}"

    def alike(self, cells: dict[str, str]) -> Iterator[dict[str, Any]]:
        """Yield the facts that join the same, or carry the same name."""
        seen = set()
        for key in _keys(cells | {"members": frozenset(cells["member_codes"].split(";"))}):
            for fact in self._found.get(key, ()):
                if fact["id"] not in seen:
                    seen.add(fact["id"])
                    yield fact


def _keys(fact: dict[str, Any]) -> Iterator[object]:
    if fact["table"] == "partnerships":
        yield frozenset((fact["from_code"], fact["to_code"]))
        return
    # What a ministry's table calls an area may be held as a network of that name.
    yield "name", _folded(fact["name"])
    if fact["table"] == "networks":
        yield "members", fact["members"]


def _agrees(one: str, other: str) -> bool:
    """Whether two dates may be the same day: one is unknown, or says the same less precisely."""
    return not one or not other or one.startswith(other) or other.startswith(one)


def _is_same(cells: dict[str, str], known: dict[str, Any]) -> bool:
    if cells["table"] == "blocs" or known["table"] == "blocs":
        return bool(known["table"] == cells["table"] and known["programme"] == cells["programme"])
    if cells["table"] == "networks":  # two offices of the same members are two
        return _folded(known["name"]) == _folded(cells["name"])
    if known["kind"] == cells["kind"]:
        return True
    family = kind_of(cells["kind"]).id
    if family == "other" or family != kind_of(known["kind"]).id:
        return False
    dates_agree = bool(cells["since"] and known["since"]) and _agrees(cells["since"], known["since"])
    return dates_agree or family in ONCE


def _label(cells: dict[str, str]) -> str:
    if cells["table"] == "partnerships":
        ends = f"{place_name(cells['from_code'])}－{place_name(cells['to_code'])}"
        return "　".join(filter(None, (ends, cells["kind"], cells["since"])))
    return f"{cells['name']}（{len(cells['member_codes'].split(';'))}者）"


def _compared(known: _Known, number: int, cells: dict[str, str]) -> Addition:
    label = _label(cells)
    alike = list(known.alike(cells))
    same = next((each for each in alike if _is_same(cells, each)), None)
    if same is None:
        review = "".join(f"。確かめてください：{each}" for each in _reviews(cells, alike))
        return Addition(number, "new", f"{label}を加える{review}", cells | {"fact_id": known.next_id()})
    identifier = str(same["fact_id"])
    cells = cells | {"fact_id": identifier, "table": same["table"]}
    if cells["url"] in known.urls[identifier]:
        return Addition(number, "known", f"{label}は同じページで登録済み（{identifier}）")
    members = frozenset(cells["member_codes"].split(";"))
    if cells["table"] != "partnerships" and members != same["members"]:
        names = "、".join(sorted(map(place_name, members ^ same["members"])))[:200]
        return Addition(number, "contradicting", f"{label}：構成自治体が登録と違う（{names}）。並べて残す", cells)
    if not _agrees(cells["since"], str(same["since"])):
        message = f"{label}：登録では {same['since']}（{identifier}）。並べて残す"
        return Addition(number, "contradicting", message, cells)
    return Addition(number, "confirmed", f"{label}に根拠を加える（{identifier}）", cells)


def _reviews(cells: dict[str, str], alike: list[dict[str, Any]]) -> Iterator[str]:
    """Name what a person should look at; nothing of it refuses a row."""
    family = kind_of(cells["kind"]).id
    for each in alike if cells["table"] != "blocs" else ():
        if each["table"] == cells["table"] and kind_of(each["kind"]).id == family != "other":
            who = "二者" if cells["table"] == "partnerships" else "構成自治体"
            told = " ".join(filter(None, (each["name"], each["kind"], each["since"])))
            yield f"同じ{who}で「{told}」（{each['id']}）があります"
    if cells["table"] == "blocs":
        for code, far in far_members(cells["member_codes"].split(";")):
            where = f"{place_name(code)}はほかの構成自治体から {far:.0f} km 以上離れています"
            yield f"{where}（同じ名前の別の自治体ではありませんか）"


def take_up(folder: UserFolder, filled: Iterable[tuple[int, dict[str, str]]], made_on: str) -> list[Addition]:
    """Write what rows change into the log of the user's folder: all of it or nothing, on the newest state.

    The register is read anew under the folder's lock: what others wrote since these rows were shown is not lost, and
    a fact that they added meanwhile is not added again.

    Parameters
    ----------
    folder
        The user's folder.
    filled
        As for ``read_additions``.
    made_on
        ISO day that the entries carry.

    Returns
    -------
    list of Addition
        What was done, row by row.

    Raises
    ------
    DataError
        When the folder cannot be written; then nothing has changed.
    """
    with folder.locked():
        found = read_additions(Tables.open(folder.path), filled)
        wanted = [each.cells for each in found if each.cells]
        if wanted:
            append(folder, wanted, made_on)
    return found
