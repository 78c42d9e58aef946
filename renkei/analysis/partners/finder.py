"""The partner finder: candidates for one place and one theme, each with parts, evidence and known ties."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from geo.codes import PREFECTURES
from geo.errors import InvalidFilterError
from layers.themes import THEMES, find_theme
from renkei.analysis.partners import scores
from renkei.analysis.partners.asker import Asker, Evidence, Part
from renkei.analysis.partners.links import known_ties

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from renkei.analysis.partners.links import KnownTie
    from renkei.atlas import Atlas

NOTE = (
    "この一覧は、1つの自治体・1つのテーマ・選んだ重みについての手がかりです。自治体の優劣を示す順位表として使わないでください。"
    "古い縁（旧藩、疎開など）や担当者どうしのつながりは、資料にないため点数に入りません。"
)

NEAR_KM, FAR_KM = 60.0, 100.0
"""``near`` keeps candidates up to 60 km, ``far`` from 100 km: less likely struck by the same earthquake or flood."""

BAND_A, BAND_B = 0.99, 0.95
"""Shares of all candidates below which a candidate of band A and of band B stands; a band is no probability."""

OTHER_NAMES = {"交流": "移住定住・関係人口", "姉妹": "移住定住・関係人口", "交流・姉妹": "移住定住・関係人口"}
"""What planners call a theme → its name."""

Distance = Literal["any", "near", "far"]


@dataclass(frozen=True)
class Search:
    """What is asked.

    Parameters
    ----------
    theme
        Japanese or English name of a theme.
    problem
        The planner's own words; "" for the challenges that the place's cases tell.
    distance
        ``near`` (≤ 60 km), ``far`` (≥ 100 km) or ``any``.
    km
        Least and greatest distance instead.
    weights
        Part id to a factor (1 by default, 0 leaves the part out).
    within
        Codes among which is sought; all by default.
    """

    theme: str
    problem: str = ""
    distance: Distance = "any"
    km: tuple[float, float] | None = None
    weights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    within: frozenset[str] | None = None


@dataclass(frozen=True)
class Candidate:
    """A possible partner; ``score`` is the sum of ``parts``."""

    code: str
    name: str
    prefecture: str
    score: int
    parts: Mapping[str, int]
    evidence: tuple[Evidence, ...]
    known_tie: bool
    distance_km: float
    band: str

    def to_json(self) -> dict[str, Any]:
        """Return the candidate as plain values."""
        return {
            "code": self.code,
            "name": self.name,
            "prefecture": self.prefecture,
            "score": self.score,
            "parts": dict(self.parts),
            "evidence": [each._asdict() for each in self.evidence],
            "known_tie": self.known_tie,
            "distance_km": round(self.distance_km, 1),
            "band": self.band,
        }


@dataclass(frozen=True)
class Partners:
    """The answer: candidates, best first; whoever already is a partner; the parts and their weights."""

    place: str
    name: str
    theme: str
    search: Search
    candidates: tuple[Candidate, ...]
    known: tuple[Candidate, ...]
    parts: tuple[Part, ...]
    missing: tuple[str, ...]
    note: str = NOTE

    def to_json(self) -> dict[str, Any]:
        """Return the JSON of ``renkei partners --json``."""
        return {
            "place": self.place,
            "name": self.name,
            "theme": self.theme,
            "problem": self.search.problem,
            "weights": dict(self.search.weights),
            "candidates": [each.to_json() for each in self.candidates],
            "known_partners": [each.to_json() for each in self.known],
            "parts": [each._asdict() for each in self.parts],
            "missing": list(self.missing),
            "note": self.note,
        }


def partners(atlas: Atlas, code: str, search: Search, *, top: int = 20) -> Partners:
    """Find possible partners of a municipality for one theme.

    Parameters
    ----------
    atlas
        The tables.
    code
        5-digit code of the municipality that asks.
    search
        Theme, problem, distance, weights.
    top
        So many candidates. Known partners of the theme are among them, marked, with their evidence and
        ``scores.ALREADY_POINTS``.

    Returns
    -------
    Partners
        Equal scores stand in the order of their distance, then of their codes.

    Raises
    ------
    UnknownNameError
        When the code is none of the 1,741.
    InvalidFilterError
        When theme, weights or distances are none.
    """
    found = answer(atlas, code, search)
    of = found.of
    of_parts = found.points(search.weights)
    total = total_of(of_parts)
    best = found.order(total, search)[:top]
    already = np.flatnonzero(found.already)
    return Partners(
        place=code,
        name=of.ground.names[of.place],
        theme=of.theme,
        search=search,
        candidates=tuple(found.candidate(place, of_parts, total) for place in best.tolist()),
        known=tuple(found.candidate(place, of_parts, total) for place in already.tolist()),
        parts=scores.PARTS,
        missing=_missing(of),
    )


def prepare(atlas: Atlas) -> None:
    """Make what all answers share – ground, links, texts –, so that the first who asks does not wait for it."""
    partners(atlas, str(atlas.municipalities().index[0]), Search(THEMES[0].name, problem=THEMES[0].name), top=1)


def total_of(points_by_part: Mapping[str, NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return the scores (n,): the sums of the parts."""
    return np.asarray(np.sum(list(points_by_part.values()), axis=0))


