"""The municipalities' own statements: each with its line, its words and a municipality of today."""

from __future__ import annotations

import pytest

from geo.gazetteer import municipalities
from layers.cases import cases
from layers.catalog import values
from layers.statements import STATUSES, TOPICS, statements
from tests.shared_atlas import TABLES


def test_every_statement_is_readable_and_lies_in_its_case():
    frame = statements(TABLES)
    assert set(frame["topic"]) == set(TOPICS)
    assert set(frame["status"]) == set(STATUSES)
    assert set(frame["code"]) <= set(municipalities().index)
    assert frame["date"].str.fullmatch(r"|FY\d{4}|\d{4}(-\d{2}(-\d{2})?)?").all()
    assert frame["target_year"].str.fullmatch(r"|20\d\d").all()
    by_case = cases(TABLES).set_index("id")
    for _, row in frame.iterrows():
        case = by_case.loc[row["case_id"]]
        assert row["code"] in case["member_codes"]
        spans = [part.split("-") for part in case["lines"].split(";")]
        assert all(any(int(s[0]) <= int(line) <= int(s[-1]) for s in spans) for line in row["lines"].split(";"))
    assert frame["evidence"].str.match(r"資料001 ").all()


@pytest.mark.parametrize(
    ("code", "topic", "expected"),
    [
        ("01364", "zero_carbon", [("declared", "2022-06-01", "", "")]),
        ("10366", "emission_target", [("target", "", "2030", "60"), ("target", "", "2030", "")]),
        ("04207", "digital_grant", [("selected", "FY2023", "", "360000000"), ("selected", "FY2023", "", "35000000")]),
        ("13112", "zero_carbon", []),
    ],
)
def test_statements_of_a_municipality(code, topic, expected):
    frame = statements(TABLES)
    own = frame[frame["code"].eq(code) & frame["topic"].eq(topic)]
    assert list(own[["status", "date", "target_year", "value"]].itertuples(index=False, name=None)) == expected


def test_chosen_leading_areas_agree_with_the_ministry_s_list():
    chosen = statements(TABLES).query("topic == 'leading_area'")["code"]
    assert values(TABLES, "decarbonization_leading_area")[list(chosen)].isin([1, 2]).all()
