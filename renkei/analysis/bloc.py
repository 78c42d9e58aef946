"""Several municipalities as one: area, people, figures, how they hang together, what crosses them, what ties them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from geo.codes import PREFECTURES
from geo.errors import InvalidFilterError, UnknownNameError
from geo.measure import distance_km, party_point
from layers.themes import THEMES
from renkei.analysis.bloc_values import aggregate
from renkei.analysis.contiguity import borders, compactness, components, joining_set
from renkei.analysis.partners.links import counted_ties

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from layers.age_groups import AgeGroups
    from renkei.atlas import Atlas

CENSUS = {"2015": "2015-10-01", "2020": "2020-10-01", "2025": "2025-10-01"}
PROJECTED = ("2030", "2035", "2040", "2045", "2050")
AGES = {
    "0_14": "register_aged_0_14",
    "15_64": "register_aged_15_64",
    "65": "register_aged_65",
    "75": "register_aged_75",
}
"""Age band (75 is a part of 65) to the people in the residents' register."""

GROUPS_TOLD = ("population", "economy", "finance", "work", "education", "welfare", "decarbonization", "dx")


class Figure(NamedTuple):
    """An indicator of the whole bloc: None where a member has no data."""

    value: float | None
    date: str
    unit: str


class Span(NamedTuple):
    """How different the members are: the least and the greatest value, and whose they are."""

    least: float
    least_code: str
    greatest: float
    greatest_code: str
    date: str


class Crossed(NamedTuple):
    """An area that lies partly in the bloc: how many of its members are in and out."""

    id: str
    name: str
    inside: int
    outside: int


