"""総務省統計局 国勢調査: the confirmed counts of 2015, 2020 and 2025, and the preliminary ones that they replaced."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from geo.errors import DataError
from geo.gazetteer import municipalities, wards
from renkei.official.municipal_series import carry, number, of_today
from renkei.official.tables_of_text import text_rows
from renkei.official.workbook import KEPT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from renkei.official.municipal_series import Block

TOWNS_OF_2015: dict[str, float | None] = {"04423": 51_591.0, "40305": 50_004.0}
"""富谷町 and 那珂川町, cities since: the census of 2015 stands under the codes they had as towns."""

CONFIRMED_DAY = "2025-10-01"
COUNTRY = "00000"
BODIES = 1_959
"""47 prefectures, 1,741 municipalities and 171 wards."""

NEMURO = "01223"
HABOMAI_KM2 = 94.84
"""歯舞群島, part of 根室市; official densities leave it out. 国土地理院 令和7年全国都道府県市区町村別面積調, as
https://www.mlit.go.jp/hkb/hoppo-data.html cites it."""

BODY_COLUMNS = ("code", "level", "population", "area_km2", "share_65")


def read_census_tables(paths: Sequence[Path]) -> list[Block]:
    """Read the counts of three censuses and the share of people aged 65 and over in 2025.

    Parameters
    ----------
    paths
        The table of 2015 and 2020, then that of the confirmed results of 2025.

    Returns
    -------
    list of Block
        Persons; percent (imputed for age not stated, as published).

    Raises
    ------
    DataError
        When a municipality is missing, or prefectures, municipalities and wards do not add up exactly.
    """
    earlier, confirmed = paths
    rows = text_rows(earlier, ("code", "census_2015_persons", "census_2020_persons"))
    listed = {r["code"]: number(r["census_2015_persons"]) for r in rows if r["census_2015_persons"]}
    carried = carry(listed | TOWNS_OF_2015, date(2015, 10, 1), earlier.name)
    y2020 = of_today({r["code"]: number(r["census_2020_persons"]) for r in rows}, earlier.name, missing=0)
    bodies = confirmed_bodies(confirmed)
    known = municipalities().index
    return [
        ("census_population", "2015-10-01", carried.values, ""),  # noqa: PD011 - a field of Carried
        ("census_population", "2020-10-01", y2020, ""),
        ("census_population", CONFIRMED_DAY, bodies["population"].reindex(known), ""),
        ("census_share_65", CONFIRMED_DAY, bodies["share_65"].reindex(known), ""),
    ]


def confirmed_bodies(path: Path) -> pd.DataFrame:
    """Return population, area (km²) and share 65+ (%) of every body of the confirmed census of 2025, by code.

    Raises
    ------
    DataError
        When a body is missing or the sums do not hold.
    """
    rows = text_rows(path, BODY_COLUMNS)
    try:
        frame = pd.DataFrame(
            {column: [number(row[column]) for row in rows] for column in BODY_COLUMNS[2:]},
            index=[row["code"] for row in rows],
            dtype=float,
        )
    except ValueError as error:
        msg = f"{path.name} に数でない値があります（{error}）。{KEPT}"
        raise DataError(msg) from error
    return checked_bodies(frame, path.name)


def checked_bodies(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """Return the bodies of a census table, by code, if all are there and parts add up to wholes exactly.

    Raises
    ------
    DataError
        Otherwise.
    """
    country = frame["population"].get(COUNTRY)
    frame = frame.drop(index=COUNTRY, errors="ignore")
    expected = {*municipalities().index, *wards().index, *(f"{each:02}000" for each in range(1, 48))}
    if set(frame.index) != expected or len(frame) != BODIES:
        odd = sorted(set(frame.index) ^ expected)[:5]
        msg = f"{where} の団体が {BODIES:,} の都道府県・市区町村・区と合いません（{'、'.join(odd)}）。{KEPT}"
        raise DataError(msg)
    if wrong := _not_adding_up(frame["population"], country):
        msg = f"{where} の人口の合計が合いません：{'、'.join(wrong[:5])}。{KEPT}"
        raise DataError(msg)
    return frame


def _not_adding_up(persons: pd.Series, country: float | None) -> list[str]:
    """Return the codes of the bodies whose parts do not add up to them."""
    own = persons.reindex(municipalities().index)
    of_prefecture = own.groupby(own.index.str[:2]).sum()
    wrong = [f"{code}000" for code, total in of_prefecture.items() if persons[f"{code}000"] != total]
    of_city = persons.reindex(wards().index).groupby(wards()["city_code"]).sum()
    wrong += [str(code) for code, total in of_city.items() if persons[str(code)] != total]
    return wrong + ([COUNTRY] if country is not None and country != own.sum() else [])


def read_reference_area(paths: Sequence[Path]) -> list[Block]:
    """Read the official areas that stand beside the confirmed census, and those by which densities are taken (km²)."""
    own = confirmed_bodies(paths[0])["area_km2"].reindex(municipalities().index)
    return area_blocks(own, CONFIRMED_DAY)


def area_blocks(area: pd.Series, when: str) -> list[Block]:
    """Return the areas of a day (km²), and those by which densities are taken: 根室市 without 歯舞群島."""
    land = area.copy()
    land[NEMURO] = round(land[NEMURO] - HABOMAI_KM2, 2)
    return [("official_area", when, area, ""), ("land_area", when, land, "")]


def read_preliminary(paths: Sequence[Path]) -> list[Block]:
    """Read the preliminary counts of 2025, which the confirmed ones have replaced."""
    rows = text_rows(paths[0], ("code", "census_2025_preliminary_persons"))
    persons = {row["code"]: number(row["census_2025_preliminary_persons"]) for row in rows}
    series = of_today(persons, paths[0].name, missing=0)
    return [("census_population", CONFIRMED_DAY, series, "preliminary")]


def read_census_wards(path: Path) -> list[Block]:
    """Read population, share 65+ and area of the wards in the confirmed census of 2025."""
    bodies = confirmed_bodies(path).reindex(wards().index)
    columns = {"census_population": "population", "census_share_65": "share_65", "official_area": "area_km2"}
    return [(identifier, CONFIRMED_DAY, bodies[column], "") for identifier, column in columns.items()]
