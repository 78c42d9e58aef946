"""The card of a case as data: what was wrong, done, reached and is next; with whom, on what evidence, whom to ask."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.errors import UnknownNameError
from layers.cases import ASPECTS, MEANS, STAGES
from layers.organisations import KINDS as ORGANISATION_KINDS
from layers.tables import per_snapshot, rows
from layers.themes import NO_THEME, THEMES
from renkei.present.case_words import CASE_WORDS, case_word
from renkei.present.figure_texts import FigureLine, figure_line
from renkei.present.party_names import party_name
from renkei.present.words import japanese_date
from renkei.retrieval.similar_cases import similar_cases

if TYPE_CHECKING:
    from renkei.atlas import Atlas
    from renkei.present.words import Language

LISTS = (
    ("challenge", ("challenge",)),
    ("measure", ("measure",)),
    ("result", ("success", "difficulty")),
    ("outlook", ("outlook",)),
)
"""The four lists, and the aspects that each holds."""
INFERRED = "名称からの推定"
FEW = 3


@dataclass(frozen=True)
class Entry:
    """One sentence: ``text`` (Japanese), ``label`` (成果 or 難しかったこと, else ""), ``themes``, ``where`` (lines)."""

    text: str
    label: str
    themes: tuple[str, ...]
    where: str


@dataclass(frozen=True)
class CardList:
    """One of the four lists: ``id``, ``heading``, ``entries``."""

    id: str
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class CaseLink:
    """A way to another case: ``id``, ``title``, ``place``, ``why``, and the ``code`` of its first place (or PP000)."""

    id: str
    title: str
    place: str
    why: str
    code: str = ""


@dataclass(frozen=True)
class Partner:
    """Who took part.

    Parameters
    ----------
    name, kind, role
        As shown; the role in Japanese.
    organisation
        Id of the organisation, or "".
    code
        Of a municipality or prefecture (PP000), or "".
    others
        Its other cases, up to three.
    """

    name: str
    kind: str
    role: str
    organisation: str
    code: str
    others: tuple[CaseLink, ...]


@dataclass(frozen=True)
class Source:
    """What the case stands on: ``title``, ``publisher``, ``published``, ``page`` (or ""), ``lines``, ``note``."""

    title: str
    publisher: str
    published: str
    page: str
    lines: str
    note: str


@dataclass(frozen=True)
class CaseCard:
    """Enough of a case to decide whether to call that town. Every text is plain; nothing is markup.

    Parameters
    ----------
    themes
        (name as stored, name in the language), primary first; empty where the source has but a name.
    inferred
        Whether something of it is inferred from a name: 「名称からの推定」.
    lists
        Challenge, measure, result, outlook – always four, some may be empty.
    headings
        Words of the card in its language.
    """

    id: str
    title: str
    place: str
    codes: tuple[str, ...]
    programme: str
    kind: str
    year: str
    stage: str
    themes: tuple[tuple[str, str], ...]
    means: tuple[str, ...]
    summary: str
    notes: tuple[str, ...]
    inferred: bool
    ask: str
    lists: tuple[CardList, ...]
    partners: tuple[Partner, ...]
    figures: tuple[FigureLine, ...]
    similar: tuple[CaseLink, ...]
    done: tuple[CaseLink, ...]
    source: Source
    headings: dict[str, str]


def case_card(atlas: Atlas, identifier: str, language: Language = "ja") -> CaseCard:
    """Return the card of a case.

    Raises
    ------
    UnknownNameError
        When there is no such case.

    Examples
    --------
    >>> from renkei.atlas import Atlas
    >>> card = case_card(Atlas.open(), "dispatch-r4-041")
    >>> card.place, [each.heading for each in card.lists], card.source.page
    ('岡山県真庭市', ['課題', '取組', '成果・教訓', '今後'], '29ページ付近')
    """
    known = _cases(atlas)
    if identifier not in known:
        msg = f"事例「{identifier[:60]}」はありません。一覧から選び直してください。"
        raise UnknownNameError(msg)
    row = known[identifier]
    english = language == "en"
    codes = codes_of_case(row)
    programme = atlas.programmes().loc[row["programme"], "name_en" if english else "name"]
    return CaseCard(
        id=identifier,
        title=case_title(row),
        place=_places(codes, language),
        codes=codes,
        programme=str(programme),
        kind=row["kind"],
        year=_year(row["fiscal_year"], language),
        stage=STAGES[row["stage"]][english] if row["stage"] else "",
        themes=tuple((name, theme_name(name, language)) for name in row["themes"]),
        means=tuple(means_name(each, language) for each in row["means"]),
        summary=row["summary_en"] if english else row["summary"],
        notes=_notes(row, language),
        inferred=INFERRED in row["note"],
        ask=_ask(row, codes, language),
        lists=_lists(_items(atlas).get(identifier, []), language),
        partners=tuple(_partners(atlas, row, language)),
        figures=tuple(figure_line(each, language) for each in _figures(atlas).get(identifier, [])),
        similar=_similar(atlas, identifier, "challenge", language),
        done=_similar(atlas, identifier, "measure", language),
        source=_source(atlas, row, language),
        headings={key: case_word(key, language) for key in CASE_WORDS},
    )


@per_snapshot()
def _cases(atlas: Atlas) -> dict[str, dict[str, Any]]:
    contents = {row["case_id"]: row for row in rows(atlas.case_contents().reset_index())}
    empty = {"summary": "", "summary_en": "", "stage": "", "means": (), "keywords": ()}
    return {row["id"]: row | contents.get(row["id"], empty) for row in rows(atlas.cases())}


@per_snapshot()
def _items(atlas: Atlas) -> dict[str, list[dict[str, Any]]]:
    return _by_case(rows(atlas.items()))


@per_snapshot()
def _figures(atlas: Atlas) -> dict[str, list[dict[str, Any]]]:
    return _by_case(rows(atlas.figures()))


@per_snapshot()
def _partner_rows(atlas: Atlas) -> dict[str, list[dict[str, Any]]]:
    return _by_case(rows(atlas.case_partners()))


def _by_case(found: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    by_case: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in found:
        by_case[row["case_id"]].append(row)
    return dict(by_case)


def case_rows(atlas: Atlas) -> dict[str, dict[str, Any]]:
    """Return each case with its contents, by id. Not to be changed."""
    return _cases(atlas)


def codes_of_case(row: dict[str, Any]) -> tuple[str, ...]:
    """Return the municipalities of a case, or its prefecture (PP000)."""
    return row["member_codes"] or tuple(f"{code}000" for code in row["prefecture_codes"])


def case_title(row: dict[str, Any]) -> str:
    """Return a case's title, or what stands for one where the source has none."""
    return str(row["title"] or f"{row['kind']}（{row['organisation'] or row['role']}）")


