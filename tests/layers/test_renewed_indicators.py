"""Renewed figures lie over the shipped ones date by date, and outlive an upgrade, a downgrade and a move."""

from __future__ import annotations

import shutil

import numpy as np
import orjson
import pytest

from geo.data_folder import data_path
from layers.catalog import indicator, values
from layers.renewed_indicators import merged, renewed_tables
from layers.tables import Tables
from layers.user_folder import UserFolder
from renkei.atlas import Atlas
from renkei.official.sources import source
from renkei.official.update import Fetching, prepare, write
from tests.official import official_forms as forms
from tests.shared_atlas import TABLES


def entry(dates, published, **more):
    """One entry of the catalog, as the data package holds it."""
    return {
        "id": "a",
        "dates": list(dates),
        "published": dict(zip(dates, published, strict=True)),
        "flags": dict.fromkeys(dates, ""),
        "natural_breaks": {date: [float(date)] for date in dates},
        "coverage": 1,
        "derived": False,
        "rule": None,
        "source": "shipped",
        **more,
    }


@pytest.mark.parametrize(
    ("shipped", "renewed", "dates", "from_user"),
    [
        (entry(["2020"], ["2021"]), entry(["2025"], ["2026"]), ["2020", "2025"], ["2025"]),
        (entry(["2020", "2025"], ["2021", "2026"]), entry(["2020"], ["2021"]), ["2020", "2025"], ["2020"]),
        # An upgrade brings a later edition of what the user had renewed.
        (entry(["2025"], ["2026-09"]), entry(["2025"], ["2026-05"]), ["2025"], []),
        (entry(["2025"], ["2026"]), entry(["2025"], ["2027"], flags={"2025": "preliminary"}), ["2025"], []),
        (entry(["2025"], ["2026"], flags={"2025": "preliminary"}), entry(["2025"], ["2027"]), ["2025"], ["2025"]),
    ],
)
def test_what_was_published_later_stands(shipped, renewed, dates, from_user):
    (found,) = merged([shipped], [renewed | {"source": "renewed"}])
    assert found["dates"] == dates
    assert found.get("renewed", []) == from_user
    assert found["source"] == ("renewed" if dates[-1] in from_user else "shipped")
    assert all(found["natural_breaks"][date] == [float(date)] for date in dates)


def renew_areas(folder, tmp_path, extra):
    path = tmp_path / "R8_04_mencho.csv"
    path.write_bytes(forms.land_area(extra=extra))
    atlas = Atlas.open(folder)
    write(atlas, prepare(atlas, source("area"), Fetching(given=(path,), cache=tmp_path / "cache"), ""))


def test_renewed_areas_outlive_an_upgrade_a_downgrade_and_a_move(tmp_path):
    own = tmp_path / "own"
    renew_areas(own, tmp_path, 1)
    tables = Tables.open(own)
    assert renewed_tables(tables) == ("area",)
    assert indicator(tables, "official_area").dates == ("2025-10-01", "2026-04-01")
    newest = values(tables, "official_area")
    assert newest["01202"] == pytest.approx(677.87 + 1)
    assert values(tables, "official_area", "2025-10-01").equals(values(TABLES, "official_area"))
    # The shipped tables of another version: without the table, and with a later edition of it.
    other = tmp_path / "other"
    shutil.copytree(data_path(), other)
    package = orjson.loads((other / "indicators" / "datapackage.json").read_bytes())
    package["indicators"] = [each for each in package["indicators"] if each["id"] != "official_area"]
    (other / "indicators" / "datapackage.json").write_bytes(orjson.dumps(package))
    older = Tables(other, UserFolder(own))
    assert values(older, "official_area").equals(newest)
    own.rename(tmp_path / "moved")
    assert values(Tables.open(tmp_path / "moved"), "official_area").equals(newest)


def test_the_same_snapshot_never_changes_and_two_updates_add_up(tmp_path):
    own = tmp_path / "own"
    before = Tables.open(own)
    renew_areas(own, tmp_path, 1)
    renew_areas(own, tmp_path, 2)
    assert indicator(before, "official_area").dates == ("2025-10-01",)
    assert not before.is_current
    assert values(Tables.open(own), "official_area", "2026-04-01")["01202"] == pytest.approx(677.87 + 2)


def test_rates_follow_what_was_renewed(tmp_path):
    path = tmp_path / "c.xlsx"
    path.write_bytes(forms.co2())
    atlas = Atlas.open(tmp_path / "own")
    write(atlas, prepare(atlas, source("co2"), Fetching(given=(path,), cache=tmp_path / "cache"), ""))
    tables = Tables.open(tmp_path / "own")
    per_person = values(tables, "co2_total_per_person")
    people = values(tables, "census_population", "2020-10-01")
    assert per_person["13112"] == pytest.approx(55_000 / people["13112"])
    assert np.isnan(per_person["07546"])  # 双葉町 had no inhabitants
    chosen = indicator(tables, "co2_total_per_person")
    assert (chosen.coverage, len(chosen.breaks("FY2023")) > 2) == (1740, True)
    assert chosen.group == "decarbonization"
    ids = [each.id for each in Atlas.open(tmp_path / "own").indicators()]
    assert ids.index("co2_total") < ids.index("dx_cio")
