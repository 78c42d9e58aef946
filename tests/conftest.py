"""What all tests share: property tests that hold on a busy machine."""

from hypothesis import HealthCheck, settings

# A slow machine is no fault of the code: speed is held by benchmarks.
settings.register_profile("renkei", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("renkei")

# Run by the Python that has PyQGIS, never imported here.
collect_ignore = ["exchange/formats/render_in_qgis.py"]
