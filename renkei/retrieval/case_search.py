"""Search of the cases: by problem, by word of the trade, by partner, under conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.codes import PREFECTURES
from layers.folding import fold
from layers.tables import per_snapshot, rows
from renkei.retrieval.answers import Hit
from renkei.retrieval.case_passages import WEIGHTS, Passage, PassageText, case_passages
from renkei.retrieval.conditions import Place
from renkei.retrieval.letter_pairs import likeness
from renkei.retrieval.marks import marked
from renkei.retrieval.query_units import PLAIN
from renkei.retrieval.ranking import ENOUGH_OF_LITTLE, LEAST, Ranked, rank

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from renkei.atlas import Atlas
    from renkei.retrieval.conditions import Condition
    from renkei.retrieval.query_units import Unit

TOP = 0.99
"""No case is as sure an answer as a place whose name was typed."""
RATHER = 0.6
"""What a case counts that does not meet a wish."""
ANY = 0.01
"""What a case counts that meets all conditions, where nothing else is asked that matters."""
SHORTEST_KEYWORD = 3
POPULATION = "census_population"

LIKENESS, VERY_LIKE = 0.25, 0.5
"""What likeness by letters counts beside the words; from which on it finds a case by itself."""
UNLIKE = ("mentioned", "often", "summary_en", "figure")

_PROBLEM = re.compile(
    "ない|なく|なかっ|ず(?:に|、|$)|困|不安|足り|減っ|減り|減る|厳し|弱い|遅れ|落ち|悩|荒れ|難し|苦し"
)
_ASPECTS = ("challenge", "measure", "success", "difficulty", "outlook")


@dataclass(frozen=True)
class CaseIndex:
    """The cases as texts, and what conditions ask of each."""

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]
    places: tuple[Place, ...]
    names: tuple[str, ...]
    text: PassageText
    counts: dict[str, int]
    keywords: frozenset[str]
    lengths: tuple[int, ...]

    def count(self, term: str) -> int:
        """Return in how many cases a folded term stands."""
        if term not in self.counts:
            passages = self.text.passages
            self.counts[term] = len({passages[position].case for position in self.text.places(term)})
        return self.counts[term]


@per_snapshot()
def case_index(atlas: Atlas) -> CaseIndex:
    """Make the index of a snapshot: some 0.1 s and 3 MB."""
    ids, passages = case_passages(atlas)
    cases, contents = atlas.cases(), atlas.case_contents()
    towns = atlas.municipalities()
    names = dict(zip(towns.index, towns["name"], strict=True))
    named = dict(zip(towns.index, towns["prefecture"] + towns["name"], strict=True))
    stages = contents["stage"].to_dict()
    people = atlas.values(POPULATION).dropna().to_dict()
    islands = set(atlas.table("gazetteer", "islands.csv")["code"])
    places, labels, codes = [], [], []
    for row in rows(cases):
        members = row["member_codes"]
        places.append(
            Place(
                frozenset(row["prefecture_codes"]),
                tuple(people[code] for code in members if code in people),
                frozenset(names[code][-1] for code in members),
                not islands.isdisjoint(members),
                row["organisation_type"],
                frozenset((fold(row["organisation"]), fold(row["parent_organisation"]))),
                stages.get(row["id"], ""),
            )
        )
        labels.append(
            "、".join(named[code] for code in members)
            or "、".join(PREFECTURES[code] for code in row["prefecture_codes"])
        )
        codes.append(members or tuple(f"{code}000" for code in row["prefecture_codes"]))
    keywords = frozenset(
        passage.folded
        for passage in passages
        if passage.field == "keywords" and len(passage.folded) >= SHORTEST_KEYWORD and passage.folded not in PLAIN
    )
    titles = [row["title"] or f"{row['kind']}（{row['organisation'] or row['role']}）" for row in rows(cases)]
    return CaseIndex(
        tuple(ids),
        tuple(titles),
        tuple(codes),
        tuple(places),
        tuple(labels),
        PassageText(passages),
        {},
        keywords,
        _lengths(passages, len(ids)),
    )


def _factors(index: CaseIndex, conditions: Sequence[Condition], allowed: set[str] | None) -> list[float]:
    """Return what each case counts under the conditions; 0 for one that is left out."""
    factors = []
    where = [condition for condition in conditions if condition.is_place]
    for identifier, place in zip(index.ids, index.places, strict=True):
        factor = 1.0 if allowed is None or identifier in allowed else 0.0
        for condition in conditions:
            if not condition.is_place and not condition.meets(place):
                factor *= 0.0 if condition.strictness == "must" else RATHER
        if where and not any(condition.meets(place) for condition in where):
            factor = 0.0  # 「長崎県や佐賀県」 is one or the other
        factors.append(factor)
    return factors


def search_cases(
    atlas: Atlas,
    question: str,
    units: Sequence[Unit],
    conditions: Sequence[Condition],
    allowed: set[str] | None = None,
) -> list[Hit]:
    """Return the cases that answer a question, best first; none where none holds enough of it.

    Parameters
    ----------
    question
        Folded, conditions taken out.
    units
        Of the question.
    conditions
        That were taken out.
    allowed
        Ids of cases that the filters leave; None for all.
    """
    index = case_index(atlas)
    factors = _factors(index, conditions, allowed)
    problem = bool(_PROBLEM.search(question)) or any(unit.problem for unit in units)
    ranked = rank(index.text, units, WEIGHTS, factors, problem=problem)
    scores, least = ranked.scores, LEAST
    if any(unit.solid for unit in units):
        if not ranked.answers:
            return []
    elif any(condition.strictness == "must" for condition in conditions):
        # Nothing but conditions is asked that matters: all that meet them, those first that tell of the rest.
        scores = {case: scores.get(case, 0.0) + ANY for case, factor in enumerate(factors) if factor}
        least = 0.0
    elif ranked.covered < ENOUGH_OF_LITTLE:
        return []
    return _hits(index, units, ranked, _with_likeness(index, question, factors, scores), least)


def _lengths(passages: list[Passage], size: int) -> tuple[int, ...]:
    lengths = [0] * size
    for passage in passages:
        if passage.field not in UNLIKE:
            lengths[passage.case] += len(passage.folded)
    return tuple(lengths)


def _with_likeness(
    index: CaseIndex, question: str, factors: Sequence[float], scores: dict[int, float]
) -> dict[int, float]:
    """Add to the scores how like the letters are: it orders what the words leave level, and finds the unforeseen."""
    like = likeness(index.text, question, index.lengths, UNLIKE)
    most = max(scores.values(), default=0.0)
    cases = {*scores, *(case for case, amount in like.items() if amount > VERY_LIKE)} if scores else set()
    return {
        case: scores.get(case, 0.0) + LIKENESS * most * factors[case] * like.get(case, 0.0)
        for case in cases
        if factors[case]
    }


def _hits(index: CaseIndex, units: Sequence[Unit], ranked: Ranked, scores: dict[int, float], least: float) -> list[Hit]:
    """Return the cases, best first; those far behind the first (a share of its score) are left out."""
    order = sorted(scores, key=lambda case: (-scores[case], case))
    least *= scores[order[0]] if order else 0.0
    # One sentence that holds all of the question comes near the whole; no score is above 1.
    whole: Callable[[float], float] = lambda score: round(min(TOP, score / ranked.whole), 3)  # noqa: E731
    return [
        _hit(index, case, whole(scores[case]), units, ranked.sentences.get(case))
        for case in order
        if scores[case] >= least
    ]


def _hit(index: CaseIndex, case: int, score: float, units: Sequence[Unit], position: int | None) -> Hit:
    passage = index.text.passages[position] if position is not None else None
    match = passage.text if passage is not None else _summary(index, case)
    aspect = passage.field if passage is not None and passage.field in _ASPECTS else ""
    return Hit(
        "case",
        index.ids[case],
        index.titles[case],
        index.names[case],
        max(score, 0.001),
        match,
        marked(match, units),
        aspect,
        index.codes[case],
    )


def _summary(index: CaseIndex, case: int) -> str:
    return next((each.text for each in index.text.passages if each.case == case and each.field == "summary"), "")
