from __future__ import annotations

import numpy as np
import pytest
import shapely

from geo import grid_file, point_grid
from geo.grid_build import build_levels
from geo.grid_file import grid_path, keep_levels, kept_levels


@pytest.fixture
def polygons(tmp_path, monkeypatch):
    monkeypatch.setattr(grid_file.platformdirs, "user_cache_dir", lambda name: str(tmp_path / name))
    return np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])


def test_what_is_kept_comes_back_as_it_was(polygons):
    levels = build_levels(polygons)
    keep_levels(polygons, levels)
    again = kept_levels(polygons)
    assert again.frame == levels.frame
    for ours, theirs in zip((*levels[1:4], *levels.sets), (*again[1:4], *again.sets), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_other_boundaries_do_not_get_it_and_take_its_place(polygons):
    keep_levels(polygons, build_levels(polygons))
    others = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1.0000001)])
    assert kept_levels(others) is None
    keep_levels(others, build_levels(others))
    assert kept_levels(polygons) is None
    assert len(list(grid_path(others).parent.iterdir())) == 1


def _spoilt(path, **changes):
    with np.load(path) as arrays:
        content = dict(arrays) | changes
    np.savez(path, **{name: value for name, value in content.items() if value is not None})


@pytest.mark.parametrize(
    "changes",
    [
        {"fine": None},
        {"frame": np.array([0, 0, 64, 64])},
        {"frame": np.array([1, 2])},
        {"top": np.array([-9_999], dtype=np.int32)},
        {"middle": np.full(64, -9_999, dtype=np.int32)},
        {"fine": np.full(64, 7, dtype=np.int16)},
        {"fine": np.full(64, 0.5)},
        {"members": np.array([5])},
        {"first": np.array([-1]), "size": np.array([1])},
        {"first": np.array([], dtype=np.int64), "size": np.array([], dtype=np.int64)},
        {"top": np.array([{}], dtype=object)},
    ],
)
def test_a_file_that_would_lead_astray_is_not_taken(polygons, changes):
    keep_levels(polygons, build_levels(polygons))
    _spoilt(grid_path(polygons), **changes)
    assert kept_levels(polygons) is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip at all"])
def test_a_damaged_file_is_not_taken(polygons, content):
    keep_levels(polygons, build_levels(polygons))
    whole = grid_path(polygons).read_bytes()
    for spoilt in (content, whole[: len(whole) // 2], whole[:-400] + b"\0" * 400):
        grid_path(polygons).write_bytes(spoilt)
        assert kept_levels(polygons) is None


def test_a_cache_that_cannot_be_written_costs_time_only(polygons, tmp_path, monkeypatch):
    (tmp_path / "renkei").write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setattr(
        point_grid, "exact", lambda: type("Frame", (), {"geometry": type("Series", (), {"array": polygons})})
    )
    point_grid.point_grid.cache_clear()
    try:
        assert point_grid.point_grid().locate(np.array([0.5, 1.5, 9.0]), np.array([0.5, 0.5, 0.5])).tolist() == [
            0,
            1,
            -1,
        ]
    finally:
        point_grid.point_grid.cache_clear()
