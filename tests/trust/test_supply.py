"""What is installed for the map: each file known by its hash, each licence one that the project can be given on with."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements-app.txt").read_text(encoding="utf-8")
PINNED = re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\\n]+)", LOCK, flags=re.MULTILINE)
ALLOWED = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla|ISC|HPND|Historical Permission|Unlicense|0BSD|Zlib|CC0"
    r"|IPA|OFL|LGPL",
    re.IGNORECASE,
)
FORBIDDEN = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)


def test_every_pin_has_a_hash():
    blocks = re.split(r"(?m)^(?=[A-Za-z0-9._-]+==)", LOCK)[1:]
    assert len(blocks) == len(PINNED) > 50
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_pins_are_those_that_the_tests_use():
    used = dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / "constraints.txt").read_text(), flags=re.MULTILINE))
    tested = {name.lower().replace("_", "-"): version for name, version in used.items()}
    for name, version in PINNED:
        assert tested.get(name.lower().replace("_", "-"), version) == version, name


@pytest.mark.parametrize(("name", "version"), PINNED)
def test_a_licence_can_be_given_on_with(name, version):
    try:
        about = metadata(name)
    except PackageNotFoundError:
        pytest.skip(f"{name} {version} is for another system")
    texts = [about.get("License-Expression") or "", (about.get("License") or "")[:300]]
    texts += [each for each in about.get_all("Classifier") or [] if each.startswith("License ::")]
    told = " ".join(texts)
    assert ALLOWED.search(told) or "same as Leaflet" in told, told
    assert not FORBIDDEN.search(told.replace("LGPL", "")) or re.search(r"MIT|BSD|Apache|PSF", told), told
