"""A theme: what was tried, where, how far; what was hard, what worked; beside it what heads of towns expect."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layers.cases import MEANS, STAGES
from layers.tables import rows
from layers.themes import find_theme
from renkei.present.case_card import CaseLink, case_rows, case_title, codes_of_case, means_name, theme_name
from renkei.present.case_words import case_word
from renkei.present.party_names import party_name

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.present.words import Language

EXPECTATIONS = "ネットワークへの期待（5=大～1=小）"
MEAN = "平均"
OF_EVERY_THEME = (
    "プラチナ社会実現にむけた地域の先進的な取組に関する情報発信",
    "首長をはじめとする自治体間のネットワーク形成",
)
OF_A_THEME: dict[str, tuple[str, ...]] = {
    "教育・人材育成": (
        "自治体の中核となる人財育成プログラムの提供",
        "小学生に向けた人財教育プログラムの提供",
        "高校生に向けた人財育成プログラムの提供",
    ),
    "産業振興": (
        "中小企業従業者、または経営者に向けた人財育成プログラムの提供",
        "市場が形成されていない新産業の実装",
    ),
    "DX": ("最新技術トレンドに関する情報発信",),
    "まちづくり": ("多世代交流の具現化",),
    "行財政・組織改革": ("社会課題解決に向けて必要な様々な制度設計の主導的役割",),
}
"""Theme → items of the survey that speak of it, by their own words."""
NOT_ASKED = {
    "ja": "連携の事業に加わる意向の表は、資料にありません。",
    "en": "The document holds no table of the willingness to take part in joint projects.",
}


@dataclass(frozen=True)
class Told:
    """One sentence of a case: ``text`` (Japanese), ``case`` (where it stands)."""

    text: str
    case: CaseLink


@dataclass(frozen=True)
class MatrixRow:
    """One means: its name, and for each stage the ids of the cases."""

    means: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Expectation:
    """One item of the survey: ``item`` (Japanese), ``mean`` (1–5), ``high`` (% that answered 4 or 5), ``source``."""

    item: str
    mean: float
    high: float
    source: str


@dataclass(frozen=True)
class ThemePage:
    """What is known of a theme.

    Parameters
    ----------
    name
        In the language.
    stages
        Headings of the matrix, first to last.
    matrix
        Means × stages: what was tried how often, how far; most frequent first.
    cases
        All cases of the theme; ``why`` is the summary.
    hard, worked
        What was hard, what worked, in the words of the cases.
    expectations, note
        The survey of heads of municipalities, and what it does not tell.
    municipalities
        How many take part in the cases.
    """

    name: str
    stages: tuple[str, ...]
    matrix: tuple[MatrixRow, ...]
    cases: tuple[CaseLink, ...]
    hard: tuple[Told, ...]
    worked: tuple[Told, ...]
    expectations: tuple[Expectation, ...]
    note: str
    municipalities: int


def theme_page(atlas: Atlas, theme: str, language: Language = "ja", means: str = "") -> ThemePage:
    """Return what is known of a theme, or of a theme and one means.

    Raises
    ------
    InvalidFilterError
        When the theme does not exist.

    Examples
    --------
    >>> from renkei.atlas import Atlas
    >>> page = theme_page(Atlas.open(), "脱炭素")
    >>> page.stages, len(page.cases) > 10, sum(map(len, page.matrix[0].cells)) > 5
    (('計画', '実証', '実施', '成果'), True, True)
    """
    name = find_theme(theme).name
    own = {
        identifier: row
        for identifier, row in case_rows(atlas).items()
        if name in row["themes"] and (not means or means in row["means"])
    }
    english = language == "en"
    links = {identifier: _link(row, language) for identifier, row in own.items()}
    return ThemePage(
        theme_name(name, language),
        tuple(words[english] for words in STAGES.values()),
        tuple(_matrix(own, language)),
        tuple(links.values()),
        tuple(_told(atlas, name, links, "difficulty")),
        tuple(_told(atlas, name, links, "success")),
        tuple(_expectations(atlas, name)),
        NOT_ASKED[language],
        len({code for row in own.values() for code in codes_of_case(row) if not code.endswith("000")}),
    )


def _link(row: dict[str, Any], language: Language) -> CaseLink:
    place = ("、" if language == "ja" else "; ").join(party_name(code, language) for code in codes_of_case(row))
    why = row["summary_en" if language == "en" else "summary"]
    return CaseLink(row["id"], case_title(row), place, why, codes_of_case(row)[0])


def _matrix(own: dict[str, dict[str, Any]], language: Language) -> list[MatrixRow]:
    cells: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for identifier, row in own.items():
        for each in row["means"]:
            cells[each][row["stage"]].append(identifier)
    order = sorted(cells, key=lambda each: (-sum(map(len, cells[each].values())), list(MEANS).index(each)))
    return [
        MatrixRow(means_name(each, language), tuple(tuple(cells[each].get(stage, ())) for stage in STAGES))
        for each in order
    ]


def _told(atlas: Atlas, theme: str, links: dict[str, CaseLink], aspect: str) -> list[Told]:
    """Return what is told of an aspect: items of the theme; where no item can have it, of cases that are about it."""
    frame = atlas.items()
    frame = frame[frame["aspect"].eq(aspect) & frame["case_id"].isin(links)]
    of_theme = frame[[theme in themes for themes in frame["themes"]]]
    if of_theme.empty:
        first = {identifier for identifier, row in case_rows(atlas).items() if row["primary_theme"] == theme}
        of_theme = frame[frame["case_id"].isin(first)]
    return [Told(row["text"], links[row["case_id"]]) for row in rows(of_theme)]


def _expectations(atlas: Atlas, theme: str) -> list[Expectation]:
    survey = atlas.survey()
    survey = survey[survey["table"].eq(EXPECTATIONS)]
    found = []
    for item in (*OF_A_THEME.get(theme, ()), *OF_EVERY_THEME):
        own = survey[survey["item"].eq(item)]
        values = dict(zip(own["column"], own["value"], strict=True))
        found.append(
            Expectation(item, float(values[MEAN]), float(values["5"] + values["4"]), str(own["source"].iloc[0]))
        )
    return found


def matrix_heading(language: Language) -> str:
    """Return the heading of the matrix's first column."""
    return case_word("means", language)
