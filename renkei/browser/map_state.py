"""The state that the map script paints: one short object per change (see ``contract.py``)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import orjson

from geo.codes import PREFECTURES
from geo.gazetteer import municipalities
from layers.filters import Filters
from layers.tables import per_snapshot
from renkei.browser.addresses import made_address
from renkei.browser.backgrounds import backgrounds, figures_name
from renkei.present.indicator_classes import classify_indicator, title_of
from renkei.present.page_state import written_breaks
from renkei.present.words import dated

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from renkei.atlas import Atlas
    from renkei.browser.contract import Background, Found, MapState, Marks, Second
    from renkei.present.page_state import PageState
    from renkei.present.words import Language


@dataclass(frozen=True)
class Shown:
    """What the filters leave: the frames that the map, the table and the export share. Not to be changed."""

    cases: pd.DataFrame
    ties: pd.DataFrame
    """What is a tie; all that pass where kinds are asked for by name."""
    blocs: pd.DataFrame
    networks: pd.DataFrame
    references: pd.DataFrame
    """What passes and is no tie: presence at an event."""

    @cached_property
    def municipality_codes(self) -> set[str]:
        """Codes of the municipalities that take part in anything shown."""
        codes = {
            code
            for frame in (self.cases, self.blocs, self.networks)
            for members in frame["member_codes"]
            for code in members
        }
        codes |= set(self.ties["from_code"]) | set(self.ties["to_code"])
        return codes & set(municipalities().index)

    @property
    def pair_count(self) -> int:
        """How many pairs the ties join."""
        return len({tuple(sorted(ends)) for ends in zip(self.ties["from_code"], self.ties["to_code"], strict=True)})

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left."""
        return not any(map(len, (self.cases, self.ties, self.blocs, self.networks)))


@per_snapshot(maxsize=256)
def shown(atlas: Atlas, filters: Filters) -> Shown:
    """Return what filters leave."""
    tables = atlas.tables
    passing = filters.apply(tables, "ties")
    counted = passing["counted"].astype(bool) | bool(filters.kinds)
    return Shown(
        filters.apply(tables, "cases"),
        passing[counted],
        filters.apply(tables, "blocs"),
        filters.apply(tables, "networks"),
        passing[~counted],
    )


def _marks(everything: pd.DataFrame, positions: Iterable[int]) -> str:
    """Write one character a fact: 1 for those at ``positions``, which are drawn."""
    marks = ["0"] * len(everything)
    for position in positions:
        marks[position] = "1"
    return "".join(marks)


def fact_marks(atlas: Atlas, left: Shown) -> Marks:
    """Return which facts the filters leave, one character each; the browser sees to the layers."""
    return {
        "cases": _marks(atlas.cases(), left.cases.index),
        "ties": _marks(atlas.ties(), left.ties.index),
        "blocs": _marks(atlas.blocs(), left.blocs.index) + "1" * len(atlas.medical_areas()),
        "networks": _marks(atlas.networks(), left.networks.index),
    }


@per_snapshot(maxsize=64)
def _rest(atlas: Atlas, text: str) -> Marks:
    """Return the marks that a text leaves, "" where there is none: the browser foretells every other filter."""
    if not text:
        return {"cases": "", "ties": "", "blocs": "", "networks": ""}
    # Every family by name: what is no tie passes the text too, and the browser sees to the rest.
    only_text = Filters(text=text)
    ties = only_text.apply(atlas.tables, "ties")
    return fact_marks(atlas, shown(atlas, only_text)) | {"ties": _marks(atlas.ties(), ties.index)}


@per_snapshot()
def _dates(atlas: Atlas, identifier: str, language: Language) -> list[tuple[str, str]]:
    """Return the dates of a series with what the page calls them; none where there is one date alone."""
    chosen = atlas.indicator(identifier)
    if len(chosen.dates) == 1:
        return []
    return [(date, dated(date, chosen.flag(date), language)) for date in chosen.dates]


@lru_cache(maxsize=256)
def _prefecture_marks(prefectures: tuple[str, ...]) -> str:
    """Return "1" for each municipality of the chosen prefectures, "0" for the rest; "" when all are."""
    if not prefectures or len(prefectures) == len(PREFECTURES):
        return ""
    chosen = set(prefectures)
    return "".join("1" if code[:2] in chosen else "0" for code in municipalities().index)


def _breaks(atlas: Atlas, state: PageState) -> str:
    """Write the breaks of what is painted as a person would, to begin with when they are changed."""
    chosen = atlas.indicator(state.indicator_id)
    if state.scheme != "manual" or chosen.kind != "number":
        return ""
    return written_breaks(state.breaks or classify_indicator(atlas, chosen, state.date).breaks)


def _second(atlas: Atlas, state: PageState, painted: list[Background]) -> Second:
    """Return what the second indicator adds: its figures for the tooltip and, side by side, its fills."""
    other = atlas.indicator(state.second_id)
    second: Second = {
        "title": title_of(other, state.language),
        "values": figures_name(atlas, other.id, other.dates[-1], state.language),
    }
    if len(painted) > 1:
        second |= {"classes": painted[1]["classes"], "colors": painted[1]["colors"], "legend": painted[1]["legend"]}
    return second


def map_state(
    atlas: Atlas,
    state: PageState,
    left: Shown,
    *,
    fly: int = 0,
    n: int = 0,
    fresh: bool = False,
    found: Found | None = None,
) -> MapState:
    """Build the state that the browser paints.

    Parameters
    ----------
    atlas, state, left
        What is chosen on the page, and what the filters leave.
    fly
        Grows when the map should move to what is chosen.
    n
        Number of the last choice of the browser that this answers.
    fresh
        Whether the address says all of it already.
    found
        What was found for a text that was looked for.

    Returns
    -------
    dict
        JSON-ready, about 4 kB; ``sequence`` names this very state.
    """
    painted = backgrounds(atlas, state)
    payload: MapState = {
        **painted[0],
        "query": state.to_query(atlas),
        "made": made_address(atlas),
        "shown": _prefecture_marks(state.filters.prefectures),
        **fact_marks(atlas, left),  # type: ignore[typeddict-item]
        "rest": _rest(atlas, state.filters.text),
        "dates": _dates(atlas, state.indicator_id, state.language),
        "breaks": _breaks(atlas, state),
        "fly": fly,
        "n": 0,
        "fresh": fresh,
        "sequence": "",
    }
    if len(painted) > 1 or "grid" in payload["legend"]:
        payload["second"] = _second(atlas, state, painted)
    if found:
        payload["found"] = found
    payload["sequence"] = hashlib.sha256(orjson.dumps(payload)).hexdigest()[:12]
    payload["n"] = n
    return payload
