"""Tables of areas as ministries publish them: an area, its central city, all members in one cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from geo.codes import PREFECTURES
from geo.errors import DataError
from geo.gazetteer import display_name
from geo.resolve import resolve
from geo.several import split_names
from renkei.exchange.fact_tables import COLUMNS, read_rows

if TYPE_CHECKING:
    from pathlib import Path

    from geo.resolution import Resolution

HEADERS = {
    "名称": ("圏域名", "圏域", "名称", "圏域の名称", "連携中枢都市圏", "定住自立圏"),
    "中心市": ("中心市", "中枢都市", "連携中枢都市", "中心市名", "宣言連携中枢都市", "宣言中心市"),
    "構成": ("構成市町村", "近隣市町村", "連携市町村", "圏域市町村", "構成自治体", "構成市町村名"),
    "都道府県": ("都道府県", "都道府県名"),
    "開始日": ("開始日", "協定締結日", "連携協約締結日", "宣言日"),
}
"""What a column holds → how ministries head it."""

_SEPARATORS = re.compile(r"[、,，・･;；／/\n\r\t]+")
_REMARKS = re.compile(r"[（(][^（()）]*[)）]|[※*＊].*$")


class AreaRow(NamedTuple):
    """One area that was read, and what could not be resolved in it.

    ``row`` is ready for the template of ``renkei.exchange.fact_tables``; ``open_names`` are (written, why, candidates).
    """

    number: int
    row: dict[str, str]
    open_names: tuple[tuple[str, str, tuple[str, ...]], ...]


def read_area_table(path: Path, programme: str) -> list[AreaRow]:
    """Read a table of areas; names go through the resolver, with the prefecture of the central city as context.

    Parameters
    ----------
    path
        CSV or XLSX with columns for the area, the central city and the members (``HEADERS``).
    programme
        Written into the column 事業.

    Raises
    ------
    DataError
        When one of these columns is missing, naming those that are there.
    """
    header, body = read_rows(path)
    columns = {key: next((name for name in names if name in header), "") for key, names in HEADERS.items()}
    if missing := [key for key in ("名称", "中心市", "構成") if not columns[key]]:
        msg = f"{path.name} に「{'」「'.join(missing)}」の列がありません。あるのは {'、'.join(header[:20])} です。"
        raise DataError(msg)
    return [_area(number, row, columns, programme) for number, row in body if row.get(columns["名称"])]


def _area(number: int, row: dict[str, str], columns: dict[str, str], programme: str) -> AreaRow:
    given = row.get(columns["都道府県"], "") if columns["都道府県"] else ""
    prefecture = next((code for code, name in PREFECTURES.items() if given and name.startswith(given)), None)
    open_names: list[tuple[str, str, tuple[str, ...]]] = []
    central = [
        code for name in _names(row.get(columns["中心市"], "")) for code in _resolved(name, prefecture, open_names)
    ]
    context = prefecture or next((code[:2] for code in central if code), None)
    members = [code for name in _names(row.get(columns["構成"], "")) for code in _resolved(name, context, open_names)]
    codes = list(dict.fromkeys(code for code in [*central, *members] if code))
    first = central[0] if central else ""
    cells = dict.fromkeys(COLUMNS, "") | {
        "分類": "圏域",
        "自治体": display_name(first) if first else row.get(columns["中心市"], ""),
        "相手・構成自治体": "、".join(display_name(code) for code in codes if code != first),
        "名称": row[columns["名称"]],
        "事業": programme,
        "開始日": row.get(columns["開始日"], "") if columns["開始日"] else "",
    }
    return AreaRow(number, cells, tuple(open_names))


def _names(cell: str) -> list[str]:
    return [part for part in (_REMARKS.sub("", each).strip() for each in _SEPARATORS.split(cell)) if part]


def _resolved(name: str, prefecture: str | None, open_names: list[tuple[str, str, tuple[str, ...]]]) -> tuple[str, ...]:
    """Return the codes that a part of a cell names; what is not certain goes to ``open_names``."""
    found: Resolution = resolve(name, prefecture=prefecture)
    if found.status == "several" and not found.others:
        # Names with only a space between them.
        return tuple(code for part in split_names(name, found) for code in _resolved(part, prefecture, open_names))
    if found.status == "unknown" and prefecture and resolve(name).status == "resolved":
        # A municipality of today in another prefecture; what is no more is looked for in this one only.
        found = resolve(name)
    if found.code and found.status in ("resolved", "merged"):
        return (found.code,)
    open_names.append((name, found.explanation, tuple(display_name(code[:5]) for code in _known(found.candidates))))
    return ()


def _known(codes: tuple[str, ...]) -> list[str]:
    from geo.gazetteer import municipalities  # noqa: PLC0415

    return [code for code in codes if code in municipalities().index]
