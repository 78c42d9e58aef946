"""One municipality at a glance: figures and their standing, cases, ties, networks, areas, neighbours, gaps."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - GLANCE is annotated with it
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from geo.codes import PREFECTURES
from geo.errors import UnknownNameError
from layers.tables import per_snapshot
from layers.themes import THEMES
from renkei.analysis.contiguity import borders
from renkei.analysis.municipality_types import municipality_types
from renkei.analysis.partners.links import known_ties
from renkei.analysis.peers import peers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from layers.age_groups import AgeGroups
    from renkei.atlas import Atlas

LEFT_OUT = frozenset({"procedures"})
"""Groups of indicators too fine for a glance."""

GLANCE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "規模と将来": ("register_population", "social_change_rate", "population_change_2020_2050", "official_area"),
        "年齢": ("share_0_14", "share_65", "projected_share_75"),
        "なりわい": (
            "primary_industry_share",
            "secondary_industry_share",
            "tertiary_industry_share",
            "income_per_taxpayer",
            "commuter_share",
        ),
        "財政": ("fiscal_capacity", "ordinary_balance_ratio"),
        "脱炭素": ("fit_solar_kw_per_1000",),
        "DX": ("online_rate_32", "mynumber_held_rate"),
    }
)
"""What is told first, by heading: size and course, age, what it lives from, money, decarbonization, DX."""

PEERS = 20
"""So many most alike are the peers of a percentile."""


class Standing(NamedTuple):
    """A figure and where it stands: percentiles (0 to 100, the share of lower ones, equal ones by half), median, n.

    ``value`` None is no data; then all percentiles are None.
    """

    title: str
    value: float | None
    unit: str
    date: str
    flag: str
    country: float | None
    prefecture: float | None
    peers: float | None
    median: float
    n: int
    source: str


class Tie(NamedTuple):
    """A tie with its evidence."""

    id: str
    code: str
    name: str
    kind: str
    since: str
    themes: tuple[str, ...]
    source: str
    url: str


class Fact(NamedTuple):
    """A case, network, joint area or organisation: id, name, themes."""

    id: str
    name: str
    themes: tuple[str, ...]


class Told(NamedTuple):
    """A case with what it tells: challenges and results, with their place in the document."""

    id: str
    name: str
    themes: tuple[str, ...]
    challenges: tuple[tuple[str, str], ...]
    results: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Place:
    """What is known of a municipality."""

    code: str
    name: str
    prefecture: str
    type_name: str
    indicators: Mapping[str, Standing]
    population: Mapping[str, float]
    age_groups: AgeGroups
    cases: tuple[Told, ...]
    ties: tuple[Tie, ...]
    networks: tuple[Fact, ...]
    blocs: tuple[Fact, ...]
    organisations: tuple[Fact, ...]
    neighbours: tuple[tuple[str, str], ...]
    medical_areas: tuple[tuple[str, str], ...]
    peers: tuple[str, ...]
    missing: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the JSON of ``renkei place --json``."""
        return {
            "code": self.code,
            "name": self.name,
            "prefecture": self.prefecture,
            "type": self.type_name,
            "indicators": {each: standing._asdict() for each, standing in self.indicators.items()},
            "population": dict(self.population),
            "age_groups": self.age_groups.to_json(),
            "cases": [each._asdict() for each in self.cases],
            "ties": [each._asdict() for each in self.ties],
            "networks": [each._asdict() for each in self.networks],
            "blocs": [each._asdict() for each in self.blocs],
            "organisations": [each._asdict() for each in self.organisations],
            "neighbours": [{"code": code, "name": name} for code, name in self.neighbours],
            "medical_areas": [{"code": code, "name": name} for code, name in self.medical_areas],
            "peers": list(self.peers),
            "missing": list(self.missing),
        }


def place(atlas: Atlas, code: str) -> Place:
    """Tell what is known of a municipality.

    Parameters
    ----------
    atlas, code
        Tables; 5-digit code.

    Raises
    ------
    UnknownNameError
        When the code is none of the 1,741.
    """
    places = _bare(atlas.municipalities())
    if code not in places.index:
        msg = f"市区町村コード「{code[:10]}」は現在の1,741市区町村にありません。"
        raise UnknownNameError(msg)
    names = places["prefecture"] + places["name"]
    areas = _bare(atlas.medical_areas())
    alike = tuple(each.code for each in peers(atlas, code, top=PEERS).candidates)
    figures = _standings(atlas, code, alike)
    cases, ties = _cases(atlas, code), _ties(atlas, code, names)
    themes = {theme for case in cases for theme in case.themes} | {theme for tie in ties for theme in tie.themes}
    no_figure = tuple(f"指標：{each.title}" for each in figures.values() if each.value is None)
    return Place(
        code=code,
        name=str(places["name"][code]),
        prefecture=PREFECTURES[code[:2]],
        type_name=str(municipality_types(atlas)[code]),
        indicators=figures,
        population=_population(atlas, code),
        age_groups=atlas.age_groups([code]),
        cases=cases,
        ties=ties,
        networks=_facts(_bare(atlas.networks()), code),
        blocs=_facts(_bare(atlas.blocs()), code),
        organisations=_organisations(atlas, code),
        neighbours=tuple((other, str(names[other])) for other in sorted(borders(atlas).neighbors(code))),
        medical_areas=tuple(
            (str(area), str(name))
            for area, name, members in zip(areas["code"], areas["name"], areas["member_codes"], strict=True)
            if code in members
        ),
        peers=alike,
        missing=(
            *no_figure,
            *(f"テーマ：{theme.name}（事例・連携の記録なし）" for theme in THEMES if theme.name not in themes),
        ),
    )


