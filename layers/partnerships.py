"""Partnership ties of municipalities, one by one; ties whose partner is unnamed; agreements with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from layers.evidence import with_evidence, with_pages
from layers.register_log import laid_over
from layers.tables import per_snapshot, with_lists
from layers.themes import main_theme
from layers.tie_kinds import kind_of

if TYPE_CHECKING:
    from layers.tables import Tables


@per_snapshot()
def partnerships(tables: Tables) -> pd.DataFrame:
    """Return the ties between two municipalities, or a municipality and a prefecture (PP000).

    Returns
    -------
    pandas.DataFrame
        ``id``, ``from_code``, ``to_code``, ``kind``, ``since`` (ISO date or year; "" where not stated),
        ``until``, ``strength`` (``explicit`` or ``inferred``), ``programme``, ``themes`` (tuple),
        ``primary_theme``, ``prefecture_codes`` (tuple), ``family`` (id of a ``layers.tie_kinds.TieKind``),
        ``form`` (``layers.tie_kinds.FORMS``), ``counted`` (bool: False for taking part in an event, which is no
        tie), ``name`` (of the joint office or area, or ""), ``standing`` (``layers.networks.STANDINGS`` or ""),
        ``themes_from`` (``document``, ``page``, or ``kind``: what the kind alone says),
        ``note``, ``changes`` (what the log corrected, readable), and what ``layers.evidence.with_pages``
        adds: ``source``, ``evidence``, ``tier``, ``urls``, ``stated``.
    """
    added = {"strength": "explicit", "themes_from": "page"}
    frame = laid_over(tables, "partnerships", tables.read("cases", "partnerships.csv"), added)
    frame = with_lists(frame, ("themes",))
    frame["primary_theme"] = [main_theme(themes) for themes in frame["themes"]]
    kinds = [kind_of(kind) for kind in frame["kind"]]
    frame["family"] = [each.id for each in kinds]
    frame["form"] = [each.form for each in kinds]
    frame["counted"] = [each.counted for each in kinds]
    ends = zip(frame["from_code"], frame["to_code"], strict=True)
    frame["prefecture_codes"] = pd.Series(
        [tuple(dict.fromkeys((a[:2], b[:2]))) for a, b in ends], dtype=object, index=frame.index
    )
    return with_pages(tables, frame)


@per_snapshot()
def unnamed_partners(tables: Tables) -> pd.DataFrame:
    """Return the ties whose partner the source does not name: it stays unnamed, no line is drawn."""
    return with_evidence(tables, tables.read("cases", "unnamed_partners.csv", lists=("themes",)))


@per_snapshot()
def agreements(tables: Tables) -> pd.DataFrame:
    """Return the agreements of a municipality (``code``) with a company, university or office."""
    return with_evidence(tables, tables.read("cases", "agreements.csv"))


@per_snapshot()
def forum_participants(tables: Tables) -> pd.DataFrame:
    """Return the forum's 24 organisations; ``speaker`` and ``presenter`` are booleans."""
    frame = tables.read("cases", "forum_participants.csv")
    for column in ("speaker", "presenter"):
        frame[column] = frame[column].eq("1")
    return with_evidence(tables, frame)
