"""A column of written names resolved in one call: the table with codes, and the list of what is left to fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.codes import PREFECTURES, to_code6
from geo.errors import DataError, UnknownNameError
from geo.place_names import place_names
from geo.resolution import name_of
from geo.resolve import resolve, resolve_many

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from geo.resolution import Resolution

RESULT_COLUMNS = ("市区町村コード", "団体コード6桁", "都道府県", "市区町村", "区", "判定", "読み替え", "説明")
"""What is put behind the columns of the table; a name that is there already gets ``_2``."""

FIX_COLUMNS = ("行", "入力", "判定", "候補", "理由")

STATUS_NAMES = {
    "resolved": "一つに決まる",
    "merged": "今はない名前",
    "ambiguous": "いくつかに読める",
    "several": "いくつか並んでいる",
    "unknown": "見つからない",
    "prefecture": "都道府県だけ",
    "not_a_place": "地名でない",
}
"""Statuses as planners read them."""


def result_row(result: Resolution) -> tuple[str, ...]:
    """Return the values of ``RESULT_COLUMNS`` for a result; empty text where there is none."""
    place = place_names().places[result.code] if result.code else None
    ward = place_names().places[result.ward_code].short if result.ward_code else ""
    prefecture = PREFECTURES[result.prefecture] if result.prefecture else ""
    return (
        result.code or "",
        to_code6(result.code) if result.code else "",
        prefecture,
        place.name if place else "",
        ward,
        STATUS_NAMES[result.status],
        "、".join(result.changes),
        result.explanation,
    )


def fix_list(results: Iterable[Resolution], first_row: int = 1) -> pd.DataFrame:
    """Return the rows that did not resolve: row number, input, status, candidates by name, and why.

    A former name with one successor is listed too: its code is that of today, which a planner should know.
    """
    rows = [
        (number, each.input, STATUS_NAMES[each.status], "、".join(map(_candidate, each.candidates)), each.explanation)
        for number, each in enumerate(results, first_row)
        if each.status != "resolved"
    ]
    return pd.DataFrame(rows, columns=list(FIX_COLUMNS))


def _candidate(code: str) -> str:
    return f"{name_of(code)}（{code}）"


def resolve_column(
    frame: pd.DataFrame,
    column: str,
    *,
    prefecture: str | None = None,
    prefecture_column: str | None = None,
    as_of: date | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Resolve a column; the same value is resolved once, and the rows are read as one table.

    Parameters
    ----------
    frame
        Any table; it is not changed.
    column
        The column with the written names, addresses or codes.
    prefecture, as_of
        As in ``geo.resolve.resolve``.
    prefecture_column
        A column with each row's prefecture (name or number); where a cell is no prefecture, the row has none.

    Returns
    -------
    tuple of pandas.DataFrame
        The table with ``RESULT_COLUMNS`` behind its own columns; and ``FIX_COLUMNS`` for the rows that are not
        ``resolved``, whose row number counts from 1 (the first row below the header).

    Raises
    ------
    DataError
        When there is no such column.

    Examples
    --------
    >>> table = pd.DataFrame({"自治体名": ["川場村", "府中市", "田無市"]})
    >>> done, fixes = resolve_column(table, "自治体名")
    >>> done["市区町村コード"].tolist(), fixes["行"].tolist()
    (['10444', '', '13229'], [2, 3])
    """
    for name in (column, *([prefecture_column] if prefecture_column else [])):
        if name not in frame.columns:
            msg = f"列「{name}」がありません。あるのは {'、'.join(map(str, frame.columns[:20]))} です。"
            raise DataError(msg)
    values = [None if pd.isna(value) else value for value in frame[column]]
    if prefecture_column is None:
        results = resolve_many(values, prefecture=prefecture, as_of=as_of, one_table=True)
    else:
        hints = [prefecture if pd.isna(value) else str(value) for value in frame[prefecture_column]]
        results = [_with_hint(value, hint, prefecture, as_of) for value, hint in zip(values, hints, strict=True)]
    rows = pd.DataFrame([result_row(each) for each in results], columns=_free(frame), index=frame.index, dtype=str)
    return pd.concat([frame, rows], axis=1), fix_list(results)


def _with_hint(value: object, hint: str | None, prefecture: str | None, as_of: date | None) -> Resolution:
    try:
        return resolve(value, prefecture=hint, as_of=as_of)
    except UnknownNameError:
        return resolve(value, prefecture=prefecture, as_of=as_of)


def _free(frame: pd.DataFrame) -> list[str]:
    return [f"{name}_2" if name in frame.columns else name for name in RESULT_COLUMNS]
