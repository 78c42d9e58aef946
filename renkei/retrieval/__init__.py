"""One search box for everything: problems, words of the trade, places, organisations, indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import InvalidFilterError
from layers.folding import fold
from renkei.retrieval.answers import KINDS, Answer, Hit, Kind
from renkei.retrieval.case_search import case_index, search_cases
from renkei.retrieval.conditions import Condition, read_conditions
from renkei.retrieval.query_units import units
from renkei.retrieval.register_search import search_places, search_register

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.filters import Filters
    from renkei.atlas import Atlas

__all__ = ["KINDS", "Answer", "Condition", "Hit", "Kind", "search"]

TABLES = {"case": "cases", "tie": "ties", "network": "networks", "bloc": "blocs", "organisation": "organisations"}
"""Kind of hit → kind of fact (``layers.kinds``)."""

LONGEST_QUESTION = 200
"""Characters of a question that count."""


def search(
    atlas: Atlas,
    text: str,
    kinds: Iterable[str] = (),
    filters: Filters | None = None,
    limit: int = 50,
    without: Iterable[str] = (),
    language: str = "ja",
) -> Answer:
    """Search everything: a word, a sentence, a place, an organisation.

    Parameters
    ----------
    text
        As typed.
    kinds
        Of ``KINDS``; all by default.
    filters
        That leave only some cases, ties, areas and municipalities.
    limit
        Most hits.
    without
        Ids of conditions that were taken off.
    language
        Of messages.

    Raises
    ------
    InvalidFilterError
        When a kind does not exist.

    Examples
    --------
    >>> from renkei.atlas import Atlas
    >>> answer = search(Atlas.open(), "北海道のスマホ教室", kinds=["case"])
    >>> [condition.label for condition in answer.conditions], answer.hits[0].id
    (['北海道'], 'dispatch-r4-057')
    >>> search(Atlas.open(), "LRT").hits
    ()
    """
    wanted = tuple(dict.fromkeys(kinds)) or KINDS
    if unknown := set(wanted) - set(KINDS):
        msg = f"種類「{'、'.join(sorted(unknown))}」はありません。次のどれかを指定してください：{'、'.join(KINDS)}"
        raise InvalidFilterError(msg)
    question = fold(text[:LONGEST_QUESTION])
    rest, conditions = read_conditions(atlas, question, tuple(without))
    index = case_index(atlas)
    asked = units(rest, index.count, index.keywords)
    left = _left(atlas, filters)
    hits: list[Hit] = []
    for kind in KINDS:
        if kind not in wanted or not question:
            continue
        if kind == "case":
            hits += search_cases(atlas, rest, asked, conditions, left.get(kind))
        elif kind == "place":
            hits += search_places(atlas, question, left.get(kind))
        else:
            hits += search_register(atlas, kind, asked, conditions, left.get(kind))
    hits.sort(key=lambda hit: -hit.score)
    return Answer(text, tuple(conditions), tuple(hits[:limit]), "" if hits else _nothing(text, conditions, language))


def _left(atlas: Atlas, filters: Filters | None) -> dict[str, set[str]]:
    """Return the ids that filters leave, by kind; a kind without an entry is left whole."""
    if filters is None or filters.is_empty:
        return {}
    tables = atlas.tables
    return {
        **{kind: set(filters.apply(tables, table)["id"]) for kind, table in TABLES.items()},
        "place": set(filters.municipality_codes(tables)),
    }


def _nothing(text: str, conditions: list[Condition], language: str) -> str:
    shown = " ".join(text.split())[:40]
    if not shown:
        return "ことばを入れてください。" if language == "ja" else "Type a word or a sentence."
    if language == "en":
        more = " or take a condition off" if conditions else ""
        return f"Nothing here answers “{shown}”: that does not mean nobody does it. Try other words{more}."
    more = "別の言い方で探すか、条件を外して" if conditions else "別の言い方で"
    return f"「{shown}」は、この地図には未収録です（取組がないという意味ではありません）。{more}お試しください。"
