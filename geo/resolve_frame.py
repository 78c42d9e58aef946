"""A column of written names resolved in one call: the table with codes, and the list of what is left to fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.codes import PREFECTURES, normalize_prefecture, to_code6
from geo.errors import DataError, UnknownNameError
from geo.place_names import place_names
from geo.resolution import Candidate, Finding, Resolution, name_of, unique_candidates
from geo.resolve import resolve, resolve_many
from geo.several import split_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

RESULT_COLUMNS = (
    "市区町村コード",
    "団体コード6桁",
    "都道府県",
    "市区町村",
    "区",
    "判定",
    "読み替え",
    "読まなかった部分",
    "説明",
)
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
    return (*_told(result)[:-1], result.rest if result.matched else "", _told(result)[-1])


def _told(result: Resolution) -> tuple[str, ...]:
    """Return what is the same for every text that was matched alike: all but what was left unread."""
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


def fix_list(results: Iterable[Resolution], first_row: int = 1, numbers: Sequence[int] | None = None) -> pd.DataFrame:
    """Return the rows that did not resolve: row number, input, status, candidates by name, and why.

    A former name with one successor is listed too: its code is that of today, which a planner should know.

    Parameters
    ----------
    results
        One for each row.
    first_row
        Number of the first row.
    numbers
        Each row's number, instead.
    """
    told: dict[int, tuple[str, str, str, str]] = {}
    rows = []
    for number, each in zip(numbers, results, strict=True) if numbers else enumerate(results, first_row):
        if each.status == "resolved":
            continue
        if id(each) not in told:
            candidates = "、".join(map(_candidate, each.candidates))
            told[id(each)] = (each.input, STATUS_NAMES[each.status], candidates, each.explanation)
        rows.append((number, *told[id(each)]))
    return pd.DataFrame(rows, columns=list(FIX_COLUMNS))


def _candidate(code: str) -> str:
    return f"{name_of(code)}（{code}）"


def resolve_column(
    frame: pd.DataFrame,
    column: str,
    *,
    prefecture: str | None = None,
    prefecture_column: str | None = None,
    code_column: str | None = None,
    as_of: date | None = None,
    split: bool = False,
    numbers: Sequence[int] | None = None,
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
        A column with each row's prefecture (name or number), which binds: a row that names one elsewhere is left open.
        Where a cell is no prefecture, the row has none.
    code_column
        A column with each row's code, compared with what the name says: they agree, or the row is left open. It decides
        among namesakes.
    split
        A row for each municipality of a cell that names several, and one for those without a name ("ほか3町").
    numbers
        The row numbers for the list of what is left to fix; from 1 (the first row below the header) otherwise.

    Returns
    -------
    tuple of pandas.DataFrame
        The table with ``RESULT_COLUMNS`` behind its own columns; and ``FIX_COLUMNS`` for the rows that are not
        ``resolved``.

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
    >>> done, _ = resolve_column(pd.DataFrame({"構成": ["三島市・長泉町"]}), "構成", split=True)
    >>> done["市区町村"].tolist()
    ['三島市', '長泉町']
    """
    for name in (column, prefecture_column, code_column):
        if name is not None and name not in frame.columns:
            msg = f"列「{name}」がありません。あるのは {'、'.join(map(str, frame.columns[:20]))} です。"
            raise DataError(msg)
    values = _values(frame[column])
    if prefecture_column is None:
        results = resolve_many(values, prefecture=prefecture, as_of=as_of, one_table=True)
    else:
        results = _with_hints(values, _values(frame[prefecture_column]), prefecture, as_of)
    if code_column is not None:
        results = _with_codes(results, _values(frame[code_column]))
    numbers = list(range(1, len(frame) + 1)) if numbers is None else list(numbers)
    if split:
        frame, results, numbers = _split(frame, results, numbers)
    rows = pd.DataFrame(_columns(results, _free(frame))).set_axis(frame.index)
    return pd.concat([frame, rows], axis=1), fix_list(results, numbers=numbers)


def _values(column: pd.Series) -> list[object]:
    """Return the cells of a column; None where it is empty."""
    return list(column.astype(object).where(column.notna(), None))


def _columns(results: list[Resolution], names: list[str]) -> dict[str, pd.Series]:
    """Return the result columns; what is told of the same result, or of one matched alike, is made once."""
    place: dict[int, int] = {}
    rows: list[tuple[str, ...]] = []
    alike: dict[tuple[int, str], tuple[str, ...]] = {}
    positions = np.empty(len(results), dtype=np.int64)
    for number, result in enumerate(results):
        at = place.get(id(result))
        if at is None:
            key = (id(result.finding), result.matched)
            if key not in alike:
                alike[key] = _told(result)
            at = place[id(result)] = len(rows)
            rows.append((*alike[key][:-1], result.rest if result.matched else "", alike[key][-1]))
        positions[number] = at
    return {
        name: pd.Series(pd.array([row[at] for row in rows], dtype="str").take(positions))
        for at, name in enumerate(names)
    }


