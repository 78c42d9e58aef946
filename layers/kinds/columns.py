"""Columns that several kinds of facts share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.codes import PREFECTURES, prefecture_of, to_code6
from geo.gazetteer import display_name, municipalities
from geo.private_copies import once
from layers.evidence import programme_names
from layers.kinds.kind import Column

if TYPE_CHECKING:
    from layers.kinds.kind import Row
    from layers.tables import Tables


@once
def _names() -> dict[str, str]:
    return {str(code): str(name) for code, name in municipalities()["name"].items()}


def place_name(code: str) -> str:
    """Return the name of a municipality without its prefecture, or of a prefecture (PP000).

    Examples
    --------
    >>> place_name("10444"), place_name("10000")
    ('川場村', '群馬県')
    """
    return PREFECTURES[prefecture_of(code)] if code.endswith("000") else _names()[code]


def first_place(row: Row) -> str:
    """Return the code of a fact's first municipality, or of its prefecture (PP000)."""
    members = row["member_codes"]
    return members[0] if members else f"{row['prefecture_codes'][0]}000"


PLACE = (
    Column("code", "団体コード", "Code", value=lambda _, row: first_place(row), shown=False),
    Column(
        "code6", "団体コード（6桁）", "Code (6 digits)", value=lambda _, row: to_code6(first_place(row)), shown=False
    ),
    Column("prefecture", "都道府県", "Prefecture", value=lambda _, row: PREFECTURES[first_place(row)[:2]]),
    Column("name", "自治体", "Municipality", value=lambda _, row: place_name(first_place(row))),
)
MEMBERS = (
    Column("member_codes", "構成自治体のコード", "Codes of members", shown=False),
    Column(
        "member_code6s",
        "構成自治体のコード（6桁）",
        "Codes of members (6 digits)",
        value=lambda _, row: tuple(to_code6(code) for code in row["member_codes"]),
        shown=False,
    ),
    Column(
        "member_names",
        "構成自治体",
        "Members",
        value=lambda _, row: tuple(display_name(code) for code in row["member_codes"]),
    ),
    Column(
        "prefecture",
        "都道府県",
        "Prefectures",
        value=lambda _, row: "・".join(PREFECTURES[code] for code in row["prefecture_codes"]),
    ),
)
THEMES = Column("themes", "テーマ", "Themes")
MAIN_THEME = Column(
    "primary_theme",
    "主なテーマ",
    "Main theme",
    value=lambda _, row: row["primary_theme"] if row["themes"] else None,
    shown=False,
)
SINCE = Column("since", "開始", "Since", pattern=r"(\d{4}(-\d{2}(-\d{2})?)?)?")
UNTIL = Column("until", "終了", "Until", pattern=r"(\d{4}(-\d{2}(-\d{2})?)?)?")
CHANGES = Column("changes", "訂正の記録", "Corrections")
NOTE = Column("note", "備考", "Note")


def _programme_name(tables: Tables, row: Row) -> str:
    return programme_names(tables)[row["programme"]]


PROGRAMME = (
    Column("programme", "事業のID", "Programme id", shown=False, pattern=r"[a-z0-9-]+"),
    Column("programme_name", "事業・資料", "Programme", value=_programme_name),
)
EVIDENCE = (
    Column("source", "出典", "Source"),
    Column("evidence", "根拠", "Evidence"),
)
PAGES = (
    *EVIDENCE,
    Column("tier", "根拠の種類", "Kind of evidence", pattern="document|official|secondary|copy"),
    Column("urls", "根拠のURL", "Pages"),
    Column("stated", "資料ごとの記載", "As each source says"),
)
