"""Words of the case card, the comparison and the theme page, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from renkei.present.words import Language

CASE_WORDS: dict[str, tuple[str, str]] = {
    "challenge": ("課題", "Challenges"),
    "measure": ("取組", "Measures"),
    "result": ("成果・教訓", "Results and lessons"),
    "outlook": ("今後", "Outlook"),
    "success": ("成果", "Result"),
    "difficulty": ("難しかったこと", "Difficulty"),
    "read": ("課題・取組・成果を読む", "Read challenges, measures, results"),
    "summary": ("概要", "Summary"),
    "themes": ("テーマ", "Themes"),
    "stage": ("段階", "Stage"),
    "means": ("手段", "Means"),
    "partners": ("連携した団体", "Partners"),
    "other_cases": ("ほかの事例", "Other cases"),
    "figures": ("資料にある数値", "Figures in the source"),
    "similar": ("同じ課題のほかの事例", "The same challenge elsewhere"),
    "done": ("同じことに取り組んだ事例", "Who has done this"),
    "source": ("出典", "Source"),
    "page": ("{pages}ページ付近", "around page {pages}"),
    "lines": ("{lines}行", "lines {lines}"),
    "ask": ("問い合わせるとき", "Whom to ask for"),
    "notes": ("備考", "Notes"),
    "place": ("自治体", "Municipality"),
    "population": ("人口", "Population"),
    "kind": ("種類", "Kind"),
    "year": ("年度", "Year"),
    "workshop": ("ワークショップは{year}年", "Workshop in {year}"),
    "sent": (
        "{place}の「{role}」（{year}、{sender}から派遣。今は別の担当の場合があります）",
        "{place}: {role} ({year}, sent by {sender}; the post may have changed)",
    ),
    "in_office": (
        "{place}の「{role}」（{year}。今は別の担当の場合があります）",
        "{place}: {role} ({year}; the post may have changed)",
    ),
    "office": ("{office}", "{office}"),
    "unknown_ask": ("{place}（担当部署は資料にありません）", "{place} (the source names no department)"),
    "same_words": ("共通：{words}", "In common: {words}"),
    "same_means": ("同じ取組：{words}", "Same measures: {words}"),
    "same_partner_kind": ("別の{name}", "another {name}"),
    "none": ("記載なし", "Not stated"),
    "estimated_pages": (
        "ページは資料の構成からの推定で、前後1ページずれることがあります",
        "The page is estimated from the layout of the document and may be off by one",
    ),
    "japanese_only": ("", "Statements are in Japanese, as in the source; the summary is in English."),
    "expectation": ("自治体首長の期待（プラチナ構想ネットワーク調査）", "What heads of municipalities expect (survey)"),
    "supply": ("この地図にある事例", "Cases on this map"),
    "hard": ("難しかったこと", "What was hard"),
    "worked": ("うまくいったこと", "What worked"),
    "tried": ("試されたこと", "What was tried"),
    "where": ("どこで", "Where"),
    "planned_for": ("予定", "planned"),
    "reached": ("到達", "reached"),
}
"""Key → Japanese, English."""


def case_word(key: str, language: Language, **parts: object) -> str:
    """Return a word or sentence of the case card.

    Examples
    --------
    >>> case_word("challenge", "ja"), case_word("page", "en", pages="29")
    ('課題', 'around page 29')
    """
    text = CASE_WORDS[key][language == "en"]
    return text.format(**parts) if parts else text
