"""A planner's work as one file (``.renkei.json``): the view, own tables with the decisions made, the data's editions.

It stays on the planner's disk; the page and the command line open it again. It is read as a stranger's file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast, get_args

import orjson

from geo.errors import DataError, UnsafeFileError
from renkei.exchange.column_roles import ROLE_NAMES
from renkei.exchange.escaping import plain_cell
from renkei.exchange.own_kinds import KIND_NAMES, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from renkei.exchange.column_roles import Role
    from renkei.exchange.own_kinds import OwnKind

FORMAT = "renkei-project"
VERSION = 1
SUFFIX = ".renkei.json"
LARGEST = 60_000_000
MOST_TABLES = 20
MOST_ROWS = 100_000
MOST_COLUMNS = 500
LONGEST_CELL = 10_000


@dataclass(frozen=True)
class ProjectTable:
    """An own file: its name, headings, what each column is, numbered rows.

    ``decisions``: row (or ``row:name``) to the code chosen by hand; ``kind``: what the rows are; ``shape``: what the
    features were, of a file of shapes; ``faults``: rows that were left out when the file was read, and why.
    """

    name: str
    header: tuple[str, ...]
    roles: tuple[Role, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    decisions: Mapping[str, str] = field(default_factory=dict)
    kind: OwnKind = "indicator"
    shape: Shape = ""
    faults: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Project:
    """What a project file holds.

    Parameters
    ----------
    view
        The address of the page: parameter to values.
    tables
        Own tables.
    data
        Table of ours to the SHA-256 it had: what has changed since can be told.
    written
        ISO day.
    """

    view: Mapping[str, tuple[str, ...]]
    tables: tuple[ProjectTable, ...]
    data: Mapping[str, str]
    written: str


def write_project(project: Project) -> bytes:
    """Return the file's bytes; ``read_project`` gives the same value back."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "written": project.written,
        "view": {key: list(values) for key, values in project.view.items()},
        "tables": [
            {
                "name": each.name,
                "header": list(each.header),
                "roles": list(each.roles),
                "rows": [[number, *cells] for number, cells in each.rows],
                "decisions": dict(each.decisions),
                "kind": each.kind,
                "shape": each.shape,
                "faults": {str(number): why for number, why in each.faults.items()},
            }
            for each in project.tables
        ],
        "data": dict(project.data),
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def read_project(content: bytes, name: str) -> Project:
    """Read a project file.

    Raises
    ------
    UnsafeFileError
        When it is larger than it may be.
    DataError
        When it is no project file, of a newer version, or a part is not of the expected form; the message names it.

    Examples
    --------
    >>> made = Project({"theme": ("脱炭素",)}, (), {}, "2026-11-26")
    >>> read_project(write_project(made), "a.renkei.json") == made
    True
    """
    if len(content) > LARGEST:
        msg = f"{name} は大きすぎます（{LARGEST // 1_000_000} MB まで）。"
        raise UnsafeFileError(msg)
    try:
        read = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        msg = f"{name} を読めません（途中で切れていませんか）。保存し直したものを指定してください。"
        raise DataError(msg) from error
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        msg = f"{name} は連携マップの作業ファイル（{SUFFIX}）ではありません。"
        raise DataError(msg)
    version = read.get("version")
    if version != VERSION:
        msg = f"{name} は版 {str(version)[:20]} の作業ファイルです。この renkei が読めるのは版 {VERSION} です。"
        raise DataError(msg)
    try:
        return Project(
            {_text(key): tuple(map(_text, _list(values))) for key, values in _mapping(read["view"]).items()},
            tuple(_table(each) for each in _list(read["tables"], MOST_TABLES)),
            {_text(key): _text(value) for key, value in _mapping(read["data"]).items()},
            _text(read["written"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        msg = f"{name} の中身が作業ファイルの形ではありません（{str(error)[:80]}）。"
        raise DataError(msg) from error


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        msg = "対応表がありません"
        raise TypeError(msg)
    return value


def _list(value: object, most: int = MOST_ROWS) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        msg = f"並びがないか、{most:,}個を超えています"
        raise TypeError(msg)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        msg = "文字であるべき所が文字ではありません"
        raise TypeError(msg)
    return plain_cell(value)[:LONGEST_CELL]


def _table(value: object) -> ProjectTable:
    read = _mapping(value)
    header = tuple(map(_text, _list(read["header"], MOST_COLUMNS)))
    roles = tuple(map(_text, _list(read["roles"], MOST_COLUMNS)))
    if len(roles) != len(header) or not set(roles) <= set(ROLE_NAMES):
        msg = "列の役割が見出しと合いません"
        raise ValueError(msg)
    rows = tuple(_row(each, len(header)) for each in _list(read["rows"]))
    decisions = {_key(key): _text(code) for key, code in _mapping(read["decisions"]).items()}
    # Files of earlier versions hold figures by municipality alone.
    kind, shape = _text(read.get("kind", "indicator")), _text(read.get("shape", ""))
    if kind not in KIND_NAMES or shape not in get_args(Shape):
        msg = "表の種類が分かりません"
        raise ValueError(msg)
    faults = {int(_text(number)): _text(why) for number, why in _mapping(read.get("faults", {})).items()}
    name = _text(read["name"])
    return ProjectTable(
        name,
        header,
        cast("tuple[Role, ...]", roles),
        rows,
        decisions,
        kind,
        cast("Shape", shape),
        faults,
    )


def _key(value: object) -> str:
    text = _text(value)
    if not text.partition(":")[0].isdigit():
        msg = "選んだ自治体の行番号がありません"
        raise ValueError(msg)
    return text


def _row(value: object, width: int) -> tuple[int, tuple[str, ...]]:
    number, *cells = _list(value, MOST_COLUMNS + 1) or [None]
    if isinstance(number, bool) or not isinstance(number, int) or len(cells) != width:
        msg = "行の形が見出しと合いません"
        raise ValueError(msg)
    return number, tuple(map(_text, cells))
