"""The kinds of facts. A kind is one module of this folder that holds ``KIND``; everything else iterates over them."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from layers.vocabulary import find_word

if TYPE_CHECKING:
    from layers.kinds.kind import Kind

_NO_KINDS = {"kind", "columns", "schema"}


@cache
def kinds() -> tuple[Kind, ...]:
    """Return every kind, in the order in which they are shown.

    Examples
    --------
    >>> [each.id for each in kinds()][:4]
    ['cases', 'ties', 'networks', 'blocs']
    """
    names = [each.name for each in iter_modules(__path__) if each.name not in _NO_KINDS]
    found: list[Kind] = [import_module(f"{__name__}.{name}").KIND for name in names]
    return tuple(sorted(found, key=lambda each: each.order))


def find_kind(identifier: str) -> Kind:
    """Return a kind by its id, an earlier id, or its name.

    Raises
    ------
    InvalidFilterError
        When there is none; the message names those that exist.

    Examples
    --------
    >>> find_kind("partnerships").id, find_kind("事例").id
    ('ties', 'cases')
    """
    known = {each.id: (each.name, each.name_en, *each.aliases) for each in kinds()}
    found = find_word(identifier, known, "レイヤー")
    return next(each for each in kinds() if each.id == found)


def kind_of_layer(layer: str) -> Kind | None:
    """Return the kind that a layer of the map draws, None for a layer of no facts (tiles)."""
    return next((each for each in kinds() if layer in each.layers), None)
