"""What the cases say in substance, in our own words: items, summaries, means, stage, keywords, partners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.cases.read_out import load

if TYPE_CHECKING:
    from pathlib import Path

ITEM_COLUMNS = ("case_id", "number", "aspect", "text", "themes", "document", "lines")
CONTENT_COLUMNS = ("case_id", "summary", "summary_en", "stage", "means", "keywords")
PARTNER_COLUMNS = ("case_id", "number", "name", "kind", "code", "role", "document", "lines")

SAME_NAMES = {
    "更別村スーパー(バー)ビレッジ推進協議会": "更別村スーパービレッジ推進協議会",
    "セイノウHD": "セイノーHD",
    "県（奈良県）": "奈良県",
    "経産省": "経済産業省",
    "（株）博報堂": "博報堂",
    "デロイトトーマツ PRS 社": "デロイトトーマツPRS社",
}
"""Names of partners as written → as the body calls itself."""
PREFECTURES = {
    "県": "46000",
    "奈良県": "29000",
    "新潟県": "15000",
    "熊本県": "43000",
    "沖縄県": "47000",
    "山口県": "35000",
}
PREFECTURES |= {"北海道": "01000", "静岡県": "22000", "神奈川県": "14000", "鳥取県": "31000", "長野県": "20000"}


def _told(shared: Path) -> list[dict[str, Any]]:
    content = load(shared, "content")
    return [*content["reports"], *content["others"]]


def _lines(pair: list[int]) -> str:
    first, last = pair
    return str(first) if first == last else f"{first}-{last}"


def items(shared: Path, documents: dict[str, str]) -> list[dict[str, object]]:
    """Return one row a challenge, measure, difficulty, success or outlook; ``documents``: case to document."""
    return [
        {
            "case_id": each["case_id"],
            "number": number,
            "aspect": item["aspect"],
            "text": item["text"],
            "themes": item["themes"],
            "document": documents[each["case_id"]],
            "lines": _lines(item["lines"]),
        }
        for each in _told(shared)
        for number, item in enumerate(each["items"], 1)
    ]


def contents(shared: Path, more_keywords: dict[str, list[str]]) -> list[dict[str, object]]:
    """Return one row a case: summary in both languages, stage, means, keywords."""
    return [
        {
            "case_id": each["case_id"],
            "summary": each["summary"],
            "summary_en": each["summary_en"],
            "stage": each["stage"],
            "means": each["means"],
            "keywords": [*each["keywords"], *more_keywords.get(each["case_id"], [])],
        }
        for each in _told(shared)
    ]


def partners(shared: Path, documents: dict[str, str]) -> list[dict[str, object]]:
    """Return one row a partner of a case: name, kind, role; a municipality or prefecture by its code too."""
    rows = []
    for each in _told(shared):
        for number, partner in enumerate(each["partners"], 1):
            name = SAME_NAMES.get(partner["name"], partner["name"])
            code = partner["code"] or (PREFECTURES.get(name, "") if partner["kind"] == "prefecture" else "")
            rows.append(
                {
                    "case_id": each["case_id"],
                    "number": number,
                    "name": "鹿児島県" if (name, code) == ("県", "46000") else name,
                    "kind": partner["kind"],
                    "code": code,
                    "role": partner["role"],
                    "document": documents[each["case_id"]],
                    "lines": _lines(partner["lines"]),
                }
            )
    return rows
