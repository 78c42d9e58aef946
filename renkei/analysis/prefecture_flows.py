"""Ties gathered prefecture by prefecture: who is tied to whom, how often, by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.codes import PREFECTURES

if TYPE_CHECKING:
    from numpy.typing import NDArray


def prefecture_flows(ties: pd.DataFrame) -> pd.DataFrame:
    """Count the ties between prefectures, by family of kinds; a tie has no direction.

    Parameters
    ----------
    ties
        Rows of ``layers.partnerships.partnerships()``.

    Returns
    -------
    pandas.DataFrame
        ``first``, ``second`` (2-digit codes, ``first`` ≤ ``second``; equal for ties inside one prefecture),
        ``family``, ``count``.

    Examples
    --------
    >>> prefecture_flows(pd.DataFrame({"from_code": ["13112", "10444"], "to_code": ["10444", "13112"],
    ...                                "family": ["sister", "sister"]})).values.tolist()
    [['10', '13', 'sister', 2]]
    """
    ends = [sorted((a[:2], b[:2])) for a, b in zip(ties["from_code"], ties["to_code"], strict=True)]
    pairs = pd.DataFrame(
        {"first": [a for a, _ in ends], "second": [b for _, b in ends], "family": list(ties["family"])}, dtype=object
    )
    return (
        pairs.groupby(["first", "second", "family"], as_index=False, sort=True).size().rename(columns={"size": "count"})
    )


def flow_matrix(flows: pd.DataFrame) -> tuple[list[str], NDArray[np.int64]]:
    """Return the prefectures with ties and the symmetric matrix of their numbers of ties.

    Returns
    -------
    list of str, numpy.ndarray
        2-digit codes from north to south; shape (n, n), each tie counted once in either triangle, on the diagonal
        once.
    """
    there = set(flows["first"]) | set(flows["second"])
    codes = [code for code in PREFECTURES if code in there]
    place = {code: position for position, code in enumerate(codes)}
    matrix = np.zeros((len(codes), len(codes)), dtype=np.int64)
    for first, second, count in zip(flows["first"], flows["second"], flows["count"], strict=True):
        matrix[place[first], place[second]] += count
        if first != second:
            matrix[place[second], place[first]] += count
    return codes, matrix
