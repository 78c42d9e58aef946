"""A local web server with good and bad manners, and a copy of the data that a test may change."""

from __future__ import annotations

import hashlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from renkei.official import update
from renkei.official.download import Limits

QUICK = Limits(connect=2, silence=1, whole=20, largest=30_000_000, tries=3, pause=0.01)


class Site:
    """What the server serves, how it misbehaves, and what it was asked."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.manner: dict[str, str] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answer = None
        self.address = ""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        site: Site = self.server.site
        path, _, query = self.path.partition("?")
        site.asked.append((self.path, dict(self.headers)))
        manner = site.manner.get(path, "")
        times = sum(asked.partition("?")[0] == path for asked, _ in site.asked)
        content = site.answer(path, query) if site.answer and path not in site.files else site.files.get(path)
        if manner == "redirect":
            self.short(302, b"", Location=path + ".moved")
        elif manner.isdecimal():
            self.short(int(manner), b"<html>no</html>")
        elif manner == "busy" and times < 3:
            self.short(503, b"<html>no</html>")
        elif content is None:
            self.send_error(404)
        else:
            self.file(content, "cut-once" if manner == "cut" and times < 3 else manner)

    def short(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def file(self, content: bytes, manner: str) -> None:
        tag = f'"{hashlib.md5(content).hexdigest()}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        asked = self.headers.get("Range", "")
        resumes = bool(asked) and self.headers.get("If-Range") == tag and manner != "no-range"
        rest = content[int(asked.removeprefix("bytes=").rstrip("-")) if resumes else 0 :]
        self.send_response(206 if resumes else 200)
        if manner != "no-tag":
            self.send_header("ETag", tag)
        if manner == "no-length":
            self.send_header("Connection", "close")
        else:
            self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        self.close_connection = manner in ("cut-once", "always-cut", "slow", "silent", "no-length")
        if manner in ("cut-once", "always-cut"):
            # Never the whole of it in as many tries as there are.
            rest = rest[: max(1, len(content) // 3 - (manner == "always-cut"))]
        if manner in ("slow", "silent"):
            self.byte_by_byte(rest[:200], 3 if manner == "silent" else 0.05)
        else:
            self.wfile.write(rest)

    def byte_by_byte(self, content: bytes, pause: float) -> None:
        for byte in content:
            try:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
            except OSError:
                return
            time.sleep(pause)


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A client that goes away is part of the test."""


@pytest.fixture
def site():
    served = Site()
    server = _Server(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.site = served
    served.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield served
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def own_data(tmp_path, monkeypatch):
    """A user's folder, and a cache folder, of its own."""
    folder = tmp_path / "own"
    monkeypatch.setenv("RENKEI_DATA", str(folder))
    monkeypatch.setattr(update, "user_cache_path", lambda _: tmp_path / "cache")
    return folder


@pytest.fixture
def file(tmp_path):
    """Write a literal file; return its path."""

    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write
