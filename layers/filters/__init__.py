"""One value that says which facts are shown: the address of the page, the command line and the map share it.

A filter is one module of this folder that holds ``FILTER``; ``Filters`` has one field for each.
"""

from __future__ import annotations

from dataclasses import field, make_dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from geo.errors import RenkeiError
from geo.gazetteer import municipalities
from layers.filters.text import LONGEST_TEXT, joined
from layers.kinds import find_kind, kinds
from layers.kinds.kind import codes_of
from layers.tables import per_snapshot, rows
from layers.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Self

    import numpy.typing as npt
    import pandas as pd

    from layers.filters.choice import FilterChoice
    from layers.tables import Tables

__all__ = ["FILTERS", "LONGEST_TEXT", "Filters", "filter_options"]


def _found() -> tuple[FilterChoice, ...]:
    modules = [import_module(f"{__name__}.{each.name}") for each in iter_modules(__path__) if each.name != "choice"]
    return tuple(sorted((module.FILTER for module in modules), key=lambda each: each.order))


FILTERS: tuple[FilterChoice, ...] = _found()
"""Every filter, in the order in which they are shown."""


class _Filters:
    """What is shown: OR within one field, AND between fields; an empty field asks nothing.

    One field a filter: ``themes`` (names), ``prefectures`` (2-digit codes), ``programmes`` (ids), ``years`` (numbers),
    ``text`` (words), ``kinds`` (ids of ``layers.tie_kinds.TieKind``), ``tiers`` (ids of ``layers.evidence.TIERS``).
    """

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Any]]

        def __init__(self, **values: Any) -> None: ...

        def __getattr__(self, name: str) -> Any: ...

    @classmethod
    def from_values(cls, tables: Tables, **values: Any) -> Self:
        """Make filters of what a person wrote: names, codes, ids, by field.

        Raises
        ------
        InvalidFilterError
            When a value does not exist; the message says what does.

        Examples
        --------
        >>> from layers.tables import Tables
        >>> Filters.from_values(Tables.open(), themes=["脱炭素"], prefectures=["北海道"]).prefectures
        ('01',)
        """
        known = {each.field: each for each in FILTERS}
        return cls(**{name: _read(tables, known[name], written) for name, written in values.items()})

    @classmethod
    def from_query(cls, tables: Tables, query: Mapping[str, list[str]]) -> tuple[Self, list[str]]:
        """Read filters from address parameters; a wrong value is left out and named in a note.

        Returns
        -------
        Filters, list of str
            What could be read, and one ``key=value`` for each value that was ignored.
        """
        found: dict[str, Any] = {}
        notes: list[str] = []
        for each in FILTERS:
            written = query.get(each.key, [])
            good = []
            for value in written[-1:] if each.single else written:
                try:
                    good.append(each.read(tables, value))
                except RenkeiError:
                    notes.append(f"{each.key}={value[:40]}")
            if good:
                found[each.field] = _kept(each, good)
        return cls(**found), notes

    def to_query(self) -> dict[str, list[str]]:
        """Return the address parameters that ``from_query`` reads back to these filters."""
        return {each.key: [str(value) for value in _several(each, chosen)] for each, chosen in self.chosen()}

    def chosen(self) -> list[tuple[FilterChoice, Any]]:
        """Return the filters that ask something, with their value."""
        found = [(each, getattr(self, each.field)) for each in FILTERS]
        return [(each, value) for each, value in found if value]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return not self.chosen()

    def apply(self, tables: Tables, kind: str, frame: pd.DataFrame | None = None) -> pd.DataFrame:
        """Return the facts of a kind that pass.

        Parameters
        ----------
        tables
            The snapshot.
        kind
            Id of a kind (``layers.kinds``).
        frame
            Rows of that kind; all by default.

        Raises
        ------
        InvalidFilterError
            When the kind does not exist.

        Examples
        --------
        >>> from layers.tables import Tables
        >>> len(Filters(years=(2022,), programmes=("dispatch-r4",)).apply(Tables.open(), "cases"))
        111
        """
        of = find_kind(kind)
        if frame is None:
            frame = of.read(tables)
            return frame if self.is_empty or not of.filtered else frame[self.passing(tables, kind)]
        for each, value in self.chosen() if of.filtered else ():
            frame = frame[np.asarray(each.passes(tables, of, frame, value), dtype=bool)]
        return frame

    def passing(self, tables: Tables, kind: str) -> npt.NDArray[np.bool_]:
        """Return which facts of a kind pass, in the order of their table: each filter is asked once for all visitors.

        Examples
        --------
        >>> from layers.tables import Tables
        >>> int(Filters(years=(2022,), programmes=("dispatch-r4",)).passing(Tables.open(), "cases").sum())
        111
        """
        passes = np.ones(_count(tables, kind), dtype=bool)
        if find_kind(kind).filtered:
            for each, value in self.chosen():
                passes &= _passing(tables, kind, each.key, value)
        return passes

    def municipality_codes(self, tables: Tables) -> list[str]:
        """Return the codes of the municipalities that the filters leave, in gazetteer order.

        Those in the chosen prefectures and, where anything else is asked, with a passing fact of any kind;
        a text also finds municipalities by name, kana and code.
        """
        frame = municipalities()
        inside = frame["prefecture_code"].isin(self.prefectures) if self.prefectures else frame["code6"].notna()
        if self != type(self)(prefectures=self.prefectures):
            inside &= frame.index.isin(self._taking_part(tables) | self._named())
        return list(frame.index[inside])

    def _taking_part(self, tables: Tables) -> set[str]:
        asked = [kind for kind in kinds() if kind.filtered and kind.layers]
        return {code for kind in asked for row in rows(self.apply(tables, kind.id)) for code in codes_of(row)}

    def _named(self) -> set[str]:
        if not self.text or self != type(self)(prefectures=self.prefectures, text=self.text):
            return set()
        words = [fold(word) for word in self.text.split()]
        return {code for code, text in _municipality_texts().items() if all(word in text for word in words)}


