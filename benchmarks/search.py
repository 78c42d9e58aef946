"""Search: quality on planners' queries with judged cases, beside plain substring search; speed and size."""

from __future__ import annotations

import json
import math
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from renkei.atlas import Atlas

QUERIES = Path(__file__).resolve().parents[2] / "shared" / "queries" / "queries.json"
FIRST = 10
HIT = 5
Grades = dict[str, int]


def quality(found: list[str], grades: Grades) -> tuple[float, float, float]:
    """Return reciprocal rank, nDCG@10 (gain 3 for grade 2, 1 for grade 1) and hit@5 of one ranked list."""

    def gain(grade: int) -> int:
        return 2**grade - 1

    rank = next((1 / n for n, case in enumerate(found, 1) if grades.get(case) == 2), 0.0)
    got = sum(gain(grades.get(case, 0)) / math.log2(n + 1) for n, case in enumerate(found[:FIRST], 1))
    best = sorted(grades.values(), reverse=True)[:FIRST]
    ideal = sum(gain(grade) / math.log2(n + 1) for n, grade in enumerate(best, 1))
    return rank, got / ideal, float(any(grades.get(case) == 2 for case in found[:HIT]))


def substring(atlas: Atlas, text: str) -> list[str]:
    """Return the cases whose text holds the whole question: what the page did before."""
    from layers.folding import fold  # noqa: PLC0415

    wanted = fold(text)
    columns = ("title", "organisation", "role", "note")
    return [
        row.id
        for row in atlas.cases().itertuples(index=False)
        if any(wanted in fold(getattr(row, column)) for column in columns)
    ]


def _row(name: str, value: float | None, unit: str, note: str = "") -> dict[str, Any]:
    return {"name": f"search: {name}", "value": None if value is None else round(value, 3), "unit": unit, "note": note}


def run() -> list[dict[str, Any]]:
    """Measure quality, time until the first answer, time a question, size of the index."""
    from renkei.atlas import Atlas  # noqa: PLC0415
    from renkei.retrieval import search  # noqa: PLC0415
    from renkei.retrieval.case_search import case_index  # noqa: PLC0415

    atlas = Atlas.open()
    for table in ("cases", "items", "case_contents", "case_partners", "figures", "case_terms", "municipalities"):
        getattr(atlas, table)()
    start, used = time.perf_counter(), time.process_time()
    search(atlas, "ドローン", kinds=["case"])
    ready, computed = time.perf_counter() - start, time.process_time() - used
    start = time.perf_counter()
    search(atlas, "ドローン")
    rest = time.perf_counter() - start
    text = case_index(atlas).text
    size = len(text.joined.encode()) + sum(len(passage.text.encode()) for passage in text.passages)
    rows = [
        _row("ready, cases", ready * 1000, "ms", f"tables open; {computed * 1000:.0f} ms of the processor; bar 300"),
        _row("ready, all other kinds", rest * 1000, "ms", "opens ties, networks, areas, organisations too"),
        _row("index of the cases", size / 1e6, "MB", "texts as they are and folded; bar 10"),
    ]
    if not QUERIES.is_file():
        return [*rows, _row("quality", None, "", "the queries are not beside this checkout")]
    return rows + _quality(atlas, json.loads(QUERIES.read_text(encoding="utf-8")))


def _quality(atlas: Atlas, queries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    from renkei.retrieval import search  # noqa: PLC0415

    ways = {
        "ours": lambda text: [hit.id for hit in search(atlas, text, kinds=["case"]).hits],
        "substring": lambda text: substring(atlas, text),
    }
    rows = []
    for way, ask in ways.items():
        scores, nothing, times, used = [], [], [], time.process_time()
        for query in queries:
            grades = {each["case_id"]: each["grade"] for each in query["relevant"]}
            start = time.perf_counter()
            found = ask(query["query"])
            times.append((time.perf_counter() - start) * 1000)
            if grades:
                scores.append(quality(found, grades))
            else:
                nothing.append(not found)
        used = (time.process_time() - used) * 1000 / len(queries)
        mrr, ndcg, hit = (statistics.fmean(column) for column in zip(*scores, strict=True))
        note = f"{len(scores)} queries with an answer"
        rows += [
            _row(f"{way}: nDCG@10", ndcg, "", f"{note}; bar 0.75"),
            _row(f"{way}: MRR", mrr, "", "bar 0.85"),
            _row(f"{way}: hit@5", hit, "", "bar 0.96"),
            _row(f"{way}: nothing where nothing is", sum(nothing), f"of {len(nothing)}", "bar: all"),
            _row(
                f"{way}: a question",
                statistics.median(times),
                "ms",
                f"slowest {max(times):.0f}; {used:.1f} of the processor; bar 50",
            ),
        ]
    return rows
