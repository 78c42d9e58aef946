"""Gaps: how much is told of a theme where, by which means and how far; where need is high and no case exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from geo.codes import PREFECTURES
from geo.errors import InvalidFilterError
from layers.themes import THEMES, find_theme
from renkei.analysis.peers import standardize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from renkei.atlas import Atlas

NEED: Mapping[str, Mapping[str, int]] = {
    "脱炭素": {"fit_solar_kw_per_1000": -1},
    "DX": {"online_rate_32": -1, "mynumber_held_rate": -1},
    "医療福祉": {"projected_share_75": 1, "doctors_per_100000": -1},
    "移住定住・関係人口": {"population_change_2020_2050": -1, "social_change_rate": -1},
    "交通": {"population_density": -1, "share_75": 1},
    "子育て": {"share_0_14": -1},
    "産業振興": {"income_per_taxpayer": -1},
    "行財政・組織改革": {"fiscal_capacity": -1, "ordinary_balance_ratio": 1},
}
"""Theme → indicators that stand for its need; 1: more is more need, −1: less is. A choice, shown with the answer."""

HIGH = 80.0
"""Percentile of the need from which it is high."""


def theme_by_prefecture(atlas: Atlas) -> pd.DataFrame:
    """Count cases and municipalities, and the people they stand for, by theme and prefecture.

    Returns
    -------
    pandas.DataFrame
        One row a theme and prefecture, zeros among them: ``theme``, ``prefecture_code``, ``prefecture``, ``cases``,
        ``municipalities``, ``people`` (residents' register of the municipalities). A case of several prefectures
        counts in each.
    """
    newest = atlas.values("register_population")
    people = dict(zip(newest.index.astype(str), newest.to_numpy(dtype=float), strict=True))
    codes: dict[tuple[str, str], set[str]] = {}
    cases: dict[tuple[str, str], int] = {}
    for members, prefectures, themes in atlas.cases()[["member_codes", "prefecture_codes", "themes"]].itertuples(
        index=False
    ):
        for theme in themes:
            for prefecture in {*prefectures, *(code[:2] for code in members)}:
                cell = theme, prefecture
                cases[cell] = cases.get(cell, 0) + 1
                codes.setdefault(cell, set()).update(code for code in members if code[:2] == prefecture)
    cells = [(theme.name, prefecture) for theme in THEMES for prefecture in PREFECTURES]
    return pd.DataFrame(
        {
            "theme": [theme for theme, _ in cells],
            "prefecture_code": [prefecture for _, prefecture in cells],
            "prefecture": [PREFECTURES[prefecture] for _, prefecture in cells],
            "cases": [cases.get(cell, 0) for cell in cells],
            "municipalities": [len(codes.get(cell, ())) for cell in cells],
            "people": [int(sum(people[code] for code in codes.get(cell, ()))) for cell in cells],
        }
    )


def means_by_stage(atlas: Atlas, theme: str = "") -> pd.DataFrame:
    """Count the cases by means and stage; a case with several means counts in each.

    Parameters
    ----------
    atlas
        The tables.
    theme
        Japanese or English name; "" for all.

    Returns
    -------
    pandas.DataFrame
        ``means``, ``stage``, ``cases``, ``municipalities``, ``case_ids`` (tuple); cells without a case are left out.

    Raises
    ------
    InvalidFilterError
        When there is no such theme.
    """
    cases = atlas.cases()
    if theme:
        name = find_theme(theme).name
        cases = cases[[name in themes for themes in cases["themes"]]]
    contents = atlas.case_contents()[["means", "stage"]]
    rows = cases[["id", "member_codes"]].merge(contents, left_on="id", right_index=True).explode("means")
    found = []
    for (means, stage), cell in rows[rows["means"].notna()].groupby(["means", "stage"], sort=True):
        municipalities = {code for members in cell["member_codes"] for code in members}
        found.append((means, stage, cell["id"].nunique(), len(municipalities), tuple(sorted(cell["id"].unique()))))
    return pd.DataFrame(found, columns=["means", "stage", "cases", "municipalities", "case_ids"])


class Need(NamedTuple):
    """A municipality of high need without a case: the need's percentile, the figures it stands on, who tells of it.

    ``challenges``: challenges of the theme that its own cases or those of its prefecture tell.
    """

    code: str
    name: str
    need: float
    figures: Mapping[str, float]
    challenges: int


def need_without_case(
    atlas: Atlas, theme: str, indicators: Mapping[str, int] | None = None, *, prefectures: Sequence[str] = ()
) -> tuple[Need, ...]:
    """Name the municipalities whose need is high and that have no case of the theme.

    The need is the mean of the robustly standardized indicators, each by its sign; high is its upper fifth in the
    country. A municipality without a value of any of them is not named.

    Parameters
    ----------
    atlas, theme
        Tables; Japanese or English name.
    indicators
        Indicator → 1 (more is more need) or −1; those of ``NEED`` by default.
    prefectures
        2-digit codes; all by default.

    Raises
    ------
    InvalidFilterError
        When there is no such theme, or no indicators are given for a theme that has none in ``NEED``.
    UnknownNameError
        When there is no such indicator.
    """
    name = find_theme(theme).name
    known = {each.id for each in atlas.indicators()}
    chosen = dict(indicators) if indicators else {k: v for k, v in NEED.get(name, {}).items() if k in known}
    if not chosen:
        msg = f"テーマ「{name}」の必要度を測る指標が決められていません。指標を指定してください（例：share_65=1）。"
        raise InvalidFilterError(msg)
    places = atlas.municipalities()
    values = {each: atlas.values(each) for each in chosen}
    scores = [sign * standardize(values[each].to_numpy(dtype=float)) for each, sign in chosen.items()]
    need = pd.Series(np.mean(scores, axis=0), index=places.index).rank(pct=True) * 100
    have, told = _codes_of(atlas, name), _challenges(atlas, name)
    wanted = need[need >= HIGH].sort_values(ascending=False, kind="stable")
    return tuple(
        Need(
            code,
            str(places["prefecture"][code] + places["name"][code]),
            round(float(percent), 1),
            {each: float(series[code]) for each, series in values.items()},
            told.get(code[:2], 0),
        )
        for code, percent in zip(wanted.index.astype(str), wanted, strict=True)
        if code not in have and (not prefectures or code[:2] in prefectures)
    )


def _codes_of(atlas: Atlas, theme: str) -> set[str]:
    cases = atlas.cases()
    return {
        code
        for members, themes in zip(cases["member_codes"], cases["themes"], strict=True)
        if theme in themes
        for code in members
    }


def _challenges(atlas: Atlas, theme: str) -> dict[str, int]:
    """Return prefecture → how many challenges of the theme its cases tell."""
    items, cases = atlas.items(), atlas.cases().set_index("id")
    found: dict[str, int] = {}
    for case, aspect, themes in zip(items["case_id"], items["aspect"], items["themes"], strict=True):
        if aspect == "challenge" and theme in themes and case in cases.index:
            for prefecture in cases["prefecture_codes"][case]:
                found[prefecture] = found.get(prefecture, 0) + 1
    return found
