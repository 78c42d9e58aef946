"""Publishers and sources in English: none of what is shipped is left in Japanese."""

from __future__ import annotations

import re

import pytest

from renkei.present.source_names import PUBLISHERS, SOURCES, cited, publisher_name
from tests.shared_atlas import ATLAS

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_indicator_is_cited_in_the_pages_language(language):
    for each in ATLAS.indicators():
        assert bool(JAPANESE.search(cited(each, language))) is (language == "ja"), each.id


def test_every_document_has_a_publisher_in_english():
    for publisher in ATLAS.documents()["publisher"]:
        assert not JAPANESE.search(publisher_name(publisher, "en")), publisher


def test_no_name_is_kept_that_nothing_uses():
    used = {each.publisher for each in ATLAS.indicators()} | set(ATLAS.documents()["publisher"])
    assert set(PUBLISHERS) <= used
    assert set(SOURCES) <= {each.source for each in ATLAS.indicators()}
