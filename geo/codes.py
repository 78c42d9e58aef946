"""Municipality codes (JIS X 0402, 5 digits; 総務省 code with check digit, 6) and prefectures (JIS X 0401)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.errors import InvalidCodeError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMES = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
]
_NAMES_EN = [
    "Hokkaido",
    "Aomori",
    "Iwate",
    "Miyagi",
    "Akita",
    "Yamagata",
    "Fukushima",
    "Ibaraki",
    "Tochigi",
    "Gunma",
    "Saitama",
    "Chiba",
    "Tokyo",
    "Kanagawa",
    "Niigata",
    "Toyama",
    "Ishikawa",
    "Fukui",
    "Yamanashi",
    "Nagano",
    "Gifu",
    "Shizuoka",
    "Aichi",
    "Mie",
    "Shiga",
    "Kyoto",
    "Osaka",
    "Hyogo",
    "Nara",
    "Wakayama",
    "Tottori",
    "Shimane",
    "Okayama",
    "Hiroshima",
    "Yamaguchi",
    "Tokushima",
    "Kagawa",
    "Ehime",
    "Kochi",
    "Fukuoka",
    "Saga",
    "Nagasaki",
    "Kumamoto",
    "Oita",
    "Miyazaki",
    "Kagoshima",
    "Okinawa",
]

PREFECTURES: Mapping[str, str] = MappingProxyType({f"{i:02}": name for i, name in enumerate(_NAMES, 1)})
"""Prefecture code (2 digits, JIS X 0401) to name; 47."""

PREFECTURES_EN: Mapping[str, str] = MappingProxyType({f"{i:02}": name for i, name in enumerate(_NAMES_EN, 1)})
"""Prefecture code (2 digits) to English name."""

_DIGITS = re.compile(r"(\d{4,6})(?:\.0+)?")
_WEIGHTS = (6, 5, 4, 3, 2)


def check_digit(code: str) -> str:
    """Return the sixth digit of a 5-digit code.

    The weighted sum of the digits (6, 5, 4, 3, 2) is taken modulo 11 and subtracted from 11; the last
    digit of the difference is the check digit (総務省「全国地方公共団体コード仕様」).

    Raises
    ------
    InvalidCodeError
        When ``code`` is not 5 ASCII digits.

    Examples
    --------
    >>> check_digit("01100"), check_digit("10444"), check_digit("13112")
    ('2', '2', '1')
    """
    if not (len(code) == 5 and code.isascii() and code.isdigit()):  # noqa: PLR2004
        msg = f"5桁の市区町村コードではありません：{code!r}"
        raise InvalidCodeError(msg)
    total = sum(int(digit) * weight for digit, weight in zip(code, _WEIGHTS, strict=True))
    return str((11 - total % 11) % 10)


def to_code6(code: str) -> str:
    """Return the 6-digit code (with check digit) of a 5-digit code.

    Examples
    --------
    >>> to_code6("10444")
    '104442'
    """
    return code + check_digit(code)


@lru_cache(maxsize=8192)
def possible_codes(text: str) -> tuple[str, ...]:
    """Return every 5-digit code that a written number may stand for, the most literal first.

    ``11002`` is a code of 埼玉県 as it stands, and 札幌市's ``011002`` with its leading zero lost: only a
    list of existing municipalities can tell (``geo.resolve`` does).

    Examples
    --------
    >>> possible_codes("11002"), possible_codes("1207"), possible_codes("012076"), possible_codes("abc")
    (('11002', '01100'), ('01207',), ('01207',), ())
    """
    digits = _DIGITS.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if digits is None:
        return ()
    number = digits[1]
    # 4 digits lost their leading zero; 5 may be a whole code or a 6-digit one that lost it.
    candidates = [number.zfill(5)] if len(number) < 6 else []  # noqa: PLR2004
    if len(number) > 4 and check_digit(number.zfill(6)[:5]) == number[-1]:  # noqa: PLR2004
        candidates.append(number.zfill(6)[:5])
    return tuple(code for code in candidates if code[:2] in PREFECTURES)


def normalize_code(value: object) -> str:
    """Return the 5-digit code that a value stands for.

    Takes text or a number of 5 digits, or of 6 with a right check digit; full-width digits; a leading
    zero that a spreadsheet lost; a float such as ``1207.0``. Five digits that are a code as they stand
    are taken as they stand (``11002`` is in 埼玉県's range, and is 札幌市 only as ``011002``).

    Raises
    ------
    InvalidCodeError
        When the value has other characters, a wrong check digit or no prefecture's number.

    Examples
    --------
    >>> normalize_code("011002"), normalize_code(1207), normalize_code("1207.0"), normalize_code("１０４４４")
    ('01100', '01207', '01207', '10444')
    """
    codes = () if isinstance(value, bool) else possible_codes(str(value))
    if not codes:
        msg = f"市区町村コードではありません（5桁か、検査数字の合う6桁の数字です）：{str(value)[:20]!r}"
        raise InvalidCodeError(msg)
    return codes[0]


def prefecture_of(code: str) -> str:
    """Return the 2-digit prefecture code of a 5-digit code.

    Examples
    --------
    >>> prefecture_of("10444")
    '10'
    """
    return code[:2]


@lru_cache(maxsize=1024)
def _prefecture(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).strip()
    if folded.isascii() and folded.isdigit() and folded.zfill(2) in PREFECTURES:
        return folded.zfill(2)
    for code, name in PREFECTURES.items():
        short = name if code == "01" else name[:-1]
        if folded in (name, short) or folded.casefold() == PREFECTURES_EN[code].casefold():
            return code
    near = tuple(name for name in PREFECTURES.values() if folded[:1] and name.startswith(folded[:1]))
    hint = f"（{'、'.join(near)}）" if near else "（例：北海道、01）"
    msg = f"都道府県「{text[:20]}」は見つかりません{hint}。"
    raise UnknownNameError(msg, near)


def normalize_prefecture(value: object) -> str:
    """Return the 2-digit code of a prefecture given by name, short name, English name or number.

    Raises
    ------
    UnknownNameError
        When it is none of the 47; ``suggestions`` holds those that begin alike.

    Examples
    --------
    >>> [normalize_prefecture(each) for each in ("北海道", "東京", "1", 13, "gunma")]
    ['01', '13', '01', '13', '10']
    """
    return _prefecture(str(value))
