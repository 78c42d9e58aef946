"""Ask the database of known faults (PyPI's, through pip-audit) about what the map installs; say it when it is silent."""

from __future__ import annotations

import subprocess
import sys

UNREACHABLE = ("ConnectionError", "ServiceError", "timed out", "Max retries", "HTTPError")


def main() -> int:
    """Return 0 where nothing is known, 1 where something is, 2 where the database could not be asked."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", "requirements-app.txt", "--require-hashes"]
    done = subprocess.run(
        [*command, "--disable-pip", "--progress-spinner", "off"], capture_output=True, text=True, check=False
    )
    print(done.stdout, end="")
    if done.returncode and any(word in done.stderr for word in UNREACHABLE):
        print("The database of known faults cannot be reached from here: nothing was checked.", file=sys.stderr)
        return 2
    print(done.stderr, end="", file=sys.stderr)
    return 1 if done.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
