"""By theme: a fact passes with any of the chosen ones."""

from __future__ import annotations

from layers.filters.choice import FilterChoice
from layers.themes import THEMES, find_theme

_ENGLISH = {theme.name: theme.name_en for theme in THEMES}

FILTER = FilterChoice(
    "theme",
    "themes",
    10,
    "テーマ",
    "Theme",
    "テーマ（繰り返すと「または」）",
    lambda _, written: find_theme(str(written)).name,
    lambda _, __, frame, values: [not set(values).isdisjoint(own) for own in frame["themes"]],
    lambda _, value, language: _ENGLISH[value] if language == "en" else value,
    lambda _: [theme.name for theme in THEMES],
    metavar="T",
)
