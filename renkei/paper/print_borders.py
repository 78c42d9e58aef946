"""Borders on paper: projection, simplification and paths for matplotlib."""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pyproj import Transformer

from geo.boundaries import exact
from geo.gazetteer import municipalities

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Bounds = tuple[float, float, float, float]
TOLERANCE_M = {"": 700.0, "prefecture": 120.0}
"""Metres by which borders are simplified on a sheet of Japan, and of a prefecture: below a tenth of a millimetre."""
JAPAN = ((128.2, 30.0, 146.2, 45.7), (122.8, 23.9, 131.6, 30.2))
"""West, south, east, north in degrees: the four islands, and 南西諸島 in an inset."""
ISLAND_DEGREES = 0.5


@cache
def prepare_matplotlib() -> None:
    """Set matplotlib up once: the bundled Japanese font, embedded whole; no text is read as a formula."""
    import matplotlib as mpl  # noqa: PLC0415 - only when something is printed
    from matplotlib import font_manager  # noqa: PLC0415

    with as_file(files("matplotlib_fontja") / "fonts" / "ipaexg.ttf") as font:
        font_manager.fontManager.addfont(font)
    mpl.rcParams.update(
        {
            "font.family": "IPAexGothic",
            "pdf.fonttype": 42,
            "text.parse_math": False,
            "hatch.linewidth": 0.35,
            "axes.unicode_minus": False,
        }
    )


@cache
def windows(prefecture: str) -> tuple[Bounds, ...]:
    """Return what a prefecture's sheet holds: its largest group of municipalities, and far islands in an inset."""
    codes = [code for code in municipalities().index if code[:2] == prefecture]
    shapes = shapely.simplify(np.asarray(exact().geometry.loc[codes].array), 0.005)
    tree = shapely.STRtree(shapes)
    group = list(range(len(shapes)))
    # A tenth of a degree is about 10 km: islands within 50 km of another municipality belong to its group.
    for one, other in tree.query(shapes, predicate="dwithin", distance=ISLAND_DEGREES).T.tolist():
        old, new = group[one], group[other]
        if old != new:
            group = [new if each == old else each for each in group]
    largest = Counter(group).most_common(1)[0][0]
    main = np.array([each == largest for each in group])
    groups = [shapes[main], shapes[~main]]
    return tuple(
        (float(w) - 0.08, float(s) - 0.08, float(e) + 0.08, float(n) + 0.08)
        for w, s, e, n in (shapely.total_bounds(each) for each in groups if len(each))
    )


def projection_of(bounds: tuple[float, float, float, float]) -> Transformer:
    """Return a conformal projection whose middle is the sheet's: shapes and the scale bar hold there."""
    lon, lat = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    return Transformer.from_crs("EPSG:6668", f"+proj=stere +lat_0={lat} +lon_0={lon} +ellps=GRS80", always_xy=True)


def projected(shape: Any, project: Transformer) -> Any:
    """Return a shape of longitudes and latitudes on the sheet's plane, in metres."""
    return shapely.transform(shape, lambda points: np.column_stack(project.transform(points[:, 0], points[:, 1])))


def filling_limits(bounds: Bounds, inches: tuple[float, float]) -> tuple[Bounds, Transformer]:
    """Return projected limits that hold ``bounds`` and fill a place of that size without distortion; the projection."""
    project = projection_of(bounds)
    west, south, east, north = shapely.bounds(projected(shapely.segmentize(shapely.box(*bounds), 0.5), project))
    ratio = inches[0] / inches[1]
    wide = max(0.0, ((north - south) * ratio - (east - west)) / 2)
    high = max(0.0, ((east - west) / ratio - (north - south)) / 2)
    return (float(west - wide), float(south - high), float(east + wide), float(north + high)), project


def borders_on_sheet(bounds: Bounds, limits: Bounds, project: Transformer) -> tuple[np.ndarray, np.ndarray]:
    """Return positions in the gazetteer and projected polygons, simplified for a picture of Japan."""
    return borders(bounds, lonlat(limits, project), TOLERANCE_M[""])


def lonlat(limits: Bounds, project: Transformer) -> Bounds:
    """Return the window in degrees that holds projected limits."""
    edge = shapely.get_coordinates(shapely.segmentize(shapely.box(*limits), (limits[2] - limits[0]) / 20))
    lon, lat = project.transform(edge[:, 0], edge[:, 1], direction="INVERSE")
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


@cache
def borders(bounds: Bounds, window: Bounds, tolerance: float) -> tuple[np.ndarray, np.ndarray]:
    """Return positions in the gazetteer and projected polygons of what lies in a window, simplified by metres."""
    geometry = np.asarray(exact().geometry.array)
    seen = np.flatnonzero(shapely.intersects(geometry, shapely.box(*window)))
    drawn = projected(geometry[seen], projection_of(bounds))
    return seen, shapely.coverage_simplify(drawn, tolerance)


def polygon_path(shape: Any) -> Any:
    """Return a polygon, holes among it, as a path."""
    from matplotlib.path import Path  # noqa: PLC0415

    rings = [
        shapely.get_coordinates(ring)
        for polygon in shapely.get_parts(shape)
        if polygon.geom_type == "Polygon" and not polygon.is_empty
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    if not rings:
        return Path(np.zeros((1, 2)))
    codes = [np.r_[Path.MOVETO, np.full(len(ring) - 2, Path.LINETO), Path.CLOSEPOLY].astype(np.uint8) for ring in rings]
    return Path(np.vstack(rings), np.concatenate(codes))


def add_paths(axes: Axes, paths: list[Any], **look: Any) -> None:
    """Draw polygons with one look; the limits stay as they are."""
    from matplotlib.collections import PathCollection  # noqa: PLC0415

    axes.add_collection(PathCollection(paths, **look), autolim=False)
