"""The component: it adopts the element that the first document already shows, and carries choices and answers.

The element (map and controls) is made by ``renkei.page.document``; Streamlit's part here is one slot and one line of
script. ``setStateValue`` takes a choice to Python, ``data`` brings what was drawn and chosen there. What the map paints
comes over plain HTTP (``renkei.page.made_answers``): Streamlit is asked where it has something to draw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from renkei.browser.contract import Said

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
  const adopt = () => window.renkeiPage.adopt(slot, data.said, send);
  if (window.renkeiPage) adopt();
  else {
    window.renkeiFetched = window.renkeiFetched || fetched(data.element);
    window.renkeiFetched.then(adopt);
  }
  return () => { if (window.renkeiPage) window.renkeiPage.release(); };
}
"""
_MOUNT = st.components.v2.component("renkei_map", js=_SCRIPT, html='<div class="rk-slot"></div>', isolate_styles=False)


def mount(said: Said, element: str) -> None:
    """Put the element into its slot and tell it what Streamlit has drawn.

    Parameters
    ----------
    said
        What was drawn, chosen and found.
    element
        Where the element can be fetched when the first document did not bring it.
    """
    _MOUNT(key=KEY, data={"said": said, "element": element}, on_choice_change=_nothing, height="content")


def _nothing() -> None:
    """Do nothing: Streamlit keeps a value only of what somebody listens to; the run itself takes it over."""


def last_choice() -> dict[str, Any] | None:
    """Return what was chosen in the browser last; None before the first choice."""
    kept = st.session_state.get(KEY)
    choice = kept.get("choice") if kept else None
    return dict(choice) if isinstance(choice, dict) else None
