"""One person asks for 40 PDFs at once: how long others wait for a small file meanwhile, and what becomes of the line."""

from __future__ import annotations

import http.client
import json
import re
import statistics
import threading
import time
from typing import Any
from urllib.request import urlopen

from benchmarks.browser import free_port, page_command, running

PDFS, SMALL = 40, 20
VISITOR = "x-renkei-visitor"


def _get(port: int, address: str, visitor: str, *, timeout: float = 300) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    connection.request("GET", address, headers={VISITOR: visitor})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def _ahead(port: int, visitor: str) -> int:
    return int(json.loads(_get(port, "/renkei/place", visitor)[1])["ahead"])


def run() -> list[dict[str, Any]]:
    """Ask, and measure what the others notice."""
    port = free_port()
    with running(page_command(port), port) as (url, _):
        with urlopen(url) as answer:
            found = re.search(r"/renkei/made/\w+/", answer.read().decode())
        made = found[0] if found else ""
        _get(port, f"{made}output/cases.geojson", "warm")
        status: list[int] = []

        def ask() -> None:
            status.append(_get(port, f"{made}output/sheet.pdf", "greedy")[0])

        threads = [threading.Thread(target=ask) for _ in range(PDFS)]
        for thread in threads:
            thread.start()
        small, ahead = [], 0
        for _ in range(SMALL):
            start = time.perf_counter()
            _get(port, f"{made}output/cases.geojson", "other")
            small.append(time.perf_counter() - start)
            ahead = max(ahead, _ahead(port, "greedy"))
            time.sleep(0.2)
        # Another waits for a PDF, and goes: the place in the line goes too.
        gone = http.client.HTTPConnection("127.0.0.1", port)
        gone.request("GET", f"{made}output/sheet.pdf", headers={VISITOR: "gone"})
        time.sleep(0.3)
        waited = _ahead(port, "gone")
        gone.close()
        time.sleep(0.5)
        left = _ahead(port, "gone")
        for thread in threads:
            thread.join()
    return [
        {
            "name": "dear work: others' small file, worst",
            "value": round(max(small), 2),
            "unit": "s",
            "note": f"n={SMALL}, median {statistics.median(small):.2f}; while one asks for {PDFS} PDFs",
        },
        {
            "name": "dear work: PDFs made of those",
            "value": status.count(200),
            "unit": "",
            "note": f"{status.count(503)} refused with a sentence; up to {ahead} before the next was told",
        },
        {
            "name": "dear work: place of one who has gone",
            "value": left,
            "unit": "",
            "note": f"-1 is none; {waited} before the connection was closed",
        },
    ]
