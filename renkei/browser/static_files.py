"""What the browser fetches once: Leaflet from its PyPI package, our script, geometry, facts, figures.

``renkei.page.server`` serves the folder ``static/`` beside the page; this module fills it. A file's name carries a
hash of its content, so a browser never keeps an old one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from xstatic.pkg import leaflet

from geo.boundaries import DRAWING_LEVELS, drawing_file, northern_territories_file, prefecture_lines_file
from geo.codes import PREFECTURES
from geo.data_folder import write_atomic
from layers.tables import per_snapshot
from renkei.browser.map_facts import map_facts
from renkei.browser.name_index import name_index
from renkei.browser.script_bundle import script_bundle, style_sheet
from renkei.present.words import LANGUAGES

if TYPE_CHECKING:
    from renkei.atlas import Atlas


class StaticFolder:
    """A folder of files that the browser may fetch, published once per content.

    Parameters
    ----------
    folder
        ``static/`` beside the page's main script.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, content: bytes) -> str:
        """Write ``content`` unless it is there already; return its path below the folder, with its hash."""
        stem, _, suffix = name.rpartition(".")
        published = f"{stem}-{hashlib.sha256(content).hexdigest()[:10]}.{suffix}"
        path = self.folder / published
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(path, content)
        return published


@cache
def static_folder(folder: Path) -> StaticFolder:
    """Return the one publisher of a folder for this process."""
    return StaticFolder(folder)


@dataclass(frozen=True)
class Published:
    """What the browser fetches once."""

    static: StaticFolder
    scripts: tuple[str, ...]
    """Paths below the folder, in loading order; Leaflet first."""
    styles: tuple[str, ...]
    files: dict[str, str]
    """What the map script asks for by name: geometry and facts; ``index-ja`` and ``index-en``."""


@per_snapshot()
def publish_all(atlas: Atlas, folder: Path) -> Published:
    """Publish everything that does not depend on a choice, once per snapshot."""
    static = static_folder(folder)
    leaflet_script, leaflet_style = publish_leaflet(static)
    script = static.put("renkei.js", script_bundle())
    style = static.put("renkei.css", style_sheet())
    names = publish_geometry(static) | {"facts": static.put("facts.json", map_facts(atlas))}
    names |= {
        f"index-{language}": static.put(f"index-{language}.json", name_index(atlas, language)) for language in LANGUAGES
    }
    return Published(static, (leaflet_script, script), (leaflet_style, style), names)


def publish_leaflet(static: StaticFolder) -> tuple[str, str]:
    """Publish Leaflet as the package XStatic-Leaflet carries it; return the script's and the style's path."""
    source = Path(leaflet.BASE_DIR)
    for image in sorted((source / "images").iterdir()):
        target = static.folder / "leaflet" / "images" / image.name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(target, image.read_bytes())
    script = (source / "leaflet.js").read_bytes()
    # The source map is not published: without this, developer tools would ask for a file that is not there.
    script = script.replace(b"//# sourceMappingURL=leaflet.js.map", b"")
    return (
        static.put("leaflet/leaflet.js", script),
        static.put("leaflet/leaflet.css", (source / "leaflet.css").read_bytes()),
    )


def publish_geometry(static: StaticFolder) -> dict[str, str]:
    """Publish the drawing levels; return the names that the map script needs.

    The finer levels keep plain names inside a folder named for their common hash, because the script
    makes each name from a level and a prefecture.
    """
    finer = {
        f"{level}/{prefecture}.geojson": drawing_file(level, prefecture).read_bytes()
        for level in DRAWING_LEVELS[1:]
        for prefecture in PREFECTURES
    }
    digest = hashlib.sha256()
    for content in finer.values():
        digest.update(content)
    folder = f"borders-{digest.hexdigest()[:10]}"
    for name, content in finer.items():
        path = static.folder / folder / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(path, content)
    return {
        "z5": static.put("z5.json", drawing_file(DRAWING_LEVELS[0]).read_bytes()),
        "prefectures": static.put("prefectures.json", prefecture_lines_file().read_bytes()),
        "northern": static.put("northern.json", northern_territories_file().read_bytes()),
        "levels": f"{folder}/{{level}}/{{prefecture}}.geojson",
    }
