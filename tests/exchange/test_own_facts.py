"""Own ties, networks, joint areas, cases and points: every row is shown or says why not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError
from renkei.exchange.column_roles import ROLE_NAMES
from renkei.exchange.own_facts import preview_facts
from renkei.exchange.own_files import preview, read_source
from renkei.exchange.own_kinds import KIND_NAMES
from renkei.exchange.own_table import SHOWN


def read(text, name="a.csv", **said):
    return preview(read_source(text.encode(), name), **said)


def features(*given):
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": at}}
                for properties, kind, at in given
            ],
        },
        ensure_ascii=False,
    )


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ("川場村,世田谷区", [("10444", "13112")]),
        ("104442,131121", [("10444", "13112")]),
        ("1207,東京都", [("01207", "13000")]),
        ("東京都,長野県", [("13000", "20000")]),
        ("帯広市,音更町・士幌町ほか", [("01207", "01631"), ("01207", "01632")]),
        ("保谷市,世田谷区", [("13229", "13112")]),
    ],
)
def test_ties(cells, codes):
    found = read(f"自治体,相手\n{cells}\n")
    assert [fact.codes for fact in found.facts] == codes
    assert [row.outcome in SHOWN for row in found.rows] == [True]


@pytest.mark.parametrize(
    ("cells", "outcome", "opened"),
    [
        ("府中市,川場村", "ambiguous", ""),
        ("川場村,府中市", "ambiguous", "府中市"),
        ("川場村,どこでもない町", "unknown", "どこでもない町"),
        ("川場村,", "unknown", ""),
        ("川場村,川場村", "conflict", ""),
        ("合計,川場村", "not_a_place", ""),
    ],
)
def test_a_tie_that_cannot_be_shown_says_why(cells, outcome, opened):
    found = read(f"自治体,相手\n世田谷区,川場村\n{cells}\n")
    row = found.rows[1]
    assert (row.number, row.outcome, row.open, len(found.facts)) == (3, outcome, opened, 1)
    assert row.reason


def test_each_open_name_of_a_row_is_decided_by_itself():
    text = "自治体,相手\n府中市,泊村、川場村\n"
    found = read(text, decisions={"2": "13206", "2:泊村": "01403"})
    assert [fact.codes for fact in found.facts] == [("13206", "01403"), ("13206", "10444")]
    assert found.rows[0].outcome == "chosen"
    assert read(text, decisions={"2": "13206", "2:泊村": "99999"}).rows[0].outcome == "unknown"


@pytest.mark.parametrize(
    ("written", "since", "unread"),
    [
        ("昭和５６年１２月", "1981-12", 0),
        ("令和元年度", "2019", 0),
        ("H17.10.4", "2005-10-04", 0),
        ("2005/3", "2005-03", 0),
        ("－", "", 0),
        ("昭和99年", "", 1),
        ("いつか", "", 1),
    ],
)
def test_dates_by_the_one_grammar_and_what_is_none_is_told(written, since, unread):
    found = read(f"自治体,相手,締結日\n川場村,世田谷区,{written}\n")
    assert (found.facts[0].since, len(found.unread)) == (since, unread)


def test_joint_areas_by_members_by_rows_and_by_a_whole_prefecture():
    found = read("圏域名,中心市,構成市町村\n帯広圏,帯広市,音更町、士幌町\n県,,群馬県内の全市町村\n空,,\n")
    assert [fact.codes[:3] for fact in found.facts] == [("01207", "01631", "01632"), ("10201", "10202", "10203")]
    assert len(found.facts[1].codes) == 35
    assert found.rows[2].outcome == "not_a_place"
    rows = read("圏域名,市町村名\n帯広圏,帯広市\n帯広圏,音更町\n別,川場村\n,沼田市\n帯広圏,ない村\n")
    assert [(fact.name, fact.codes, fact.rows) for fact in rows.facts] == [
        ("帯広圏", ("01207", "01631"), (2, 3)),
        ("別", ("10444",), (4,)),
    ]
    assert [row.outcome for row in rows.rows] == ["matched", "matched", "matched", "unknown", "unknown"]


def test_a_case_keeps_every_cell():
    found = read(
        "自治体,事業名,分野,課題,取組,成果,年度,予算額（千円）,担当者メモ\n"
        "川場村・沼田市,木の電気,脱炭素、エネルギー,木が余る,発電,売れた,令和４年度,▲1200,あれ\n"
    )
    (fact,) = found.facts
    assert (fact.codes, fact.name, fact.since, fact.themes) == (("10444", "10206"), "木の電気", "2022", ("脱炭素",))
    assert fact.items == (("challenge", "木が余る"), ("measure", "発電"), ("success", "売れた"))
    assert fact.note == "エネルギー／予算額（千円）：▲1200／担当者メモ：あれ"
    assert [cell for _, cell, _ in found.unread] == ["エネルギー"]


def test_points_stand_where_they_are_and_those_that_cannot_say_why():
    found = read(
        "施設名,緯度,経度\n道の駅,３６．７,139.1\n海,30.0,150.0\n逆,139.1,36.7\n遠い,0,0\n字,北,東\n無限,inf,nan\n"
    )
    (fact,) = found.facts
    assert (fact.codes, fact.point, fact.name) == (("10444",), (139.1, 36.7), "道の駅")
    reasons = [row.reason for row in found.rows[1:]]
    assert ["海の上" in reasons[0], "逆" in reasons[1], "範囲の外" in reasons[2]] == [True] * 3
    assert all("数として読めません" in reason for reason in reasons[3:])


def test_shapes_are_points_figures_of_areas_or_counts():
    square = [[[139.0, 36.6], [139.2, 36.6], [139.2, 36.8], [139.0, 36.8], [139.0, 36.6]]]
    points = features(({"name": "道の駅"}, "Point", [139.1, 36.7]), ({"name": "逆"}, "Point", [36.7, 139.1]))
    found = read(points, "p.geojson")
    assert (found.kind, found.facts[0].point, [row.outcome for row in found.rows]) == (
        "points",
        (139.1, 36.7),
        ["matched", "outside"],
    )
    counted = read(points, "p.geojson", kind="indicator").indicators[0]
    assert (counted.title, counted.figures["10444"], counted.figures["01207"]) == ("件数", 1.0, 0.0)
    coded = read(features(({"code": "10444", "率": 3}, "Polygon", square)), "a.geojson")
    assert (coded.kind, coded.indicators[0].figures["10444"]) == ("indicator", 3.0)
    lying = read(features(({"率": 3}, "Polygon", square)), "a.geojson").indicators[0]
    assert lying.figures.dropna().to_dict() == {"10444": 3.0}
    lines = features(({"from_code": "10444", "to_code": "13112"}, "LineString", [[139.1, 36.7], [139.6, 35.6]]))
    assert read(lines, "t.geojson").facts[0].codes == ("10444", "13112")


@pytest.mark.parametrize(
    ("kind", "header", "missing"),
    [
        ("ties", ["自治体", "値"], "相手"),
        ("points", ["自治体", "値"], "経度"),
        ("blocs", ["備考", "値"], "構成自治体"),
    ],
)
def test_a_column_that_is_missing_is_named(kind, header, missing):
    with pytest.raises(DataError, match=missing):
        read(",".join(header) + "\n川場村,1\n", kind=kind)


CELLS = st.one_of(
    st.sampled_from(
        ["川場村", "府中市", "東京都", "104442", "139.1", "36.7", "昭和56年", "防災", "A、B", "", "合計", "=1+1"]
    ),
    st.text(max_size=20),
)


@given(st.sampled_from(sorted(KIND_NAMES)), st.data())
def test_no_table_raises_anything_but_a_sentence_and_no_row_is_lost(kind, data):
    if kind == "indicator":
        return
    roles = data.draw(st.lists(st.sampled_from(sorted(ROLE_NAMES)), min_size=1, max_size=6))
    body = data.draw(st.lists(st.lists(CELLS, min_size=len(roles), max_size=len(roles)), max_size=5))
    try:
        found = preview_facts(kind, [f"c{n}" for n in range(len(roles))], list(enumerate(body, 2)), roles)
    except DataError:
        return
    assert sorted(row.number for row in found.rows) == list(range(2, len(body) + 2))
    assert all(row.reason for row in found.rows if row.outcome not in SHOWN)
