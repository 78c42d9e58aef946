"""How far every municipality is from the nearest case, tie or network of a theme: a layer of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from pyproj import Geod

from geo.errors import InvalidFilterError
from layers.themes import find_theme
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
    if not codes:
        msg = f"テーマ「{wanted}」の記録がまだないので、最も近いものを示せません。"
        raise InvalidFilterError(msg)
    from sklearn.neighbors import BallTree  # noqa: PLC0415 - half a second to import

    offices = atlas.municipalities()[["lat", "lon"]].astype(float)
    with_fact = offices.loc[codes]
    found = BallTree(np.radians(with_fact), metric="haversine").query(np.radians(offices), return_distance=False)[:, 0]
    to = with_fact.iloc[found]
    km = _GRS80.inv(offices["lon"], offices["lat"], to["lon"], to["lat"])[2]
    return pd.DataFrame({"km": np.asarray(km) / 1000, "nearest": to.index.astype(object)}, index=offices.index)


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
