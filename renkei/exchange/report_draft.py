"""From a report to draft cases, to be reviewed by a person: what a planner would type, with the lines it stands on.

Nothing here is a fact yet: each draft carries a confidence and the words that decided. A person's name never leaves.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from geo.errors import DataError
from geo.gazetteer import display_name
from renkei.exchange.flat_layer import About, Field, FlatLayer, flat_layer
from renkei.exchange.report_figures import DraftFigure, line_figures
from renkei.exchange.report_sections import DraftReport, label_of, split_reports
from renkei.exchange.report_themes import ThemeGuess, guess_themes

if TYPE_CHECKING:
    from collections.abc import Mapping

ASPECT_NAMES = {"challenge": "課題", "measure": "取組", "difficulty": "苦労・成果", "outlook": "今後"}
STATUS_NAMES = {"actual": "実績", "target": "目標", "projection": "推計", "plan": "予定"}
REDACTED = "（氏名）"
SURE, FAIR = 0.5, 0.3
"""Share of the first theme's points from which it is held for sure, and for fair."""
_ITEM = re.compile(r"^[\s\-・○◎●■□◆►▶※*#]*(?:[①-⑳]|\d{1,2}[.)）、]|[(（]\d{1,2}[)）])?\s*")
_MARKUP = re.compile(r"<[^>]{0,40}>|\*\*")
SHORTEST_ITEM, LONGEST_ITEM = 5, 400
_ORGANISATION = re.compile(
    r"(?:(?:株式会社|有限会社|一般社団法人|公益財団法人|一般財団法人|NPO法人|独立行政法人)[^\s、。,()（）「」・と及]{2,20}"
    r"|[^\s、。,()（）「」『』・:：はがをにでとのや及]{2,20}(?:株式会社|大学院?|高等学校|商工会議所|商工会|観光協会|協議会|銀行|"
    r"信用金庫|農業協同組合|漁業協同組合|森林組合|研究所))"
)


@dataclass(frozen=True)
class DraftItem:
    """A sentence of a section, and its line."""

    aspect: str
    text: str
    line: int


@dataclass(frozen=True)
class DraftCase:
    """A case as a report lets one guess it; ``first_line`` and ``last_line`` count from 1."""

    number: int
    code: str
    municipality: str
    title: str
    sender: str
    role: str
    themes: tuple[ThemeGuess, ...]
    confidence: str
    items: tuple[DraftItem, ...]
    figures: tuple[DraftFigure, ...]
    partners: tuple[tuple[str, int], ...]
    first_line: int
    last_line: int


def draft_cases(lines: list[str], name: str) -> list[DraftCase]:
    """Draft the cases of a document.

    Parameters
    ----------
    lines
        The document's lines (``renkei.exchange.report_sections.pdf_lines`` for a PDF).
    name
        Its file name, for messages.

    Raises
    ------
    DataError
        When no report is found: the message says what a report must have.
    """
    reports = split_reports(lines)
    if not reports:
        msg = f"{name} に報告が見つかりません。「派遣先市町村：」のように自治体を示す行から始まる報告を読み取ります。"
        raise DataError(msg)
    return [_case(number, lines, report) for number, report in enumerate(reports, 1)]


def _case(number: int, lines: list[str], report: DraftReport) -> DraftCase:
    own = {at: _clean(lines[at - 1], report.names) for at in range(report.start, report.end + 1)}
    role, sender = (_clean(report.labels.get(key, ("", 0))[0], report.names) for key in ("role", "sender"))
    themes = tuple(guess_themes(own.values(), [report.title, role]))
    return DraftCase(
        number,
        report.code,
        display_name(report.code) if report.code else report.municipality,
        report.title,
        sender,
        role,
        themes,
        _confidence(report, themes),
        tuple(_items(own, report)),
        tuple(each for at, text in own.items() for each in line_figures(at, text)),
        tuple(_partners(own, sender)),
        report.start,
        report.end,
    )


def _clean(text: str, names: list[str]) -> str:
    """Take markup and persons' names out, also where a name is written with another gap."""
    text = _MARKUP.sub("", text)
    for name in names:
        letters = [re.escape(each) for each in unicodedata.normalize("NFKC", name) if not each.isspace()]
        if len(letters) > 1:
            text = re.sub(r"[\s　]*".join(letters), REDACTED, text)
    return text


