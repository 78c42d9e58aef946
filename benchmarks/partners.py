"""The proof of the partner finder: real ties held out, the partner sought among all other municipalities.

The protocol stands in ``docs/methods.md``. ``python -m benchmarks partners`` takes some minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from benchmarks.held_out import OthersKnown, Strict, judge
from renkei.analysis.partners.fitting import Fitter
from renkei.analysis.partners.ground import ground, ratio, standardized
from renkei.analysis.partners.known_pairs import known_pairs
from renkei.atlas import Atlas

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from benchmarks.held_out import Outcome, Scoring
    from renkei.analysis.partners.ground import Ground

NAMES = {
    "general": "all",
    "disaster": "防災",
    "decarbonization": "脱炭素",
    "exchange": "交流・姉妹",
    "systems": "DX (co-members)",
}
WITHOUT = ("13112", "13103")
"""世田谷区 and 港区: hubs of the record, left out once to see how much hangs on them."""

DRAWS = 2000


class Interval(NamedTuple):
    """A mean over municipalities with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float

    def said(self) -> str:
        """Return it as a line says it."""
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def interval(values: Mapping[int, float], minus: Mapping[int, float] | None = None) -> Interval:
    """Return the mean over municipalities – of the difference, where paired – and where it lies when they are redrawn."""
    each = np.array([value - (minus[place] if minus else 0.0) for place, value in values.items()])
    drawn = np.random.default_rng(0).integers(len(each), size=(DRAWS, len(each)))
    low, high = np.percentile(each[drawn].mean(axis=1), [2.5, 97.5])
    return Interval(float(each.mean()), float(low), float(high))


def baselines(where: Ground) -> dict[str, Scoring]:
    """Return the scorings that are to be beaten."""
    people = np.log(np.maximum(where.population, 1))
    km = where.sphere_km.astype(float)
    chance = np.random.default_rng(0).random(km.shape)
    columns = [
        people,
        np.log(np.maximum(where.density, 0.1)),
        where.figure("share_65"),
        where.figure("fit_solar_kw_per_km2"),
        ratio(where.figure("primary_industry_workers"), where.figure("employed_people")),
        ratio(where.figure("commuters_out"), where.figure("employed_people")),
    ]
    profile = np.column_stack([np.nan_to_num(standardized(each)) for each in columns])

    def by_place(score: Callable[[int], NDArray[np.float64]]) -> Scoring:
        return lambda place, _: score(place)

    return {
        "chance": by_place(lambda place: chance[place]),
        "nearest": by_place(lambda place: -km[place]),
        "largest": by_place(lambda _: people),
        "size − ln distance": by_place(lambda place: people - np.log(km[place] + 1)),
        "population alike": by_place(lambda place: -np.abs(people - people[place])),
        "profile alike": by_place(lambda place: -np.linalg.norm(profile - profile[place], axis=1)),
    }


def run() -> list[dict[str, Any]]:
    """Judge the points and the baselines on the same ties."""
    atlas = Atlas.open()
    where, known = ground(atlas), known_pairs(atlas)
    fitter = Fitter(atlas)
    strict = Strict(fitter, known, where)
    every = np.ones(len(where.codes), dtype=bool)
    rows = [_row("partners: ties tested", len(known.pairs["general"]), "pairs", f"frozen as {known.frozen}")]
    for name, pairs in known.pairs.items():
        found = judge(pairs, strict.scoring(name), every)
        against = {each: judge(pairs, scoring, every) for each, scoring in baselines(where).items()}
        rows += [_outcome(f"partners: {NAMES[name]}, {each}", outcome) for each, outcome in against.items()]
        rows += [_outcome(f"partners: {NAMES[name]}, points", found), *_gain(name, found, against)]
    pairs = known.pairs["general"]
    recorded = np.zeros(len(every), dtype=bool)
    recorded[np.unique(np.array(pairs))] = True
    out = {where.position(code) for code in WITHOUT}
    fewer = [pair for pair in pairs if not out & set(pair)]
    rows += [
        _outcome("partners: all, among recorded ones only", judge(pairs, strict.scoring("general"), recorded)),
        _outcome("partners: all, without 世田谷区 and 港区", judge(fewer, strict.scoring("general"), every)),
    ]
    others = OthersKnown(fitter, known, where)
    return rows + [
        _outcome(
            f"partners: {NAMES[name]}, the other ties known", judge(known.pairs[name], others.scoring(name), every)
        )
        for name in NAMES
    ]


def _row(name: str, value: float, unit: str, note: str) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "note": note}


def _outcome(name: str, outcome: Outcome) -> dict[str, Any]:
    hit, auc = interval(outcome.hit), interval(outcome.auc)
    return _row(
        name, round(hit.mean, 3), "hit@20", f"hit@20 {hit.said()}; AUC {auc.said()}; {len(outcome.hit)} municipalities"
    )


def _gain(name: str, found: Outcome, against: Mapping[str, Outcome]) -> list[dict[str, Any]]:
    """Return the gains on the best baseline by each measure, municipality by municipality."""
    rows = []
    for part, unit in (("hit", "hit@20"), ("auc", "AUC")):
        best = max(against, key=lambda each: np.mean(list(getattr(against[each], part).values())))
        gain = interval(getattr(found, part), getattr(against[best], part))
        rows.append(
            _row(f"partners: {NAMES[name]}, gain in {unit}", round(gain.mean, 3), unit, f"{gain.said()} on {best}")
        )
    return rows
