"""docs/fields.md is what the layers are."""

from pathlib import Path

from renkei.present.field_reference import field_reference
from renkei.present.layer_files import AREA_ONLY, layer_ids
from tests.shared_atlas import ATLAS

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "fields.md"


def test_the_document_is_up_to_date():
    made = field_reference(ATLAS)
    assert DOCUMENT.read_text(encoding="utf-8") == made
    assert [line for line in made.splitlines() if line.startswith("## ")] != []


def test_every_layer_has_its_table():
    made = field_reference(ATLAS)
    assert [line.split("：")[0].removeprefix("## ") for line in made.splitlines() if line.startswith("## ")] == [
        *layer_ids(),
        *AREA_ONLY,
    ]
