"""Cases of collaboration – reports, ideas, projects, platforms – with what they say, their partners and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from layers.evidence import OWN, is_own, with_evidence
from layers.tables import per_snapshot
from layers.themes import main_theme

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from layers.tables import Tables

ASPECTS: dict[str, tuple[str, str]] = {
    "challenge": ("課題", "Challenge"),
    "measure": ("取組", "Measure"),
    "success": ("成果", "Result"),
    "difficulty": ("難しかったこと", "Difficulty"),
    "outlook": ("今後", "Outlook"),
}
"""What an item says, in the order in which a case is told."""

STAGES: dict[str, tuple[str, str]] = {
    "計画": ("計画", "planned"),
    "実証": ("実証", "on trial"),
    "実施": ("実施", "under way"),
    "成果": ("成果", "with results"),
}
"""How far a case has come, from first to last."""

MEANS: dict[str, str] = {
    "計画・方針の策定": "Plans and policies",
    "イベント・ワークショップ": "Events and workshops",
    "調査・分析": "Surveys and analysis",
    "情報発信・広報": "Public relations",
    "職員研修・育成": "Staff training",
    "庁内体制・推進本部": "Organisation inside the office",
    "相談窓口・伴走支援": "Advice and accompaniment",
    "実証実験": "Field trials",
    "補助金・交付金の活用": "Grants and subsidies",
    "商品・サービス開発": "Products and services",
    "住民参加・意見聴取": "Residents' participation",
    "業務改革(BPR・RPA)": "Process reform (BPR, RPA)",
    "大学・学校との連携": "Universities and schools",
    "窓口・手続のオンライン化": "Online procedures",
    "住民向け講座(デジタルデバイド対策)": "Digital classes for residents",
    "施設・設備の整備": "Facilities and equipment",
    "データ活用・基盤": "Data and data platforms",
    "企業誘致・創業支援": "Attracting and founding companies",
    "ふるさと納税・寄附": "Hometown tax donations",
    "他自治体との連携": "Other municipalities",
    "地域商社・販路開拓": "Trading companies and sales",
    "再エネ・省エネの導入": "Renewables and saving energy",
    "人材マッチング・派遣": "Matching and sending people",
    "移動サービス": "Mobility services",
    "地域通貨・キャッシュレス": "Local currency, cashless payment",
    "民間企業との連携協定": "Agreements with companies",
    "空き家・空き店舗の活用": "Use of empty houses and shops",
}
"""What was done, in a vocabulary of 27: Japanese as stored → English."""

FIGURE_STATUSES: dict[str, tuple[str, str]] = {
    "actual": ("実績", "actual"),
    "target": ("目標", "target"),
    "plan": ("計画", "plan"),
    "budget": ("予算", "budget"),
    "projection": ("推計", "projection"),
    "aim": ("ねらい", "aim"),
    "unknown": ("所感・試算", "estimate"),
}
"""Only ``actual`` is a fact; all others are marked wherever they are shown."""

FIGURE_SCOPES: dict[str, tuple[str, str]] = {
    "self": ("", ""),
    "programme": ("この事業", "this project"),
    "own_operations": ("役所の事務・事業", "the municipality's own operations"),
    "facility": ("施設", "a facility"),
    "nationwide": ("全国", "nationwide"),
    "prefecture": ("都道府県", "the prefecture"),
    "other_municipality": ("ほかの自治体", "another municipality"),
}
"""What a figure is of; ``self`` is the case's municipality."""


COORDINATES = ("longitude", "latitude")


@per_snapshot()
def cases(tables: Tables) -> pd.DataFrame:
    """Return the cases.

    Returns
    -------
    pandas.DataFrame
        ``id``, ``programme``, ``kind``, ``fiscal_year`` (text, "" where not stated), ``workshop_year`` (of the
        area's workshop, text), ``member_codes`` (tuple; empty where only the prefecture takes part),
        ``prefecture_codes`` (tuple of 2 digits), ``themes`` (tuple, primary first; empty where the source has
        but a name), ``primary_theme`` (``NO_THEME.name`` where there is none), ``title``, ``organisation`` (that
        seconds the expert), ``organisation_type``, ``parent_organisation`` (for counting by body), ``role`` (of
        the expert), ``office`` (that answers, where the source names it), ``document``, ``lines``, ``pages`` (of
        the PDF, estimated by slides: single pages may be off by one), ``note``, ``tier`` (``document``, or ``own``),
        ``longitude``, ``latitude`` (of an own point; "" where the sign stands at the place itself), ``source``,
        ``evidence``.
    """
    frame = tables.read("cases", "cases.csv", lists=("member_codes", "prefecture_codes", "themes"))
    frame.insert(8, "primary_theme", [main_theme(themes) for themes in frame["themes"]])
    frame["tier"] = frame["document"].map(lambda document: OWN if is_own(document) else "document")
    frame = frame.reindex(columns=list(dict.fromkeys([*frame.columns, *COORDINATES])), fill_value="")
    return with_evidence(tables, frame)


