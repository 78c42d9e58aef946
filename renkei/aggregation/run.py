"""The command ``renkei aggregate`` as one function: plan, sum part by part, check, write."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from tqdm import tqdm

from geo.boundaries import edition
from geo.data_folder import write_atomic
from geo.errors import DataError, RenkeiError
from renkei import __version__
from renkei.aggregation.areas import areas
from renkei.aggregation.dask_engine import sum_on_dask
from renkei.aggregation.grouped_sums import GroupedSums
from renkei.aggregation.input_files import check_unchanged, find_files
from renkei.aggregation.local_engine import sum_locally
from renkei.aggregation.partial_folder import PartialFolder
from renkei.aggregation.parts import plan
from renkei.aggregation.place_rows import REASONS
from renkei.aggregation.result import outcome
from renkei.exchange.escaping import spreadsheet_cell, terminal_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from renkei.aggregation.input_files import InputFile
    from renkei.aggregation.parts import Part
    from renkei.aggregation.request import Request, Work
    from renkei.aggregation.result import Balance, Outcome
    from renkei.atlas import Atlas


class Report(NamedTuple):
    """What was done: the outcome, the files read, the parts taken from an earlier run, the file of bad rows, time."""

    outcome: Outcome
    files: tuple[InputFile, ...]
    parts: int
    resumed: int
    bad_file: Path | None
    seconds: float

    @property
    def bad(self) -> int:
        """How many rows are bad."""
        return sum(self.outcome.bad.values())

    def text(self) -> str:
        """Return the report in lines of Japanese."""
        rows, *values = self.outcome.balances
        again = f"（うち {self.resumed} 個は前回の続き）" if self.resumed else ""
        reasons = "、".join(f"{REASONS[reason]} {count:,}" for reason, count in self.outcome.bad.items())
        lines = [
            f"入力　：{_shown(rows.given)} 行（{len(self.files)} ファイル、{self.parts} 個に分けて{again}）",
            f"集計　：{_shown(rows.placed)} 行（{self.outcome.municipalities:,} 市区町村）",
            f"域外　：{_shown(rows.outside)} 行（海上・国外など）",
            f"不良　：{_shown(rows.bad)} 行" + (f"（{reasons}）→ {self.bad_file}" if self.bad_file else ""),
            *(f"合計　：{_equation(each)}" for each in values),
            "検算　：集計＋域外＋不良＝入力（行数と、合計したすべての列で一致）",
            f"時間　：{self.seconds:,.1f} 秒（{float(rows.given) / max(self.seconds, 1e-9):,.0f} 行／秒）",
        ]
        return terminal_text("\n".join(lines))


def _equation(each: Balance) -> str:
    terms = "＋".join(_shown(value) for value in (each.placed, each.outside, each.bad))
    return f"{each.name} {_shown(each.given)} ＝ {terms}"


def _shown(value: Any) -> str:
    return f"{int(value):,}" if value.denominator == 1 else f"{float(value):,.6g}"


def aggregate(atlas: Atlas, request: Request, work: Work, client: Any = None) -> Report:
    """Sum rows by area and write the table, the bad rows beside it, and a manifest.

    Parameters
    ----------
    atlas
        Where the areas come from.
    request
        What is summed.
    work
        Inputs, output and how the work is done.
    client
        A ``distributed.Client``, for ``work.engine == "dask"``.

    Returns
    -------
    Report
        With the table and the balances.

    Raises
    ------
    DataError
        When an input is damaged, lacks a column, or changes meanwhile: then there is no output, and no partial
        results stay. After a kill they stay, in a hidden folder beside the output, and the same command takes them up.
    """
    start = time.monotonic()
    files = find_files(work.inputs)
    _check_output(files, work.output)
    parts = plan(files, request, work.part_rows)
    mark = f"{__version__} {edition().sha256}"
    keys = [part.key(request, mark) for part in parts]
    folder = PartialFolder(work.output)
    done = folder.begin(keys)
    try:
        _sum_parts(parts, keys, done, request, work, folder, client)
        for file in files:
            check_unchanged(file)
        merged = _merged(keys, folder, 1 + len(request.sums))
        found = outcome(merged, request, areas(atlas, work.by), "id" if work.by in {"bloc", "network"} else "code")
        bad_file = _write_bad(keys, folder, work.output, sum(found.bad.values()))
        report = Report(found, tuple(files), len(parts), len(done), bad_file, time.monotonic() - start)
        _write(report, request, work)
    except RenkeiError:
        folder.remove()
        raise
    except OSError as error:
        msg = f"{work.output.parent} に書けません（{error.strerror}）。書き込める場所を指定してください。"
        raise DataError(msg) from error
    folder.remove()
    return report


def _check_output(files: Sequence[InputFile], output: Path) -> None:
    if any(os.path.abspath(file.path) == os.path.abspath(output) for file in files):  # noqa: PTH100 - links stay links
        msg = f"書き出し先 {output} は入力の1つです。別の名前にしてください。"
        raise DataError(msg)


def _sum_parts(
    parts: Sequence[Part],
    keys: Sequence[str],
    done: set[str],
    request: Request,
    work: Work,
    folder: PartialFolder,
    client: Any,
) -> None:
    key_of = dict(zip(parts, keys, strict=True))
    todo = [part for part in parts if key_of[part] not in done]
    # disable=None: no bar where stderr is no terminal.
    bar = tqdm(
        total=sum(part.size for part in parts),
        unit="B",
        unit_scale=True,
        file=sys.stderr,
        leave=False,
        disable=True if work.quiet else None,
    )
    with bar:
        bar.update(sum(part.size for part in parts if key_of[part] in done))
        if not todo:
            return
        results = (
            sum_on_dask(todo, request, work, client) if work.engine == "dask" else sum_locally(todo, request, work)
        )
        for part, result in results:
            folder.save(key_of[part], result)
            bar.update(part.size)


def _merged(keys: Sequence[str], folder: PartialFolder, measures: int) -> GroupedSums:
    merged = GroupedSums(measures)
    for key in keys:
        merged.merge(folder.sums(key))
    return merged


def _write_bad(keys: Sequence[str], folder: PartialFolder, output: Path, count: int) -> Path | None:
    path = output.with_name(f"{output.stem}.bad.csv")
    if not count:
        path.unlink(missing_ok=True)
        return None
    staged = folder.path / "bad.csv"
    with staged.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        for number, key in enumerate(keys):
            table = folder.bad(key)
            if number == 0:
                writer.writerow(
                    ["file", "row", "reason", *(name.removeprefix("column:") for name in table.column_names[3:])]
                )
            for batch in table.to_batches():
                for file, row, reason, *cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    writer.writerow([spreadsheet_cell(file), row, REASONS[reason], *map(spreadsheet_cell, cells)])
    staged.replace(path)
    return path


def _write(report: Report, request: Request, work: Work) -> None:
    content = _parquet(report.outcome.table) if work.output.suffix == ".parquet" else _csv(report.outcome.table)
    manifest = json.dumps(_manifest(report, request, work, content), ensure_ascii=False, indent=1)
    write_atomic(work.output, content)
    write_atomic(work.output.with_name(f"{work.output.name}.json"), f"{manifest}\n".encode())


def _parquet(table: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(), buffer)
    return buffer.getvalue()


def _csv(table: pd.DataFrame) -> bytes:
    texts = table.select_dtypes(["str"]).columns
    safe = table.assign(**{name: table[name].map(spreadsheet_cell) for name in texts})
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _manifest(report: Report, request: Request, work: Work, content: bytes) -> dict[str, Any]:
    return {
        "table": work.output.name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "rows": len(report.outcome.table),
        "by": work.by,
        "request": request.as_record(),
        "inputs": [{"name": file.name, "bytes": file.size, "stamp": file.stamp} for file in report.files],
        "balance": [_balance(each) for each in report.outcome.balances],
        "bad_rows": report.outcome.bad,
        "rule": _rule(request),
        "boundaries": edition()._asdict(),
        "made_by": f"renkei {__version__}",
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _balance(each: Balance) -> dict[str, Any]:
    """Return a balance as JSON numbers; it was checked on the exact ones."""
    parts = {"given": each.given, "placed": each.placed, "outside": each.outside, "bad": each.bad}
    return {
        "name": each.name,
        **{key: int(value) if value.denominator == 1 else float(value) for key, value in parts.items()},
        "even": each.even,
    }


def _rule(request: Request) -> str:
    if request.x:
        near = f"域外の点は {request.nearest_within:,.0f} m 以内の最も近い市区町村。" if request.nearest_within else ""
        return f"点を含む市区町村（境界上は番号の小さい方、海岸線上は内側）。{near}"
    if request.mesh and request.rule == "centre":
        return "メッシュの中心点を含む市区町村。"
    if request.mesh:
        return "メッシュの値を、陸地の面積の割合（100万分の1単位）で按分。整数の列は最大剰余法で整数に戻す。"
    return "コードの市区町村（区は市へ、廃止された市区町村は今の市区町村へ）。"
