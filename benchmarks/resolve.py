"""The resolver beside a dictionary of forty lines and ``rapidfuzz.process.extractOne``: accuracy and speed."""

from __future__ import annotations

import csv
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz import process

from benchmarks import prefix_dictionary, resolver_sets
from benchmarks import resolver_own_writings as own
from benchmarks.resolver_sets import SETS, counts
from geo.codes import PREFECTURES
from geo.data_folder import data_path
from geo.mergers import changes
from geo.place_names import place_names
from geo.resolve import resolve, resolve_many
from geo.scan import scan

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.resolver_sets import Verdict

CASES = SETS / "cases.csv"
EASY = ("", "seirei_ward")
SUCCESSORS = {"埼玉県浦和市": "11100"}
FUZZY_SAMPLE = 10
"""extractOne is timed on every tenth address: it takes milliseconds each."""

MILLION = """
import resource, time
import pandas as pd
from geo.place_names import place_names
from geo.resolve import resolve_many
from geo.resolve_frame import resolve_column
names = [place.full_name for place in place_names().places.values()]
frame = pd.DataFrame({"name": (names * (1_000_000 // len(names) + 1))[:1_000_000]})
resolve_column(frame.head(10), "name")
start = time.process_time()
resolve_many(list(frame["name"]), one_table=True)
many = time.process_time() - start
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.process_time()
resolve_column(frame, "name")
print(many, time.process_time() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""

ARGUABLE = {
    "大和村": "46524 is 宇検村; 大和村 is 46523",
    "大町町": "41425 is 白石町; 大町町 is 41423",
    "Numata-machi, Uryu-gun, Hokkaido": "01433 and 01434 are 妹背牛町 and 秩父別町; 沼田町 is 01438",
    "鹿児島県鹿児島郡十島村": "the village is there today (46304); only its office stands in 鹿児島市",
    "沖縄県八重山郡竹富町": "the town is there today (47381); only its office stands in 石垣市",
    "浜松市中区は2024年に中央区となり、浜北区は浜名区に移った。": "浜北区 (until 2023) and 浜名区 are wards of 浜松市, and of no other city",
}
"""Cases whose expectation is arguable, and why; they are not counted as wrong."""

START = """
import time
start = time.process_time()
from geo.resolve import resolve
loaded = time.process_time()
resolve("北海道帯広市西5条南7丁目1番地")
print((loaded - start) * 1000, (time.process_time() - loaded) * 1000)
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


def _per_second(action: Callable[[str], object], texts: list[str]) -> float:
    return len(texts) / _seconds(action, texts)


def _seconds(action: Callable[[str], object], texts: list[str], runs: int = 9) -> float:
    # Time of the process, the least of several runs: others use the machine as well.
    times = []
    for _ in range(runs):
        start = time.process_time()
        for text in texts:
            action(text)
        times.append(time.process_time() - start)
    return min(times)


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


def _row(name: str, value: float, unit: str, note: str) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "note": note}


def _share(verdicts: list[Verdict]) -> float:
    return round(100 * counts(verdicts)["right"] / max(1, len(verdicts)), 2)


def _bar(name: str, verdicts: list[Verdict], bar: str) -> list[dict[str, Any]]:
    """Return what is silently wrong (arguable expectations counted apart), and the share that is right."""
    wrong = [each for each in verdicts if each.outcome == "wrong"]
    arguable = [each for each in wrong if each.case in ARGUABLE]
    told = f"{len(verdicts)} cases" + (f"; {len(arguable)} arguable, listed" if arguable else "")
    return [
        _row(f"{name}: wrong", len(wrong) - len(arguable), "", told),
        _row(f"{name}: right", _share(verdicts), "%", bar),
    ]