def _confidence(report: DraftReport, themes: tuple[ThemeGuess, ...]) -> str:
    if not report.code or not themes or not report.sections:
        return "低"
    share = themes[0].share
    whole = {"sender", "role"} <= report.labels.keys()
    return "高" if share >= SURE and whole else "中" if share >= FAIR else "低"


def _items(own: Mapping[int, str], report: DraftReport) -> list[DraftItem]:
    found = []
    for aspect, first, last in report.sections:
        for at in range(first, last + 1):
            text = _ITEM.sub("", own.get(at, "")).strip()
            if len(text) >= SHORTEST_ITEM and not text.startswith(REDACTED) and not label_of(text):
                found.append(DraftItem(aspect, text[:LONGEST_ITEM], at))
    return found


def _partners(own: Mapping[int, str], sender: str) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for at, text in own.items():
        for match in _ORGANISATION.finditer(unicodedata.normalize("NFKC", text)):
            if match[0] not in sender and REDACTED not in match[0]:
                found.setdefault(match[0], at)
    return list(found.items())


def draft_layers(cases: list[DraftCase], document: str) -> list[FlatLayer]:
    """Return the drafts as four tables that a spreadsheet holds: cases, items, figures, partners."""
    today = datetime.now(UTC).astimezone().date().isoformat()
    about = About(
        f"{document} から読み取った下書き（{len(cases)}件）。人が確かめて直すためのもので、事実として扱わない。",
        today,
        (document,),
    )

    def layer(name: str, title: str, columns: tuple[Field, ...], rows: list[Mapping[str, Any]]) -> FlatLayer:
        return flat_layer(name, (title, name), columns, rows, about)

    number = Field("report", "報告", "Report", "integer")
    line = Field("line", "行", "Line", "integer")
    return [
        layer("draft_cases", "事例の下書き", (number, *_CASE_FIELDS), [_case_row(each) for each in cases]),
        layer(
            "draft_items",
            "項目",
            (number, Field("aspect", "区分", "Aspect"), Field("text", "内容", "Text"), line),
            [
                {"report": each.number, "aspect": ASPECT_NAMES[item.aspect], "text": item.text, "line": item.line}
                for each in cases
                for item in each.items
            ],
        ),
        layer(
            "draft_figures",
            "数値",
            (number, *_FIGURE_FIELDS, line),
            [
                {**figure._asdict(), "report": each.number, "status": STATUS_NAMES[figure.status]}
                for each in cases
                for figure in each.figures
            ],
        ),
        layer(
            "draft_partners",
            "連携先",
            (number, Field("organisation", "団体", "Organisation"), line),
            [
                {"report": each.number, "organisation": partner, "line": at}
                for each in cases
                for partner, at in each.partners
            ],
        ),
    ]


_CASE_FIELDS = (
    Field("code", "団体コード", "Code"),
    Field("municipality", "自治体", "Municipality"),
    Field("title", "題名", "Title"),
    Field("sender", "派遣元", "Sender"),
    Field("role", "役職", "Role"),
    Field("themes", "テーマ", "Themes"),
    Field("words", "テーマを決めた言葉", "Words that decided"),
    Field("confidence", "確からしさ", "Confidence"),
    Field("first_line", "始まりの行", "First line", "integer"),
    Field("last_line", "終わりの行", "Last line", "integer"),
)
_FIGURE_FIELDS = (
    Field("label", "何の数値か", "Label"),
    Field("value", "値", "Value", "real"),
    Field("unit", "単位", "Unit"),
    Field("qualifier", "程度", "Qualifier"),
    Field("status", "実績・目標", "Status"),
    Field("as_of", "時点", "As of"),
    Field("quote", "書かれ方", "As written"),
)


def _case_row(case: DraftCase) -> dict[str, Any]:
    return {
        "report": case.number,
        "code": case.code,
        "municipality": case.municipality,
        "title": case.title,
        "sender": case.sender,
        "role": case.role,
        "themes": [each.name for each in case.themes],
        "words": [f"{each.name}：{'、'.join(each.words)}" for each in case.themes],
        "confidence": case.confidence,
        "first_line": case.first_line,
        "last_line": case.last_line,
    }
