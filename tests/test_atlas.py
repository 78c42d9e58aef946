"""The atlas is a snapshot: what one caller does to its frames, or a writer to the folder, changes no earlier answer."""

from __future__ import annotations

import warnings

import pytest

from geo.boundaries import exact, outline
from geo.data_folder import data_path
from geo.gazetteer import municipalities
from layers.user_folder import UserFolder
from renkei.atlas import Atlas

FRAMES = [
    "agreements",
    "blocs",
    "cases",
    "completeness",
    "documents",
    "figures",
    "forum_participants",
    "medical_areas",
    "municipalities",
    "other_members",
    "pages",
    "programme_facts",
    "programmes",
    "schedule",
    "statements",
    "survey",
    "ties",
    "unnamed_partners",
    "wards",
]


@pytest.mark.parametrize("name", FRAMES)
def test_a_changed_frame_changes_no_later_answer(atlas, name):
    before = getattr(atlas, name)()
    frame = getattr(atlas, name)()
    column = frame.columns[0]
    frame.loc[frame.index[0], column] = "X"
    frame[column] = "Y"
    del frame[frame.columns[-1]]
    frame.index.name = "spoilt"
    assert getattr(atlas, name)().equals(before)
    assert getattr(atlas, name)().index.name == before.index.name


def test_sorting_the_municipalities_in_place_moves_no_figure(atlas):
    atlas.values("census_population")
    for frame in (atlas.municipalities(), municipalities()):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # pandas means to end this spelling
            frame.sort_values("area_km2", inplace=True)
    assert atlas.values("census_population", "2025-10-01")["10444"] == 3154
    series = atlas.values("census_population")
    series.iloc[:] = 0
    assert atlas.values("census_population").sum() > 100_000_000


@pytest.mark.parametrize("hand_out", [exact, lambda: Atlas.open().outlines()], ids=["geo", "atlas"])
def test_outlines_stay_in_degrees(hand_out):
    area = outline(["10444"]).area
    frame = hand_out()
    frame.to_crs(3857, inplace=True)
    frame.geometry.array[0] = None
    assert exact().crs.to_epsg() == 6668
    assert exact().total_bounds[0] == pytest.approx(122.93, abs=0.01)
    assert exact().geometry.notna().all()
    assert outline(["10444"]).area == area


def test_every_frame_names_its_sources(atlas):
    for name in FRAMES:
        assert "sources" in getattr(atlas, name)().attrs
    assert atlas.values("census_population").attrs["sources"][0].startswith("総務省統計局")
    assert atlas.figures().attrs["sources"] == atlas.cases().attrs["sources"][:1]
    assert any("群馬県" in each for each in atlas.cases().attrs["sources"])


def with_title(title: str) -> bytes:
    """Return the table of documents with another first title."""
    lines = data_path("cases", "documents.csv").read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    return "\n".join([lines[0], ",".join([cells[0], title, *cells[2:]]), *lines[2:]]).encode()


def test_a_changed_folder_is_a_new_snapshot_and_the_old_one_stays(tmp_path):
    folder = UserFolder(tmp_path)
    folder.write({"cases/documents.csv": with_title("一つ目")})
    first = Atlas.open(tmp_path)
    assert first.renewed() is first
    folder.write({"cases/documents.csv": with_title("二つ目")})
    assert not first.is_current
    second = first.renewed()
    assert second is not first
    # The first was never asked before its folder changed: it still answers as of its own time.
    titles = [each.documents()["title"].iloc[0] for each in (first, second)]
    assert titles == ["一つ目", "二つ目"]
    assert first.differing(second) == ("cases/documents.csv",)
    assert first.differing(first) == ()
    assert second.renewed() is second


def test_a_folder_that_is_not_there_is_the_shipped_tables_alone(tmp_path, atlas):
    assert Atlas.open(tmp_path / "none").documents().equals(atlas.documents())
    assert not (tmp_path / "none").exists()
