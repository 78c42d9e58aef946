"""Everything that was read out of the documents is there, with evidence, and nothing dangles."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from geo.codes import PREFECTURES
from geo.gazetteer import display_name, municipalities
from layers.blocs import blocs, other_members, schedule
from layers.cases import cases, figures
from layers.evidence import OWN, TIERS, documents, pages, programmes
from layers.networks import networks
from layers.partnerships import agreements, forum_participants, partnerships, unnamed_partners
from layers.survey import survey
from layers.themes import THEMES
from tests.shared_atlas import TABLES

SOURCES = Path(__file__).resolve().parents[3] / "shared" / "sources"
DATA = Path(__file__).resolve().parents[2] / "data"
THEME_NAMES = {theme.name for theme in THEMES}


def reports():
    return cases(TABLES)[cases(TABLES)["programme"] == "dispatch-r4"]


def test_dispatch_reports_are_all_there():
    frame = reports()
    assert len(frame) == 111
    assert frame["kind"].value_counts().to_dict() == {
        "各種専門人材": 55,
        "デジタル専門人材": 44,
        "グリーン専門人材": 12,
    }
    codes = [code for members in frame["member_codes"] for code in members]
    assert len(set(codes)) == 91
    assert len({code[:2] for code in codes}) == 35
    assert len(figures(TABLES)) == 493 + 2  # two were found later
    assert set(figures(TABLES)["case_id"]) <= set(frame["id"])


@pytest.mark.parametrize(("code", "count"), [("15224", 3), ("15581", 4), ("07212", 3)])
def test_municipalities_with_several_reports(code, count):
    assert sum(code in members for members in reports()["member_codes"]) == count


def test_senders_are_as_printed_or_empty():
    missing = reports()[reports()["organisation"] == ""]
    assert len(missing) == 7
    assert (reports().set_index("id").loc["dispatch-r4-008", ["organisation", "note"]] != ["", ""]).tolist() == [
        False,
        True,
    ]


def test_platforms_and_areas():
    frame = blocs(TABLES).set_index("id")
    platforms = frame[frame["programme"] == "living-area"]
    assert len(platforms) == 5
    assert sorted(map(len, platforms["member_codes"])) == [1, 2, 3, 4, 9]
    assert frame.loc["living-area-1", "member_codes"] == ("01207", "01631", "01643", "01637")
    assert [len(elements) for elements in platforms["elements"]] == [3, 3, 3, 3, 2]
    areas = frame[frame["programme"] == "gunma-cocreation"]
    assert len(areas) == 9
    members = [code for codes in areas["member_codes"] for code in codes]
    assert sorted(members) == list(municipalities().index[municipalities()["prefecture_code"] == "10"])
    assert set(areas["membership"]) == {"implied"}
    assert set(platforms["membership"]) == {"listed"}
    assert areas["since"].value_counts().to_dict() == {"2021": 3, "2022": 3, "2023": 3}
    assert set(platforms["since"]) == {""}  # months of a survey are no beginning
    assert set(schedule(TABLES)["bloc_id"]) == set(platforms.index)
    assert len(other_members(TABLES)) == 27


def test_setagaya_and_kawaba_one_by_one():
    frame = partnerships(TABLES)
    own = frame[(frame["from_code"] == "13112") & (frame["to_code"] == "10444")]
    since = dict(zip(own["kind"], own["since"], strict=True))
    assert since["縁組協定"] == "1981"
    assert since["相互補助協定（災害）"] == "1995"
    assert since["相互補助協定（災害）の再確認"] == "2011"
    assert since["施設（ふじやまビレッジ・なかのビレッジ）"] == "1986"
    assert since["木質バイオマスボイラー（川場村産チップ）"] == ""  # 2018 is the year of the bath
    assert set(own.loc[own["strength"] == "inferred", "kind"]) == {"木質バイオマスボイラー（川場村産チップ）"}


def test_forum():
    frame = forum_participants(TABLES)
    assert len(frame) == 24
    assert frame["kind"].value_counts().to_dict() == {
        "municipality": 15,
        "university": 7,
        "prefecture": 1,
        "special_ward": 1,
    }
    assert frame.loc[frame["name"] == "長野県", "code"].item() == "20000"
    assert frame["speaker"].sum() == 7
    assert frame["presenter"].sum() == 3
    ties = partnerships(TABLES)
    assert (ties["kind"] == "フォーラム参加").sum() == 16
    assert "20000" in set(ties["to_code"])
    assert (ties["programme"] == "setagaya-forum").sum() == 30


def test_other_relations():
    ties = partnerships(TABLES).set_index("id")
    assert ties.loc["dispatch-tie-01", ["from_code", "to_code"]].tolist() == ["15224", "15222"]
    shared = ties[ties.index.str.startswith("shared-expert")]
    assert len(shared) == 4
    assert set(shared["strength"]) == {"inferred"}
    assert len(agreements(TABLES)) == 13
    assert len(unnamed_partners(TABLES)) == 13


def test_gunma_ideas_and_projects():
    frame = cases(TABLES)[cases(TABLES)["programme"] == "gunma-cocreation"]
    assert frame["kind"].value_counts().to_dict() == {"プロジェクト": 9, "アイデア": 5, "県の取組": 1}
    assert (frame["prefecture_codes"].map(lambda codes: codes == ("10",))).all()


def test_survey_tables():
    frame = survey(TABLES)
    assert frame["table"].nunique() == 6
    assert frame.groupby("table").size().to_dict()["ネットワークへの期待（5=大～1=小）"] == 15 * 6
    assert frame["value"].isna().sum() == 10  # "not asked" is no zero


FACTS = {
    "cases": cases,
    "partnerships": partnerships,
    "blocs": blocs,
    "networks": networks,
    "agreements": agreements,
    "unnamed": unnamed_partners,
    "forum": forum_participants,
    "schedule": schedule,
    "others": other_members,
}


@pytest.mark.parametrize("table", FACTS)
def test_no_dangling_code_or_theme_and_every_row_has_evidence(table):
    frame = FACTS[table](TABLES)
    known = set(municipalities().index) | {f"{code}000" for code in PREFECTURES}
    for column in ("code", "from_code", "to_code"):
        if column in frame:
            assert set(frame[column]) - {""} <= known
    for column in ("member_codes", "prefecture_members"):
        for codes in frame.get(column, []):
            assert set(codes) <= known
    nameless = frame["note"].str.contains("名称だけ") if table == "cases" else [False] * len(frame)
    for themes, only_a_name in zip(frame.get("themes", []), nameless, strict=False):
        assert bool(themes) != only_a_name
        assert set(themes) <= THEME_NAMES
    if "programme" in frame:
        assert set(frame["programme"]) <= set(programmes(TABLES).index)
    assert frame["source"].ne("").all()
    pieces = pages(TABLES)[pages(TABLES)["fact_id"].isin(frame["id"])] if "urls" in frame else frame
    if "urls" in frame:
        assert set(pieces["fact_id"]) == set(frame["id"])
        assert frame["evidence"].ne("").all()
    for row in pieces.to_dict("records"):
        if row["document"]:
            assert re.fullmatch(r"\d+(-\d+)?(;\d+(-\d+)?)*", row["lines"])
            assert max(map(int, re.findall(r"\d+", row["lines"]))) <= documents(TABLES).loc[row["document"], "lines"]
        else:
            assert re.match(r"https?://[\w.-]+", row["url"])


def test_all_evidence_is_of_a_known_fact_and_tier():
    known = {*partnerships(TABLES)["id"], *blocs(TABLES)["id"], *networks(TABLES)["id"]}
    assert set(pages(TABLES)["fact_id"]) <= known
    assert set(pages(TABLES)["tier"]) == set(TIERS) - {OWN}


@pytest.mark.parametrize(
    ("programme", "areas", "municipality_count"),
    [
        ("core-city", 38, 364),
        # 483 are written down; 24 of them in rows from memory alone, which are no evidence.
        ("self-reliant", 111, 459),
    ],
)
def test_areas_of_the_register(programme, areas, municipality_count):
    frame = blocs(TABLES)[blocs(TABLES)["programme"] == programme]
    assert len(frame) == areas
    assert len({code for members in frame["member_codes"] for code in members}) == municipality_count
    assert frame["tier"].isin({"official", "secondary", "copy"}).all()


def test_municipalities_of_two_core_city_areas():
    frame = blocs(TABLES)[blocs(TABLES)["programme"] == "core-city"]
    members = pd.Series([code for codes in frame["member_codes"] for code in codes])
    counts = members.value_counts()
    assert (counts > 1).sum() == 17
    assert counts[counts > 2].index.tolist() == ["34203"]  # 竹原市 belongs to three


def test_a_tie_of_both_sources_is_one_tie_with_two_pieces_of_evidence():
    ties = partnerships(TABLES).set_index("id")
    # 122 of the first register: one is a tie of the cases too, four tell one association of mayors (a network).
    # 331 pairs and 46 candidates came after it, three of them telling a tie again that was there.
    assert (partnerships(TABLES)["programme"] == "register-ties").sum() == 122 - 1 - 4 + 331 + 46 - 3
    assert len(partnerships(TABLES)) == 35 + 122 - 1 - 4 + 331 + 46 - 3
    assert "setagaya-01" in ties.index
    own = pages(TABLES)[pages(TABLES)["fact_id"] == "setagaya-01"]
    assert sorted(own["tier"]) == ["document", "official"]
    # What each source says stands side by side.
    assert "縁組協定" in ties.loc["setagaya-01", "stated"]
    assert "姉妹都市" in ties.loc["setagaya-01", "stated"]


def test_the_address_of_a_copy_is_kept_but_is_no_link():
    copies = pages(TABLES)[pages(TABLES)["tier"] == "copy"]
    assert copies["url"].ne("").all()
    links = {
        url
        for frame in (partnerships(TABLES), networks(TABLES), blocs(TABLES))
        for urls in frame["urls"]
        for url in urls
    }
    only_copies = set(copies["url"]) - set(pages(TABLES).loc[pages(TABLES)["tier"] != "copy", "url"])
    assert only_copies
    assert not only_copies & links


def test_figures_have_evidence():
    assert figures(TABLES)["line"].str.fullmatch(r"\d+").all()
    assert figures(TABLES)["document"].eq("001").all()


def test_titles_name_no_line():
    assert not cases(TABLES)["title"].str.contains(r"\(L\d").any()


def test_every_party_has_a_name():
    for code in [*partnerships(TABLES)["from_code"], *partnerships(TABLES)["to_code"]]:
        assert display_name(code)


def test_no_private_person_is_named():
    source = SOURCES / "001_469f536ad1b43afb.txt"
    if not source.is_file():
        pytest.skip("the documents are not beside this checkout")
    written = re.findall(r"派遣者氏名 *[：:] *(.+)", source.read_text(encoding="utf-8"))
    names = {
        re.sub(r"[ 　]", "", name)
        for line in written
        for name in re.split(r"[、,／/]", line)
        if len(re.sub(r"[ 　]", "", name)) >= 3 and not re.search("株式会社|支店|部|課", name)
    }
    assert len(names) > 80
    text = "".join(re.sub(r"[ 　]", "", path.read_text(encoding="utf-8")) for path in (DATA / "cases").glob("*"))
    assert not [name for name in names if name in text]


def test_quotes_stay_in_the_documents():
    columns = set().union(*(TABLES.read("cases", path.name).columns for path in (DATA / "cases").glob("*.csv")))
    assert "quote" not in columns
