"""e-Stat API 3.0 (政府統計の総合窓口): counts by municipality, 100 codes a call.

Source: e-Stat API 仕様 3.0, getStatsData. Its credit line (クレジット表示) stands in ``definitions/census.toml``.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

import orjson

from geo.errors import DataError
from geo.gazetteer import municipalities
from renkei.official.download import download
from renkei.official.municipal_series import number
from renkei.official.workbook import KEPT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from renkei.official.download import Got, Limits

T = TypeVar("T")
ADDRESS = "https://api.e-stat.go.jp/rest/3.0/app/json/getStatsData"
MOST_CODES = 100
APP_ID = "ESTAT_APP_ID"
MESSAGES = {
    1: "該当するデータがありません",
    100: f"環境変数 {APP_ID} のアプリケーションIDが正しくありません",
    101: "統計表IDがありません",
    200: "統計表がありません",
    300: "絞り込みの条件が正しくありません",
}
"""STATUS to what it means here; 0 is success."""


def app_id() -> str:
    """Return the application ID that the user has of e-Stat.

    Raises
    ------
    DataError
        When ``ESTAT_APP_ID`` is not set; the message says where to get one.
    """
    found = os.environ.get(APP_ID, "").strip()
    if not found:
        msg = (
            f"環境変数 {APP_ID} に e-Stat のアプリケーションIDを設定してください"
            "（https://www.e-stat.go.jp/api/ で無料で発行されます）。"
        )
        raise DataError(msg)
    return found


def fetch(
    table: str,
    folder: Path,
    *,
    items: Sequence[str] = (),
    address: str = ADDRESS,
    limits: Limits | None = None,
    progress: Callable[..., AbstractContextManager[Any]] | None = None,
) -> list[Got]:
    """Get a table's figures of every municipality, 100 codes a call.

    Parameters
    ----------
    table
        統計表ID (statsDataId).
    folder
        Where the answers are kept.
    items
        Codes of 分類1 (cat01) that are asked for; all by default.
    address
        Of the API.
    limits, progress
        As in ``renkei.official.download.download``.

    Raises
    ------
    DataError
        When there is no application ID or a call fails.
    """
    identifier = app_id()
    everyone = list(municipalities().index)
    found = []
    for first in range(0, len(everyone), MOST_CODES):
        codes = ",".join(everyone[first : first + MOST_CODES])
        query = {"appId": identifier, "statsDataId": table, "cdArea": codes, "limit": "100000"}
        query |= {"cdCat01": ",".join(items)} if items else {}
        target = folder / f"{table}-{first // MOST_CODES:02}.json"
        found.append(download(f"{address}?{urlencode(query)}", target, limits=limits, progress=progress))
    return found


def read_answer(content: bytes, table: str) -> dict[str, float | None]:
    """Return area code to value out of one answer of getStatsData.

    Raises
    ------
    DataError
        When the answer is no JSON of the known form, its status is not 0, or it is only a part.
    """
    return _read(content, table, lambda classes, values: _totals(classes, values, table))


def read_items(content: bytes, table: str) -> list[tuple[str, str, str, float | None]]:
    """Return area code, item (cat01), year and value out of one answer of 社会・人口統計体系.

    Raises
    ------
    DataError
        As ``read_answer``.
    """
    return _read(
        content,
        table,
        lambda _, values: [
            (str(each["@area"]), str(each["@cat01"]), str(each["@time"])[:4], number(each["$"])) for each in values
        ],
    )


def _read(content: bytes, table: str, take: Callable[[list[dict[str, Any]], list[dict[str, Any]]], T]) -> T:
    try:
        body = orjson.loads(content)["GET_STATS_DATA"]
        result = body["RESULT"]
        status = int(result["STATUS"])
        if status == 0:
            data = body["STATISTICAL_DATA"]
            classes, values = _listed(data["CLASS_INF"]["CLASS_OBJ"]), _listed(data["DATA_INF"]["VALUE"])
            if data["RESULT_INF"].get("NEXT_KEY"):
                msg = f"統計表 {table} の応答が途中までです。{KEPT}"
                raise DataError(msg)
            return take(classes, values)
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, DataError):
            raise
        msg = f"統計表 {table} の応答が getStatsData の形式ではありません。{KEPT}"
        raise DataError(msg) from error
    why = MESSAGES.get(status, str(result.get("ERROR_MSG", ""))[:80])
    msg = f"e-Stat が統計表 {table} を返しません（STATUS {status}：{why}）。{KEPT}"
    raise DataError(msg)


def _listed(value: Any) -> list[dict[str, Any]]:
    """Return a list: the API writes a single element without one."""
    return value if isinstance(value, list) else [value]


def _totals(classes: list[dict[str, Any]], values: list[dict[str, Any]], table: str) -> dict[str, float | None]:
    wanted: dict[str, str] = {}
    for each in classes:
        identifier, members = str(each["@id"]), _listed(each["CLASS"])
        if identifier in ("area", "time"):
            continue
        total = [m["@code"] for m in members if str(m["@name"]).strip() in ("総数", "総人口", "人口", "実数", "計")]
        if len(members) > 1 and len(total) != 1:
            msg = f"統計表 {table} の分類「{each.get('@name', identifier)}」に総数がありません。{KEPT}"
            raise DataError(msg)
        wanted[f"@{identifier}"] = total[0] if total else members[0]["@code"]
    found: dict[str, float | None] = {}
    for value in values:
        if all(value.get(key, code) == code for key, code in wanted.items()):
            area = str(value["@area"])
            if area in found:
                msg = f"統計表 {table} に {area} の値が2つあります。{KEPT}"
                raise DataError(msg)
            found[area] = number(value["$"])
    return found
