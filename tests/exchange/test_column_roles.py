import pytest
from hypothesis import given
from hypothesis import strategies as st

from renkei.exchange.column_roles import ROLE_NAMES, recognize_columns


@pytest.mark.parametrize(
    ("header", "row", "roles"),
    [
        (
            ["団体コード", "都道府県名", "市区町村名", "導入率（％）"],
            ["104442", "群馬県", "川場村", "12.5"],
            ("code", "prefecture", "name", "value"),
        ),
        (["市区町村\nコード", "自治体", "人口（人）"], ["10444", "川場村", "3,137"], ("code", "name", "value")),
        (
            ["code", "name", "lon", "lat"],
            ["1207", "帯広市", "143.2", "42.9"],
            ("code", "name", "longitude", "latitude"),
        ),
        (["名前", "経度", "緯度"], ["道の駅", "139.1", "36.7"], ("title", "longitude", "latitude")),
        (["自治体名", "連携先", "締結日"], ["世田谷区", "川場村", "1981"], ("name", "partner", "date")),
        (["圏域名", "構成市町村"], ["帯広圏", "帯広市、音更町"], ("title", "members")),
        (["", "備考"], ["川場村", "よい"], ("name", "note")),
        (["コード", "コード名"], ["A-1", "川場村"], ("text", "name")),
        (["番号", "自治体"], ["1", "川場村"], ("value", "name")),
    ],
)
def test_columns_are_known_by_heading_and_content(header, row, roles):
    assert recognize_columns(header, [row]) == roles


@given(st.lists(st.text(max_size=10), max_size=6), st.lists(st.lists(st.text(max_size=10), max_size=6), max_size=4))
def test_any_table_has_a_role_for_each_column(header, body):
    roles = recognize_columns(header, body)
    assert len(roles) == len(header)
    assert set(roles) <= set(ROLE_NAMES)
    assert all(roles.count(each) <= 1 for each in ("code", "longitude", "latitude", "prefecture"))
