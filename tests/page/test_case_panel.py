"""A case opened on the page says all that its card holds, and nothing of it is markup."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from renkei.present.case_card import case_card
from renkei.present.markdown import plain
from tests.shared_atlas import ATLAS


def drawn(identifier, language):
    def page(identifier, language):
        from renkei.page.case_panel import case_panel  # noqa: PLC0415 - runs as a script of its own
        from tests.shared_atlas import ATLAS  # noqa: PLC0415

        case_panel(ATLAS, identifier, language)

    return AppTest.from_function(page, args=(identifier, language), default_timeout=60).run()


@pytest.mark.parametrize(("identifier", "language"), [("dispatch-r4-007", "ja"), ("living-area-5", "en")])
def test_all_of_the_card_is_drawn(identifier, language):
    card = case_card(ATLAS, identifier, language)
    app = drawn(identifier, language)
    assert not app.exception
    told = "\n".join(each.value for each in (*app.markdown, *app.caption))
    for text in (card.summary, card.ask, card.source.title, *(line.text for line in card.figures)):
        assert plain(text) in told
    for each in card.lists:
        assert all(plain(entry.text) in told for entry in each.entries)
    assert len(app.button) == len(card.similar) + len(card.done)
    assert ("Statements are in Japanese" in told) == (language == "en")


def test_what_is_no_fact_says_so():
    told = "\n".join(each.value for each in drawn("dispatch-r4-007", "ja").markdown)
    assert f":orange[{plain('推計')}] **{plain('約3.4万人弱')}**" in told
