"""A ZIP of everything: GeoPackage with QGIS project, workbook, GeoJSON and CSV a layer, and an RO-Crate of it all.

The manifest ``ro-crate-metadata.json`` follows RO-Crate 1.1; each file stands in it with its size and SHA-256, which
``verify_bundle`` checks.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING, Any

import orjson

from geo.errors import DataError, UnsafeFileError
from renkei.exchange.formats import Format, csv_table, geojson, gpkg, xlsx
from renkei.exchange.qgis_project import qgis_project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.exchange.flat_layer import FlatLayer

MANIFEST = "ro-crate-metadata.json"
LARGEST = 500_000_000
"""Bytes of one file in a bundle: more is no bundle of ours."""
_DAY = (2000, 1, 1, 0, 0, 0)


def write(layers: Sequence[FlatLayer]) -> bytes:
    """Return the bundle; the same layers give the same bytes on the same day."""
    files: dict[str, tuple[bytes, str]] = {
        "renkei.gpkg": (gpkg.write(layers), gpkg.FORMAT.media_type),
        "renkei.qgz": (qgis_project(layers, "renkei.gpkg"), "application/x-qgis-project"),
        "renkei.xlsx": (xlsx.write(layers), xlsx.FORMAT.media_type),
    }
    for layer in layers:
        if layer.has_shapes:
            files[f"geojson/{layer.name}.geojson"] = (geojson.write([layer]), geojson.FORMAT.media_type)
        files[f"csv/{layer.name}.csv"] = (csv_table.write([layer]), "text/csv")
        files[f"csv/{layer.name}.csvt"] = (csv_table.csvt_text(layer).encode(), "text/plain")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(_entry(MANIFEST), orjson.dumps(_crate(layers, files), option=orjson.OPT_INDENT_2))
        for name, (content, _) in files.items():
            archive.writestr(_entry(name), content)
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DAY)
    packed = name.endswith((".xlsx", ".qgz"))
    info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    return info


def _crate(layers: Sequence[FlatLayer], files: dict[str, tuple[bytes, str]]) -> dict[str, Any]:
    about = layers[0].about
    parts = [
        {
            "@id": name,
            "@type": "File",
            "encodingFormat": media,
            "contentSize": str(len(content)),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        for name, (content, media) in files.items()
    ]
    dataset = {
        "@id": "./",
        "@type": "Dataset",
        "name": "連携マップの書き出し",
        "description": about.shown,
        "datePublished": about.written,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "creditText": "\n".join(about.credits),
        "hasPart": [{"@id": each["@id"]} for each in parts],
    }
    descriptor = {
        "@id": MANIFEST,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    return {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [descriptor, dataset, *parts]}


def verify_bundle(content: bytes) -> list[str]:
    """Compare a bundle with its manifest.

    Returns
    -------
    list of str
        One sentence a fault, in Japanese; empty where every file is as it was written.

    Raises
    ------
    DataError
        When the file is no ZIP, or has no manifest that can be read.
    UnsafeFileError
        When an entry is encrypted, leads out of the folder or is larger than it may be.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = {each.filename: each for each in archive.infolist()}
        _refuse_unsafe(entries)
        graph = orjson.loads(archive.read(MANIFEST))["@graph"]
        stated = {each["@id"]: each for each in graph if each["@type"] == "File"}
    except (zipfile.BadZipFile, KeyError, TypeError, orjson.JSONDecodeError) as error:
        msg = "連携マップの一式（ZIP）として読めません。renkei export all -o FILE.zip で作ったものを指定してください。"
        raise DataError(msg) from error
    faults = [f"{name} がありません。" for name in stated if name not in entries]
    faults += [f"{name} は目録にありません。" for name in entries if name not in stated and name != MANIFEST]
    for name in stated.keys() & entries.keys():
        try:
            sound = hashlib.sha256(archive.read(name)).hexdigest() == stated[name]["sha256"]
        except (zipfile.BadZipFile, KeyError, OSError, EOFError, NotImplementedError):
            sound = False
        if not sound:
            faults.append(f"{name} は書き出したときの内容と違います。")
    return sorted(faults)


def _refuse_unsafe(entries: dict[str, zipfile.ZipInfo]) -> None:
    for name, info in entries.items():
        outside = name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")
        if outside or info.flag_bits & 1 or info.file_size > LARGEST:
            msg = f"ZIP の中の「{name[:60]}」は安全に読めません（外を指す、暗号化、大きすぎる）。"
            raise UnsafeFileError(msg)


FORMAT = Format("bundle", ".zip", "一式（ZIP）", "Everything (ZIP)", "application/zip", write, many=True)
