"""Needs and offers: what a place's cases tell as challenges, and what they tell as measures and results."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from layers.tables import per_snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from renkei.analysis.partners.ground import Ground
    from renkei.atlas import Atlas

NEED, OFFER = frozenset({"challenge"}), frozenset({"measure", "success"})
"""Aspects of the items: what a place seeks, and what it can tell or give."""

HALF_LIFE_YEARS = 5.0
"""After so many years a case counts half."""


class Item(NamedTuple):
    """One statement of a case: where, how old, about which themes, and its source."""

    text: str
    case: str
    year: int
    themes: frozenset[str]
    source: str


@dataclass(frozen=True, eq=False)
class Offers:
    """Items by the position of the municipality whose case they are.

    Parameters
    ----------
    needs, offers
        Position to items.
    newest
        The newest year of any case: age is counted from it.
    texts
        Measures the likeness of texts; made when first asked for.
    """

    needs: Mapping[int, tuple[Item, ...]]
    offers: Mapping[int, tuple[Item, ...]]
    newest: int
    texts: TextLikeness

    def about(self, theme: str, items: Sequence[Item]) -> tuple[Item, ...]:
        """Return the items of a theme; all for ""."""
        return tuple(item for item in items if not theme or theme in item.themes)

    def recency(self, item: Item) -> float:
        """Return 1 for the newest year, half after each five years."""
        return float(0.5 ** ((self.newest - item.year) / HALF_LIFE_YEARS))


class TextLikeness:
    """Cosine of the tf-idf of character pairs and triples, fitted on all items (scikit-learn)."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = list(dict.fromkeys(texts))
        self._fitted: tuple[Any, Any, dict[str, int]] | None = None

    def _fit(self) -> tuple[Any, Any, dict[str, int]]:
        if self._fitted is None:
            from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - a second to import

            vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True, dtype=np.float32)
            self._fitted = vectorizer, vectorizer.fit_transform(self._texts), {t: i for i, t in enumerate(self._texts)}
        return self._fitted

    def to(self, wanted: Sequence[str], offered: Sequence[str]) -> NDArray[np.float64]:
        """Return the greatest cosine of each offered text (which the items hold) with any of the wanted."""
        if not wanted or not offered:
            return np.zeros(len(offered))
        vectorizer, matrix, row = self._fit()
        cosines = matrix[[row[text] for text in offered]] @ vectorizer.transform(list(wanted)).T
        return np.asarray(cosines.max(axis=1).todense(), dtype=float).ravel()


@per_snapshot()
def offers(atlas: Atlas, ground: Ground) -> Offers:
    """Return the needs and offers of an atlas's cases."""
    cases = atlas.cases().set_index("id")
    needs: dict[int, list[Item]] = defaultdict(list)
    given: dict[int, list[Item]] = defaultdict(list)
    items = atlas.items()
    items = items[items["aspect"].isin(NEED | OFFER) & items["case_id"].isin(cases.index)]
    for row in items.to_dict("records"):
        case = cases.loc[row["case_id"]]
        year = int(case["fiscal_year"] or 0)
        item = Item(row["text"], row["case_id"], year, frozenset(row["themes"]), f"{row['source']} {row['evidence']}")
        for code in case["member_codes"]:
            (needs if row["aspect"] in NEED else given)[ground.position(code)].append(item)
    years = [item.year for found in (*needs.values(), *given.values()) for item in found]
    return Offers(
        {place: tuple(found) for place, found in needs.items()},
        {place: tuple(found) for place, found in given.items()},
        max(years, default=0),
        TextLikeness([item.text for found in (*needs.values(), *given.values()) for item in found]),
    )
