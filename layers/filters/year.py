"""By year: the fiscal year of a case, the year in which anything else began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import InvalidFilterError
from layers.filters.choice import FilterChoice
from layers.kinds import kinds

if TYPE_CHECKING:
    import pandas as pd

    from layers.kinds.kind import Kind
    from layers.tables import Tables


def _read(_: Tables, written: object) -> int:
    text = str(written).strip()
    if not (text.isascii() and text.isdigit() and len(text) == 4 and text[0] != "0"):  # noqa: PLR2004
        msg = f"年「{text[:20]}」は西暦4桁で指定してください（例：2022）。"
        raise InvalidFilterError(msg)
    return int(text)


def _passes(_: Tables, kind: Kind, frame: pd.DataFrame, values: tuple[int, ...]) -> list[bool]:
    if not kind.year:
        return [False] * len(frame)
    wanted = {str(year) for year in values}
    return [str(year)[:4] in wanted for year in frame[kind.year]]


def _options(tables: Tables) -> list[str]:
    read = [(kind.read(tables), kind.year) for kind in kinds() if kind.filtered and kind.year]
    return sorted({str(value)[:4] for frame, column in read for value in frame[column] if value})


FILTER = FilterChoice(
    "year",
    "years",
    40,
    "年（年度・始まった年）",
    "Year (fiscal year, or since)",
    "年度・開始年（西暦）",
    _read,
    _passes,
    lambda _, value, language: str(value) if language == "en" else f"{value}年",
    _options,
    sorted=True,
    metavar="Y",
)
