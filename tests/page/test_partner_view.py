from streamlit.testing.v1 import AppTest


def drawn():
    from dataclasses import replace  # noqa: PLC0415 - a script of its own

    from renkei.page.choices import current  # noqa: PLC0415 - a script of its own
    from renkei.page.current_atlas import current_atlas  # noqa: PLC0415 - a script of its own
    from renkei.page.partner_view import partner_view  # noqa: PLC0415 - a script of its own
    from renkei.page.theme_view import theme_view  # noqa: PLC0415 - a script of its own

    atlas = current_atlas()
    kept = current(atlas)
    kept.state = replace(kept.state, code="13112", panel="themes")
    partner_view(atlas, kept.state)
    theme_view(atlas, kept.state)


def test_candidates_peers_and_themes_are_drawn_in_both_languages():
    app = AppTest.from_function(drawn, default_timeout=180)
    for language in ("ja", "en"):
        app.query_params["lang"] = language
        app.run()
        assert not app.exception
        assert [each for each in app.button if str(each.key).startswith("candidate-")]
        app.segmented_control(key="partner-what").set_value("peers").run()
        assert not app.exception
        assert [each for each in app.button if str(each.key).startswith("peer-")]
        app.segmented_control(key="partner-what").set_value("partners").run()