def theme_name(name: str, language: Language) -> str:
    """Return a theme's name in a language."""
    return next((each.name_en for each in (*THEMES, NO_THEME) if each.name == name), name) if language == "en" else name


def means_name(name: str, language: Language) -> str:
    """Return a means' name in a language."""
    return MEANS.get(name, name) if language == "en" else name


def _places(codes: tuple[str, ...], language: Language) -> str:
    return ("、" if language == "ja" else "; ").join(party_name(code, language) for code in codes)


def _year(year: str, language: Language) -> str:
    if not year:
        return ""
    return f"FY{year}" if language == "en" else japanese_date(f"FY{year}")


def _notes(row: dict[str, Any], language: Language) -> tuple[str, ...]:
    notes = [row["note"]] if row["note"] else []
    if row["workshop_year"]:
        notes.append(case_word("workshop", language, year=row["workshop_year"]))
    return tuple(notes)


def _ask(row: dict[str, Any], codes: tuple[str, ...], language: Language) -> str:
    if row["office"]:
        return case_word("office", language, office=row["office"])
    place = _places(codes[:1], language)
    if not row["role"]:
        return case_word("unknown_ask", language, place=place)
    year = _year(row["fiscal_year"], language)
    if row["organisation"]:
        return case_word("sent", language, place=place, role=row["role"], year=year, sender=row["organisation"])
    return case_word("in_office", language, place=place, role=row["role"], year=year)


