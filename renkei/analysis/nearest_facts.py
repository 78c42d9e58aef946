"""How far every municipality is from the nearest case, tie or network of a theme: a layer of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from pyproj import Geod

from geo.errors import InvalidFilterError
from layers.themes import find_theme
from renkei.analysis.partners.ground import ground
from renkei.analysis.partners.links import counted_ties

if TYPE_CHECKING:
    from renkei.atlas import Atlas

_GRS80 = Geod(ellps="GRS80")

FactKind = Literal["case", "tie", "network"]


def distance_to_nearest(atlas: Atlas, kind: FactKind, theme: str = "") -> pd.DataFrame:
    """Return the distance of every municipality to the nearest one that has a fact of a theme.

    Parameters
    ----------
    atlas
        The tables.
    kind
        ``case``, ``tie`` (a counted tie) or ``network``.
    theme
        Japanese or English name; "" for all.

    Returns
    -------
    pandas.DataFrame
        Index: the 1,741 codes; ``km`` (geodesic between offices, 0 at home), ``nearest`` (code). The nearest is found
        on a sphere and its distance measured on the ellipsoid.

    Raises
    ------
    InvalidFilterError
        When there is no such theme or kind, or no fact of it.
    """
    wanted = find_theme(theme).name if theme else ""
    codes = sorted(_places(atlas, kind, wanted))
    where = ground(atlas)
    positions = np.array([where.position(code) for code in codes], dtype=int)
    if not len(positions):
        msg = f"テーマ「{wanted}」の記録がまだないので、最も近いものを示せません。"
        raise InvalidFilterError(msg)
    nearest = positions[where.sphere_km[:, positions].argmin(axis=1)]
    km = _GRS80.inv(where.lon, where.lat, where.lon[nearest], where.lat[nearest])[2]
    found = {"km": np.asarray(km) / 1000, "nearest": where.codes[nearest].astype(object)}
    return pd.DataFrame(found, index=atlas.municipalities().index)


def _places(atlas: Atlas, kind: FactKind, theme: str) -> set[str]:
    if kind == "tie":
        ties = counted_ties(atlas.ties())
        rows = zip(zip(ties["from_code"], ties["to_code"], strict=True), ties["themes"], strict=True)
    elif kind in ("case", "network"):
        frame = atlas.cases() if kind == "case" else atlas.networks()
        rows = zip(frame["member_codes"], frame["themes"], strict=True)
    else:
        msg = f"「{kind}」は case、tie、network のどれでもありません。"
        raise InvalidFilterError(msg)
    return {code for codes, themes in rows if not theme or theme in themes for code in codes}
