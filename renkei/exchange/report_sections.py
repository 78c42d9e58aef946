"""Reports of seconded experts and their like, taken apart: one report a municipality, its labels, its sections.

No rule knows a place or a line: a report begins where a label for the municipality stands, or where, without one, a
second block of sender and role begins; sections begin at short lines that hold the words of an aspect.
"""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import fuzz

from geo.codes import PREFECTURES
from geo.errors import DataError
from geo.resolve import resolve
from geo.scan import scan

Label = Literal["municipality", "person", "sender", "role"]
Aspect = Literal["challenge", "measure", "difficulty", "outlook"]

_LABELS: dict[Label, tuple[str, ...]] = {
    "municipality": ("派遣先市町村", "派遣市町村", "派遣先自治体", "実施自治体", "自治体名", "市町村名"),
    "person": ("派遣者氏名", "氏名", "派遣者名", "担当者氏名"),
    "sender": ("派遣元", "派遣元企業", "派遣元団体", "所属"),
    "role": ("派遣先での役職", "派遣先役職", "役職", "派遣先での職名"),
}
LIKE_ENOUGH = 85
"""Of 100, by which a label with a slip of the pen is still that label."""
_LABEL_LINE = re.compile(r"^[\s●■□◆○◎・\-]*([^:：。、\s]{2,12})\s*[:：]\s*(.*)$")
_ASPECTS: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    ("difficulty", re.compile(r"苦労|成功体験|学んだこと|心がけ")),
    ("outlook", re.compile(r"今後の(展開|方針|取組|展望|予定)|今後に向け")),
    ("measure", re.compile(r"取組状況|取り組み状況|取組内容|取組の概要|主な取組")),
    ("challenge", re.compile(r"(市区?町村|市|町|村|区|地域|自治体)の(主な)?課題")),
)
LONGEST_HEADING = 40
FIRST_LINES = 12
"""Lines below a heading in which the block of the sender, or the first section, stands."""
_PREFECTURE = re.compile("|".join(PREFECTURES.values()))
_QUOTED = re.compile(r"[「『【].*$")


