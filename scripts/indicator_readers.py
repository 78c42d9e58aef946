"""Read the official statistics into series keyed by today's 1,741 municipality codes.

One reader a source. A name or code that matches no municipality stops the build: nothing is guessed.
"""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd

from geo.errors import DataError
from geo.gazetteer import municipalities, wards
from renkei.official.census import census_blocks, rate
from renkei.official.fiscal_indicators import read_fiscal_indicators
from renkei.official.municipal_series import carry, code_by_name, known_code, number, of_today
from renkei.official.population_projection import projection_table, read_projection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from renkei.official.municipal_series import Block

FIT_YEARS = tuple(str(year) for year in range(2014, 2024))
TOWNS_OF_2015: dict[str, float | None] = {"04423": 51_591.0, "40305": 50_004.0}
"""富谷町 and 那珂川町, cities since: the census of 2015 stands under the codes they had as towns."""


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a CSV file with every column as text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def sheet_rows(path: Path, first: int) -> Iterable[tuple[Any, ...]]:
    """Return the rows of a workbook's first sheet from row ``first`` (counted from 1)."""
    workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return workbook[workbook.sheetnames[0]].iter_rows(min_row=first, values_only=True)


def read_census(folder: Path) -> list[Block]:
    """総務省統計局 国勢調査 2015, 2020 and 2025 (速報), and what follows from them with the official area."""
    name = "census_population_2015_2020_area.csv"
    rows = rows_of(folder / name)
    listed = {r["code"]: number(r["census_2015_persons"]) for r in rows if r["census_2015_persons"]}
    y2015 = carry(listed | TOWNS_OF_2015, date(2015, 10, 1), name)
    y2020 = of_today({r["code"]: number(r["census_2020_persons"]) for r in rows}, name, missing=0)
    name = "census_2025_preliminary.csv"
    persons = {r["code"]: number(r["census_2025_preliminary_persons"]) for r in rows_of(folder / name)}
    return census_blocks(y2015.values, y2020, of_today(persons, name, missing=0))


def read_ipss(folder: Path) -> list[Block]:
    """国立社会保障・人口問題研究所 令和5年推計: totals, 65+ and 75+ shares, 2020 (census) to 2050."""
    return read_projection([folder / f"ipss_r5_kekkahyo{number}.xlsx" for number in ("1", "3_3", "3_4")])


REGISTER_COLUMNS = {
    "register_population": 5,
    "register_households": 6,
    "moved_in": 9,
    "births": 10,
    "moved_out": 15,
    "deaths": 16,
    "natural_change_rate": 22,
    "social_change_rate": 24,
}
REGISTER_DATES = {"register_population": "2025-01-01", "register_households": "2025-01-01"}
AGE_GROUPS = {"share_0_14": (5, 8), "share_15_64": (8, 18), "share_65": (18, 26), "share_75": (20, 26)}
REGISTER, REGISTER_AGES = "soumu_juki_population_2025-01-01.xlsx", "soumu_juki_age5_2025-01-01.xlsx"


def register_values(folder: Path, known: pd.Index[str]) -> dict[tuple[str, str], dict[str, float | None]]:
    """Return (indicator, date) to the register's values of some codes: municipalities or wards."""
    found: dict[tuple[str, str], dict[str, float | None]] = {}
    for row in sheet_rows(folder / REGISTER, 7):
        code = str(row[0])[:5] if row[0] else ""
        if code in known:
            for indicator, column in REGISTER_COLUMNS.items():
                found.setdefault((indicator, REGISTER_DATES.get(indicator, "2024")), {})[code] = number(row[column])
    for row in sheet_rows(folder / REGISTER_AGES, 4):
        code = str(row[0])[:5] if row[0] else ""
        if row[3] == "計" and code in known:
            ages = [float(value or 0) for value in row[5:26]]
            for group, (first, last) in AGE_GROUPS.items():
                share = sum(ages[first - 5 : last - 5]) / sum(ages) * 100
                found.setdefault((group, "2025-01-01"), {})[code] = share
    return found


def read_register(folder: Path) -> list[Block]:
    """総務省 住民基本台帳 2025-01-01: persons, households, births, deaths, moves in 2024; age groups."""
    values = register_values(folder, municipalities().index)
    blocks = [
        (indicator, date, of_today(own, f"{REGISTER} {indicator}", missing=0), "")
        for (indicator, date), own in values.items()
    ]
    total = next(row[5] for row in sheet_rows(folder / REGISTER, 7) if row[0] == "-")
    if blocks[0][2].sum() != total:
        msg = f"{REGISTER}: 合計が合いません"
        raise DataError(msg)
    return blocks


def read_wards(folder: Path) -> list[tuple[str, str, pd.Series, str]]:
    """Return what the register and the projection say of the wards; the three wards of 浜松市 have no projection."""
    known = wards().index
    blocks = [
        (indicator, date, pd.Series(own, dtype=float).reindex(known), "")
        for (indicator, date), own in register_values(folder, known).items()
    ]
    names = {"projected_population": "1", "projected_share_65": "3_3", "projected_share_75": "3_4"}
    for indicator, number_ in names.items():
        frame = projection_table(folder / f"ipss_r5_kekkahyo{number_}.xlsx", known)
        blocks += [(indicator, year, frame[year], "projection" if year > "2020" else "") for year in frame.columns]
    return blocks


