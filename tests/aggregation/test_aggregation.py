"""The whole command on small files: right sums, every row accounted for, nothing left behind."""

from __future__ import annotations

import csv
import gzip
import json
from fractions import Fraction

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.assign import assign
from geo.errors import DataError, InvalidFilterError
from geo.mesh_shares import mesh_shares
from renkei.aggregation import csv_layout, read_rows
from renkei.aggregation.request import Request, Work, read_size
from renkei.cli import main
from renkei.exchange.own_files import read_own_table


def _expected(frame: pd.DataFrame) -> dict[tuple[str, str], tuple[int, int, float]]:
    """Sums by municipality and month, with every number as a fraction."""
    placed = frame.assign(code=assign(frame["lon"], frame["lat"])["code"].astype("str"))
    return {
        key: (len(rows), int(rows["people"].sum()), float(sum(map(Fraction, rows["hours"].tolist()), Fraction(0))))
        for key, rows in placed[placed["code"].notna()].groupby(["code", "month"])
    }


def _found(table: pd.DataFrame) -> dict[tuple[str, str], tuple[int, int, float]]:
    keys = zip(table["code"], table["month"], strict=True)
    return dict(zip(keys, zip(table["rows"], table["people"], table["hours"], strict=True), strict=True))


def _left(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_sums_are_exact_and_every_row_is_accounted_for(people, by_point, total, tmp_path):
    frame = people(6_000)
    path = tmp_path / "in.parquet"
    frame.to_parquet(path, row_group_size=700)
    report = total(path, by_point, part_rows=1_000)
    table = pd.read_parquet(tmp_path / "out.parquet")
    assert _found(table) == _expected(frame)
    pd.testing.assert_frame_equal(table, report.outcome.table)
    rows, people_sum, hours = report.outcome.balances
    assert rows.given == 6_000 == rows.placed + rows.outside
    assert rows.outside == (assign(frame["lon"], frame["lat"])["outcome"] == "outside").sum() > 0
    assert people_sum.given == frame["people"].sum()
    assert hours.given == sum(map(Fraction, frame["hours"].tolist()))
    assert _left(tmp_path) == ["in.parquet", "out.parquet", "out.parquet.json"]
    manifest = json.loads((tmp_path / "out.parquet.json").read_text(encoding="utf-8"))
    assert manifest["boundaries"]["as_of"] == "2025-03"
    assert manifest["balance"][0] == {
        "name": "rows",
        "given": 6000,
        "placed": int(rows.placed),
        "outside": int(rows.outside),
        "bad": 0,
        "even": True,
    }
    assert table.columns.tolist() == ["code", "name", "prefecture", "month", "rows", "people", "hours"]


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(st.integers(0, 999), st.integers(1, 7), st.integers(50, 900), st.sampled_from(["parquet", "csv"]))
def test_neither_order_nor_files_nor_parts_change_the_table(
    people, by_point, total, tmp_path_factory, seed, files, group, kind
):
    folder = tmp_path_factory.mktemp("order")
    frame = people(1_500, seed)
    frame.to_parquet(folder / "whole.parquet")
    whole = total(folder / "whole.parquet", by_point, output=folder / "a.parquet").outcome.table
    shuffled = frame.sample(frac=1, random_state=seed)
    pieces = folder / "pieces"
    pieces.mkdir()
    for number in range(files):
        piece = shuffled.iloc[number::files]
        if kind == "csv":
            piece.to_csv(pieces / f"{number}.csv", index=False)
        else:
            piece.to_parquet(pieces / f"{number}.parquet", row_group_size=group)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_layout, "BLOCK", 4_000)
        patch.setattr(csv_layout, "LONGEST_HEADER", 1_000)
        patch.setattr(read_rows, "CSV_BLOCK", 1_000)
        again = total(pieces, by_point, output=folder / "b.parquet", part_rows=group).outcome.table
    pd.testing.assert_frame_equal(again, whole, check_exact=True)


@pytest.mark.slow
def test_two_processes_give_the_same_bytes_as_one(people, by_point, total, tmp_path):
    people(4_000).to_parquet(tmp_path / "in.parquet", row_group_size=500)
    total(tmp_path / "in.parquet", by_point, output=tmp_path / "one.parquet", part_rows=500)
    total(tmp_path / "in.parquet", by_point, output=tmp_path / "two.parquet", part_rows=500, workers=2)
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_csv_in_each_encoding_gives_the_table_of_the_parquet(people, total, tmp_path, encoding, packed):
    frame = people(400).rename(columns={"month": "年月"})
    request = Request(x="lon", y="lat", sums=("people", "hours"), group=("年月",))
    frame.to_parquet(tmp_path / "in.parquet")
    whole = total(tmp_path / "in.parquet", request).outcome.table
    content = frame.to_csv(index=False).encode(encoding)
    path = tmp_path / ("in.csv.gz" if packed else "in.csv")
    path.write_bytes(gzip.compress(content) if packed else content)
    pd.testing.assert_frame_equal(total(path, request).outcome.table, whole)


