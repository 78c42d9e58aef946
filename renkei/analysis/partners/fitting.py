"""How the points are found: a conditional logit on real ties, held towards plain beginnings, rounded to whole points.

Each end of a tie asks once; its partner stands among ``OTHERS`` municipalities drawn at random. The logit (McFadden
1974) gives the logarithm of the odds by measure; ten points are one unit of it. A theme's points are held towards
the general ones by a ridge, so that a few ties move them little (``docs/methods.md``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from renkei.analysis.partners import networks, scores, third_parties
from renkei.analysis.partners.ground import ground
from renkei.analysis.partners.links import make_links

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from renkei.analysis.partners.asker import Asker
    from renkei.analysis.partners.links import Links
    from renkei.atlas import Atlas

    Pair = tuple[int, int]

POINTS_PER_UNIT = 10
OTHERS = 80
RIDGE_GENERAL, RIDGE_THEME = 10.0, 20.0
SEED = 20_261_126
MOST_STEPS, LEAST_STEP, ENOUGH = 30, 1e-4, 1e-4
"""Of Newton's method: steps at most, the smallest part of one, and the gain below which it has arrived."""

CHOSEN = {"their_offer_to_our_need": 20, "our_offer_to_their_need": 10, "experience": 2}
"""Points that are set, not found: the ties come from other places than the cases, too few are in both."""

LOOSE = {
    "namesake": 4.0,
    "rare_piece": 3.0,
    "rare_character": 2.0,
    "neighbour": 2.0,
    "tokyo_ward": 2.0,
    "within_60km": 2.0,
    "beyond_300km": 2.0,
    "both_decarbonization_leading_area": 2.0,
    "both_sdgs_future_city": 2.0,
    "shared_partner": 2.0,
    "neighbours_partner": 2.0,
    "partners_neighbour": 2.0,
    "shared_network": 2.0,
    "shared_network_of_other_theme": 2.0,
}
"""Measures that are rarely other than 0: the ridge holds them so many times less."""

OF_TIES = (third_parties, networks)
"""The parts that are made of ties and networks: made anew whenever some are held back."""


class Sample(NamedTuple):
    """Askers (q,), their candidates (q, n), the partner first, and the measures that no tie changes (q, n, f)."""

    askers: NDArray[np.int64]
    candidates: NDArray[np.int64]
    fixed: NDArray[np.float32]


class Fitter:
    """Fits points on ties of an atlas.

    Parameters
    ----------
    atlas
        The tables.
    """

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._fixed: dict[int, dict[str, NDArray[np.float64]]] = {}
        self._nothing = make_links(ground(atlas), ())
        found = self.fixed(0)
        self.fixed_names = tuple(name for name in found if name not in CHOSEN)
        of_ties = [module.measures(self.asker(0, "")) for module in OF_TIES]
        self.part_of = {
            name: module.PART.id for module in scores.MODULES for name in module.measures(self.asker(0, ""))
        }
        self.names = (*self.fixed_names, *(name for each in of_ties for name in each))
        self._loose = np.array([LOOSE.get(name, 1.0) for name in self.names])

    def asker(self, place: int, theme: str, known: Links | None = None) -> Asker:
        """Return an asker by position."""
        code = str(ground(self._atlas).codes[place])
        return scores.asker(self._atlas, code, theme, known=known or self._nothing)

    def fixed(self, place: int) -> dict[str, NDArray[np.float64]]:
        """Return the measures that no tie changes, by name, kept; those of the cases stand for all themes."""
        if place not in self._fixed:
            of = self.asker(place, "")
            modules = [module for module in scores.MODULES if module not in OF_TIES]
            self._fixed[place] = {
                name: np.nan_to_num(values) for module in modules for name, values in module.measures(of).items()
            }
        return self._fixed[place]

    def of_ties(self, place: int, theme: str, known: Links) -> dict[str, NDArray[np.float64]]:
        """Return the measures that ties change."""
        of = self.asker(place, theme, known)
        return {name: values for module in OF_TIES for name, values in module.measures(of).items()}

    def sample(self, pairs: Sequence[Pair]) -> Sample:
        """Draw the candidates of both ends of each pair; none of them is another partner of theirs."""
        chance = np.random.default_rng(SEED)
        count = len(ground(self._atlas).codes)
        partners: dict[int, set[int]] = defaultdict(set)
        for one, other in pairs:
            partners[one].add(other)
            partners[other].add(one)
        askers, candidates = [], []
        for pair in sorted(pairs):
            for place, partner in (pair, pair[::-1]):
                theirs = [place, *partners[place]]
                drawn = chance.choice(count, OTHERS + len(theirs), replace=False)
                askers.append(place)
                candidates.append(np.r_[partner, drawn[~np.isin(drawn, theirs)][:OTHERS]])
        stacked = [
            np.column_stack([self.fixed(place)[name][of] for name in self.fixed_names])
            for place, of in zip(askers, candidates, strict=True)
        ]
        return Sample(np.array(askers), np.array(candidates), np.array(stacked, dtype=np.float32))

    def features(self, sample: Sample, theme: str, known: Links) -> NDArray[np.float32]:
        """Return all measures of a sample, those of ties made on ``known``; (q, n, f), loosened."""
        rows = []
        made: dict[int, NDArray[np.float64]] = {}
        for place, of in zip(sample.askers.tolist(), sample.candidates, strict=True):
            if place not in made:
                made[place] = np.column_stack(list(self.of_ties(place, theme, known).values()))
            rows.append(made[place][of])
        return np.concatenate([sample.fixed, np.array(rows, dtype=np.float32)], axis=2) * self._loose.astype(np.float32)

    def fit(
        self,
        features: NDArray[np.float32],
        askers: NDArray[np.int64],
        towards: NDArray[np.float64],
        ridge: float,
        present: NDArray[np.bool_] | None = None,
    ) -> NDArray[np.float64]:
        """Return coefficients (f,), loosened; each asker weighs the same, however many partners it has."""
        shares = Counter(askers.tolist())
        weights = np.array([1 / shares[each] for each in askers.tolist()])
        return conditional_logit(features, weights, towards, ridge, present)

    def points(self, coefficients: NDArray[np.float64]) -> dict[str, int]:
        """Return whole points by measure."""
        whole = np.rint(POINTS_PER_UNIT * coefficients * self._loose).astype(int)
        return dict(zip(self.names, whole.tolist(), strict=True)) | CHOSEN


