"""Drafts from reports: a small one by hand, and the whole public document where it lies beside the project."""

import csv
import io
import json
import re
import unicodedata
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError
from renkei.exchange.formats import find_format
from renkei.exchange.report_draft import draft_cases, draft_layers
from renkei.exchange.report_figures import line_figures, read_date
from renkei.exchange.report_sections import label_of, pdf_lines

SHARED = Path(__file__).resolve().parents[2].parent / "shared"

SMALL = """派遣先市町村：群馬県川場村

派遣者氏名：架空 太郎
派遣元：株式会社サンプル交通
派遣先での役職：地域交通アドバイザー

派遣先市町村の課題
- 路線バスの減便により高齢者の通院が難しい

課題に対する取組状況
- デマンド交通の実証を令和4年10月に始め、約1,200人が利用した。架空太郎が群馬大学と調整
- 1. バス停を見直し

今後の展開
- 令和7年度までに利用者3,000人を目標とする

派遣先市町村：群馬県川場村【取組事例】
課題に対する取組状況②
- 車両の小型化

派遣先市町村：北海道帯広市
派遣元：総務省
派遣先での役職：DX推進監
課題に対する取組状況
- 電子申請を50件に増やし、RPAで業務の時間を30%減らした
""".splitlines()


def test_a_small_document():
    first, second = draft_cases(SMALL, "small.txt")
    assert (first.code, first.sender, first.role) == ("10444", "株式会社サンプル交通", "地域交通アドバイザー")
    assert (second.code, second.sender) == ("01207", "総務省")
    assert first.themes[0].name == "交通"
    assert second.themes[0].name == "DX"
    assert [(each.value, each.unit, each.qualifier, each.status, each.as_of) for each in first.figures] == [
        (1200, "人", "約", "actual", "2022-10"),
        (3000, "人", "", "target", "FY2025"),
    ]
    assert [each.aspect for each in first.items] == ["challenge", "measure", "measure", "outlook", "measure"]
    assert ("群馬大学", 11) in [(name[-4:], at) for name, at in first.partners]


def test_no_name_of_a_person_leaves():
    cases = draft_cases(SMALL, "small.txt")
    book = find_format("xlsx").write(draft_layers(cases, "small.txt"))
    sheets = openpyxl.load_workbook(io.BytesIO(book)).worksheets
    text = "".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)
    assert "架空" not in text + repr(cases)
    assert "（氏名）" in text


def test_a_document_without_reports_says_what_a_report_is():
    with pytest.raises(DataError, match="自治体を示す行"):
        draft_cases(["本日は晴天なり"], "x.txt")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj", b"\x00" * 99])
def test_what_is_no_pdf_is_one_sentence(content):
    with pytest.raises(DataError, match=r"x\.pdf"):
        pdf_lines(content, "x.pdf")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("令和4年12月15日", "2022-12-15"),
        ("R4.7.8", "2022-07-08"),
        ("平成元年", "1989"),
        ("H27年度", "FY2015"),
        ("2022.4月", "2022-04"),
        ("第2期", ""),
        ("5年スパン", ""),
        ("", ""),
    ],
)
def test_dates_as_reports_write_them(text, date):
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("交付率は72.6%", [(72.6, "%")]),
        ("事業費293百万円", [(293_000_000, "円")]),
        ("約4万6千人", [(46_000, "人")]),
        ("電話 0278-52-2111", []),
        ("住民の3人に1人が高齢者", []),
        ("第2回会合", []),
        ("約4割が森林", [(40, "%")]),
    ],
)
def test_figures_of_a_line(line, found):
    assert [(each.value, each.unit) for each in line_figures(1, line)] == found


@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_lines_give_drafts_or_one_sentence(lines):
    try:
        cases = draft_cases(["派遣先市町村：群馬県川場村", *lines], "x")
    except DataError:
        return
    assert cases[0].code == "10444"


def similar(one, other):
    fold = lambda text: re.sub(r"\s", "", unicodedata.normalize("NFKC", text or ""))  # noqa: E731
    return fold(one) == fold(other)


@pytest.mark.skipif(not (SHARED / "cases" / "dispatch_r4.json").is_file(), reason="the public document is not here")
def test_the_whole_document_against_the_hand_made_reading():
    lines = next((SHARED / "sources").glob("001*")).read_text(encoding="utf-8").split("\n")
    truth = json.loads((SHARED / "cases" / "dispatch_r4.json").read_text(encoding="utf-8"))["facts"]
    corrected = {
        row["id"]: row["primary_proposed"]
        for row in csv.DictReader(
            io.StringIO((SHARED / "cases" / "theme_corrections.csv").read_text(encoding="utf-8-sig"))
        )
    }
    cases = draft_cases(lines, "001")
    assert [each.code for each in cases] == [each["jis_code"] for each in truth]
    with_sender = [(c, t) for c, t in zip(cases, truth, strict=True) if t["sender_as_written"]]
    assert sum(similar(c.sender, t["sender_as_written"]) for c, t in with_sender) >= 0.95 * len(with_sender)
    with_role = [(c, t) for c, t in zip(cases, truth, strict=True) if t["role_as_written"]]
    assert sum(similar(c.role, t["role_as_written"]) for c, t in with_role) >= 0.95 * len(with_role)
    primary = [corrected.get(f"dispatch-r4-{t['seq']:03d}") or t["themes"][0] for t in truth]
    assert sum(c.themes[0].name == p for c, p in zip(cases, primary, strict=True) if c.themes) >= 0.8 * len(cases)
    found = stated = drafted = 0
    for case, report in zip(cases, truth, strict=True):
        open_figures = [(each.line, round(each.value, 6)) for each in case.figures]
        drafted += len(open_figures)
        for figure in report["figures"]:
            if isinstance(figure["value"], int | float):
                stated += 1
                scales = (1, 1e3, 1e4, 1e6, 1e8)
                hit = next(
                    (
                        f
                        for f in open_figures
                        if f[0] == figure["line"]
                        and any(abs(f[1] - figure["value"] * s) <= 1e-6 * abs(f[1]) for s in scales)
                    ),
                    None,
                )
                if hit:
                    found += 1
                    open_figures.remove(hit)
    assert found / stated >= 0.7
    assert found / drafted >= 0.8
    names = [value for line in lines if (label := label_of(line)) and label[0] == "person" and (value := label[1])]
    told = unicodedata.normalize("NFKC", re.sub(r"\s", "", repr(cases)))
    persons = [re.sub(r"\s", "", part) for name in names for part in re.split(r"[、,・／/]", name)]
    assert not [each for each in persons if len(each) > 2 and each in told]
