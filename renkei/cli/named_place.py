"""A municipality as named on the command line."""

from __future__ import annotations

from geo.errors import AmbiguousNameError, UnknownNameError


def code_of(text: str) -> str:
    """Return the code of a municipality named or coded; a ward stands for its city.

    Raises
    ------
    AmbiguousNameError, UnknownNameError
        When the name fits several or none.

    Examples
    --------
    >>> code_of("川場村")
    '10444'
    """
    from geo.resolve import resolve  # noqa: PLC0415 - keeps --help quick

    found = resolve(text)
    if found.code is None:
        kind = AmbiguousNameError if found.status == "ambiguous" else UnknownNameError
        raise kind(f"「{text[:40]}」：{found.explanation}", found.candidates)
    return found.code
