"""The resolver on the development sets beside the project: what is wrong, what is right, kind by kind.

Each function reads one set of ``shared/geocode`` and returns verdicts; the sets stay where they are.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geo.codes import PREFECTURES, normalize_prefecture
from geo.place_names import place_names
from geo.resolution import name_of
from geo.resolve import resolve, resolve_many
from geo.scan import scan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.resolution import Resolution
    from geo.scan import Mention

SETS = Path(__file__).resolve().parents[1].parent / "shared" / "geocode"

_OPEN = {"AMB": ("ambiguous", "several"), "UNK": ("unknown", "not_a_place"), "PREF": ("prefecture",)}
_CODE = re.compile(r"\d{5}")
_CONTEXT = re.compile(r"(prefecture|as_of)=(\S+)")
_ROWS = re.compile(r"rows of one table: (\S+?[都道府県]) (\S+)")
_OPTION = re.compile(r" --(prefecture|as-of) (\S+)")


class Verdict(NamedTuple):
    """One case: ``outcome`` is right, wrong (a code that is not the expected one) or open."""

    case: str
    expected: str
    outcome: str
    got: str
    kind: str


def _rows(name: str) -> list[dict[str, str]]:
    path = SETS / name
    if not path.exists():
        return []
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _told(result: Resolution) -> str:
    code = result.ward_code or result.code or ",".join(result.candidates[:4])
    return f"{result.status}:{code}"


def _verdict(case: str, expected: str, result: Resolution, kind: str) -> Verdict:
    """Judge by the codes that an expectation names; without any, an answer without a code is right."""
    codes = set(_CODE.findall(expected))
    if result.code is None:
        asked_open = not codes or bool(
            re.search(r"unknown|ambiguous|not_a_place|AMB|UNK|PREF|言う|断る|止まる|決めない", expected)
        )
        return Verdict(case, expected, "right" if asked_open else "open", _told(result), kind)
    open_only = bool(re.match(r"(?:unknown|ambiguous|not_a_place|AMB|UNK|PREF)\b", expected)) and "or" not in expected
    if not codes and re.search(r"[都道府県].+[市町村区]$", expected):
        codes = {result.code} if name_of(result.code) in expected else set()
        open_only = False
    right = {result.code, result.ward_code} & codes and not (open_only and "|" not in expected)
    return Verdict(case, expected, "right" if right else "wrong", _told(result), kind)


def adversarial() -> list[Verdict]:
    """Judge ``adversarial.csv``: accepted are codes, AMB (ambiguous or several), UNK, PREF, joined by |."""
    verdicts = []
    for row in _rows("adversarial.csv"):
        as_of = _context(row["context"]).get("as_of")
        result = resolve(row["input"], as_of=date.fromisoformat(as_of) if as_of else None)
        accepted = row["accepted"].split("|")
        codes = {part for each in accepted for part in each.split("/") if _CODE.fullmatch(part)}
        wards = {each.split("/")[1] for each in accepted if "/" in each}
        statuses = {status for each in accepted for status in _OPEN.get(each, ())}
        if result.code:
            right = (result.code in codes or result.ward_code in codes) and (not wards or result.ward_code in wards)
            right = right or result.code in {each for each in accepted if "/" not in each}
            outcome = "right" if right else "wrong"
        else:
            outcome = "right" if result.status in statuses else "open"
        verdicts.append(Verdict(row["input"], row["accepted"], outcome, _told(result), row["kind"]))
    return verdicts


def _context(text: str) -> dict[str, str]:
    return dict(_CONTEXT.findall(text))


def failing() -> list[Verdict]:
    """Judge the rows of ``failing.csv`` that are about single names or tables."""
    verdicts = []
    for row in _rows("failing.csv"):
        if row["context"].startswith("scan"):
            continue
        table = _ROWS.match(row["context"])
        if table:
            result = in_table_of(row["input"], table[1], date.fromisoformat(table[2]))
        else:
            context = _context(row["context"])
            day = date.fromisoformat(context["as_of"]) if "as_of" in context else None
            result = resolve(row["input"], prefecture=context.get("prefecture"), as_of=day)
        verdicts.append(_verdict(f"{row['input']} {row['context']}".strip(), row["expected"], result, row["kind"]))
    return verdicts


def names_of_day(prefecture: str, day: date) -> list[str]:
    """Return the bare names of the municipalities of a prefecture on a day, as a table of that time has them."""
    from geo.mergers import former_names, named_since  # noqa: PLC0415

    code = normalize_prefecture(prefecture)
    names = [
        place.name
        for place in place_names().places.values()
        if place.code[:2] == code and not place.ward_code and (named_since(place.code, place.name) or day) <= day
    ]
    for places in former_names().values():
        names += [
            each.name
            for each in places
            if each.prefecture == code and not each.is_county and each.name[-1] != "区" and each.existed(day)
        ]
    return sorted(set(names))


def in_table_of(name: str, prefecture: str, day: date) -> Resolution:
    """Resolve a name as one row of the table of its prefecture's municipalities on a day."""
    rows = [each for each in names_of_day(prefecture, day) if each != name]
    return resolve_many([*rows, name], one_table=True)[-1]


