"""What a planner's columns are: places, coordinates, dates, figures, what a case says; by heading and content."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Literal

from geo.codes import PREFECTURES
from renkei.exchange.written_numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Role = Literal[
    "code",
    "name",
    "prefecture",
    "longitude",
    "latitude",
    "date",
    "until",
    "partner",
    "members",
    "lead",
    "title",
    "category",
    "theme",
    "organisation",
    "challenge",
    "measure",
    "success",
    "difficulty",
    "outlook",
    "note",
    "value",
    "text",
]

ROLE_NAMES: dict[Role, tuple[str, str]] = {
    "code": ("団体コード", "Municipality code"),
    "name": ("自治体名", "Municipality"),
    "prefecture": ("都道府県", "Prefecture"),
    "longitude": ("経度", "Longitude"),
    "latitude": ("緯度", "Latitude"),
    "date": ("時点・開始日", "Date, since"),
    "until": ("終了日", "Until"),
    "partner": ("相手の自治体", "Other municipality"),
    "members": ("構成自治体", "Members"),
    "lead": ("中心市・代表", "Central city, lead"),
    "title": ("名称", "Title"),
    "category": ("種類", "Kind"),
    "theme": ("テーマ・分野", "Theme"),
    "organisation": ("団体", "Organisation"),
    "challenge": ("課題", "Challenge"),
    "measure": ("取組・内容", "Measure"),
    "success": ("成果", "Result"),
    "difficulty": ("難しかったこと", "Difficulty"),
    "outlook": ("今後", "Outlook"),
    "note": ("備考", "Note"),
    "value": ("値", "Figure"),
    "text": ("その他", "Other"),
}

_PLACE = "(市区?町村|区市町村|市町村等|自治体|団体|地方公共団体|都市)"
_HEADINGS: dict[Role, re.Pattern[str]] = {
    "code": re.compile(
        rf"({_PLACE}|標準地域|全国地方公共団体)?(コード|番号)|jis_?code|(?!to_).*code[56]?|areacode|lg_?code"
    ),
    "prefecture": re.compile(r"都道府県名?|県名|pref(ecture)?(_?name)?"),
    "members": re.compile(
        rf".*(構成|近隣|参加|参画|加盟|加入|会員|関係){_PLACE}(名|一覧)?\d*|members?|member_(codes|names)"
    ),
    "partner": re.compile(
        rf"相手(先|方|{_PLACE})?.*|(連携|協定|提携|締結|交流|姉妹|友好)(先|相手|都市)({_PLACE}?名?)?|"
        rf"{_PLACE}(名|コード)?[b2乙]|partner|to_(code|name)"
    ),
    "name": re.compile(
        rf"({_PLACE}|所在地?|住所|実施団体|会員)(名|名称)?|{_PLACE}(名|コード)?[a1甲]|municipality(_?name)?|city|"
        "address|from_name|区名?"
    ),
    "longitude": re.compile(r"経度.*|lon(gitude)?|lng|x|.*_lon"),
    "latitude": re.compile(r"緯度.*|lat(itude)?|y|.*_lat"),
    "date": re.compile(
        r"(実施|開始)?年度?|年月日?|時点|日付|.{0,6}(開始|締結|設立|発足|設置|調印|提携|形成)(日|年|年度|年月日?|時期)?|"
        r"基準日|date|year|fiscal_?year|since"
    ),
    "until": re.compile(r"終了(日|年|年月日?)?|満了(日|年月日?)?|until"),
    "lead": re.compile(
        rf"(連携)?中心(市|都市)名?|連携中枢都市名?|(代表|幹事|事務局){_PLACE}?名?|管理者|representative|cent(er|re)|lead"
    ),
    "title": re.compile(
        r".{0,12}(事例|事業|協定|取組|プロジェクト|施設|地点|圏域|圏|組合|協議会|連合|調達|契約|ネットワーク|連携|提携|スポット)の?(名|名称)|"
        r"名称|名前|件名|タイトル|事業|協定|圏域|施設|協定の名称|title|name"
    ),
    "category": re.compile(
        r"(協定|連携|提携|交流|事業|取組|組織|施設)?の?(種類|種別|区分|分類|形態)|kind|type|category"
    ),
    "theme": re.compile(r"(主な)?テーマ|(政策|連携|取組)?分野|themes?|fields?"),
    "organisation": re.compile(
        r"(連携)?(企業|事業者)名?|連携先(企業|団体).*|(実施)?主体|関係団体|organi[sz]ation|company"
    ),
    "challenge": re.compile(r"(地域の|現状と)?課題|背景|現状|challenges?|issues?|problems?"),
    "measure": re.compile(
        r"(主な|具体的な)?(取組|取り組み|実施|事業|連携|協定|交流)の?(内容|概要|状況)?|内容|概要|説明|対策|施策|"
        r"measures?|contents?|descriptions?|summary"
    ),
    "success": re.compile(r"(主な)?(成果|効果|結果)(・効果|と効果)?|results?|success(es)?|outcomes?"),
    "difficulty": re.compile(r"難しかった(こと|点)|苦労した(こと|点)|difficult(y|ies)"),
    "outlook": re.compile(r"今後(の(展開|展望|予定|方針|課題))?|展望|outlook|next"),
    "note": re.compile(r"備考|注記?|メモ|摘要|notes?|remarks?"),
}
"""Headings as they stand in planners' and ministries' tables, folded; the first that matches whole."""

_CODE = re.compile(r"\d{4,6}(\.0)?")
_SEVERAL = frozenset({"date", "members", "challenge", "measure", "success", "difficulty", "outlook", "note"})
"""Roles that several columns may have."""
_WORDS = frozenset({"name", "lead", "title", "category", "theme", "organisation", *(_SEVERAL - {"date", "members"})})
"""Roles of columns of words: one of figures (事業 12) is something else."""
SAMPLED = 200
HALF = 0.5
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
        One a column; at most one of each but ``date``, ``members``, ``value``, ``text`` and what a case says.

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
        if found == "name" and samples[column] and _agrees("code", samples[column]):
            found = "code"
        if found == "title" and "name" not in taken and _share(samples[column], _ends_as_a_place) >= MOSTLY:
            found = "name"
        if found in taken and found in ("code", "partner"):
            roles[column] = "text"  # the same place once more: a code of 6 digits is no figure
        elif found and found not in taken and _agrees(found, samples[column]):
            roles[column] = found
            if found not in _SEVERAL:
                taken.add(found)
    # Without a heading that says so, the first column of places is the name.
    for column, cells in enumerate(samples if not taken & {"code", "name"} else ()):
        if roles[column] == "text" and _share(cells, _ends_as_a_place) >= MOSTLY:
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
    if role in ("code", "prefecture"):
        return _agrees_as_place(role, cells)
    if role in ("longitude", "latitude"):
        return _share(cells, _is_number) >= HALF
    figures = _share(cells, _is_number) >= MOSTLY
    if role in ("partner", "members"):
        return not figures or _share(cells, lambda cell: _CODE.fullmatch(cell) is not None) > 0
    return not (figures and role in _WORDS)


def _agrees_as_place(role: Role, cells: list[str]) -> bool:
    if role == "code":
        plain = [unicodedata.normalize("NFKC", cell).replace(",", "") for cell in cells]
        return _share(plain, lambda cell: _CODE.fullmatch(cell) is not None) >= MOSTLY
    names = {*PREFECTURES.values(), *PREFECTURES, *(name[:-1] for name in PREFECTURES.values())}
    return _share(cells, lambda cell: unicodedata.normalize("NFKC", cell) in names) >= MOSTLY


def _ends_as_a_place(cell: str) -> bool:
    return cell.endswith(("市", "町", "村", "区", "都", "道", "府", "県"))
