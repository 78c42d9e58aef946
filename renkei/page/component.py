"""The component: it adopts the element that the first document already shows, and carries choices and answers.

The element (map and controls) is made by ``renkei.page.document``; Streamlit's part here is one slot and one line of
script. ``setStateValue`` takes a choice to Python, ``data`` brings the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from renkei.browser.contract import MapState

KEY = "renkei-map"
"""Under this key of Streamlit's session lies what was chosen in the browser last."""

# The first document is of another form (a new Streamlit): the element is fetched and put together here.
_SCRIPT = """
const loaded = (source) => new Promise((done, failed) => {
  const script = document.createElement("script");
  Object.assign(script, { src: source, onload: done, onerror: failed });
  document.head.append(script);
});
async function fetched(address) {
  const answer = await fetch(address + location.search);
  const { html, style, scripts, start } = await answer.json();
  document.body.insertAdjacentHTML("afterbegin", html);
  document.head.insertAdjacentHTML("beforeend", style);
  for (const source of scripts) await loaded(source);
  const script = document.createElement("script");
  script.textContent = start;
  document.head.append(script);
}
export default function ({ parentElement, data, setStateValue }) {
  const slot = parentElement.querySelector(".rk-slot");
  const send = (choice) => setStateValue("choice", choice);
  const adopt = () => window.renkeiPage.adopt(slot, data.state, send);
  if (window.renkeiPage) adopt();
  else {
    window.renkeiFetched = window.renkeiFetched || fetched(data.element);
    window.renkeiFetched.then(adopt);
  }
  return () => { if (window.renkeiPage) window.renkeiPage.release(); };
}
"""
_MOUNT = st.components.v2.component("renkei_map", js=_SCRIPT, html='<div class="rk-slot"></div>', isolate_styles=False)


def mount(state: MapState, element: str, changed: Callable[[], None]) -> None:
    """Put the element into its slot and bring it a state.

    Parameters
    ----------
    state
        The answer to what was chosen.
    element
        Where the element can be fetched when the first document did not bring it.
    changed
        Called, before the page is drawn again, when something was chosen in the browser.
    """
    _MOUNT(key=KEY, data={"state": state, "element": element}, on_choice_change=changed, height="content")


def last_choice() -> dict[str, Any] | None:
    """Return what was chosen in the browser last; None before the first choice."""
    kept = st.session_state.get(KEY)
    choice = kept.get("choice") if kept else None
    return dict(choice) if isinstance(choice, dict) else None
