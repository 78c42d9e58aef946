from __future__ import annotations

import json

import pytest

from renkei.cli import main


def test_an_area_is_exported_by_names(capsys, tmp_path):
    path = tmp_path / "area.geojson"
    assert main(["export", "area", "--area", "帯広市,音更町、芽室町，幕別町", "-o", str(path)]) == 0
    assert "帯広市・音更町・芽室町ほか（4市区町村）" in capsys.readouterr().err
    (feature,) = json.loads(path.read_bytes())["features"]
    assert feature["properties"]["member_codes"] == "01207;01631;01637;01643"
    path = tmp_path / "towns.geojson"
    assert main(["export", "municipalities", "--area", "01207,01631", "-o", str(path), "--quiet"]) == 0
    codes = [each["properties"]["code"] for each in json.loads(path.read_bytes())["features"]]
    assert codes == ["01207", "01631"]


@pytest.mark.parametrize(
    ("written", "said"),
    [("府中市", "東京都府中市、広島県府中市"), ("ない町", "当たる市区町村がありません"), (",", "--area")],
)
def test_a_name_that_is_none_or_several_is_said(written, said, capsys, tmp_path):
    assert main(["export", "area", "--area", written, "-o", str(tmp_path / "x.geojson")]) != 0
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
