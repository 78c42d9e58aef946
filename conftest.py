"""What every test shares: nobody's own data folder, and one atlas of the shipped tables."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from renkei.atlas import Atlas

# Before anything is imported: no test reads or writes the folder of the person who runs it.
_OWN = tempfile.TemporaryDirectory(prefix="renkei-test-")
os.environ["RENKEI_DATA"] = _OWN.name


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    """Return an atlas of the shipped tables."""
    from tests.shared_atlas import ATLAS  # noqa: PLC0415 - doctests of geo need none

    return ATLAS
