"""What is chosen on the page, as one value that is also the address: a link shows the same page again."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from geo.codes import PREFECTURES, normalize_code
from geo.errors import RenkeiError
from geo.gazetteer import municipalities
from layers.filters import Filters
from renkei.present.area_codes import read_area, written_area
from renkei.present.words import LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from renkei.atlas import Atlas

Layer = Literal["cases", "ties", "networks", "blocs", "core_city", "self_reliant", "medical", "tiles"]
LAYERS: tuple[Layer, ...] = ("cases", "ties", "networks", "blocs", "core_city", "self_reliant", "medical", "tiles")
"""In their usual order, the first on top; the tiles of 国土地理院, at the bottom, are the one thing from outside."""
SHOWN_AT_FIRST = LAYERS[:6]
Scheme = Literal["auto", "natural", "quantile", "equal", "manual"]
SCHEMES: tuple[Scheme, ...] = ("auto", "natural", "quantile", "equal", "manual")
MOST_BREAKS = 8
Unit = Literal["municipality", "core_city", "self_reliant", "blocs"]
UNITS: tuple[Unit, ...] = ("municipality", "core_city", "self_reliant", "blocs")
Compare = Literal["swipe", "bivariate"]
COMPARE: tuple[Compare, ...] = ("swipe", "bivariate")
PANELS = ("", "table", "ties", "networks", "blocs", "indicators", "themes", "analysis", "own", "sources")
"""The tables below the map; "" is none."""
_FORMER_PANELS = {"matrix": "ties", "multiples": "analysis", "survey": "sources"}
"""Panels of former links, and where their content is now."""
MOST_TOWNS = 20
"""So many municipalities are compared at most."""
_ENDLESS = 1e15
DEFAULT_INDICATOR = "population_change_2020_2050"


@dataclass(frozen=True)
class PageState:
    """Every choice of the page.

    Parameters
    ----------
    filters
        Which cases, ties and blocs are shown.
    indicator_id, date
        The background indicator and its date (ISO year or day); the newest date by default.
    scheme
        How the classes are made; ``auto`` is what the indicator asks for.
    breaks
        Inner breaks of ``manual``, rising; without them the classes are those of ``auto``.
    unit
        Whose values are painted: each municipality's, or each bloc's of a kind.
    second_id
        The indicator beside the first, or "".
    compare
        How the two are shown: side by side under a slider, or as nine classes.
    layers
        Which of cases, ties and kinds of blocs are drawn, the first on top.
    base
        The date since which the change is painted, or "": the difference of two dates of the indicator.
    code
        The chosen municipality or prefecture (PP000), or "".
    pair
        The two codes of a chosen tie joined by "-", or "".
    bloc
        The id of a chosen bloc, or "".
    network
        The id of a chosen network, or "".
    area
        Municipalities chosen together, as the address holds them (``renkei.present.area_codes``), or "".
    panel
        The table below the map; "" when none is open.
    towns
        Codes joined by "-" of the municipalities that are compared, "" for those in view.
    columns
        Ids of indicators joined by "-" that the table of municipalities tells, "" for the usual ones.
    language
        Language of the page.
    """

    filters: Filters = field(default_factory=Filters)
    indicator_id: str = DEFAULT_INDICATOR
    date: str = ""
    scheme: Scheme = "auto"
    breaks: tuple[float, ...] = ()
    unit: Unit = "municipality"
    second_id: str = ""
    compare: Compare = "swipe"
    base: str = ""
    layers: tuple[Layer, ...] = SHOWN_AT_FIRST
    code: str = ""
    pair: str = ""
    bloc: str = ""
    network: str = ""
    area: str = ""
    panel: str = ""
    towns: str = ""
    columns: str = ""
    language: Language = "ja"

    def with_default_date(self, atlas: Atlas) -> PageState:
        """Return this state with a date that its indicator has."""
        dates = atlas.indicator(self.indicator_id).dates
        return self if self.date in dates else replace(self, date=dates[-1])

    def to_query(self, atlas: Atlas) -> dict[str, list[str]]:
        """Return the address parameters; what is at its default is left out."""
        query = {key: list(value) for key, value in self.filters.to_query().items()}
        for each in CHOICES:
            value = each.written(self)
            if value and value != each.usual(atlas, self):
                query[each.key] = [value]
        if self.layers != SHOWN_AT_FIRST:
            query["show"] = list(self.layers) or ["none"]
        return query


def defaults() -> dict[str, list[str]]:
    """Return the choices that an address leaves out, but for the date: that is the newest of its indicator."""
    found = {each.key: [each.default] for each in CHOICES if each.default}
    return found | {"show": list(SHOWN_AT_FIRST)}


def from_query(atlas: Atlas, query: Mapping[str, list[str]]) -> tuple[PageState, list[str]]:
    """Read a state from address parameters; a wrong value is left out and named, never an error.

    Returns
    -------
    PageState, list of str
        The state and one note for each value that was ignored.
    """
    filters, notes = Filters.from_query(atlas.tables, query)
    state = PageState(filters=filters)
    for each in CHOICES:
        if not (written := (query.get(each.key) or [""])[-1]):
            continue
        if value := each.read(atlas, written, state):
            found: dict[str, Any] = {each.field: value}
            state = replace(state, **found)
        else:
            notes.append(f"{each.key}={written[:40]}")
    if "show" in query:
        shown = [part for value in query["show"] for part in value.split(",")]
        state = replace(state, layers=_in_order(shown))
        notes += [f"show={part[:40]}" for part in shown if part not in (*LAYERS, "none")]
    return state.with_default_date(atlas), notes


def _in_order(written: list[str]) -> tuple[Layer, ...]:
    """Return layers as they are written, each once; the tiles are always the ground."""
    order = sorted(dict.fromkeys(written), key=lambda layer: layer == "tiles")
    return tuple(layer for written_layer in order for layer in LAYERS if layer == written_layer)


def _one_of(choices: tuple[str, ...]) -> _Reader:
    return lambda _atlas, written, _state: written if written in choices else ""


def _indicator(atlas: Atlas, written: str, _state: PageState) -> str:
    return written if written in {each.id for each in atlas.indicators()} else ""


def _second(atlas: Atlas, written: str, state: PageState) -> str:
    if state.base or written == state.indicator_id:
        return ""
    return written if written in {each.id for each in atlas.indicators() if each.kind == "number"} else ""


def _base(atlas: Atlas, written: str, state: PageState) -> str:
    chosen = atlas.indicator(state.indicator_id)
    newest = state.date or chosen.dates[-1]
    return written if chosen.kind == "number" and written in chosen.dates and written != newest else ""


def _panel(_atlas: Atlas, written: str, _state: PageState) -> str:
    now = _FORMER_PANELS.get(written, written)
    return now if now in PANELS else ""


def _date(atlas: Atlas, written: str, state: PageState) -> str:
    return written if written in atlas.indicator(state.indicator_id).dates else ""


def possible_view(written: str) -> bool:
    """Tell whether the map can stand there: ``zoom/latitude/longitude`` in and around Japan (as ``query.js`` does).

    Examples
    --------
    >>> possible_view("8/36.5/139"), possible_view("15/36.5/139"), possible_view("8/139/36.5"), possible_view("abc")
    (True, True, False, False)
    """
    try:
        zoom, latitude, longitude = (float(part) for part in written[:80].split("/"))
    except ValueError:
        return False
    return 3 <= zoom <= 24 and 15 <= latitude <= 55 and 115 <= longitude <= 165  # noqa: PLR2004 - as in query.js


def read_breaks(written: str) -> tuple[float, ...]:
    """Read the breaks between classes as a person writes them; () where they are none, too many or do not rise.

    Examples
    --------
    >>> read_breaks("−10、0　12.5 %"), read_breaks("10,20,20"), read_breaks("多い")
    ((-10.0, 0.0, 12.5), (), ())
    """
    text = unicodedata.normalize("NFKC", written[:400]).replace("\u2212", "-")
    try:
        found = tuple(float(part.rstrip("%")) for part in re.split(r"[\s,、;]+", text) if part.strip("%"))
    except ValueError:
        return ()
    rising = all(first < second for first, second in pairwise(found))
    return found if rising and len(found) <= MOST_BREAKS and all(abs(each) < _ENDLESS for each in found) else ()


def written_breaks(breaks: tuple[float, ...], between: str = "、") -> str:
    """Write breaks so that ``read_breaks`` reads them again.

    Examples
    --------
    >>> written_breaks((-10.0, 0.0, 12.5))
    '-10、0、12.5'
    """
    return between.join(str(int(each)) if each == int(each) else repr(each) for each in breaks)


def _breaks(_atlas: Atlas, written: str, state: PageState) -> tuple[float, ...]:
    return read_breaks(written) if state.scheme == "manual" else ()


def _pair(_atlas: Atlas, written: str, _state: PageState) -> str:
    first, _, second = written.partition("-")
    return "-".join(sorted((first, second))) if first != second and known_party(first) and known_party(second) else ""


def _towns(_atlas: Atlas, written: str, _state: PageState) -> str:
    known = municipalities().index
    found = [code for code in dict.fromkeys(written.split("-")) if code in known]
    return "-".join(found[:MOST_TOWNS])


def _columns(atlas: Atlas, written: str, _state: PageState) -> str:
    known = {each.id for each in atlas.indicators()}
    return "-".join(each for each in dict.fromkeys(written.split("-")) if each in known)


if TYPE_CHECKING:
    _Reader = Callable[[Atlas, str, PageState], str | tuple[float, ...]]


@dataclass(frozen=True)
class Choice:
    """One choice of the page, but filters and layers: all that address, command line and page need to know of it.

    Parameters
    ----------
    key
        In addresses and of the option.
    field
        Its field of the state.
    read
        Tables, text and the state read so far to the value; "" or () where it is none.
    default
        What an address leaves out; "" for none. A date's is the newest of its indicator.
    """

    key: str
    field: str
    read: _Reader
    default: str = ""

    def written(self, state: PageState) -> str:
        """Return a state's value as an address holds it; "" for none."""
        value = getattr(state, self.field)
        if not isinstance(value, tuple):
            return str(value)
        return written_breaks(value, ",") if state.scheme == "manual" else ""

    def usual(self, atlas: Atlas, state: PageState) -> str:
        """Return what an address leaves out."""
        return atlas.indicator(state.indicator_id).dates[-1] if self.field == "date" else self.default


