"""What is chosen: in the browser, in the address, or on a card or table of Streamlit; one state, whoever chose last."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from geo.resolve import resolve
from renkei.browser.addresses import made_address
from renkei.page.component import last_choice
from renkei.page.named_places import MOST_FOUND, places
from renkei.present.page_state import PageState, defaults, from_query
from renkei.present.words import word
from renkei.retrieval import search

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.browser.contract import Found, FoundEntry, Said
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
    taken: int = 0
    """Number of the browser's last choice that was taken over."""
    asked: list[dict[str, Any]] = field(default_factory=list)
    """What was chosen on a card or in a table since the last run: fields of the state."""
    turn: int = 0
    """Grows when something was chosen there."""
    change: dict[str, list[str]] = field(default_factory=dict)
    """What that changes, as the address has it."""
    fly: bool = False
    """Whether the map moves to it."""
    found: Found | None = None
    """What was found for a text that was looked for."""
    atlas: Atlas | None = None
    """Of the last run: what was chosen there may not be in another."""

    def said(self, atlas: Atlas, undrawn: list[str]) -> Said:
        """Return what the browser is told.

        Parameters
        ----------
        atlas
            Of the session.
        undrawn
            Parts of the query of which nothing that is drawn for it speaks.
        """
        said: Said = {
            "n": self.taken,
            "query": self.state.to_query(atlas),
            "undrawn": undrawn,
            "turn": self.turn,
            "change": self.change,
            "fly": self.fly,
            "made": made_address(atlas),
        }
        if self.found:
            said["found"] = self.found
        return said


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
    """Return what is chosen now: what the browser told since, else what a changed address says; then what a card chose.

    The browser changes much without telling. Where a card begins to speak of that, the browser tells it then.
    """
    kept = cast("Choices | None", st.session_state.get(_KEY))
    address = _address()
    if kept is None:
        kept = Choices(from_query(atlas, address)[0])
        st.session_state[_KEY] = kept
    elif (kept.address != address and not _told_since(kept)) or not _is_possible(atlas, kept.state):
        kept.state, _ = from_query(atlas, address)
    kept.address = address
    if kept.atlas is not None and kept.atlas is not atlas:
        # Own data came or went: what was chosen of them is no longer there.
        kept.state, _ = from_query(atlas, kept.state.to_query(kept.atlas))
    kept.atlas = atlas
    _take_over(atlas, kept)
    _carry_out(atlas, kept)
    return kept


def _is_possible(atlas: Atlas, state: PageState) -> bool:
    """Tell whether what is painted still is there: own figures go with the file that they came from."""
    known = {each.id for each in atlas.indicators()}
    return state.indicator_id in known and (not state.second_id or state.second_id in known)


def _told_since(kept: Choices) -> dict[str, Any] | None:
    """Return the browser's choice when it is not taken over yet."""
    choice = last_choice()
    number = choice.get("n") if choice else None
    return choice if isinstance(number, int) and number > kept.taken else None


def _take_over(atlas: Atlas, kept: Choices) -> None:
    """Take over what the browser told since the last run."""
    choice = _told_since(kept)
    if choice is None:
        return
    kept.taken = int(choice["n"])
    kept.state, _ = from_query(atlas, _browser_query(choice.get("query")))
    text = str(choice.get("find") or "").strip()[:_LONGEST_TEXT]
    kept.found = None
    if text:
        _look_for(atlas, kept, text)


def _carry_out(atlas: Atlas, kept: Choices) -> None:
    """Change the state by what was chosen on a card or in a table, and say so to the browser."""
    if not kept.asked:
        return
    before = kept.state.to_query(atlas)
    for changes in kept.asked:
        kept.state = replace(kept.state, **changes)
    kept.asked.clear()
    after = kept.state.to_query(atlas)
    kept.turn += 1
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    kept.change = {key: after.get(key) or defaults().get(key, []) for key in changed}


def _look_for(atlas: Atlas, kept: Choices, text: str) -> None:
    """Look for a text that is no name in the browser's list: old names, addresses, slips, and whole questions."""
    language = kept.state.language
    found = resolve(text)
    if found.code is not None and found.status == "resolved":
        kept.asked.append(_only(code=found.code))
        kept.fly = True
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
    kept.found = {"key": f"{kept.taken}", "text": text, "message": message, "entries": entries}


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


def _only(*, code: str = "", pair: str = "", bloc: str = "", network: str = "", area: str = "") -> dict[str, str]:
    """Return the fields of a state in which one thing is chosen, or nothing."""
    return {"code": code, "pair": pair, "bloc": bloc, "network": network, "area": area}


def choose(
    *, code: str = "", pair: str = "", bloc: str = "", network: str = "", area: str = "", fly: bool = True
) -> None:
    """Choose something from a card or a table; the map flies to it. For callbacks."""
    kept = cast("Choices", st.session_state[_KEY])
    kept.asked.append(_only(code=code, pair=pair, bloc=bloc, network=network, area=area))
    kept.fly = fly
    kept.found = None


def ask(*, fly: bool = False, **changes: Any) -> None:
    """Change other parts of the state from a card or a table; the map flies to what is chosen. For callbacks."""
    kept = cast("Choices", st.session_state[_KEY])
    kept.asked.append(changes)
    kept.fly = fly


def take_view(atlas: Atlas, view: dict[str, list[str]]) -> None:
    """Take over the address that a saved project brought; at the next run."""
    kept = cast("Choices", st.session_state[_KEY])
    state, _ = from_query(atlas, _browser_query(view))
    kept.asked.append(dict(vars(state)))
    kept.fly = True
