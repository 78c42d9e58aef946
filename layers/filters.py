"""One value that says what is shown: the address of the page, the command line and the map share it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from geo.codes import PREFECTURES, normalize_prefecture
from geo.errors import InvalidFilterError, RenkeiError
from geo.gazetteer import display_name, municipalities
from layers.blocs import blocs
from layers.cases import cases
from layers.evidence import TIERS, find_programme, find_tier, programmes
from layers.networks import networks
from layers.partnerships import partnerships
from layers.tables import per_snapshot, rows
from layers.themes import THEMES, find_theme
from layers.tie_kinds import TIE_KINDS, find_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

    from layers.tables import Tables

LONGEST_TEXT = 200
"""Characters of a text filter that count; more than any name here has."""


def fold(text: str) -> str:
    """Fold a text for searching: NFKC, case, spaces.

    Examples
    --------
    >>> fold("ＤＸ　推進")
    'dx推進'
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _year(value: object) -> int:
    text = str(value).strip()
    if not (text.isascii() and text.isdigit() and len(text) == 4):  # noqa: PLR2004
        msg = f"年「{text[:20]}」は西暦4桁で指定してください（例：2022）。"
        raise InvalidFilterError(msg)
    return int(text)


def _prefecture(value: object) -> str:
    try:
        return normalize_prefecture(value)
    except RenkeiError as error:
        raise InvalidFilterError(str(error)) from error


