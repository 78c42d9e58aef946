"""What all tests share: property tests that hold on a busy machine."""

import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# A slow machine is no fault of the code: speed is held by benchmarks.
settings.register_profile("renkei", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("renkei")

# Run by the Python that has PyQGIS, never imported here.
collect_ignore = ["exchange/formats/render_in_qgis.py"]


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Put ``__main__`` back: Streamlit's AppTest leaves its script there, and spawned processes would run it."""
    before = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = before
