"""The page's server: Streamlit's own, with a map and its controls that are there before Streamlit has started.

Streamlit needs one to three seconds until it draws: its scripts, a web socket, a run. So the first document carries the
element with the map in the state that the address asks for (``document.py``); Streamlit's component adopts it
(``component.py``). ``renkei app`` and ``streamlit run streamlit_app.py`` start the same server.
"""

from __future__ import annotations

import gzip
import secrets
import threading
from contextlib import asynccontextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any, TypedDict
from urllib.parse import quote

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocketDisconnect

from geo.errors import RenkeiError
from renkei.browser.addresses import BASE_URL, MADE_URL, OWN, PLACE, VISITOR, snapshot_name
from renkei.browser.element import element
from renkei.browser.map_state import map_state
from renkei.browser.start_options import data_age, start_options
from renkei.browser.static_files import Published, publish_all
from renkei.kept.folium_map import folium_map
from renkei.page.compression import FOR_GOOD, CompressedFiles, file_response
from renkei.page.current_atlas import current_atlas
from renkei.page.dear_work import BusyError, DearWork, GoneError
from renkei.page.document import first_document, head
from renkei.page.gate import Gate
from renkei.page.made_answers import made_answer, read_query
from renkei.page.outputs import is_dear, made_output
from renkei.page.own.session import OWN_GONE, own_atlas_named
from renkei.present.area_codes import read_area
from renkei.present.page_state import from_query, possible_view
from renkei.present.party_names import area_name, party_name
from renkei.present.words import word

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from starlette.requests import Request
    from starlette.routing import BaseRoute
    from starlette.websockets import WebSocket
    from streamlit import App

    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState

ELEMENT = "/renkei/element"


class ServerParts(TypedDict):
    """What ``st.App`` takes besides the page's script."""

    routes: list[BaseRoute]
    middleware: list[Middleware]
    lifespan: Callable[[App], AbstractAsyncContextManager[dict[str, Any] | None]]


def chosen_title(atlas: Atlas, state: PageState) -> str:
    """Name what is chosen; "" where nothing is."""
    language = state.language
    if state.area:
        return area_name(read_area(state.area), language)
    if state.pair:
        return " – ".join(party_name(code, language) for code in state.pair.split("-"))
    for identifier, frame in ((state.bloc, atlas.blocs), (state.network, atlas.networks)):
        if identifier:
            table = frame()
            return str(table.loc[table["id"].eq(identifier), "name"].iloc[0])
    return party_name(state.code, language) if state.code else ""


def element_parts(atlas: Atlas, published: Published, query: dict[str, list[str]]) -> tuple[PageState, dict[str, Any]]:
    """Return the state that an address asks for, and the element in it: head, html, addresses of scripts, start."""
    state, notes = from_query(atlas, {key: values for key, values in query.items() if key != "map"})
    where = query.get("map", [""])[-1]
    if where and not possible_view(where):
        notes.append(f"map={where[:40]}")
    language = state.language
    message = map_state(atlas, state)
    options = start_options(atlas, published, language, message, notes=tuple(notes))
    place, start = folium_map(options)
    styles = "".join(
        f"<style>{(published.static.folder / name).read_text(encoding='utf-8')}</style>" for name in published.styles
    )
    scripts = [BASE_URL + name for name in published.scripts]
    title = chosen_title(atlas, state) or word("title", language)
    parts = {
        "head": head(options, styles, scripts),
        "html": element(language, place, title=title, age=data_age(atlas, language)),
        "style": styles,
        "scripts": scripts,
        "start": start,
        "title": title,
    }
    return state, parts


