"""What the server and the browser say to each other, as types; ``contract.d.ts`` beside the scripts is made of them.

``python -m renkei.browser.contract`` writes that file; a test compares it.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, NotRequired, TypedDict, Union, get_args, get_origin, get_type_hints

Query = dict[str, list[str]]
"""What is chosen: the parameters of the address, without what is at its default."""
Defaults = dict[str, list[str]]


class LegendRow(TypedDict):
    """A class: its name, how many municipalities it holds, its colour ("" for the hatch of no data)."""

    label: str
    count: str
    color: str


class GridAxis(TypedDict):
    """One of two indicators that make nine classes."""

    title: str
    dated: str
    labels: list[str]


class Grid(TypedDict):
    """Nine classes as a table, row by row from the lowest."""

    axes: list[GridAxis]
    counts: list[str]


class Legend(TypedDict):
    """What the fills mean."""

    title: str
    dated: str
    source: str
    rows: list[LegendRow]
    noData: str
    grid: NotRequired[Grid]


class Background(TypedDict):
    """Fills: a character a municipality in gazetteer order ("0"… a class, "-" no data, "." outside), their colours."""

    classes: str
    colors: list[str]
    legend: Legend
    values: str


class Second(TypedDict):
    """The second of two indicators: its figures and, side by side, its fills."""

    title: str
    values: str
    classes: NotRequired[str]
    colors: NotRequired[list[str]]
    legend: NotRequired[Legend]


class Marks(TypedDict):
    """One character a fact, "1" where a filter lets it pass; "" where all pass."""

    cases: str
    ties: str
    blocs: str
    networks: str


class FoundEntry(TypedDict):
    """Something that a text may mean, and the choice that it makes."""

    choice: str
    id: str
    label: str
    note: str


class Found(TypedDict):
    """What the server says of a text that names no place in the browser's list."""

    key: str
    text: str
    message: str
    entries: list[FoundEntry]


class NamedPlace(TypedDict):
    """What a name in a list means: one place for certain, several to choose from, or none and why."""

    text: str
    certain: bool
    message: str
    entries: list[FoundEntry]


class MapState(TypedDict):
    """What is painted for a query."""

    query: Query
    made: str
    """Where what is made of the snapshot is asked for: another snapshot has other facts."""
    classes: str
    colors: list[str]
    legend: Legend
    values: str
    second: NotRequired[Second]
    cases: str
    ties: str
    blocs: str
    networks: str
    rest: Marks
    shown: str
    dates: list[tuple[str, str]]
    breaks: str
    sequence: str
    partial: NotRequired[bool]


class Series(TypedDict):
    """An indicator at each of its dates, with the same classes: what plays."""

    dates: list[str]
    labels: list[str]
    backgrounds: dict[str, Background]


class Theme(TypedDict):
    """A theme: told by its shape and its name, never by its colour alone."""

    name: str
    en: str
    color: str
    shape: str
    asked: bool
    """Whether one can filter by it."""


class Fact(TypedDict):
    """What the filters ask of a fact; ``free`` is what no filter speaks of."""

    themes: list[int]
    prefectures: list[str]
    programme: str
    year: str
    tier: str
    family: NotRequired[str]
    free: NotRequired[bool]


class CaseFact(Fact):
    """A case and where its sign stands."""

    id: str
    place: str
    lon: float
    lat: float
    theme: int
    title: str
    organisation: str


class TieFact(Fact):
    """A tie: its kind in both languages, and how sure its line is drawn."""

    counted: bool
    kind: str
    kind_en: str
    since: str
    style: int


class BlocFact(Fact):
    """A joint area."""

    id: str
    name: str
    members: list[str]
    layer: str
    style: int
    parts: int


class NetworkFact(Fact):
    """A network of many: drawn as a star when it is chosen."""

    id: str
    name: str
    members: list[str]
    lead: str


# Two parties and the positions of their ties; "from" is a word of Python, so it has this form.
Pair = TypedDict("Pair", {"from": str, "to": str, "ties": list[int]})
Point = tuple[float, float]


class Facts(TypedDict):
    """What the browser gets once: names, places, facts."""

    codes: list[str]
    names: list[str]
    short: list[str]
    names_en: list[str]
    byPopulation: list[int]
    prefectures: dict[str, str]
    prefectures_en: dict[str, str]
    prefecturePoints: dict[str, Point]
    points: dict[str, Point]
    tieColor: str
    ownColor: str
    networkColor: str
    blocColors: dict[str, str]
    areaColor: str
    mostMembers: int
    themes: list[Theme]
    cases: list[CaseFact]
    ties: list[TieFact]
    pairs: list[Pair]
    blocs: list[BlocFact]
    networks: list[NetworkFact]


