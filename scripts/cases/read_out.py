"""The facts as they were read out of the documents, beside this checkout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from pathlib import Path

Row = list[object]


def load(shared: Path, name: str) -> Any:
    """Return a file of facts."""
    return orjson.loads((shared / "cases" / f"{name}.json").read_bytes())


def written_lines(value: Any) -> str:
    """Write lines as ``12;15-18``: single lines and ranges joined by ``;``."""
    if isinstance(value, int):
        return str(value)
    return ";".join(str(line) for line in value)


def party_code(municipality: dict[str, Any]) -> str:
    """Return a party's code; a prefecture is PP000."""
    code = str(municipality["code"])
    return code if len(code) == 5 else f"{code}000"  # noqa: PLR2004
