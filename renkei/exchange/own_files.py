"""A planner's own files: bytes read within bounds, tables previewed, a project made of them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from renkei.exchange.escaping import plain_cell, spreadsheet_cell
from renkei.exchange.file_bytes import read_bytes
from renkei.exchange.own_table import OwnTable, preview_table
from renkei.exchange.project_file import Project, ProjectTable
from renkei.exchange.sheets import Sheet, read_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pandas as pd

GEO_SUFFIXES = (".geojson", ".json", ".gpkg")


def read_rows(path: Path) -> Sheet:
    """Return a table's header and numbered rows (``renkei.exchange.sheets.read_sheet``)."""
    return read_sheet(read_bytes(path), path.name)


def read_own_table(path: Path) -> OwnTable:
    """Preview a planner's table by municipality."""
    found = read_rows(path)
    return preview_table(found.header, found.rows)


def table_csv(frame: pd.DataFrame) -> bytes:
    """Return a frame of texts as CSV for Excel (UTF-8 with BOM, CR LF), formulas disarmed."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(frame.columns)
    writer.writerows([spreadsheet_cell(plain_cell(str(cell))) for cell in row] for row in frame.itertuples(index=False))
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def project_of(
    name: str,
    sheet: Sheet,
    table: OwnTable,
    status: Iterable[Mapping[str, Any]],
    written: str,
    *,
    view: Mapping[str, tuple[str, ...]] | None = None,
    decisions: Mapping[int, str] | None = None,
) -> Project:
    """Return a project of one own table.

    Parameters
    ----------
    name, sheet, table
        The file's name, what was read, and what each column was found to be.
    status
        State of our tables (``Atlas.status``): their checksums are kept.
    written
        ISO day.
    view
        The page's address.
    decisions
        Row to code, as chosen by hand.
    """
    rows = tuple((number, tuple(cells)) for number, cells in sheet.rows)
    own = ProjectTable(name, sheet.header, table.roles, rows, dict(decisions or {}))
    return Project(dict(view or {}), (own,), {each["table"]: each["sha256"] for each in status}, written)
