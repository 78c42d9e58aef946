"""What a tidy table of indicators must be before it may replace another: checked with pandera."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import DataError
from geo.gazetteer import municipalities
from renkei.official.workbook import KEPT

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

BOUNDS: dict[str, tuple[float, float]] = {
    "%": (0, 1000),
    "人": (0, 20_000_000),
    "世帯": (0, 10_000_000),
    "人/km²": (0, 50_000),
    "km²": (0.1, 5000),
    "kW": (0, 10_000_000),
    "kW/千人": (0, 1_000_000),
    "kW/km²": (0, 100_000),
    "円": (0, 1e13),
    "千円": (0, 1e11),
    "百万円": (0, 1e9),
    "件": (0, 100_000_000),
    "手続": (0, 100),
    "組": (0, 1_000_000),
    "ha": (0, 200_000),
    "t-CO2": (0, 100_000_000),
    "t-CO2/人": (0, 10_000),
    "": (-1000, 1000),
}
"""Unit to what can be true of a municipality of Japan: beyond it, a column or a unit was mistaken."""

RATES_OF_CHANGE = (-100, 10_000)
"""Percent: 飯舘村 (07564) grew by 3,115 % from 2015 to 2020, when its people could return."""

DATE = r"^(FY\d{4}|\d{4}(-\d{2}(-\d{2})?)?)$"
FLAGS = ("", "preliminary", "projection", "incomplete", "no_data")


def check_table(frame: pd.DataFrame, definitions: Sequence[dict[str, Any]]) -> None:
    """Check codes, indicators, dates, flags and the range of every value.

    Raises
    ------
    DataError
        With the first thing that is wrong: indicator, date, municipality, value.
    """
    try:
        import pandera.pandas as pa  # noqa: PLC0415 - of the extra "build"
    except ImportError as error:
        msg = '表を検査する pandera がありません。pip install "renkei[build]" としてください。'
        raise DataError(msg) from error
    defined = {each["id"]: each for each in definitions}
    number = pa.Column(float, pa.Check(np.isfinite, error="有限の数"), nullable=True)
    schema = pa.DataFrameSchema(
        {
            "code": pa.Column(str, pa.Check.isin(list(municipalities().index), error="現在の市区町村のコード")),
            "indicator": pa.Column(str, pa.Check.isin(list(defined), error="定義のある指標")),
            "date": pa.Column(str, pa.Check.str_matches(DATE, error="日付の形")),
            "value": number,
            "flag": pa.Column(str, pa.Check.isin(FLAGS, error="状態の語")),
        },
        unique=["code", "indicator", "date"],
        strict=True,
    )
    _validate(pa, schema, frame, "表")
    for (indicator, date), rows in frame.groupby(["indicator", "date"], sort=False):
        about = defined[str(indicator)]
        check = pa.Check(lambda values, about=about: _in_bounds(values, about), error="ありうる範囲")
        of_block = pa.DataFrameSchema({"value": pa.Column(float, check, nullable=True)})
        _validate(pa, of_block, rows.set_index("code")[["value"]], f"{about['title']}（{date}）")


def _in_bounds(values: pd.Series, about: dict[str, Any]) -> pd.Series:
    if about["labels"]:
        return values.isin(range(len(about["labels"])))
    least, most = BOUNDS.get(about["unit"], (-np.inf, np.inf))
    if about["diverging"] and about["unit"] == "%":
        return values.between(*RATES_OF_CHANGE)
    if about["diverging"] or about["negative"]:
        least = -most
    return values.between(least, most)


def _validate(pa: Any, schema: Any, frame: pd.DataFrame, where: str) -> None:
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        first = error.failure_cases.iloc[0]
        place = f"{first['index']} の " if first["index"] is not None else ""
        msg = (
            f"{where}：{place}{first['failure_case']} は「{first['check']}」に合いません"
            f"（合わないもの {len(error.failure_cases):,} 件）。{KEPT}"
        )
        raise DataError(msg) from error
