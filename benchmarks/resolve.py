"""The resolver beside a dictionary of forty lines and ``rapidfuzz.process.extractOne``: accuracy and speed."""

from __future__ import annotations

import csv
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz import process

from benchmarks import prefix_dictionary
from geo.codes import PREFECTURES
from geo.data_folder import data_path
from geo.mergers import changes
from geo.place_names import place_names
from geo.resolve import resolve, resolve_many
from geo.scan import scan

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Path(__file__).resolve().parents[1].parent / "shared" / "geocode" / "cases.csv"
EASY = ("", "seirei_ward")
SUCCESSORS = {"埼玉県浦和市": "11100"}
FUZZY_SAMPLE = 10
"""extractOne is timed on every tenth address: it takes milliseconds each."""

START = """
import time
start = time.perf_counter()
from geo.resolve import resolve
loaded = time.perf_counter()
resolve("北海道帯広市西5条南7丁目1番地")
print((loaded - start) * 1000, (time.perf_counter() - loaded) * 1000)
"""


def _rows() -> list[dict[str, str]]:
    """Return the cases beside the project, or else one address of our own for each municipality and ward."""
    if CASES.exists():
        with CASES.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    rows = []
    for place in place_names().places.values():
        prefecture = PREFECTURES[place.code[:2]]
        for written, traits in (
            (f"{prefecture}{place.county}{place.name}本通１丁目２－３", ""),
            (f"{place.name}本通１丁目", "pref_omitted"),
        ):
            rows.append(
                {
                    "input": written,
                    "expected_pref": prefecture,
                    "expected_city": place.county + place.name,
                    "traits": traits,
                    "source": "own",
                }
            )
    return rows


def _names(code: str) -> set[str]:
    place = place_names().places[code]
    city = place_names().places[place.code]
    prefecture = PREFECTURES[code[:2]]
    return {prefecture + place.name, prefecture + place.county + place.name, prefecture + city.name}


def _verdict(row: dict[str, str], code: str | None) -> str:
    expected = row["expected_pref"] + row["expected_city"]
    if code is None:
        return "open" if expected else "right"
    right = bool(expected) and (expected in _names(code) or SUCCESSORS.get(expected) == code)
    return "right" if right else "wrong"


def _per_second(action: Callable[[str], object], texts: list[str], runs: int = 7) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        for text in texts:
            action(text)
        times.append(time.perf_counter() - start)
    return len(texts) / statistics.median(times)


def _accuracy(name: str, rows: list[dict[str, str]], codes: list[str | None], speed: float, note: str) -> list[dict]:
    verdicts = [_verdict(row, code) for row, code in zip(rows, codes, strict=True)]
    hard = [verdict for row, verdict in zip(rows, verdicts, strict=True) if row["traits"] not in EASY]
    entries = [
        (f"{name}: right", round(100 * verdicts.count("right") / len(verdicts), 2), "%", f"{len(verdicts)} addresses"),
        (f"{name}: right, hard", round(100 * hard.count("right") / len(hard), 2), "%", f"{len(hard)} addresses"),
        (f"{name}: wrong", verdicts.count("wrong"), "", "silently another municipality"),
        (f"{name}: speed", round(speed), "/s", note),
    ]
    return [dict(zip(("name", "value", "unit", "note"), entry, strict=True)) for entry in entries]


def _codes_by_table(rows: list[dict[str, str]]) -> list[str | None]:
    tables: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        tables.setdefault(row["source"], []).append(number)
    codes: list[str | None] = [None] * len(rows)
    for numbers in tables.values():
        results = resolve_many([rows[number]["input"] for number in numbers], one_table=True)
        for number, result in zip(numbers, results, strict=True):
            codes[number] = result.ward_code or result.code
    return codes


def _start() -> tuple[float, float]:
    root = Path(__file__).resolve().parents[1]
    times = []
    for _ in range(7):
        done = subprocess.run([sys.executable, "-c", START], cwd=root, check=True, capture_output=True, text=True)
        times.append(tuple(map(float, done.stdout.split())))
    return statistics.median(each[0] for each in times), statistics.median(each[1] for each in times)


def run() -> list[dict[str, Any]]:
    """Measure accuracy and speed on the same addresses in the same run, on one core."""
    rows = _rows()
    texts = [row["input"] for row in rows]
    names = prefix_dictionary.build(dict(PREFECTURES))
    longest = max(map(len, names))
    by_dictionary = [prefix_dictionary.find(names, longest, text) for text in texts]
    dictionary_speed = _per_second(lambda text: prefix_dictionary.find(names, longest, text), texts)

    alone = [resolve(text) for text in texts]
    speed = _per_second(resolve, texts)
    choices = {code: place.full_name for code, place in place_names().places.items()}
    sample = rows[::FUZZY_SAMPLE]
    start = time.perf_counter()
    fuzzy = [process.extractOne(row["input"], choices) for row in sample]
    fuzzy_speed = len(sample) / (time.perf_counter() - start)

    import_ms, first_ms = _start()
    folder = data_path("gazetteer")
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    text = "。".join(texts)
    start = time.perf_counter()
    mentions = scan(text)
    scan_seconds = time.perf_counter() - start
    ratio = f"{speed / dictionary_speed:.2f} times the dictionary"
    ours = [result.ward_code or result.code for result in alone]
    return [
        *_accuracy("resolve", rows, ours, speed, ratio),
        *_accuracy("resolve, by table", rows, _codes_by_table(rows), speed, "other rows narrow bare wards")[:3],
        *_accuracy("dictionary of 40 lines", rows, by_dictionary, dictionary_speed, "same run"),
        *_accuracy("rapidfuzz extractOne", sample, [each[2] for each in fuzzy], fuzzy_speed, "every tenth address"),
        {"name": "resolve: import", "value": round(import_ms), "unit": "ms", "note": "fresh process"},
        {"name": "resolve: first call", "value": round(first_ms), "unit": "ms", "note": "reads the gazetteer"},
        {"name": "resolve: data on disk", "value": round(size, 2), "unit": "MB", "note": "data/gazetteer"},
        {"name": "scan: speed", "value": round(len(text) / scan_seconds), "unit": "char/s", "note": f"{len(mentions)}"},
        {"name": "mergers: dated changes", "value": len(changes()), "unit": "", "note": "1970-2024"},
    ]
