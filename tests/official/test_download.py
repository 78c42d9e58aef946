"""Files over a real connection to a local server: whole, cut, slow, silent, too large, moved, gone."""

from __future__ import annotations

import hashlib
import random

import orjson
import pytest

from geo.errors import DataError
from renkei.official.download import download

from .conftest import QUICK

CONTENT = random.Random(1).randbytes(400_000)


def get(site, tmp_path, **changes):
    return download(f"{site.address}/a.bin", tmp_path / "a.bin", limits=QUICK._replace(**changes))


@pytest.mark.parametrize("manner", ["", "busy", "cut", "no-length", "no-tag", "no-range"])
def test_the_file_arrives_whole(site, tmp_path, manner):
    site.files["/a.bin"], site.manner["/a.bin"] = CONTENT, manner
    got = get(site, tmp_path)
    assert got.path.read_bytes() == CONTENT
    assert got.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert got.bytes == len(CONTENT)
    assert not list(tmp_path.glob("*.part"))


def test_a_cut_file_is_resumed_not_begun_anew(site, tmp_path):
    site.files["/a.bin"], site.manner["/a.bin"] = CONTENT, "cut"
    get(site, tmp_path)
    ranges = [headers.get("Range") for _, headers in site.asked]
    third = len(CONTENT) // 3
    assert ranges == [None, f"bytes={third}-", f"bytes={2 * third}-"]


def test_the_next_call_goes_on_where_the_last_one_stopped(site, tmp_path):
    site.files["/a.bin"], site.manner["/a.bin"] = CONTENT, "always-cut"
    with pytest.raises(DataError, match=r"途中で切れました.*表は前のまま"):
        get(site, tmp_path)
    assert not (tmp_path / "a.bin").exists()
    have = (tmp_path / "a.bin.part").stat().st_size
    assert have > 0
    site.manner["/a.bin"] = ""
    assert get(site, tmp_path).path.read_bytes() == CONTENT
    assert site.asked[-1][1]["Range"] == f"bytes={have}-"


def test_a_part_of_an_older_edition_is_not_mixed_with_a_newer(site, tmp_path):
    site.files["/a.bin"], site.manner["/a.bin"] = CONTENT, "always-cut"
    with pytest.raises(DataError):
        get(site, tmp_path)
    newer = CONTENT[::-1]
    site.files["/a.bin"], site.manner["/a.bin"] = newer, ""
    assert get(site, tmp_path).path.read_bytes() == newer


def test_an_unchanged_file_is_not_sent_again(site, tmp_path):
    site.files["/a.bin"] = CONTENT
    assert not get(site, tmp_path).unchanged
    again = get(site, tmp_path)
    assert again.unchanged
    assert again.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert "If-None-Match" in site.asked[-1][1]


def test_a_damaged_copy_is_got_anew(site, tmp_path):
    site.files["/a.bin"] = CONTENT
    get(site, tmp_path)
    (tmp_path / "a.bin").write_bytes(b"damaged")
    assert get(site, tmp_path).path.read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("manner", "changes", "message"),
    [
        ("404", {}, "404：ファイルがありません"),
        ("403", {}, "403：アクセスが拒否"),
        ("500", {}, "500：配布元の不調"),
        ("429", {}, "429：配布元が混み合って"),
        ("", {"largest": 1000}, "超えます"),
        ("no-length", {"largest": 1000}, "超えます"),
        ("slow", {"whole": 0.3}, "秒で終わりません.*続きから"),
        ("silent", {"silence": 0.2}, "途中で切れました"),
        ("redirect", {}, "404"),
    ],
)
def test_failures_are_said_in_a_sentence_and_leave_no_file(site, tmp_path, manner, changes, message):
    site.files["/a.bin"], site.manner["/a.bin"] = CONTENT, manner
    with pytest.raises(DataError, match=message):
        get(site, tmp_path, **changes)
    assert not (tmp_path / "a.bin").exists()


def test_no_server_and_no_web_address(tmp_path):
    with pytest.raises(DataError, match=r"接続できません.*--from"):
        download("http://127.0.0.1:9/a.bin", tmp_path / "a.bin", limits=QUICK)
    with pytest.raises(DataError, match="http"):
        download("file:///etc/passwd", tmp_path / "a.bin", limits=QUICK)


def test_an_application_id_is_neither_kept_nor_shown(site, tmp_path):
    site.files["/b"] = CONTENT
    target = tmp_path / "b"
    download(f"{site.address}/b?appId=secret", target, limits=QUICK)
    assert b"secret" not in (tmp_path / "b.json").read_bytes()
    assert orjson.loads((tmp_path / "b.json").read_bytes())["sha256"]
    site.manner["/b"] = "403"
    target.unlink()
    with pytest.raises(DataError) as failure:
        download(f"{site.address}/b?appId=secret", target, limits=QUICK)
    assert "secret" not in str(failure.value)


def test_progress_is_told_of_every_byte(site, tmp_path):
    site.files["/a.bin"] = CONTENT
    told = []

    class Bar:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return False

        def update(self, count):
            told.append(count)

    download(f"{site.address}/a.bin", tmp_path / "a.bin", limits=QUICK, progress=lambda *_: Bar())
    assert sum(told) == len(CONTENT)
