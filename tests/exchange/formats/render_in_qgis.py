"""Run by the Python that has PyQGIS: draw each layer of a GeoPackage as QGIS opens it, and say the colours at points.

Usage: render_in_qgis.py FILE LAYER WEST SOUTH EAST NORTH PICTURE, points "lon lat" on stdin; prints "#rrggbb" a line.
"""

import os
import sys

from qgis.core import (
    QgsApplication,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

SIZE = 1200


def main():
    path, name, west, south, east, north, picture = sys.argv[1:]
    application = QgsApplication([], GUIenabled=False)
    application.initQgis()
    if path.endswith(".qgz"):
        if not QgsProject.instance().read(path):
            sys.exit("the project does not open")
        layer = next(each for each in QgsProject.instance().mapLayers().values() if each.id() == f"renkei_{name}")
    else:
        layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
    if not layer.isValid():
        sys.exit("the layer does not open")
    layer.setLabelsEnabled(False)
    extent = QgsRectangle(float(west), float(south), float(east), float(north))
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setBackgroundColor(QColor("#ffffff"))
    settings.setOutputSize(QSize(SIZE, round(SIZE * extent.height() / extent.width())))
    settings.setExtent(extent)
    settings.setFlag(QgsMapSettings.Antialiasing, on=False)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(picture)
    transform = settings.mapToPixel()
    for line in sys.stdin:
        lon, lat = map(float, line.split())
        at = transform.transform(lon, lat)
        print(QColor(image.pixel(int(at.x()), int(at.y()))).name())
    print("aliases", *(layer.attributeAlias(i) for i in range(layer.fields().count())), sep="\t")
    # The interpreter's end and QGIS's do not agree on who goes first: leave without either.
    sys.stdout.flush()
    os._exit(0)


main()
