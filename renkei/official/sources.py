"""The official sources that can be got anew: where each is, what reads it, which table it fills.

Adding a source is one entry here, one reader beside, and its indicators' definitions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from geo.errors import DataError, UnknownNameError
from renkei.official import definitions, estat_api
from renkei.official.card_possession import read_card_possession
from renkei.official.census import census_blocks
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

    from renkei.atlas import Atlas
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
    urls
        Addresses of its files; () where the address changes with each edition and the file must be given.
    files
        Names under which the files are kept; the readers rely on them.
    as_of
        Date when none is given: ISO or FYyyyy, or "" where the file states it; None where the user must say it.
    note
        What to know before getting it.
    about
        What is said of its indicators from then on, in place of the definition's words.
    per_place
        Whether there is one file a municipality; ``{code}`` in the address.
    api_table
        統計表ID, where it comes by the e-Stat API.
    """

    name: str
    title: str
    publisher: str
    table: str
    read: Callable[[Atlas, Sequence[Path], str], Reading]
    urls: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    as_of: str | None = ""
    note: str = ""
    about: dict[str, Any] = field(default_factory=dict)
    per_place: bool = False
    api_table: str = ""


_ENV = "https://policies.env.go.jp/policy/roadmap/local_keikaku/kuiki/files/tool"
_IPSS = "https://www.ipss.go.jp/pp-shicyoson/j/shicyoson23"
_FILE_NEEDED = "ファイルを手元に置き、--from で指定してください。"


def _plain(read: Callable[[Sequence[Path]], list[Block]]) -> Callable[[Atlas, Sequence[Path], str], Reading]:
    return lambda _atlas, paths, _as_of: Reading(read(paths), [])


def _survey(_atlas: Atlas, paths: Sequence[Path], as_of: str) -> Reading:
    found = re.fullmatch(r"(?:FY)?(\d{4})", as_of)
    return Reading(read_dx_survey(paths, int(found[1]) if found else None), [])


def _census(atlas: Atlas, paths: Sequence[Path], year: str) -> Reading:
    """Replace one census by the API's counts and make anew what follows from it."""
    found: dict[str, float | None] = {}
    for path in paths:
        found |= estat_api.read_answer(path.read_bytes(), path.stem)
    known = {code: value for code, value in found.items() if code in atlas.values("census_population").index}
    counts = {y: atlas.values("census_population", f"{y}-10-01") for y in ("2015", "2020", "2025")}
    counts[year] = of_today(known, f"国勢調査{year}年", missing=0)
    return Reading(census_blocks(counts["2015"], counts["2020"], counts["2025"]), [])


SOURCES: tuple[Source, ...] = (
    Source(
        "co2",
        "部門別CO2排出量の現況推計",
        "環境省",
        "co2_estimates",
        lambda atlas, paths, _: Reading(read_co2_estimates(atlas, paths), []),
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
        "projection",
        "日本の地域別将来推計人口（令和5年推計）",
        "国立社会保障・人口問題研究所",
        "population_projection",
        _plain(read_projection),
        urls=tuple(f"{_IPSS}/2gaiyo_hyo/kekkahyo{number}.xlsx" for number in ("1", "3_3", "3_4")),
        files=("kekkahyo1.xlsx", "kekkahyo3_3.xlsx", "kekkahyo3_4.xlsx"),
    ),
    Source(
        "census-2025",
        "国勢調査 2025年 速報（e-Stat API）",
        "総務省統計局",
        "census",
        lambda atlas, paths, _: _census(atlas, paths, "2025"),
        api_table="0004050397",
        about=definitions.CENSUS_API,
        note=f"環境変数 {estat_api.APP_ID} が必要です。",
    ),
    Source(
        "census-2020",
        "国勢調査 2020年（e-Stat API）",
        "総務省統計局",
        "census",
        lambda atlas, paths, _: _census(atlas, paths, "2020"),
        api_table="0003445162",
        about=definitions.CENSUS_API,
        note=f"環境変数 {estat_api.APP_ID} が必要です。",
    ),
    Source(
        "card",
        "マイナンバーカードの保有枚数率",
        "総務省",
        "card_possession",
        lambda _atlas, paths, as_of: Reading(read_card_possession(paths, as_of), []),
        urls=("https://www.soumu.go.jp/main_content/001028752.xlsx",),
        files=("001028752.xlsx",),
        as_of="2025-08",
        note="ほかの月のファイルは --from と --as-of で。",
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
    Source(
        "area",
        "全国都道府県市区町村別面積調",
        "国土地理院",
        "area",
        _plain(read_land_area),
        urls=("https://www.gsi.go.jp/KOKUJYOHO/MENCHO/backnumber/R8_04_mencho.csv",),
        files=("R8_04_mencho.csv",),
        about=definitions.LAND_AREA,
    ),
    Source(
        "fiscal",
        "全市町村の主要財政指標",
        "総務省",
        "fiscal_indicators",
        _plain(read_fiscal_indicators),
        note=f"年度ごとにアドレスが変わります。{_FILE_NEEDED}",
        about=definitions.FISCAL_ANY,
    ),
    Source(
        "zero-carbon",
        "ゼロカーボンシティの一覧",
        "環境省",
        "zero_carbon",
        lambda _atlas, paths, as_of: Reading(*read_zero_carbon_list(paths, as_of)),
        as_of=None,
        note=f"一覧の日を --as-of で指定します。{_FILE_NEEDED}",
        about=definitions.ZERO_CARBON_LIST,
    ),
)


def source(name: str) -> Source:
    """Return one source.

    Raises
    ------
    UnknownNameError
        When there is none of that name; the message lists all.

    Examples
    --------
    >>> source("co2").publisher
    '環境省'
    """
    for each in SOURCES:
        if each.name == name:
            return each
    names = tuple(each.name for each in SOURCES)
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
