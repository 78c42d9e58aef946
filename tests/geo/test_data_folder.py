import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from geo.data_folder import write_atomic


def test_a_link_is_followed_and_stays_a_link(tmp_path):
    target, link = tmp_path / "real.csv", tmp_path / "link.csv"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomic(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_replaced_file_keeps_its_mode(tmp_path, mode):
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")
    target.chmod(mode)
    write_atomic(target, b"new")
    assert stat.S_IMODE(target.stat().st_mode) == mode


def test_a_device_stays_a_device():
    write_atomic(Path(os.devnull), b"gone")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_a_pipe_is_written_to_and_stays(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_atomic(pipe, b"through")
    reader.join()
    assert got == [b"through"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_folder_is_refused_and_nothing_is_left(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        write_atomic(tmp_path / "folder", b"x")
    assert [each.name for each in tmp_path.iterdir()] == ["folder"]


def test_the_part_of_a_killed_write_goes_with_the_next_write(tmp_path):
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")
    script = (
        "import os, signal, pathlib, geo.data_folder as d\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"d.write_atomic(pathlib.Path({str(target)!r}), b'half')"
    )
    killed = subprocess.run([sys.executable, "-c", script], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert target.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 2
    write_atomic(target, b"new")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("a.csv", b"new")]


def test_a_name_as_long_as_the_file_system_allows(tmp_path):
    target = tmp_path / ("n" * 251 + ".csv")
    write_atomic(target, b"x")
    assert target.read_bytes() == b"x"
