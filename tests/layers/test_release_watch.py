"""What is to be renewed is named: a preliminary figure always, a newer edition when it is out or due."""

from __future__ import annotations

from datetime import date

import orjson
import pytest

from geo.data_folder import data_path
from layers.catalog import indicator
from layers.release_watch import awaited
from layers.tables import Tables
from layers.user_folder import UserFolder
from tests.shared_atlas import TABLES


def with_preliminary(folder, identifier, when, published):
    """Lay a preliminary figure over the shipped ones, as ``renkei data update`` would write it."""
    package = orjson.loads(data_path("indicators", "datapackage.json").read_bytes())
    entry = next(each for each in package["indicators"] if each["id"] == identifier)
    entry |= {"dates": [when], "flags": {when: "preliminary"}, "published": {when: published}, "natural_breaks": {}}
    table = entry["table"].removesuffix(".parquet")
    about = {"retrieved": published, "indicators": [entry]}
    UserFolder(folder).write({f"indicators/renewed/{table}.json": orjson.dumps(about)})
    return Tables.open(folder)


def test_nothing_shipped_is_preliminary():
    assert not [each for each in awaited(TABLES) if each.reason == "preliminary"]


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2026, 7, 31), []), (date(2026, 9, 1), ["register"]), (date(2026, 8, 31), ["register"])],
)
def test_a_newer_edition_is_told_of_when_it_is_due(today, expected):
    found = [each for each in awaited(TABLES, today) if each.reason == "older"]
    assert [each.source for each in found] == expected
    assert all("例年なら 2026-08 ごろ" in each.sentence() for each in found)


def test_a_preliminary_figure_without_a_known_release_is_named_too(tmp_path):
    tables = with_preliminary(tmp_path, "projected_population", "2055", "2026-11-01")
    (found,) = [each for each in awaited(tables) if each.reason == "preliminary"]
    assert (found.date, found.state) == ("2055", "unknown")
    assert "速報値です" in found.sentence()
    assert "登録されていません" in found.sentence()


def test_a_preliminary_figure_never_hides_the_final_one_that_an_upgrade_brought(tmp_path):
    tables = with_preliminary(tmp_path, "census_population", "2025-10-01", "2026-12-01")
    assert indicator(tables, "census_population").flag("2025-10-01") == ""
    assert not indicator(tables, "census_population").renewed


def test_data_status_says_it(capsys):
    from renkei.cli import main  # noqa: PLC0415

    assert main(["data", "status"]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("更新：")]
    assert len(told) == len(awaited(TABLES))
    assert all("renkei data update" in line for line in told)