# In this order: the date is read against the indicator before it.
CHOICES: tuple[Choice, ...] = (
    Choice("indicator", "indicator_id", _indicator, DEFAULT_INDICATOR),
    Choice("date", "date", _date),
    Choice("scheme", "scheme", _one_of(SCHEMES), "auto"),
    Choice("breaks", "breaks", _breaks),
    Choice("unit", "unit", _one_of(UNITS), "municipality"),
    Choice("from", "base", _base),
    Choice("second", "second_id", _second),
    Choice("compare", "compare", _one_of(COMPARE), "swipe"),
    Choice("panel", "panel", _panel),
    Choice("with", "towns", _towns),
    Choice("columns", "columns", _columns),
    Choice("lang", "language", _one_of(LANGUAGES), "ja"),
    Choice("code", "code", lambda _atlas, written, _state: known_code(written)),
    Choice("tie", "pair", _pair),
    Choice("bloc", "bloc", lambda atlas, written, _state: written if written in set(atlas.blocs()["id"]) else ""),
    Choice("network", "network", lambda atlas, written, _: written if written in set(atlas.networks()["id"]) else ""),
    Choice("area", "area", lambda _atlas, written, _state: written_area(read_area(written))),
)


def known_code(text: str) -> str:
    """Return the 5-digit code of a municipality or prefecture (PP000) written as a code, or ""."""
    if known_party(text):
        return text
    try:
        code = normalize_code(text)
    except RenkeiError:
        return ""
    return code if code in municipalities().index else ""


def known_party(text: str) -> bool:
    """Tell whether a text is the code of a municipality or of a prefecture (PP000)."""
    return text in municipalities().index or (text[2:] == "000" and text[:2] in PREFECTURES)