def failing_reports() -> list[Verdict]:
    """Judge the rows of ``failing_reports.csv`` that are about resolving one text."""
    verdicts = []
    for row in _rows("failing_reports.csv"):
        if row["kind"] != "resolve":
            continue
        options = dict(_OPTION.findall(row["input"]))
        text = _OPTION.sub("", row["input"]).strip()
        day = date.fromisoformat(options["as-of"]) if "as-of" in options else None
        result = resolve(text, prefecture=options.get("prefecture"), as_of=day)
        verdicts.append(_verdict(f"{row['id']} {row['input']}", row["expected"], result, row["why"]))
    return verdicts


def historical() -> dict[tuple[str, str], list[Verdict]]:
    """Judge ``historical.csv.gz`` by group and form; rows whose truth is kept elsewhere are left out.

    The form "pref+name" is put beside: the same rows without their 郡.
    """
    found: dict[tuple[str, str], list[Verdict]] = {}
    for row in _rows("historical.csv.gz"):
        if not row["gold"]:
            continue
        texts = {row["form"]: row["input"]}
        if row["form"] == "pref+county+name":
            texts["pref+name"] = _without_county(row["input"])
        for form, text in texts.items():
            result = resolve(text, as_of=date.fromisoformat(row["as_of"]) if row["as_of"] else None)
            codes = {result.code, *({} if result.code else result.candidates)}
            reached = row["gold"] in codes
            outcome = "right" if reached and result.code else "wrong" if result.code else "open"
            kind = "gold among the candidates" if reached and not result.code else ""
            found.setdefault((row["group"], form), []).append(
                Verdict(f"{text} {row['as_of']}".strip(), row["gold"] + row["gold_name"], outcome, _told(result), kind)
            )
    return found


def _without_county(text: str) -> str:
    prefecture = next((name for name in PREFECTURES.values() if text.startswith(name)), "")
    behind = text.removeprefix(prefecture)
    county = re.match(r".{1,12}郡(?=.+[町村]$)", behind)
    return prefecture + (behind[county.end() :] if county else behind)


def sentences() -> Iterator[tuple[str, list[dict[str, str]], list[Mention]]]:
    """Yield each sentence of ``scan_sentences.csv`` with what is expected and what is found."""
    groups: dict[str, list[dict[str, str]]] = {}
    for row in _rows("scan_sentences.csv"):
        groups.setdefault(row["sentence"], []).append(row)
    for sentence, rows in groups.items():
        yield sentence, [row for row in rows if row["surface"]], scan(sentence)


def scan_verdicts() -> list[Verdict]:
    """Judge the sentences: each expected mention right, open or lost, and each found one that is none wrong."""
    verdicts = []
    for sentence, expected, mentions in sentences():
        left = list(mentions)
        end = 0
        for row in expected:
            # In the order of the sentence; the whole words before a part of them.
            behind = [each for each in left if each.start >= end and _same_words(each.text, row["surface"])]
            hit = min(behind, key=lambda each: each.start, default=None)
            if hit is not None:
                left.remove(hit)
                end = hit.start
            verdicts.append(_scan_verdict(sentence, row, hit))
        verdicts += [
            Verdict(sentence, "no mention", "wrong", f"{each.text} {each.status}:{each.code}", "extra")
            for each in left
            if each.code and not any(_same_words(each.text, row["surface"]) for row in expected)
        ]
    return verdicts


def _same_words(found: str, surface: str) -> bool:
    return found.endswith(surface) or surface.endswith(found.removeprefix("同"))


def _scan_verdict(sentence: str, row: dict[str, str], hit: Mention | None) -> Verdict:
    gold = row["gold"].removeprefix("M:")
    case = f"{row['surface']}｜{sentence[:40]}"
    if hit is None:
        return Verdict(case, gold, "lost", "", "")
    code = hit.ward_code or hit.code
    got = f"{hit.status}:{code or ','.join(hit.candidates)}"
    if code is None:
        names = {_gold_name(each) for each in hit.candidates}
        told = gold.startswith("AMB") or names == {gold}
        return Verdict(case, gold, "right" if told else "open", got, "")
    right = gold.removeprefix("AMB") in (_gold_name(code), _gold_name(hit.code or code))
    return Verdict(case, gold, "right" if right else "wrong", got, "")


def _gold_name(code: str) -> str:
    place = place_names().places[code]
    city = place_names().places[place.code]
    name = f"{PREFECTURES[code[:2]]}/{city.name}"
    return f"{name}@{place.short}" if place.ward_code else name


def counts(verdicts: list[Verdict]) -> Counter[str]:
    """Count the outcomes."""
    return Counter(each.outcome for each in verdicts)
