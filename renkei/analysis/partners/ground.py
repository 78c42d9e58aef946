"""The ground that partners are sought on: facts of the 1,741 municipalities as arrays, made once a snapshot."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.border_edges import outer_lengths
from geo.boundaries import adjacency
from geo.errors import UnknownNameError
from layers.tables import per_snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from renkei.atlas import Atlas

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]

EARTH_KM = 6371.0
"""Mean radius: the sphere serves for the weights of the surroundings, never for a distance that is shown."""

SURROUNDINGS_KM = 30.0
"""How far a centre's surroundings reach."""

COAST_DEGREES = 1e-3
"""Outer border (about 100 m) from which a municipality counts as lying on the sea."""


@dataclass(frozen=True, eq=False)
class Ground:
    """Arrays of shape (n,), n the municipalities in gazetteer order; NaN is no data.

    Parameters
    ----------
    codes, names
        5-digit codes; names without the prefecture.
    prefectures
        2-digit codes.
    lon, lat
        Of the offices, degrees, EPSG:6668.
    population, density
        Newest residents' register: people; people per km².
    figures
        Further figures by id: those of ``FIGURES`` that the catalog holds.
    missing
        Ids of ``FIGURES`` that it does not hold.
    standard
        z-scores (``standardized``) by name: ``income``, ``ageing``, ``commuting``, ``weight_around``, ``area``.
    city
        Whether it is a 市.
    coast
        Whether it lies on the sea.
    neighbours
        Positions of the municipalities that share a border line.
    sphere_km
        Great-circle distances between offices, (n, n), on a sphere.
    weight_around
        Share of the people within 30 km who live in the place itself.
    own_names, former_names
        Short names (without 市, 町, 村, 区) of today, and of the municipalities that went into it since 1970.
    """

    codes: NDArray[np.str_]
    names: tuple[str, ...]
    prefectures: NDArray[np.str_]
    lon: Numbers
    lat: Numbers
    population: Numbers
    density: Numbers
    figures: Mapping[str, Numbers]
    missing: tuple[str, ...]
    standard: Mapping[str, Numbers]
    city: Flags
    coast: Flags
    neighbours: tuple[tuple[int, ...], ...]
    sphere_km: NDArray[np.float32]
    weight_around: Numbers
    own_names: tuple[str, ...]
    former_names: tuple[frozenset[str], ...]

    def position(self, code: str) -> int:
        """Return the position of a municipality.

        Raises
        ------
        UnknownNameError
            When the code is none of the 1,741.
        """
        found = int(np.searchsorted(self.codes, code))
        if found == len(self.codes) or self.codes[found] != code:
            msg = f"市区町村コード「{code[:10]}」は現在の1,741市区町村にありません。"
            raise UnknownNameError(msg)
        return found

    def figure(self, identifier: str) -> Numbers:
        """Return a figure of ``FIGURES``; all NaN where the catalog does not hold it."""
        found = self.figures.get(identifier)
        return np.full(len(self.codes), np.nan) if found is None else found


FIGURES = (
    "share_65",
    "commuters_out",
    "employed_people",
    "taxable_income",
    "taxpayers",
    "primary_industry_workers",
    "decarbonization_leading_area",
    "sdgs_future_city",
    "smart_city",
    "biomass_industrial_city",
    "fit_solar_kw_per_km2",
)
"""Indicators, beside population and area, that the parts stand on."""


