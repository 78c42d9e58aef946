"""Reading the project's own CSV tables: every column as text, lists split, evidence made readable."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geo.data_folder import data_path
from geo.errors import DataError


def read_table(folder: str, name: str, lists: tuple[str, ...] = ()) -> pd.DataFrame:
    """Read a table of ``data/``.

    Parameters
    ----------
    folder, name
        Folder below ``data/`` and file name.
    lists
        Columns whose cells hold several values joined by ``;``: they become tuples.

    Raises
    ------
    DataError
        When the file is missing or lacks one of the list columns.
    """
    path = data_path(folder, name)
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    except OSError as error:
        msg = f"{path} を読めません。インストールし直してください。"
        raise DataError(msg) from error
    if missing := set(lists) - set(frame.columns):
        msg = f"{path} に列がありません：{'、'.join(sorted(missing))}"
        raise DataError(msg)
    return with_lists(frame, lists)


def with_lists(frame: pd.DataFrame, lists: tuple[str, ...]) -> pd.DataFrame:
    """Split the cells of some columns, values joined by ``;``, into tuples."""
    for column in lists:
        frame[column] = pd.Series(
            [tuple(filter(None, cell.split(";"))) for cell in frame[column]], dtype=object, index=frame.index
        )
    return frame


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame's rows as dictionaries, column name to cell; the index is left out."""
    return [dict(zip(frame.columns, cells, strict=True)) for cells in zip(*(frame[c] for c in frame), strict=True)]
