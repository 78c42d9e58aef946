"""The page's server inside a network of its own, with a resolver that never answers: ``python -m … FOLDER``.

Run by ``test_isolated_server.py`` under ``unshare --user --map-root-user --net --mount``. All addresses of the world lead to
this network's loopback, where a listener notes every packet that is not for 127.0.0.0/8; the resolver notes every question.
Prints what it found as JSON.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from benchmarks.browser import free_port, page_command, running

FOREIGN = "https://evil.example"
HTTP_PATHS = (
    ("GET", "/"),
    ("GET", "/renkei/element"),
    ("GET", "/app/static/none"),
    ("GET", "/renkei/made/x/output/cases.geojson"),
    ("GET", "/_stcore/health"),
    ("GET", "/_stcore/host-config"),
    ("GET", "/_stcore/script-health-check"),
    ("GET", "/media/none"),
    ("GET", "/component/none/index.html"),
    ("PUT", "/_stcore/upload_file/session/1"),
    ("POST", "/_stcore/upload_file/session/1"),
    ("DELETE", "/_stcore/upload_file/session/1"),
    ("POST", "/"),
    ("OPTIONS", "/_stcore/upload_file/session/1"),
)
SOCKETS = ("/_stcore/stream", "/server")


class Listener:
    """Notes what leaves for elsewhere."""

    def __init__(self) -> None:
        self.questions: list[str] = []
        self.packets: list[str] = []
        self._resolver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._resolver.bind(("127.0.0.1", 53))
        self._wire = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.ntohs(0x0003))
        self._wire.bind(("lo", 0))
        for each in (self._hear_questions, self._hear_packets):
            threading.Thread(target=each, daemon=True).start()

    def _hear_questions(self) -> None:
        while True:
            content, _ = self._resolver.recvfrom(2048)
            self.questions.append(content[12:60].decode("latin-1"))

    def _hear_packets(self) -> None:
        while True:
            content, about = self._wire.recvfrom(2048)
            if about[1] == 0x0800 and content[16] != 127:
                self.packets.append(f"{socket.inet_ntoa(content[16:20])} protocol {content[9]}")
            elif about[1] == 0x86DD and content[24:40] != b"\0" * 15 + b"\1":
                self.packets.append(f"{socket.inet_ntop(socket.AF_INET6, content[24:40])} protocol {content[6]}")

    def count(self) -> int:
        return len(self.questions) + len(self.packets)


def isolate(folder: Path) -> None:
    """Lead every address to this network's loopback and every name to the silent resolver."""
    resolver = folder / "resolv.conf"
    resolver.write_text("nameserver 127.0.0.1\noptions timeout:20 attempts:1\n", encoding="utf-8")
    for command in (
        "ip link set lo up",
        "ip route add local 0.0.0.0/0 dev lo",
        f"mount --bind {resolver} /etc/resolv.conf",
    ):
        subprocess.run(command.split(), check=True)


def asked(port: int, method: str, path: str, **headers: str) -> tuple[int, dict[str, str], float]:
    """Ask over HTTP; return status, headers and seconds."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    body = b"x" if method in ("PUT", "POST") else None
    connection.request(
        method, path, body=body, headers={key.replace("_", "-"): value for key, value in headers.items()}
    )
    answer = connection.getresponse()
    answer.read()
    found = {key.lower(): value for key, value in answer.getheaders()}
    connection.close()
    return answer.status, found, time.monotonic() - began


def knocked(port: int, path: str, origin: str | None, host: str | None = None) -> tuple[int, float]:
    """Open a web socket; return 101, or with which status it was refused, and the seconds that took."""
    began = time.monotonic()
    address = f"ws://{host or f'127.0.0.1:{port}'}{path}"
    try:
        with (
            socket.create_connection(("127.0.0.1", port), timeout=30) as line,
            connect(address, sock=line, origin=origin, proxy=None, open_timeout=30, subprotocols=["streamlit"]),
        ):
            status = 101
    except InvalidStatus as error:
        status = error.response.status_code
    return status, time.monotonic() - began


def page_drawn(url: str) -> bool:
    """Draw the page once as a browser has it drawn."""
    with connect(
        url.replace("http", "ws") + "/_stcore/stream", subprotocols=["streamlit"], max_size=None, origin=url
    ) as line:
        message = BackMsg()
        message.rerun_script.query_string = "code=10444&panel=sources"
        message.rerun_script.widget_states.SetInParent()
        line.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(line.recv(timeout=120))
            if answer.WhichOneof("type") == "script_finished":
                return answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


def main(folder: Path) -> dict[str, object]:
    """Try everything; return what was seen."""
    isolate(folder)
    listener = Listener()
    port = free_port()
    # What this process itself imports has asked nobody yet; from here on only the server could.
    with running(page_command(port), port, folder / "log.txt") as (url, _):
        found: dict[str, object] = {"first": asked(port, "GET", "/")[0], "drawn": page_drawn(url)}
        with ThreadPoolExecutor(20) as pool:
            refused = [pool.submit(knocked, port, path, FOREIGN) for path in SOCKETS * 10]
            meanwhile = [asked(port, "GET", "/_stcore/health")[::2] for _ in range(5)]
        found["foreign sockets"] = [each.result() for each in refused]
        found["meanwhile"] = meanwhile
        found["rebound sockets"] = [knocked(port, path, "http://evil.example", "evil.example") for path in SOCKETS]
        found["own sockets"] = [knocked(port, path, url) for path in SOCKETS]
        found["foreign host"] = [[*each, asked(port, *each, Host="evil.example")[0]] for each in HTTP_PATHS]
        answers = [(method, path, asked(port, method, path, Origin=FOREIGN)) for method, path in HTTP_PATHS]
        found["foreign origin"] = [
            [method, path, status, headers.get("access-control-allow-origin", "")]
            for method, path, (status, headers, _) in answers
        ]
    found["called"] = [*listener.questions, *listener.packets]
    # The listener hears: otherwise silence would say nothing.
    question = struct.pack(">6H", 1, 256, 1, 0, 0, 0) + b"\x05hello\x00\x00\x01\x00\x01"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.sendto(question, ("127.0.0.1", 53))
        line.sendto(b"hello", ("192.0.2.1", 9))
    until = time.monotonic() + 20
    while listener.count() < len(found["called"]) + 2 and time.monotonic() < until:
        time.sleep(0.01)
    found["heard"] = [len(listener.questions) > 0, any("192.0.2.1" in each for each in listener.packets)]
    return found


if __name__ == "__main__":
    os.environ["CI"] = "1"
    print(json.dumps(main(Path(sys.argv[1]))))
