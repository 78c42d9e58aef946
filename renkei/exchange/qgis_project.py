"""A QGIS project (``.qgz``) beside a GeoPackage: every layer in its order and style, in one group, read by QGIS 3.22+.

The layout is that of documents which ``QgsProject.write`` makes, cut down to what ``QgsProject.read`` needs.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from renkei.exchange.qgis_style import symbology

if TYPE_CHECKING:
    from collections.abc import Sequence

    from renkei.exchange.flat_layer import FlatLayer

AUTHORITY = "EPSG:6668"
JAPAN = ("122.5", "23.5", "149.0", "46.0")
SHOWN = ("municipalities", "prefectures", "cases", "blocs", "northern_territories")
"""Layers that are switched on at first; the others wait in the list."""


def qgis_project(layers: Sequence[FlatLayer], geopackage: str) -> bytes:
    """Return a project that opens the layers of a GeoPackage which lies in the same folder.

    Parameters
    ----------
    layers
        As they were written into the GeoPackage; the first on top.
    geopackage
        Its file name.
    """
    root = ET.Element("qgis", projectname=layers[0].about.shown[:200], version="3.22.16-Białowieża")
    ET.SubElement(root, "title").text = "連携マップ"
    _reference(ET.SubElement(root, "projectCrs"))
    tree = ET.SubElement(root, "layer-tree-group")
    canvas = ET.SubElement(root, "mapcanvas", name="theMapCanvas")
    ET.SubElement(canvas, "units").text = "degrees"
    extent = ET.SubElement(canvas, "extent")
    for name, value in zip(("xmin", "ymin", "xmax", "ymax"), JAPAN, strict=True):
        ET.SubElement(extent, name).text = value
    _reference(ET.SubElement(canvas, "destinationsrs"))
    project_layers = ET.SubElement(root, "projectlayers")
    for layer in layers:
        source = f"./{geopackage}|layername={layer.name}"
        identifier = f"renkei_{layer.name}"
        ET.SubElement(
            tree,
            "layer-tree-layer",
            id=identifier,
            name=layer.title,
            source=source,
            providerKey="ogr",
            checked="Qt::Checked" if layer.name in SHOWN else "Qt::Unchecked",
            expanded="0",
        )
        project_layers.append(_map_layer(layer, identifier, source))
    text = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(root, encoding="unicode")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        name = geopackage.rsplit(".", 1)[0]
        archive.writestr(zipfile.ZipInfo(f"{name}.qgs", (2000, 1, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _map_layer(layer: FlatLayer, identifier: str, source: str) -> ET.Element:
    kind = {"Point": "Point", "Line": "Line", "Polygon": "Polygon"}
    geometry = next((value for key, value in kind.items() if key in layer.geometry_type), "No geometry")
    element = ET.Element("maplayer", type="vector", geometry=geometry, autoRefreshEnabled="0")
    ET.SubElement(element, "id").text = identifier
    ET.SubElement(element, "datasource").text = source
    ET.SubElement(element, "layername").text = layer.title
    ET.SubElement(element, "abstract").text = layer.about.shown
    ET.SubElement(element, "attribution").text = "、".join(layer.about.credits)
    ET.SubElement(element, "provider", encoding="UTF-8").text = "ogr"
    if layer.has_shapes:
        _reference(ET.SubElement(element, "srs"))
    element.extend(symbology(layer))
    return element


def _reference(parent: ET.Element) -> None:
    system = ET.SubElement(parent, "spatialrefsys")
    ET.SubElement(system, "authid").text = AUTHORITY
