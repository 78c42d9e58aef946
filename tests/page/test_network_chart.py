"""The network of ties as a graph: what is drawn is the part around what is chosen, in both languages."""

from __future__ import annotations

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from renkei.analysis.tie_network import network_around, tie_network
from renkei.page.network_chart import MOST_DRAWN
from tests.shared_atlas import ATLAS


def draw(code: str, language: str) -> None:
    from renkei.analysis.tie_network import tie_network as network  # noqa: PLC0415 - the script of a page runs by itself
    from renkei.page.network_chart import network_chart  # noqa: PLC0415
    from tests.shared_atlas import ATLAS as atlas  # noqa: N811, PLC0415

    network_chart(network(atlas).graph, code, language)


@pytest.mark.parametrize(("code", "language", "name"), [("10444", "ja", "群馬県川場村"), ("", "en", "Setagaya")])
def test_every_municipality_around_is_a_node_and_every_pair_a_line(code, language, name):
    page = AppTest.from_function(draw, kwargs={"code": code, "language": language}).run()
    assert not page.exception
    around = network_around(tie_network(ATLAS).graph, code, MOST_DRAWN)
    drawn = [
        pa.ipc.open_stream(each.data.data).read_all().to_pandas()
        for each in page.get("vega_lite_chart")[0].proto.datasets
    ]
    (nodes,) = (frame for frame in drawn if "code" in frame)
    (lines,) = (frame for frame in drawn if "km" in frame)
    assert set(nodes["code"]) == set(around)
    assert len(lines) == around.size()
    assert nodes["name"].str.contains(name).any()
    assert nodes.loc[nodes["chosen"], "code"].tolist() == [code] * bool(code)
    assert str(len(around)) in page.caption[0].value
