import pytest

from renkei.exchange.column_roles import recognize_columns
from renkei.exchange.own_kinds import recognize_kind


@pytest.mark.parametrize(
    ("header", "row", "kind"),
    [
        (["自治体", "相手", "締結日", "協定名"], ["世田谷区", "川場村", "昭和56年", "縁組協定"], "ties"),
        (["自治体A", "自治体B", "開始年"], ["世田谷区", "川場村", "1981"], "ties"),
        (["市町村名", "姉妹都市", "提携年月日"], ["川場村", "世田谷区", "S56.12.1"], "ties"),
        (["団体コード", "連携先", "種類"], ["104442", "131121", "縁組"], "ties"),
        (["from_code", "to_code", "kind"], ["10444", "13112", "x"], "ties"),
        (["圏域名", "中心市", "構成市町村"], ["帯広圏", "帯広市", "音更町、士幌町"], "blocs"),
        (["圏域名", "市町村名"], ["帯広圏", "音更町"], "blocs"),
        (["協議会名", "構成自治体", "設立年月"], ["a", "帯広市、音更町、士幌町", "H20.4"], "networks"),
        (["name", "members"], ["a", "帯広市;音更町"], "networks"),
        (["自治体", "分野", "課題", "取組", "成果"], ["川場村", "脱炭素", "a", "b", "c"], "cases"),
        (["市町村", "事業名", "概要"], ["川場村", "木の電気", "木質バイオマス"], "cases"),
        (["municipality", "title", "challenge", "measure"], ["川場村", "a", "b", "c"], "cases"),
        (["施設名", "緯度", "経度"], ["道の駅", "36.7", "139.1"], "points"),
        (["name", "lat", "lon", "value"], ["x", "36.7", "139.1", "3"], "points"),
        (["自治体", "導入率（％）"], ["川場村", "12.5"], "indicator"),
        (["コード", "2020", "2050"], ["10444", "3,137", "1,900"], "indicator"),
        (["自治体", "取組数", "事業"], ["川場村", "3", "12"], "indicator"),
    ],
)
def test_what_a_table_holds_is_told_by_its_headings(header, row, kind):
    assert recognize_kind(header, recognize_columns(header, [row])) == kind


def test_areas_with_figures_are_figures_and_points_are_points():
    assert recognize_kind(["値", "経度", "緯度"], ["value", "longitude", "latitude"], "area") == "indicator"
    assert recognize_kind(["名称", "経度", "緯度"], ["title", "longitude", "latitude"], "point") == "points"
