"""The worked examples of areas are what the library answers."""

from __future__ import annotations

import doctest
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "areas.md"


def test_every_example_is_answered_as_written():
    found = doctest.testfile(str(DOCUMENT), module_relative=False, encoding="utf-8", optionflags=doctest.REPORT_NDIFF)
    assert found.attempted > 10
    assert found.failed == 0
