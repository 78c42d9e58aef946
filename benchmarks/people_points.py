"""Seeded points of people-like density, as Parquet of any length, and a 1 km mesh of all Japan by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geo.boundaries import exact
from geo.mesh import Cells, numbers_of
from geo.mesh_shares import shares_of
from renkei.atlas import Atlas

if TYPE_CHECKING:
    from pathlib import Path

ROW_GROUP = 1 << 20
MONTHS = [f"2024-{month:02}" for month in range(1, 13)]


def points(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return longitudes and latitudes: as many in each municipality as its share of the census population.

    A point lies around the municipality's centre, spread as its land is wide; one in twenty lies anywhere in the
    box around Japan, most of these at sea.
    """
    random = np.random.default_rng(seed)
    population = Atlas.open().values("census_population").reindex(exact().index).fillna(0).to_numpy()
    polygons = np.asarray(exact().geometry.array)
    centres = shapely.get_coordinates(shapely.point_on_surface(polygons))
    spread = np.sqrt(shapely.area(polygons)) / 3
    town = random.choice(len(population), count, p=population / population.sum())
    x = centres[town, 0] + random.normal(0, 1, count) * spread[town]
    y = centres[town, 1] + random.normal(0, 1, count) * spread[town]
    anywhere = random.random(count) < 0.05
    x[anywhere] = random.uniform(122.9, 154.0, np.count_nonzero(anywhere))
    y[anywhere] = random.uniform(20.4, 45.6, np.count_nonzero(anywhere))
    return x, y


def write_points(path: Path, count: int, *, with_hours: bool = False, row_group: int = ROW_GROUP) -> Path:
    """Write points with a number of people and a month (and a fraction); nothing is done where the file is there."""
    if path.exists():
        return path
    staged = path.with_suffix(".part")
    fields = [("lon", pa.float64()), ("lat", pa.float64()), ("people", pa.int32()), ("month", pa.string())]
    schema = pa.schema([*fields, *([("hours", pa.float64())] if with_hours else [])])
    with pq.ParquetWriter(staged, schema, use_dictionary=["month"]) as writer:
        for number, start in enumerate(range(0, count, row_group)):
            rows = min(row_group, count - start)
            random = np.random.default_rng([number, 1])
            x, y = points(rows, number)
            months = pa.DictionaryArray.from_arrays(random.integers(0, 12, rows, dtype=np.int8), MONTHS).cast(
                pa.string()
            )
            people = pa.array(random.integers(0, 500, rows, dtype=np.int32))
            hours = [pa.array(random.random(rows) * 24)] if with_hours else []
            writer.write_table(pa.table([pa.array(x), pa.array(y), people, months, *hours], schema=schema))
    staged.replace(path)
    return path


def write_mesh(path: Path) -> tuple[Path, int]:
    """Write every 1 km cell with land, for 12 months, with 4 columns; return also the number of cells."""
    row, column = np.meshgrid(np.arange(20 * 120, 46 * 120), np.arange(122 * 80, 154 * 80), indexing="ij")
    cells = Cells(8, row.ravel(), column.ravel())
    shares = shares_of(cells)
    land = np.add.reduceat(shares.position >= 0, shares.first) > 0
    codes = numbers_of(Cells(8, cells.row[land], cells.column[land])).astype(str)
    if not path.exists():
        random = np.random.default_rng(7)
        with pq.ParquetWriter(
            path,
            pa.schema(
                [("mesh", pa.string()), ("month", pa.string()), *((f"c{each}", pa.int64()) for each in range(4))]
            ),
        ) as writer:
            for month in MONTHS:
                columns = {f"c{each}": random.integers(0, 10_000, len(codes)) for each in range(4)}
                writer.write_table(pa.table({"mesh": codes, "month": [month] * len(codes), **columns}))
    return path, len(codes)
