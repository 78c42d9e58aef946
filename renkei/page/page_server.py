"""The page's server: Streamlit's own, with a map that is on the screen before Streamlit has started.

Streamlit needs one to three seconds until a component is drawn: its scripts, a web socket, a run, a frame. So the
first document carries a frame with the same map, painted from the state that the address asks for; when the page's
own map has been painted, that frame leaves (``early_frame.js``). Started without this server (``streamlit run
streamlit_app.py``) the page is the same, later.
"""

from __future__ import annotations

import re
import secrets
import threading
from contextlib import asynccontextmanager, suppress
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocketDisconnect
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

from renkei.browser.all_backgrounds import publish_backgrounds
from renkei.browser.map_state import map_state, shown
from renkei.browser.static_files import BASE_URL, Published, publish_all
from renkei.page.current_atlas import current_atlas
from renkei.page.map_component import CREDIT, HOME, map_document
from renkei.present.page_state import from_query

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
    from pathlib import Path

    from starlette.requests import Request
    from starlette.websockets import WebSocket

    from renkei.atlas import Atlas

    Message = MutableMapping[str, Any]

EARLY_MAP = "/early-map"
LONGEST_QUERY = 8000
"""Characters of an address; a link with every choice has under 1,000."""

_STREAMLIT_SCRIPTS = re.compile(r'<script type="module"[^>]*></script>|<link rel="modulepreload"[^>]*>')
_HASHED = re.compile(rb"-[0-9a-f]{10}[./]")


class CacheForGood:
    """Let browsers keep the static files whose names carry the hash of their content.

    Parameters
    ----------
    app
        The ASGI application behind.
    """

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        """Pass a request on; add the header to its answer."""
        path = scope.get("path", "")
        if not (path.startswith(BASE_URL) and _HASHED.search(path.encode())):
            await self.app(scope, receive, send)
            return

        async def with_header(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:  # noqa: PLR2004
                message["headers"] = [*message["headers"], (b"cache-control", b"public, max-age=31536000, immutable")]
            await send(message)

        await self.app(scope, receive, with_header)


@cache
def first_document() -> str:
    """Return Streamlit's first document with the early map's frame, our title and language.

    Streamlit's own scripts lie in a template until that map is painted. A document of another form is returned as
    it is: the page works, its map comes later.
    """
    document = (files("streamlit") / "static" / "index.html").read_text(encoding="utf-8")
    held = _STREAMLIT_SCRIPTS.findall(document)
    if document.count("<body>") != 1 or sum("<script" in each for each in held) != 1:
        return document
    folder = files("renkei.browser") / "map_script"
    script = "".join((folder / name).read_text(encoding="utf-8") for name in ("early_frame.js", "reconnect.js"))
    document = _STREAMLIT_SCRIPTS.sub("", document).replace(
        "<body>", f'<body><template id="renkei-page">{"".join(held)}</template><script>{script}</script>'
    )
    return document.replace("<title>Streamlit</title>", "<title>連携マップ renkei</title>").replace(
        '<html lang="en">', '<html lang="ja">'
    )


def early_map(atlas: Atlas, published: Published, query: str) -> str:
    """Return the document of the map in the state that an address asks for; wrong values are left out.

    Parameters
    ----------
    published
        The files that the browser fetches.
    query
        The address after "?".
    """
    parts = parse_qs(query[:LONGEST_QUERY], max_num_fields=200)
    state, _ = from_query(atlas, {key: values for key, values in parts.items() if key != "map"})
    fly = int(bool(state.code or state.bloc) and "map" not in parts)
    message = map_state(atlas, state, shown(atlas, state.filters), published.static, fly)
    options = {"base": BASE_URL, "files": published.files, "credit": CREDIT, "home": HOME}
    return map_document(published.scripts, published.styles, options, message)


def remember_more() -> bool:
    """Let the compression of web sockets look back 32 kB, not uvicorn's 4: what is sent again costs next to nothing.

    Returns
    -------
    bool
        False when this uvicorn is built otherwise: the page works, its changes are a few kB larger.
    """
    try:
        from uvicorn.protocols.websockets import websockets_sansio_impl  # noqa: PLC0415 - an internal: it may be gone
    except ImportError:
        return False
    factory = getattr(websockets_sansio_impl, "ServerPerMessageDeflateFactory", None)
    if factory is not ServerPerMessageDeflateFactory:
        return False
    wide = ServerPerMessageDeflateFactory(compress_settings={"memLevel": 8})
    setattr(websockets_sansio_impl, "ServerPerMessageDeflateFactory", lambda **_: wide)  # noqa: B010 - not its own name
    return True


def page_app(script: Path, when_ready: Callable[[], object] | None = None) -> st.App:
    """Build the page's server.

    Parameters
    ----------
    script
        The page's script; ``static/`` beside it holds what browsers fetch.
    when_ready
        Called in a thread of its own once the server answers.
    """
    identity = secrets.token_hex(8)
    remember_more()
    atlas = current_atlas()
    published = publish_all(atlas, script.parent / "static")
    publish_backgrounds(atlas, published.static, "ja")
    early_map(atlas, published, "")  # the first visitor does not wait for what is made once

    async def first(_request: Request) -> Response:
        return HTMLResponse(first_document(), headers={"Cache-Control": "no-cache"})

    # Not async: made in a thread, beside the web sockets.
    def early(request: Request) -> Response:
        try:
            now = current_atlas()
            document = early_map(now, publish_all(now, script.parent / "static"), request.url.query)
        except ValueError:  # more fields than an address has
            return Response(status_code=400)
        return HTMLResponse(document, headers={"Cache-Control": "no-store"})

    async def server(socket: WebSocket) -> None:
        """Tell an open page which server this is, and that it is still there."""
        await socket.accept()
        await socket.send_text(identity)
        with suppress(WebSocketDisconnect):
            while True:
                await socket.receive_text()

    @asynccontextmanager
    async def running(_app: st.App) -> AsyncIterator[None]:
        if when_ready:
            threading.Thread(target=when_ready, daemon=True).start()
        yield

    return st.App(
        script,
        routes=[Route("/", first), Route(EARLY_MAP, early), WebSocketRoute("/server", server)],
        middleware=[Middleware(CacheForGood)],
        lifespan=running,
    )
