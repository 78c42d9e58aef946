"""The same answers from a real cluster of processes, with one worker killed in the middle."""

from __future__ import annotations

import os
import signal
import warnings

import pandas as pd
import pytest

from geo.errors import DataError
from renkei.aggregation import run
from renkei.aggregation.dask_engine import PATIENT, sum_on_dask
from renkei.aggregation.request import Request

dask = pytest.importorskip("dask", reason="dask が入っていません（renkei[scale]）")
distributed = pytest.importorskip("distributed", reason="dask が入っていません（renkei[scale]）")

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")]


@pytest.fixture(scope="module")
def client():
    with (
        warnings.catch_warnings(action="ignore"),
        dask.config.set(PATIENT),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0"
        ) as cluster,
        distributed.Client(cluster) as connected,
    ):
        yield connected


def test_a_worker_killed_in_the_middle_changes_nothing(client, people, by_point, total, tmp_path, monkeypatch):
    people(12_000, seed=3).to_parquet(tmp_path / "in.parquet", row_group_size=500)
    total(tmp_path / "in.parquet", by_point, output=tmp_path / "local.parquet")
    before = set(client.run(os.getpid).values())
    victim = min(before)
    seen = []

    def deadly(parts, *others):
        for part, result in sum_on_dask(parts, *others):
            seen.append(part)
            if len(seen) == 3:
                os.kill(victim, signal.SIGKILL)
            yield part, result

    monkeypatch.setattr(run, "sum_on_dask", deadly)
    report = total(tmp_path / "in.parquet", by_point, client, engine="dask", part_rows=500)
    assert report.parts == len(seen) == len(set(seen)) == 24
    assert (tmp_path / "out.parquet").read_bytes() == (tmp_path / "local.parquet").read_bytes()
    client.wait_for_workers(2, timeout=120)
    assert victim not in set(client.run(os.getpid).values())


def test_meshes_and_addresses_of_a_store_give_the_same(client, total, tmp_path):
    lines = ["m,n", *(f"{53394500 + number % 70},{number}" for number in range(2_000))]
    (tmp_path / "in.csv").write_text("\n".join(lines), encoding="utf-8")
    request = Request(mesh="m", sums=("n",))
    local = total(tmp_path / "in.csv", request).outcome
    address = (tmp_path / "in.csv").as_uri()
    far = total(address, request, client, output=tmp_path / "far.parquet", engine="dask").outcome
    pd.testing.assert_frame_equal(far.table, local.table, check_exact=True)
    assert far.balances == local.balances


def test_errors_of_a_worker_come_back_as_they_are(client, people, by_point, total, tmp_path):
    people(1_000).rename(columns={"lon": "lat", "lat": "lon"}).to_parquet(tmp_path / "in.parquet")
    with pytest.raises(DataError, match=r"in\.parquet の行グループ 0：経度と緯度が逆"):
        total(tmp_path / "in.parquet", by_point, client, engine="dask")
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


def test_a_scheduler_that_does_not_answer_is_named(people, by_point, total, tmp_path, monkeypatch):
    monkeypatch.setattr("renkei.aggregation.dask_engine.PATIENCE", "300ms")
    people(10).to_parquet(tmp_path / "in.parquet")
    with pytest.raises(DataError, match=r"tcp://127\.0\.0\.1:9 に繋がりません"):
        total(tmp_path / "in.parquet", by_point, engine="dask", scheduler="tcp://127.0.0.1:9")