class NameEntry(TypedDict):
    """Something that the search finds by name: what it is called, and which choice it makes."""

    id: str
    choice: str
    label: str
    note: str
    keys: list[str]


class OptionEntry(TypedDict):
    """A value of a filter with its name."""

    id: str
    label: str


class IndicatorEntry(TypedDict):
    """An indicator in the chooser."""

    id: str
    title: str
    group: str
    kind: str
    when: str
    definition: str
    keywords: str
    common: bool
    by_area: bool


class NameIndex(TypedDict):
    """What choosing needs and painting does not: it comes after the first painting."""

    places: list[NameEntry]
    options: dict[str, list[OptionEntry]]
    groups: dict[str, str]
    indicators: list[IndicatorEntry]


class StartOptions(TypedDict):
    """What the script is started with."""

    base: str
    made: str
    place: str
    visitor: str
    files: dict[str, str]
    credit: str
    home: tuple[Point, Point]
    language: str
    words: dict[str, str]
    defaults: Defaults
    regions: list[tuple[str, list[str]]]
    tables: list[str]
    state: MapState
    alone: bool
    view: str
    notes: list[str]


class Said(TypedDict):
    """What Streamlit's session says: what it has drawn, and what was chosen or found in it."""

    n: int
    """Number of the last choice that it took over."""
    query: Query
    """What it has drawn."""
    undrawn: list[str]
    """Parts of the query of which nothing that it has drawn speaks: it need not be told of them."""
    turn: int
    """Grows when something was chosen on a card or in a table."""
    change: Query
    """What that changes."""
    fly: bool
    """Whether the map moves to what was chosen there."""
    made: str
    """Where what is made of the session's data is asked for: with data of its own, nobody else's."""
    found: NotRequired[Found]


class Choice(TypedDict):
    """What the browser tells: the query that is chosen, or a text to look for; ``n`` grows."""

    query: Query
    n: int
    find: NotRequired[str]


_TYPES: tuple[type, ...] = (
    LegendRow,
    GridAxis,
    Grid,
    Legend,
    Background,
    Second,
    Marks,
    FoundEntry,
    Found,
    NamedPlace,
    MapState,
    Series,
    Theme,
    Fact,
    CaseFact,
    TieFact,
    BlocFact,
    NetworkFact,
    Pair,
    Facts,
    NameEntry,
    OptionEntry,
    IndicatorEntry,
    NameIndex,
    StartOptions,
    Said,
    Choice,
)
_PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", NoneType: "null"}


def _written(hint: Any) -> str:
    """Write a type of Python as one of TypeScript."""
    origin, arguments = get_origin(hint), [_written(each) for each in get_args(hint)]
    if origin in (Union, UnionType):
        found = " | ".join(arguments)
    elif origin is list:
        found = f"({arguments[0]})[]" if "|" in arguments[0] else f"{arguments[0]}[]"
    elif origin is dict:
        found = f"Record<string, {arguments[1]}>"
    elif origin is tuple:
        found = f"[{', '.join(arguments)}]"
    elif origin is NotRequired:
        found = arguments[0]
    else:
        found = _PLAIN.get(hint) or str(hint.__name__)
    return found


def declarations() -> str:
    """Return the types as TypeScript declares them.

    Examples
    --------
    >>> print(declarations().splitlines()[2])
    export type Query = Record<string, string[]>;
    """
    lines = ["/* Made by `python -m renkei.browser.contract`: not to be changed by hand. */", ""]
    lines += ["export type Query = Record<string, string[]>;", "export type Defaults = Record<string, string[]>;"]
    for each in _TYPES:
        lines.append(f"\nexport interface {each.__name__} {{")
        for name, hint in get_type_hints(each, include_extras=True).items():
            lines.append(f"  {name}{'?' if get_origin(hint) is NotRequired else ''}: {_written(hint)};")
        lines.append("}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write ``contract.d.ts``."""
    Path(str(files("renkei.browser") / "script" / "contract.d.ts")).write_text(declarations(), encoding="utf-8")


if __name__ == "__main__":
    main()
