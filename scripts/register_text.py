"""What the gathered tables of ties and networks have in common: tiers, themes, notes with addresses, evidence."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from layers.tie_kinds import kind_of

if TYPE_CHECKING:
    from pathlib import Path

Row = list[object]

TIERS = {"公式ページ": "official", "報道・関係団体のページ": "secondary", "写し": "copy"}

KINDS = {
    "電算の共同利用（一部事務組合）": "一部事務組合（電算の共同利用）",
    "共同事業": "温暖化防止の共同事業",
    "合意書": "脱炭素化の合意書",
    "公共施設予約の共同利用": "共同利用（公共施設予約）",
    "データ連携基盤の共同利用": "共同利用（データ連携基盤）",
    "デジタル人材の共同確保": "共同確保（デジタル人材）",
}
"""Kind as gathered → kind as shown, so that the family is told by how it begins."""

KIND_THEMES = {
    "sister": "移住定住・関係人口",
    "exchange": "移住定住・関係人口",
    "disaster": "防災",
    "relief": "防災",
    "energy": "脱炭素",
    "timber": "脱炭素",
    "tourism": "観光",
    "heritage": "観光",
    "shared_system": "DX",
    "joint_office": "まちづくり",
    "agreement": "まちづくり",
    "association": "まちづくり",
}
"""Family → the theme that the kind alone says. A row that says another has it from its page."""

_ADDRESS = re.compile(r"https?://[^\s（）()；;。、]+")
_PUBLIC = re.compile(r"(^|\.)(city|town|vill|pref|metro)\.|\.lg\.jp$|\.go\.jp$")
_NAMED = re.compile(
    r"[。；]?(?:市の頁|協定の文は|電算の説明は|電子計算センターの規則は|\d+市[区町村]*の名は)?\s*" + _ADDRESS.pattern
)
_LEFT_OVER = re.compile(r"[（(][\s・、]*[)）]")
_HELD = re.compile(r"；?構成は保有の圏域と同じ（[^；]*）")


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a gathered table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def shown_kind(kind: str) -> tuple[str, str]:
    """Return the kind as shown, and the name of the office where the kind holds it.

    Examples
    --------
    >>> shown_kind("一部事務組合（衣浦衛生組合）"), shown_kind("電算の共同利用（一部事務組合）")
    (('一部事務組合', '衣浦衛生組合'), ('一部事務組合（電算の共同利用）', ''))
    """
    if found := re.fullmatch(r"一部事務組合（(.+組合)）", kind):
        return "一部事務組合", found[1]
    return KINDS.get(kind, kind), ""


def themes_of(kind: str, theme: str) -> tuple[list[str], str]:
    """Return the themes, and where they are from: ``kind`` or ``page``."""
    return [theme], "kind" if KIND_THEMES.get(kind_of(kind).id) == theme else "page"


def plain_note(note: str) -> tuple[str, list[str]]:
    """Return a note without addresses, and the addresses.

    Examples
    --------
    >>> plain_note("9市町村の名は https://yamato-soul.com/archives/164783")
    ('', ['https://yamato-soul.com/archives/164783'])
    """
    addresses = _ADDRESS.findall(note)
    note = re.sub(r"。?ページの表記は「\S+[氏町]」", "", note)  # a misprint of the page: nothing to tell
    text = _LEFT_OVER.sub("", _NAMED.sub("", _HELD.sub("", note)))
    return text.strip("；;。 　"), addresses


def evidence(identifier: str, row: dict[str, str], kind: str, more: list[str]) -> list[Row]:
    """Return the evidence of a row: its page, and the pages that its note names."""
    first: Row = [
        identifier,
        "",
        "",
        row["url"],
        TIERS[row["evidence_kind"]],
        kind,
        row["since"],
        row["page_date"],
    ]
    others: list[Row] = [
        [identifier, "", "", url, _tier(url), "", "", ""] for url in dict.fromkeys(more) if url != row["url"]
    ]
    return [first, *others]


def _tier(url: str) -> str:
    return "official" if _PUBLIC.search(urlsplit(url).hostname or "") else "secondary"


def standing(note: str) -> str:
    """Return what the note says of the end: ``ended``, ``may_have_ended`` or "".

    Examples
    --------
    >>> standing("当時は鷹巣町・鷹島町。解散"), standing("国の資料の写し。2015年ごろの導入事例")
    ('ended', 'may_have_ended')
    """
    if note.endswith("解散"):
        return "ended"
    old = "2015年ごろ" in note or "認定期間は2018-03まで" in note
    return "may_have_ended" if old else ""
