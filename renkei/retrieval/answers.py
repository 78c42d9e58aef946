"""What a search answers: hits, best first, and the conditions that were understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from renkei.retrieval.conditions import Condition

Kind = Literal["case", "place", "tie", "network", "bloc", "organisation", "indicator"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Hit:
    """One thing that was found.

    Parameters
    ----------
    kind, id
        What it is: of a place the 5-digit code (PP000: a prefecture), of all else the id in its table.
    title
        As shown.
    place
        Where it is, or between whom.
    score
        0–1, how well it answers; comparable within one answer.
    match
        The sentence that answers best.
    marks
        (start, end) of the words in ``match`` that were looked for.
    aspect
        Of a case: what the sentence tells (``layers.cases.ASPECTS``), or "".
    codes
        The municipalities (or prefectures, PP000) that take part.
    """

    kind: Kind
    id: str
    title: str
    place: str
    score: float
    match: str
    marks: tuple[tuple[int, int], ...] = ()
    aspect: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a question is answered with.

    Parameters
    ----------
    question
        As asked.
    conditions
        What was understood as a condition: chips.
    hits
        Best first.
    message
        Why there is nothing and what to do; "" where there are hits.
    """

    question: str
    conditions: tuple[Condition, ...] = ()
    hits: tuple[Hit, ...] = ()
    message: str = ""