@dataclass
class DraftReport:
    """One report as it stands in a document; line numbers count from 1.

    ``labels`` hold the written value and its line (never a person's name); ``sections`` are (aspect, first line, last
    line); ``names`` are the names of persons that must not leave the report.
    """

    start: int
    end: int = 0
    code: str = ""
    municipality: str = ""
    title: str = ""
    labels: dict[Label, tuple[str, int]] = field(default_factory=dict)
    sections: list[tuple[Aspect, int, int]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def pdf_lines(content: bytes, name: str, most_pages: int = 500) -> list[str]:
    """Return the lines of a PDF's text, page by page.

    Raises
    ------
    DataError
        When it is no PDF, is encrypted, has too many pages, or holds no text (a scan).
    """
    from pypdf import PdfReader  # noqa: PLC0415 - only for PDF
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(content))
        if len(reader.pages) > most_pages:
            msg = f"{name} は{len(reader.pages):,}ページあります（{most_pages}ページまで）。分けてください。"
            raise DataError(msg)
        text = "\n".join(page.extract_text() or "" for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as error:
        if isinstance(error, DataError):
            raise
        msg = f"{name} を PDF として読めません。文字を選べる PDF か、テキストにして指定してください。"
        raise DataError(msg) from error
    if not text.strip():
        msg = f"{name} に文字がありません（画像だけの PDF）。OCR をかけてから指定してください。"
        raise DataError(msg)
    return text.split("\n")


def label_of(line: str) -> tuple[Label, str] | None:
    """Return which label a line is, and its value; None where it is none.

    Examples
    --------
    >>> label_of("派遣市先市町村：岐阜県美濃加茂市"), label_of("派遣先市町村の課題")
    (('municipality', '岐阜県美濃加茂市'), None)
    """
    found = _LABEL_LINE.match(unicodedata.normalize("NFKC", line.strip()))
    if not found:
        return None
    written, value = found[1], found[2].strip()
    best = max(((fuzz.ratio(written, each), kind) for kind, names in _LABELS.items() for each in names))
    return (best[1], value) if best[0] >= LIKE_ENOUGH else None


def split_reports(lines: list[str]) -> list[DraftReport]:
    """Take a document apart.

    Parameters
    ----------
    lines
        All lines of the document.

    Returns
    -------
    list of DraftReport
        In order. A slide that names the same municipality again and brings no sender of its own continues the report.
    """
    reports: list[DraftReport] = []
    for number, line in enumerate(lines, 1):
        found = label_of(line)
        if not found:
            continue
        label, value = found
        if label == "municipality":
            code, name = _place(value, lines[number : number + 3])
            if reports and code and reports[-1].code == code and not _block_follows(lines, number):
                continue
            reports.append(DraftReport(number, code=code, municipality=name, title=_title(value)))
            reports[-1].labels["municipality"] = (value, number)
        elif label == "person":
            if not reports or "sender" in reports[-1].labels:
                _begin_unlabelled(reports, lines, number)
            if reports and value:
                reports[-1].names += [part for part in re.split(r"[、,・／/]", value) if len(part.strip()) > 1]
        elif reports and (label not in reports[-1].labels):
            reports[-1].labels[label] = (_continued(value, lines[number : number + 2]), number)
    for this, following in zip(reports, [*reports[1:], None][: len(reports)], strict=True):
        this.end = following.start - 1 if following else len(lines)
        this.sections = _sections(lines, this)
    return reports


def _continued(value: str, below: list[str]) -> str:
    """Return a value that goes on in the next line, where nothing stands behind the label."""
    value = value or next((each.strip() for each in below if each.strip() and not label_of(each)), "")
    # Two roles of two persons, parted by a stroke that begins the next line.
    more = unicodedata.normalize("NFKC", below[0].strip()) if below else ""
    return value + "／" + more.lstrip("/ ") if more.startswith("/") else value


def _block_follows(lines: list[str], number: int) -> bool:
    """Whether a sender or the challenges come first: then this is a report, not a further slide of the last one."""
    for line in lines[number : number + FIRST_LINES]:
        found = label_of(line)
        if found and found[0] in ("person", "sender"):
            return True
        if found or (aspect := _aspect_of(line)) not in (None, "challenge"):
            return False
        if aspect:
            return True
    return False


def _place(value: str, below: list[str]) -> tuple[str, str]:
    """Return code and name of the municipality that a label names; its name may go on in the next line."""
    text = _QUOTED.sub("", value).strip()
    rest = next((each.strip() for each in below if each.strip()), "")
    for candidate in (text, text.removesuffix("町村"), f"{text}{rest[:1]}", text.split()[0] if text.split() else text):
        found = resolve(candidate)
        if found.code and found.status in ("resolved", "merged"):
            return found.code, candidate
    return "", text


def _title(value: str) -> str:
    found = _QUOTED.search(value)
    return found[0].strip("「」『』【】 ") if found else ""


def _begin_unlabelled(reports: list[DraftReport], lines: list[str], number: int) -> None:
    """Begin a report whose label is missing, at the nearest line above that names one municipality."""
    last = reports[-1].start if reports else 0
    below = " ".join(lines[number : number + FIRST_LINES])
    prefecture = _PREFECTURE.search(below)
    for above in range(number - 1, max(last, number - FIRST_LINES), -1):
        line = lines[above - 1].strip()
        if not line or len(line) > LONGEST_HEADING:
            continue
        mentions = list(scan(line, prefecture=prefecture[0] if prefecture else None))
        codes = {each.code for each in mentions if each.code}
        if len(codes) == 1:
            reports.append(DraftReport(above, code=codes.pop() or "", municipality=line, title=_title(line)))
            return


def _aspect_of(line: str) -> Aspect | None:
    text = unicodedata.normalize("NFKC", line).strip().strip("#*●■□◆○◎・-【】()〈〉<>①②③ ")
    if not text or len(text) > LONGEST_HEADING or text.endswith(("。", "た", "る")):
        return None
    return next((aspect for aspect, words in _ASPECTS if words.search(text)), None)


def _sections(lines: list[str], report: DraftReport) -> list[tuple[Aspect, int, int]]:
    found: list[tuple[Aspect, int]] = []
    for number in range(report.start, report.end + 1):
        aspect = _aspect_of(lines[number - 1])
        if aspect:
            found.append((aspect, number))
    ends = [*(number - 1 for _, number in found[1:]), report.end][: len(found)]
    return [(aspect, number + 1, end) for (aspect, number), end in zip(found, ends, strict=True) if end > number]
