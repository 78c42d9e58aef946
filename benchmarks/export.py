"""Files out and in: all municipalities as GeoJSON beside geopandas, GeoPackage, bundle; a table of 10,000 rows."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.gazetteer import municipalities
from renkei.atlas import Atlas
from renkei.exchange.own_table import preview_table

ATLAS = Atlas.open()

if TYPE_CHECKING:
    from collections.abc import Callable


def _median(action: Callable[[], object], runs: int = 5) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def _own_table() -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return 10,000 rows of codes, names and figures, as a planner's CSV holds them."""
    frame = municipalities()
    names = list(zip(frame["code6"], frame["prefecture"], frame["name"], strict=True))
    rows = [(at + 2, [*names[at % len(names)], f"{at:,}人"]) for at in range(10_000)]
    return ["団体コード", "都道府県", "市区町村", "登録者数"], rows


def _own_facts() -> dict[str, str]:
    """Return 10,000 rows of ties, of cases and of points, as CSV."""
    frame = municipalities()
    names, many = list(frame["prefecture"] + frame["name"]), 10_000
    ties = (f"{names[n % len(names)]},{names[(n * 7 + 3) % len(names)]},平成{n % 30 + 1}年,協定" for n in range(many))
    cases = (f"{names[n % len(names)]},事業{n},防災,課題{n},取組{n},令和{n % 6 + 1}年度" for n in range(many))
    points = (f"施設{n},{35 + n % 100 / 100},{137 + n // 100 / 100}" for n in range(many))
    return {
        "ties": "\n".join(["自治体,相手,締結日,種類", *ties]),
        "cases": "\n".join(["自治体,事業名,分野,課題,取組,年度", *cases]),
        "points": "\n".join(["施設名,緯度,経度", *points]),
    }


def _own_fact_times() -> list[dict[str, Any]]:
    from renkei.exchange.official_lists import read_any  # noqa: PLC0415
    from renkei.exchange.own_files import preview  # noqa: PLC0415

    def looked_at(text: str) -> Callable[[], object]:
        return lambda: preview(read_any(text.encode(), "own.csv"))

    return [
        {
            "name": f"own {name} of 10,000 rows, read and previewed",
            "value": round(_median(looked_at(text), 3)),
            "unit": "ms",
            "note": "bar 2,000",
        }
        for name, text in _own_facts().items()
    ]


def run() -> list[dict[str, Any]]:
    """Time our export, first and again, beside ``GeoDataFrame.to_file`` of the same columns."""
    from geo.boundaries import exact  # noqa: PLC0415
    from layers.catalog import values  # noqa: PLC0415
    from renkei.present.layer_files import export, layer_ids  # noqa: PLC0415
    from renkei.present.page_state import PageState  # noqa: PLC0415

    view = PageState()
    frame = exact().assign(**{view.indicator_id: values(ATLAS.tables, view.indicator_id)})
    start = time.perf_counter()
    content = export(ATLAS, "municipalities", "geojson", view)
    first = (time.perf_counter() - start) * 1000
    again = _median(lambda: export(ATLAS, "municipalities", "geojson", view))
    with tempfile.TemporaryDirectory() as folder:
        beside = _median(lambda: frame.to_file(Path(folder) / "x.geojson", driver="GeoJSON", RFC7946="YES"), 3)
    note = f"{len(content) / 1e6:.1f} MB; geopandas.to_file {beside:,.0f} ms"
    table = _own_table()
    return [
        {"name": "export: all municipalities, first", "value": round(first), "unit": "ms", "note": note},
        {
            "name": "export: all municipalities, again",
            "value": round(again),
            "unit": "ms",
            "note": f"{beside / again:.1f} times as fast as geopandas.to_file (bar 4)",
        },
        {
            "name": "export: GeoPackage of the municipalities with style",
            "value": round(_median(lambda: export(ATLAS, "municipalities", "gpkg", view))),
            "unit": "ms",
            "note": "bar 1,000",
        },
        {
            "name": f"export: bundle of {len(layer_ids())} layers",
            "value": round(_median(lambda: export(ATLAS, "all", "bundle", view), 3)),
            "unit": "ms",
            "note": "bar 6,000",
        },
        {
            "name": "own table of 10,000 rows, previewed",
            "value": round(_median(lambda: preview_table(*table), 3)),
            "unit": "ms",
            "note": "bar 2,000",
        },
        *_own_fact_times(),
    ]
