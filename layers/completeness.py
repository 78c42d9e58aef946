"""How much of what is known to exist the register holds, kind by kind: absence here is no proof of absence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layers.kinds import find_kind, kinds
from layers.kinds.kind import codes_of
from layers.tables import per_snapshot, rows

if TYPE_CHECKING:
    import pandas as pd

    from layers.tables import Tables


@per_snapshot()
def completeness(tables: Tables) -> pd.DataFrame:
    """Return one row a kind of fact, in the order in which they are shown.

    Returns
    -------
    pandas.DataFrame
        ``programme``; ``layer`` (``cases``, ``partnerships``, ``networks``, ``blocs``: where it is exported);
        ``family`` (of ties and networks: then these are counted, whatever their programme; else ""); ``name``,
        ``name_en``; ``held`` (facts in the register, counted) and ``held_municipalities`` (that take part);
        ``known`` (how many are known to exist, as written; "" = not known), ``known_on`` (ISO date of that
        count), ``known_by`` (whose count); ``missing`` and ``missing_en`` (what is not held).
    """
    frame = tables.read("cases", "completeness.csv")
    held = [_held(tables, row) for row in rows(frame)]
    frame["held"] = [facts for facts, _ in held]
    frame["held_municipalities"] = [codes for _, codes in held]
    return frame


def _held(tables: Tables, row: dict[str, Any]) -> tuple[int, int]:
    """Count what is held of a programme, or of a family of ties and networks."""
    frames = _frames(tables, row["layer"], row["family"])
    if row["family"]:
        own = [frame[frame["family"].eq(row["family"])] for frame in frames]
    else:
        own = [frame[frame["programme"].eq(row["programme"])] for frame in frames]
    parties = {code for frame in own for fact in rows(frame) for code in codes_of(fact)}
    codes = {code for code in parties if not code.endswith("000")}
    return sum(map(len, own)), len(codes)


def _frames(tables: Tables, layer: str, family: str) -> list[pd.DataFrame]:
    """Return the facts among which is counted; an unknown kind is refused, never counted among another."""
    if family:  # a family is told by two or by many
        return [frame for frame in (kind.read(tables) for kind in kinds()) if "family" in frame]
    frame = find_kind(layer).read(tables)
    # That one company sent experts to both is inferred by us: no source counts it among ties.
    return [frame[frame["family"].ne("person")] if "family" in frame else frame]
