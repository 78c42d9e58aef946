"""Texts on paper: no markup, no control characters, never longer than their place."""

from __future__ import annotations

LONGEST = 90
"""Characters of one line on the sheet."""


def plain(text: object, longest: int = LONGEST) -> str:
    """Return a text that can be drawn: no control or direction marks, not longer than a line."""
    kept = "".join(c if c.isprintable() or c == "\u3000" else " " for c in str(text))
    return kept if len(kept) <= longest else kept[: longest - 1] + "…"


def wrapped(text: str, width: int) -> list[str]:
    """Cut a text into lines of so many characters."""
    text = plain(text, 400)
    return [text[start : start + width] for start in range(0, len(text), width)]