def _with_hints(
    values: list[object], hints: list[object], prefecture: str | None, as_of: date | None
) -> list[Resolution]:
    known: dict[tuple[str, str], Resolution] = {}
    results = []
    for value, hint in zip(values, hints, strict=True):
        key = (str(value), str(hint))
        if key not in known:
            known[key] = _with_hint(value, prefecture if hint is None else str(hint), prefecture, as_of)
        results.append(known[key])
    return results


def _with_hint(value: object, hint: str | None, prefecture: str | None, as_of: date | None) -> Resolution:
    try:
        code = None if hint is None else normalize_prefecture(hint)
    except UnknownNameError:
        return resolve(value, prefecture=prefecture, as_of=as_of)
    found = resolve(value, prefecture=code, as_of=as_of)
    if found.code is None or code is None or code in (found.code[:2], *_prefectures_of_before(found)):
        return found
    own = Candidate(found.ward_code or found.code, "書かれた名前")
    note = f"都道府県の列は{PREFECTURES[code]}で、名前と合いません"
    return found._replace(finding=Finding("ambiguous", options=(own,), changes=found.changes, note=note))


def _prefectures_of_before(found: Resolution) -> tuple[str, ...]:
    """Return the prefectures that the history of a former name begins with: 長野県山口村 is in 岐阜県 today."""
    return tuple(code for code, name in PREFECTURES.items() if any(step.startswith(name) for step in found.history))


def _with_codes(results: list[Resolution], codes: list[object]) -> list[Resolution]:
    """Compare each row's name with its code: among namesakes the code decides; where they differ, nothing does."""
    coded = resolve_many(codes, one_table=True)
    known: dict[tuple[int, int], Resolution] = {}
    compared = []
    for name, code in zip(results, coded, strict=True):
        key = (id(name), id(code))
        if key not in known:
            known[key] = _compared(name, code)
        compared.append(known[key])
    return compared


def _compared(name: Resolution, code: Resolution) -> Resolution:
    if code.status not in ("resolved", "merged") or code.code is None:
        return name
    told = Candidate(code.ward_code or code.code, "コードの列")
    if name.code == code.code or name.status == "not_a_place":
        return name
    if name.status == "ambiguous" and {code.code, code.ward_code} & set(name.candidates):
        changes = (*name.changes, "コードの列で決める")
        return name._replace(finding=Finding("resolved", code.code, code.ward_code, changes=changes))
    own = (Candidate(name.ward_code or name.code, "書かれた名前"),) if name.code else name.options
    if name.status == "several":
        return name
    note = "コードの列と名前が合いません"
    return name._replace(finding=Finding("ambiguous", options=unique_candidates((*own, told)), note=note))


def _split(
    frame: pd.DataFrame, results: list[Resolution], numbers: list[int]
) -> tuple[pd.DataFrame, list[Resolution], list[int]]:
    """Put a row for each municipality in the place of a row that names several."""
    places, split, rows = [], [], []
    known: dict[int, list[Resolution]] = {}
    for place, (result, number) in enumerate(zip(results, numbers, strict=True)):
        if result.status != "several":
            parts = [result]
        else:
            parts = known[id(result)] = known.get(id(result)) or resolve_each(result)
        places += [place] * len(parts)
        split += parts
        rows += [number] * len(parts)
    return frame.iloc[places], split, rows


def resolve_each(result: Resolution) -> list[Resolution]:
    """Return a result for each municipality that a ``several`` result names, and one for those without a name.

    Examples
    --------
    >>> [(each.input, each.code) for each in resolve_each(resolve("帯広市・音更町ほか2町"))]
    [('帯広市', '01207'), ('音更町', '01631'), ('ほか2町', None)]
    """
    parts = []
    inside: str | None = None
    for name in split_names(result.input, result):
        part = resolve(name)
        if part.code is None and inside is not None:
            narrowed = resolve(name, prefecture=inside)
            part = narrowed if narrowed.code else part
        inside = inside or part.prefecture
        parts.append(part)
    if result.others:
        note = "名前のない市区町村があります"
        parts.append(Resolution(result.others, Finding("several", note=note, others=result.others), 0))
    return parts


def _free(frame: pd.DataFrame) -> list[str]:
    return [f"{name}_2" if name in frame.columns else name for name in RESULT_COLUMNS]
