"""The official sources, in one registry.

``renkei data build`` makes the shipped tables of them, ``renkei data update`` gets them anew. Adding a source is one
entry here, one reader beside, and the definitions of its indicators.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from geo.errors import DataError, UnknownNameError
from geo.gazetteer import municipalities
from renkei.official import (
    card_issue,
    census_tables,
    dx_dashboard,
    estat_api,
    hometown_tax,
    leading_areas,
    programmes,
    resident_register,
    social_demographic_series,
    solar_capacity,
)
from renkei.official.card_possession import read_card_possession
from renkei.official.census_workbook import read_census_workbook
from renkei.official.co2_estimates import read_co2_estimates
from renkei.official.dx_survey import read_dx_survey
from renkei.official.emission_records import read_emission_records
from renkei.official.fiscal_indicators import read_fiscal_indicators
from renkei.official.land_area import read_land_area
from renkei.official.municipal_series import of_today
from renkei.official.population_projection import read_projection
from renkei.official.zero_carbon_list import read_zero_carbon_list

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from renkei.official.municipal_series import Block
    from renkei.official.zero_carbon_list import Fact


class Reading(NamedTuple):
    """What a reader found: blocks of values, and dated facts where the source has them."""

    blocks: list[Block]
    facts: list[Fact]


@dataclass(frozen=True)
class Source:
    """One official source.

    Parameters
    ----------
    name
        What the command calls it.
    title, publisher
        For people.
    table
        Table of ``data/indicators/`` that it fills, without suffix.
    read
        (files, as-of date or "") → ``Reading``.
    inputs
        Archived files of which the shipped table is built (``inputs.csv``), in the order of ``read``; () where the
        shipped tables hold nothing of it.
    updates
        Whether ``renkei data update`` offers it.
    urls
        Addresses of its files; () where the address changes with each edition and the file must be given.
    files
        Names under which the files are kept; the readers rely on them.
    given
        How many files must be given where there is no address.
    as_of
        Date when none is given: ISO or FYyyyy, or "" where the file states it; None where the user must say it.
    note
        What to know before getting it.
    per_place
        Whether there is one file a municipality; ``{code}`` in the address.
    api_table
        統計表ID, where it comes by the e-Stat API.
    api_items
        統計表ID to the items asked of it, where there are several tables.
    sha256
        Checksum of the official file as somebody else stated it: told, and compared, when the file is got.
    """

    name: str
    title: str
    publisher: str
    table: str
    read: Callable[[Sequence[Path], str], Reading]
    inputs: tuple[str, ...] = ()
    updates: bool = True
    urls: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    given: int = 1
    as_of: str | None = ""
    note: str = ""
    per_place: bool = False
    api_table: str = ""
    api_items: Callable[[], dict[str, list[str]]] | None = None
    sha256: str = ""


_ENV = "https://policies.env.go.jp/policy/roadmap/local_keikaku/kuiki/files/tool"
_IPSS = "https://www.ipss.go.jp/pp-shicyoson/j/shicyoson23"
_FILE_NEEDED = "ファイルを手元に置き、--from で指定してください。"
_API_NEEDED = f"環境変数 {estat_api.APP_ID} が必要です。"
CENSUS_2025 = "census_2025_confirmed.csv"


def _plain(read: Callable[[Sequence[Path]], list[Block]]) -> Callable[[Sequence[Path], str], Reading]:
    return lambda paths, _: Reading(read(paths), [])


def _survey(paths: Sequence[Path], as_of: str) -> Reading:
    found = re.fullmatch(r"(?:FY)?(\d{4})", as_of)
    return Reading(read_dx_survey(paths, int(found[1]) if found else None), [])


def _census(year: str, flag: str = "") -> Callable[[Sequence[Path], str], Reading]:
    """Read one census out of the API's answers; what follows from it follows by itself."""

    def read(paths: Sequence[Path], _: str) -> Reading:
        found: dict[str, float | None] = {}
        for path in paths:
            found |= estat_api.read_answer(path.read_bytes(), path.stem)
        known = {code: value for code, value in found.items() if code in municipalities().index}
        counts = of_today(known, f"国勢調査{year}年", missing=0)
        return Reading([("census_population", f"{year}-10-01", counts, flag)], [])

    return read


