from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import DataError
from layers import user_folder
from layers.user_folder import UserFolder

NAMES = ("cases/register_log.csv", "indicators/area.parquet", "notes.csv")


@pytest.fixture
def folder(tmp_path):
    return UserFolder(tmp_path / "own")


def test_the_environment_says_where_it_is(monkeypatch, tmp_path):
    monkeypatch.setenv("RENKEI_DATA", str(tmp_path / "x"))
    assert user_folder.user_folder() == tmp_path / "x"
    monkeypatch.delenv("RENKEI_DATA")
    assert user_folder.user_folder().name == "renkei"


def test_a_folder_that_is_not_there_is_an_empty_one(folder):
    assert (folder.names(), folder.read("a.csv"), folder.stamp(), folder.damages()) == ((), None, "", [])
    assert not folder.path.exists()


def test_files_are_read_as_they_were_written_and_each_write_is_another_state(folder):
    stamps = [folder.stamp()]
    for files in ({"a.csv": b"1"}, {"b/c.csv": b"2"}, {"a.csv": b"3"}, {"a.csv": b"1"}, {"b/c.csv": None}):
        folder.write(files)
        stamps.append(folder.stamp())
    assert len(set(stamps)) == len(stamps)
    assert (folder.names(), folder.read("a.csv"), folder.read("b/c.csv")) == (("a.csv",), b"1", None)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(NAMES), st.none() | st.binary(max_size=40), min_size=1, max_size=3), max_size=6
    )
)
@settings(max_examples=40, deadline=None)
def test_the_folder_holds_what_the_writes_say(tmp_path_factory, writes):
    folder, model = UserFolder(tmp_path_factory.mktemp("own")), {}
    for files in writes:
        folder.write(files)
        model |= files
    held = {name: content for name, content in model.items() if content is not None}
    assert {name: folder.read(name) for name in folder.names()} == held
    assert folder.damages() == []


def test_what_is_said_of_a_file_is_kept(folder):
    folder.write({"a.csv": b"id\n1\n"}, {"a.csv": {"rows": 1, "source": "頁"}})
    folder.write({"b.csv": b""})
    entry = folder.entries()[0]
    assert (entry.bytes, entry.about) == (5, {"rows": 1, "source": "頁"})


def test_a_moved_folder_is_whole(folder, tmp_path):
    folder.write({"cases/a.csv": b"1"})
    folder.path.rename(tmp_path / "elsewhere")
    assert UserFolder(tmp_path / "elsewhere").read("cases/a.csv") == b"1"


@pytest.mark.parametrize(
    "name", ["../a.csv", "/etc/a", "a/../b", "", "manifest.json", ".lock", "a\\b", "a\nb", "表.csv"]
)
def test_a_name_that_leads_elsewhere_is_refused(folder, name):
    with pytest.raises(ValueError, match="no name"):
        folder.write({name: b"1"})
    assert not folder.path.exists()


def test_old_states_and_strays_go_and_the_users_own_files_stay(folder):
    folder.write({"a.csv": b"1"})
    (folder.path / "メモ.txt").write_text("x", encoding="utf-8")
    (folder.path / ".a.csv.abcd1234").write_bytes(b"half")
    for content in (b"2", b"3", b"4"):
        folder.write({"a.csv": content})
    files = [path for path in folder.path.rglob("*") if path.is_file()]
    assert sum(path.name.startswith("a-") for path in files) == 2  # the state in use, and the one before
    assert (folder.path / "メモ.txt").is_file()
    assert not (folder.path / ".a.csv.abcd1234").exists()


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda path: path.write_bytes(b"9"), "内容と違います"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "内容と違います"),
        (lambda path: path.unlink(), "読めません"),
    ],
)
def test_each_damage_is_one_sentence_and_is_never_read(folder, harm, told):
    folder.write({"a.csv": b"12", "b.csv": b"2"})
    harm(folder.path / folder.entries()[0].file)
    (damage,) = folder.damages()
    assert damage.name == "a.csv"
    assert told in damage.message
    with pytest.raises(DataError, match=told):
        folder.read("a.csv")
    assert folder.read("b.csv") == b"2"


