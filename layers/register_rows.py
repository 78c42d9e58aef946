"""What a person wrote into a row of the register's template, read cell by cell: places, dates, themes, pages."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from geo.codes import PREFECTURES, normalize_prefecture
from geo.errors import RenkeiError
from geo.gazetteer import display_name, municipalities
from geo.resolve import resolve
from layers.dates import read_date
from layers.evidence import OWN, find_tier
from layers.themes import find_theme

LONGEST_NAME = 200
LONGEST_NOTE = 1_000
LONGEST_URL = 2_000
MOST_MEMBERS = 2_000

_SPLIT = re.compile(r"[、,，・･;；／/\n]+")
_THEMES = re.compile(r"[、,，;；／/]+|・(?!関係人口|人材育成)")
_URL = re.compile(r"https?://[^\s/\"'<>\\]+\.[^\s\"'<>\\]+")
_WHOLE = re.compile(r"(?P<prefecture>.{2,3}[都道府県])(?:内)?の?全(?:市町村|市区町村|市町|町村|市区)")
_PERSON = re.compile(r"0\d{1,4}-\d{1,4}-\d{3,4}|[\w.+-]+@[\w-]+\.[\w.]+|[一-龥]{2,4}(?:氏|様|さん)(?![一-龥])")

Row = dict[str, str]


class RowError(Exception):
    """A row cannot be taken; its text says why and what to do."""


def plain(row: Row, column: str, longest: int = LONGEST_NAME) -> str:
    r"""Return a cell as one line of visible text.

    Characters that nobody sees (zero width, direction marks) are taken out; others that no text holds are refused.

    Raises
    ------
    RowError
        When the cell holds control characters, or is too long.

    Examples
    --------
    >>> plain({"名称": "銀河\u200b連邦 \n"}, "名称")
    '銀河連邦'
    """
    text = unicodedata.normalize("NFC", row.get(column, ""))
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if char in "\t\r\n":
            kept.append(" ")
        elif category in ("Cc", "Cs", "Co", "Cn"):
            msg = f"{column}に使えない文字（U+{ord(char):04X}）があります"
            raise RowError(msg)
        elif category != "Cf":
            kept.append(char)
    found = " ".join("".join(kept).split())
    if len(found) > longest:
        msg = f"{column}が長すぎます（{longest:,}文字まで）"
        raise RowError(msg)
    return found


def named(row: Row, column: str, what: str) -> str:
    """Return a cell that must hold a name.

    Raises
    ------
    RowError
        When it holds nothing that can be read.
    """
    found = plain(row, column)
    if not any(char.isalnum() for char in found):
        msg = f"{what}がありません"
        raise RowError(msg)
    return found


def refuse_persons(*texts: str) -> None:
    """Refuse what looks like a person's name or contact.

    Raises
    ------
    RowError
        When there is such a thing.
    """
    for text in texts:
        if found := _PERSON.search(text):
            msg = f"個人の名前か連絡先のような「{found[0][:20]}」があります。消してください"
            raise RowError(msg)


def dated(row: Row, column: str) -> str:
    """Return the ISO date that a cell says, or "".

    Raises
    ------
    RowError
        When it is none (``layers.dates.read_date``).
    """
    try:
        return read_date(plain(row, column))
    except RenkeiError as error:
        msg = f"{column}{error}"
        raise RowError(msg) from error


def page(row: Row) -> Row:
    """Return ``url``, ``tier`` and ``stated_on`` of the page that a row stands on.

    Raises
    ------
    RowError
        When the address is missing or none, the kind of page or its day is wrong.
    """
    url = plain(row, "根拠のURL", LONGEST_URL)
    if not _URL.fullmatch(url):
        msg = "根拠のURL（http から始まるページのアドレス）がありません"
        raise RowError(msg)
    try:
        tier = find_tier(plain(row, "根拠の種類") or "公式ページ")
    except RenkeiError as error:
        raise RowError(str(error)) from error
    if tier in ("document", OWN):
        msg = "根拠の種類は 公式ページ、報道・関係団体のページ、写し のどれかにしてください"
        raise RowError(msg)
    return {"url": url, "tier": tier, "stated_on": dated(row, "ページの日付")}


def themes(row: Row, default: str) -> str:
    """Return the themes that a row names, joined by ``;``; the default where it names none.

    Raises
    ------
    RowError
        When one does not exist; the message names those that do.
    """
    written = [part.strip() for part in _THEMES.split(plain(row, "テーマ")) if part.strip()]
    try:
        return ";".join(dict.fromkeys(find_theme(each).name for each in written)) or default
    except RenkeiError as error:
        raise RowError(str(error)) from error


@lru_cache(4096)
def party(written: str) -> tuple[str, str]:
    """Return the code of a municipality or prefecture, and its former name where it has been merged.

    Raises
    ------
    RowError
        When the name is that of none or of several, or contradicts the prefecture that stands before it.

    Examples
    --------
    >>> party("長野県"), party("東京都田無市")
    (('20000', ''), ('13229', '東京都田無市'))
    """
    if written in PREFECTURES.values():
        return f"{normalize_prefecture(written)}000", ""
    found = resolve(written)
    if found.code and found.status in ("resolved", "merged"):
        return found.code, found.matched if found.status == "merged" else ""
    candidates = [code for code in found.candidates if code[:2] in PREFECTURES][:5]
    hint = f"。候補：{'、'.join(map(place_name, candidates))}" if candidates else ""
    msg = f"「{written[:30]}」が一つの自治体に決まりません（都道府県から書いてください{hint}）"
    raise RowError(msg)


def parties(row: Row) -> tuple[list[str], list[str], bool]:
    """Return the codes of a network's or bloc's members in the order written, former names, and how they are given.

    Returns
    -------
    list of str, list of str, bool
        Codes; names of municipalities that have been merged since; whether all municipalities of a prefecture are
        named as such (「兵庫県内の全市町」).

    Raises
    ------
    RowError
        As ``party``; and when there are too many, or no municipality among them.
    """
    written = [plain(row, "自治体")]
    cell = row.get("相手・構成自治体", "")
    written += [
        plain({"相手・構成自治体": part}, "相手・構成自治体") for part in _SPLIT.split(cell)[: MOST_MEMBERS + 1]
    ]
    if len(written) > MOST_MEMBERS:
        msg = f"構成自治体が多すぎます（{MOST_MEMBERS:,}まで）"
        raise RowError(msg)
    codes: list[str] = []
    former: list[str] = []
    whole = False
    for name in filter(None, written):
        found = _WHOLE.fullmatch(name)
        if found and found["prefecture"] in PREFECTURES.values():
            inside = municipalities()["prefecture_code"].eq(normalize_prefecture(found["prefecture"]))
            kinds = tuple(kind for kind in "市区町村" if kind in name.split("全", 1)[1])
            codes += [str(code) for code, each in municipalities().loc[inside, "name"].items() if each.endswith(kinds)]
            whole = True
        else:
            code, was = party(name)
            codes.append(code)
            former += [was] if was else []
    if all(code.endswith("000") for code in codes):
        msg = "構成に市区町村が1つもありません"
        raise RowError(msg)
    return list(dict.fromkeys(codes)), former, whole


def place_name(code: str) -> str:
    """Return a place's name with its prefecture, or the code where it has none."""
    try:
        return display_name(code)
    except (KeyError, RenkeiError):
        return code
