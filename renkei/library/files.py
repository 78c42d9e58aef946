"""Files in and out: a planner's own table, and what a view shows in any format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.data_folder import write_atomic
from geo.errors import InvalidFilterError
from renkei.exchange import input_text
from renkei.library.default_atlas import default_atlas
from renkei.present.layer_files import export as export_layer
from renkei.present.page_state import from_query

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence


def read_table(path: str | os.PathLike[str]) -> pd.DataFrame:
    r"""Read a planner's CSV: encoding found (UTF-8 or Shift_JIS), every cell as text, codes keep their zeros.

    Raises
    ------
    DataError
        When it is no table of text; the message says what to do.

    Examples
    --------
    >>> import tempfile
    >>> import renkei as rk
    >>> path = Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = path.write_bytes("コード,名前\n01207,帯広市\n".encode("cp932"))
    >>> rk.read_table(path).iloc[0].tolist()
    ['01207', '帯広市']
    """
    header, body = input_text.read_table(Path(path))
    return pd.DataFrame(body, columns=header, dtype=str)


def export(
    what: str,
    path: str | os.PathLike[str],
    *,
    indicators: Sequence[str] = (),
    date: str = "",
    codes: Sequence[str] = (),
    **view: Any,
) -> Path:
    """Write a layer to a file whose suffix says the format.

    Parameters
    ----------
    what
        ``municipalities``, ``cases``, ``ties``, ``networks``, ``blocs``, ``medical``, ``organisations``, ``members``,
        …; ``all`` for a format of several layers.
    path
        ``.geojson``, ``.gpkg``, ``.xlsx``, ``.csv``, ``.fgb``, ``.parquet``, …; written as a whole or not at all.
    indicators, date
        Indicators of the municipalities, each ``X`` beside ``X_date``.
    codes
        Only these municipalities and what they take part in.
    **view
        The choices of the page by their names in its address: ``theme``, ``prefecture``, ``programme``, ``year``,
        ``kind``, ``tier``, ``text``, ``indicator``, ``scheme``, ``unit``, ``second``, ``show``, …; one value or
        several.

    Returns
    -------
    pathlib.Path
        The file; it says itself in one sentence what it shows.

    Raises
    ------
    InvalidFilterError
        When a choice or a format does not exist.

    Examples
    --------
    >>> import tempfile
    >>> import renkei as rk
    >>> rk.export("cases", Path(tempfile.mkdtemp()) / "dx.geojson", theme="DX").stat().st_size > 1000
    True
    """
    atlas = default_atlas()
    query = {key: [str(each) for each in _several(value)] for key, value in view.items()}
    state, notes = from_query(atlas, query)
    if notes:
        msg = f"{'、'.join(notes)} はありません。"
        raise InvalidFilterError(msg)
    target = Path(path)
    content = export_layer(atlas, what, target.name, state, indicators=indicators, date=date, codes=codes)
    write_atomic(target, content)
    return target


def _several(value: Any) -> Sequence[Any]:
    return [value] if isinstance(value, str | int) else list(value)