def answer(atlas: Atlas, code: str, search: Search) -> Answer:
    """Return what the points of all candidates are made of (see ``partners``)."""
    theme = find_theme(OTHER_NAMES.get(search.theme.strip(), search.theme)).name
    _check(search)
    of = scores.asker(atlas, code, theme, search.problem)
    ties = known_ties(atlas, code)
    already = np.zeros(len(of.ground.codes), dtype=np.int64)
    already[
        [of.ground.position(other) for other, known in ties.items() if any(theme in tie.themes for tie in known)]
    ] = 1
    return Answer(of, scores.measures(of), of.points, already, ties)


def _check(search: Search) -> None:
    known = {part.id for part in scores.PARTS}
    if unknown := sorted(set(search.weights) - known):
        choices = "、".join(sorted(known))
        msg = f"重みを付けられる部分に「{unknown[0][:30]}」はありません。次のどれかを指定してください：{choices}"
        raise InvalidFilterError(msg)
    if any(not 0 <= weight <= 10 for weight in search.weights.values()):  # noqa: PLR2004
        msg = "重みは 0 以上 10 以下の数にしてください（1 がふつう、0 はその部分を使わない）。"
        raise InvalidFilterError(msg)
    if search.km is not None and not 0 <= search.km[0] <= search.km[1]:
        msg = "距離は「小さい方-大きい方」（km）で指定してください。例：100-300"
        raise InvalidFilterError(msg)


def _missing(of: Asker) -> tuple[str, ...]:
    """Name what is not known of the asker or not in the catalog: it gives no points, and nothing is filled in."""
    figures = of.ground.figures
    return (*of.ground.missing, *(each for each, values in figures.items() if np.isnan(values[of.place])))


@dataclass(frozen=True, eq=False)
class Answer:
    """The measures of all candidates, the points of each measure, and who already is a partner.

    Parameters
    ----------
    of
        The asker.
    measures
        Part id → measure → values (n,).
    per_measure
        Measure → whole points.
    already
        (n,) 1 where there already is a tie of the theme.
    ties
        Code → ties, of any theme.
    """

    of: Asker
    measures: Mapping[str, Mapping[str, NDArray[np.float64]]]
    per_measure: Mapping[str, int]
    already: NDArray[np.int64]
    ties: Mapping[str, tuple[KnownTie, ...]]

    def points(self, weights: Mapping[str, float]) -> dict[str, NDArray[np.int64]]:
        """Return part id → whole points (n,)."""
        found = scores.part_points(self.measures, self.per_measure, weights)
        return found | {
            scores.ALREADY.id: self.already * round(scores.ALREADY_POINTS * weights.get(scores.ALREADY.id, 1.0))
        }

    def order(self, total: NDArray[np.int64], search: Search) -> NDArray[np.int64]:
        """Return the positions of the candidates that the search admits, best first; never the asker."""
        of, km = self.of, self.of.distance_km
        least, most = search.km or {"near": (0.0, NEAR_KM), "far": (FAR_KM, np.inf)}.get(search.distance, (0.0, np.inf))
        admitted = (km >= least) & (km <= most)
        admitted[of.place] = False
        if search.within is not None:
            admitted &= np.isin(of.ground.codes, list(search.within))
        ordered = np.lexsort((np.arange(len(km)), km, -total))
        return np.asarray(ordered[admitted[ordered]])

    def candidate(
        self, place: int, points_by_part: Mapping[str, NDArray[np.int64]], total: NDArray[np.int64]
    ) -> Candidate:
        """Return a candidate with its parts and evidence."""
        ground, code = self.of.ground, str(self.of.ground.codes[place])
        of_parts = {part: int(values[place]) for part, values in points_by_part.items()}
        share = np.count_nonzero(total < total[place]) / (len(total) - 1)
        return Candidate(
            code=code,
            name=ground.names[place],
            prefecture=PREFECTURES[code[:2]],
            score=sum(of_parts.values()),
            parts=MappingProxyType(of_parts),
            evidence=(*self._tie_evidence(code), *self._part_evidence(place)),
            known_tie=code in self.ties,
            distance_km=float(self.of.distance_km[place]),
            band="A" if share >= BAND_A else "B" if share >= BAND_B else "C",
        )

    def _part_evidence(self, place: int) -> tuple[Evidence, ...]:
        return tuple(each for module in scores.MODULES for each in module.evidence(self.of, place))

    def _tie_evidence(self, code: str) -> tuple[Evidence, ...]:
        return tuple(
            Evidence(
                scores.ALREADY.id,
                f"すでに連携：{tie.kind}" + (f"（{tie.since}～）" if tie.since else ""),
                tie.source,
                tie.url,
            )
            for tie in self.ties.get(code, ())
        )
