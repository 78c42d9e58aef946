"""A local web server with good and bad manners, and a copy of the data that a test may change."""

from __future__ import annotations

import hashlib
import shutil
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from geo import data_folder
from layers import catalog, programme_facts
from official_files import update
from official_files.download import Limits

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
        times = sum(asked.partition("?")[0] == path for asked, _ in site.asked)
        manner = site.manner.get(path, "")
        if manner == "redirect":
            self.send_response(302)
            self.send_header("Location", path + ".moved")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if manner.isdecimal() or (manner == "busy" and times < 3):
            body = b"<html>no</html>"
            self.send_response(503 if manner == "busy" else int(manner))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        content = site.answer(path, query) if site.answer and path not in site.files else site.files.get(path)
        if content is None:
            self.send_error(404)
            return
        tag = f'"{hashlib.md5(content).hexdigest()}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        start = 0
        asked = self.headers.get("Range", "")
        if asked and self.headers.get("If-Range") == tag and manner != "no-range":
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            self.send_response(206)
        else:
            self.send_response(200)
        if manner != "no-tag":
            self.send_header("ETag", tag)
        if manner != "no-length":
            self.send_header("Content-Length", str(len(content) - start))
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        rest = content[start:]
        if manner == "cut" and times < 3:
            self.wfile.write(rest[: len(content) // 3])
            self.close_connection = True
            return
        if manner == "always-cut":
            self.wfile.write(rest[: max(1, len(rest) // 3)])
            self.close_connection = True
            return
        if manner in ("slow", "silent"):
            for byte in rest[:200]:
                try:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                except OSError:
                    break
                time.sleep(3 if manner == "silent" else 0.05)
            self.close_connection = True
            return
        self.wfile.write(rest)
        if manner == "no-length":
            self.close_connection = True


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


def forget() -> None:
    """Let the catalog be read anew."""
    catalog._catalog.cache_clear()
    catalog._blocks.cache_clear()
    programme_facts.programme_facts.cache_clear()


@pytest.fixture
def own_data(tmp_path, monkeypatch):
    """A copy of ``data/``, and a cache folder of its own."""
    folder = tmp_path / "data"
    shutil.copytree(data_folder.data_path(), folder)
    monkeypatch.setattr(data_folder, "_root", lambda: folder)
    monkeypatch.setattr(update, "user_cache_path", lambda _: tmp_path / "cache")
    forget()
    yield folder / "indicators"
    monkeypatch.undo()
    forget()