SOURCES: tuple[Source, ...] = (
    Source(
        "census",
        "国勢調査 2015年・2020年・2025年（確定値）",
        "総務省統計局",
        "census",
        _plain(census_tables.read_census_tables),
        inputs=("census_population_2015_2020_area.csv", CENSUS_2025),
        updates=False,
    ),
    Source(
        "census-2025",
        "国勢調査 2025年 確定値（e-Stat API）",
        "総務省統計局",
        "census",
        _census("2025"),
        api_table="0004065881",
        note=_API_NEEDED,
    ),
    Source(
        "census-2025-workbook",
        "国勢調査 2025年 確定値（都道府県・市区町村別の主な結果）",
        "総務省統計局",
        "census",
        _plain(read_census_workbook),
        urls=("https://www.e-stat.go.jp/stat-search/file-download?statInfId=000040507382&fileKind=0",),
        files=("major_results_2025.xlsx",),
        sha256="df06b2cc520c1c4a6c5f03fc7e6eb27b33e64424f0d706361ea5a738e8a5b5ed",
        note="人口と高齢化率。取得したファイルの SHA-256 を、伝わっている値と比べます。",
    ),
    Source(
        "census-2020",
        "国勢調査 2020年（e-Stat API）",
        "総務省統計局",
        "census",
        _census("2020"),
        api_table="0003445162",
        note=_API_NEEDED,
    ),
    Source(
        "projection",
        "日本の地域別将来推計人口（令和5年推計）",
        "国立社会保障・人口問題研究所",
        "population_projection",
        _plain(read_projection),
        inputs=("ipss_r5_kekkahyo1.xlsx", "ipss_r5_kekkahyo3_3.xlsx", "ipss_r5_kekkahyo3_4.xlsx"),
        urls=tuple(f"{_IPSS}/2gaiyo_hyo/kekkahyo{number}.xlsx" for number in ("1", "3_3", "3_4")),
        files=("kekkahyo1.xlsx", "kekkahyo3_3.xlsx", "kekkahyo3_4.xlsx"),
        given=3,
    ),
    Source(
        "register",
        "住民基本台帳に基づく人口、人口動態及び世帯数（総計）",
        "総務省",
        "resident_register",
        _plain(resident_register.read_resident_register),
        inputs=("soumu_juki_population_2025-01-01.xlsx", "soumu_juki_age5_2025-01-01.xlsx"),
        given=2,
        note=f"人口・世帯数・動態のブックと年齢階級別のブックを、この順に。{_FILE_NEEDED}",
    ),
    Source(
        "solar",
        "FIT 公表情報 B表（太陽光の導入容量）",
        "資源エネルギー庁",
        "fit_solar",
        _plain(solar_capacity.read_solar_capacity),
        inputs=("fit_solar_capacity_kw_2014-2023.csv",),
        updates=False,
    ),
    Source(
        "leading-areas",
        "脱炭素先行地域",
        "環境省",
        "decarbonization_leading_areas",
        _plain(leading_areas.read_leading_areas),
        inputs=("env_decarbonization_leading_areas_r1-r7.csv",),
        updates=False,
    ),
    Source(
        "dx-dashboard",
        "自治体DX推進状況ダッシュボード",
        "デジタル庁",
        "local_government_dx",
        _plain(dx_dashboard.read_dx_dashboard),
        inputs=("digital_agency_dx_2024_municipalities_raw.csv",),
        updates=False,
    ),
    Source(
        "card-issue",
        "マイナンバーカード交付状況",
        "総務省",
        "mynumber_card",
        _plain(card_issue.read_card_issue),
        inputs=("soumu_mynumber_issue_rate_2022-12-31.csv",),
        updates=False,
    ),
    Source(
        "fiscal",
        "全市町村の主要財政指標",
        "総務省",
        "fiscal_indicators",
        lambda paths, as_of: Reading(read_fiscal_indicators(paths, as_of), []),
        inputs=("soumu_fiscal_indicators_R3.xlsx",),
        note=f"年度ごとにアドレスが変わります。平成のファイルは --as-of FY2016 のように年度も指定。{_FILE_NEEDED}",
    ),
    Source(
        "area-of-census",
        "面積（国勢調査の参考表示）",
        "国土地理院",
        "area",
        _plain(census_tables.read_reference_area),
        inputs=(CENSUS_2025,),
        updates=False,
    ),
    Source(
        "area",
        "全国都道府県市区町村別面積調",
        "国土地理院",
        "area",
        _plain(read_land_area),
        urls=("https://www.gsi.go.jp/KOKUJYOHO/MENCHO/backnumber/R8_04_mencho.csv",),
        files=("R8_04_mencho.csv",),
    ),
    Source(
        "zero-carbon-pages",
        "ゼロカーボンシティの表明（1件ずつ確かめた一覧）",
        "環境省、各自治体",
        "zero_carbon",
        _plain(programmes.read_zero_carbon_pages),
        inputs=("zero_carbon_declarations_partial.csv",),
        updates=False,
    ),
    Source(
        "zero-carbon",
        "ゼロカーボンシティの一覧",
        "環境省",
        "zero_carbon",
        lambda paths, as_of: Reading(*read_zero_carbon_list(paths, as_of)),
        as_of=None,
        note=f"一覧の日を --as-of で指定します。{_FILE_NEEDED}",
    ),
    Source(
        "programmes",
        "国の事業の選定",
        "内閣府ほか",
        "national_programmes",
        _plain(programmes.read_programmes),
        inputs=("national_programmes.csv",),
        updates=False,
    ),
    Source(
        "procedures",
        "手続ごとのオンライン申請の割合（ダッシュボード）",
        "デジタル庁",
        "online_procedures",
        _plain(dx_dashboard.read_procedures),
        inputs=("digital_agency_dx_2024_online_rate_raw.csv",),
        updates=False,
    ),
    Source(
        "ssds",
        "社会・人口統計体系 市区町村データ",
        "総務省統計局（e-Stat）",
        social_demographic_series.TABLE,
        _plain(social_demographic_series.read_social_demographic_series),
        inputs=("ssds_municipal_series_2010-2023.csv.gz",),
        note=f"列 code,item,year,value の CSV。{_FILE_NEEDED}",
    ),
    Source(
        "ssds-api",
        "社会・人口統計体系 市区町村データ（e-Stat API）",
        "総務省統計局（e-Stat）",
        social_demographic_series.TABLE,
        _plain(social_demographic_series.read_series_of_api),
        api_table="0000020201～0000020210",
        api_items=social_demographic_series.tables_of_api,
        note=_API_NEEDED,
    ),
    Source(
        "hometown-tax",
        "ふるさと納税に関する現況調査",
        "総務省",
        "furusato_nozei",
        _plain(hometown_tax.read_hometown_tax),
        inputs=("furusato_nozei_series_FY2008-2025.csv.gz", "furusato_nozei_FY2025.csv"),
        given=2,
        updates=False,
    ),
    Source(
        "co2",
        "部門別CO2排出量の現況推計",
        "環境省",
        "co2_estimates",
        _plain(read_co2_estimates),
        urls=(f"{_ENV}/suikei/2023/00.xlsx",),
        files=("00.xlsx",),
    ),
    Source(
        "emission-record",
        "自治体排出量カルテ",
        "環境省",
        "emission_records",
        _plain(read_emission_records),
        urls=(f"{_ENV}/karte/xlsx/{{code}}.xlsx",),
        files=("{code}.xlsx",),
        per_place=True,
        note="1市区町村に1ファイル。--place で市区町村を指定します（省くと1,741件を順に取得）。",
    ),
    Source(
        "card",
        "マイナンバーカードの保有枚数率",
        "総務省",
        "card_possession",
        lambda paths, as_of: Reading(read_card_possession(paths, as_of), []),
        urls=("https://www.soumu.go.jp/main_content/001028752.xlsx",),
        files=("001028752.xlsx",),
        note="ほかの月のファイルは --from と、ファイルに時点がなければ --as-of で。",
    ),
    Source(
        "dx-survey-2024",
        "自治体DX・情報化推進概要（令和6年度）",
        "総務省",
        "dx_survey",
        _survey,
        urls=("https://www.soumu.go.jp/main_content/001048599.zip",),
        files=("001048599.zip",),
        as_of="FY2024",
    ),
    Source(
        "dx-survey-2025",
        "自治体DX・情報化推進概要（令和7年度）",
        "総務省",
        "dx_survey",
        _survey,
        urls=("https://www.soumu.go.jp/main_content/001092314.zip",),
        files=("001092314.zip",),
        as_of="FY2025",
    ),
)


