"""What the cases say: every item on lines of its own report, in our words, and nothing dangles."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import orjson
import pytest

from geo.codes import PREFECTURES
from geo.gazetteer import municipalities
from layers.cases import (
    ASPECTS,
    FIGURE_SCOPES,
    FIGURE_STATUSES,
    STAGES,
    case_contents,
    case_partners,
    cases,
    figures,
    items,
)
from layers.organisations import KINDS, LINKS, organisation_links, organisations
from layers.themes import THEMES
from tests.shared_atlas import TABLES

SHARED = Path(__file__).resolve().parents[3] / "shared"
LONGEST_COPY = 14


def _span(lines):
    numbers = [int(number) for number in re.findall(r"\d+", lines)]
    return min(numbers), max(numbers)


def test_every_case_has_its_contents():
    assert list(case_contents(TABLES).index) == list(dict.fromkeys(items(TABLES)["case_id"]))
    assert set(case_contents(TABLES).index) == set(cases(TABLES)["id"])
    assert len(items(TABLES)) == 1880
    frame = case_contents(TABLES)
    assert frame[["summary", "summary_en", "stage"]].ne("").all().all()
    assert set(frame["stage"]) == set(STAGES)
    assert set(items(TABLES)["aspect"]) == set(ASPECTS)
    assert len({each for means in frame["means"] for each in means}) == 27


def test_every_item_and_partner_stands_on_lines_of_its_own_report():
    own = {row.id: (row.document, *_span(row.lines)) for row in cases(TABLES).itertuples()}
    for frame in (items(TABLES), case_partners(TABLES)):
        for row in frame.itertuples():
            document, first, last = own[row.case_id]
            start, end = _span(row.lines)
            assert row.document == document
            if row.case_id.startswith("dispatch-r4"):
                assert first <= start <= end <= last, (row.case_id, row.lines)
            assert row.source
            assert row.evidence


def test_an_item_of_another_report_would_be_seen():
    first, second = cases(TABLES).iloc[0], cases(TABLES).iloc[1]
    assert _span(first["lines"])[1] < _span(second["lines"])[0]


def test_themes_codes_and_kinds_are_known():
    known = {theme.name for theme in THEMES}
    assert {theme for themes in items(TABLES)["themes"] for theme in themes} <= known
    places = set(municipalities().index) | {f"{code}000" for code in PREFECTURES} | {""}
    assert set(case_partners(TABLES)["code"]) <= places
    assert set(organisations(TABLES)["place"]) <= places
    assert set(organisations(TABLES)["kind"]) <= set(KINDS)
    assert set(organisation_links(TABLES)["link"]) == set(LINKS)
    assert set(organisation_links(TABLES)["organisation_id"]) == set(organisations(TABLES).index)
    assert set(case_partners(TABLES)["kind"]) <= {*KINDS, "municipality", "prefecture"}


def test_one_body_is_one_organisation_and_a_common_name_is_of_its_place():
    frame = organisations(TABLES)
    assert frame["name"].eq("博報堂").sum() == 1
    links = organisation_links(TABLES)
    of = frame.index[frame["name"].eq("博報堂")].item()
    assert {"sent", "partner"} == set(links.loc[links["organisation_id"].eq(of), "link"])
    assert set(frame.loc[frame["name"].eq("商工会"), "place"]) == {"06207", "07208"}
    assert not (frame["name"] + frame["place"]).duplicated().any()
    bureau = frame[frame["name"].eq("経済産業省 東北経済産業局")]
    assert bureau["parent"].item() == "経済産業省"


def test_every_figure_says_what_it_is():
    frame = figures(TABLES)
    assert set(frame["status"]) == set(FIGURE_STATUSES)
    assert set(frame["scope"]) == set(FIGURE_SCOPES)
    assert frame["label"].ne("").all()
    assert not frame["unit"].str.contains("以上|未満|超|程度").any()
    found = frame.set_index(["case_id", "number"])
    assert found.loc[("dispatch-r4-086", "2"), "value"] == "250"  # "−250" of a net loss is a double negation
    assert found.loc[("dispatch-r4-106", "4"), ["status", "scope"]].tolist() == ["target", "own_operations"]
    assert found.loc[("dispatch-r4-041", "7"), ["value_min", "value_max"]].tolist() == ["51", "59"]
    assert found.loc[("dispatch-r4-053", "4"), "district"] == "甑島"


def _folded(text):
    return "".join(unicodedata.normalize("NFKC", text).split())


PROJECTS = ("デジタル田園都市国家構想", "推進交付金", "さくらがわ人生応援プロジェクト", "始動人育成クリエイティブLAB")
AREAS = ("甘楽富岡", "利根沼田", "桐生みどり", "前橋・佐波伊勢崎", "高崎安中", "太田・邑楽館林")


def _terms():
    """Names and terms, which are copied as they are: of places, bodies, titles, keywords, projects; longest first."""
    terms = {
        *organisations(TABLES)["name"],
        *case_partners(TABLES)["name"],
        *cases(TABLES)["title"],
        *cases(TABLES)["organisation"],
    }
    terms |= {each for keywords in case_contents(TABLES)["keywords"] for each in keywords} | {*PROJECTS, *AREAS}
    return sorted({term for term in map(_folded, terms) if len(term) > 2}, key=len, reverse=True)


def _copied(text, source):
    """Return the longest runs of a text that stand in its source."""
    start = end = 0
    while start < len(text):
        end = max(end, start)
        while end < len(text) and text[start : end + 1] in source:
            end += 1
        yield text[start:end]
        start = max(start + 1, end - LONGEST_COPY)


def _but_names(piece, terms):
    for term in terms:
        piece = piece.replace(term, "")
    piece = re.sub("「[^」]*」?", "", piece)  # the name of a project stands in brackets
    return re.sub(r"[\d.,%()→~年月日人名円]", "", piece)


def test_no_item_copies_a_sentence_of_its_source():
    if not (SHARED / "sources").is_dir():
        pytest.skip("the documents are not beside this checkout")
    sources = {
        path.name[:3]: path.read_text(encoding="utf-8").split("\n") for path in (SHARED / "sources").glob("*.txt")
    }
    reports = {}
    for row in cases(TABLES).itertuples():
        first, last = _span(row.lines)
        reports[row.id] = _folded("".join(sources[row.document][first - 1 : last]))
    terms = _terms()
    copies = [
        (row.case_id, piece)
        for row in items(TABLES).itertuples()
        for piece in _copied(_folded(row.text), reports[row.case_id])
        if len(piece) > LONGEST_COPY and len(_but_names(piece, terms)) > LONGEST_COPY
    ]
    assert not copies


def test_a_copied_sentence_is_seen():
    source = "村の人口はこの十年で二割ほど減り続けているのが実情である。"
    assert next(len(piece) > LONGEST_COPY for piece in _copied(source[3:25], source))
    assert len(_but_names("人口はこの十年で二割ほど減り続けている", [])) > LONGEST_COPY


def test_no_word_of_the_vocabulary_of_means_is_missing():
    path = SHARED / "cases" / "content.json"
    if not path.is_file():
        pytest.skip("the inputs are not beside this checkout")
    content = orjson.loads(path.read_bytes())
    told = [*content["reports"], *content["others"]]
    assert [each["case_id"] for each in told] == list(case_contents(TABLES).index)
    for each in told:
        own = case_contents(TABLES).loc[each["case_id"]]
        assert list(own["means"]) == each["means"]
        assert own["summary"] == each["summary"]
