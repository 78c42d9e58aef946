"""The state that the map script paints: one short object per change (see ``contract.py``)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
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
    import numpy.typing as npt
    import pandas as pd

    from renkei.atlas import Atlas
    from renkei.browser.contract import Background, MapState, Marks, Second
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


def _marks(passes: npt.NDArray[np.bool_]) -> str:
    """Write one character a fact: 1 for those that pass, which are drawn."""
    return (passes.view(np.uint8) + ord("0")).tobytes().decode()


@per_snapshot(maxsize=256)
def fact_marks(atlas: Atlas, filters: Filters, *, every_tie: bool = False) -> Marks:
    """Return which facts filters leave, one character each; the browser sees to the layers. Not to be changed.

    Parameters
    ----------
    every_tie
        Whether what is no tie (presence at an event) is left too, as where its kind is asked for by name.
    """
    tables = atlas.tables
    ties = filters.passing(tables, "ties")
    if not (every_tie or filters.kinds):
        ties &= atlas.ties()["counted"].to_numpy(dtype=bool)
    return {
        "cases": _marks(filters.passing(tables, "cases")),
        "ties": _marks(ties),
        "blocs": _marks(filters.passing(tables, "blocs")) + "1" * len(atlas.medical_areas()),
        "networks": _marks(filters.passing(tables, "networks")),
    }


def _rest(atlas: Atlas, text: str) -> Marks:
    """Return the marks that a text leaves, "" where there is none: the browser foretells every other filter."""
    if not text:
        return {"cases": "", "ties": "", "blocs": "", "networks": ""}
    # What is no tie passes the text too: the browser sees to the rest.
    return fact_marks(atlas, Filters(text=text), every_tie=True)


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


def map_state(atlas: Atlas, state: PageState) -> MapState:
    """Build the state that the browser paints: of the query alone, the same for whoever asks.

    Parameters
    ----------
    atlas, state
        What is chosen on the page.

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
        **fact_marks(atlas, state.filters),  # type: ignore[typeddict-item]
        "rest": _rest(atlas, state.filters.text),
        "dates": _dates(atlas, state.indicator_id, state.language),
        "breaks": _breaks(atlas, state),
        "sequence": "",
    }
    if len(painted) > 1 or "grid" in payload["legend"]:
        payload["second"] = _second(atlas, state, painted)
    payload["sequence"] = hashlib.sha256(orjson.dumps(payload)).hexdigest()[:12]
    return payload
