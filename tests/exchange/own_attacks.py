"""Attacks on the doors for own files, each tried in this process; prints a line of JSON each, and the peak of memory.

``python -m tests.exchange.own_attacks``: apart from the tests, so that its memory is its own.
"""

from __future__ import annotations

import json
import math
import random
import time
from pathlib import Path

from geo.errors import RenkeiError
from renkei.exchange.official_lists import read_any
from renkei.exchange.own_files import preview


def collection(*features: dict) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def feature(kind: str, coordinates: list, properties: dict | None = None) -> dict:
    return {"type": "Feature", "properties": properties or {}, "geometry": {"type": kind, "coordinates": coordinates}}


def million_columns() -> bytes:
    return collection(feature("Point", [139.1, 36.7], {f"c{number}": 1 for number in range(1_000_000)}))


def million_vertices() -> bytes:
    ring = [[139 + 0.2 * math.cos(n / 159155), 36.5 + 0.2 * math.sin(n / 159155)] for n in range(1_000_000)]
    return collection(feature("Polygon", [[*ring, ring[0]]]))


def tangle(count: int) -> list:
    draw = random.Random(1)
    ring = [[139 + draw.random(), 36 + draw.random()] for _ in range(count)]
    return [[*ring, ring[0]]]


ATTACKS = {
    "columns.geojson": million_columns,
    "vertices.geojson": million_vertices,
    "one-tangle.geojson": lambda: collection(feature("Polygon", tangle(99_000))),
    "tangles.geojson": lambda: collection(*[feature("Polygon", tangle(2_000)) for _ in range(100)]),
    "points.geojson": lambda: collection(*[feature("Point", [139.1, 36.7]) for _ in range(60_000)]),
    "brackets.geojson": lambda: b'{"type":' + b"[" * 5_000_000,
    "columns.csv": ("a," * 300_000 + "\n" + "1," * 300_000 + "\n").encode,
    "rows.csv": lambda: b"a\n" * 4_900_000,
    "cell.csv": ("自治体,相手\n川場村," + "あ" * 900_000 + "\n").encode,
    "partners.csv": ("自治体,相手\n" + ("川場村," + "世田谷区・帯広市・" * 400 + "\n") * 300).encode,
    "strangers.csv": ("自治体,相手\n" + "".join(f"川場村,ない町{n}の何か\n" for n in range(5_000))).encode,
}


def main() -> None:
    for name, made in ATTACKS.items():
        content = made()
        started = time.thread_time()
        said = ""
        try:
            table = preview(read_any(content, name))
            said = next((row.reason for row in table.rows if row.reason), "")
        except RenkeiError as error:
            said = str(error)
        print(json.dumps({"name": name, "seconds": time.thread_time() - started, "said": said}, ensure_ascii=False))
    # The peak of this process alone: ru_maxrss keeps that of the parent, which may be a whole test run.
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    peak = next(line.split()[1] for line in status if line.startswith("VmHWM"))
    print(json.dumps({"name": "peak", "megabytes": int(peak) / 1024}))


if __name__ == "__main__":
    main()
