"""A real Chromium and a running page, for the browser tests and for the page's figures."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=ja",
]
if hasattr(os, "geteuid") and os.geteuid() == 0:
    CHROMIUM_FLAGS.append("--no-sandbox")  # Chromium refuses its sandbox to root, as in a CI container


def chromium_path() -> str | None:
    """Return where this machine's Chromium is, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    return None


def free_port() -> int:
    """Return a TCP port that nothing listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            msg = f"the server ended with {process.returncode}"
            raise RuntimeError(msg)
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    msg = "the server did not answer in time"
    raise RuntimeError(msg)


class CountingProxy:
    """Passes a port's traffic on and counts what the server sends: bytes on the wire, as compressed."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.sent = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            threading.Thread(target=self._pass, args=(browser, server, False), daemon=True).start()
            threading.Thread(target=self._pass, args=(server, browser, True), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, count: bool) -> None:  # noqa: FBT001
        with contextlib.suppress(OSError):
            while content := source.recv(65536):
                self.sent += len(content) * count
                sink.sendall(content)
            sink.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()


@contextmanager
def running(command: list[str], port: int, log: Path | None = None) -> Iterator[tuple[str, int]]:
    """Run a Streamlit server; yield its address and its process id; stop it."""
    with (log or Path(os.devnull)).open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_until_healthy(url, process, 90)
            yield url, process.pid
        finally:
            process.terminate()
            process.wait(15)


@contextmanager
def serving(command: list[str], port: int, log: Path | None = None) -> Iterator[str]:
    """Run a Streamlit server; yield its address; stop it."""
    with running(command, port, log) as (url, _):
        yield url


def page_command(port: int) -> list[str]:
    """Return the command by which a planner starts the page."""
    return [sys.executable, "-m", "renkei.cli", "app", "--port", str(port), "--no-browser"]


@contextmanager
def serving_page(log: Path | None = None) -> Iterator[str]:
    """Run the page as a planner starts it, on a free port."""
    port = free_port()
    with serving(page_command(port), port, log) as url:
        yield url
