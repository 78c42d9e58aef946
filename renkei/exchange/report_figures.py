"""Figures that a report states: value, unit, qualifier, status and date, with the line and the words around them."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from renkei.exchange.written_numbers import read_number

_SCALE = r"(?:百万|十億|[千万億兆])"
_UNITS = (
    r"人|名|世帯|戸|社|件|回|校|園|か所|カ所|ヶ所|箇所|施設|店舗|事業者|経営体|団体|自治体|市町村|品目|品|項目|業務|手続|"
    r"円|%|ポイント|割|倍|位|トン|t|kg|g|ha|km2|km|m2|m|kW|MW|kWh|MWh|t-CO2|本|頭|台|冊|棟|コマ|講座|事業|"
    r"商品|タイプ|票|年以上"
)
_NUMBER = re.compile(
    r"(?P<about>約|およそ|のべ|延べ|最大|最低)?\s*"
    r"(?P<number>[▲△-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:" + _SCALE + r"(?:(?:\d{1,4})" + _SCALE + r"?)?)?)\s*"
    r"(?P<unit>(?:" + _SCALE + r")?(?:" + _UNITS + r"))(?P<per>/(?:年|月|日|人))?"
    r"(?P<end>以上|以下|未満|超|弱|強|程度|余り|余)?"
)
_SMALL = frozenset(
    ["回", "名", "人", "社", "件", "本", "校", "事業", "業務", "自治体", "項目", "団体", "台", "冊", "品", "割"]
)
"""Units of things that a sentence counts in passing: one or two of them are no figure of the report."""
SMALLEST = 3
_ONE_IN = re.compile(r"に\s*1\s*(?:人|社|件|名)")
_ENUMERATION = re.compile(r"^\s*[\-・○◎●■(（]*\s*(?:\d{1,2}|[①-⑳])[.)）、．]\s*")
_DATE = re.compile(
    r"(?:(?P<era>令和|平成|昭和|[RHS])\.?\s*)?(?P<year>元|\d{1,4})\s*(?P<fiscal>年度|年|\.)\s*"
    r"(?:(?P<month>1[0-2]|0?[1-9])\s*(?:月|\.|/)\s*(?:(?P<day>3[01]|[12]\d|0?[1-9])\s*日?)?)?"
)
_ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
_TARGET = re.compile(r"目標|KPI|目指|めざ|達成を")
_PROJECTION = re.compile(r"推計|将来|見込|予測|なる予定")
_PLAN = re.compile(r"予定|計画|見通し")
_CLAUSE = re.compile(r"[。、,;；:：（）()「」【】\s→⇒=＝|]+")
LONGEST_LABEL = 24


class DraftFigure(NamedTuple):
    """A figure as a report states it.

    ``value`` is in units (3.4万人 is 34000); ``qualifier`` holds 約, のべ, 以上; ``status`` is ``actual``,
    ``target``, ``projection`` or ``plan``; ``as_of`` an ISO date, month, year or FYyyyy, "" where none is given.
    """

    line: int
    label: str
    value: float
    unit: str
    qualifier: str
    status: str
    as_of: str
    quote: str


def read_date(text: str) -> str:
    """Return the first date of a text in ISO form, "" where there is none.

    Examples
    --------
    >>> read_date("令和4年12月15日に表明"), read_date("R4年度"), read_date("2022.4月"), read_date("4年生")
    ('2022-12-15', 'FY2022', '2022-04', '')
    """
    for found in _DATE.finditer(text):
        written = found["year"]
        number = 1 if written == "元" else int(written)
        if found["era"]:
            year = _ERAS[found["era"]] + number
        elif 1900 <= number <= 2100:  # noqa: PLR2004 - a year of our calendar
            year = number
        else:
            continue
        if found["fiscal"] == "年度":
            return f"FY{year}"
        parts = [f"{year:04d}"] + [f"{int(found[key]):02d}" for key in ("month", "day") if found[key]]
        return "-".join(parts)
    return ""


def line_figures(number: int, line: str) -> list[DraftFigure]:
    """Return the figures of one line.

    Parameters
    ----------
    number
        The line's number, from 1.
    line
        As it stands.

    Examples
    --------
    >>> found = line_figures(7, "移住相談は約1.2万人（令和4年度）となった。")[0]
    >>> found.value, found.unit, found.qualifier, found.as_of, found.status
    (12000.0, '人', '約', 'FY2022', 'actual')
    """
    text = _ENUMERATION.sub("", unicodedata.normalize("NFKC", line).replace("㎢", "km2"))
    found: list[DraftFigure] = []
    for match in _NUMBER.finditer(text):
        if _is_part_of_a_word(text, match):
            continue
        scale = re.match(_SCALE, match["unit"])
        unit = match["unit"][len(scale[0]) if scale else 0 :] + (match["per"] or "")
        try:
            value = read_number(match["number"] + (scale[0] if scale else "")).value
        except ValueError:
            continue
        if value is None or (match["unit"] in _SMALL and value < SMALLEST) or _ONE_IN.match(text, match.end()):
            continue
        if unit == "割":
            value, unit = value * 10, "%"
        before, after = text[: match.start()], text[match.end() :]
        sentence = _sentence(text, match.start())
        found.append(
            DraftFigure(
                number,
                _label(before, after),
                value,
                unit,
                "".join(filter(None, (match["about"], match["end"]))),
                _status(sentence),
                _nearest_date(text, match.start()),
                match[0].strip(),
            )
        )
    return found


def _is_part_of_a_word(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1 : match.start()]
    follows = text[match.end() : match.end() + 2]
    # A telephone number, an address, a version, a grade of school.
    glued = before.isascii() and (before.isalnum() or before in "-./") and before != ""
    return glued or follows.startswith("計画") or before == "第"


def _sentence(text: str, at: int) -> str:
    start = max(text.rfind("。", 0, at), -1) + 1
    end = text.find("。", at)
    return text[start : end if end >= 0 else len(text)]


def _status(sentence: str) -> str:
    if _TARGET.search(sentence):
        return "target"
    if _PROJECTION.search(sentence):
        return "projection"
    return "plan" if _PLAN.search(sentence) else "actual"


def _label(before: str, after: str) -> str:
    parts = [part for part in _CLAUSE.split(before) if part]
    label = parts[-1] if parts else ""
    label = re.sub(r"^(?:また|さらに|そのうち|うち|は|が|を|に|で|の|と)+", "", label)
    label = re.sub(r"(?:は|が|を|に|で|の|と|から|まで|より|計|合計)+$", "", label)
    if not label:
        label = next((part for part in _CLAUSE.split(after) if part), "")
    return label[-LONGEST_LABEL:]


def _nearest_date(text: str, at: int) -> str:
    sentence_start = max(text.rfind("。", 0, at), -1) + 1
    before = [m for m in _DATE.finditer(text, sentence_start, at) if read_date(m[0])]
    if before:
        return read_date(before[-1][0])
    return read_date(text[at : at + 40].split("。", maxsplit=1)[0])
