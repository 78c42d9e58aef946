"""Tables that Streamlit draws: what a visitor copies or downloads from them is no formula in a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from renkei.exchange.escaping import spreadsheet_cell

if TYPE_CHECKING:
    import pandas as pd


def harmless(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table in which no heading and no text is read as a formula; numbers stay numbers.

    Examples
    --------
    >>> import pandas as pd
    >>> harmless(pd.DataFrame({"=1+1": ["@a", "川場村"], "n": [1, 2]})).to_dict("list")
    {"'=1+1": ["'@a", '川場村'], 'n': [1, 2]}
    """
    safe = frame.copy()
    for position, kind in enumerate(frame.dtypes):
        if kind.kind in "OU" or str(kind) in ("str", "string", "category"):
            safe.isetitem(position, [_cell(each) for each in frame.iloc[:, position]])
    safe.columns = [_cell(each) for each in frame.columns]
    return safe


def _cell(value: object) -> object:
    return spreadsheet_cell(value) if isinstance(value, str) else value


def data_table(frame: pd.DataFrame, **options: Any) -> None:
    """Draw a table over the whole width, without row numbers."""
    st.dataframe(harmless(frame), hide_index=True, width="stretch", **options)
