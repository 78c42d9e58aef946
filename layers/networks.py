"""Networks: arrangements of three and more parties, each one fact – never as many pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from layers.evidence import with_pages
from layers.register_log import laid_over
from layers.tables import per_snapshot, with_lists
from layers.themes import main_theme
from layers.tie_kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.tables import Tables

MEMBERSHIPS = {
    "listed": ("構成自治体は資料に列挙", "members listed in the source"),
    "whole_prefecture": ("資料に「県内の全市町村」などとある", "the source says “all municipalities of …”"),
    "implied": ("構成自治体は推定", "members implied, not listed in the source"),
}
"""How the members are known → Japanese, English."""

COMPLETE = {
    "yes": ("全構成自治体", "all members"),
    "no": ("構成自治体の一部", "some of the members"),
    "unknown": ("ほかの構成自治体があるかは不明", "there may be more members"),
}
"""Whether the members are all → Japanese, English."""

STANDINGS = {
    "ended": ("終了", "ended"),
    "may_have_ended": ("終了しているかもしれません（古い資料）", "may have ended (an old source)"),
}
"""What is known of the end where no day is → Japanese, English."""

PREFECTURE = "000"


@per_snapshot()
def networks(tables: Tables) -> pd.DataFrame:
    """Return the networks, one row each.

    Returns
    -------
    pandas.DataFrame
        ``id``, ``name``, ``kind`` (as the source says), ``family`` (id of a ``layers.tie_kinds.TieKind``), ``form``
        (``layers.tie_kinds.FORMS``), ``member_codes`` (tuple of municipalities, as for blocs),
        ``prefecture_members`` (tuple of PP000), ``membership`` (``MEMBERSHIPS``), ``complete`` (``COMPLETE``),
        ``as_of`` (day of the page that names the members; ISO or ""), ``since``, ``until``, ``standing``
        (``STANDINGS`` or ""), ``programme``, ``themes`` (tuple), ``primary_theme``, ``themes_from`` (``kind``:
        what the kind alone says; ``page``), ``prefecture_codes`` (tuple), ``note``, ``changes``, and what
        ``layers.evidence.with_pages`` adds: ``source``, ``evidence``, ``tier``, ``urls``, ``stated``.
    """
    added = {"membership": "listed", "complete": "unknown", "themes_from": "page"}
    return _typed(tables, laid_over(tables, "networks", tables.read("cases", "networks.csv"), added))


def _typed(tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
    frame = with_lists(frame, ("member_codes", "themes"))
    kinds = [kind_of(kind) for kind in frame["kind"]]
    frame["primary_theme"] = [main_theme(themes) for themes in frame["themes"]]
    frame["family"] = [each.id for each in kinds]
    frame["form"] = [each.form for each in kinds]
    every = list(frame["member_codes"])
    for column, values in {
        "member_codes": [tuple(code for code in codes if not code.endswith(PREFECTURE)) for codes in every],
        "prefecture_members": [tuple(code for code in codes if code.endswith(PREFECTURE)) for codes in every],
        "prefecture_codes": [tuple(sorted({code[:2] for code in codes})) for codes in every],
    }.items():
        frame[column] = pd.Series(values, index=frame.index, dtype=object)
    return with_pages(tables, frame)


def memberships(frame: pd.DataFrame, codes: Sequence[str] | None = None) -> pd.DataFrame:
    """Return one row a membership: who is in which network.

    Parameters
    ----------
    frame
        Networks (``networks()``).
    codes
        Only these members (municipalities, or prefectures as PP000); all where none are given.

    Returns
    -------
    pandas.DataFrame
        ``network_id``, ``code``, ``name`` (of the network), ``kind``, ``family``, ``since``, ``membership``,
        ``complete``, ``as_of``.

    Examples
    --------
    >>> frame = pd.DataFrame({"id": ["n"], "member_codes": [("01207", "01631")], "prefecture_members": [("01000",)],
    ...     "name": [""], "kind": [""], "family": [""], "since": [""], "membership": [""], "complete": [""],
    ...     "as_of": [""]})
    >>> list(memberships(frame)["code"]), list(memberships(frame, ["01631"])["network_id"])
    (['01000', '01207', '01631'], ['n'])
    """
    columns = ["name", "kind", "family", "since", "membership", "complete", "as_of"]
    found = frame[["id", *columns]].assign(
        code=frame["prefecture_members"] + frame["member_codes"]  # tuples: one after the other
    )
    found = found.explode("code", ignore_index=True).rename(columns={"id": "network_id"})
    if codes is not None:
        found = found[found["code"].isin(codes)].reset_index(drop=True)
    return found[["network_id", "code", *columns]]
