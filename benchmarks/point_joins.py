"""Ways to find each point's municipality, each in a process of its own: ``python -m benchmarks.point_joins NAME …``."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow.parquet as pq

from geo.assign import assign, locate
from geo.boundaries import exact

Join = "Callable[[np.ndarray, np.ndarray], np.ndarray]"


def ours(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """``geo.assign.assign``, the whole frame."""
    return assign(x, y)["code"].cat.codes.to_numpy()


def _sjoin(x: np.ndarray, y: np.ndarray, predicate: str) -> np.ndarray:
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y, crs=exact().crs))
    return _positions(points.sjoin(exact(), how="left", predicate=predicate))


def _positions(joined: gpd.GeoDataFrame) -> np.ndarray:
    """Return positions; of several municipalities of a point the first."""
    joined = joined.assign(position=exact().index.get_indexer(joined["code"]))
    return joined["position"].groupby(level=0).min().to_numpy()


def sjoin_within(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """GeoPandas, ``predicate="within"``: points on a border are in none."""
    return _sjoin(x, y, "within")


def sjoin_intersects(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """GeoPandas, ``predicate="intersects"``."""
    return _sjoin(x, y, "intersects")


def dask_geopandas(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """dask-geopandas, two partitions, on threads."""
    import dask_geopandas as dg  # noqa: PLC0415 - an extra of the benchmarks

    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y, crs=exact().crs))
    joined = dg.from_geopandas(points, npartitions=2).sjoin(exact(), how="inner", predicate="within").compute()
    positions = np.full(len(x), -1)
    positions[joined.index] = exact().index.get_indexer(joined["code"])
    return positions


def duckdb_spatial(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """DuckDB with its spatial extension, one thread."""
    import duckdb  # noqa: PLC0415 - an extra of the benchmarks
    import duckdb_extension_spatial  # noqa: PLC0415 - an extra of the benchmarks

    [extension] = Path(duckdb_extension_spatial.__file__).parent.rglob("spatial.duckdb_extension")
    database = duckdb.connect(config={"threads": 1})
    database.load_extension(str(extension))
    towns = {"position": np.arange(len(exact())), "wkb": list(exact().geometry.to_wkb())}
    database.execute("CREATE TABLE towns (position INTEGER, shape GEOMETRY)")
    rows = list(zip(towns["position"].tolist(), towns["wkb"], strict=True))
    database.executemany("INSERT INTO towns VALUES (?, ST_GeomFromWKB(?))", rows)
    database.register("points", {"number": np.arange(len(x)), "x": x, "y": y})
    found = database.execute(
        "SELECT number, position FROM (SELECT number, ST_Point(x, y) AS spot FROM points) "
        "JOIN towns ON ST_Within(spot, shape)"
    ).fetchnumpy()
    positions = np.full(len(x), -1)
    positions[found["number"]] = found["position"]
    return positions


def reversejp(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The Rust package reversejp, point by point (its own boundaries: the same source, with the wards apart)."""
    from reversejp import find_properties  # noqa: PLC0415 - an extra of the benchmarks

    found = [find_properties(*point) for point in zip(x.tolist(), y.tolist(), strict=True)]
    return np.array([0 if each else -1 for each in found])


JOINS = {
    each.__name__: each for each in (ours, sjoin_within, sjoin_intersects, dask_geopandas, duckdb_spatial, reversejp)
}


def main(name: str, source: str, count: str, answer: str) -> None:
    """Join the first points of a file, keep the positions, and print seconds, CPU seconds and the peak of memory."""
    if name != "dask_geopandas" and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    table = next(pq.ParquetFile(source).iter_batches(int(count), columns=["lon", "lat"]))
    x, y = (table.column(each).to_numpy() for each in ("lon", "lat"))
    locate(x[:1], y[:1])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, cpu = time.perf_counter(), time.process_time()
    positions = JOINS[name](x, y)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    np.save(answer, positions.astype(np.int16))
    print(
        json.dumps({"points": len(x), "seconds": seconds, "cpu": cpu, "peak_mb": peak / 1e3, "before_mb": before / 1e3})
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
