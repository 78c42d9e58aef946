"""Every hostile input through every command that reads a file: one sentence, a known exit status, no traceback.

Nothing moves a terminal, nothing is written outside, memory is bounded.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from renkei.cli import main
from tests.trust.hostile_files import FILES

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = {
    "resolve": ["resolve", "--file", "{file}", "--column", "自治体", "-o", "{out}.csv"],
    "scan": ["scan", "{file}"],
    "check": ["check", "{file}"],
    "import": ["import", "{file}", "-o", "{out}.renkei.json"],
    "draft": ["draft", "{file}"],
    "verify": ["verify", "{file}"],
    "register add": ["register", "add", "{file}", "--dry-run"],
    "register areas": ["register", "areas", "{file}", "--programme", "連携中枢都市圏", "-o", "{out}.csv"],
    "aggregate": ["aggregate", "{file}", "--by", "municipality", "--code", "自治体", "--sum", "値", "-o", "{out}.csv"],
}
KNOWN = {0, 2, 3}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    return folder


def asked(command, file, out):
    return [part.format(file=file, out=out) for part in COMMANDS[command]]


def sound(status, out, err):
    assert status in KNOWN, err
    assert "Traceback" not in out + err
    assert "予期しない誤り" not in err
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(out + err)


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_one_sentence(command, name, folder, tmp_path, capsys):
    before = {each.name for each in folder.parent.iterdir()}
    status = main(asked(command, folder / name, tmp_path / "out"))
    sound(status, *capsys.readouterr())
    assert {each.name for each in folder.parent.iterdir()} == before
    if status == 2:
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_and_a_missing_file_are_one_sentence(command, tmp_path, capsys):
    for path in (tmp_path, tmp_path / "none.csv", tmp_path / ("n" * 300 + ".csv")):
        assert main(asked(command, path, tmp_path / "out")) == 2
        sound(2, *capsys.readouterr())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name on this system")
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_pipe_with_a_name_never_hangs(command, suffix, tmp_path):
    pipe = tmp_path / f"pipe{suffix}"
    os.mkfifo(pipe)
    done = subprocess.run(
        [sys.executable, "-m", "renkei.cli", *asked(command, pipe, tmp_path / "out")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    sound(done.returncode, done.stdout, done.stderr)
    assert done.returncode == 2


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2_500_000_000, 2_500_000_000))
from renkei.cli import main
status = main(sys.argv[1:])
print("peak", next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")), file=sys.stderr)
sys.exit(status)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("command", ["register add", "check", "resolve"])
@pytest.mark.parametrize("name", ["columns.xlsx", "texts.xlsx", "far.xlsx", "bomb.zip"])
def test_a_bomb_stays_below_500_megabytes(command, name, tmp_path):
    source = tmp_path / (name if name.endswith(".xlsx") else "bomb.xlsx")
    source.write_bytes(FILES[name])
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *asked(command, source, tmp_path / "out")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert int(done.stderr.split("peak")[1]) < 500_000  # kB
    assert time.monotonic() - began < 300
