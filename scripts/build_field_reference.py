"""Write docs/fields.md from the layers themselves; ``--check`` only tells whether it is up to date."""

from __future__ import annotations

import sys
from pathlib import Path

from renkei.atlas import Atlas
from renkei.present.field_reference import field_reference

TARGET = Path(__file__).resolve().parents[1] / "docs" / "fields.md"


def main() -> int:
    """Write or check."""
    made = field_reference(Atlas.open())
    if "--check" in sys.argv:
        return 0 if TARGET.read_text(encoding="utf-8") == made else 1
    TARGET.write_text(made, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
