"""What is chosen is lifted on paper as on the screen, and the rest is dimmed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from renkei.browser.map_facts import TIE_COLOR
from renkei.browser.map_state import shown
from renkei.paper.print_borders import filling_limits, prepare_matplotlib
from renkei.paper.print_facts import draw_facts
from renkei.present.page_state import PageState
from tests.shared_atlas import ATLAS

STATE = PageState(layers=("ties",)).with_default_date(ATLAS)
SETAGAYA, KAWABA = "13112", "10444"


def pairs_of(state: PageState, code: str = "") -> set[tuple[str, ...]]:
    ties = shown(ATLAS, state.filters).ties
    ends = zip(ties["from_code"], ties["to_code"], strict=True)
    return {tuple(sorted(pair)) for pair in ends if not code or code in pair}


def drawn(state: PageState) -> Figure:
    prepare_matplotlib()
    figure = Figure()
    axes = figure.add_subplot()
    _, project = filling_limits((128.0, 30.0, 146.0, 45.0), (8, 8))
    draw_facts(ATLAS, axes, project, state, shown(ATLAS, state.filters), fine=False)
    return figure


@pytest.mark.parametrize(
    ("chosen", "lifted"),
    [
        ({}, 0),
        ({"code": SETAGAYA}, len(pairs_of(STATE, SETAGAYA))),
        ({"pair": f"{KAWABA}-{SETAGAYA}"}, 1),
        ({"code": "01202"}, len(pairs_of(STATE, "01202"))),
    ],
)
def test_ties_of_what_is_chosen_are_lifted(chosen, lifted):
    state = replace(STATE, **chosen)
    lines = drawn(state).axes[0].get_lines()
    assert len(lines) == len(pairs_of(state))
    assert sum(line.get_alpha() == 1 for line in lines) == lifted
    assert all(line.get_alpha() == 1 or (line.get_alpha() < 0.2) == bool(chosen) for line in lines)


@pytest.mark.parametrize(
    ("chosen", "outlined"), [({}, 0), ({"code": KAWABA}, 1), ({"pair": f"{KAWABA}-{SETAGAYA}"}, 2)]
)
def test_partners_are_outlined(chosen, outlined):
    partners = [
        each
        for each in drawn(replace(STATE, **chosen)).axes[0].collections
        if len(each.get_edgecolor()) and to_hex(each.get_edgecolor()[0]) == TIE_COLOR
    ]
    assert sum(len(each.get_paths()) for each in partners) == outlined
