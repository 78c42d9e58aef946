"""Every damage to a file in use is found and told in one sentence; nothing damaged is served in silence."""

from __future__ import annotations

import json
import shutil

import pytest

from geo.data_folder import data_path
from geo.errors import DataError
from layers.integrity import damages
from layers.networks import networks
from layers.partnerships import partnerships
from layers.register_additions import take_up
from layers.table_status import table_status
from layers.tables import Tables
from layers.user_folder import UserFolder
from tests.shared_atlas import TABLES


@pytest.fixture
def shipped(tmp_path):
    """A copy of the shipped tables that a test may damage."""
    return shutil.copytree(data_path(), tmp_path / "data")


def harm_cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def harm_digit(path):
    path.write_bytes(path.read_bytes().replace(b"1981", b"1891", 1))


def harm_gone(path):
    path.unlink()


def harm_empty(path):
    path.write_bytes(b"")


def test_what_is_shipped_is_sound_and_every_file_is_stated():
    assert damages(TABLES) == []
    assert all(each["checksum_ok"] for each in table_status(TABLES))


@pytest.mark.parametrize("harm", [harm_cut, harm_digit, harm_gone, harm_empty])
@pytest.mark.parametrize("name", ["cases/partnerships.csv", "cases/completeness.csv", "indicators/census.parquet"])
def test_a_damaged_file_is_told_by_name(shipped, harm, name):
    if harm is harm_digit and name != "cases/partnerships.csv":
        pytest.skip("nothing of that year in it")
    harm(shipped / name)
    tables = Tables(shipped)
    (damage,) = damages(tables)
    assert damage.name == name
    assert str(shipped / name) in damage.message
    assert "インストールし直し" in damage.message
    entry = next(each for each in table_status(tables) if each["table"] == name)
    assert entry["checksum_ok"] is False


@pytest.mark.parametrize("harm", [harm_cut, harm_digit, harm_gone, harm_empty])
def test_a_damaged_table_is_never_served(shipped, harm):
    harm(shipped / "cases" / "partnerships.csv")
    with pytest.raises(DataError):
        partnerships(Tables(shipped))


@pytest.mark.parametrize("folder", ["cases", "gazetteer", "boundaries", "indicators"])
def test_a_folder_whose_statement_is_gone_or_broken_is_told(shipped, folder):
    for name in ("SOURCE.json", "datapackage.json"):
        (shipped / folder / name).unlink(missing_ok=True)
    (damage,) = damages(Tables(shipped))
    assert damage.name == folder
    for content in (b"{", b"[]", b"null", b'{"tables":[1]}', b'{"tables":[{"file":"x"}]}', b"\xff"):
        (shipped / folder / "SOURCE.json").write_bytes(content)
        (damage,) = damages(Tables(shipped))
        assert damage.name == folder
        table_status(Tables(shipped))


def test_a_statement_that_leaves_a_file_out_is_told(shipped):
    path = shipped / "cases" / "SOURCE.json"
    about = json.loads(path.read_bytes())
    about["tables"] = [each for each in about["tables"] if each["file"] != "networks.csv"]
    path.write_text(json.dumps(about), encoding="utf-8")
    (damage,) = damages(Tables(shipped))
    assert damage.name == "cases/networks.csv"


def test_damage_of_the_users_folder_is_told_and_never_served(tmp_path):
    folder = UserFolder(tmp_path / "own")
    row = {
        "分類": "連携",
        "自治体": "東京都府中市",
        "相手・構成自治体": "長野県佐久穂町",
        "種類": "姉妹都市",
        "根拠のURL": "https://a.jp/x",
    }
    take_up(folder, [(2, row)], "2026-11-26")
    path = folder.path / folder.entries()[0].file
    path.write_bytes(path.read_bytes().replace("姉妹都市".encode(), "友好都市".encode()))
    tables = Tables.open(folder.path)
    (damage,) = damages(tables)
    assert damage.name == "cases/register_log.csv"
    assert "register correct" in damage.message
    with pytest.raises(DataError, match="書いたとき"):
        partnerships(tables)
    with pytest.raises(DataError):
        networks(tables)
    own = [each for each in table_status(tables) if each["layer"] == "own"]
    assert [(each["table"], each["rows"], each["checksum_ok"]) for each in own] == [
        ("cases/register_log.csv", 1, False)
    ]
