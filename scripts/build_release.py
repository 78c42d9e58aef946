"""Build what a release consists of into ``dist/``: wheel, source, parts list (SBOM, CycloneDX) and checksums.

``python -m scripts.build_release [FOLDER]``. The parts list names what ``requirements-app.txt`` pins, each part with the hashes
of its files and its licence as its own metadata declares it.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from renkei import __version__

ROOT = Path(__file__).resolve().parents[1]
PINS = ROOT / "requirements-app.txt"
ELSEWHERE = {"colorama": "BSD-3-Clause", "editables": "MIT", "tzdata": "Apache-2.0"}
"""Licences of parts that are installed only on another system, or only while installing."""
ALLOWED = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla|ISC|HPND|Historical Permission|Unlicense|0BSD|Zlib|CC0"
    r"|IPA|OFL|LGPL|same as Leaflet",
    re.IGNORECASE,
)
FORBIDDEN = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)
_LONGEST = 120


def licence_of(name: str) -> str:
    """Return the licence that a part declares; "" where it is not known here.

    Examples
    --------
    >>> licence_of("click")
    'BSD-3-Clause'
    """
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return ELSEWHERE.get(name.lower(), "")
    classifiers = [
        each.rpartition(" :: ")[2] for each in about.get_all("Classifier") or [] if each.startswith("License ::")
    ]
    stated = (about.get("License") or "").strip().partition("\n")[0][:_LONGEST]
    return about.get("License-Expression") or "; ".join(classifiers) or stated


def is_allowed(licence: str) -> bool:
    """Tell whether the project can be given on with a part under this licence.

    Examples
    --------
    >>> is_allowed("MIT"), is_allowed("GPL-3.0-only"), is_allowed("LGPL-2.1"), is_allowed("")
    (True, False, True, False)
    """
    if not ALLOWED.search(licence):
        return False
    return not FORBIDDEN.search(licence.replace("LGPL", "")) or re.search(r"MIT|BSD|Apache|PSF", licence) is not None


def parts_list() -> dict[str, Any]:
    """Return the parts list: what is pinned, with hashes and licences."""
    command = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", str(PINS)]
    options = ["--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible", "--short-PURLs"]
    made = subprocess.run([*command, *options], capture_output=True, text=True, check=True)
    bom: dict[str, Any] = json.loads(made.stdout)
    bom["metadata"]["component"]["version"] = __version__
    for part in bom["components"]:
        part["licenses"] = [{"license": {"name": licence_of(part["name"])}}]
        part["description"] = f"{part['name']} {part['version']}"
        for reference in part.get("externalReferences", ()):
            reference["url"] = part["purl"]  # what the files are of, wherever they were fetched from
    return bom


def main(folder: Path = ROOT / "dist") -> int:
    """Build everything; return 1 where a licence is not known or does not fit."""
    bom = parts_list()
    wrong = [part["name"] for part in bom["components"] if not is_allowed(part["licenses"][0]["license"]["name"])]
    if wrong:
        print(f"The licence of these parts is not known here, or does not fit: {', '.join(wrong)}", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    for each in folder.iterdir():
        if each.name.startswith("renkei-") or each.name == "SHA256SUMS":
            each.unlink()
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", str(folder)], cwd=ROOT, check=True)
    path = folder / f"renkei-{__version__}.cdx.json"
    path.write_text(json.dumps(bom, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    made = sorted(each for each in folder.iterdir() if each.name.startswith("renkei-"))
    sums = [f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}" for each in made]
    (folder / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")
    print("\n".join(sums))
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
