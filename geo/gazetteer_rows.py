"""The rows of the gazetteer's tables as text, read without pandas."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from geo.data_folder import data_path
from geo.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator


def gazetteer_rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table of ``data/gazetteer/``.

    Raises
    ------
    DataError
        When the table is missing.

    Examples
    --------
    >>> next(gazetteer_rows("municipalities.csv"))["name"]
    '札幌市'
    """
    path = data_path("gazetteer", name)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            header = next(reader)
            for row in reader:
                yield dict(zip(header, row, strict=True))
    except OSError as error:
        msg = f"{path} を読めません。インストールし直してください。"
        raise DataError(msg) from error
