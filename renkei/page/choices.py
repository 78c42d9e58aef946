"""What is chosen: in the browser, in the address, or on a card or table of Streamlit; one state, whoever chose last."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from geo.resolve import resolve
from renkei.page.component import last_choice
from renkei.page.named_places import MOST_FOUND, places
from renkei.present.page_state import PageState, from_query
from renkei.present.words import word
from renkei.retrieval import search

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.browser.contract import Found, FoundEntry
    from renkei.present.words import Language
    from renkei.retrieval import Hit

VIEW = "map"
"""The address parameter that the browser alone keeps: zoom/latitude/longitude."""
_KEY = "renkei-choices"
_LONGEST_TEXT = 200
_LONGEST_VALUE = 2000
"""Of what is told: an area of 500 municipalities has 1,700 characters."""
PARTIES = 2
_MOST_VALUES = 200


@dataclass
class Choices:
    """What one visitor has chosen, and what the page has to say of it."""

    state: PageState
    address: dict[str, list[str]] = field(default_factory=dict)
    answers: int = 0
    """Number of the browser's last choice that was taken over."""
    flights: int = 0
    """Grows when the map should move to what is chosen."""
    found: Found | None = None
    """What was found for a text that was looked for."""
    atlas: Atlas | None = None
    """Of the last run: what was chosen there may not be in another."""


def _address() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in st.query_params if key != VIEW}


def _browser_query(value: object) -> dict[str, list[str]]:
    """Return a query as the browser tells it, and nothing but texts."""
    if not isinstance(value, dict):
        return {}
    return {
        str(key)[:40]: [str(each)[:_LONGEST_VALUE] for each in values[:_MOST_VALUES]]
        for key, values in list(value.items())[:_MOST_VALUES]
        if isinstance(values, list)
    }


def current(atlas: Atlas) -> Choices:
    """Return what is chosen now: what the browser told since, else what a changed address says."""
    kept = cast("Choices | None", st.session_state.get(_KEY))
    address = _address()
    if kept is None or (kept.address != address and not _told_since(kept)):
        state, _ = from_query(atlas, address)
        kept = Choices(state, address, *((kept.answers, kept.flights) if kept else ()))
        st.session_state[_KEY] = kept
    kept.address = address
    if kept.atlas is not None and kept.atlas is not atlas:
        # Own data came or went: what was chosen of them is no longer there.
        kept.state, _ = from_query(atlas, kept.state.to_query(kept.atlas))
    kept.atlas = atlas
    _take_over(atlas, kept)
    return kept


def _told_since(kept: Choices) -> dict[str, Any] | None:
    """Return the browser's choice when it is not taken over yet."""
    choice = last_choice()
    number = choice.get("n") if choice else None
    return choice if isinstance(number, int) and number > kept.answers else None


def _take_over(atlas: Atlas, kept: Choices) -> None:
    """Take over what the browser told since the last run."""
    choice = _told_since(kept)
    if choice is None:
        return
    kept.answers = int(choice["n"])
    kept.state, _ = from_query(atlas, _browser_query(choice.get("query")))
    text = str(choice.get("find") or "").strip()[:_LONGEST_TEXT]
    kept.found = None
    if text:
        _look_for(atlas, kept, text)


def _look_for(atlas: Atlas, kept: Choices, text: str) -> None:
    """Look for a text that is no name in the browser's list: old names, addresses, slips, and whole questions."""
    language = kept.state.language
    found = resolve(text)
    if found.code is not None and found.status == "resolved":
        kept.state = chosen(kept.state, code=found.code)
        kept.flights += 1
        return
    entries = places((found.code, *found.candidates) if found.code else found.candidates, language)
    if found.status == "merged":
        message = word("merged", language, text=found.input, explanation=found.explanation)
    elif found.status == "ambiguous":
        message = word("ambiguous", language, text=found.input)
    else:
        answer = search(atlas, text, limit=MOST_FOUND, language=language)
        hits = [entry for hit in answer.hits if (entry := _entry(hit, language))]
        message = "" if hits else answer.message or word("unknown", language, text=found.input)
        if not hits and entries:
            message += word("did_you_mean", language)
        entries = hits or entries
    kept.found = {"key": f"{kept.answers}", "text": text, "message": message, "entries": entries}


_CHOICES = {"place": "code", "network": "network", "bloc": "bloc", "indicator": "indicator"}
"""Kind of hit → what it chooses by its own id; a case and an organisation choose their first place."""


def _entry(hit: Hit, language: Language) -> FoundEntry | None:
    """Return a hit as the list under the search shows it; None where it leads nowhere on the map."""
    note = "　".join(dict.fromkeys(part for part in (hit.place, word(f"hit_{hit.kind}", language)) if part))
    if choice := _CHOICES.get(hit.kind):
        return {"choice": choice, "id": hit.id, "label": hit.title, "note": note}
    if hit.kind == "tie" and len(hit.codes) == PARTIES:
        return {"choice": "tie", "id": "-".join(sorted(hit.codes)), "label": hit.title, "note": note}
    if hit.codes:
        return {"choice": "code", "id": hit.codes[0], "label": hit.title, "note": note}
    return None


def chosen(
    state: PageState, *, code: str = "", pair: str = "", bloc: str = "", network: str = "", area: str = ""
) -> PageState:
    """Return a state with something else chosen, or nothing."""
    return replace(state, code=code, pair=pair, bloc=bloc, network=network, area=area)


def choose(
    *, code: str = "", pair: str = "", bloc: str = "", network: str = "", area: str = "", fly: bool = True
) -> None:
    """Choose something from a card or a table; the map flies to it. For callbacks."""
    kept = cast("Choices", st.session_state[_KEY])
    kept.state = chosen(kept.state, code=code, pair=pair, bloc=bloc, network=network, area=area)
    kept.flights += fly
    kept.found = None


def ask(*, fly: bool = False, **changes: Any) -> None:
    """Change other parts of the state from a card or a table; the map flies to what is chosen. For callbacks."""
    kept = cast("Choices", st.session_state[_KEY])
    kept.state = replace(kept.state, **changes)
    kept.flights += fly


def take_view(atlas: Atlas, view: dict[str, list[str]]) -> None:
    """Take over the address that a saved project brought."""
    kept = cast("Choices", st.session_state[_KEY])
    kept.state, _ = from_query(atlas, _browser_query(view))
    kept.flights += 1
