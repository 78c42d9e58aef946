"""Errors that a planner can act on: one root, messages in Japanese, English class names."""

from __future__ import annotations


class RenkeiError(Exception):
    """Root of every error that this project raises on purpose."""


class InvalidCodeError(RenkeiError, ValueError):
    """A value is not a municipality code of 5 or 6 digits."""


class AmbiguousNameError(RenkeiError, ValueError):
    """A name fits several municipalities; ``candidates`` holds their codes."""

    def __init__(self, message: str, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.candidates = candidates


class UnknownNameError(RenkeiError, ValueError):
    """A name fits no municipality; ``suggestions`` holds what it may have meant."""

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.suggestions = suggestions


class InvalidFilterError(RenkeiError, ValueError):
    """A theme, prefecture, programme or layer that does not exist was asked for."""


class InvalidCoordinatesError(RenkeiError, ValueError):
    """Coordinates are not numbers in degrees, or longitude and latitude are swapped."""


class InvalidMeshError(RenkeiError, ValueError):
    """A value is not a code of the standard grid square (JIS X 0410), or of a level that is not known."""


class DataError(RenkeiError, ValueError):
    """A table of ``data/`` is missing, damaged or not of the expected layout."""


class UnsafeFileError(RenkeiError, ValueError):
    """A file is not what its name says, or would take more memory, time or room than it may."""
