"""What is asked for: where rows lie, what is summed, by which areas; and how the work is done."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from geo.errors import InvalidFilterError
from geo.nearest_shore import FARTHEST

if TYPE_CHECKING:
    from pathlib import Path

By = Literal["municipality", "prefecture", "medical-area", "bloc", "network"]
Engine = Literal["local", "dask"]
Rule = Literal["area", "centre"]

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(MB|GB|MiB|GiB)?", re.IGNORECASE)
_BYTES = {"mb": 10**6, "gb": 10**9, "mib": 1 << 20, "gib": 1 << 30}
LEAST_MEMORY = 500_000_000
"""Bytes: what one process with the grid and its smallest batches takes."""

SUFFIXES = (".parquet", ".csv")


@dataclass(frozen=True)
class Request:
    """What is asked of the rows; the same request on the same rows has one answer, whatever does the work.

    Parameters
    ----------
    x, y, mesh, code
        The columns that say where a row lies: longitude and latitude, or a mesh code, or a municipality code.
    sums
        Columns that are summed; rows are always counted.
    group
        Columns whose values are kept apart (a month, a category), as text.
    rule
        For meshes: ``area`` (按分 by land) or ``centre``.
    nearest_within
        For points: metres within which a point at sea goes to the nearest shore.
    """

    x: str = ""
    y: str = ""
    mesh: str = ""
    code: str = ""
    sums: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    rule: Rule = "area"
    nearest_within: float = 0.0

    def __post_init__(self) -> None:
        """Check what goes together.

        Raises
        ------
        InvalidFilterError
            When it is not said once where rows lie, a column is named twice, or a rule does not apply.
        """
        ways = [bool(self.x or self.y), bool(self.mesh), bool(self.code)]
        if sum(ways) != 1 or bool(self.x) != bool(self.y):
            msg = (
                "場所の列を、--x と --y（経度・緯度）、--mesh（地域メッシュ）、--code のどれか1通りで指定してください。"
            )
            raise InvalidFilterError(msg)
        if self.rule not in get_args(Rule):
            msg = f"--rule は area（面積按分）か centre（中心点）です（指定：{self.rule}）。"
            raise InvalidFilterError(msg)
        if not 0 <= self.nearest_within <= FARTHEST or (self.nearest_within and not self.x):
            msg = f"--nearest-within は、--x と --y の点について 0 から {FARTHEST:,.0f}（メートル）で指定してください。"
            raise InvalidFilterError(msg)
        for names in (self.sums, self.group):
            if len(set(names)) != len(names):
                msg = f"同じ列が2度指定されています：{'、'.join(names)}"
                raise InvalidFilterError(msg)
        taken = {"id", "code", "name", "prefecture", "rows"} & {*self.sums, *self.group}
        taken |= set(self.sums) & set(self.group)
        if taken:
            msg = f"結果の列と名前が重なるため、使えない列です：{'、'.join(sorted(taken))}"
            raise InvalidFilterError(msg)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read, each once."""
        places = (each for each in (self.x, self.y, self.mesh, self.code) if each)
        return tuple(dict.fromkeys((*places, *self.group, *self.sums)))

    @property
    def shared(self) -> bool:
        """Whether a row may be divided among municipalities."""
        return bool(self.mesh) and self.rule == "area"

    def as_record(self) -> dict[str, Any]:
        """Return the request as JSON values."""
        return asdict(self)


@dataclass(frozen=True)
class Work:
    """How the work is done: nothing here changes the answer."""

    inputs: tuple[str, ...]
    output: Path
    by: By = "municipality"
    engine: Engine = "local"
    scheduler: str = ""
    workers: int = 0
    memory: int = 2_000_000_000
    quiet: bool = False
    part_rows: int = field(default=1 << 20, repr=False)

    def __post_init__(self) -> None:
        """Check the choices.

        Raises
        ------
        InvalidFilterError
            When one does not exist, or the memory is too little.
        """
        if self.by not in get_args(By):
            msg = f"--by は {'、'.join(get_args(By))} のどれかです（指定：{self.by}）。"
            raise InvalidFilterError(msg)
        if self.engine not in get_args(Engine):
            msg = f"--engine は local か dask です（指定：{self.engine}）。"
            raise InvalidFilterError(msg)
        if self.scheduler and self.engine != "dask":
            msg = "--scheduler は --engine dask と共に使います。"
            raise InvalidFilterError(msg)
        if self.memory < LEAST_MEMORY:
            msg = f"--memory は {LEAST_MEMORY // 10**6}MB 以上にしてください。"
            raise InvalidFilterError(msg)
        if self.output.suffix not in SUFFIXES:
            msg = f"書き出し先 {self.output.name} は .parquet か .csv にしてください。"
            raise InvalidFilterError(msg)
        if self.output.is_dir() or not self.output.absolute().parent.is_dir():
            msg = f"{self.output} には書けません。既にあるフォルダーの中のファイル名を指定してください。"
            raise InvalidFilterError(msg)


def read_size(text: str) -> int:
    """Return a size such as ``2GB`` in bytes.

    Raises
    ------
    InvalidFilterError
        When it is none.

    Examples
    --------
    >>> read_size("2GB"), read_size("750 MB"), read_size("1GiB")
    (2000000000, 750000000, 1073741824)
    """
    found = _SIZE.fullmatch(text.strip())
    if not found or not found[2]:
        msg = f"大きさ「{text[:20]}」を読めません。2GB や 800MB のように書いてください。"
        raise InvalidFilterError(msg)
    return int(float(found[1]) * _BYTES[found[2].lower()])