def percentile(value: float, among: NDArray[np.float64]) -> float | None:
    """Return the share (%) of values below, equal ones by half; None where either is not known.

    Examples
    --------
    >>> percentile(2.0, np.array([1.0, 2.0, 3.0, 4.0]))
    37.5
    """
    known = among[~np.isnan(among)]
    if np.isnan(value) or not len(known):
        return None
    return round(float((np.count_nonzero(known < value) + np.count_nonzero(known == value) / 2) / len(known) * 100), 1)


@per_snapshot()
def _glance(atlas: Atlas) -> Mapping[str, tuple[NDArray[np.float64], float]]:
    """Return the newest values (n,) and the median of every indicator that a glance holds."""
    chosen = (each for each in atlas.indicators() if each.group not in LEFT_OUT and each.kind == "number")
    newest = {each.id: atlas.values(each.id).to_numpy(dtype=float) for each in chosen}
    return {
        each: (values, float(np.nanmedian(values))) for each, values in newest.items() if not np.isnan(values).all()
    }


def _standings(atlas: Atlas, code: str, alike: tuple[str, ...]) -> dict[str, Standing]:
    index = atlas.municipalities().index
    inside = np.array([each[:2] == code[:2] for each in index])
    own, peers_at = list(index).index(code), index.get_indexer(pd.Index(alike))
    found = {}
    for identifier, (values, median) in _glance(atlas).items():
        each, value = atlas.indicator(identifier), float(values[own])
        found[identifier] = Standing(
            title=each.title,
            value=None if np.isnan(value) else value,
            unit=each.unit,
            date=each.dates[-1],
            flag=each.flag(each.dates[-1]),
            country=percentile(value, values),
            prefecture=percentile(value, values[inside]),
            peers=percentile(value, values[peers_at]),
            median=median,
            n=int(np.count_nonzero(~np.isnan(values))),
            source=f"{each.publisher}「{each.source}」",
        )
    return found


def _population(atlas: Atlas, code: str) -> dict[str, float]:
    """Return year → people: the census, then the projection."""
    found = {}
    for identifier in ("projected_population", "census_population"):
        for date in atlas.indicator(identifier).dates:
            value = float(atlas.values(identifier, date)[code])
            if not np.isnan(value):
                found[date[:4]] = value
    return dict(sorted(found.items()))


def _bare(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame without its attrs: pandas copies the list of sources deeply at every step."""
    frame.attrs = {}
    return frame


def _cases(atlas: Atlas, code: str) -> tuple[Told, ...]:
    cases, items = _bare(atlas.cases()), _bare(atlas.items())
    ours = cases[[code in members for members in cases["member_codes"]]]
    of_case = items[items["case_id"].isin(ours["id"])]

    def told(case: str, aspect: str) -> tuple[tuple[str, str], ...]:
        rows = of_case[of_case["case_id"].eq(case) & of_case["aspect"].eq(aspect)]
        return tuple(zip(rows["text"], rows["evidence"], strict=True))

    return tuple(
        Told(case, title or programme, themes, told(case, "challenge"), told(case, "success"))
        for case, title, programme, themes in zip(
            ours["id"], ours["title"], ours["programme"], ours["themes"], strict=True
        )
    )


def _ties(atlas: Atlas, code: str, names: pd.Series) -> tuple[Tie, ...]:
    return tuple(
        Tie(tie.id, other, str(names[other]), tie.kind, tie.since, tie.themes, tie.source, tie.url)
        for other, known in known_ties(atlas, code).items()
        for tie in known
    )


def _facts(frame: pd.DataFrame, code: str) -> tuple[Fact, ...]:
    ours = frame[[code in members for members in frame["member_codes"]]]
    named = ours["name"].where(ours["name"].ne(""), ours["kind"]) if "kind" in ours else ours["name"]
    return tuple(Fact(*row) for row in zip(ours["id"], named, map(tuple, ours["themes"]), strict=True))


def _organisations(atlas: Atlas, code: str) -> tuple[Fact, ...]:
    """Return the organisations that work with it: id, name, what joins them."""
    links = _bare(atlas.organisation_links())
    ours = links[links["code"].eq(code)]
    names = atlas.organisations()["name"]
    joined: dict[str, list[str]] = {}
    for identifier, link in sorted(zip(ours["organisation_id"], ours["link"], strict=True)):
        joined.setdefault(identifier, []).append(link)
    return tuple(Fact(each, str(names[each]), tuple(dict.fromkeys(links))) for each, links in joined.items())
