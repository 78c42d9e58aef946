"""What is said of a filter, once: how it is read, what passes, how it is put into words, its command-line option."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from layers.kinds.kind import Kind, Language
    from layers.tables import Tables


@dataclass(frozen=True)
class FilterChoice:
    """A filter.

    Parameters
    ----------
    key
        In addresses and of the command line's option.
    field
        Its field of ``Filters``.
    order
        Where it stands in lists and sentences.
    name, name_en
        As shown.
    help
        Of the command line's option, Japanese.
    read
        What a person wrote to the value; raises ``InvalidFilterError``.
    passes
        Snapshot, kind, facts and values to one bool a fact; values are never empty.
    said
        A value in words.
    options
        What can be chosen, in order; () where anything can be written.
    single
        Whether there is one text, not a tuple of values.
    sorted
        Whether values are kept in rising order, not as they were chosen.
    metavar
        Of the option.
    """

    key: str
    field: str
    order: int
    name: str
    name_en: str
    help: str
    read: Callable[[Tables, object], Any]
    passes: Callable[[Tables, Kind, pd.DataFrame, Any], Sequence[bool] | pd.Series]
    said: Callable[[Tables, Any, Language], str]
    options: Callable[[Tables], Sequence[Any]] = lambda _: ()
    single: bool = False
    sorted: bool = False
    metavar: str = "X"

    @property
    def empty(self) -> tuple[()] | str:
        """The value that asks nothing."""
        return "" if self.single else ()

    def title(self, language: Language) -> str:
        """Return its name in a language."""
        return self.name_en if language == "en" else self.name
