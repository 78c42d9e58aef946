"""Ties held out: scores made as if they were not known, and how well they find the partner that was held out."""

from __future__ import annotations

import hashlib
import sys
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from renkei.analysis.partners import scores
from renkei.analysis.partners.fitting import find_points
from renkei.analysis.partners.known_pairs import NETWORK_THEME
from renkei.analysis.partners.links import make_links

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    from renkei.analysis.partners.fitting import Fitter
    from renkei.analysis.partners.ground import Ground
    from renkei.analysis.partners.known_pairs import KnownPairs, Pair
    from renkei.analysis.partners.links import Links

    Scoring = Callable[[int, int], NDArray[np.float64]]

FOLDS = 10
TOP = 20


def fold_of(text: str) -> int:
    """Return a fold: the text's SHA-256 modulo the number of folds."""
    return int(hashlib.sha256(f"renkei-{text}".encode()).hexdigest(), 16) % FOLDS


class Outcome(NamedTuple):
    """hit@20 and AUC of each asking municipality, by position."""

    hit: dict[int, float]
    auc: dict[int, float]


def judge(pairs: Iterable[Pair], scoring: Scoring, candidates: NDArray[np.bool_]) -> Outcome:
    """Rank each partner among the candidates but the asker and its other partners; equal scores take the mean rank."""
    partners: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        partners[one].add(other)
        partners[other].add(one)
    outcome = Outcome({}, {})
    for place, theirs in sorted(partners.items()):
        among = candidates.copy()
        among[[place, *theirs]] = False
        size = np.count_nonzero(among)
        hits, areas = [], []
        for partner in sorted(theirs):
            score = scoring(place, partner)
            before = np.count_nonzero(score[among] > score[partner])
            before += np.count_nonzero(score[among] == score[partner]) / 2
            hits.append(before + 1 <= TOP)
            areas.append(1 - before / size)
        outcome.hit[place], outcome.auc[place] = float(np.mean(hits)), float(np.mean(areas))
    return outcome


class Strict:
    """Every pair is scored as if no tie or network of either end's fold of municipalities were known.

    The points come from ties that touch neither fold, and so do the ties between the regions; what rests on the
    ends' own ties and networks is therefore nothing.
    """

    def __init__(self, fitter: Fitter, known: KnownPairs, where: Ground) -> None:
        self._fitter = fitter
        self.fold = np.array([fold_of(str(code)) for code in where.codes])
        samples = {name: fitter.sample(pairs) for name, pairs in known.pairs.items()}
        self.points: dict[tuple[int, int], dict[str, dict[str, int]]] = {}
        self._links: dict[tuple[int, int], Links] = {}
        for one in range(FOLDS):
            for other in range(one, FOLDS):
                hidden = np.isin(self.fold, (one, other))
                seen = [pair for pair in known.pairs["general"] if not hidden[list(pair)].any()]
                networks = [each for each in known.networks if not hidden[each[0]].any()]
                links = make_links(where, seen, networks)
                self._links[one, other] = links
                self.points[one, other] = find_points(fitter, known.pairs, NETWORK_THEME, links, samples, hidden)
                print(".", end="", file=sys.stderr, flush=True)
        self._region: dict[int, NDArray[np.float64]] = {}
        self._scores: dict[tuple[str, int, int, int], NDArray[np.float64]] = {}

    def _folds(self, place: int, other: int) -> tuple[int, int]:
        one, two = sorted((int(self.fold[place]), other))
        return one, two

    def _between_regions(self, place: int) -> NDArray[np.float64]:
        if place not in self._region:
            found = np.zeros(len(self.fold))
            for other in range(FOLDS):
                inside = self.fold == other
                measures = self._fitter.of_ties(place, "", self._links[self._folds(place, other)])
                found[inside] = measures["region"][inside]
            self._region[place] = found
        return self._region[place]

    def scoring(self, name: str) -> Scoring:
        """Return the scoring of a set of points."""

        def score(place: int, partner: int) -> NDArray[np.float64]:
            folds = self._folds(place, int(self.fold[partner]))
            key = (name, place, *folds)
            if key not in self._scores:
                measures = self._fitter.fixed(place) | {"region": self._between_regions(place)}
                self._scores[key] = whole_score(self._fitter, measures, self.points[folds][name])
            return self._scores[key]

        return score


class OthersKnown:
    """A tenth of the ties is held out at a time, with the networks that hold both ends of one; the others are known."""

    def __init__(self, fitter: Fitter, known: KnownPairs, where: Ground) -> None:
        self._fitter = fitter
        self._where = where
        self._links: list[Links] = []
        self._points: list[dict[str, dict[str, int]]] = []
        for fold in range(FOLDS):
            hidden = [pair for pair in known.pairs["general"] if self.fold(pair) == fold]
            seen = {name: [pair for pair in pairs if self.fold(pair) != fold] for name, pairs in known.pairs.items()}
            networks = [each for each in known.networks if not any(set(pair) <= set(each[0]) for pair in hidden)]
            links = make_links(where, seen["general"], networks)
            samples = {name: fitter.sample(pairs) for name, pairs in seen.items()}
            self._links.append(links)
            self._points.append(find_points(fitter, seen, NETWORK_THEME, links, samples))
            print(".", end="", file=sys.stderr, flush=True)

    def fold(self, pair: Pair) -> int:
        """Return the fold of a pair, whatever its order."""
        one, other = sorted(pair)
        return fold_of(f"{self._where.codes[one]}-{self._where.codes[other]}")

    def scoring(self, name: str) -> Scoring:
        """Return the scoring of a set of points."""

        def score(place: int, partner: int) -> NDArray[np.float64]:
            fold = self.fold((place, partner))
            of_ties = self._fitter.of_ties(place, NETWORK_THEME[name], self._links[fold])
            return whole_score(self._fitter, self._fitter.fixed(place) | of_ties, self._points[fold][name])

        return score


def whole_score(
    fitter: Fitter, measures: Mapping[str, NDArray[np.float64]], points: Mapping[str, int]
) -> NDArray[np.float64]:
    """Return the score as it is shown: each part's points rounded, then summed."""
    by_part: dict[str, dict[str, NDArray[np.float64]]] = defaultdict(dict)
    for name, values in measures.items():
        by_part[fitter.part_of[name]][name] = values
    return np.sum(list(scores.part_points(by_part, points, {}).values()), axis=0).astype(float)
