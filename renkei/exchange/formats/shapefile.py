"""Shapefile in CP932 for old systems: names of at most 10 letters, with a key; a ZIP of its parts."""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from renkei.exchange.driver_frame import write_layer
from renkei.exchange.formats import Format
from renkei.exchange.formats.csv_cp932 import encoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from renkei.exchange.flat_layer import FlatLayer

LONGEST_FIELD = 10
LONGEST_TEXT = 254
"""Bytes of a text in a DBF."""


def short_names(names: Iterable[str]) -> dict[str, str]:
    """Return each column's name of at most 10 letters, all different.

    Examples
    --------
    >>> short_names(["code", "census_population", "census_population_date"])
    {'code': 'code', 'census_population': 'census_pop', 'census_population_date': 'census_p_2'}
    """
    found: dict[str, str] = {}
    for name in names:
        short, number = name[:LONGEST_FIELD], 2
        while short in found.values():
            ending = f"_{number}"
            short, number = name[: LONGEST_FIELD - len(ending)] + ending, number + 1
        found[name] = short
    return found


def _cut(text: str) -> str:
    whole = encoded(text)
    # Cut between characters: half of a double byte would spoil the rest of the cell.
    return whole[:LONGEST_TEXT].decode("cp932", "ignore") if len(whole) > LONGEST_TEXT else whole.decode("cp932")


def shapefile_parts(layer: FlatLayer) -> dict[str, bytes]:
    """Return the files of a Shapefile by name, with ``…_columns.csv``: short name, name, title, unit."""
    short = short_names(each.name for each in layer.fields)
    fields = tuple(replace(each, name=short[each.name]) for each in layer.fields)
    frame = layer.frame.rename(columns=short)
    cut = 0
    for each in fields:
        if each.type == "text":
            fitted = frame[each.name].map(_cut)
            cut += int((fitted.map(len) < frame[each.name].map(len)).sum())
            frame[each.name] = fitted
    key = io.StringIO()
    writer = csv.writer(key, lineterminator="\r\n")
    writer.writerow(["列", "正式な列名", "名称", "単位", "説明"])
    writer.writerows([short[e.name], e.name, e.title, e.unit, e.description] for e in layer.fields)
    if cut:
        writer.writerow(["注", f"{LONGEST_TEXT}バイトを超える{cut}個のセルを切り詰めました（全文は他の形式で）"])
    with tempfile.TemporaryDirectory(prefix="renkei-") as folder:
        target = Path(folder) / f"{layer.name}.shp"
        write_layer(
            replace(layer, fields=fields, frame=frame),
            target,
            "ESRI Shapefile",
            encoding="CP932",
        )
        parts = {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
    return parts | {f"{layer.name}_columns.csv": encoded(key.getvalue())}


def write(layers: Sequence[FlatLayer]) -> bytes:
    """Return one layer's parts as a ZIP that GIS opens as it is."""
    (layer,) = layers
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in shapefile_parts(layer).items():
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


FORMAT = Format("shapefile", ".shp.zip", "シェープファイル（ZIP）", "Shapefile (ZIP)", "application/zip", write)
