from __future__ import annotations

import numpy as np
import pandas as pd

from layers.partnerships import partnerships
from renkei.analysis.prefecture_flows import flow_matrix, prefecture_flows
from tests.shared_atlas import TABLES


def test_every_tie_is_counted_once():
    flows = prefecture_flows(partnerships(TABLES))
    assert flows["count"].sum() == len(partnerships(TABLES))
    codes, matrix = flow_matrix(flows)
    assert (matrix == matrix.T).all()
    assert np.triu(matrix).sum() == len(partnerships(TABLES))
    ties = partnerships(TABLES)
    inside = (ties["from_code"].str[:2] == "13") & (ties["to_code"].str[:2] == "10")
    other = (ties["from_code"].str[:2] == "10") & (ties["to_code"].str[:2] == "13")
    assert matrix[codes.index("10"), codes.index("13")] == (inside | other).sum() > 0


def test_no_tie_is_an_empty_matrix():
    codes, matrix = flow_matrix(prefecture_flows(partnerships(TABLES)[:0]))
    assert codes == []
    assert matrix.shape == (0, 0)


def test_a_tie_inside_a_prefecture_stands_on_the_diagonal():
    ties = pd.DataFrame({"from_code": ["15224"], "to_code": ["15222"], "family": ["exchange"]})
    codes, matrix = flow_matrix(prefecture_flows(ties))
    assert (codes, matrix.tolist()) == (["15"], [[1]])