@dataclass(frozen=True)
class Filters:
    """What is shown: OR within one field, AND between fields; an empty field asks nothing.

    Parameters
    ----------
    themes
        Names of themes.
    prefectures
        2-digit codes: facts with a member in one of them.
    programmes
        Ids of programmes.
    years
        Fiscal years of cases, years in which ties and blocs began.
    text
        Words, each of which must occur in a fact's names, kinds, organisations, places or themes.
    kinds
        Ids of ``layers.tie_kinds.TieKind``: ties and networks of these kinds; cases and blocs are left as they are.
    tiers
        Ids of ``layers.evidence.TIERS``: facts whose best evidence is one of them. A case stands on a document.
    """

    themes: tuple[str, ...] = ()
    prefectures: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    text: str = ""
    kinds: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()

    @classmethod
    def from_values(
        cls,
        tables: Tables,
        themes: Iterable[str] = (),
        prefectures: Iterable[object] = (),
        programmes: Iterable[str] = (),
        years: Iterable[object] = (),
        text: str = "",
        kinds: Iterable[str] = (),
        tiers: Iterable[str] = (),
    ) -> Filters:
        """Make filters of what a person wrote: names, codes, ids.

        Raises
        ------
        InvalidFilterError
            When a theme, prefecture, programme, year, kind or tier does not exist; the message says what does.

        Examples
        --------
        >>> from layers.tables import Tables
        >>> Filters.from_values(Tables.open(), themes=["脱炭素"], prefectures=["北海道"]).prefectures
        ('01',)
        """
        return cls(
            themes=tuple(dict.fromkeys(find_theme(each).name for each in themes)),
            prefectures=tuple(sorted({_prefecture(each) for each in prefectures})),
            programmes=tuple(dict.fromkeys(find_programme(tables, each) for each in programmes)),
            years=tuple(sorted({_year(each) for each in years})),
            text=" ".join(text.split())[:LONGEST_TEXT],
            kinds=tuple(dict.fromkeys(find_kind(each).id for each in kinds)),
            tiers=tuple(dict.fromkeys(find_tier(each) for each in tiers)),
        )

    @classmethod
    def from_query(cls, tables: Tables, query: Mapping[str, list[str]]) -> tuple[Filters, list[str]]:
        """Read filters from address parameters; a wrong value is left out and named in a note.

        Returns
        -------
        Filters, list of str
            What could be read, and one ``key=value`` for each value that was ignored.
        """
        found: dict[str, list[str]] = {}
        notes: list[str] = []
        readers: dict[str, Callable[[str], object]] = {
            "theme": lambda value: find_theme(value).name,
            "prefecture": _prefecture,
            "programme": partial(find_programme, tables),
            "year": _year,
            "kind": lambda value: find_kind(value).id,
            "tier": find_tier,
        }
        for key, read in readers.items():
            for value in query.get(key, []):
                try:
                    found.setdefault(key, []).append(str(read(value)))
                except RenkeiError:
                    notes.append(f"{key}={value[:40]}")
        text = (query.get("text") or [""])[-1]
        filters = cls.from_values(
            tables,
            found.get("theme", ()),
            found.get("prefecture", ()),
            found.get("programme", ()),
            found.get("year", ()),
            text,
            found.get("kind", ()),
            found.get("tier", ()),
        )
        return filters, notes

    def to_query(self) -> dict[str, list[str]]:
        """Return the address parameters that ``from_query`` reads back to these filters."""
        query = {
            "theme": list(self.themes),
            "prefecture": list(self.prefectures),
            "programme": list(self.programmes),
            "year": [str(year) for year in self.years],
            "text": [self.text] if self.text else [],
            "kind": list(self.kinds),
            "tier": list(self.tiers),
        }
        return {key: values for key, values in query.items() if values}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return self == Filters()

    def cases(self, tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the cases that pass; ``frame`` holds rows of ``layers.cases.cases()``."""
        if self.tiers and "document" not in self.tiers:
            return frame[:0]
        return frame[self._passing(frame, "fiscal_year", partial(_case_texts, tables))]

    def partnerships(self, tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the ties that pass; ``frame`` holds rows of ``layers.partnerships.partnerships()``."""
        if self.kinds:
            frame = frame[frame["family"].isin(self.kinds)]
        return self._of_tier(frame[self._passing(frame, "since", partial(_tie_texts, tables))])

    def blocs(self, tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the blocs that pass; ``frame`` holds rows of ``layers.blocs.blocs()``."""
        return self._of_tier(frame[self._passing(frame, "since", partial(_bloc_texts, tables))])

    def networks(self, tables: Tables, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the networks that pass; ``frame`` holds rows of ``layers.networks.networks()``."""
        if self.kinds:
            frame = frame[frame["family"].isin(self.kinds)]
        return self._of_tier(frame[self._passing(frame, "since", partial(_network_texts, tables))])

    def _of_tier(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["tier"].isin(self.tiers)] if self.tiers else frame

    def _passing(self, frame: pd.DataFrame, year_column: str, texts: Callable[[], dict[str, str]]) -> list[bool]:
        themes, prefectures = set(self.themes), set(self.prefectures)
        years = {str(year) for year in self.years}
        words = [fold(word) for word in self.text.split()]
        searched = texts() if words else {}
        return [
            (not themes or not themes.isdisjoint(row_themes))
            and (not prefectures or not prefectures.isdisjoint(row_prefectures))
            and (not self.programmes or programme in self.programmes)
            and (not years or year[:4] in years)
            and all(word in searched[identifier] for word in words)
            for identifier, row_themes, row_prefectures, programme, year in zip(
                frame["id"],
                frame["themes"],
                frame["prefecture_codes"],
                frame["programme"],
                frame[year_column],
                strict=True,
            )
        ]

    def municipality_codes(self, tables: Tables) -> list[str]:
        """Return the codes of the municipalities that the filters leave, in gazetteer order.

        Those in the chosen prefectures and, where anything else is asked, with a passing case, tie or bloc;
        a text also finds municipalities by name, kana and code.
        """
        frame = municipalities()
        inside = frame["prefecture_code"].isin(self.prefectures) if self.prefectures else frame["code6"].notna()
        if self != Filters(prefectures=self.prefectures):
            inside &= frame.index.isin(self._taking_part(tables) | self._named())
        return list(frame.index[inside])

    def _taking_part(self, tables: Tables) -> set[str]:
        ties = self.partnerships(tables, partnerships(tables))
        members = [
            *self.cases(tables, cases(tables))["member_codes"],
            *self.blocs(tables, blocs(tables))["member_codes"],
            *self.networks(tables, networks(tables))["member_codes"],
        ]
        return {code for codes in members for code in codes} | set(ties["from_code"]) | set(ties["to_code"])

    def _named(self) -> set[str]:
        if not self.text or self != Filters(prefectures=self.prefectures, text=self.text):
            return set()
        words = [fold(word) for word in self.text.split()]
        return {code for code, text in _municipality_texts().items() if all(word in text for word in words)}


@per_snapshot()
def filter_options(tables: Tables) -> dict[str, list[str]]:
    """Return what can be chosen: theme names, prefecture codes with data, programme ids, years with data."""
    frames = (cases(tables), partnerships(tables), blocs(tables), networks(tables))
    prefectures = {code for frame in frames for codes in frame["prefecture_codes"] for code in codes}
    years = {
        str(value)[:4]
        for frame, column in zip(frames, ("fiscal_year", "since", "since", "since"), strict=True)
        for value in frame[column]
        if value
    }
    families = {*partnerships(tables)["family"], *networks(tables)["family"]}
    return {
        "themes": [theme.name for theme in THEMES],
        "prefectures": [code for code in PREFECTURES if code in prefectures],
        "programmes": list(programmes(tables).index),
        "years": sorted(years),
        "kinds": [each.id for each in TIE_KINDS if each.id in families],
        "tiers": list(TIERS),
    }


def _programme_names(tables: Tables) -> dict[str, str]:
    return {str(row["id"]): f"{row['name']} {row['name_en']}" for row in rows(programmes(tables).reset_index())}


def _joined(parts: Iterable[str]) -> str:
    # A bar between parts, so that a word never matches across two of them.
    return "|".join(fold(part) for part in parts)


def _search_texts(tables: Tables, frame: pd.DataFrame, columns: tuple[str, ...]) -> dict[str, str]:
    """Return id to everything that a text filter searches: columns, programme, themes, places."""
    names = _programme_names(tables)
    texts = {}
    for row in rows(frame):
        codes = row.get("member_codes") or [row[end] for end in ("from_code", "to_code") if row.get(end)]
        places = [display_name(code) for code in codes] + [PREFECTURES[code] for code in row["prefecture_codes"]]
        texts[row["id"]] = _joined(
            [*(row[column] for column in columns), names[row["programme"]], *row["themes"], *places]
        )
    return texts


@per_snapshot()
def _case_texts(tables: Tables) -> dict[str, str]:
    return _search_texts(tables, cases(tables), ("title", "organisation", "role", "kind", "note"))


@per_snapshot()
def _tie_texts(tables: Tables) -> dict[str, str]:
    return _search_texts(tables, partnerships(tables), ("kind", "name"))


@per_snapshot()
def _bloc_texts(tables: Tables) -> dict[str, str]:
    return _search_texts(tables, blocs(tables), ("name", "project", "representative"))


@per_snapshot()
def _network_texts(tables: Tables) -> dict[str, str]:
    return _search_texts(tables, networks(tables), ("name", "kind", "note"))


@cache
def _municipality_texts() -> dict[str, str]:
    return {
        row["code"]: _joined([row["prefecture"] + row["name"], row["kana"], row["code"], row["code6"]])
        for row in rows(municipalities().reset_index())
    }