if TYPE_CHECKING:

    class Filters(_Filters):
        """What is shown; see ``_Filters``."""

else:
    Filters = make_dataclass(
        "Filters",
        [(each.field, Any, field(default=each.empty)) for each in FILTERS],
        bases=(_Filters,),
        frozen=True,
        namespace={"__doc__": _Filters.__doc__, "__module__": __name__},
    )


def _read(tables: Tables, each: FilterChoice, written: Any) -> Any:
    given: Iterable[Any] = (written,) if each.single else written
    return _kept(each, [each.read(tables, value) for value in given])


def _kept(each: FilterChoice, values: list[Any]) -> Any:
    if each.single:
        return values[-1] if values else each.empty
    return tuple(sorted(set(values)) if each.sorted else dict.fromkeys(values))


def _several(each: FilterChoice, chosen: Any) -> tuple[Any, ...]:
    return (chosen,) if each.single else tuple(chosen)


@per_snapshot()
def _count(tables: Tables, kind: str) -> int:
    return len(find_kind(kind).read(tables))


@per_snapshot(maxsize=512)
def _passing(tables: Tables, kind: str, key: str, value: Any) -> npt.NDArray[np.bool_]:
    """Return which facts pass one filter. Not to be changed."""
    of = find_kind(kind)
    asked = next(each for each in FILTERS if each.key == key)
    return np.asarray(asked.passes(tables, of, of.read(tables), value), dtype=bool)


@per_snapshot()
def filter_options(tables: Tables) -> dict[str, list[Any]]:
    """Return what can be chosen, by field."""
    return {each.field: list(each.options(tables)) for each in FILTERS if not each.single}


@cache
def _municipality_texts() -> dict[str, str]:
    return {
        row["code"]: joined([row["prefecture"] + row["name"], row["kana"], row["code"], row["code6"]])
        for row in rows(municipalities().reset_index())
    }