def bars() -> list[dict[str, Any]]:
    """Measure what issue after issue has asked of the resolver, on the sets that are beside the project and on our own."""
    rows: list[dict[str, Any]] = []
    if SETS.is_dir():
        rows += _bar("adversarial", resolver_sets.adversarial(), "bar: wrong 0")
        rows += _bar("failing", resolver_sets.failing(), "bar: wrong 0")
        rows += _bar("failing reports", resolver_sets.failing_reports(), "bar: wrong 0")
        history = resolver_sets.historical()
        whole = [
            each for (_, form), found in history.items() if form in ("as_of", "pref+county+name") for each in found
        ]
        rows += _bar("historical, with prefecture", whole, "bar: wrong 2 of 16,000; most ended before the list begins")
        rows += [_row("historical as of the day: right", _share(history["ended>=1970", "as_of"]), "%", "bar: 98.5")]
        for form in ("pref+county+name", "pref+name"):
            found = history["ended>=1970", form]
            rows += [_row(f"historical, {form}: right", _share(found), "%", f"bar: 95; {len(found)} names")]
        mentions = resolver_sets.scan_verdicts()
        rows += _bar("scan", mentions, "recall; bar: 95")
    day = date(2000, 4, 1)
    rows += _bar("all 1,912, every writing", own.every_writing(), "bar: wrong 0")
    rows += _bar("two in one cell, 49 marks and words between", own.two_in_a_cell(), "named as several")
    rows += _bar("katakana as in the postal list", own.katakana(), "bar: 98")
    rows += _bar("titles and offices", own.offices(), "bar: 99")
    rows += _bar("English names", own.english(), "")
    rows += _bar("names of 2000-04-01, as of that day", own.names_of_a_day(day), "bar: none denied")
    rows += _bar("tables of 2000-04-01, names only", own.tables_of_a_day(day), "bar: wrong 0")
    return rows


def speeds() -> list[dict[str, Any]]:
    """Measure speed beside the dictionary: full addresses, and the same without their prefecture."""
    rows = _rows()
    names = prefix_dictionary.build(dict(PREFECTURES))
    longest = max(map(len, names))
    full = [row["input"] for row in rows if row["expected_pref"] and row["input"].startswith(row["expected_pref"])]
    cut = [row["input"].removeprefix(row["expected_pref"]) for row in rows if row["input"] in set(full)]
    found = []
    for name, texts, bar in (("full addresses", full, "2"), ("without prefecture", cut, "1.2")):
        ours = _seconds(resolve, texts)
        theirs = _seconds(lambda text: prefix_dictionary.find(names, longest, text), texts)
        note = f"bar: {bar} times the dictionary; {ours / len(texts) * 1e6:.2f} µs each"
        found.append(_row(f"resolve, {name}", round(theirs / ours, 2), "times", note))
    return found


def million() -> list[dict[str, Any]]:
    """Measure a column of a million rows in a process of its own."""
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run([sys.executable, "-c", MILLION], cwd=root, check=True, capture_output=True, text=True)
    many, column, grown = map(float, done.stdout.split())
    return [
        _row("resolve_many, a million rows", round(many, 2), "s", "the same 1,741 names again and again"),
        _row("resolve_column, a million rows", round(column, 2), "s", "bar: 3"),
        _row("resolve_column, memory", round(grown), "MB", "bar: 400; beyond the table's own"),
    ]


def run() -> list[dict[str, Any]]:
    """Measure accuracy and speed on the same addresses in the same run, on one core."""
    return [*_beside_others(), *speeds(), *million(), *bars()]


def _beside_others() -> list[dict[str, Any]]:
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
    start = time.process_time()
    fuzzy = [process.extractOne(row["input"], choices) for row in sample]
    fuzzy_speed = len(sample) / (time.process_time() - start)

    import_ms, first_ms = _start()
    folder = data_path("gazetteer")
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    text = "。".join(texts)
    start = time.process_time()
    mentions = scan(text)
    scan_seconds = time.process_time() - start
    ratio = f"{speed / dictionary_speed:.2f} times the dictionary"
    ours = [result.ward_code or result.code for result in alone]
    return [
        *_accuracy("resolve", rows, ours, speed, ratio),
        *_accuracy("resolve, by table", rows, _codes_by_table(rows), speed, "other rows narrow bare wards")[:3],
        *_accuracy("dictionary of 40 lines", rows, by_dictionary, dictionary_speed, "same run"),
        *_accuracy("rapidfuzz extractOne", sample, [each[2] for each in fuzzy], fuzzy_speed, "every tenth address"),
        {"name": "resolve: import", "value": round(import_ms), "unit": "ms", "note": "fresh process"},
        {
            "name": "resolve: first call",
            "value": round(first_ms),
            "unit": "ms",
            "note": "reads the gazetteer; bar: 100",
        },
        {"name": "resolve: data on disk", "value": round(size, 2), "unit": "MB", "note": "data/gazetteer; bar: 6"},
        {"name": "scan: speed", "value": round(len(text) / scan_seconds), "unit": "char/s", "note": f"{len(mentions)}"},
        {"name": "mergers: dated changes", "value": len(changes()), "unit": "", "note": "1970-2024"},
    ]
