"""The register: the most rows that a template may have, writing and reading the log, checking every file in use."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

ROWS = 20_000


def _filled() -> list[tuple[int, dict[str, str]]]:
    from geo.gazetteer import municipalities  # noqa: PLC0415

    places = [f"{row.prefecture}{row.name}" for row in municipalities().itertuples()]
    several = len(places)
    return [
        (
            number + 2,
            {
                "分類": "連携",
                "自治体": places[number % several],
                "相手・構成自治体": places[(number * 7 + number // several + 1) % several],
                "種類": "災害時相互応援協定",
                "開始日": "平成17年10月4日",
                "根拠のURL": f"https://www.example.jp/{number}",
            },
        )
        for number in range(ROWS)
    ]


def run() -> list[dict[str, Any]]:
    """Time 20,000 rows read and taken up, the first read of ties with them, and the check of all files."""
    from layers.integrity import damages  # noqa: PLC0415
    from layers.partnerships import partnerships  # noqa: PLC0415
    from layers.register_additions import read_additions, take_up  # noqa: PLC0415
    from layers.tables import Tables  # noqa: PLC0415
    from layers.user_folder import UserFolder  # noqa: PLC0415

    folder = UserFolder(Path(tempfile.mkdtemp()))
    tables = Tables.open(folder.path)
    partnerships(tables)
    found: list[dict[str, Any]] = []

    def timed(name: str, unit: str, work: Any, note: str) -> None:
        start = time.perf_counter()
        work()
        spent = time.perf_counter() - start
        value = round(spent, 2) if unit == "s" else round(spent * 1000)
        found.append({"name": name, "value": value, "unit": unit, "note": note})

    filled = _filled()
    timed("register_read_20000_rows", "s", lambda: read_additions(tables, filled), "goal: 5 s")
    timed("register_take_up_20000_rows", "s", lambda: take_up(folder, filled, "2026-11-26"), "read anew and written")
    timed("register_first_read_with_20000", "s", lambda: partnerships(Tables.open(folder.path)), "ties with the log")
    timed("integrity_of_all_files", "ms", lambda: damages(Tables.open(folder.path)), "goal: 200 ms")
    return found
