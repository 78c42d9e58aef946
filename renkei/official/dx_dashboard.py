"""デジタル庁 自治体DX推進状況 (dashboard of July 2024): measures, rates and 52 procedures, by municipality.

The publication is of one month, the surveys behind it are of several days: what the dashboard's own page on its data
says of them stands in ``SURVEYED``.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pandas as pd

from geo.errors import DataError
from geo.gazetteer import municipalities
from renkei.official.definition_files import definitions
from renkei.official.municipal_series import number
from renkei.official.workbook import KEPT, check_plain_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from renkei.official.municipal_series import Block

YES_NO = {
    "CIOの任命": "dx_cio",
    "CIO補佐官等の任命": "dx_cio_assistant",
    "全体方針策定": "dx_policy",
    "全庁的な体制構築": "dx_organisation",
    "外部人材活用": "dx_external_experts",
    "職員育成の取組": "dx_staff_training",
    "全職員対象研修の実施": "dx_training_for_all",
    "AIの導入状況": "dx_ai",
    "RPAの導入状況": "dx_rpa",
    "テレワークの導入状況": "dx_telework",
}
RATES = {
    "マイナンバーカードの保有状況": "mynumber_held_rate",
    "子育て・介護26手続のオンライン化状況": "online_rate_26",
    "よく使う32手続のオンライン化状況": "online_rate_32",
    "よく使う32手続のオンライン化状況_実施されている手続総数（分母）": "online_procedures_offered",
    "よく使う32手続のオンライン化状況_実施されている手続総数のうち「オンライン化済」と回答した手続数（分子）": (
        "online_procedures_online"
    ),
}
SURVEY_DAY = "2023-04-01"
"""地方公共団体における行政情報化の推進状況調査, the survey behind the measures."""

SURVEYED = {
    # 地方自治体におけるAI・RPAの実証実験・導入状況等調査: 50 % and 41 % of the municipalities at the end of 2023.
    "dx_ai": "2023-12-31",
    "dx_rpa": "2023-12-31",
    # 地方公共団体におけるテレワークの取組状況調査, each 1 October.
    "dx_telework": "2023-10-01",
    # Cards held: the dashboard names no day, so the month of publication stands for it.
    "mynumber_held_rate": "2024-07",
}
"""Day of the survey where it is another one than ``SURVEY_DAY``."""


def dashboard_rows(path: Path) -> list[tuple[str, list[str]]]:
    """Return each line of a table of the dashboard: title, and one cell a municipality in code order.

    Raises
    ------
    DataError
        When the columns are not in code order: the file has names only, and is taken by position.
    """
    check_plain_file(path)
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    names = list(municipalities()["name"])
    if not rows or rows[0][2 : 2 + len(names)] != names:
        msg = f"{path.name}：市区町村の並びがコード順ではありません。{KEPT}"
        raise DataError(msg)
    return [
        (row[1].strip(), [cell.strip() for cell in [*row[2:], *[""] * len(names)][: len(names)]]) for row in rows[1:]
    ]


def read_dx_dashboard(paths: Sequence[Path]) -> list[Block]:
    """Read ten yes/no measures, three rates and two counts.

    Raises
    ------
    DataError
        When an answer is none of the known words, or the columns are not in code order.
    """
    name, index = paths[0].name, municipalities().index
    blocks: list[Block] = []
    for title, cells in dashboard_rows(paths[0]):
        if title in YES_NO:
            answers = pd.Series(cells, index=index).map({"実施": 1.0, "未実施": 0.0})
            if set(cells) - {"実施", "未実施", "調査無し"} or answers.isna().sum() not in (0, 8):
                msg = f"{name}：{title} に想定外の値があります。{KEPT}"
                raise DataError(msg)
            blocks.append(_block(YES_NO[title], answers))
        elif title in RATES:
            blocks.append(_block(RATES[title], pd.Series([number(cell) for cell in cells], index=index, dtype=float)))
    return blocks


def _block(identifier: str, values: pd.Series) -> Block:
    return identifier, SURVEYED.get(identifier, SURVEY_DAY), values, ""


def read_procedures(paths: Sequence[Path]) -> list[Block]:
    """Read the share of each of 52 procedures that was applied for online (%); blank is no data, 0 is 0.

    Raises
    ------
    DataError
        When the procedures or their order are not as they were.
    """
    rows = dashboard_rows(paths[0])
    known = [(each["id"], each["name"]) for each in definitions().values() if each["defined_in"] == "online_procedures"]
    if [title for title, _ in rows] != [title for _, title in known]:
        msg = f"{paths[0].name}：手続の名前か並びが変わりました。{KEPT}"
        raise DataError(msg)
    index = municipalities().index
    return [
        (identifier, SURVEY_DAY, pd.Series([number(cell) for cell in cells], index=index, dtype=float), "")
        for (identifier, _), (_, cells) in zip(known, rows, strict=True)
    ]
