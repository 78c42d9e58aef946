"""Figures of cases as a person reads them: with qualifier, unit, date, and what they are if they are no fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.cases import FIGURE_SCOPES, FIGURE_STATUSES
from renkei.present.words import japanese_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from renkei.present.words import Language

TEN_THOUSAND, HUNDRED_MILLION = 10_000, 100_000_000
BEFORE = {"約": "約", "のべ": "のべ", "のべ約": "のべ約", "少なくとも": "少なくとも", "弱": "約", "強": "約"}
"""Qualifier → what stands before the number."""
AFTER = {each: each for each in ("未満", "以上", "超", "弱", "強", "程度", "前後")}
BETWEEN = {"余": "余"}
ENGLISH = {
    "約": "about ",
    "のべ": "in total, visits counted, ",
    "のべ約": "in total, visits counted, about ",
    "少なくとも": "at least ",
    "弱": "just under ",
    "強": "just over ",
    "未満": "under ",
    "以上": "at least ",
    "超": "over ",
    "程度": "about ",
    "前後": "around ",
    "余": "over ",
}
ENGLISH_UNITS = {
    "人": "people",
    "名": "people",
    "人/年": "people a year",
    "名/年": "people a year",
    "円": "yen",
    "千円": "thousand yen",
    "回": "times",
    "回/月": "times a month",
    "件": "cases",
    "件/月": "cases a month",
    "件/年": "cases a year",
    "社": "companies",
    "年": "years",
    "事業者": "businesses",
    "世帯": "households",
    "施設": "facilities",
    "団体": "organisations",
    "時間": "hours",
    "自治体": "municipalities",
    "割": "tenths",
    "倍": "times as much",
    "位": "(rank)",
    "万トン": "0,000 t",
    "トン": "t",
    "店舗": "shops",
    "校": "schools",
    "歳": "years old",
    "分": "minutes",
    "日間": "days",
    "教室": "classes",
    "業務": "tasks",
    "課題": "issues",
    "事業": "projects",
    "項目": "items",
    "item": "items",
    "課": "departments",
    "原課": "departments",
}
SHARE = "割合"
"""A unit that the words of the value already say."""


@dataclass(frozen=True)
class FigureLine:
    """One figure as it is shown.

    Parameters
    ----------
    label
        In Japanese, as in the source; stands alone.
    text
        Number with qualifier and unit, such as 「約3.4万人弱」.
    date
        Of the figure; "" where the source gives none.
    status
        「目標」, 「推計」, …; "" for a fact.
    scope
        What it is of, where that is not the municipality itself; a part of it by name.
    is_fact
        Whether it may be drawn and compared as a fact.
    """

    label: str
    text: str
    date: str
    status: str
    scope: str
    is_fact: bool


def number_text(value: float) -> str:
    """Write a number as planners read it: 億 and 万 where nothing is lost, else groups of three.

    Examples
    --------
    >>> [number_text(each) for each in (34000, 1013, 293000000, 44539, 10.6, 2000000000)]
    ['3.4万', '1,013', '2億9,300万', '44,539', '10.6', '20億']
    """
    whole = round(value)
    if whole != value or whole < TEN_THOUSAND or whole % 100:
        return f"{value:,}" if whole != value else f"{whole:,}"
    if whole < HUNDRED_MILLION:
        return f"{whole / TEN_THOUSAND:,.2f}".rstrip("0").rstrip(".") + "万"
    large, rest = divmod(whole, HUNDRED_MILLION)
    return f"{large:,}億" + (f"{rest // TEN_THOUSAND:,}万" if rest >= TEN_THOUSAND else "")


def figure_text(row: Mapping[str, str], language: Language = "ja") -> str:
    """Write a figure with its qualifier and unit.

    Parameters
    ----------
    row
        Of ``layers.cases.figures()``.

    Examples
    --------
    >>> base = {"value_min": "", "value_max": ""}
    >>> figure_text({"value": "34000", "unit": "人", "qualifier": "弱", **base})
    '約3.4万人弱'
    >>> figure_text({"value": "40", "unit": "%", "qualifier": "超", **base}, "en")
    'over 40%'
    >>> figure_text({"value": "36.8", "unit": "%", "qualifier": "弱", **base})
    '36.8%弱'
    >>> figure_text({"value": "", "unit": "人/年", "qualifier": "", "value_min": "500", "value_max": "600"})
    '年500～600人'
    """
    value, qualifier = row["value"], row["qualifier"]
    if row["value_min"] and row["value_max"] and qualifier not in BETWEEN:
        amount = f"{_number(row['value_min'])}～{_number(row['value_max'])}"
    else:
        amount = _number(value)
    if not amount:
        return ""
    if language == "en":
        return _english(amount, row["unit"], qualifier, value)
    unit, per = _unit(row["unit"])
    if "～" not in amount and not _is_number(value):  # 「約半分」, 「3人に1人」
        return amount if amount.startswith(BEFORE.get(qualifier, "\0")) else BEFORE.get(qualifier, "") + amount
    before = "" if qualifier in AFTER and not amount.endswith("万") and unit != "割" else BEFORE.get(qualifier, "")
    return f"{per}{before}{amount}{BETWEEN.get(qualifier, '')}{unit}{AFTER.get(qualifier, '')}"


def _english(amount: str, unit: str, qualifier: str, value: str) -> str:
    if "～" not in amount and not _is_number(value):
        return value
    number = amount.replace("～", "–") if "～" in amount else f"{float(value):,.10g}"
    said = ENGLISH_UNITS.get(unit, unit)
    space = "" if not said or said[0] in "%0" else " "
    return f"{ENGLISH.get(qualifier, '')}{number}{space}{said}".strip()


def _unit(unit: str) -> tuple[str, str]:
    """Return unit and what stands before the number: 「人/年」 is 年…人."""
    if unit == SHARE:
        return "", ""
    if unit == "item":
        return "アイテム", ""
    name, _, per = unit.partition("/")
    return name, per


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _number(text: str) -> str:
    return number_text(float(text)) if _is_number(text) else text


def figure_line(row: Mapping[str, str], language: Language = "ja") -> FigureLine:
    """Return a figure of a case as it is shown.

    Parameters
    ----------
    row
        Of ``layers.cases.figures()``.
    """
    english = language == "en"
    is_fact = row["status"] == "actual"
    date = row["as_of"] if english else japanese_date(row["as_of"])
    text = figure_text(row, language)
    if not text:  # a date is what is told
        text, date = date, ""
    return FigureLine(
        row["label"],
        text,
        date,
        "" if is_fact else FIGURE_STATUSES[row["status"]][english],
        row["district"] or FIGURE_SCOPES[row["scope"]][english],
        is_fact,
    )
