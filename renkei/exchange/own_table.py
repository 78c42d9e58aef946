"""A planner's own table by municipality, previewed row by row before anything is drawn.

Nothing is dropped silently: rows in = rows shown + rows listed with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pandas as pd

from geo.codes import possible_codes
from geo.errors import DataError, RenkeiError
from geo.gazetteer import display_name, municipalities
from geo.resolve import resolve, resolve_many
from renkei.exchange.column_roles import ROLE_NAMES, recognize_columns
from renkei.exchange.written_codes import read_codes
from renkei.exchange.written_numbers import read_number, scale_of_heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.resolution import Resolution
    from renkei.exchange.column_roles import Role
    from renkei.exchange.own_facts import OwnFact
    from renkei.exchange.own_kinds import OwnKind

Outcome = Literal[
    "matched", "merged", "chosen", "ambiguous", "several", "unknown", "outside", "conflict", "repeated", "not_a_place"
]

OUTCOME_NAMES: dict[Outcome, tuple[str, str]] = {
    "matched": ("一致", "matched"),
    "merged": ("合併後の自治体に読み替え", "read as today's municipality"),
    "chosen": ("選んだ自治体", "chosen by hand"),
    "ambiguous": ("いくつかに読める（選んでください）", "several possible: choose"),
    "several": ("複数の自治体", "several municipalities"),
    "unknown": ("見つからない", "not found"),
    "outside": ("場所が分からない", "no place in Japan's municipalities"),
    "conflict": ("コードと名前が合わない", "code and name differ"),
    "repeated": ("同じ自治体が二度ある", "municipality occurs twice"),
    "not_a_place": ("自治体でない行（合計・空欄など）", "not a municipality (totals, blank)"),
}
SHOWN: frozenset[Outcome] = frozenset({"matched", "merged", "chosen"})
MOST_CANDIDATES = 8


@dataclass(frozen=True)
class PreviewRow:
    """One row of the file.

    ``number`` is that of the sheet (the heading's row included); ``written`` what stands for the municipality;
    ``code`` its 5 digits where it is shown; ``candidates`` codes to choose from; ``reason`` in Japanese, "" for a
    match; ``open`` the one of several names that is to be decided, "" where it is the row's own place.
    """

    number: int
    written: str
    outcome: Outcome
    code: str = ""
    candidates: tuple[str, ...] = ()
    reason: str = ""
    open: str = ""

    @property
    def key(self) -> str:
        """Under which what a person decides of this row is kept: the row, or the row and the name that is open."""
        return f"{self.number}:{self.open}" if self.open else str(self.number)


@dataclass(frozen=True)
class OwnIndicator:
    """A column of figures by municipality, as the map can paint it.

    ``figures`` has the 1,741 codes in gazetteer order, NaN is no data; ``unread`` are (row number, cell, reason) of
    cells that are no number; ``scale`` is what the heading asked to multiply by (千円 → 1000).
    """

    title: str
    unit: str
    figures: pd.Series
    unread: tuple[tuple[int, str, str], ...]
    scale: float


@dataclass(frozen=True)
class OwnTable:
    """The preview: what each column is, what became of each row, and what can be shown.

    ``kind`` is what the table holds; ``indicators`` or ``facts`` are what is drawn; ``unread`` are (row number, cell,
    reason) of cells of shown rows that say nothing that could be read.
    """

    header: tuple[str, ...]
    roles: tuple[Role, ...]
    rows: tuple[PreviewRow, ...]
    indicators: tuple[OwnIndicator, ...]
    kind: OwnKind = "indicator"
    facts: tuple[OwnFact, ...] = ()
    unread: tuple[tuple[int, str, str], ...] = ()

    def counts(self) -> dict[Outcome, int]:
        """Return how many rows became what, in the order of ``OUTCOME_NAMES``; rows in = their sum."""
        return {each: count for each in OUTCOME_NAMES if (count := sum(row.outcome == each for row in self.rows))}

    def fix_list(self) -> pd.DataFrame:
        """Return the rows that are not shown: row, as written, outcome, candidates, reason; all text."""
        listed = [
            (
                str(row.number),
                row.written,
                OUTCOME_NAMES[row.outcome][0],
                "、".join(f"{display_name(code)}（{code}）" for code in row.candidates),
                row.reason,
            )
            for row in self.rows
            if row.outcome not in SHOWN
        ]
        return pd.DataFrame(listed, columns=["行", "入力", "判定", "候補", "理由"], dtype=str)


def preview_table(
    header: Sequence[str],
    body: Sequence[tuple[int, Sequence[str]]],
    *,
    roles: Sequence[Role] | None = None,
    decisions: Mapping[str, str] | None = None,
) -> OwnTable:
    """Match a table's rows with municipalities.

    Parameters
    ----------
    header
        Headings.
    body
        (row number of the sheet, cells), as wide as the header.
    roles
        What each column is; recognized by heading and content where it is not given.
    decisions
        Row number, as text, to the 5-digit code that a person chose.

    Returns
    -------
    OwnTable

    Raises
    ------
    DataError
        When no column holds codes or names of municipalities.

    Examples
    --------
    >>> found = preview_table(["自治体", "導入率（％）"], [(2, ["川場村", "12.5"]), (3, ["府中市", "3"])])
    >>> found.counts(), found.indicators[0].unit
    ({'matched': 1, 'ambiguous': 1}, '%')
    """
    cells = [list(row) + [""] * (len(header) - len(row)) for _, row in body]
    known = tuple(roles) if roles is not None else recognize_columns(header, cells)
    column = place_columns(known)
    if not {"code", "name"} & column.keys():
        told = "、".join(name[0] for name in (ROLE_NAMES["code"], ROLE_NAMES["name"]))
        msg = (
            f"自治体を示す列（{told}）がありません。列の役割を選んでください。あるのは {'、'.join(header[:20])} です。"
        )
        raise DataError(msg)
    numbers = [number for number, _ in body]
    rows = _without_repeats(matched(numbers, cells, column, decisions or {}))
    codes = {row.number: row.code for row in rows if row.outcome in SHOWN}
    at = dict(zip(numbers, cells, strict=True))
    indicators = tuple(
        _indicator(header[place], {number: at[number][place] for number in codes}, codes)
        for place, role in enumerate(known)
        if role == "value"
    )
    return OwnTable(tuple(header), known, tuple(rows), indicators)


def place_columns(roles: Sequence[Role]) -> dict[str, int]:
    """Return where code, name and prefecture of a row's place stand, as far as there are such columns."""
    return {each: roles.index(each) for each in ("code", "name", "prefecture") if each in roles}


def matched(
    numbers: Sequence[int], cells: Sequence[Sequence[str]], column: Mapping[str, int], decisions: Mapping[str, str]
) -> list[PreviewRow]:
    """Match each row with a municipality by the columns that ``place_columns`` names."""
    names = [row[column["name"]].strip() for row in cells] if "name" in column else [""] * len(cells)
    codes = [row[column["code"]].strip() for row in cells] if "code" in column else [""] * len(cells)
    hints = [row[column["prefecture"]].strip() for row in cells] if "prefecture" in column else [""] * len(cells)
    beside = read_codes(codes)
    codes = [beside.get(code, code) for code in codes]
    whole = resolve_many(names, one_table=True) if "name" in column else [None] * len(cells)
    return [
        _row(number, name, code, hint, found, decisions.get(str(number), ""))
        for number, name, code, hint, found in zip(numbers, names, codes, hints, whole, strict=True)
    ]


def _row(number: int, name: str, code: str, hint: str, found: Resolution | None, decision: str) -> PreviewRow:
    written = " ".join(filter(None, (code, hint, name)))
    if decision:
        if decision not in municipalities().index:
            return PreviewRow(
                number, written, "unknown", reason=f"選んだコード {decision} は今の市区町村にありません。"
            )
        return PreviewRow(number, written, "chosen", decision)
    by_name = _with_hint(name, hint, found) if name else None
    by_code = resolve(code) if code and possible_codes(code) else None
    if by_code is not None and by_code.code:
        if by_name is not None and by_name.code and by_name.code != by_code.code:
            return PreviewRow(
                number,
                written,
                "conflict",
                candidates=(by_code.code, by_name.code),
                reason=f"コードは{display_name(by_code.code)}、名前は{display_name(by_name.code)}です。",
            )
        return _outcome(number, written, by_code)
    return _outcome(number, written, by_name if by_name is not None else resolve(code))


def _with_hint(name: str, hint: str, found: Resolution | None) -> Resolution:
    if hint:
        try:
            return resolve(name, prefecture=hint)
        except RenkeiError:
            pass  # no prefecture: the column says something else in this row
    return found if found is not None else resolve(name)


def _outcome(number: int, written: str, found: Resolution) -> PreviewRow:
    """Say what became of a row whose place was resolved."""
    outcome, code, candidates, reason = outcome_of(found)
    return PreviewRow(number, written, outcome, code, candidates, reason)


def outcome_of(found: Resolution) -> tuple[Outcome, str, tuple[str, ...], str]:
    """Return what became of a name: outcome, code ("" where it is open), candidates, reason."""
    status = str(found.status)
    candidates = tuple(code for code in found.candidates if code in municipalities().index)[:MOST_CANDIDATES]
    if status == "resolved" and found.code:
        return "matched", found.code, (), ""
    if status == "merged" and found.code:
        return "merged", found.code, (), found.explanation
    outcomes: dict[str, Outcome] = {
        "ambiguous": "ambiguous",
        "merged": "ambiguous",
        "several": "several",
        "prefecture": "not_a_place",
        "not_a_place": "not_a_place",
    }
    return outcomes.get(status, "unknown"), "", candidates, found.explanation


def _without_repeats(rows: list[PreviewRow]) -> list[PreviewRow]:
    """Take the second row of a municipality out: which of two figures is meant, only the planner knows."""
    first: dict[str, int] = {}
    kept = []
    for row in rows:
        if row.outcome in SHOWN and (before := first.setdefault(row.code, row.number)) != row.number:
            reason = (
                f"{display_name(row.code)} は{before}行目にもあります。片方を消すか、合計してから読み込んでください。"
            )
            kept.append(PreviewRow(row.number, row.written, "repeated", reason=reason))
        else:
            kept.append(row)
    return kept


def _indicator(heading: str, cells: Mapping[int, str], codes: Mapping[int, str]) -> OwnIndicator:
    scale, unit = scale_of_heading(heading)
    values: dict[str, float] = {}
    unread: list[tuple[int, str, str]] = []
    units: dict[str, int] = {}
    for number, cell in cells.items():
        try:
            found = read_number(cell)
        except ValueError as error:
            unread.append((number, cell, str(error)))
            continue
        if found.value is not None:
            values[codes[number]] = found.value * scale
            units[found.unit] = units.get(found.unit, 0) + 1
    units.pop("", None)
    unit = unit or (max(units, key=lambda each: units[each]) if units else "")
    series = pd.Series(values, dtype=float).reindex(municipalities().index)
    title = heading.split("（", maxsplit=1)[0].split("(", maxsplit=1)[0].strip() or heading.strip() or "値"
    return OwnIndicator(" ".join(title.split()), unit, series.rename(title), tuple(unread), scale)
