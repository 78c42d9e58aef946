"""What the sources say of the wards of designated cities: a table beside the 1,741 municipalities, never on the map.

The register and the projection have wards; the other sources have the city alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from geo.errors import DataError
from geo.gazetteer import wards
from layers.tables import per_snapshot

if TYPE_CHECKING:
    import pandas as pd

    from layers.tables import Tables


@per_snapshot()
def _ward_table(tables: Tables) -> pd.DataFrame:
    path = tables.path("indicators", "wards.parquet")
    try:
        frame: pd.DataFrame = pq.read_table(path).to_pandas()
    except OSError as error:
        msg = f"{path} を読めません。インストールし直してください。"
        raise DataError(msg) from error
    return frame.astype({"code": str, "indicator": str, "date": str, "flag": str})


def ward_values(tables: Tables, code: str) -> pd.DataFrame:
    """Return the newest value of each indicator for one ward, or for the wards of a city.

    Parameters
    ----------
    tables
        The snapshot.
    code
        5-digit code of a ward or of its city.

    Returns
    -------
    pandas.DataFrame
        ``code``, ``indicator``, ``date``, ``value`` (NaN is no data), ``flag``; no row where the code has no wards.

    Examples
    --------
    >>> from layers.tables import Tables
    >>> tables = Tables.open()
    >>> found = ward_values(tables, "01101").set_index("indicator")
    >>> int(found.at["register_population", "value"]), found.at["register_population", "date"]
    (245916, '2025-01-01')
    >>> ward_values(tables, "01100")["code"].nunique(), len(ward_values(tables, "01202"))
    (10, 0)
    """
    own = [code] if code in wards().index else list(wards().index[wards()["city_code"] == code])
    frame = _ward_table(tables)
    frame = frame[frame["code"].isin(own)]
    newest = frame.groupby("indicator")["date"].transform("max") if len(frame) else frame["date"]
    return frame[frame["date"] == newest].reset_index(drop=True)