def test_a_partitioned_folder_gives_its_columns_by_the_folders_names(people, by_point, total, tmp_path):
    frame = people(900)
    pq.write_to_dataset(pa.Table.from_pandas(frame), tmp_path / "parts", partition_cols=["month"])
    frame.to_parquet(tmp_path / "in.parquet")
    whole = total(tmp_path / "in.parquet", by_point).outcome.table
    pd.testing.assert_frame_equal(total(tmp_path / "parts", by_point).outcome.table, whole)
    with pytest.raises(DataError, match="入力の1つ"):
        total(tmp_path / "parts", by_point, output=next((tmp_path / "parts").rglob("*.parquet")))


def test_an_object_store_gives_the_table_of_the_folder(people, by_point, total, tmp_path):
    fsspec = pytest.importorskip("fsspec", reason="fsspec が入っていません（renkei[scale]）")
    frame = people(600)
    pq.write_to_dataset(pa.Table.from_pandas(frame), tmp_path / "parts", partition_cols=["month"])
    store = fsspec.filesystem("memory")
    store.put(str(tmp_path / "parts"), "/bucket/parts", recursive=True)
    local = total(tmp_path / "parts", by_point).outcome.table
    far = total("memory://bucket/parts", by_point, output=tmp_path / "far.parquet").outcome.table
    pd.testing.assert_frame_equal(far, local)
    with pytest.raises(DataError, match="memory://bucket/none"):
        total("memory://bucket/none", by_point, output=tmp_path / "far.parquet")
    with pytest.raises(DataError, match="nothing://a を開けません"):
        total("nothing://a", by_point, output=tmp_path / "far.parquet")


def test_the_table_joins_the_map_as_an_indicator_of_ones_own(people, total, tmp_path):
    people(2_000).to_csv(tmp_path / "in.csv", index=False)
    table = total(
        tmp_path / "in.csv", Request(x="lon", y="lat", sums=("people",)), output=tmp_path / "out.csv"
    ).outcome.table
    own = read_own_table(tmp_path / "out.csv")
    assert own.counts() == {"matched": len(table)}
    assert [each.title for each in own.indicators] == ["rows", "people"]
    assert own.indicators[1].figures.dropna().to_dict() == table.set_index("code")["people"].to_dict()