@per_snapshot()
def ground(atlas: Atlas) -> Ground:
    """Return the ground of an atlas."""
    places = atlas.municipalities()
    known = {each.id for each in atlas.indicators()}
    figures = {each: atlas.values(each).to_numpy(dtype=float) for each in FIGURES if each in known}
    population = atlas.values("register_population").to_numpy(dtype=float)
    lon, lat = places["lon"].to_numpy(dtype=float), places["lat"].to_numpy(dtype=float)
    codes = places.index.to_numpy(dtype=str)
    sphere = _sphere_km(lon, lat)
    areas = places["area_km2"].to_numpy(dtype=float)
    weight = population / np.maximum((sphere < SURROUNDINGS_KM) @ population, 1)
    return Ground(
        codes=codes,
        names=tuple(places["name"]),
        prefectures=places["prefecture_code"].to_numpy(dtype=str),
        lon=lon,
        lat=lat,
        population=population,
        density=population / areas,
        figures=figures,
        missing=tuple(each for each in FIGURES if each not in known),
        standard=_standard(figures, weight, areas),
        city=places["name"].str.endswith("市").to_numpy(dtype=bool),
        coast=_on_the_sea(atlas),
        neighbours=_neighbours(codes),
        sphere_km=sphere,
        weight_around=weight,
        own_names=tuple(short_name(name) for name in places["name"]),
        former_names=_former_names(atlas, codes),
    )


def _standard(figures: Mapping[str, Numbers], weight: Numbers, areas: Numbers) -> dict[str, Numbers]:
    nothing = np.full(len(areas), np.nan)
    of = defaultdict(lambda: nothing, figures)
    with np.errstate(divide="ignore"):
        income = np.log(ratio(of["taxable_income"], of["taxpayers"]))
    return {
        "income": standardized(income),
        "ageing": standardized(of["share_65"]),
        "commuting": standardized(ratio(of["commuters_out"], of["employed_people"])),
        "weight_around": standardized(np.log(np.maximum(weight, 1e-4))),
        "area": standardized(np.log(np.maximum(areas, 1))),
    }


def short_name(name: str) -> str:
    """Return a name without its last 市, 町, 村 or 区.

    Examples
    --------
    >>> short_name("川場村"), short_name("市川市")
    ('川場', '市川')
    """
    return name[:-1] if len(name) > 1 and name[-1] in "市町村区" else name


def _former_names(atlas: Atlas, codes: NDArray[np.str_]) -> tuple[frozenset[str], ...]:
    changes = atlas.table("gazetteer", "mergers.csv", ("successors",))
    city_of = atlas.wards()["city_code"].to_dict()
    found: dict[str, set[str]] = defaultdict(set)
    for name, successors in zip(changes["old_name"], changes["successors"], strict=True):
        if name.endswith(("市", "町", "村")):
            for code in successors:
                found[city_of.get(code, code)].add(short_name(name))
    return tuple(frozenset(found[code]) for code in codes.tolist())


def _neighbours(codes: NDArray[np.str_]) -> tuple[tuple[int, ...], ...]:
    pairs = adjacency()
    left, right = (np.searchsorted(codes, pairs[column].to_numpy(dtype=str)) for column in ("code", "neighbour"))
    found: dict[int, list[int]] = defaultdict(list)
    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        found[one].append(other)
    return tuple(tuple(found[place]) for place in range(len(codes)))


def _on_the_sea(atlas: Atlas) -> Flags:
    """Tell of each municipality whether a part of its border is the border of Japan."""
    return np.asarray(outer_lengths(np.asarray(atlas.outlines().geometry.array)) > COAST_DEGREES)


def _sphere_km(lon: Numbers, lat: Numbers) -> NDArray[np.float32]:
    """Return great-circle distances by the dot products of unit vectors."""
    east, north = np.radians(lon), np.radians(lat)
    unit = np.column_stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])
    return np.asarray(EARTH_KM * np.arccos(np.clip(unit @ unit.T, -1, 1)), dtype=np.float32)


def standardized(values: Numbers) -> Numbers:
    """Return z-scores, cut at ±3; NaN stays NaN.

    Examples
    --------
    >>> standardized(np.array([1.0, 2, 3, np.nan])).round(3).tolist()
    [-1.225, 0.0, 1.225, nan]
    """
    if np.isnan(values).all():
        return values
    return np.asarray(np.clip((values - np.nanmean(values)) / (np.nanstd(values) or 1.0), -3, 3))


def ratio(numerator: Numbers, denominator: Numbers) -> Numbers:
    """Return a ratio; NaN where the denominator is 0 or unknown."""
    return np.asarray(np.divide(numerator, denominator, out=np.full(len(numerator), np.nan), where=denominator > 0))
