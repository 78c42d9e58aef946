"""Looking up a word that a person wrote among those that exist: one folding, one refusal, for every vocabulary."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from geo.errors import InvalidFilterError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def fold(text: str) -> str:
    """Fold a text for searching: NFKC, case, spaces.

    Examples
    --------
    >>> fold("ＤＸ　推進")
    'dx推進'
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def find_word(text: str, names: Mapping[str, Iterable[str]], what: str) -> str:
    """Return the id of what is written: an id, or one of its names.

    Parameters
    ----------
    text
        As a person wrote it: full-width, spaces and case do not matter.
    names
        Id to names, the first as it is shown.
    what
        What is looked for, as the refusal calls it.

    Raises
    ------
    InvalidFilterError
        When it is none; the message names those that exist.

    Examples
    --------
    >>> find_word("ふるさと 納税", {"tax": ("ふるさと納税", "Hometown tax")}, "テーマ")
    'tax'
    """
    wanted = fold(text)
    for identifier, own in names.items():
        if wanted in (fold(identifier), *map(fold, own)):
            return identifier
    known = "、".join(_told(identifier, next(iter(own), identifier)) for identifier, own in names.items())
    msg = f"{what}「{text[:40]}」はありません。次のどれかを指定してください：{known}"
    raise InvalidFilterError(msg)


def _told(identifier: str, name: str) -> str:
    return name if name == identifier else f"{name}（{identifier}）"
