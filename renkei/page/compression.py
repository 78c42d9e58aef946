"""What the server sends: Streamlit's own scripts compressed once and kept, hashed files for good."""

from __future__ import annotations

import gzip
import mimetypes
import re
from functools import lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping
    from pathlib import Path

    Message = MutableMapping[str, Any]

STREAMLIT_FILES = "/static/"
FOR_GOOD = "public, max-age=31536000, immutable"
_WORTH = re.compile(r"\.(js|css|json|svg|ttf|geojson|html)$")
_HASHED = re.compile(r"[-.][0-9A-Za-z_-]{8,10}\.[a-z0-9]+$|-[0-9a-f]{10}/")
_KEPT_FILES = 512


@lru_cache(maxsize=_KEPT_FILES)
def compressed(path: Path) -> bytes:
    """Return a file gzipped; made at its first use, kept for all others."""
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


def file_response(path: Path, accept: str) -> Response:
    """Return a file as a browser wants it: compressed where that pays, kept for good where its name holds a hash."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    headers = {"Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
    headers["Cache-Control"] = FOR_GOOD if _HASHED.search(path.as_posix()) else "no-cache"
    if _WORTH.search(path.name) and "gzip" in accept:
        return Response(compressed(path), media_type=kind, headers=headers | {"Content-Encoding": "gzip"})
    return Response(path.read_bytes(), media_type=kind, headers=headers)


class CompressedFiles:
    """Answer for Streamlit's own files under ``/static/``: a third of the bytes, compressed once.

    Parameters
    ----------
    app
        The ASGI application behind; it answers whatever is no such file.
    """

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self.app = app
        with as_file(files("streamlit") / "static") as folder:
            self.folder = folder.resolve()

    async def __call__(self, scope: Message, receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        """Answer, or pass the request on."""
        path = str(scope.get("path", ""))
        if scope["type"] != "http" or scope["method"] != "GET" or not path.startswith(STREAMLIT_FILES):
            await self.app(scope, receive, send)
            return
        # The name as the folder knows it: nothing outside can be asked for.
        target = (self.folder / path.removeprefix("/")).resolve()
        if not (target.is_relative_to(self.folder) and target.is_file()):
            await self.app(scope, receive, send)
            return
        accept = next((value.decode("latin-1") for key, value in scope["headers"] if key == b"accept-encoding"), "")
        await file_response(target, accept)(scope, receive, send)
