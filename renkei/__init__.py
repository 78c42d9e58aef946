"""Who works with whom: Japan's 1,741 municipalities, their cases, ties and joint areas, and the figures behind them.

>>> import renkei as rk
>>> rk.resolve("川場村").code
'10444'

Every name is imported when it is first used, so that ``import renkei`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from renkei.own_packages import check_own_packages

if TYPE_CHECKING:
    from geo.assign import assign
    from geo.resolve import resolve
    from geo.resolve_frame import resolve_column
    from geo.scan import scan
    from renkei.atlas import Atlas
    from renkei.library.areas import Bloc, aggregate
    from renkei.library.default_atlas import open_atlas as open  # noqa: A004 - as the issue names it: rk.open()
    from renkei.library.explore import explore
    from renkei.library.files import export, read_table
    from renkei.library.finding import search
    from renkei.library.places import distances, nearest, neighbours, network
    from renkei.library.tables import (
        agreements,
        blocs,
        cases,
        figures,
        indicators,
        medical_areas,
        municipalities,
        networks,
        organisations,
        prefectures,
        ties,
        values,
    )

__version__ = "0.1.0"
check_own_packages()

_HOMES = {
    "Atlas": "renkei.atlas",
    "Bloc": "renkei.library.areas",
    "aggregate": "renkei.library.areas",
    "agreements": "renkei.library.tables",
    "assign": "geo.assign",
    "blocs": "renkei.library.tables",
    "cases": "renkei.library.tables",
    "distances": "renkei.library.places",
    "explore": "renkei.library.explore",
    "export": "renkei.library.files",
    "figures": "renkei.library.tables",
    "indicators": "renkei.library.tables",
    "medical_areas": "renkei.library.tables",
    "municipalities": "renkei.library.tables",
    "nearest": "renkei.library.places",
    "neighbours": "renkei.library.places",
    "network": "renkei.library.places",
    "networks": "renkei.library.tables",
    "open": "renkei.library.default_atlas",
    "organisations": "renkei.library.tables",
    "prefectures": "renkei.library.tables",
    "read_table": "renkei.library.files",
    "resolve": "geo.resolve",
    "resolve_column": "geo.resolve_frame",
    "scan": "geo.scan",
    "search": "renkei.library.finding",
    "ties": "renkei.library.tables",
    "values": "renkei.library.tables",
}
__all__ = [
    "Atlas",
    "Bloc",
    "aggregate",
    "agreements",
    "assign",
    "blocs",
    "cases",
    "distances",
    "explore",
    "export",
    "figures",
    "indicators",
    "medical_areas",
    "municipalities",
    "nearest",
    "neighbours",
    "network",
    "networks",
    "open",
    "organisations",
    "prefectures",
    "read_table",
    "resolve",
    "resolve_column",
    "scan",
    "search",
    "ties",
    "values",
]


def __getattr__(name: str) -> Any:
    """Import a name of the library when it is first used."""
    if name not in _HOMES:
        msg = f"module 'renkei' has no attribute {name!r}"
        raise AttributeError(msg)
    found = getattr(import_module(_HOMES[name]), "open_atlas" if name == "open" else name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the library's names."""
    return sorted([*__all__, "__version__"])
