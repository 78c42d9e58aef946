"""What a person adds is on the running page at its next run, without a restart."""

from __future__ import annotations

from layers.user_folder import UserFolder
from renkei.cli import main
from renkei.page.current_atlas import CurrentAtlas

ROW = "分類,自治体,相手・構成自治体,種類,開始日,根拠のURL\n連携,東京都府中市,長野県佐久穂町,姉妹都市,1985,https://a.jp/x\n"


def test_an_addition_is_taken_up_at_the_next_run(tmp_path, monkeypatch):
    monkeypatch.setenv("RENKEI_DATA", str(tmp_path / "own"))
    shared = CurrentAtlas()
    before = shared.get()
    assert shared.get() is before
    path = tmp_path / "new.csv"
    path.write_text(ROW, encoding="utf-8")
    assert main(["register", "add", str(path), "--yes", "--quiet"]) == 0
    after = shared.get()
    assert after is not before
    assert len(after.ties()) == len(before.ties()) + 1, "the earlier snapshot stays as it was"
    assert shared.get() is after


def test_a_folder_that_is_cleared_is_a_change_too(tmp_path, monkeypatch):
    monkeypatch.setenv("RENKEI_DATA", str(tmp_path))
    folder = UserFolder(tmp_path)
    folder.write({"cases/x.csv": b"id\n1\n"})
    shared = CurrentAtlas()
    before = shared.get()
    folder.write({"cases/x.csv": None})
    assert shared.get() is not before
