"""Where an indicator is alike among neighbours: global and local Moran's I, by permutation (libpysal, esda)."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.errors import InvalidFilterError
from layers.tables import per_snapshot
from renkei.analysis.contiguity import borders
from renkei.analysis.partners.ground import ground

if TYPE_CHECKING:
    from libpysal.graph import Graph

    from renkei.atlas import Atlas

PERMUTATIONS = 999
SEED = 20_261_126
FALSE_DISCOVERIES = 0.05
"""Share of false ones that is put up with among the spots (Benjamini and Hochberg 1995)."""

FEWEST = 30

QUADRANTS = {1: "hot", 2: "low_high", 3: "cold", 4: "high_low"}
"""esda's quadrants: high among high, low among high, low among low, high among low."""

MISSING_EXTRA = "空間統計には追加の部品が要ります。pip install 'renkei[graph]' で入れてください。"


@dataclass(frozen=True)
class Moran:
    """Spatial autocorrelation of an indicator.

    Parameters
    ----------
    indicator, date
        What was measured.
    global_i, expected_i, p
        Moran's I, its expectation −1 ÷ (n − 1), and the pseudo p of 999 permutations, one-sided.
    clusters
        Code → ``hot``, ``cold``, ``high_low``, ``low_high``, ``none`` (not significant after the control of false
        discoveries) or ``no_data``.
    local
        Code → local I and two-sided p; NaN without data.
    threshold
        The greatest p that counts; 0 where none does.
    islands
        Codes that touch nobody: the nearest municipality stands for a neighbour.
    n
        Municipalities with a value.
    """

    indicator: str
    date: str
    global_i: float
    expected_i: float
    p: float
    clusters: pd.Series
    local: pd.DataFrame
    threshold: float
    islands: tuple[str, ...]
    n: int


@per_snapshot()
def neighbour_lists(atlas: Atlas) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Return code → neighbours, and the islands.

    Neighbours share a border line. One that touches nobody takes the municipality with the nearest office, and is its
    neighbour in turn.
    """
    graph, where = borders(atlas), ground(atlas)
    lists = {code: set(graph.neighbors(code)) for code in graph}
    islands = tuple(code for code, found in lists.items() if not found)
    km = where.sphere_km.copy()
    np.fill_diagonal(km, np.inf)
    for code in islands:
        nearest = str(where.codes[km[where.position(code)].argmin()])
        lists[code].add(nearest)
        lists[nearest].add(code)
    return {code: tuple(sorted(found)) for code, found in lists.items()}, islands


def neighbour_graph(atlas: Atlas, codes: pd.Index) -> Graph:
    """Return the neighbours among some municipalities as a libpysal graph, row-standardized.

    Raises
    ------
    InvalidFilterError
        When libpysal is not installed.
    """
    try:
        from libpysal.graph import Graph  # noqa: PLC0415 - a second to import, and an extra
    except ImportError as error:
        raise InvalidFilterError(MISSING_EXTRA) from error
    lists, _ = neighbour_lists(atlas)
    inside = set(codes)
    pairs = [(code, other) for code in codes for other in lists[code] if other in inside]
    alone = [code for code in codes if not inside.intersection(lists[code])]
    focal = [one for one, _ in pairs] + alone
    neighbour = [other for _, other in pairs] + alone
    weight = [1.0] * len(pairs) + [0.0] * len(alone)
    adjacency = pd.Series(
        weight, index=pd.MultiIndex.from_arrays([focal, neighbour], names=["focal", "neighbor"]), name="weight"
    )
    order = {code: position for position, code in enumerate(codes)}
    adjacency = adjacency.sort_index(key=lambda level: level.map(order))
    return Graph(adjacency).transform("r")


def moran(atlas: Atlas, indicator: str, date: str = "", *, permutations: int = PERMUTATIONS) -> Moran:
    """Measure how alike neighbours are in an indicator, and where the hot and cold spots are.

    Parameters
    ----------
    atlas
        The tables.
    indicator, date
        An indicator of numbers; one of its dates, the newest by default. Municipalities without a value take no part.
    permutations
        How many; the seed is fixed, so that the same question has the same answer.

    Raises
    ------
    UnknownNameError
        When there is no such indicator or date.
    InvalidFilterError
        When it is no number, has too few values or one value only, or libpysal and esda are not installed.
    """
    chosen = atlas.indicator(indicator)
    when = date or chosen.dates[-1]
    values = atlas.values(indicator, when)
    known = values.dropna()
    if chosen.kind != "number" or len(known) < FEWEST or known.min() == known.max():
        msg = f"指標「{chosen.title}」は、値の種類か数が足りず、近隣との似かたを測れません。"
        raise InvalidFilterError(msg)
    graph = neighbour_graph(atlas, known.index)
    try:
        from esda import Moran as GlobalMoran  # noqa: PLC0415
        from esda import Moran_Local, fdr  # noqa: PLC0415
    except ImportError as error:
        raise InvalidFilterError(MISSING_EXTRA) from error
    state = np.random.get_state()  # noqa: NPY002 - esda draws from the old global generator
    np.random.seed(SEED)  # noqa: NPY002
    try:
        whole = GlobalMoran(known.to_numpy(), graph, permutations=permutations)
    finally:
        np.random.set_state(state)  # noqa: NPY002
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        # esda says that its one-sided p will become two-sided: it is doubled below.
        warnings.filterwarnings("ignore", "The alternative hypothesis", DeprecationWarning)
        spots = Moran_Local(known.to_numpy(), graph, permutations=permutations, seed=SEED, n_jobs=1)
    chance = np.minimum(2 * spots.p_sim, 1.0)
    # fdr() gives the greatest p that counts; where none does, it gives a limit below every p.
    threshold = float(fdr(chance, FALSE_DISCOVERIES))
    found = [QUADRANTS[int(q)] if p <= threshold else "none" for q, p in zip(spots.q, chance, strict=True)]
    local = pd.DataFrame({"i": spots.Is, "p": chance}, index=known.index)
    return Moran(
        indicator=indicator,
        date=when,
        global_i=float(whole.I),
        expected_i=float(whole.EI),
        p=float(whole.p_sim),
        clusters=pd.Series(found, index=known.index, dtype=object).reindex(values.index, fill_value="no_data"),
        local=local.reindex(values.index),
        threshold=threshold,
        islands=neighbour_lists(atlas)[1],
        n=len(known),
    )
