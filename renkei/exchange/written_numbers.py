"""Numbers as planners' tables write them: １２，３４５人, 3億2,000万円, ▲3.5, △1,200, 12.5％, or a sign for none."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_MISSING = frozenset(
    {
        "",
        "-",
        "－",
        "ー",
        "―",
        "–",
        "—",
        "…",
        "...",
        "x",
        "X",
        "χ",
        "***",
        "n/a",
        "N/A",
        "NA",
        "na",
        "nan",
        "NaN",
        "null",
        "NULL",
        "#N/A",
        "なし",
        "不明",
        "未回答",
        "該当なし",
        "データなし",
        "非公表",
    }
)
"""Cells that say "no data" in official tables (− is none or not applicable, … not available, x suppressed)."""
_MINUS = re.compile(r"^[▲△▼−‐–—―-]\s*")
_SCALES = {"千": 1e3, "万": 1e4, "百万": 1e6, "億": 1e8, "十億": 1e9, "兆": 1e12}
_PART = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(百万|十億|[千万億兆])?")
_UNIT = re.compile(r"[^\d.,+\-▲△−\s()（）]{0,12}")
_PLAIN = re.compile(r"[+]?(\d{1,3}(?:,\d{3})+|\d+)(\.\d*)?(e[+-]?\d{1,3})?|\.\d+", re.IGNORECASE)
_NO_UNIT = re.compile(r"[▲△▼※]|[はが]|注|参考|再掲|内数")
"""What stands in brackets behind a heading and is a remark: 増減（▲は減）."""
_ABOUT = re.compile(r"^(約|およそ|凡そ|概ね|※|\*)\s*")
LARGEST = 1e18


class WrittenNumber(NamedTuple):
    """A cell that was read: its value (None is no data), and the unit that stands in it ("" where none does)."""

    value: float | None
    unit: str


def read_number(cell: object) -> WrittenNumber:
    """Read a cell as a number.

    Parameters
    ----------
    cell
        A number, or a text as people write numbers in Japan: full-width digits, thousands separators, 千・万・億・兆,
        ▲ or △ for minus, a unit behind it.

    Returns
    -------
    WrittenNumber
        A scale in the cell is multiplied in (3億2,000万円 → 320000000, 円); a percentage stays a percentage.

    Raises
    ------
    ValueError
        When the cell is neither a number nor one of the signs for "no data", or has no finite value.

    Examples
    --------
    >>> read_number("３億２，０００万円"), read_number("▲3.5％")
    (WrittenNumber(value=320000000.0, unit='円'), WrittenNumber(value=-3.5, unit='%'))
    >>> read_number("…").value is None
    True
    """
    if cell is None:
        return WrittenNumber(None, "")
    text = unicodedata.normalize("NFKC", str(cell)).strip().replace("\u00a0", "")
    if text in _MISSING or not text:
        return WrittenNumber(None, "")
    text = _ABOUT.sub("", text)
    if text.startswith("(") and text.endswith(")") and any(c.isdigit() for c in text):
        text = f"-{text[1:-1]}"  # accountants' minus
    sign = 1.0
    if minus := _MINUS.match(text):
        sign, text = -1.0, text[minus.end() :]
    value, rest = _value(text.replace(" ", ""))
    if value is None or not abs(value) <= LARGEST or not _UNIT.fullmatch(rest):
        msg = f"「{str(cell)[:30]}」は数として読めません。"
        raise ValueError(msg)
    return WrittenNumber(sign * value, rest)


def _value(text: str) -> tuple[float | None, str]:
    plain = _PLAIN.match(text)
    if plain and not text[plain.end() :].startswith(tuple(_SCALES)):
        return float(plain[0].replace(",", "")), text[plain.end() :]
    scaled = text.replace(",", "")
    total, at, smallest = 0.0, 0, float("inf")
    while (part := _PART.match(scaled, at)) and at < len(scaled):
        scale = _SCALES[part[2]] if part[2] else 1.0
        if scale >= smallest:  # 3万2億: no number is written so
            return None, text
        total, at, smallest = total + float(part[1]) * scale, part.end(), scale
    return (total, scaled[at:]) if at else (None, text)


def scale_of_heading(heading: str) -> tuple[float, str]:
    """Return by how much a column's figures are to be multiplied, and the unit, as its heading says.

    Examples
    --------
    >>> scale_of_heading("歳入総額（千円）"), scale_of_heading("人口(人)"), scale_of_heading("増減（▲は減）")
    ((1000.0, '円'), (1.0, '人'), (1.0, ''))
    """
    text = unicodedata.normalize("NFKC", heading)
    found = re.search(r"[(\[](?:単位[::])?\s*(百万|十億|[千万億兆])?([^()\[\]\d]{0,8})[)\]]\s*$", text)
    if not found:
        return 1.0, ""
    unit = "" if _NO_UNIT.search(found[2]) else found[2].strip()
    return _SCALES.get(found[1] or "", 1.0), unit
