"""Two lists that planners already keep, read by their layout: the wards' partners, and joint procurement.

特別区全国連携プロジェクト: what each of the 23 wards does with which municipality, one block or one sheet a ward, or a
column of wards; 共同調達: who buys together, how much, at what cost. Headings stand under titles and notes, cells are
merged; what is no ward, no heading and no row below a heading is left above or between, and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Literal

from geo.codes import PREFECTURES
from geo.errors import DataError
from geo.gazetteer import municipalities
from geo.private_copies import once
from renkei.exchange.column_roles import folded, recognize_columns
from renkei.exchange.file_bytes import read_bytes
from renkei.exchange.geo_files import is_geo_file
from renkei.exchange.own_files import OwnSource, read_kind, read_source, refuse_long
from renkei.exchange.sheets import SEARCHED_ROWS, Sheet, read_grids, read_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from renkei.exchange.own_kinds import OwnKind
    from renkei.exchange.sheets import Grid

ListKind = Literal["ward-partners", "joint-procurement"]
LIST_NAMES: dict[ListKind, str] = {"ward-partners": "特別区全国連携プロジェクト", "joint-procurement": "共同調達"}
_HOLDS: dict[ListKind, OwnKind] = {"ward-partners": "ties", "joint-procurement": "networks"}

WARD_HEADER = ("区", "相手自治体", "種類", "開始年月", "備考")
SHEET_ROWS = 100_000
"""Row 7 of the third sheet is told as 200,007 when the blocks stand on several sheets."""
_FEW = 2
LONGEST_HEADING = 20
"""Characters of a heading: what is longer is no name of a column."""

_WARD = re.compile(r"(?:特別)?区名?|(?:実施|連携)区")
_PARTNER = re.compile(
    r"(連携|相手|協定|交流|提携|締結|姉妹|友好)(先|相手|都市)?(の)?(自治体|市区?町村|団体|都市)?(名|名称)?|自治体名?|市区?町村名?"
)
_PREFECTURE = re.compile(r"(相手先?の?)?(都道府県|道府県|県)名?")
_WHAT = re.compile(r".*(内容|概要|取組|取り組み|事業名?|名称|件名|テーマ|分野).*")
_KIND = re.compile(r"(連携|協定|事業|取組)?の?(種類|種別|区分|分類|分野|形態)")
_WHEN = re.compile(r".*(年月日?|年度|時期|開始|締結日|締結年).*")
_NUMBERED = re.compile(r"^[\s■□●○◆◇【\[(（・]*(?:[0-9]{1,2}[.、)）\s]+)?(.+?)[】\])）\s]*$")
_PROCUREMENT = re.compile(r"共同(調達|購入|発注|入札|契約)")


@once
def _wards() -> dict[str, str]:
    """Return the wards' names, with and without 区 where that is still a name, to the name with the capital's."""
    frame = municipalities()
    names = frame.loc[frame.index.str.startswith("131"), "name"]
    return {str(name): f"東京都{name}" for name in names if str(name).endswith("区")}


def ward_of(text: str) -> str:
    """Return the ward that a heading, a cell or a sheet's name means, with the capital's name; "" where it means none.

    Examples
    --------
    >>> ward_of("１．千代田区"), ward_of("■ 東京都港区"), ward_of("川場村")
    ('東京都千代田区', '東京都港区', '')
    """
    if not text.strip() or len(text) > LONGEST_HEADING:
        return ""
    plain = unicodedata.normalize("NFKC", text)
    found = _NUMBERED.fullmatch(plain)
    name = "".join(found[1].split()).removeprefix("東京都") if found else ""
    return _wards().get(name, "")


def recognize_list(content: bytes, name: str) -> OwnSource | None:
    """Return one of the two lists as a table of ties or of networks; None where a file is of neither form."""
    try:
        refuse_long(content, name)
        grids = read_grids(content, name)
    except DataError:
        return None  # its reader says what is wrong
    rows = list(_ward_rows(grids))
    if len({cells[0] for _, cells in rows}) >= _FEW:
        return _ward_source(name, rows)
    if any(_is_procurement(title, grid) for title, grid in grids):
        return read_list(content, name, "joint-procurement")
    return None


def read_as(path: Path, written: str) -> tuple[OwnSource, OwnKind | None]:
    """Read a file from disk as a person says what it is; recognized where nothing is said.

    Parameters
    ----------
    path
        The file.
    written
        A kind of table, one of the two lists, or "".

    Returns
    -------
    OwnSource, str or None
        The file, and what it holds where that was said.

    Raises
    ------
    UnsafeFileError, DataError
        When it cannot be read, or there is no such kind.
    """
    content = read_bytes(path)
    for each, name in LIST_NAMES.items():
        if written in (each, name):
            return read_list(content, path.name, each), _HOLDS[each]
    kind = read_kind(written) if written else None
    return read_any(content, path.name), kind


def read_any(content: bytes, name: str) -> OwnSource:
    """Read a planner's file: one of the two lists by its layout, else a table or a file of shapes.

    Raises
    ------
    UnsafeFileError, DataError
        As ``renkei.exchange.own_files.read_source``.
    """
    listed = None if is_geo_file(content, name) else recognize_list(content, name)
    return listed if listed is not None else read_source(content, name)


def read_list(content: bytes, name: str, kind: ListKind) -> OwnSource:
    """Read a list as a person says what it is.

    Parameters
    ----------
    content, name
        The file.
    kind
        ``ward-partners``: ties, one a partner; ``joint-procurement``: networks.

    Raises
    ------
    DataError
        When it has no row of that form; the message says what is looked for.
    """
    if kind == "ward-partners":
        rows = list(_ward_rows(read_grids(content, name)))
        if not rows:
            msg = f"{name} に「区」と「連携自治体」の見出しのある表がありません。見出しの行を確かめてください。"
            raise DataError(msg)
        return _ward_source(name, rows)
    sheet = read_sheet(content, name)
    roles = recognize_columns(sheet.header, [cells for _, cells in sheet.rows])
    if not {"members", "name", "code"} & set(roles):
        msg = f"{name} に「構成団体」か「団体名」の列がありません。見出しの行を確かめてください。"
        raise DataError(msg)
    if "category" in roles:
        return OwnSource(name, sheet)
    rows = [(number, [*cells, LIST_NAMES[kind]]) for number, cells in sheet.rows]
    return OwnSource(name, sheet._replace(header=(*sheet.header, "種類"), rows=rows))


def _ward_source(name: str, rows: Sequence[tuple[int, list[str]]]) -> OwnSource:
    return OwnSource(name, Sheet(WARD_HEADER, list(rows), (), 0, "", ""))


def _is_procurement(title: str, grid: Grid) -> bool:
    """Whether a title, a heading or the sheet's name speaks of buying together, and there are members."""
    top = [cell for _, cells in grid[:SEARCHED_ROWS] for cell in cells]
    named = any(_PROCUREMENT.search(text) for text in (title, *top))
    return named and any(
        re.fullmatch(r".*(構成|参加|参画|加入)(団体|自治体|市区?町村)名?", folded(cell)) for cell in top
    )


