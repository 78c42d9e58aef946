"""An age pyramid as SVG, with what it shows in words: for the card, for paper, for a file of one's own."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from renkei.present.words import japanese_date, word

if TYPE_CHECKING:
    from layers.age_groups import AgeGroups
    from renkei.present.words import Language

WIDTH, ROW, HEAD, FOOT = 320, 8, 16, 16
"""Pixels: of the whole, of an age group, above and below."""
MIDDLE = 40
"""Pixels between men and women, where the ages stand."""
COLORS = {"male": "#3f76b5", "female": "#c0632a"}
"""Told apart by side and name as well, never by colour alone."""
_STYLE = (
    "text{font:10px 'BIZ UDPGothic','Hiragino Sans','Noto Sans CJK JP',sans-serif;fill:#37424d}"
    "@media (prefers-color-scheme:dark){text{fill:#d5dde3}}"
)


def age_pyramid(groups: AgeGroups, language: Language) -> str:
    """Draw people by sex and five-year age group: men to the left, women to the right, the youngest below.

    Parameters
    ----------
    groups
        Of a municipality, or of several together.
    language
        Of the words in it.

    Returns
    -------
    str
        SVG, 320 pixels wide; ``title`` and ``desc`` say what is drawn.
    """
    longest = max(*groups.male, *groups.female, 1)
    side = (WIDTH - MIDDLE) / 2
    height = HEAD + ROW * len(groups.ages) + FOOT
    parts = []
    for row, age in enumerate(reversed(groups.ages)):
        top = HEAD + ROW * row
        position = len(groups.ages) - 1 - row
        for sex, people in (("male", groups.male[position]), ("female", groups.female[position])):
            width = round(side * people / longest, 1)
            left = side - width if sex == "male" else side + MIDDLE
            parts.append(f'<rect x="{left:.1f}" y="{top}" width="{width}" height="{ROW - 1}" fill="{COLORS[sex]}"/>')
        if age % 10 == 0:
            parts.append(f'<text x="{WIDTH / 2}" y="{top + ROW - 1}" text-anchor="middle">{age}</text>')
    most = word("pyramid_most", language, n=f"{longest:,}")
    texts = (
        f'<text x="{side / 2}" y="11" text-anchor="middle">{escape(word("male", language))} {sum(groups.male):,}</text>'
        f'<text x="{WIDTH - side / 2}" y="11" text-anchor="middle">{escape(word("female", language))} '
        f"{sum(groups.female):,}</text>"
        f'<text x="{WIDTH / 2}" y="{height - 4}" text-anchor="middle">{escape(most)}</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img"><title>{escape(word("pyramid", language))}</title>'
        f"<desc>{escape(pyramid_in_words(groups, language))}</desc><style>{_STYLE}</style>{''.join(parts)}{texts}</svg>"
    )


def pyramid_in_words(groups: AgeGroups, language: Language) -> str:
    """Say what a pyramid shows: who is not told by age, then men and women in ten-year steps.

    Examples
    --------
    >>> from renkei.atlas import Atlas
    >>> pyramid_in_words(Atlas.open().age_groups(["10444"]), "ja")[:41]
    '人口ピラミッド（令和7年（2025）1月1日、計2,973人）。年齢別に、0～9歳'
    """
    date = japanese_date(groups.date) if language == "ja" else groups.date
    said = [word("pyramid_said", language, date=date, n=f"{groups.total:,}")]
    for at in range(0, len(groups.ages), 2):
        first = groups.ages[at]
        men, women = (f"{sum(each[at : at + 2]):,}" for each in (groups.male, groups.female))
        key = "pyramid_over" if at + 1 == len(groups.ages) else "pyramid_band"
        said.append(word(key, language, first=first, last=first + 9, men=men, women=women))
    return ("、" if language == "ja" else ", ").join(said)
