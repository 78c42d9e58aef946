"""The networks and ties that were gathered nationwide: counts, coverage, one fact once, no wrong place."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from geo.codes import PREFECTURES
from geo.gazetteer import display_name, municipalities
from layers.blocs import blocs
from layers.filters import Filters
from layers.networks import COMPLETE, MEMBERSHIPS, STANDINGS, memberships, networks
from layers.partnerships import partnerships
from layers.tie_kinds import COUNTED, FORMS
from tests.shared_atlas import ATLAS, TABLES

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"


def everything():
    ties = partnerships(TABLES)
    return [*ties.loc[ties["counted"], "themes"], *networks(TABLES)["themes"]]


def test_there_are_700_ties_and_networks_and_more():
    assert len(everything()) >= 700
    assert sum("脱炭素" in themes for themes in everything()) >= 60
    assert sum("DX" in themes for themes in everything()) >= 35


def test_78_percent_of_the_municipalities_are_named_member_by_member():
    ties, nets = partnerships(TABLES), networks(TABLES)
    named = {code for codes in nets.loc[nets["membership"].eq("listed"), "member_codes"] for code in codes}
    named |= {
        code for codes in blocs(TABLES).loc[blocs(TABLES)["membership"].eq("listed"), "member_codes"] for code in codes
    }
    named |= {*ties.loc[ties["counted"], "from_code"], *ties.loc[ties["counted"], "to_code"]}
    share = len(named & set(municipalities().index)) / len(municipalities())
    assert share >= 0.78, share


def test_each_network_has_three_parties_and_words_for_all_that_is_said_of_it():
    frame = networks(TABLES)
    assert frame["id"].is_unique
    assert set(frame["membership"]) == set(MEMBERSHIPS)
    assert set(frame["complete"]) == set(COMPLETE)
    assert set(frame["standing"]) == {*STANDINGS, ""}
    assert set(frame["form"]) <= set(FORMS)
    several = frame["member_codes"].map(len) + frame["prefecture_members"].map(len)
    # A story of 日本遺産 may lie in two municipalities.
    assert several[frame["programme"].ne("japan-heritage")].min() >= 3
    assert several.min() == 2
    assert all(len(set(codes)) == len(codes) for codes in frame["member_codes"])


def test_implied_members_say_so():
    frame = networks(TABLES).set_index("id")
    heritage = frame[frame["programme"].eq("japan-heritage")]
    assert len(heritage) == 70
    assert set(heritage["membership"]) == {"implied"}
    assert heritage["note"].str.contains("推定").all()


def test_all_municipalities_of_a_prefecture_can_be_members_with_the_prefecture():
    hokkaido = networks(TABLES).set_index("id").loc["network-040"]
    inside = municipalities().index[municipalities()["prefecture_code"].eq("01")]
    assert set(hokkaido["member_codes"]) == set(inside)
    assert (hokkaido["prefecture_members"], hokkaido["membership"]) == (("01000",), "whole_prefecture")


@pytest.mark.parametrize("name", ["駒澤首長会", "銀河連邦", "自治体スクラム支援"])
def test_networks_that_reach_over_the_country_are_held_as_one(name):
    found = networks(TABLES)[networks(TABLES)["name"].str.contains(name)]
    assert len(found) == 1
    assert found["prefecture_codes"].map(len).item() > 3


def test_an_association_told_as_pairs_is_one_network():
    assert "association" not in set(partnerships(TABLES)["family"])
    (mayors,) = networks(TABLES).loc[networks(TABLES)["id"].eq("network-m01"), "member_codes"]
    assert set(mayors) == {"31202", "31204", "32201", "32203", "32206"}


def test_taking_part_in_a_webinar_and_a_common_sender_are_no_ties():
    ties = partnerships(TABLES)
    assert set(ties.loc[~ties["counted"], "family"]) == {"forum", "person"}
    assert not {"forum", "person"} & set(COUNTED)


def test_sister_ties_no_longer_carry_a_theme_by_rule():
    sisters = partnerships(TABLES).query("family == 'sister' and document == ''")
    assert len(sisters) > 150
    assert set(sisters["themes"]) == {("移住定住・関係人口",)}
    assert set(sisters["themes_from"]) == {"kind"}


def test_one_row_a_membership():
    frame = networks(TABLES)
    every = memberships(frame)
    assert len(every) == sum(map(len, frame["member_codes"])) + sum(map(len, frame["prefecture_members"]))
    assert set(memberships(frame, ["13219"])["network_id"]) >= {"network-c01"}
    assert memberships(frame, ["20000"])["code"].unique().tolist() == ["20000"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"text": "銀河連邦"}, {"network-c02"}),
        ({"text": "相模原 災害対口"}, set()),
        ({"kinds": ["joint_office"], "prefectures": ["46"]}, {"network-187"}),
    ],
)
def test_networks_are_filtered_and_searched(filters, expected):
    assert set(Filters.from_values(TABLES, **filters).apply(TABLES, "networks")["id"]) == expected


def test_who_takes_part_in_a_network_is_found_by_its_text():
    assert "01641" in Filters.from_values(TABLES, text="銀河連邦").municipality_codes(TABLES)  # 大樹町


def rows(name):
    path = REFERENCE / name
    if not path.is_file():
        pytest.skip("the gathered tables are not beside this checkout")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_of_all_rows_gathered_none_is_lost_and_each_stands_at_the_place_that_it_names():
    ties = partnerships(TABLES).set_index("id")
    nets = networks(TABLES).set_index("id")
    told_again = {"pair-163": "tie-098", "pair-308": "tie-084"}
    for number, row in enumerate(rows("ties_pairs.csv"), 1):
        own = ties.loc[told_again.get(f"pair-{number:03}", f"pair-{number:03}")]
        assert "、".join((display_name(own["from_code"]), display_name(own["to_code"]))) == row["names"]
    for number, row in enumerate(rows("networks.csv"), 1):
        own = nets.loc[f"network-{number:03}"]
        assert "、".join(map(display_name, own["member_codes"])) == row["names"]
    for row in rows("japan_heritage_networks.csv"):
        if int(row["municipalities"]) > 1:
            own = nets.loc[f"heritage-{int(row['story']):03}"]
            assert ";".join(municipalities().loc[list(own["member_codes"]), "name"]) == row["names"]


def test_prefectures_named_in_a_note_are_members():
    sample = random.Random(17).sample(sorted(PREFECTURES), 5)
    frame = networks(TABLES)
    for code in sample:
        inside = frame[[f"{code}000" in members for members in frame["prefecture_members"]]]
        assert all(code in codes for codes in inside["prefecture_codes"])
    assert sum(map(bool, frame["prefecture_members"])) == 13


def test_what_ended_on_a_day_is_not_doubted():
    for frame in (ATLAS.ties(), ATLAS.networks()):
        assert set(frame.loc[frame["until"].ne(""), "standing"]) <= {"", "ended"}
    relief = ATLAS.ties().query("family == 'relief'")
    assert len(relief) == 15
    assert relief["until"].ne("").all()
