"""What the tests of the page share: AppTest without a search through every installed package."""

import pytest
from streamlit.components.v2 import manifest_scanner


@pytest.fixture(scope="session", autouse=True)
def no_component_of_other_packages():
    """Three quarters of a run of AppTest went into looking for components of other packages; the page has its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", list)
        yield
