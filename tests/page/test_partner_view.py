from streamlit.testing.v1 import AppTest

from renkei.atlas import Atlas
from renkei.page import finder_ground


def drawn():
    from dataclasses import replace  # noqa: PLC0415 - a script of its own

    from renkei.page.analysis_view import analysis_view  # noqa: PLC0415
    from renkei.page.choices import current  # noqa: PLC0415
    from renkei.page.current_atlas import current_atlas  # noqa: PLC0415
    from renkei.page.partner_view import partner_view  # noqa: PLC0415
    from renkei.page.place_profile import place_profile  # noqa: PLC0415
    from renkei.page.theme_view import theme_view  # noqa: PLC0415

    atlas = current_atlas()
    kept = current(atlas)
    kept.state = replace(kept.state, code="13112", panel="themes")
    partner_view(atlas, kept.state)
    theme_view(atlas, kept.state)
    analysis_view(atlas, kept.state, lambda: None)
    place_profile(atlas, kept.state)


def opened(language):
    app = AppTest.from_function(drawn, default_timeout=180)
    app.query_params["lang"] = language
    app.run()
    assert not app.exception
    return app


def keys(app, start):
    return [each.key for each in app.button if str(each.key).startswith(start)]


def test_candidates_peers_and_themes_are_drawn_in_both_languages():
    for language in ("ja", "en"):
        app = opened(language)
        assert keys(app, "candidate-")
        app.toggle(key="finder-shifts").set_value(True).run()
        assert any("×0.5" in each.value.replace("\\", "") for each in app.markdown)
        app.segmented_control(key="partner-what").set_value("peers").run()
        app.toggle(key="peers-moved").set_value(True).run()
        assert not app.exception
        assert keys(app, "peer-")


def test_a_weight_moves_the_list():
    app = opened("ja")
    before = keys(app, "candidate-")
    app.selectbox(key="finder-weight-distance").set_value(2.0).run()
    assert not app.exception
    assert keys(app, "candidate-") != before


def test_gaps_clusters_network_and_the_nearest_case_are_drawn():
    app = opened("ja")
    for view, start in (("gaps", "need-"), ("spots", "spot-hot-"), ("network", "longest-"), ("nearest", "nearest-")):
        app.segmented_control(key="analysis-view").set_value(view).run()
        assert not app.exception
        assert keys(app, start), view


def test_the_ground_is_made_once_whoever_begins(monkeypatch):
    made = []
    monkeypatch.setattr(finder_ground, "prepare", made.append)
    atlas = Atlas.open()
    ground = finder_ground.finder_ground(atlas)
    ground.begin()
    ground.begin()
    ground.make()
    assert made == [atlas]
    assert ground.is_ready
