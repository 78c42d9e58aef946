"""The map as an office serves it: two processes on one shared folder behind Debian's nginx, with HTTPS, tried.

Needs ``nginx`` and ``openssl``. The certificate is made for the trial and signed by itself; everything stays on
127.0.0.1 and in a temporary folder. The settings are those of ``docs/serving.md``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from playwright.sync_api import sync_playwright

from benchmarks.browser import CHROMIUM_FLAGS, ROOT, chromium_path, free_port, page_command, running
from benchmarks.users import resident_mb

PROCESSES, ADDING = 2, 6
NAME = "map.example.lg.jp"
HEADER = "分類,自治体,相手・構成自治体,名称,種類,事業,開始日,終了日,テーマ,根拠のURL,根拠の種類,ページの日付,備考\n"
SETTINGS = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    upstream renkei {{
        hash $remote_addr consistent;
        {servers}
    }}
    server {{
        listen 127.0.0.1:{port} ssl;
        server_name {name};
        ssl_certificate {folder}/cert.pem;
        ssl_certificate_key {folder}/key.pem;
        location / {{
            proxy_pass http://renkei;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            proxy_read_timeout 1h;
            client_max_body_size 12m;
        }}
    }}
}}
"""


class Office:
    """Servers on one shared folder, and nginx before them."""

    def __init__(self, folder: Path, ports: list[int], processes: list[int], port: int) -> None:
        self.folder, self.ports, self.processes, self.port = folder, ports, processes, port
        self.url = f"https://{NAME}:{port}"

    def get(self, address: str, *, port: int, name: str = "") -> tuple[int, bytes]:
        """Ask one of the servers itself; return status and content."""
        request = Request(f"http://127.0.0.1:{port}{address}", headers={"Host": name or f"{NAME}:{self.port}"})
        try:
            with urlopen(request, timeout=60) as answer:
                return answer.status, answer.read()
        except HTTPError as error:
            return error.code, b""

    def ties(self, port: int) -> int:
        """Return how many ties one of the servers draws with."""
        found = re.search(r"/renkei/made/\w+/", self.get("/", port=port)[1].decode())
        return len(json.loads(self.get(f"{found[0]}facts.json", port=port)[1])["ties"]) if found else 0


def office(stack: ExitStack) -> Office:
    """Start it; it ends with the stack."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    subject = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject, *files]
    subprocess.run(command, check=True, capture_output=True)
    os.environ["RENKEI_DATA"] = str(folder / "data")
    ports, processes = [], []
    for _ in range(PROCESSES):
        port = free_port()
        _, process = stack.enter_context(running([*page_command(port), "--allow-host", NAME], port))
        ports.append(port)
        processes.append(process)
    port = free_port()
    servers = " ".join(f"server 127.0.0.1:{each};" for each in ports)
    (folder / "nginx.conf").write_text(SETTINGS.format(folder=folder, port=port, servers=servers, name=NAME))
    nginx = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")])
    stack.callback(nginx.wait, 10)
    stack.callback(nginx.terminate)
    return Office(folder, ports, processes, port)


def _opened(made: Office, browser: Any) -> list[dict[str, Any]]:
    """Open the page under the office's name, choose, and hand it a file."""
    page = browser.new_context(ignore_https_errors=True, locale="ja-JP").new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{made.url}/?panel=own")
    page.wait_for_function("() => window.renkeiPage?.painted && document.querySelector('#rk').dataset.adopted")
    page.evaluate("() => { renkeiPage.choose({ theme: ['DX'] }); }")
    page.wait_for_function("() => renkeiPage.answer.query.theme && !renkeiPage.wish")
    table = "団体名,件数（件）\n群馬県川場村,3\n群馬県高崎市,5\n長野県松本市,4\n".encode()
    page.locator("[data-testid=stFileUploader] input").set_input_files(
        {"name": "own.csv", "mimeType": "text/csv", "buffer": table}
    )
    page.locator(".st-key-drawer").get_by_text("own.csv").first.wait_for()
    page.wait_for_function("() => renkeiPage.made.includes('/own-')")
    return [
        _row("page, choice and upload over HTTPS", 1, "", "Chromium, the office's name, a certificate of its own"),
    ]


def _add(folder: Path) -> list[int]:
    """Add to the shared folder from six processes at once; return how each ended."""
    workers = []
    for number in range(ADDING):
        path = folder / f"{number}.csv"
        town = f"東京都{('千代田区', '中央区', '港区', '新宿区', '文京区', '台東区')[number]}"
        row = f"連携,{town},長野県佐久穂町,,姉妹都市,,,,,https://a.example.lg.jp/{number},公式ページ,,\n"
        path.write_text(HEADER + row, encoding="utf-8")
        command = [sys.executable, "-m", "renkei.cli", "register", "add", str(path), "--yes"]
        workers.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    return [worker.wait(300) for worker in workers]


def _row(name: str, value: float, unit: str, note: str) -> dict[str, Any]:
    return {"name": f"behind nginx: {name}", "value": value, "unit": unit, "note": note}


def run() -> list[dict[str, Any]]:
    """Try what ``docs/serving.md`` says."""
    path = chromium_path()
    if shutil.which("nginx") is None or shutil.which("openssl") is None or path is None:
        return [_row("tried", 0, "", "no nginx, openssl or Chromium on this machine")]
    flags = [*CHROMIUM_FLAGS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
    with ExitStack() as stack:
        made = office(stack)
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=path, args=flags)
        rows = _opened(made, browser)
        browser.close()
        foreign = [made.get("/", port=port, name="evil.example")[0] for port in made.ports]
        before = made.ties(made.ports[0])
        ends = _add(made.folder)
        after = [made.ties(port) for port in made.ports]
        memory = [resident_mb(process) for process in made.processes]
    return [
        *rows,
        _row("a foreign name", foreign[0], "", f"status of each: {foreign}; 421 is refused"),
        _row(
            "ties added by six at once",
            ends.count(0),
            "",
            f"of {ADDING}; each process then has {after}, before {before}",
        ),
        _row("memory of a process", round(max(memory)), "MB", f"{PROCESSES} processes, resident, after one visitor"),
    ]


if __name__ == "__main__":
    for each in run():
        print(f"{each['name']:52} {each['value']:>8,}  {each['unit']:<4} {each['note']}")
