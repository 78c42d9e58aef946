"""How much of what is known to exist the register holds, kind by kind: absence here is no proof of absence."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from layers.blocs import blocs
from layers.cases import cases
from layers.partnerships import partnerships
from layers.tables import read_table, rows

if TYPE_CHECKING:
    import pandas as pd


@cache
def completeness() -> pd.DataFrame:
    """Return one row a kind of fact, in the order in which they are shown.

    Returns
    -------
    pandas.DataFrame
        ``programme``; ``layer`` (``cases``, ``partnerships``, ``blocs``: where it is exported); ``name``,
        ``name_en``; ``held`` (facts in the register, counted) and ``held_municipalities`` (that take part);
        ``known`` (how many are known to exist, as written; "" = not known), ``known_on`` (ISO date of that
        count), ``known_by`` (whose count); ``missing`` and ``missing_en`` (what is not held).
    """
    frame = read_table("cases", "completeness.csv")
    held = [_held(row) for row in rows(frame)]
    frame["held"] = [facts for facts, _ in held]
    frame["held_municipalities"] = [codes for _, codes in held]
    return frame


def _held(row: dict[str, Any]) -> tuple[int, int]:
    if row["layer"] == "partnerships":
        ties = partnerships()[partnerships()["programme"].eq(row["programme"])]
        # That one company sent experts to both is inferred by us: no source counts it among ties.
        ties = ties[ties["family"].ne("person")]
        codes = {code for code in (*ties["from_code"], *ties["to_code"]) if not code.endswith("000")}
        return len(ties), len(codes)
    everything = cases() if row["layer"] == "cases" else blocs()
    own = everything[everything["programme"].eq(row["programme"])]
    return len(own), len({code for members in own["member_codes"] for code in members})
