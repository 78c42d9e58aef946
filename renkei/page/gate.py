"""Who is answered, before Streamlit is asked: a known name, no foreign page, no unasked upload; what pages may ask.

A page of another site can open a web socket to this computer, and a name of its own can be made to point here (DNS
rebinding): neither is answered. Streamlit itself would ask elsewhere which address is its own.
"""

from __future__ import annotations

import ipaddress
import os
from collections import OrderedDict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[Message, Receive, Send], Awaitable[None]]

ALLOWED = "RENKEI_ALLOW_HOST"
"""Environment variable with further names, apart by commas: for an office that serves the map under a name."""
LARGEST_UPLOAD = 10_500_000
"""Bytes of one upload: what the one control that asks for a file takes, and its wrapping."""
MOST_UPLOADED = 60_000_000
"""Bytes that one session may send in all."""
_KNOWN_SESSIONS = 2_000
_UPLOADS = "/_stcore/upload_file/"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
TILES = "https://cyberjapandata.gsi.go.jp"
"""The one other server, off unless a person turns it on."""
POLICY = "; ".join(
    (
        "default-src 'self'",
        # The first document starts the map in line; the charts of Streamlit compile their expressions.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        f"img-src 'self' data: blob: {TILES}",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "frame-ancestors 'self'",
    )
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


def is_known(host: str) -> bool:
    """Tell whether a Host header names this server: an address, localhost, or a name that was allowed.

    Examples
    --------
    >>> is_known("127.0.0.1:8501"), is_known("[::1]:8501"), is_known("localhost"), is_known("evil.example:8501")
    (True, True, True, False)
    """
    name = (urlsplit(f"//{host}").hostname or "") if host else ""
    if name == "localhost" or name in _allowed():
        return True
    try:
        # A foreign name that was made to point here still comes as that name, never as an address.
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _allowed() -> frozenset[str]:
    return frozenset(filter(None, (each.strip().lower() for each in os.environ.get(ALLOWED, "").split(","))))


def is_own(origin: str, host: str) -> bool:
    """Tell whether an Origin header is that of a page of this server.

    Examples
    --------
    >>> is_own("http://127.0.0.1:8501", "127.0.0.1:8501"), is_own("https://evil.example", "127.0.0.1:8501")
    (True, False)
    """
    return bool(origin) and urlsplit(origin).netloc.lower() == host.lower()


class Gate:
    """An ASGI middleware that stands before everything else.

    Parameters
    ----------
    app
        What answers those that are let in.
    """

    def __init__(self, app: App) -> None:
        self.app = app
        self._uploaded: OrderedDict[str, int] = OrderedDict()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let in, or answer why not."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = {key.lower(): value.decode("latin-1") for key, value in scope["headers"]}
        host, origin = headers.get(b"host", ""), headers.get(b"origin", "")
        if not is_known(host):
            await _refuse(scope, send, 421, "unknown host")
            return
        changing = scope["type"] == "websocket" or scope["method"] not in _SAFE
        if changing and origin and not is_own(origin, host):
            await _refuse(scope, send, 403, "foreign origin")
            return
        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
            return
        if scope["method"] not in _SAFE and _UPLOADS in scope["path"]:
            bounded = self._bounded(scope, headers, receive)
            if bounded is None:
                await _refuse(scope, send, 413, "too large")
                return
            receive = bounded
        await self.app(scope, receive, _with_headers(send))

    def _bounded(self, scope: Message, headers: dict[bytes, str], receive: Receive) -> Receive | None:
        """Return a receiver that counts an upload; None where it says itself that it is too large."""
        stated = headers.get(b"content-length", "0")
        session = scope["path"].partition(_UPLOADS)[2].split("/")[0][:80]
        sent = self._uploaded.get(session, 0)
        if not stated.isdigit() or int(stated) > LARGEST_UPLOAD or sent + int(stated) > MOST_UPLOADED:
            return None
        got = 0

        async def counting() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > LARGEST_UPLOAD or sent + got > MOST_UPLOADED:
                return {"type": "http.disconnect"}
            self._uploaded[session] = sent + got
            self._uploaded.move_to_end(session)
            while len(self._uploaded) > _KNOWN_SESSIONS:
                self._uploaded.popitem(last=False)
            return message

        return counting


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {key.lower() for key, _ in message.get("headers", ())}
            more = [each for each in _HEADERS if each[0] not in own]
            message = {**message, "headers": [*message.get("headers", ()), *more]}
        await send(message)

    return sending


async def _refuse(scope: Message, send: Send, status: int, why: str) -> None:
    if scope["type"] == "websocket":
        # Before it is accepted, a close is answered as 403.
        await send({"type": "websocket.close", "code": 1008, "reason": why})
        return
    await send(
        {"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain; charset=utf-8")]}
    )
    await send({"type": "http.response.body", "body": why.encode()})