def read_fit(folder: Path) -> list[Block]:
    """資源エネルギー庁 FIT 公表情報 B表: photovoltaic kW in operation at each December, all size classes."""
    name = "fit_solar_capacity_kw_2014-2023.csv"
    # Names as the source writes them where they differ: an itaiji, and one row without a name.
    names = {("高知県", "梼原町"): "檮原町", ("沖縄県", ""): "与那国町"}
    years: dict[str, dict[str, float | None]] = {year: {} for year in FIT_YEARS}
    for row in rows_of(folder / name):
        written = (row["pref"], row["muni"])
        code = code_by_name(row["pref"], names.get(written, row["muni"]), name)
        for year in FIT_YEARS:
            years[year][code] = sum(float(row[f"PV_{size}_{year}"] or 0) for size in "RSMU")
    census = next(
        values for i, date, values, _ in read_census(folder) if (i, date[:4]) == ("census_population", "2020")
    )
    blocks: list[Block] = []
    for year, pairs in years.items():
        kw = of_today(pairs, f"{name} {year}", missing=0)
        date = f"{year}-12"
        blocks += [
            ("fit_solar_kw", date, kw, ""),
            ("fit_solar_kw_per_1000", date, rate(kw, census, 1000), ""),
            ("fit_solar_kw_per_km2", date, kw / municipalities()["area_km2"], ""),
        ]
    return sorted(blocks, key=lambda block: block[:2])


LEADING_AREA = ("第6回まで選定なし", "共同提案者", "提案者", "選定後に辞退")
"""Categories of the leading areas, 0 to 3."""


def read_leading_areas(folder: Path) -> list[Block]:
    """環境省 脱炭素先行地域, rounds 1 to 7; round 7 holds 3 of 12, prefectures are left out."""
    name = "env_decarbonization_leading_areas_r1-r7.csv"
    values = dict.fromkeys(municipalities().index, 0.0)
    for row in rows_of(folder / name):
        if row["from_memory"] != "no" or row["code"].endswith("000"):
            continue
        code = known_code(row["code"], name)
        rank = 3 if row["status"] == "withdrawn" else {"lead": 2, "joint": 1}[row["role"]]
        # A municipality chosen again after withdrawing, or both lead and joint: the strongest standing part.
        values[code] = max(values[code], rank) if rank < 3 else (values[code] or rank)  # noqa: PLR2004
    return [("decarbonization_leading_area", "2026-02", pd.Series(values), "incomplete")]


DX_YES_NO = {
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
DX_RATES = {
    "マイナンバーカードの保有状況": "mynumber_held_rate",
    "子育て・介護26手続のオンライン化状況": "online_rate_26",
    "よく使う32手続のオンライン化状況": "online_rate_32",
    "よく使う32手続のオンライン化状況_実施されている手続総数（分母）": "online_procedures_offered",
    "よく使う32手続のオンライン化状況_実施されている手続総数のうち「オンライン化済」と回答した手続数（分子）": "online_procedures_online",
}


def dashboard_rows(path: Path) -> list[tuple[str, list[str]]]:
    """Return each line of a table of デジタル庁's dashboard: title, and one cell a municipality in code order.

    Raises
    ------
    DataError
        When the columns are not in code order: the file has names only, and is taken by position.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    names = list(municipalities()["name"])
    if rows[0][2 : 2 + len(names)] != names:
        msg = f"{path.name}: 市区町村の並びがコード順ではありません"
        raise DataError(msg)
    return [
        (row[1].strip(), [cell.strip() for cell in [*row[2:], *[""] * len(names)][: len(names)]]) for row in rows[1:]
    ]


def read_dx(folder: Path) -> list[Block]:
    """デジタル庁 自治体DX推進状況 2024-07: ten yes/no indicators, three rates, two counts; columns in code order."""
    name = "digital_agency_dx_2024_municipalities_raw.csv"
    frame = municipalities()
    blocks: list[Block] = []
    for title, cells in dashboard_rows(folder / name):
        if title in DX_YES_NO:
            values = pd.Series(cells, index=frame.index).map({"実施": 1.0, "未実施": 0.0})
            if set(cells) - {"実施", "未実施", "調査無し"} or values.isna().sum() not in (0, 8):
                msg = f"{name}: {title} に想定外の値があります"
                raise DataError(msg)
            blocks.append((DX_YES_NO[title], "2024-07", values, ""))
        elif title in DX_RATES:
            rates = pd.Series([number(cell) for cell in cells], index=frame.index, dtype=float)
            blocks.append((DX_RATES[title], "2024-07", rates, ""))
    return blocks


def read_mynumber(folder: Path) -> list[Block]:
    """総務省 マイナンバーカード交付率 2022-12-31, on the register's population of 2022-01-01."""
    name = "soumu_mynumber_issue_rate_2022-12-31.csv"
    values: dict[str, float | None] = {}
    for row in rows_of(folder / name):
        if row["団体コード"] == "<NA>":  # 三宅村 and 八丈町
            code = code_by_name(row["都道府県名"], row["市区町村名"], name)
        else:
            code = known_code(row["団体コード"], name, row["都道府県名"])
        values[code] = number(row["人口に対する交付枚数率"])
    return [("mynumber_issue_rate", "2022-12-31", of_today(values, name, missing=0), "")]


def read_fiscal(folder: Path) -> list[Block]:
    """総務省 全市町村の主要財政指標 R3 (FY2021)."""
    return read_fiscal_indicators([folder / "soumu_fiscal_indicators_R3.xlsx"])