@pytest.mark.parametrize(
    "content",
    [
        b"{", b"[]", b"null", b'{"format":1}', b'{"format":1,"files":[{}]}', b'{"format":1,"files":{"a":1}}',
        b'{"format":1,"files":[{"name":"a","file":"../../etc/passwd","sha256":"","bytes":1}]}', b"\xff\xfe",
        b'{"format":"x","files":[]}',
    ],
)  # fmt: skip
def test_a_broken_statement_is_one_sentence(folder, content):
    folder.path.mkdir()
    (folder.path / "manifest.json").write_bytes(content)
    (damage,) = folder.damages()
    assert "壊れています" in damage.message
    with pytest.raises(DataError):
        folder.write({"a.csv": b"1"})
    assert (folder.path / "manifest.json").read_bytes() == content


def test_a_folder_of_a_newer_version_says_so(folder):
    folder.path.mkdir()
    (folder.path / "manifest.json").write_bytes(b'{"format":99,"files":[]}')
    with pytest.raises(DataError, match="新しい版"):
        folder.entries()


def test_a_fault_in_the_middle_changes_nothing(folder, monkeypatch):
    folder.write({"a.csv": b"1", "b.csv": b"1"})
    before = folder.stamp()
    real = user_folder.write_atomic

    def full_disk(path, content):
        if path.name == "manifest.json":
            raise OSError(28, "No space left on device")
        real(path, content)

    monkeypatch.setattr(user_folder, "write_atomic", full_disk)
    with pytest.raises(DataError, match="何も変わっていません"):
        folder.write({"a.csv": b"2", "b.csv": b"2"})
    assert (folder.stamp(), folder.read("a.csv"), folder.read("b.csv")) == (before, b"1", b"1")
    assert len(list(folder.path.rglob("*.csv"))) == 2


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DataError, match="書けません"):
        UserFolder(tmp_path / "file" / "own").write({"a.csv": b"1"})


def test_a_writer_that_waits_too_long_says_so(folder):
    with folder.locked():
        code = (
            "import sys; from pathlib import Path; from layers.user_folder import UserFolder\n"
            "with UserFolder(Path(sys.argv[1])).locked(wait=0.1): pass"
        )
        done = subprocess.run([sys.executable, "-c", code, folder.path], capture_output=True, text=True, check=False)
    assert "ほかの renkei" in done.stderr


ADD = """
import sys
from pathlib import Path
from layers.user_folder import UserFolder
folder = UserFolder(Path(sys.argv[1]))
with folder.locked():
    folder.write({"log.csv": (folder.read("log.csv") or b"") + f"{sys.argv[2]}\\n".encode()})
"""


def test_parallel_writers_lose_nothing(folder):
    workers = [subprocess.Popen([sys.executable, "-c", ADD, folder.path, str(number)]) for number in range(6)]
    assert [worker.wait(60) for worker in workers] == [0] * 6
    assert sorted((folder.read("log.csv") or b"").split()) == [b"0", b"1", b"2", b"3", b"4", b"5"]


WRITE_FOREVER = """
import itertools, sys
from pathlib import Path
from layers.user_folder import UserFolder
folder = UserFolder(Path(sys.argv[1]))
for number in itertools.count():
    folder.write({f"{name}.csv": f"{name} {number}".encode() * 500 for name in "abc"})
    print(number, flush=True)
"""


def test_a_kill_at_any_moment_leaves_one_state_whole(folder):
    for pause in (0.0, 0.003, 0.011, 0.02):
        process = subprocess.Popen([sys.executable, "-c", WRITE_FOREVER, folder.path], stdout=subprocess.PIPE)
        process.stdout.readline()
        time.sleep(pause)  # not a wait for anything: it moves the moment of the kill
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        assert folder.damages() == []
        states = {(folder.read(f"{name}.csv") or b"").split()[1].rstrip(b"abc") for name in "abc"}
        assert len(states) == 1
    folder.write({"d.csv": b"1"})
    assert not [path for path in folder.path.rglob(".*") if path.name != ".lock"]


def test_a_reader_never_sees_two_states(folder):
    process = subprocess.Popen([sys.executable, "-c", WRITE_FOREVER, folder.path], stdout=subprocess.PIPE)
    process.stdout.readline()
    try:
        assert all((folder.read("a.csv") or b"").startswith(b"a ") for _ in range(200))
    finally:
        process.kill()
        process.communicate()
