"""A planner's table while it is read: cells by what their columns are, dates and themes, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.errors import DataError, RenkeiError
from layers.dates import read_date
from layers.kinds import kinds
from layers.themes import find_theme
from renkei.exchange.column_roles import ROLE_NAMES, folded
from renkei.exchange.own_table import PreviewRow, matched, place_columns
from renkei.exchange.written_numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from renkei.exchange.column_roles import Role

ASPECTS: tuple[Role, ...] = ("challenge", "measure", "success", "difficulty", "outlook")
LONGEST_NAME = 200
LONGEST_TEXT = 2_000
MOST_THEMES = 20
NO_PLACE = "自治体の欄が空です。"


@dataclass
class Reading:
    """A table while it is read: rows by number, cells by role, and what could not be read."""

    header: Sequence[str]
    roles: Sequence[Role]
    body: Sequence[tuple[int, Sequence[str]]]
    decisions: Mapping[str, str]
    unread: list[tuple[int, str, str]] = field(default_factory=list)

    def places(self) -> dict[int, PreviewRow]:
        """Return what became of each row's own place."""
        numbers = [number for number, _ in self.body]
        column = place_columns(self.roles)
        if not {"code", "name"} & column.keys():
            return {number: PreviewRow(number, "", "not_a_place", reason=NO_PLACE) for number in numbers}
        found = matched(numbers, [cells for _, cells in self.body], column, self.decisions)
        return {row.number: row for row in found}

    def columns(self, *roles: Role) -> list[int]:
        """Return where the columns of some roles stand."""
        return [at for at, role in enumerate(self.roles) if role in roles]

    def must_have(self, *asked: tuple[Role, ...]) -> None:
        """Refuse a table that lacks a column of one of the roles, group by group.

        Raises
        ------
        DataError
            The message names the role and the columns that there are.
        """
        for roles in asked:
            if not self.columns(*roles):
                names = "か".join(f"「{ROLE_NAMES[role][0]}」" for role in roles)
                msg = (
                    f"{names}の列がありません。列の役割を選んでください。あるのは {'、'.join(self.header[:20])} です。"
                )
                raise DataError(msg)

    def cell(self, cells: Sequence[str], role: Role, longest: int = LONGEST_NAME) -> str:
        """Return the first filled cell of a role, as one line."""
        texts = (" ".join(cells[at].split()) for at in self.columns(role))
        return next((text[:longest] for text in texts if text), "")

    def since(self, number: int, cells: Sequence[str], role: Role = "date") -> str:
        """Return the ISO date of a row; what cannot be read is noted."""
        written = self.cell(cells, role)
        try:
            return read_fact_date(written)
        except RenkeiError as error:
            self.unread.append((number, written, str(error)))
            return ""

    def themes(self, number: int, cells: Sequence[str]) -> tuple[str, ...]:
        """Return the themes that a row names; a word that is none of the fifteen is noted."""
        found = []
        for written in names_in_themes(self.cell(cells, "theme", LONGEST_TEXT))[:MOST_THEMES]:
            try:
                found.append(find_theme(written).name)
            except RenkeiError:
                self.unread.append(
                    (number, written, f"「{written[:20]}」は15のテーマにありません（備考に残しました）。")
                )
        return tuple(dict.fromkeys(found))

    def note(self, number: int, cells: Sequence[str], *, case: bool = False) -> str:
        """Return remarks, and every filled cell that has no part of its own: nothing is dropped."""
        notes = [" ".join(cells[at].split()) for at in self.columns("note") if cells[at].strip()]
        notes += [" ".join(cell.split())[:LONGEST_NAME] for row, cell, _ in self.unread[-MOST_THEMES:] if row == number]
        for at in self.columns(*((*ASPECTS, "organisation") if not case else ()), "text", "value"):
            text = " ".join(cells[at].split())
            if text and folded(self.header[at]) not in _OWN_COLUMNS:
                notes.append(f"{self.header[at] or f'{at + 1}列目'}：{text}")
        return "／".join(notes)[:LONGEST_TEXT]

    def common(self, number: int, cells: Sequence[str], *, case: bool = False) -> dict[str, str | tuple[str, ...]]:
        """Return what every kind of fact says."""
        said: dict[str, str | tuple[str, ...]] = {
            "name": self.cell(cells, "title"),
            "kind": self.cell(cells, "category"),
            "since": self.since(number, cells),
            "until": self.since(number, cells, "until"),
            "themes": self.themes(number, cells),
        }
        return said | {"note": self.note(number, cells, case=case)}


_OWN_COLUMNS = frozenset(folded(each.name) for kind in kinds() for each in kind.columns)
"""Columns that our own exports add: they say nothing that is not said already."""


def names_in_themes(cell: str) -> list[str]:
    """Return the themes in a cell; 「移住定住・関係人口」 is one.

    Examples
    --------
    >>> names_in_themes("防災、移住定住・関係人口;DX")
    ['防災', '移住定住・関係人口', 'DX']
    """
    for mark in "、,，；／/":
        cell = cell.replace(mark, ";")
    return [part.strip() for part in cell.split(";") if part.strip()]


def read_fact_date(written: str) -> str:
    """Return the ISO date of a cell; a fiscal year counts as its year; "" for none.

    Raises
    ------
    InvalidFilterError
        As ``layers.dates.read_date``.

    Examples
    --------
    >>> [read_fact_date(each) for each in ("令和６年度", "H17.10.4", "2005-10-04 00:00:00", "－")]
    ['2024', '2005-10-04', '2005-10-04', '']
    """
    text = written.strip()
    try:
        if read_number(text).value is None:
            return ""
    except ValueError:
        pass
    return read_date(text.removesuffix(" 00:00:00").removesuffix("度").removesuffix("頃").removeprefix("FY"))