@dataclass(frozen=True)
class Bloc:
    """What can be said of several municipalities together.

    Parameters
    ----------
    members, names
        Codes, ascending; names with the prefecture.
    population
        Year to people: census to 2025 (flagged in ``indicators``), projection from 2030; None where a member has none.
    area_km2
        Sum of the official areas (面積調).
    contiguous, components, connectors
        Whether one part; the parts, the largest first; the fewest further municipalities that would join them, None
        where no land does.
    compactness, of_hull
        4π·area ÷ perimeter², and the share in the convex hull.
    prefectures
        Names.
    medical_areas, other_blocs
        Secondary medical areas and other joint areas that the bloc holds or cuts.
    themes, missing_themes
        Themes that cases, ties inside, networks inside or joint areas of the members touch; all others.
    indicators, ages, age_groups, spread
        Whole figures by indicator; people by age band; men and women by five-year age group; the members' extremes by
        indicator.
    centre, to_centre_km
        The most populous member, and each member's distance to it.
    ties_inside, ties_outward
        Ids of ties.
    """

    members: tuple[str, ...]
    names: tuple[str, ...]
    population: Mapping[str, int | None]
    area_km2: float
    contiguous: bool
    components: tuple[tuple[str, ...], ...]
    connectors: tuple[str, ...] | None
    compactness: float
    of_hull: float
    prefectures: tuple[str, ...]
    medical_areas: tuple[Crossed, ...]
    other_blocs: tuple[Crossed, ...]
    themes: tuple[str, ...]
    missing_themes: tuple[str, ...]
    indicators: Mapping[str, Figure]
    ages: Mapping[str, int | None]
    age_groups: AgeGroups
    spread: Mapping[str, Span]
    centre: str
    to_centre_km: Mapping[str, float]
    ties_inside: tuple[str, ...]
    ties_outward: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the JSON of ``renkei bloc --json``."""
        found = asdict(self) | {"age_groups": self.age_groups.to_json()}
        for name in ("indicators", "spread"):
            found[name] = {key: each._asdict() for key, each in getattr(self, name).items()}
        for name in ("medical_areas", "other_blocs"):
            found[name] = [each._asdict() for each in getattr(self, name)]
        return found


def bloc(atlas: Atlas, codes: Iterable[str], *, add: Iterable[str] = (), drop: Iterable[str] = ()) -> Bloc:
    """Tell what several municipalities are together.

    Parameters
    ----------
    atlas
        The tables.
    codes
        5-digit codes; order and repeats change nothing.
    add, drop
        Who joins, who leaves.

    Raises
    ------
    UnknownNameError
        When a code is none of the 1,741.
    InvalidFilterError
        When nobody is left, or somebody leaves who is not in.
    """
    members = _members(atlas, set(codes), set(add), set(drop))
    places = atlas.municipalities()
    parts = components(borders(atlas), members)
    shape = compactness(members)
    people = {code: float(value) for code, value in atlas.values("register_population")[list(members)].items()}
    centre = max(members, key=lambda code: (people[code], code))
    ties = counted_ties(atlas.ties())
    ends = ties["from_code"].isin(members).astype(int) + ties["to_code"].isin(members).astype(int)
    themes = _themes(atlas, set(members), ties[ends.eq(2)])
    return Bloc(
        members=members,
        names=tuple(places["prefecture"][code] + places["name"][code] for code in members),
        population=_population(atlas, members),
        area_km2=round(float(places["area_km2"][list(members)].sum()), 2),
        contiguous=len(parts) == 1,
        components=parts,
        connectors=joining_set(borders(atlas), parts),
        compactness=shape.isoperimetric,
        of_hull=shape.of_hull,
        prefectures=tuple(PREFECTURES[each] for each in sorted({code[:2] for code in members})),
        medical_areas=_crossed(atlas.medical_areas().rename(columns={"code": "id"}), set(members)),
        other_blocs=_crossed(atlas.blocs(), set(members)),
        themes=tuple(theme.name for theme in THEMES if theme.name in themes),
        missing_themes=tuple(theme.name for theme in THEMES if theme.name not in themes),
        indicators=_indicators(atlas, members),
        ages=_ages(atlas, members),
        age_groups=atlas.age_groups(members),
        spread=_spread(atlas, members),
        centre=centre,
        to_centre_km={code: round(distance_km(party_point(code), party_point(centre)), 1) for code in members},
        ties_inside=tuple(ties["id"][ends.eq(2)]),
        ties_outward=tuple(ties["id"][ends.eq(1)]),
    )


def _members(atlas: Atlas, codes: set[str], add: set[str], drop: set[str]) -> tuple[str, ...]:
    places = atlas.municipalities()
    if unknown := sorted(code for code in codes | add | drop if code not in places.index):
        msg = f"市区町村コード「{unknown[0][:10]}」は現在の1,741市区町村にありません。"
        raise UnknownNameError(msg)
    if absent := sorted(drop - codes):
        msg = f"{places['name'][absent[0]]}はこの圏域に入っていないので、外せません。"
        raise InvalidFilterError(msg)
    if not (members := (codes | add) - drop):
        msg = "圏域には1つ以上の市区町村が必要です。名前かコードを指定してください。"
        raise InvalidFilterError(msg)
    return tuple(sorted(members))


def _whole(number: float) -> int | None:
    return None if np.isnan(number) else round(number)


def _population(atlas: Atlas, members: Sequence[str]) -> dict[str, int | None]:
    census, projected = (atlas.indicator(each) for each in ("census_population", "projected_population"))
    found: dict[str, int | None] = {}
    for year, date in CENSUS.items():
        if date in census.dates:
            found[year] = _whole(float(atlas.values(census.id, date)[list(members)].sum(skipna=False)))
    for year in PROJECTED:
        if year in projected.dates:
            found[year] = _whole(float(atlas.values(projected.id, year)[list(members)].sum(skipna=False)))
    return found


def _ages(atlas: Atlas, members: Sequence[str]) -> dict[str, int | None]:
    return {band: _whole(float(atlas.values(aged)[list(members)].sum(skipna=False))) for band, aged in AGES.items()}


def _indicators(atlas: Atlas, members: Sequence[str]) -> dict[str, Figure]:
    positions = atlas.municipalities().index.get_indexer(pd.Index(members))
    sums: dict[tuple[str, str], NDArray[np.float64]] = {}

    def total(identifier: str, date: str) -> NDArray[np.float64]:
        # A part serves many indicators: it is added up once.
        key = identifier, date
        if key not in sums:
            sums[key] = np.array([atlas.values(identifier, date).to_numpy(dtype=float)[positions].sum()])
        return sums[key]

    found = {}
    for each in atlas.indicators():
        if each.rule is None:
            continue
        when = each.dates[-1]
        averaged = each.rule.kind == "mean"
        whole = aggregate(atlas, {"": members}, each.id).to_numpy() if averaged else each.rule.apply(when, total)
        value = float(whole[0])
        found[each.id] = Figure(None if np.isnan(value) else value, when, each.unit)
    return found


def _spread(atlas: Atlas, members: Sequence[str]) -> dict[str, Span]:
    positions = atlas.municipalities().index.get_indexer(pd.Index(members))
    found = {}
    for each in atlas.indicators():
        if each.kind != "number" or each.group not in GROUPS_TOLD:
            continue
        values = atlas.values(each.id).to_numpy(dtype=float)[positions]
        if not np.isnan(values).all():
            low, high = int(np.nanargmin(values)), int(np.nanargmax(values))
            found[each.id] = Span(float(values[low]), members[low], float(values[high]), members[high], each.dates[-1])
    return found


def _crossed(areas: pd.DataFrame, members: set[str]) -> tuple[Crossed, ...]:
    found = []
    for identifier, name, theirs in zip(areas["id"], areas["name"], areas["member_codes"], strict=True):
        if inside := len(members.intersection(theirs)):
            found.append(Crossed(str(identifier), str(name), inside, len(set(theirs)) - inside))
    return tuple(found)


def _themes(atlas: Atlas, members: set[str], inside: pd.DataFrame) -> set[str]:
    found = {theme for themes in inside["themes"] for theme in themes}
    for frame, least in ((atlas.cases(), 1), (atlas.networks(), 2), (atlas.blocs(), 2)):
        for codes, themes in zip(frame["member_codes"], frame["themes"], strict=True):
            if len(members.intersection(codes)) >= min(least, len(members)):
                found.update(themes)
    return found


def compare(atlas: Atlas, one: Bloc, other: Bloc) -> pd.DataFrame:
    """Put two blocs side by side.

    Returns
    -------
    pandas.DataFrame
        Index ``measure`` (``members``, ``area_km2``, ``population_2050``, indicator ids, …); ``title``, ``unit``,
        ``one``, ``other``, ``difference`` (other − one; NaN where one has no data).
    """
    rows = [
        ("members", "構成市区町村", "", len(one.members), len(other.members)),
        ("area_km2", "面積", "km²", one.area_km2, other.area_km2),
        ("components", "地続きの部分", "", len(one.components), len(other.components)),
        ("compactness", "まとまり（円で1）", "", one.compactness, other.compactness),
        *(
            (f"population_{year}", f"人口（{year}年）", "人", people, other.population[year])
            for year, people in one.population.items()
        ),
        *(
            (each, atlas.indicator(each).title, figure.unit, figure.value, other.indicators[each].value)
            for each, figure in one.indicators.items()
        ),
        ("themes", "取り組むテーマ", "", len(one.themes), len(other.themes)),
        ("ties_inside", "域内の連携", "", len(one.ties_inside), len(other.ties_inside)),
        ("ties_outward", "域外との連携", "", len(one.ties_outward), len(other.ties_outward)),
    ]
    frame = pd.DataFrame(rows, columns=["measure", "title", "unit", "one", "other"]).set_index("measure")
    frame[["one", "other"]] = frame[["one", "other"]].astype(float)
    return frame.assign(difference=frame["other"] - frame["one"])
