"""200 real rows of the gathered tables: none that is true is refused, no wrong place is taken."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from geo.codes import PREFECTURES, prefecture_of
from geo.gazetteer import display_name, municipalities
from layers.register_additions import read_additions
from layers.register_rows import RowError, parties, plain
from layers.tables import rows as dicts
from tests.shared_atlas import ATLAS, TABLES

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"
SEED = 17


def gathered():
    """Rows of the template, and the codes that each must come to, made of the gathered tables as a person would."""
    found = []
    for name in ("ties_pairs.csv", "networks.csv"):
        path = REFERENCE / name
        if not path.is_file():
            pytest.skip("the gathered tables are not beside this checkout")
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                first, *others = row["names"].split("、")
                codes = row["member_codes"].split("、") if row["member_codes"] else [row["from_code"], row["to_code"]]
                cells = {
                    "分類": "ネットワーク" if row["member_codes"] else "連携",
                    "自治体": first,
                    "相手・構成自治体": "、".join(others),
                    "名称": row["name_of_network"],
                    "種類": row["kind"],
                    "開始日": row["since"],
                    "終了日": row["until"],
                    "テーマ": row["theme"],
                    "根拠のURL": row["url"],
                    "根拠の種類": row["evidence_kind"],
                    "ページの日付": row["page_date"],
                    "備考": row["note"].replace("山鹿氏", "山鹿市"),
                }
                found.append((cells, codes))
    return random.Random(SEED).sample(found, 200)


def codes_of(cells):
    return cells["member_codes"].split(";") if cells["member_codes"] else [cells["from_code"], cells["to_code"]]


def elsewhere(row, number):
    """The row with another page, name and kind, so that it is no fact that is held: its places are read anew."""
    return row | {"種類": "試しの協定", "名称": f"試し{number}", "根拠のURL": f"https://www.example.jp/{number}"}


def test_no_true_fact_of_200_is_refused():
    sample = gathered()
    found = read_additions(TABLES, [(number, row) for number, (row, _) in enumerate(sample)])
    assert [each.message for each in found if each.outcome == "rejected"] == []
    # All of them are held, merged from these very rows.
    assert {each.outcome for each in found} <= {"known", "confirmed", "contradicting"}


def test_no_wrong_place_of_200_is_taken():
    """A name without its prefecture, or under another one, comes to the right place or to none."""
    draw = random.Random(SEED)
    asked = []
    for row, codes in gathered():
        first = str(municipalities().at[codes[0], "name"])
        other = draw.choice([name for code, name in PREFECTURES.items() if code != prefecture_of(codes[0])])
        asked += [(row, codes[0], place) for place in (first, f"{other}{first}")]
    filled = [(number, elsewhere(row, number) | {"自治体": place}) for number, (row, _, place) in enumerate(asked)]
    found = read_additions(TABLES, filled)
    taken = [
        (place, right, codes_of(each.cells)[0])
        for (_, right, place), each in zip(asked, found, strict=True)
        if each.cells
    ]
    assert len(taken) > 100  # names that only one place has
    # The other prefecture may truly have a place of that name: then it is that place, as written.
    wrong = [(place, code) for place, right, code in taken if code != right and display_name(code) != place]
    assert wrong == []


@pytest.mark.parametrize(
    "place", ["府中市", "伊達市", "美里町", "池田町", "埼玉県府中市", "沖縄県札幌市", "東京都川崎市"]
)
def test_a_namesake_that_is_not_told_apart_or_contradicts_its_prefecture_is_refused(place):
    row = {"分類": "連携", "自治体": place, "相手・構成自治体": "長野県佐久穂町", "種類": "姉妹都市"}
    (found,) = read_additions(TABLES, [(2, row | {"根拠のURL": "https://a.jp/x"})])
    assert found.outcome == "rejected", found.message


def test_every_network_that_is_held_can_be_written_as_a_row():
    for row in dicts(ATLAS.networks()):
        members = [*row["prefecture_members"], *row["member_codes"]]
        names = [display_name(code) for code in members]
        codes, _, _ = parties({"自治体": names[0], "相手・構成自治体": "、".join(names[1:])})
        assert codes == members


@pytest.mark.parametrize("text", ["a\x00", "\x1b[0m", "\ud800", "x" * 201])
def test_what_no_name_holds_is_refused(text):
    with pytest.raises(RowError):
        plain({"名称": text}, "名称")


@pytest.mark.parametrize(("written", "read"), [("  銀河\u3000連邦\n", "銀河 連邦"), ("\u202e\u200b", ""), ("ガ", "ガ")])
def test_what_nobody_sees_is_taken_out(written, read):
    assert plain({"名称": written}, "名称") == read
