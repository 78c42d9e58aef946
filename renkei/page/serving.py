"""Serving the page: Streamlit's application on uvicorn, which Streamlit allows, over a socket of our own.

Streamlit's own socket sends small answers late: head and body go apart, and the second waits until the browser has
acknowledged the first (Nagle's algorithm; 40 ms on Linux, up to 200 ms on Windows). Here nothing waits.
"""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import uvicorn
from streamlit.web.bootstrap import load_config_options

if TYPE_CHECKING:
    from streamlit import App

_WAITING = 2048
"""Connections that may wait to be taken."""
LONGEST_MESSAGE = 12_000_000
"""Bytes of one message of a browser's web socket: more than any choice, less than what would fill the memory."""
_LAST_SECONDS = 3
"""So long a stopped server waits for what it is sending."""


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address, and whose connections send at once.

    Raises
    ------
    OSError
        When the address is not to be had.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    sock = socket.socket(family, kind, protocol)
    try:
        if os.name != "nt":  # there it would let two servers have one port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.bind(address)
        sock.listen(_WAITING)
    except OSError:
        sock.close()
        raise
    return sock


def serve(app: App, sock: socket.socket, options: dict[str, object]) -> None:
    """Serve the page until it is stopped.

    Parameters
    ----------
    app
        Streamlit's application.
    sock
        Of ``listening``.
    options
        Streamlit's options.
    """
    load_config_options(options)
    config = uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_max_size=LONGEST_MESSAGE,
        ws_per_message_deflate=True,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_LAST_SECONDS,
    )
    with sock:
        uvicorn.Server(config).run(sockets=[sock])
