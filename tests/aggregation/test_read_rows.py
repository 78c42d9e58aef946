from __future__ import annotations

import csv
import gzip
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import DataError
from renkei.aggregation import csv_layout
from renkei.aggregation.input_files import find_files
from renkei.aggregation.parts import plan
from renkei.aggregation.read_rows import BrokenRows, read_batches
from renkei.aggregation.request import Request

CODES = Request(code="c", group=("名前",))
CELL = st.text(st.characters(codec="cp932", exclude_characters="\0\r¢£¬‖−〜"), max_size=6)


def _written(header: list[str], rows: list[tuple[str, ...]], encoding: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerows([header, *rows])
    return text.getvalue().encode(encoding)


def _read(path, request=CODES):
    """Every row of a file as (its number, cells), with the broken ones, and the number of parts."""
    rows, broken_rows = [], []
    parts = plan(find_files([str(path)]), request, 5)
    for part in parts:
        broken = BrokenRows()
        found = []
        for batch in read_batches(part, request.columns, 4, broken):
            cells = zip(*(batch.columns[name].to_pylist() for name in request.columns), strict=True)
            found += list(zip(batch.number.tolist(), cells, strict=True))
        places = broken.numbers(np.array([number for number, _ in found], dtype=np.int64))
        rows += [(part.first_row + place, cells) for place, (_, cells) in zip(places.tolist(), found, strict=True)]
        broken_rows += [(part.first_row + number, text) for number, text in broken.found]
    return rows, broken_rows, len(parts)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.text("0123456789", min_size=1, max_size=5), CELL), min_size=1, max_size=40),
    st.sampled_from(["utf-8", "utf-8-sig", "cp932"]),
    st.booleans(),
)
def test_every_row_is_read_once_whatever_the_encoding_and_wherever_the_ranges_end(
    tmp_path_factory, rows, encoding, packed
):
    path = tmp_path_factory.mktemp("csv") / ("a.csv.gz" if packed else "a.csv")
    content = _written(["c", "名前"], rows, encoding)
    path.write_bytes(gzip.compress(content, mtime=0) if packed else content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_layout, "BLOCK", 64)
        patch.setattr(csv_layout, "LONGEST_HEADER", 32)
        found, broken, _ = _read(path)
    assert [cells for _, cells in found] == rows
    assert [number for number, _ in found] == list(range(2, len(rows) + 2))
    assert not broken


def test_broken_and_blank_rows_keep_the_numbers_of_the_others_right(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_layout, "BLOCK", 40)
    monkeypatch.setattr(csv_layout, "LONGEST_HEADER", 10)
    lines = ["c,名前", *(f"{number},a" if number % 7 else f"{number}" for number in range(2, 60))]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines).replace("\n9,", "\n\n\n9,"), encoding="utf-8")
    rows, broken, parts = _read(path)
    assert parts > 5
    assert all(str(number) == cells[0] for number, cells in rows)
    assert broken == [(number, str(number)) for number in range(7, 60, 7)]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"", "空"),
        ("a.csv", "c,名前\n1,a\n".encode("utf-16"), "UTF-16"),
        ("a.csv", b"c,\0\n", "文字のファイルではありません"),
        ("a.csv", b"c,c\n1,2\n", "見出し"),
        ("a.csv", b"\n\n", "見出し"),
        ("a.csv", b"x,y\n1,2\n", "列「c」「名前」がありません"),
        ("a.csv", "c,名前\n1,".encode("cp932") + b"\x81\xff\n", "読めません"),
        ("a.csv.gz", gzip.compress("c,名前\n1,a\n".encode(), mtime=0)[:-9], "展開できません|読めません"),
        ("a.csv.gz", b"c,d", "展開できません"),
        ("a.parquet", b"PAR1 no", "Parquet として読めません"),
        ("a.xlsx", b"PK", "CSV（"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_name(tmp_path, name, content, says):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError, match=says) as raised:
        _read(path)
    assert name in str(raised.value)


def test_a_folder_is_read_whole_by_name_without_what_is_hidden(tmp_path):
    for name in ("b.csv", "a.csv", ".hidden.csv", "_SUCCESS.csv", "readme.md", "month=2024-01/c.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("c\n1\n", encoding="utf-8")
    files = find_files([str(tmp_path), str(tmp_path / "a.csv")])
    assert [file.name for file in files] == ["a.csv", "b.csv", "month=2024-01/c.csv"]
    assert files[2].constants == (("month", "2024-01"),)
    with pytest.raises(DataError, match="がありません"):
        find_files([str(tmp_path / "none.csv")])
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="CSV も Parquet もありません"):
        find_files([str(tmp_path / "empty")])