def test_bad_rows_are_counted_by_reason_and_written_aside(total, tmp_path):
    path = tmp_path / "in.csv"
    lines = [
        "lon,lat,people",
        "139.7006,35.6895,10",
        ",35.6895,1",
        "東京,35.6895,2",
        "139.7006,inf,4",
        "139.7006,35.6895,",
        "139.7006,35.6895,=1+2",
        "139.7006,35.6895,1e999",
        "139.7006",
        "150.0,30.0,100",
        '139.7006,35.6895,"1,000"',
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    report = total(path, Request(x="lon", y="lat", sums=("people",)))
    assert report.outcome.bad == {
        "broken_row": 1,
        "no_place": 1,
        "place_no_number": 1,
        "place_not_finite": 1,
        "no_value": 1,
        "value_no_number": 1,
        "value_not_finite": 1,
    }
    rows, people_sum = report.outcome.balances
    assert (rows.given, rows.placed, rows.outside, rows.bad) == (10, 2, 1, 7)
    assert (people_sum.given, people_sum.placed, people_sum.outside, people_sum.bad) == (1117, 1010, 100, 7)
    assert report.outcome.table.to_numpy().tolist() == [["13104", "新宿区", "東京都", 2, 1010]]
    with (tmp_path / "out.bad.csv").open(encoding="utf-8-sig", newline="") as stream:
        bad = list(csv.DictReader(stream))
    assert [row["row"] for row in bad] == ["3", "4", "5", "6", "7", "8", "9"]
    assert bad[4]["people"] == "'=1+2"
    assert bad[6] | {"reason": ""} == {
        "file": "in.csv",
        "row": "9",
        "reason": "",
        "lon": "139.7006",
        "lat": "",
        "people": "",
    }
    text = report.text()
    assert "不良　：7 行（列の数が見出しと違う 1、" in text
    assert "1,117 ＝ 1,010＋100＋7" in text
    path.write_text("\n".join(lines[:2]), encoding="utf-8")
    total(path, Request(x="lon", y="lat", sums=("people",)))
    assert _left(tmp_path) == ["in.csv", "out.parquet", "out.parquet.json"]


def test_points_at_sea_go_to_the_nearest_shore_when_asked(total, tmp_path):
    pd.DataFrame({"lon": [139.80], "lat": [35.56]}).to_parquet(tmp_path / "in.parquet")
    far = total(tmp_path / "in.parquet", Request(x="lon", y="lat"))
    near = total(tmp_path / "in.parquet", Request(x="lon", y="lat", nearest_within=600))
    assert far.outcome.table.empty
    assert near.outcome.table["code"].tolist() == ["13111"]


MESHES = ["53394525", "53394526", "53394535", "53393680", "50390000", "５３３９４５２６"]


def test_meshes_are_divided_by_land_and_the_total_is_kept_to_the_last_unit(total, tmp_path):
    frame = pd.DataFrame(
        {"m": MESHES * 5, "n": np.arange(30) * 7 + 1, "w": np.linspace(0.1, 9, 30), "t": ["a", "b", "c"] * 10}
    )
    frame.to_parquet(tmp_path / "in.parquet")
    report = total(tmp_path / "in.parquet", Request(mesh="m", sums=("n", "w"), group=("t",)))
    table = report.outcome.table
    sea = frame[frame["m"] == "50390000"]
    assert table["n"].dtype == "int64"
    assert table.groupby("t")["n"].sum().to_dict() == frame[frame["m"] != "50390000"].groupby("t")["n"].sum().to_dict()
    assert table["rows"].sum() == 25
    assert (report.outcome.balances[1].outside, report.outcome.balances[0].outside) == (sea["n"].sum(), 5)
    shares = mesh_shares(frame["m"])
    shares["w"] = shares["share"] * np.repeat(frame["w"].to_numpy(), [len(mesh_shares([mesh])) for mesh in frame["m"]])
    pd.testing.assert_series_equal(
        table.groupby("code")["w"].sum(), shares.dropna().groupby("code")["w"].sum(), rtol=1e-12, check_dtype=False
    )
    by_centre = total(tmp_path / "in.parquet", Request(mesh="m", sums=("n",), rule="centre")).outcome
    assert by_centre.table["n"].sum() + by_centre.balances[1].outside == frame["n"].sum()


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(MESHES), st.integers(-(10**6), 10**9)), min_size=1, max_size=40),
    st.integers(1, 9),
)
def test_order_and_parts_do_not_change_how_meshes_are_divided(total, tmp_path_factory, rows, group):
    folder = tmp_path_factory.mktemp("mesh")
    frame = pd.DataFrame(rows, columns=["m", "n"])
    frame.to_parquet(folder / "a.parquet")
    frame[::-1].to_parquet(folder / "b.parquet", row_group_size=group)
    request = Request(mesh="m", sums=("n",))
    first = total(folder / "a.parquet", request, output=folder / "1.parquet").outcome
    second = total(folder / "b.parquet", request, output=folder / "2.parquet", part_rows=group).outcome
    pd.testing.assert_frame_equal(first.table, second.table)
    assert first.table["n"].sum() + first.balances[1].outside == frame["n"].sum()


def test_codes_of_old_and_of_wards_are_read_and_others_told(total, tmp_path):
    codes = ["13112", "131121", "01101", "04423", "40305", "1100", "99999", "世田谷", "", "13112.0"]
    pd.DataFrame({"c": codes, "n": range(10)}).to_csv(tmp_path / "in.csv", index=False)
    report = total(tmp_path / "in.csv", Request(code="c", sums=("n",)))
    assert dict(zip(report.outcome.table["code"], report.outcome.table["n"], strict=True)) == {
        "01100": 2 + 5,
        "04216": 3,
        "13112": 0 + 1 + 9,
        "40231": 4,
    }
    assert report.outcome.bad == {"no_place": 1, "unknown_code": 2}


@pytest.mark.parametrize("by", ["prefecture", "medical-area", "bloc", "network"])
def test_areas_are_sums_of_their_municipalities(people, by_point, total, atlas, tmp_path, by):
    people(2_000).to_parquet(tmp_path / "in.parquet")
    towns = total(tmp_path / "in.parquet", by_point).outcome.table
    table = total(tmp_path / "in.parquet", by_point, by=by).outcome.table
    assert len(table) > 40
    if by in {"prefecture", "medical-area"}:
        assert table["people"].sum() == towns["people"].sum()
    else:
        frame = {"bloc": atlas.blocs, "network": atlas.networks}[by]().set_index("id")
        for area, month, value in zip(table["id"], table["month"], table["people"], strict=True):
            members = frame.loc[area, "member_codes"]
            assert value == towns.loc[towns["code"].isin(members) & (towns["month"] == month), "people"].sum()
        assert set(table["id"]) <= set(frame.index[frame["until"] == ""])


def test_the_two_medical_areas_of_kawasaki_are_one(total, tmp_path):
    pd.DataFrame({"c": ["14130"]}).to_csv(tmp_path / "in.csv", index=False)
    table = total(tmp_path / "in.csv", Request(code="c"), by="medical-area").outcome.table
    assert table[["code", "name"]].to_numpy().tolist() == [["1404;1405", "川崎北部・川崎南部"]]