def conditional_logit(
    features: NDArray[np.float32],
    weights: NDArray[np.float64],
    towards: NDArray[np.float64],
    ridge: float,
    present: NDArray[np.bool_] | None = None,
) -> NDArray[np.float64]:
    """Fit a conditional logit, the first of each row's candidates being the one that was chosen.

    Parameters
    ----------
    features
        (q, n, f) measures.
    weights
        (q,) weights of the choices.
    towards
        (f,) coefficients that the ridge holds to.
    ridge
        Strength: ``ridge / 2 · |coefficients − towards|²`` is added to minus the log likelihood.
    present
        (q, n) which candidates stand for choice; all by default.

    Returns
    -------
    numpy.ndarray
        (f,) coefficients, by Newton's method: the function is convex, a step that does not lower it is halved.

    Examples
    --------
    One measure, the chosen one always has more of it: the coefficient is positive, and the ridge keeps it finite.

    >>> features = np.array([[[1.0], [0.0]], [[2.0], [1.0]]], dtype=np.float32)
    >>> conditional_logit(features, np.ones(2), np.zeros(1), 1.0).round(2).tolist()
    [0.67]
    """
    choices, count, width = features.shape
    flat = features.reshape(-1, width)

    def shares_at(coefficients: NDArray[np.float64]) -> tuple[float, NDArray[np.float32]]:
        """Return what is to be lowered, and the odds of each candidate (q, n)."""
        utility = (flat @ coefficients.astype(np.float32)).reshape(choices, count).astype(float)
        if present is not None:
            utility[~present] = -np.inf
        utility -= utility.max(axis=1, keepdims=True)
        odds = np.exp(utility)
        whole = odds.sum(axis=1)
        away = coefficients - towards
        fault = -float(weights @ (utility[:, 0] - np.log(whole))) + ridge / 2 * float(away @ away)
        return fault, (odds / whole[:, None]).astype(np.float32)

    found = towards.astype(float)
    fault, odds = shares_at(found)
    for _ in range(MOST_STEPS):
        mean = np.matmul(odds[:, None, :], features)[:, 0].astype(float)
        slope = weights @ (mean - features[:, 0]) + ridge * (found - towards)
        weighted = (odds * weights[:, None]).reshape(-1, 1).astype(np.float32)
        bend = (flat.T @ (flat * weighted)).astype(float) - (mean * weights[:, None]).T @ mean
        step = np.linalg.solve(bend + ridge * np.eye(width), -slope)
        scale = 1.0
        while (tried := shares_at(found + scale * step))[0] > fault and scale > LEAST_STEP:
            scale /= 2
        if tried[0] > fault:
            break
        gained, found, (fault, odds) = fault - tried[0], found + scale * step, tried
        if gained < ENOUGH:
            break
    return found


def find_points(
    fitter: Fitter,
    pairs_of: Mapping[str, Sequence[Pair]],
    themes: Mapping[str, str],
    known: Links,
    samples: Mapping[str, Sample],
    hidden: NDArray[np.bool_] | None = None,
) -> dict[str, dict[str, int]]:
    """Return the points of each set, found on the pairs of which no end is hidden.

    Parameters
    ----------
    fitter, samples
        The fitter, and its samples of ``pairs_of``.
    pairs_of
        Set of points to its pairs; ``general`` holds all and comes first.
    themes
        Set of points to the theme that its networks are told by.
    known
        The ties that may be seen.
    hidden
        (n,) municipalities that are not seen, neither as partners nor among those drawn.
    """
    found: dict[str, dict[str, int]] = {}
    base = np.zeros(len(fitter.names))
    for position, name in enumerate(pairs_of):
        sample = samples[name]
        if hidden is not None:
            kept = ~hidden[sample.askers] & ~hidden[sample.candidates[:, 0]]
            sample = Sample(sample.askers[kept], sample.candidates[kept], sample.fixed[kept])
        present = None if hidden is None else ~hidden[sample.candidates]
        ridge = RIDGE_THEME if position else RIDGE_GENERAL
        coefficients = base
        if len(sample.askers):
            coefficients = fitter.fit(fitter.features(sample, themes[name], known), sample.askers, base, ridge, present)
        if not position:
            base = coefficients
        found[name] = fitter.points(coefficients)
    return found
