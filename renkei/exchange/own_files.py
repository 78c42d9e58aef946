"""A planner's own files: read within bounds, tables or shapes; previewed as what they hold; a project made of them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geo.errors import DataError, UnsafeFileError
from geo.gazetteer import municipalities
from renkei.exchange.column_roles import recognize_columns
from renkei.exchange.escaping import plain_cell, spreadsheet_cell
from renkei.exchange.file_bytes import read_bytes
from renkei.exchange.geo_files import is_geo_file, read_geo_file
from renkei.exchange.own_facts import preview_facts
from renkei.exchange.own_kinds import KIND_NAMES, recognize_kind
from renkei.exchange.own_table import SHOWN, OwnIndicator, OwnTable, PreviewRow, preview_table
from renkei.exchange.project_file import Project, ProjectTable
from renkei.exchange.sheets import Sheet, read_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import NoReturn

    from renkei.exchange.column_roles import Role
    from renkei.exchange.geo_files import GeoFile
    from renkei.exchange.own_kinds import OwnKind, Shape

LONGITUDE, LATITUDE = "経度（図形）", "緯度（図形）"
"""Columns that a file of shapes gets: a point that lies in each feature."""
_COUNT = "件数"
MOST_ROWS = 50_000
MOST_COLUMNS = 500
_SEARCHED = 2_000_000
"""Bytes at the start of a text in which its widest line is looked for."""


@dataclass(frozen=True)
class OwnSource:
    """What a file holds, before it is known what its columns are.

    Parameters
    ----------
    name
        Of the file.
    sheet
        Headings and rows; a file of shapes has a point of each feature in two columns more.
    shape
        What its features are; "" of a table.
    faults
        Row or feature to why it was left out when the file was read.
    notes
        What was done to the rows that are there.
    """

    name: str
    sheet: Sheet
    shape: Shape = ""
    faults: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_source(content: bytes, name: str) -> OwnSource:
    """Read a planner's file: what it is, its first bytes say.

    Raises
    ------
    UnsafeFileError, DataError
        As ``renkei.exchange.sheets.read_sheet`` and ``renkei.exchange.geo_files.read_geo_file``.
    """
    if is_geo_file(content, name):
        found = _of_shapes(read_geo_file(content, name), name)
    else:
        refuse_long(content, name)
        found = OwnSource(name, read_sheet(content, name))
    if len(found.sheet.rows) > MOST_ROWS or len(found.sheet.header) > MOST_COLUMNS:
        _refuse_size(name, f"{len(found.sheet.rows):,}行×{len(found.sheet.header):,}列")
    return found


def refuse_long(content: bytes, name: str) -> None:
    """Refuse a text of more lines or columns than a planner's table can have, before it is taken apart.

    Raises
    ------
    UnsafeFileError
        When it is too long; the message says how long it may be.
    """
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return  # a workbook is looked at by its own bounds
    lines = max(content.count(b"\n"), content.count(b"\r"))
    if lines > 2 * MOST_ROWS:
        _refuse_size(name, f"{lines:,}行")
    for line in content[:_SEARCHED].splitlines():
        if (columns := max(line.count(mark) for mark in (b",", b"\t", b";"))) > MOST_COLUMNS:
            _refuse_size(name, f"{columns:,}列")


def _refuse_size(name: str, size: str) -> NoReturn:
    msg = f"{name} は大きすぎます（{size}。{MOST_ROWS:,}行、{MOST_COLUMNS}列まで）。必要な所だけにしてください。"
    raise UnsafeFileError(msg)


def _of_shapes(read: GeoFile, name: str) -> OwnSource:
    frame = read.frame
    shapes = np.array(frame.geometry, dtype=object)
    inside = shapely.point_on_surface(shapes)
    across, up = shapely.get_x(inside), shapely.get_y(inside)
    header = (*map(str, frame.columns.drop(frame.geometry.name)), LONGITUDE, LATITUDE)
    columns = [list(frame[column]) for column in frame.columns.drop(frame.geometry.name)]
    rows = [
        (int(number), [*(_written(cells[at]) for cells in columns), _degrees(across[at]), _degrees(up[at])])
        for at, number in enumerate(frame.index)
    ]
    return OwnSource(name, Sheet(header, rows, (), 0, "", ""), _shape_of(shapes), dict(read.faults), read.notes)


def _written(cell: object) -> str:
    if cell is None or (isinstance(cell, float) and np.isnan(cell)):
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 else str(cell)  # noqa: PLR2004


def _degrees(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.6f}"


def _shape_of(shapes: np.ndarray) -> Shape:
    kinds = [each.geom_type for each in shapes if each is not None]
    if not kinds:
        return ""
    most = Counter(kinds).most_common(1)[0][0]
    return "point" if "Point" in most else "area" if "Polygon" in most else "line"


def preview(
    source: OwnSource,
    *,
    kind: OwnKind | None = None,
    roles: tuple[Role, ...] | None = None,
    decisions: Mapping[str, str] | None = None,
) -> OwnTable:
    """Read a file's rows as what it holds.

    Parameters
    ----------
    source
        The file.
    kind, roles
        What it holds and what its columns are; recognized where they are not given.
    decisions
        ``PreviewRow.key`` to the 5-digit code that a person chose.

    Returns
    -------
    OwnTable
        Every row of the file is in ``rows``, those that were left out while it was read too.

    Raises
    ------
    DataError
        When a column is missing without which nothing can be shown.
    """
    header, body = source.sheet.header, source.sheet.rows
    known = roles if roles is not None else _recognized(source)
    what = kind or recognize_kind(header, known, source.shape)
    if what != "indicator":
        found = preview_facts(what, header, body, known, decisions)
    elif {"code", "name"} & set(known):
        found = preview_table(header, body, roles=known, decisions=decisions)
    else:
        found = _by_place(source, known)
    left_out = tuple(PreviewRow(number, f"{number}", "outside", reason=why) for number, why in source.faults.items())
    return replace(found, rows=tuple(sorted((*found.rows, *left_out), key=lambda row: row.number)))


def _recognized(source: OwnSource) -> tuple[Role, ...]:
    """Return what the columns are; where a feature lies, its shape says, not a column."""
    header = source.sheet.header
    found = recognize_columns(header, [cells for _, cells in source.sheet.rows])
    if header[-2:] != (LONGITUDE, LATITUDE):
        return found
    rest: tuple[Role, ...] = tuple("text" if role in ("longitude", "latitude") else role for role in found[:-2])
    return (*rest, "longitude", "latitude")


def _by_place(source: OwnSource, roles: tuple[Role, ...]) -> OwnTable:
    """Read shapes without code and name by where they lie: points are counted, areas bring their figures."""
    header, body = source.sheet.header, source.sheet.rows
    if not {"longitude", "latitude"} <= set(roles):
        return preview_table(header, body, roles=roles)  # which says what is missing
    located = preview_facts("points", header, body, roles)
    codes = {row.number: row.code for row in located.rows if row.outcome in SHOWN}
    if source.shape != "area":
        counts = pd.Series(Counter(codes.values()), dtype=float).reindex(municipalities().index)
        # A municipality without a point has none: that is a count, not a gap.
        counted = OwnIndicator(_COUNT, "件", counts.fillna(0.0).rename(_COUNT), (), 1.0)
        return OwnTable(header, roles, located.rows, (counted,))
    rows = [(number, [*cells, codes.get(number, "")]) for number, cells in body]
    found = preview_table((*header, "団体コード"), rows, roles=(*roles, "code"))
    told = {row.number: row for row in located.rows if row.outcome not in SHOWN}
    return OwnTable(header, roles, tuple(told.get(row.number, row) for row in found.rows), found.indicators)


def read_file(path: Path) -> OwnSource:
    """Read a planner's file from disk (``read_source``)."""
    return read_source(read_bytes(path), path.name)


