"""What a reading of a whole text amounts to: one place, several that it may be, or former places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.codes import PREFECTURES
from geo.name_reading import former_finding
from geo.resolution import Candidate, Finding

if TYPE_CHECKING:
    from geo.mergers import FormerPlace
    from geo.name_start import Start
    from geo.place_names import Place


def outcome(start: Start, found: list[Place], change: str) -> Finding | None:
    """Return one place as resolved, several as ambiguous, after what is known of the prefecture."""
    kept = [place for place in found if start.inside in (None, place.code[:2])]
    changes = (*start.changes, change)
    if start.given and start.inside is not None and len(kept) < len(found):
        changes = (*changes, f"{PREFECTURES[start.inside]}に限定")
    if len({place.code for place in kept}) == 1:
        # 堺 is the city and a ward of it: the city is right for both.
        kept = [place for place in kept if place.ward_code is None] or kept
    if len(kept) == 1:
        return Finding("resolved", kept[0].code, kept[0].ward_code, changes=changes)
    if kept:
        options = tuple(Candidate(place.own_code, change) for place in kept)
        return Finding("ambiguous", options=options, changes=start.changes, note=f"{len(options)}通りに読めます")
    return None


def former_outcome(start: Start, former: list[FormerPlace], change: str) -> Finding | None:
    """Return what former places became, after what is known of the prefecture."""
    kept = [place for place in former if start.inside in (None, place.prefecture)]
    return former_finding(kept, (*start.changes, change)) if kept else None
