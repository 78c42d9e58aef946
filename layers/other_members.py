"""Members of joint areas and participants of the forum that are no municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from layers.blocs import blocs, other_members
from layers.partnerships import forum_participants
from layers.tables import per_snapshot, rows

if TYPE_CHECKING:
    from layers.tables import Tables

FORUM = "setagaya-forum"

_LISTS = ("member_codes", "prefecture_codes", "themes")


@per_snapshot()
def other_bodies(tables: Tables) -> pd.DataFrame:
    """Return them, one row a body and what it belongs to.

    Returns
    -------
    pandas.DataFrame
        ``id``, ``name``, ``body`` (name of the joint area or forum), ``member_codes`` (tuple: the municipalities of
        the joint area, or those that took part in the forum), ``prefecture_codes``, ``themes`` (tuples),
        ``programme``, ``source``, ``evidence``.
    """
    areas = {row["id"]: row for row in rows(blocs(tables))}
    forum = forum_participants(tables)
    towns = tuple(forum.loc[forum["code"].ne("") & ~forum["code"].str.endswith("000"), "code"])
    found = [
        _body(number, row, areas[row["bloc_id"]], areas[row["bloc_id"]]["name"])
        for number, row in enumerate(rows(other_members(tables)), 1)
    ]
    meeting: dict[str, Any] = {"member_codes": towns, "prefecture_codes": tuple(sorted({code[:2] for code in towns}))}
    meeting |= {"themes": (), "programme": FORUM}
    others = rows(forum[forum["code"].eq("") | forum["code"].str.endswith("000")])
    found += [
        _body(number, row, meeting, "自治体間連携フォーラム") for number, row in enumerate(others, len(found) + 1)
    ]
    frame = pd.DataFrame(found)
    return frame.astype(dict.fromkeys(_LISTS, object))


def _body(number: int, row: dict[str, Any], of: dict[str, Any], name: str) -> dict[str, Any]:
    return {
        "id": f"member-{number:03}",
        "name": row["name"],
        "body": name,
        **{key: of[key] for key in (*_LISTS, "programme")},
        "source": row["source"],
        "evidence": row["evidence"],
    }
