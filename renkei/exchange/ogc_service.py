"""What is on the map as a live service: OGC API – Features through pygeoapi, configured here and run by it.

The extra ``renkei[serve]``. The layers are written once, as GeoJSON, into a folder that lives as long as the service.
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Any

import yaml

from geo.errors import RenkeiError
from renkei.exchange.formats import geojson

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping, Sequence
    from pathlib import Path

    from renkei.exchange.flat_layer import FlatLayer

    Scope = MutableMapping[str, Any]
    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[Scope, Receive, Send], Awaitable[None]]

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
JGD2011 = "http://www.opengis.net/def/crs/EPSG/0/6668"
JAPAN = (122.0, 20.0, 155.0, 46.5)
MOST_ITEMS = 10_000
DEFAULT_ITEMS = 100
# pygeoapi's own pages would fetch Leaflet from elsewhere: they show their text, and ask nobody.
CONTENT_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"


def configuration(layers: Sequence[FlatLayer], folder: Path, host: str, port: int) -> dict[str, Any]:
    """Return pygeoapi's configuration for layers whose GeoJSON lies in a folder.

    Parameters
    ----------
    layers
        Layers with shapes; a layer without a row is left out (pygeoapi reads the fields from the first).
    folder
        Holds ``<layer>.geojson``.
    host, port
        Where the service answers.
    """
    url = f"http://{host}:{port}"
    about = layers[0].about
    contact = {"name": "renkei", "url": url}
    return {
        "server": {
            "bind": {"host": host, "port": port},
            "url": url,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["ja-JP", "en-US"],
            "gzip": True,
            "cors": False,
            "pretty_print": False,
            "limits": {"default_items": DEFAULT_ITEMS, "max_items": MOST_ITEMS},
            # The template needs an address; the policy keeps it from being asked.
            "map": {"url": f"{url}/no-tiles/{{z}}/{{x}}/{{y}}.png", "attribution": "renkei"},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                "title": {"ja": "連携マップ", "en": "Renkei map"},
                "description": {"ja": about.shown, "en": "Collaboration between municipalities of Japan"},
                "keywords": {"ja": ["自治体", "連携"], "en": ["municipalities", "partnership"]},
                "terms_of_service": "https://creativecommons.org/licenses/by/4.0/",
                "url": url,
            },
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
            "provider": contact,
            "contact": contact,
        },
        "resources": {each.name: _collection(each, folder) for each in layers if each.has_shapes and len(each.frame)},
    }


def _collection(layer: FlatLayer, folder: Path) -> dict[str, Any]:
    return {
        "type": "collection",
        "title": {"ja": layer.title, "en": layer.title_en},
        "description": {
            "ja": "　".join((layer.about.shown, *layer.about.credits)),
            "en": f"{layer.title_en}. {layer.about.shown}",
        },
        "keywords": {"ja": [layer.title], "en": [layer.title_en]},
        "links": [],
        "extents": {"spatial": {"bbox": list(JAPAN), "crs": CRS84}},
        "providers": [
            {
                "type": "feature",
                "name": "GeoJSON",
                "data": str(folder / f"{layer.name}.geojson"),
                "id_field": layer.fields[0].name,
                "title_field": layer.style.label_field or layer.fields[0].name,
                "crs": [CRS84, JGD2011],
                "storage_crs": CRS84,
            }
        ],
    }


def service(layers: Sequence[FlatLayer], folder: Path, host: str, port: int) -> App:
    """Write the layers into a folder and return the service as an ASGI app. Once a process: pygeoapi is configured so.

    Raises
    ------
    RenkeiError
        When pygeoapi is not installed, or there is nothing to serve.
    """
    try:
        openapi = importlib.import_module("pygeoapi.openapi")
    except ImportError as error:
        msg = "公開に使う pygeoapi がありません。pip install 'renkei[serve]' としてください。"
        raise RenkeiError(msg) from error
    config = configuration(layers, folder, host, port)
    if not config["resources"]:
        msg = "公開するレイヤーに地物がありません。絞り込みを減らしてください。"
        raise RenkeiError(msg)
    for each in layers:
        if each.name in config["resources"]:
            (folder / f"{each.name}.geojson").write_bytes(geojson.write([each]))
    settings, document = folder / "pygeoapi.yml", folder / "openapi.json"
    settings.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    os.environ["PYGEOAPI_CONFIG"], os.environ["PYGEOAPI_OPENAPI"] = str(settings), str(document)
    text = openapi.generate_openapi_document(settings, "json", fail_on_invalid_collection=True)
    document.write_text(text, encoding="utf-8")
    app: App = importlib.import_module("pygeoapi.starlette_app").APP
    return _guarded(app, host, port)


def _guarded(app: App, host: str, port: int) -> App:
    """Answer only to the own name (a foreign page cannot rebind it), and forbid pages to ask elsewhere."""
    known = {host, f"{host}:{port}", f"localhost:{port}", "localhost"}
    extra = [(b"content-security-policy", CONTENT_POLICY.encode()), (b"x-content-type-options", b"nosniff")]

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            asked = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
            if asked not in known:
                await send({"type": "http.response.start", "status": 421, "headers": []})
                await send({"type": "http.response.body", "body": b"unknown host"})
                return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *extra]
            await send(message)

        await app(scope, receive, sending)

    return guarded


def serve(layers: Sequence[FlatLayer], folder: Path, host: str = "127.0.0.1", port: int = 5000) -> None:
    """Serve until interrupted."""
    import uvicorn  # noqa: PLC0415 - comes with the page

    uvicorn.run(service(layers, folder, host, port), host=host, port=port, log_level="warning")