def _sent(content: bytes, kind: str, request: Request, cache: str, *, packed: bool = False) -> Response:
    """Return an answer, compressed for browsers that take it; ``packed`` content is compressed already."""
    headers = {"Cache-Control": cache, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        content = content if packed else gzip.compress(content, compresslevel=5, mtime=0)
        headers["Content-Encoding"] = "gzip"
    elif packed:
        content = gzip.decompress(content)
    return Response(content, media_type=kind, headers=headers)


class PageServer:
    """What the page's server answers besides Streamlit's own answers.

    Parameters
    ----------
    folder
        Where published files are kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.identity = secrets.token_hex(8)
        self.dear_work = DearWork()

    def published(self) -> tuple[Atlas, Published]:
        """Return the newest snapshot and its published files."""
        atlas = current_atlas()
        return atlas, publish_all(atlas, self.folder)

    # Not async, here and below: made in threads, beside the web sockets.
    def first(self, request: Request) -> Response:
        """Answer the first document, in the state that the address asks for."""
        try:
            query = read_query(request.url.query)
        except ValueError:
            return Response(status_code=400)
        state, parts = element_parts(*self.published(), query)
        own = parts["title"] != word("title", state.language)
        title = f"{parts['title']} – renkei" if own else "連携マップ renkei"
        return _sent(first_document(state.language, title, parts).encode(), "text/html", request, "no-cache")

    def element(self, request: Request) -> Response:
        """Answer the element alone, for a first document that did not bring it."""
        try:
            _, parts = element_parts(*self.published(), read_query(request.url.query))
        except ValueError:
            return Response(status_code=400)
        return _sent(orjson.dumps(parts), "application/json", request, "no-store")

    def file(self, request: Request) -> Response:
        """Answer a published file."""
        root = self.folder.resolve()
        target = (root / request.path_params["path"]).resolve()
        if not (target.is_relative_to(root) and target.is_file()):
            return Response(status_code=404)
        return file_response(target, request.headers.get("accept-encoding", ""))

    def made(self, request: Request) -> Response:
        """Answer what is made of a snapshot when it is asked for."""
        snapshot = request.path_params["snapshot"]
        atlas = _atlas_of(snapshot)
        if atlas is None:
            return Response(status_code=404)
        current = snapshot_name(atlas) == snapshot and atlas.shared is atlas
        try:
            content = made_answer(atlas, request.path_params["path"], request.url.query)
        except (RenkeiError, KeyError, ValueError):
            return Response(status_code=404)
        return _sent(content, "application/json", request, FOR_GOOD if current else "no-store", packed=True)

    async def output(self, request: Request) -> Response:
        """Answer a file of what is shown, under a name that says so."""
        asked = request.path_params["name"]
        try:
            query = read_query(request.url.query)
            atlas = _atlas_of(request.path_params["snapshot"])
            if atlas is None:
                return Response(OWN_GONE, status_code=400, media_type="text/plain; charset=utf-8")
            turn = self.dear_work.turn(_visitor(request), request.is_disconnected) if is_dear(asked) else nullcontext()
            async with turn:
                content, name, kind = await run_in_threadpool(made_output, atlas, self.folder, asked, query)
        except GoneError:
            return Response(status_code=499)
        except BusyError as error:
            return Response(str(error), status_code=503, media_type="text/plain; charset=utf-8")
        except RenkeiError as error:
            return Response(str(error), status_code=400, media_type="text/plain; charset=utf-8")
        except (KeyError, ValueError):
            return Response(status_code=404)
        headers = {"Content-Disposition": attachment(name), "Cache-Control": "no-store"}
        return Response(content, media_type=kind, headers=headers)

    async def place(self, request: Request) -> Response:
        """Answer how many files are made before the visitor's next; -1 when none is asked for."""
        place = self.dear_work.place(_visitor(request))
        content = orjson.dumps({"ahead": -1 if place is None else place})
        return Response(content, media_type="application/json", headers={"Cache-Control": "no-store"})

    async def tell(self, socket: WebSocket) -> None:
        """Tell an open page which server this is, and that it is still there."""
        await socket.accept()
        await socket.send_text(self.identity)
        with suppress(WebSocketDisconnect):
            while True:
                await socket.receive_text()

    def routes(self) -> list[BaseRoute]:
        """Return where each answer is asked for."""
        return [
            Route("/", self.first),
            Route(ELEMENT, self.element),
            Route(PLACE, self.place),
            Route(BASE_URL + "{path:path}", self.file),
            Route(MADE_URL + "{snapshot}/output/{name}", self.output),
            Route(MADE_URL + "{snapshot}/{path:path}", self.made),
            WebSocketRoute("/server", self.tell),
        ]


def server_parts(folder: Path, when_ready: Callable[[], object] | None = None) -> ServerParts:
    """Return what makes Streamlit's server the page's.

    Parameters
    ----------
    folder
        Where published files are kept.
    when_ready
        Called in a thread of its own once the server answers.
    """
    server = PageServer(folder)
    element_parts(*server.published(), {})  # the first visitor does not wait for what is made once

    @asynccontextmanager
    async def running(_app: App) -> AsyncIterator[None]:
        if when_ready:
            threading.Thread(target=when_ready, daemon=True).start()
        yield

    return {
        "routes": server.routes(),
        "middleware": [Middleware(Gate), Middleware(CompressedFiles)],
        "lifespan": running,
    }


def _visitor(request: Request) -> str:
    """Return by what visitors take turns: an open page, at an address."""
    return f"{request.client.host if request.client else ''} {request.headers.get(VISITOR, '')[:40]}"


def _atlas_of(snapshot: str) -> Atlas | None:
    """Return the atlas that an address names: a session's own, else the newest of all; None once it is gone."""
    return own_atlas_named(snapshot) if snapshot.startswith(OWN) else current_atlas()


def attachment(name: str) -> str:
    """Return the header under which a browser keeps a file by this name.

    Examples
    --------
    >>> attachment("連携.csv")
    "attachment; filename*=UTF-8''%E9%80%A3%E6%90%BA.csv"
    """
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"
