"""総務省 自治体DX・情報化推進概要: workbooks with Japanese names inside one ZIP, a survey year each.

The layout moves from year to year, so columns are found by their words: a row begins with a 団体コード whose check
digit holds; what stands above the first such row is the header. A sheet that asks one thing in two columns is
refused rather than chosen from.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geo.codes import check_digit
from geo.errors import DataError
from renkei.official.municipal_series import carry
from renkei.official.workbook import KEPT, check_container, column_letter, folded, sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.official.municipal_series import Block
    from renkei.official.workbook import Row

ITEMS: tuple[tuple[str, str, str, str], ...] = (
    ("cio", "CIOの任命", "CIO(?!補佐).*任命|CIOの(有無|設置)", "CIO appointed"),
    ("cio_assistant", "CIO補佐官等の任命", "CIO補佐官", "CIO assistant appointed"),
    ("policy", "DX全体方針の策定", "全体方針", "DX policy made"),
    ("organisation", "全庁的なDX推進体制の構築", "全庁(的|横断的).*体制", "Office-wide DX organisation"),
    ("external_experts", "DX外部人材の活用", "外部(デジタル)?人材", "External DX experts"),
    ("staff_training", "DX職員育成の取組", "(職員|人材)育成", "DX staff development"),
    ("training_for_all", "全職員対象のDX研修", "全職員.*研修", "DX training for all staff"),
    ("ai", "AIの導入", "AI.*導入", "AI in use"),
    ("rpa", "RPAの導入", "RPA.*導入", "RPA in use"),
    ("telework", "テレワークの導入", "テレワーク.*導入", "Telework in use"),
)
"""Id, name, what the header says, name in English."""

YES = ("○", "〇", "◯", "1", "1.0", "実施", "有", "あり", "済", "導入済", "導入済み", "策定済", "策定済み")
NO = ("×", "✕", "0", "0.0", "未実施", "無", "なし", "未", "未導入", "未策定")
UNKNOWN = ("", "-", "－", "―", "無回答", "未回答", "調査無し")
REIWA = 2018


class _Found(NamedTuple):
    where: str
    letter: str
    pairs: dict[str, float | None]


def survey_year(name: str) -> int | None:
    """Return the fiscal year that a file's name states.

    Examples
    --------
    >>> survey_year("R6_gaiyo.zip"), survey_year("令和７年度概要.xlsx"), survey_year("001048599.zip")
    (2024, 2025, None)
    """
    found = re.search(r"(?:令和|[RＲ])\s*(元|\d{1,2})(?!\d)", name)
    return None if found is None else REIWA + (1 if found[1] == "元" else int(found[1]))


def _columns(rows: Sequence[Row], where: str) -> tuple[int, int, dict[str, int]]:
    """Return the first row of data, the code's column, and each item's; (-1, -1, {}) where there are none."""
    for line, row in enumerate(rows[:60]):
        for place, cell in enumerate(row[:6]):
            text = folded(cell).zfill(6)
            if re.fullmatch(r"\d{6}", text) and text != "000000" and check_digit(text[:5]) == text[5]:
                width = max(len(each) for each in rows[: line + 1])
                header = ["".join(folded(each[c]) for each in rows[:line] if c < len(each)) for c in range(width)]
                found = {}
                for identifier, title, words, _ in ITEMS:
                    own = [c for c, text in enumerate(header) if c > place and re.search(words, text)]
                    if len(own) > 1:
                        letters = "、".join(map(column_letter, own))
                        msg = (
                            f"{where}に「{title}」の列が{len(own)}つあります（{letters}）。どれか決められません。{KEPT}"
                        )
                        raise DataError(msg)
                    if own:
                        found[identifier] = own[0]
                return line, place, found
    return -1, -1, {}


def _answer(cell: object, where: str) -> float | None:
    text = folded(cell)
    if text in YES:
        return 1.0
    if text in NO:
        return 0.0
    if text in UNKNOWN:
        return None
    msg = f"{where}の「{text[:20]}」は「有・無」として読めません。{KEPT}"
    raise DataError(msg)


def _read_workbook(path: Path, title: str, found: dict[str, _Found]) -> None:
    name, rows = sheet(path, ".*")
    where = f"{title} のシート「{name}」"
    first, code_column, columns = _columns(rows, where)
    for identifier, column in columns.items():
        letter = column_letter(column)
        if identifier in found:
            other = found[identifier]
            msg = f"同じ項目が {other.where} {other.letter}列 と {where} {letter}列 にあります。{KEPT}"
            raise DataError(msg)
        pairs: dict[str, float | None] = {}
        for line, row in enumerate(rows[first:], first + 1):
            code = folded(row[code_column]).zfill(6)
            if re.fullmatch(r"\d{6}", code) and check_digit(code[:5]) == code[5]:
                cell = row[column] if column < len(row) else None
                pairs[code[:5]] = _answer(cell, f"{where}の{line}行目の{letter}列")
        found[identifier] = _Found(where, letter, pairs)


def read_dx_survey(paths: Sequence[Path], year: int | None = None) -> list[Block]:
    """Read which of the ten items each municipality answered with yes or no.

    Parameters
    ----------
    paths
        The ZIP, or one workbook of it (XLSX).
    year
        Fiscal year of the survey; by default what the file's name says.

    Raises
    ------
    DataError
        When no year is known, no item is found, an answer is neither yes nor no, or an item is found twice.
    """
    path = paths[0]
    check_container(path)
    found: dict[str, _Found] = {}
    seen: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        if path.suffix.lower() == ".zip":
            # Names inside are Windows's (cp932); only the contents are written, under numbers.
            with zipfile.ZipFile(path, metadata_encoding="cp932") as archive:
                books = [each for each in archive.infolist() if each.filename.lower().endswith(".xlsx")]
                for number, each in enumerate(books):
                    title = each.filename.rpartition("/")[2]
                    copy = Path(folder) / f"{number}.xlsx"
                    copy.write_bytes(archive.read(each))
                    seen.append(title)
                    _read_workbook(copy, title, found)
        else:
            seen.append(path.name)
            _read_workbook(path, path.name, found)
    year = year or next((found_year for name in (path.name, *seen) if (found_year := survey_year(name))), None)
    if year is None:
        msg = f"{path.name} の調査年度がわかりません。--as-of FY2024 のように指定してください。{KEPT}"
        raise DataError(msg)
    if not found:
        inside = "、".join(seen)[:200] or "なし"
        msg = f"{path.name} に団体コードと調査項目のある表がありません（中のファイル：{inside}）。{KEPT}"
        raise DataError(msg)
    # The survey is of the beginning of the fiscal year.
    return [
        (
            f"survey_dx_{identifier}",
            f"FY{year}",
            carry(each.pairs, date(year, 4, 1), each.where, kind="rate").values,
            "",
        )
        for identifier, each in found.items()
    ]