@per_snapshot()
def figures(tables: Tables) -> pd.DataFrame:
    """Return the figures that the reports state.

    Returns
    -------
    pandas.DataFrame
        ``case_id``, ``number``, ``kind``, ``label``, ``value`` (as written, text), ``value_min`` and
        ``value_max`` (where the text gives a range), ``unit``, ``qualifier`` (約, 弱, 超, …), ``status`` (of
        ``FIGURE_STATUSES``), ``scope`` (of ``FIGURE_SCOPES``), ``district`` (a part of the municipality, or ""),
        ``as_of`` (ISO date, year or FYyyyy; "" where not stated), ``document``, ``line``.
    """
    frame = tables.read("cases", "figures.csv")
    frame["value"] = frame["value"].where(frame["value"].ne(""), frame["value_text"])
    return frame.drop(columns=["value_text"])


@per_snapshot()
def case_contents(tables: Tables) -> pd.DataFrame:
    """Return what each case comes to, in our own words.

    Returns
    -------
    pandas.DataFrame
        Index ``case_id``; ``summary`` (Japanese), ``summary_en``, ``stage`` (of ``STAGES``), ``means`` (tuple of a
        vocabulary of 27), ``keywords`` (tuple).
    """
    return tables.read("cases", "case_contents.csv", lists=("means", "keywords")).set_index("case_id")


@per_snapshot()
def items(tables: Tables) -> pd.DataFrame:
    """Return what the cases say, sentence by sentence, in our own words.

    Returns
    -------
    pandas.DataFrame
        ``case_id``, ``number``, ``aspect`` (of ``ASPECTS``), ``text`` (Japanese), ``themes`` (tuple), ``document``,
        ``lines``, ``source``, ``evidence``.
    """
    return with_evidence(tables, tables.read("cases", "items.csv", lists=("themes",)))


@per_snapshot()
def case_partners(tables: Tables) -> pd.DataFrame:
    """Return who took part in the cases.

    Returns
    -------
    pandas.DataFrame
        ``case_id``, ``number``, ``name``, ``kind`` (``layers.organisations.KINDS``, ``municipality`` or
        ``prefecture``), ``code`` (of a municipality, or PP000; else ""), ``role``, ``document``, ``lines``,
        ``source``, ``evidence``.
    """
    return with_evidence(tables, tables.read("cases", "case_partners.csv"))


@per_snapshot()
def case_terms(tables: Tables) -> pd.DataFrame:
    """Return which words of the trade each case's document uses: an index, as at the end of a book.

    Returns
    -------
    pandas.DataFrame
        ``case_id``, ``term`` (as written), ``document``, ``lines`` (``12;15``).
    """
    return tables.read("cases", "case_terms.csv")


@per_snapshot()
def told_cases(tables: Tables) -> pd.DataFrame:
    """Return the cases with what they say: what is searched, exported and listed.

    Returns
    -------
    pandas.DataFrame
        As ``cases``, and of ``case_contents`` ``summary``, ``summary_en``, ``stage``, ``means``, ``keywords``;
        ``items`` and ``partners`` (tuples of texts), ``figure_labels`` and ``terms`` (tuples; what the document uses).
    """
    frame = cases(tables)
    contents = case_contents(tables).reindex(frame["id"])
    for column in ("summary", "summary_en", "stage"):
        frame[column] = contents[column].fillna("").to_numpy()
    for column in ("means", "keywords"):
        frame[column] = _tuples(frame, contents[column].dropna().to_dict())
    for column, table, cell in (
        ("items", items(tables), "text"),
        ("partners", case_partners(tables), "name"),
        ("figure_labels", figures(tables), "label"),
        ("terms", case_terms(tables), "term"),
    ):
        frame[column] = _tuples(frame, table.groupby("case_id")[cell].agg(tuple).to_dict())
    return frame


def _tuples(frame: pd.DataFrame, found: Mapping[Hashable, tuple[str, ...]]) -> pd.Series:
    return pd.Series([found.get(identifier, ()) for identifier in frame["id"]], index=frame.index, dtype=object)
