"""Blocs (圏域): areas in which several municipalities act together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from layers.evidence import with_evidence, with_pages
from layers.register_log import laid_over
from layers.tables import per_snapshot, with_lists
from layers.themes import main_theme

if TYPE_CHECKING:
    from layers.tables import Tables

BLOC_LAYERS = {"core-city": "core_city", "self-reliant": "self_reliant"}
"""Programme to the layer of the map that draws its blocs; all others are in the layer ``blocs``."""


@per_snapshot()
def blocs(tables: Tables) -> pd.DataFrame:
    """Return the blocs.

    Returns
    -------
    pandas.DataFrame
        ``id``, ``name``, ``project``, ``member_codes`` (tuple), ``programme``, ``representative``, ``since``, ``until``
        ("" while it goes on),
        ``membership`` (``listed`` in the source, or ``implied`` by the area's name), ``themes`` (tuple),
        ``primary_theme``, ``layer`` (``blocs``, ``core_city`` or ``self_reliant``),
        ``elements`` (tuple of 主体／事業／地域の連携), ``prefecture_members`` (tuple, PP000),
        ``prefecture_codes`` (tuple, of the members), ``note``, ``changes``, and what
        ``layers.evidence.with_pages`` adds: ``source``, ``evidence``, ``tier``, ``urls``, ``stated``.
    """
    frame = laid_over(tables, "blocs", tables.read("cases", "blocs.csv"), {"membership": "listed"})
    frame = with_lists(frame, ("member_codes", "themes", "elements", "prefecture_members"))
    # The log names all parties in one cell; a prefecture is none that can be drawn with the others.
    members = list(zip(frame["member_codes"], frame["prefecture_members"], strict=True))
    for column, values in (
        ("member_codes", [tuple(code for code in codes if not code.endswith("000")) for codes, _ in members]),
        (
            "prefecture_members",
            [
                tuple(dict.fromkeys((*there, *(code for code in codes if code.endswith("000")))))
                for codes, there in members
            ],
        ),
    ):
        frame[column] = pd.Series(values, index=frame.index, dtype=object)
    frame["primary_theme"] = [main_theme(themes) for themes in frame["themes"]]
    frame["layer"] = [BLOC_LAYERS.get(programme, "blocs") for programme in frame["programme"]]
    frame["prefecture_codes"] = pd.Series(
        [tuple(sorted({code[:2] for code in members})) for members in frame["member_codes"]],
        dtype=object,
        index=frame.index,
    )
    return with_pages(tables, frame)


@per_snapshot()
def schedule(tables: Tables) -> pd.DataFrame:
    """Return the phases of each bloc: ``bloc_id``, ``phase``, ``start``, ``end`` (months), ``year_inferred``."""
    frame = tables.read("cases", "bloc_schedule.csv")
    frame["year_inferred"] = frame["year_inferred"].eq("1")
    return with_evidence(tables, frame)


@per_snapshot()
def other_members(tables: Tables) -> pd.DataFrame:
    """Return the members of blocs that are no municipality: ``bloc_id``, ``name``."""
    return with_evidence(tables, tables.read("cases", "bloc_other_members.csv"))
