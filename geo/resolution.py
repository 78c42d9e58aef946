"""What a written name was found to mean: one frozen value, whose sentences are made only when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from geo.codes import PREFECTURES
from geo.errors import AmbiguousNameError, UnknownNameError
from geo.place_names import place_names

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

Status = Literal["resolved", "ambiguous", "several", "merged", "unknown", "prefecture", "not_a_place"]

PREFECTURE_ADDED = "都道府県を補完"
"""The change that says that neither text nor caller told the prefecture."""

_SHOWN = 40
"""So much of the text is repeated in a refusal."""
NAMED = 8
"""So many candidates are named in a sentence; the rest are counted."""


class Candidate(NamedTuple):
    """A place that was perhaps meant: own code (5 digits; a ward's where a ward), and why it is named."""

    code: str
    reason: str


class Finding(NamedTuple):
    """What is the same for every input that is matched alike; shared between results.

    Parameters
    ----------
    status
        See ``Resolution``.
    code, ward_code
        5 digits, or None.
    options
        The candidates, best first.
    changes
        What differs between the writing and the match.
    note
        What the explanation says beyond that.
    care
        Characters that, when they follow the match, call for the careful reading.
    near
        Text and prefecture (2 digits) for which names alike are to be suggested, when asked for.
    history
        One phrase for each former place, with dates and kinds of change.
    prefecture
        2 digits, where a prefecture is all that is named.
    others
        What says that there are more than are named, such as "ほか3町"; "" where all are.
    """

    status: Status
    code: str | None = None
    ward_code: str | None = None
    options: tuple[Candidate, ...] = ()
    changes: tuple[str, ...] = ()
    note: str = ""
    care: Container[str] = frozenset()
    near: tuple[str, str | None] | None = None
    history: tuple[str, ...] = ()
    prefecture: str | None = None
    others: str = ""


class Resolution(NamedTuple):
    """What a written name means.

    Parameters
    ----------
    input
        As written.
    finding
        What it was found to be.
    end
        The match is ``input[:end]``.

    Attributes
    ----------
    status
        ``resolved``: exactly one municipality of today; ``merged``: a former one, ``code`` is its only successor,
        or None with the successors in ``candidates``; ``ambiguous``: one of ``candidates``; ``several``: all of
        ``candidates``, and perhaps ``others``; ``unknown``: none, ``candidates`` are suggestions; ``prefecture``: a
        prefecture only; ``not_a_place``: nothing to look for, or an organisation, ``candidates`` where it may be.
    code, ward_code
        5 digits, or None. The municipality; the ward of a designated city where one is written.
    candidates
        Codes of municipalities or wards.
    """

    input: str
    finding: Finding
    end: int

    @property
    def status(self) -> Status:
        """What became of it."""
        return self.finding.status

    @property
    def code(self) -> str | None:
        """5-digit code of the municipality, or None."""
        return self.finding.code

    def one_code(self) -> str:
        """Return the 5-digit code of the municipality; a ward stands for its city.

        Raises
        ------
        AmbiguousNameError, UnknownNameError
            When the text fits several or none; the message says which, and what may have been meant.

        Examples
        --------
        >>> from geo.resolve import resolve
        >>> resolve("川場村").one_code()
        '10444'
        """
        if self.code is None:
            kind = AmbiguousNameError if self.status == "ambiguous" else UnknownNameError
            raise kind(f"「{self.input[:_SHOWN]}」：{self.explanation}", self.candidates)
        return self.code

    @property
    def ward_code(self) -> str | None:
        """5-digit code of the ward of a designated city, or None."""
        return self.finding.ward_code

    @property
    def prefecture(self) -> str | None:
        """2 digits of the prefecture: the municipality's, or the one that is all that is named."""
        return self.code[:2] if self.code else self.finding.prefecture

    @property
    def options(self) -> tuple[Candidate, ...]:
        """Candidates with the reason for each, best first."""
        finding = self.finding
        if finding.near is None:
            return finding.options
        from geo.suggestions import suggestions  # noqa: PLC0415 - rapidfuzz only for what did not match

        known = {option.code for option in finding.options}
        return finding.options + tuple(each for each in suggestions(*finding.near) if each.code not in known)

    @property
    def candidates(self) -> tuple[str, ...]:
        """Codes of the candidates, best first."""
        return tuple(option.code for option in self.options)

    @property
    def span(self) -> tuple[int, int]:
        """Start and end of the match in the input."""
        return (0, self.end)

    @property
    def matched(self) -> str:
        """The part of the input that was matched."""
        return self.input[: self.end]

    @property
    def rest(self) -> str:
        """What follows the match."""
        return self.input[self.end :]

    @property
    def changes(self) -> tuple[str, ...]:
        """What differs between the writing and the match, in Japanese."""
        return self.finding.changes

    @property
    def history(self) -> tuple[str, ...]:
        """For a former name: what it became, when, and by which kind of change."""
        return self.finding.history

    @property
    def others(self) -> str:
        """What says that a cell of several holds more than are named, such as "ほか3町"; "" where all are."""
        return self.finding.others

    @property
    def explanation(self) -> str:
        """One or two sentences in Japanese that a planner can read."""
        return explain(self)


def unique_candidates(options: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return each code once, with its first reason."""
    return tuple({option.code: option for option in reversed(tuple(options))}.values())[::-1]


def name_of(code: str) -> str:
    """Return prefecture and name of an own code, or the prefecture of PP000."""
    if code.endswith("000"):
        return PREFECTURES[code[:2]]
    return place_names().places[code].full_name


def _listed(codes: tuple[str, ...]) -> str:
    names = "、".join(name_of(code) for code in codes[:NAMED])
    return names + (f" ほか{len(codes) - NAMED}件" if len(codes) > NAMED else "")


def explain(result: Resolution) -> str:
    """Return the explanation of a result."""
    finding = result.finding
    notes = [each for each in (finding.note, *finding.history) if each]
    if finding.status in ("resolved", "merged") and finding.code:
        head = name_of(finding.ward_code or finding.code)
        if finding.changes:
            head += f"（{'、'.join(finding.changes)}）"
        return "。".join((head, *notes, *_namesakes(result))) + "。"
    if finding.status == "merged":
        return "。".join((*notes, f"今の{_listed(result.candidates)}にあたります")) + "。"
    if finding.status == "ambiguous":
        notes = notes or ["一つに決められません"]
        narrowed = ["、".join(finding.changes)] if finding.changes else []
        return "。".join((*notes, *narrowed, f"候補：{_listed(result.candidates)}")) + "。"
    if finding.status == "several":
        return "。".join((finding.note, f"書かれているのは、{_listed(result.candidates)}")) + "。"
    if finding.status == "unknown":
        near = result.candidates
        notes = notes or ["当たる市区町村がありません"]
        return "。".join((*notes, *([f"近い名前：{_listed(near)}"] if near else []))) + "。"
    if result.candidates:
        notes = [*notes, f"関わりそうな市区町村：{_listed(result.candidates)}"]
    return "。".join(notes) + "。"


def _namesakes(result: Resolution) -> tuple[str, ...]:
    """Say which former places bore the name that is read as one of today."""
    if result.status != "resolved" or result.code is None:
        return ()
    from geo.mergers import former_names  # noqa: PLC0415 - only when an explanation is asked for
    from geo.name_folding import fold_kanji, squeeze  # noqa: PLC0415

    former = former_names().get(fold_kanji(squeeze(result.matched)), ())
    others = [place.full_name for place in former if place.successors != (result.code,) and not place.is_county]
    return (f"同じ名前の旧市町村もありました：{'、'.join(others[:NAMED])}",) if others else ()
