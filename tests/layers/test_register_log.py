"""The log laid over the shipped tables: what is added, corrected, ended, retracted, and taken back."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.data_folder import data_path
from layers.blocs import blocs
from layers.evidence import pages
from layers.networks import networks
from layers.partnerships import partnerships
from layers.register_additions import read_additions, take_up
from layers.register_check import check_register
from layers.register_log import NAME, append, entries
from layers.tables import Tables
from layers.user_folder import UserFolder
from tests.shared_atlas import TABLES

TIE = {
    "分類": "連携",
    "自治体": "東京都府中市",
    "相手・構成自治体": "長野県佐久穂町",
    "種類": "姉妹都市",
    "開始日": "明治38年",
    "根拠のURL": "https://www.example.jp/a.html",
}
NETWORK = {
    "分類": "ネットワーク",
    "自治体": "神奈川県相模原市",
    "相手・構成自治体": "北海道大樹町、岩手県、秋田県能代市",
    "名称": "試験ネットワーク",
    "種類": "首長会・協議会",
    "根拠のURL": "https://www.example.jp/n.html",
}
CORRECT = {
    "操作": "訂正",
    "番号": "tie-020",
    "理由": "協定書による",
    "根拠のURL": "https://www.example.jp/c.html",
}
TODAY = "2026-11-26"


@pytest.fixture
def folder(tmp_path):
    return UserFolder(tmp_path / "own")


def take(folder, *filled):
    done = take_up(folder, list(enumerate(filled, 2)), TODAY)
    return Tables.open(folder.path), [each.outcome for each in done], done


def tie(tables, identifier):
    frame = partnerships(tables)
    return frame[frame["id"].eq(identifier)].iloc[0]


def test_what_is_added_is_there_with_its_page_and_passes_the_check(folder):
    tables, outcomes, _ = take(folder, TIE, NETWORK)
    assert outcomes == ["new", "new"]
    assert tie(tables, "added-0001")[["from_code", "to_code", "since", "family", "tier"]].tolist() == [
        "13206", "20309", "1905", "sister", "official",
    ]  # fmt: skip
    network = networks(tables).set_index("id").loc["added-0002"]
    assert network["member_codes"] == ("14150", "01641", "05202")
    assert network["prefecture_members"] == ("03000",)
    assert not [each for each in check_register(tables) if each.level == "error"]
    assert take(folder, TIE, NETWORK)[1] == ["known", "known"]


def test_a_correction_keeps_what_was_and_says_so(folder):
    before = tie(TABLES, "tie-020")
    tables, outcomes, _ = take(folder, CORRECT | {"開始日": "2013-04", "テーマ": "防災", "備考": "再締結"})
    after = tie(tables, "tie-020")
    assert outcomes == ["changed"]
    assert (after["since"], after["themes"], after["note"]) == ("2013-04", ("防災",), "再締結")
    assert after["changes"].startswith(f"{TODAY} 訂正：開始日 {before['since'] or 'なし'} → 2013-04")
    assert "協定書による" in after["changes"]
    assert "https://www.example.jp/c.html" in after["urls"]
    assert tie(TABLES, "tie-020")["since"] == before["since"]


def test_a_correction_of_the_partner_and_of_members(folder):
    tables, _, done = take(
        folder,
        CORRECT | {"相手・構成自治体": "沖縄県那覇市"},
        CORRECT
        | {"番号": "network-c02", "自治体": "神奈川県相模原市", "相手・構成自治体": "北海道大樹町、秋田県能代市"},
    )
    assert tie(tables, "tie-020")["to_code"] == "47201"
    network = networks(tables).set_index("id").loc["network-c02"]
    assert network["member_codes"] == ("14150", "01641", "05202")
    assert "構成自治体" in network["changes"]
    assert all(each.outcome == "changed" for each in done)


def test_an_end_with_and_without_a_day(folder):
    end = CORRECT | {"操作": "終了"}
    tables, outcomes, _ = take(folder, end | {"終了日": "2020-03-31"}, end | {"番号": "network-001"})
    assert outcomes == ["changed", "changed"]
    assert tie(tables, "tie-020")[["until", "standing"]].tolist() == ["2020-03-31", "ended"]
    assert networks(tables).set_index("id").loc["network-001", ["until", "standing"]].tolist() == ["", "ended"]
    assert "終了" in tie(tables, "tie-020")["changes"]


def test_a_bloc_ends_on_a_day(folder):
    end = CORRECT | {"操作": "終了", "番号": "self-reliant-001"}
    assert take(folder, end)[1] == ["rejected"]
    tables, outcomes, _ = take(folder, end | {"終了日": "令和4年3月"})
    assert outcomes == ["changed"]
    assert blocs(tables).set_index("id").loc["self-reliant-001", "until"] == "2022-03"


def test_what_is_retracted_is_gone_and_comes_back_when_that_is_taken_back(folder):
    tables, outcomes, _ = take(folder, CORRECT | {"操作": "取り消し"})
    assert outcomes == ["changed"]
    assert "tie-020" not in set(partnerships(tables)["id"])
    assert "tie-020" not in set(pages(tables)["fact_id"])
    assert not [each for each in check_register(tables) if each.level == "error"]
    tables, outcomes, _ = take(folder, {"操作": "取り消し", "番号": "log-0001", "理由": "間違えた"})
    assert outcomes == ["changed"]
    assert tie(tables, "tie-020")["changes"] == ""
    assert list(entries(tables)["in_force"]) == [False, True]
    # and the taking back can itself be taken back
    tables, _, _ = take(folder, {"操作": "取り消し", "番号": "log-0002", "理由": "やはり"})
    assert "tie-020" not in set(partnerships(tables)["id"])


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (CORRECT | {"番号": "nope"}, "番号"),
        (CORRECT | {"操作": "消す"}, "操作"),
        (CORRECT | {"理由": ""}, "理由"),
        (CORRECT | {"理由": "山田太郎さんによる"}, "個人"),
        (CORRECT, "訂正する欄"),
        (CORRECT | {"開始日": "2013-04", "根拠のURL": ""}, "根拠のURL"),
        (CORRECT | {"開始日": "2013-02-30"}, "という日はありません"),
        (CORRECT | {"種類": "-"}, "空にできません"),
        (CORRECT | {"相手・構成自治体": "府中市"}, "決まりません"),
        (CORRECT | {"操作": "終了", "終了日": "1900"}, "前です"),
        ({"操作": "取り消し", "番号": "log-0001", "理由": "x"}, "番号"),
    ],
)
def test_a_change_that_cannot_be_says_why(folder, row, why):
    _, outcomes, (done,) = take(folder, row)
    assert outcomes == ["rejected"]
    assert why in done.message
    assert folder.names() == ()


def test_ids_go_on_after_a_retraction(folder):
    take(folder, TIE)
    take(folder, CORRECT | {"番号": "added-0001", "操作": "取り消し"})
    _, _, (done,) = take(folder, TIE)
    assert (done.outcome, done.cells["fact_id"]) == ("new", "added-0002")


def test_what_earlier_versions_wrote_into_the_package_is_still_read(tmp_path):
    shipped = tmp_path / "data"
    shipped.mkdir()
    for path in data_path().iterdir():
        (shipped / path.name).symlink_to(path)
    (shipped / "cases").unlink()
    (shipped / "cases").mkdir()
    for path in data_path("cases").iterdir():
        (shipped / "cases" / path.name).symlink_to(path)
    (shipped / "cases" / "additions.csv").write_text(
        "fact_id,table,from_code,to_code,member_codes,name,kind,since,until,programme,themes,url,tier,stated_on,note\n"
        "added-0001,partnerships,13206,20309,,,姉妹都市,1985,,register-ties,観光,https://a.jp/x,official,,\n",
        encoding="utf-8",
    )
    folder = UserFolder(tmp_path / "own")
    tables = Tables(shipped, folder)
    assert tie(tables, "added-0001")["since"] == "1985"
    assert read_additions(tables, [(2, TIE | {"種類": "縁組協定"})])[0].cells["fact_id"] == "added-0001"


def test_an_older_version_keeps_what_a_newer_one_wrote(folder):
    text = io.StringIO()
    writer = csv.DictWriter(text, ["entry", "action", "table", "fact_id", "mood"], lineterminator="\n")
    writer.writeheader()
    writer.writerow(
        {"entry": "log-0001", "action": "bless", "table": "partnerships", "fact_id": "tie-020", "mood": "glad"}
    )
    folder.write({NAME: text.getvalue().encode()})
    tables, outcomes, _ = take(folder, TIE)
    assert outcomes == ["new"]
    held = list(csv.DictReader(io.StringIO(folder.read(NAME).decode())))
    assert (held[0]["mood"], held[0]["action"], held[1]["entry"]) == ("glad", "bless", "log-0002")
    assert "tie-020" in set(partnerships(tables)["id"])


def test_the_log_only_grows(folder):
    take(folder, TIE)
    before = folder.read(NAME)
    take(folder, CORRECT | {"番号": "added-0001", "操作": "取り消し"})
    assert folder.read(NAME).startswith(before)


dates = st.dates(max_value=date(2026, 1, 1)).map(str) | st.sampled_from(["1905", "0000", "-", ""])


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["訂正", "終了", "取り消し", ""]),
            st.sampled_from(["tie-020", "network-c02", "added-0001", "log-0001", "log-0002", "core-city-001"]),
            dates,
        ),
        min_size=2,
        max_size=4,
    )
)
@settings(max_examples=6, deadline=None)
def test_any_row_of_operations_leaves_a_register_that_passes_its_check(tmp_path_factory, operations):
    folder = UserFolder(tmp_path_factory.mktemp("own"))
    for operation, identifier, day in operations:
        row = (TIE if not operation else CORRECT) | {
            "操作": operation,
            "番号": identifier,
            "開始日": day,
            "終了日": day,
        }
        take_up(folder, [(2, row)], TODAY)
    tables = Tables.open(folder.path)
    assert not [each for each in check_register(tables) if each.level == "error"]
    assert folder.damages() == []


def test_the_lock_is_held_from_reading_to_writing(folder):
    with folder.locked():
        append(folder, [], TODAY)  # the same process may write within
    assert entries(Tables.open(folder.path)).empty
