"""QGIS itself opens the GeoPackage looking like the page: the colour of each class at each place, aliases, crs."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from renkei.exchange.formats import find_format
from renkei.exchange.qgis_project import qgis_project
from renkei.present.layer_files import flat, layer_rows
from renkei.present.page_state import from_query
from renkei.present.painted import painted
from tests.shared_atlas import ATLAS

PYTHON = "/usr/bin/python3"


def qgis_is_here():
    if not shutil.which(PYTHON):
        return False
    return subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True, check=False).returncode == 0


pytestmark = [pytest.mark.slow, pytest.mark.skipif(not qgis_is_here(), reason="no PyQGIS here (Debian: python3-qgis)")]


def rendered(layer, box, points, tmp_path, *, project=False):
    path = tmp_path / "layer.gpkg"
    path.write_bytes(find_format("gpkg").write([layer]))
    if project:
        path = tmp_path / "layer.qgz"
        path.write_bytes(qgis_project([layer], "layer.gpkg"))
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(
        [PYTHON, Path(__file__).with_name("render_in_qgis.py"), path, layer.name, *map(str, box), tmp_path / "p.png"],
        input="\n".join(f"{lon} {lat}" for lon, lat in points),
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    *colors, aliases = done.stdout.strip().splitlines()
    return colors, aliases.split("\t")[1:]


@pytest.mark.parametrize("project", [False, True], ids=["geopackage", "project"])
def test_areas_are_filled_by_class(areas, tmp_path, project):
    places = [(141.5, 42.5), (139.25, 36.25), (138.5, 40)]
    colors, aliases = rendered(areas, (134, 33, 143, 44), places, tmp_path, project=project)
    assert colors == ["#3182bd", "#deebf7", "#ffffff"]
    assert "65歳以上の割合（%）" in aliases


def test_no_data_is_hatched_never_the_colour_of_a_class(areas, tmp_path):
    grid = [(135.1 + x / 60, 34.1 + y / 60) for x in range(48) for y in range(48)]
    colors, _ = rendered(areas, (134.5, 33.5, 138.5, 35.5), grid, tmp_path)
    assert set(colors) == {"#ffffff", "#9ca3af"}


def test_marks_have_the_colour_of_their_theme(marks, tmp_path):
    marks.frame.loc[0, "themes"] = "DX"
    marks.frame.loc[1, "themes"] = "防災"
    colors, _ = rendered(marks, (134, 33, 142, 43), [(141, 42), (135, 34), (137, 38)], tmp_path)
    assert colors == ["#2563b0", "#2f855a", "#ffffff"]


def test_the_municipalities_have_the_colours_that_the_page_paints(tmp_path):
    view, _ = from_query(ATLAS, {"prefecture": ["10"], "indicator": ["share_65"]})
    layer = flat(ATLAS, layer_rows(ATLAS, "municipalities", view), view)
    inside = layer.frame.geometry.representative_point()
    colors, _ = rendered(layer, (138.3, 35.9, 139.8, 37.1), list(zip(inside.x, inside.y, strict=True)), tmp_path)
    shown = painted(ATLAS, view)
    wanted = [shown.classes.colors[int(shown.codes[code])] for code in layer.frame["code"]]
    assert len(wanted) == 35
    assert [each.lower() for each in wanted] == colors