def _truncated(path):
    path.write_bytes(path.read_bytes()[:-50])


def _corrupt(path):
    content = bytearray(path.read_bytes())
    start = pq.read_metadata(path).row_group(2).column(0).data_page_offset
    content[start : start + 200] = b"\xff" * 200
    path.write_bytes(bytes(content))


def _swapped(path):
    frame = pd.read_parquet(path)
    frame.rename(columns={"lon": "lat", "lat": "lon"}).to_parquet(path, row_group_size=200)


def _without(path):
    pd.read_parquet(path).drop(columns="hours").to_parquet(path)


def _nested(path):
    pd.read_parquet(path).assign(hours=[[1.0]] * 1_000).to_parquet(path)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_truncated, "in.parquet を Parquet として読めません"),
        (_corrupt, "in.parquet の行グループ 2 を読めません"),
        (_swapped, "in.parquet の行グループ 0.*経度と緯度が逆"),
        (_without, "in.parquet に列「hours」がありません"),
        (_nested, "in.parquet の列「hours」は数でも文字でもない型"),
    ],
)
def test_what_is_wrong_with_an_input_is_said_and_nothing_is_left(people, by_point, total, tmp_path, spoil, says):
    path = tmp_path / "in.parquet"
    people(1_000).to_parquet(path, row_group_size=200)
    spoil(path)
    with pytest.raises(DataError, match=says):
        total(path, by_point, part_rows=200)
    assert _left(tmp_path) == ["in.parquet"]


def test_a_file_that_grows_while_it_is_read_is_refused(people, by_point, total, tmp_path, monkeypatch):
    path = tmp_path / "in.csv"
    people(300).to_csv(path, index=False)
    read = read_rows.open_csv_bytes

    def growing(file):
        with path.open("a", encoding="utf-8") as stream:
            stream.write("139.7,35.69,1,1,2024-01\n")
        return read(file)

    monkeypatch.setattr(read_rows, "open_csv_bytes", growing)
    with pytest.raises(DataError, match=r"in\.csv が読んでいる間に書き換えられました"):
        total(path, by_point)
    assert _left(tmp_path) == ["in.csv"]


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ({}, "1通り"),
        ({"x": "a"}, "1通り"),
        ({"x": "a", "y": "b", "mesh": "m"}, "1通り"),
        ({"mesh": "m", "rule": "half"}, "--rule"),
        ({"mesh": "m", "nearest_within": 5}, "--nearest-within"),
        ({"x": "a", "y": "b", "nearest_within": 1e9}, "--nearest-within"),
        ({"code": "c", "sums": ("n", "n")}, "2度"),
        ({"code": "c", "sums": ("rows",)}, "rows"),
        ({"code": "c", "sums": ("n",), "group": ("n",)}, "n"),
    ],
)
def test_requests_that_make_no_sense(choices, says):
    with pytest.raises(InvalidFilterError, match=says):
        Request(**choices)


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ({"by": "county"}, "--by"),
        ({"engine": "spark"}, "--engine"),
        ({"scheduler": "tcp://127.0.0.1:1"}, "--scheduler"),
        ({"memory": 1_000}, "--memory"),
        ({"output": "out.xlsx"}, "parquet"),
        ({"output": "none/out.csv"}, "フォルダー"),
    ],
)
def test_work_that_cannot_be_done(tmp_path, choices, says):
    output = tmp_path / choices.pop("output", "out.csv")
    with pytest.raises(InvalidFilterError, match=says):
        Work(inputs=("a",), output=output, **choices)


@pytest.mark.parametrize("text", ["", "2", "GB", "-1GB", "2TBs", "1e9"])
def test_sizes_that_are_none(text):
    with pytest.raises(InvalidFilterError, match="大きさ"):
        read_size(text)


def test_the_command_prints_the_balance_and_tells_of_bad_rows_by_its_status(tmp_path, capsys):
    (tmp_path / "in.csv").write_text("lon,lat,n,月\n139.7006,35.6895,3,4月\n,1,2,4月\n", encoding="cp932")
    output = tmp_path / "out.csv"
    options = ["--x", "lon", "--y", "lat", "--sum", "n", "--group", "月", "--workers", "1", "-o", str(output)]
    assert main(["aggregate", str(tmp_path / "in.csv"), *options]) == 3
    assert (
        output.read_bytes().decode("utf-8-sig") == "code,name,prefecture,月,rows,n\r\n13104,新宿区,東京都,4月,1,3\r\n"
    )
    assert "検算　：集計＋域外＋不良＝入力" in capsys.readouterr().err
    assert main(["aggregate", str(tmp_path / "none.csv"), *options]) == 2
    assert "none.csv がありません" in capsys.readouterr().err
