"""The 1,741 municipalities and the wards of the designated cities, as tables.

Names, kana (hiragana) and office points: 地方公共団体一覧, as of 2026-07; English names: 気象庁 warning
areas, 2025-03; 郡 and 振興局: 国土数値情報 N03, 2021; area: 国土地理院 面積調, 2020-10-01.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from geo.codes import PREFECTURES, to_code6
from geo.data_folder import data_path
from geo.errors import DataError, UnknownNameError
from geo.private_copies import once

SOURCE = "地方公共団体一覧（2026年7月）、気象庁 警報等区域、国土数値情報（行政区域）、国土地理院 面積調を加工して作成"


def _read(name: str) -> pd.DataFrame:
    path = data_path("gazetteer", name)
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    except OSError as error:
        msg = f"{path} を読めません。インストールし直してください。"
        raise DataError(msg) from error
    frame = frame.set_index("code")
    frame["lon"] = frame["lon"].astype(float)
    frame["lat"] = frame["lat"].astype(float)
    frame.insert(0, "code6", [to_code6(code) for code in frame.index])
    frame.insert(1, "prefecture_code", frame.index.str[:2])
    return frame


@once
def municipalities() -> pd.DataFrame:
    """Return the 1,741 municipalities.

    Returns
    -------
    pandas.DataFrame
        Index ``code`` (5 digits, ascending); columns ``code6``, ``prefecture_code``, ``prefecture``,
        ``name``, ``county`` (郡, "" where none), ``subprefecture`` (北海道 only), ``kana`` (hiragana),
        ``english``, ``lon``, ``lat`` (office; degrees, EPSG:6668), ``area_km2`` (official, 2025-10-01),
        ``designated_city``. A private copy.

    Raises
    ------
    DataError
        When the table is missing.

    Examples
    --------
    >>> municipalities().loc["10444", ["prefecture", "name", "county"]].tolist()
    ['群馬県', '川場村', '利根郡']
    """
    frame = _read("municipalities.csv")
    frame.insert(2, "prefecture", frame["prefecture_code"].map(PREFECTURES))
    frame["area_km2"] = frame["area_km2"].astype(float)
    frame["designated_city"] = frame["designated_city"].eq("1")
    return frame


@once
def wards() -> pd.DataFrame:
    """Return the wards of the 20 designated cities.

    Returns
    -------
    pandas.DataFrame
        Index ``code``; columns ``code6``, ``prefecture_code``, ``city_code``, ``name`` (札幌市中央区),
        ``ward`` (中央区), ``kana`` of the ward, ``lon``, ``lat``.

    Examples
    --------
    >>> wards().loc["01101", "name"]
    '札幌市中央区'
    """
    frame = _read("wards.csv")
    city = municipalities()["name"].loc[frame["city_code"]].to_numpy()
    frame.insert(3, "name", city + frame["ward"].to_numpy())
    return frame


@cache
def _display_names() -> dict[str, str]:
    frame = municipalities()
    names = dict(zip(frame.index, frame["prefecture"] + frame["name"], strict=True))
    names |= {f"{code}000": name for code, name in PREFECTURES.items()}
    return names


def display_name(code: str) -> str:
    """Return prefecture and name of a municipality, or the name of a prefecture given as PP000.

    Raises
    ------
    UnknownNameError
        When the code is neither.

    Examples
    --------
    >>> display_name("10444"), display_name("20000")
    ('群馬県川場村', '長野県')
    """
    try:
        return _display_names()[code]
    except KeyError as error:
        msg = f"市区町村コード「{code}」は現在の1,741市区町村にありません。"
        raise UnknownNameError(msg) from error
