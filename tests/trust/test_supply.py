"""What is installed for the map and given out with a release: known by hash, listed, licensed, asked about."""

import hashlib
import json
import re
import zipfile
from pathlib import Path

import pytest

from renkei import __version__
from scripts.audit_dependencies import verdict
from scripts.build_release import is_allowed, licence_of, main

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements-app.txt").read_text(encoding="utf-8")
PINNED = re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\\n]+)", LOCK, flags=re.MULTILINE)


def same_name(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_pin_has_a_hash():
    blocks = re.split(r"(?m)^(?=[A-Za-z0-9._-]+==)", LOCK)[1:]
    assert len(blocks) == len(PINNED) > 50
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_pins_are_those_that_the_tests_use():
    used = dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / "constraints.txt").read_text(), flags=re.MULTILINE))
    tested = {same_name(name): version for name, version in used.items()}
    for name, version in PINNED:
        assert tested.get(same_name(name), version) == version, name


@pytest.mark.parametrize("name", [name for name, _ in PINNED])
def test_a_licence_can_be_given_on_with(name):
    assert is_allowed(licence_of(name)), licence_of(name)


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    (folder / "renkei-0.0.1.tar.gz").write_bytes(b"of an earlier release")
    assert main(folder) == 0
    return folder


@pytest.mark.slow
def test_a_release_is_wheel_source_parts_list_and_checksums(release):
    names = {each.name for each in release.iterdir()}
    wheel = f"renkei-{__version__}-py3-none-any.whl"
    assert names == {wheel, f"renkei-{__version__}.tar.gz", f"renkei-{__version__}.cdx.json", "SHA256SUMS"}
    sums = dict(line.split("  ")[::-1] for line in (release / "SHA256SUMS").read_text().splitlines())
    assert sums == {
        name: hashlib.sha256((release / name).read_bytes()).hexdigest() for name in names if name != "SHA256SUMS"
    }
    assert "renkei/app/streamlit_app.py" in zipfile.ZipFile(release / wheel).namelist()


@pytest.mark.slow
def test_the_parts_list_names_exactly_what_is_pinned(release):
    bom = json.loads((release / f"renkei-{__version__}.cdx.json").read_text(encoding="utf-8"))
    assert (bom["bomFormat"], bom["metadata"]["component"]["version"]) == ("CycloneDX", __version__)
    listed = {(same_name(each["name"]), each["version"]) for each in bom["components"]}
    assert listed == {(same_name(name), version) for name, version in PINNED}
    hashes = {
        each["content"] for part in bom["components"] for file in part["externalReferences"] for each in file["hashes"]
    }
    assert hashes == set(re.findall(r"sha256:([0-9a-f]{64})", LOCK))
    assert all(part["licenses"][0]["license"]["name"] for part in bom["components"])


@pytest.mark.parametrize(
    ("report", "status", "said"),
    [
        (None, 2, "cannot be reached"),
        ({"dependencies": []}, 2, "0 of 0"),
        ({"dependencies": [{"name": "a", "version": "1", "vulns": []}]}, 0, "no known faults"),
        # As pip-audit reports where the index has no database of faults: without a fault, and without an answer.
        ({"dependencies": [{"name": "a", "skip_reason": "not found"}]}, 2, "did not answer for 1 of 1"),
        (
            {"dependencies": [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "x"}]},
            2,
            "1 of 2 parts checked",
        ),
        (
            {"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}]},
            1,
            "PYSEC-1, mended in 2",
        ),
    ],
)
def test_an_audit_never_vouches_for_what_it_did_not_check(report, status, said):
    found, told = verdict(report)
    assert found == status
    assert said in " ".join(told)
    assert ("no known faults" in " ".join(told)) == (status == 0)
