from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.boundaries import exact
from renkei.aggregation.request import Request, Work
from renkei.aggregation.run import Report, aggregate
from renkei.atlas import Atlas


@pytest.fixture(scope="session")
def atlas():
    return Atlas.open()


@pytest.fixture(scope="session")
def total(atlas):
    """Aggregate inputs into out.parquet beside them, in this process, quietly."""

    def run(inputs: Path | str, request: Request, client=None, **choices) -> Report:
        choices = {"quiet": True, "workers": 1} | choices
        choices.setdefault("output", Path(inputs).parent / "out.parquet")
        return aggregate(atlas, request, Work(inputs=(str(inputs),), **choices), client)

    return run


@pytest.fixture(scope="session")
def people():
    """Make seeded points around municipalities, some at sea, with a whole number, a fraction and a month."""
    places = shapely.get_coordinates(shapely.point_on_surface(np.asarray(exact().geometry.array)))

    def make(count: int, seed: int = 0) -> pd.DataFrame:
        random = np.random.default_rng(seed)
        number = random.integers(0, len(places), count)
        return pd.DataFrame(
            {
                "lon": places[number, 0] + random.normal(0, 0.08, count),
                "lat": places[number, 1] + random.normal(0, 0.08, count),
                "people": random.integers(0, 500, count),
                "hours": random.random(count) * 10.0 ** random.integers(-3, 4, count),
                "month": random.choice(["2024-01", "2024-02", "2024-03"], count),
            }
        )

    return make


@pytest.fixture(scope="session")
def by_point():
    return Request(x="lon", y="lat", sums=("people", "hours"), group=("month",))