def read_own_table(path: Path) -> OwnTable:
    """Preview a planner's file as what it holds."""
    return preview(read_file(path))


def kind_names() -> str:
    """Return what a table can hold, for messages."""
    return "、".join(f"{each}（{name}）" for each, (name, _) in KIND_NAMES.items())


def read_kind(written: str) -> OwnKind:
    """Return what a person says that a table holds, by id or Japanese name.

    Raises
    ------
    DataError
        When there is no such kind.

    Examples
    --------
    >>> read_kind("圏域"), read_kind("ties")
    ('blocs', 'ties')
    """
    for each, names in KIND_NAMES.items():
        if written in (each, *names):
            return each
    msg = f"「{written[:20]}」という種類はありません。{kind_names()} のどれかにしてください。"
    raise DataError(msg)


def table_csv(frame: pd.DataFrame) -> bytes:
    """Return a frame of texts as CSV for Excel (UTF-8 with BOM, CR LF), formulas disarmed."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(frame.columns)
    writer.writerows([spreadsheet_cell(plain_cell(str(cell))) for cell in row] for row in frame.itertuples(index=False))
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def table_of(source: OwnSource, table: OwnTable, decisions: Mapping[str, str] | None = None) -> ProjectTable:
    """Return a file as a project keeps it, with what it was found or said to hold."""
    rows = tuple((number, tuple(cells)) for number, cells in source.sheet.rows)
    return ProjectTable(
        source.name,
        source.sheet.header,
        table.roles,
        rows,
        dict(decisions or {}),
        table.kind,
        source.shape,
        dict(source.faults),
    )


def source_of(table: ProjectTable) -> OwnSource:
    """Return a file as it was when its project was saved."""
    rows = [(number, list(cells)) for number, cells in table.rows]
    return OwnSource(table.name, Sheet(table.header, rows, (), 0, "", ""), table.shape, table.faults)


def project_of(
    tables: Iterable[ProjectTable],
    status: Iterable[Mapping[str, Any]],
    written: str,
    view: Mapping[str, tuple[str, ...]] | None = None,
) -> Project:
    """Return a project of own files.

    Parameters
    ----------
    tables
        The files (``table_of``).
    status
        State of our tables (``Atlas.status``): their checksums are kept.
    written
        ISO day.
    view
        The page's address.
    """
    return Project(dict(view or {}), tuple(tables), {each["table"]: each["sha256"] for each in status}, written)
