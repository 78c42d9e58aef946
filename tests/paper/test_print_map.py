"""The sheet: whole, with its sources, in a bundled font, whatever the texts are."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InvalidFilterError
from layers.filters import Filters
from renkei.cli import main
from renkei.paper.print_borders import windows
from renkei.paper.print_map import Sheet, render
from renkei.paper.print_texts import plain
from renkei.present.page_state import LAYERS, PageState
from tests.shared_atlas import ATLAS, TABLES

pytestmark = pytest.mark.slow

STATE = PageState().with_default_date(ATLAS)


def test_a_pdf_is_one_a4_page_with_its_font():
    content = render(ATLAS, STATE, form="pdf")
    assert content.startswith(b"%PDF-")
    box = re.search(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+)", content)
    assert [round(float(each)) for each in box.groups()] == [842, 595]
    assert b"IPAexGothic" in content
    assert b"/FontFile2" in content
    assert len(re.findall(rb"/Type /Page\b", content)) == 1
    assert len(content) < 3_000_000


def pixels(content: bytes) -> tuple[int, int]:
    assert content.startswith(b"\x89PNG")
    return struct.unpack(">II", content[16:24])


@pytest.mark.parametrize("prefecture", ["", "01", "13", "47"])
def test_a_png_has_the_size_of_the_sheet(prefecture):
    assert pixels(render(ATLAS, STATE, Sheet(prefecture), "png")) == (2338, 1654)


@pytest.mark.parametrize(
    "state",
    [
        replace(STATE, filters=Filters.from_values(TABLES, text="ありえない語")),
        replace(STATE, layers=()),
        replace(STATE, code="10444"),
        PageState(indicator_id="dx_cio").with_default_date(ATLAS),
        PageState(indicator_id="sdgs_future_city").with_default_date(ATLAS),
        replace(
            STATE, filters=Filters.from_values(TABLES, themes=["脱炭素"], prefectures=["北海道"], tiers=["official"])
        ),
        replace(STATE, second_id="share_65"),
        replace(STATE, second_id="share_65", compare="bivariate"),
        replace(STATE, unit="core_city", layers=LAYERS),
        replace(STATE, second_id="dx_cio", language="en"),
    ],
)
def test_every_state_is_printed(state):
    assert pixels(render(ATLAS, state, Sheet("10"), "png")) == (2338, 1654)


@pytest.mark.parametrize(
    "text", ["$x^2$ \\frac{1}{0}", "<img onerror=1>", "\u202e右から", "長" * 10_000, "a\nb\0", "$", "\\"]
)
def test_hostile_texts_are_texts(text):
    filters = replace(Filters(), text=text)
    assert render(ATLAS, replace(STATE, filters=filters), Sheet("47"), "png")


@given(st.text(max_size=300))
def test_plain_texts_fit_a_line(text):
    assert len(plain(text)) <= 90
    assert all(each.isprintable() or each == "\u3000" for each in plain(text))


def test_what_cannot_be_printed_is_refused():
    with pytest.raises(InvalidFilterError):
        render(ATLAS, STATE, form="svg")
    with pytest.raises(InvalidFilterError):
        render(ATLAS, STATE, Sheet("99"))


def image_data(content: bytes) -> bytes:
    found, position = b"", 8
    while position < len(content):
        (length,) = struct.unpack(">I", content[position : position + 4])
        if content[position + 4 : position + 8] == b"IDAT":
            found += content[position + 8 : position + 8 + length]
        position += length + 12
    return zlib.decompress(found)


def test_the_command_writes_what_the_page_does(tmp_path, capsys):
    path = tmp_path / "map.png"
    assert main(["print", "--sheet", "群馬県", "--theme", "脱炭素", "-o", str(path)]) == 0
    own = render(ATLAS, replace(STATE, filters=Filters.from_values(TABLES, themes=["脱炭素"])), Sheet("10"), "png")
    assert image_data(path.read_bytes()) == image_data(own)
    assert main(["print", "-o", str(tmp_path / "map.doc")]) == 2
    assert main(["print", "--indicator", "nope", "-o", str(path)]) == 2
    assert "--indicator nope はありません" in capsys.readouterr().err


@pytest.mark.parametrize(("prefecture", "count"), [("10", 1), ("01", 1), ("13", 2), ("46", 2), ("47", 2), ("42", 1)])
def test_far_islands_lie_in_an_inset(prefecture, count):
    found = windows(prefecture)
    assert len(found) == count
    west, south, east, north = found[0]
    assert east - west < 8
    assert north - south < 6