def _lists(items: list[dict[str, Any]], language: Language) -> tuple[CardList, ...]:
    english = language == "en"
    return tuple(
        CardList(
            identifier,
            case_word(identifier, language),
            tuple(
                Entry(
                    item["text"],
                    ASPECTS[item["aspect"]][english] if len(aspects) > 1 else "",
                    item["themes"],
                    case_word("lines", language, lines=_lines(item["lines"])),
                )
                for aspect in aspects
                for item in items
                if item["aspect"] == aspect
            ),
        )
        for identifier, aspects in LISTS
    )


def _lines(written: str) -> str:
    return written.replace("-", "～").replace(";", "・")


def _partners(atlas: Atlas, case: dict[str, Any], language: Language) -> list[Partner]:
    bodies = atlas.organisations()
    by_name = _organisation_names(atlas)
    links = _cases_of_organisations(atlas)
    partners = []
    for row in _partner_rows(atlas).get(case["id"], []):
        place = codes_of_case(case)[0]
        organisation = by_name.get((row["name"], place)) or by_name.get((row["name"], "")) or ""
        others = [
            (other, "")
            for other in (_cases_of_codes(atlas).get(row["code"], ()) if row["code"] else links.get(organisation, ()))
        ]
        if organisation and str(bodies.at[organisation, "place"]):
            name = str(bodies.at[organisation, "name"])
            others += [
                (other, case_word("same_partner_kind", language, name=name))
                for body in bodies.index[bodies["name"].eq(name)]
                if body != organisation
                for other in links.get(str(body), ())
            ]
        kinds = ORGANISATION_KINDS | {"municipality": ("自治体", "Municipality")}
        partners.append(
            Partner(
                party_name(row["code"], language) if row["code"] and language == "en" else row["name"],
                kinds[row["kind"]][language == "en"],
                row["role"],
                organisation,
                row["code"],
                tuple(_link(atlas, other, why, language) for other, why in _others(others, case["id"])),
            )
        )
    return partners


def _others(found: list[tuple[str, str]], own: str) -> list[tuple[str, str]]:
    """Return up to three other cases, each once."""
    once = {other: why for other, why in reversed(found) if other != own}
    return [(other, once[other]) for other, _ in dict.fromkeys(found) if other in once][:FEW]


@per_snapshot()
def _organisation_names(atlas: Atlas) -> dict[tuple[str, str], str]:
    """Return (name, place or "") → id of the organisation."""
    return {
        (name, row["place"]): row["id"]
        for row in rows(atlas.organisations().reset_index())
        for name in (row["name"], *row["names"])
    }


@per_snapshot()
def _cases_of_organisations(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    links = atlas.organisation_links()
    links = links[links["fact_id"].isin(_cases(atlas))]
    return {str(key): tuple(dict.fromkeys(own["fact_id"])) for key, own in links.groupby("organisation_id")}


@per_snapshot()
def _cases_of_codes(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """Return code → the cases of that municipality, or in which it took part."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in _cases(atlas).values():
        for code in codes_of_case(row):
            found[code].append(row["id"])
    for row in rows(atlas.case_partners()):
        if row["code"]:
            found[row["code"]].append(row["case_id"])
    return {code: tuple(dict.fromkeys(ids)) for code, ids in found.items()}


def _link(atlas: Atlas, identifier: str, why: str, language: Language) -> CaseLink:
    row = _cases(atlas)[identifier]
    codes = codes_of_case(row)
    return CaseLink(identifier, case_title(row), _places(codes, language), why, codes[0])


def _similar(atlas: Atlas, identifier: str, which: str, language: Language) -> tuple[CaseLink, ...]:
    key, between = ("same_words" if which == "challenge" else "same_means"), "・" if language == "ja" else ", "
    return tuple(
        _link(atlas, each.id, case_word(key, language, words=between.join(each.words)), language)
        for each in similar_cases(atlas, identifier, which, FEW)
    )


def _source(atlas: Atlas, row: dict[str, Any], language: Language) -> Source:
    document = atlas.documents().loc[row["document"]]
    published = str(document["published"])
    pages = row["pages"].replace("-", "～" if language == "ja" else "–")
    return Source(
        str(document["title"]),
        str(document["publisher"]),
        published if language == "en" else japanese_date(published),
        case_word("page", language, pages=pages) if pages else "",
        case_word("lines", language, lines=_lines(row["lines"])),
        case_word("estimated_pages", language) if pages else "",
    )