def updatable() -> tuple[Source, ...]:
    """Return the sources that ``renkei data update`` offers."""
    return tuple(each for each in SOURCES if each.updates)


def source(name: str) -> Source:
    """Return one source that can be got anew.

    Raises
    ------
    UnknownNameError
        When there is none of that name; the message lists all.

    Examples
    --------
    >>> source("co2").publisher
    '環境省'
    """
    for each in updatable():
        if each.name == name:
            return each
    names = tuple(each.name for each in updatable())
    msg = f"データの取得元「{name[:40]}」はありません。次のどれかを指定してください：{'、'.join(names)}"
    raise UnknownNameError(msg, names)


def check_as_of(written: str | None, of: Source) -> str:
    """Return the date that is meant, or say that one is needed.

    Raises
    ------
    DataError
        When the source needs a date and none is given, or it is no ISO date, month, year or FYyyyy.
    """
    if written is None:
        if of.as_of is None:
            msg = f"{of.title}：いつの時点の一覧かを --as-of 2026-06-29 のように指定してください。"
            raise DataError(msg)
        return of.as_of
    if not re.fullmatch(r"FY\d{4}|\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", written):
        msg = (
            f"--as-of「{written[:20]}」を読めません。2026-06-29、2026-06、2026、FY2024 のどれかの形で指定してください。"
        )
        raise DataError(msg)
    return written
