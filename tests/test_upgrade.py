"""Two wheels, built and installed one over the other: what a person added outlives upgrade, downgrade and removal."""

from __future__ import annotations

import email
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
TIE = "分類,自治体,相手・構成自治体,種類,開始日,根拠のURL\n連携,東京都府中市,長野県佐久穂町,姉妹都市,明治38年,https://a.jp/x\n"


def wheel(folder, version):
    """Build a wheel of the working tree under another version."""
    source = folder / version
    for name in ("geo", "layers", "renkei", "data"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "static"))
    for path in (path for path in ROOT.iterdir() if path.is_file() and not path.name.startswith(".")):
        shutil.copy(path, source)
    start = source / "renkei" / "__init__.py"
    text = start.read_text(encoding="utf-8")
    start.write_text(text.replace('__version__ = "0.1.0"', f'__version__ = "{version}"'), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"], cwd=source, check=True, capture_output=True
    )
    return next((source / "dist").glob("*.whl"))


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheels")
    return [wheel(folder, version) for version in ("0.1.1", "0.1.2")]


class Machine:
    """A place where one version is installed, and a user's folder beside it."""

    def __init__(self, folder):
        self.site, self.own, self.work = folder / "site", folder / "own", folder / "work"
        self.work.mkdir()

    def install(self, file):
        shutil.rmtree(self.site, ignore_errors=True)
        command = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--target",
            self.site,
            file,
        ]
        subprocess.run(command, check=True, capture_output=True)

    def renkei(self, *arguments):
        environment = os.environ | {"PYTHONPATH": str(self.site), "RENKEI_DATA": str(self.own)}
        command = [sys.executable, "-m", "renkei.cli", *map(str, arguments)]
        return subprocess.run(command, cwd=self.work, env=environment, capture_output=True, text=True, check=False)

    def version(self):
        return (self.site / "renkei" / "__init__.py").read_text(encoding="utf-8")

    def ties(self):
        done = self.renkei("export", "ties", "-o", "-", "--format", "geojson")
        assert done.returncode == 0, done.stderr
        return {each["properties"]["id"]: each["properties"] for each in json.loads(done.stdout)["features"]}

    def is_sound(self):
        return self.renkei("data", "status").returncode == 0


def test_what_was_added_outlives_upgrade_downgrade_and_a_move(wheels, tmp_path):
    machine = Machine(tmp_path)
    machine.install(wheels[0])
    (machine.work / "tie.csv").write_text(TIE, encoding="utf-8")
    assert machine.renkei("register", "add", "tie.csv", "--yes").returncode == 0
    why = ["--reason", "協定書による", "--url", "https://a.jp/y", "--yes"]
    assert machine.renkei("register", "correct", "tie-020", "--set", "開始日=1969", *why).returncode == 0
    for number, file in ((1, wheels[0]), (2, wheels[1]), (1, wheels[0])):
        machine.install(file)
        assert f"0.1.{number}" in machine.version()
        ties = machine.ties()
        assert (ties["added-0001"]["since"], ties["tie-020"]["since"]) == ("1905", "1969")
    moved = tmp_path / "elsewhere"
    machine.own.rename(moved)
    machine.own = moved
    assert "added-0001" in machine.ties()
    assert machine.is_sound()


def test_a_wheel_says_its_licence_its_makers_and_what_it_needs(wheels):
    with zipfile.ZipFile(wheels[0]) as file:
        names = file.namelist()
        about = email.message_from_bytes(file.read(next(name for name in names if name.endswith("METADATA"))))
    assert about["License-Expression"] == "Apache-2.0 AND CC-BY-4.0"
    assert about["Author"] == about["Maintainer"] == "renkei developers"
    assert {name.rpartition("/")[2] for name in names if "/licenses/" in name} == {"LICENSE", "LICENSE.md"}
    needed = about.get_all("Requires-Dist")
    base = [each for each in needed if "extra ==" not in each]
    assert not [each for each in base if each.startswith(("streamlit", "altair", "starlette", "websockets"))]
    assert any(each.startswith("streamlit>=") and "extra == 'app'" in each for each in needed)
    assert {name.partition("/")[0] for name in names if ".dist-info" not in name} == {"geo", "layers", "renkei"}
    assert "renkei/data/cases/cases.csv" in names
    assert "geo/py.typed" in names


def test_without_its_page_renkei_app_is_a_sentence(wheels, tmp_path):
    machine = Machine(tmp_path)
    machine.install(wheels[0])
    # As if the extra were not installed.
    (machine.site / "sitecustomize.py").write_text(
        "import importlib.util as util\n"
        "found = util.find_spec\n"
        "util.find_spec = lambda name, package=None: None if name == 'streamlit' else found(name, package)\n",
        encoding="utf-8",
    )
    done = machine.renkei("app", "--no-browser")
    assert done.returncode == 2
    assert "renkei[app]" in done.stderr
    assert done.stderr.count("\n") == 1
