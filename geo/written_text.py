"""A text to be resolved, in the forms in which it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo.name_folding import fold_kanji, squeeze_with_ends
from geo.resolution import Finding, Resolution

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

LONGEST = 200
"""Characters that are looked at: no municipality is written later than that."""


class WrittenText(NamedTuple):
    """A text as written, squeezed (width, spaces) and folded (kanji), with what is known around it.

    ``ends`` tells for each character of ``plain`` and ``folded`` where it ends in ``written``; ``hint`` is a
    prefecture (2 digits) known from elsewhere, ``as_of`` the day on which the text was written.
    """

    written: str
    plain: str
    folded: str
    ends: Sequence[int]
    hint: str | None
    as_of: date | None

    def result(self, finding: Finding, length: int) -> Resolution:
        """Return a result that matches the first ``length`` characters of ``plain``."""
        return Resolution(self.written, finding, self.ends[length - 1] if length else 0)

    def width_changes(self, length: int) -> tuple[str, ...]:
        """Say when width or spaces of the first ``length`` characters were evened out."""
        same = self.written[: self.ends[length - 1]] == self.plain[:length] if length else True
        return () if same else ("空白・全角半角・異体字をそろえた",)


def read_text(value: object, hint: str | None, as_of: date | None) -> WrittenText:
    """Return a value's text in all its forms; None is empty."""
    written = "" if value is None else str(value)
    plain, ends = squeeze_with_ends(written[:LONGEST])
    return WrittenText(written, plain, fold_kanji(plain), ends, hint, as_of)
