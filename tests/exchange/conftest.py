from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).resolve().parents[2]

SERVER = """
import sys, shapely
from pathlib import Path
from renkei.exchange.flat_layer import About, Field, flat_layer
from renkei.exchange.ogc_service import serve

about = About("都道府県：群馬県", "2026-11-26", ("総務省を加工して作成",))
fields = (Field("code", "団体コード", "Code"), Field("name", "名称", "Name"), Field("n", "件数", "Count", "integer"))
rows = [{"code": f"{10000 + n}", "name": f"町{n}", "n": n % 3} for n in range(25)]
shapes = [shapely.box(139 + n / 10, 36, 139 + n / 10 + 0.08, 36.1) for n in range(25)]
layer = flat_layer("municipalities", ("市区町村", "Municipalities"), fields, rows, about, shapes=shapes,
                   geometry_type="MultiPolygon")
empty = flat_layer("cases", ("事例", "Cases"), fields, [], about, shapes=[], geometry_type="Point")
serve([layer, empty], Path(sys.argv[1]), port=int(sys.argv[2]))
"""


@pytest.fixture(scope="session")
def ogc_url(tmp_path_factory):
    """A service of 25 municipalities on a free port, for as long as the tests run."""
    folder = tmp_path_factory.mktemp("ogc")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (folder / "log").open("wb")
    with subprocess.Popen([sys.executable, "-c", SERVER, folder, str(port)], cwd=ROOT, stderr=log) as server:
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 120
        while server.poll() is None and time.monotonic() < deadline:
            try:
                requests.get(f"{address}/conformance", params={"f": "json"}, timeout=30)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        yield address
        server.terminate()
    log.close()
