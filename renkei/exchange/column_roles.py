"""What a planner's columns are: code, name, prefecture, coordinates, date or figures; by heading and content."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Literal

from geo.codes import PREFECTURES
from renkei.exchange.written_numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Role = Literal["code", "name", "prefecture", "longitude", "latitude", "date", "partner", "members", "value", "text"]

ROLE_NAMES: dict[Role, tuple[str, str]] = {
    "code": ("団体コード", "Municipality code"),
    "name": ("自治体名", "Municipality"),
    "prefecture": ("都道府県", "Prefecture"),
    "longitude": ("経度", "Longitude"),
    "latitude": ("緯度", "Latitude"),
    "date": ("時点", "Date"),
    "partner": ("相手", "Partner"),
    "members": ("構成自治体", "Members"),
    "value": ("値", "Figure"),
    "text": ("その他", "Other"),
}

_PLACE = "(市区?町村|区市町村|市町村等|自治体|団体|地方公共団体|都市)"
_HEADINGS: dict[Role, re.Pattern[str]] = {
    "code": re.compile(rf"({_PLACE}|標準地域|全国地方公共団体)?(コード|番号)|jis_?code|.*code[56]?|areacode|lg_?code"),
    "prefecture": re.compile(r"都道府県名?|県名|pref(ecture)?(_?name)?"),
    "members": re.compile(rf".*(構成|近隣|参加|加盟|会員){_PLACE}(名|一覧)?|members?"),
    "partner": re.compile(rf"相手(先|方|{_PLACE})?.*|(連携|協定|提携|姉妹|友好)(先|相手|都市)({_PLACE}?名)?|partner"),
    "name": re.compile(rf"({_PLACE}|所在地?|住所|実施団体|会員)(名|名称)?|municipality(_?name)?|city|name|address"),
    "longitude": re.compile(r"経度.*|lon(gitude)?|lng|x|.*_lon"),
    "latitude": re.compile(r"緯度.*|lat(itude)?|y|.*_lat"),
    "date": re.compile(r"年度?|年月日?|時点|日付|開始(日|年)?|締結(日|年月日?)|基準日|date|year|since"),
}
"""Headings as they stand in planners' and ministries' tables, folded; the first that matches whole."""

_CODE = re.compile(r"\d{4,6}(\.0)?")
SAMPLED = 200
MOSTLY = 0.7
"""Share of the filled cells that must be of a kind for a column to be of it."""


def folded(heading: str) -> str:
    r"""Fold a heading: NFKC, lower case, without spaces, line breaks and what stands in brackets.

    Examples
    --------
    >>> folded("市区町村\nコード（６桁）")
    '市区町村コード'
    """
    text = unicodedata.normalize("NFKC", heading).casefold()
    text = re.sub(r"[(\[{【].*?[)\]}】]", "", text)
    return re.sub(r"[\s　・.:*※]", "", text)


def recognize_columns(header: Sequence[str], body: Sequence[Sequence[str]]) -> tuple[Role, ...]:
    """Say what each column is.

    Parameters
    ----------
    header
        Headings.
    body
        Rows of text cells, as wide as the header.

    Returns
    -------
    tuple of Role
        One a column; ``code``, ``name``, ``prefecture``, ``longitude``, ``latitude`` and ``partner`` at most once.

    Examples
    --------
    >>> recognize_columns(["団体コード", "自治体", "導入率（％）"], [["104442", "川場村", "12.5"]])
    ('code', 'name', 'value')
    """
    samples = [_sample(body, column) for column in range(len(header))]
    roles: list[Role] = [_by_content(cells) for cells in samples]
    taken: set[Role] = set()
    for column, heading in enumerate(header):
        found = _by_heading(folded(heading))
        if found and found not in taken and _agrees(found, samples[column]):
            roles[column] = found
            if found not in ("date", "members"):
                taken.add(found)
    # Without a heading that says so, the first column of places is the name.
    if not taken & {"code", "name"}:
        for column, cells in enumerate(samples):
            if (
                roles[column] == "text"
                and _share(cells, lambda cell: cell.endswith(("市", "町", "村", "区"))) >= MOSTLY
            ):
                roles[column] = "name"
                break
    return tuple(roles)


def _sample(body: Sequence[Sequence[str]], column: int) -> list[str]:
    return [text for row in body[:SAMPLED] if column < len(row) and (text := row[column].strip())]


def _by_heading(heading: str) -> Role | None:
    return next((role for role, pattern in _HEADINGS.items() if pattern.fullmatch(heading)), None)


def _share(cells: list[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _is_number(cell: str) -> bool:
    try:
        read_number(cell)
    except ValueError:
        return False
    return True


def _by_content(cells: list[str]) -> Role:
    return "value" if cells and _share(cells, _is_number) >= MOSTLY else "text"


def _agrees(role: Role, cells: list[str]) -> bool:
    """Whether what stands in a column can be what its heading says; an empty column agrees with anything."""
    if not cells:
        return True
    if role == "code":
        plain = [unicodedata.normalize("NFKC", cell).replace(",", "") for cell in cells]
        return _share(plain, lambda cell: _CODE.fullmatch(cell) is not None) >= MOSTLY
    if role in ("longitude", "latitude"):
        return _share(cells, _is_number) >= MOSTLY
    if role == "prefecture":
        names = {*PREFECTURES.values(), *PREFECTURES, *(name[:-1] for name in PREFECTURES.values())}
        return _share(cells, lambda cell: unicodedata.normalize("NFKC", cell) in names) >= MOSTLY
    if role in ("name", "partner", "members"):
        return _share(cells, _is_number) < MOSTLY
    return True


def _ends_as_a_place(cell: str) -> bool:
    return cell.endswith(("市", "町", "村", "区"))
