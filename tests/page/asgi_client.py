"""A client of an ASGI application without a network: one request, one answer."""

from __future__ import annotations

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import orjson

if TYPE_CHECKING:
    from collections.abc import Coroutine


@dataclass
class Answer:
    """What an application answered; ``content`` decompressed."""

    status_code: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    def json(self) -> Any:
        return orjson.loads(self.content)


def run_apart(request: Coroutine[Any, Any, None]) -> None:
    """Run a request in a thread of its own: a browser's test may have left a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, request).result()


def ask(app: Any, address: str, *, method: str = "GET", accept: str = "gzip") -> Answer:
    """Send a request and return the answer."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1"), (b"accept-encoding", accept.encode())],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    messages: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        messages.append(message)

    run_apart(app(scope, receive, send))
    start = next(each for each in messages if each["type"] == "http.response.start")
    headers = {key.decode(): value.decode("latin-1") for key, value in start["headers"]}
    body = b"".join(each.get("body", b"") for each in messages if each["type"] == "http.response.body")
    content = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
    return Answer(start["status"], headers, content)
