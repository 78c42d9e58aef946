"""Ask the database of known faults (PyPI's, through pip-audit) about what the map installs; say plainly what was not asked.

0: every part was checked and none has a known fault; 1: some has; 2: some could not be checked, or none could.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

FAULTY, UNCHECKED = 1, 2
_SHOWN = 5


def verdict(report: dict[str, Any] | None) -> tuple[int, list[str]]:
    """Return the exit status and what to say of a report of pip-audit; None where it made none.

    A part that the database does not answer for is not a part without faults.

    Examples
    --------
    >>> verdict({"dependencies": [{"name": "a", "version": "1", "vulns": []}]})
    (0, ['1 of 1 parts checked: no known faults.'])
    >>> verdict(None)[0]
    2
    """
    if report is None:
        return UNCHECKED, ["The database of known faults cannot be reached from here: nothing was checked."]
    parts = report["dependencies"]
    unchecked = [each["name"] for each in parts if "skip_reason" in each]
    checked = len(parts) - len(unchecked)
    told = [
        f"{each['name']} {each['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version yet'}"
        for each in parts
        for fault in each.get("vulns", ())
    ]
    status = FAULTY if told else UNCHECKED if unchecked or not parts else 0
    if unchecked:
        names = ", ".join(unchecked[:_SHOWN]) + (", …" if len(unchecked) > _SHOWN else "")
        told.append(f"The database of known faults did not answer for {len(unchecked)} of {len(parts)} parts: {names}.")
    if checked or not unchecked:
        told.append(f"{checked} of {len(parts)} parts checked" + (": no known faults." if status == 0 else "."))
    return status, told


def main() -> int:
    """Ask and say; return the exit status."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", "requirements-app.txt", "--require-hashes"]
    done = subprocess.run(
        [*command, "--disable-pip", "--progress-spinner", "off", "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        report = json.loads(done.stdout)
    except ValueError:
        print(done.stderr[-1000:], end="", file=sys.stderr)
        report = None
    status, told = verdict(report)
    print("\n".join(told), file=sys.stderr if status else sys.stdout)
    return status


if __name__ == "__main__":
    sys.exit(main())