def _ward_rows(grids: Sequence[tuple[str, Grid]]) -> Iterator[tuple[int, list[str]]]:
    """Give each row of the wards' list as ward, partner, kind, beginning, remarks."""
    for at, (title, grid) in enumerate(grids):
        first = at * SHEET_ROWS if len(grids) > 1 else 0
        ward, columns, headings = ward_of(title), {}, list[str]()
        for number, cells in grid:
            texts = [cell for cell in cells if cell.strip()]
            if len(texts) == 1 and ward_of(texts[0]):
                ward = ward_of(texts[0])
            elif found := _columns(cells):
                columns, headings = found, [" ".join(cell.split()) for cell in cells]
            elif columns and texts:
                ward = ward_of(_at(cells, columns.get("ward"))) or ward
                if row := _ward_row(cells, ward, columns, headings):
                    yield first + number, row


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Return where the parts stand when a row is the heading of a block; {} when it is none."""
    if not any(_PARTNER.fullmatch(folded(cell)) for cell in cells if len(cell) <= LONGEST_HEADING):
        return {}
    names = [folded(cell) for cell in cells]
    found: dict[str, int] = {}
    for part, pattern in (
        ("ward", _WARD),
        ("prefecture", _PREFECTURE),
        ("partner", _PARTNER),
        ("kind", _KIND),
        ("when", _WHEN),
    ):
        at = next((at for at, name in enumerate(names) if at not in found.values() and pattern.fullmatch(name)), None)
        if at is not None:
            found[part] = at
    told = any(_WHAT.fullmatch(name) for at, name in enumerate(names) if at != found.get("partner")) or "when" in found
    return found if "partner" in found and told else {}


def _at(cells: Sequence[str], column: int | None) -> str:
    return " ".join(cells[column].split()) if column is not None and column < len(cells) else ""


def _ward_row(cells: Sequence[str], ward: str, columns: dict[str, int], headings: Sequence[str]) -> list[str] | None:
    partner = _at(cells, columns["partner"])
    if not (ward and partner):
        return None
    prefecture = _at(cells, columns.get("prefecture"))
    known = {*PREFECTURES.values(), *(each[:-1] for each in PREFECTURES.values())}
    whole = "、".join(
        each
        if each.startswith(tuple(PREFECTURES.values())) or prefecture not in known
        else f"{_full(prefecture)}{each}"
        for each in re.split(r"[、,，・;；／/\n]+", partner)
        if each.strip()
    )
    rest = [
        f"{headings[at]}：{_at(cells, at)}" if at < len(headings) and headings[at] else _at(cells, at)
        for at in range(len(cells))
        if at not in columns.values() and cells[at].strip()
    ]
    return [ward, whole, _at(cells, columns.get("kind")), _at(cells, columns.get("when")), "／".join(rest)]


def _full(prefecture: str) -> str:
    return next((name for name in PREFECTURES.values() if prefecture in (name, name[:-1])), prefecture)
