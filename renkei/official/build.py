"""Building ``data/indicators/`` anew out of archived inputs, byte for byte the same wherever it is done.

The bytes of a Parquet file depend on the library that writes it: the versions are those of ``constraints.txt``.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.data_folder import write_atomic
from geo.errors import DataError
from geo.gazetteer import wards
from renkei.official import age_groups, census_tables, population_projection, programmes, resident_register
from renkei.official.catalog_entries import derived_blocks, entry, held_blocks, resolved_rule
from renkei.official.definition_files import definitions, groups, in_order, other_tables, releases, table_definitions
from renkei.official.indicator_tables import PACKAGE, package_bytes, parquet_bytes, resource, table_files, tidy
from renkei.official.inputs import listed_inputs
from renkei.official.sources import CENSUS_2025, SOURCES
from renkei.official.table_checks import check_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from renkei.official.catalog_entries import Held
    from renkei.official.inputs import Archive, Input
    from renkei.official.municipal_series import Block
    from renkei.official.sources import Source

PRELIMINARY = "census_2025_preliminary.csv"
REGISTER = ("soumu_juki_population_2025-01-01.xlsx", "soumu_juki_age5_2025-01-01.xlsx")
PROJECTION = ("ipss_r5_kekkahyo1.xlsx", "ipss_r5_kekkahyo3_3.xlsx", "ipss_r5_kekkahyo3_4.xlsx")
PAGES = ("national_programmes.csv", "zero_carbon_declarations_partial.csv")
MEDICAL = "secondary_medical_areas_339.csv"
FACTS, AREAS, AGE_GROUPS = "programme_facts", "secondary_medical_areas", "age_groups"
FACT_COLUMNS = ("code", "indicator", "date", "detail", "url", "tier")
AREA_COLUMNS = ("code", "name", "prefecture", "member_codes", "parts")


@dataclass
class Built:
    """What was built.

    Parameters
    ----------
    files
        File name to content; ``datapackage.json`` only when nothing is missing.
    missing
        Table to the inputs that it lacks.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    missing: dict[str, list[Input]] = field(default_factory=dict)
    resources: list[dict[str, Any]] = field(default_factory=list)


def build(archive: Archive, progress: Callable[[str], None] = lambda _: None, tables: Sequence[str] = ()) -> Built:
    """Build every table whose inputs are there, and the data package when all are.

    Parameters
    ----------
    archive
        Where the inputs lie.
    progress
        Told each table before it is read.
    tables
        Only these, and no data package; all by default.

    Raises
    ------
    DataError
        When a table does not exist, or an input yields something without a definition, or out of bounds.
    """
    built = Built()
    held: Held = {}
    if unknown := set(tables) - set(table_names()):
        msg = f"表「{'、'.join(sorted(unknown))}」はありません。ある表：{'、'.join(table_names())}"
        raise DataError(msg)
    for source in (each for each in SOURCES if each.inputs and (not tables or each.table in tables)):
        progress(source.title)
        if paths := _paths(built, archive, source.table, source.inputs):
            held |= held_blocks(_build_table(built, source, paths))
    beside = {
        "wards": _build_wards,
        "superseded": _build_superseded,
        FACTS: _build_facts,
        AREAS: _build_areas,
        AGE_GROUPS: _build_age_groups,
    }
    for name, build_one in beside.items():
        if not tables or name in tables:
            build_one(built, archive)
    if not built.missing and not tables:
        progress("指標の一覧")
        entries, empty = catalog(held, retrieved)
        built.files[PACKAGE] = package_bytes(
            built.resources, entries, groups=groups(), releases=releases(), not_offered=empty
        )
    return built


def table_names() -> tuple[str, ...]:
    """Return the names of the tables that are built."""
    return (*(each.table for each in SOURCES if each.inputs), "wards", "superseded", FACTS, AREAS, AGE_GROUPS)


def _paths(built: Built, archive: Archive, table: str, inputs: Sequence[str]) -> list[Path]:
    if lacking := archive.missing(tuple(inputs)):
        built.missing[table] = lacking
    return [path for name in inputs if (path := archive.path(name))] if not lacking else []


def retrieved(table: str) -> str:
    """Return the ISO day on which the newest input of a table was got; "" where the shipped tables hold none."""
    inputs = next((each.inputs for each in SOURCES if each.table == table and each.inputs), ())
    return max((listed_inputs()[name].retrieved for name in inputs), default="")


def _build_table(built: Built, source: Source, paths: list[Path]) -> list[Block]:
    blocks = source.read(paths, source.as_of or "").blocks
    order = {identifier: place for place, identifier in enumerate(definitions())}
    if unknown := {block[0] for block in blocks} - set(order):
        msg = f"{source.table}: 定義のない指標 {'、'.join(sorted(unknown))}"
        raise DataError(msg)
    blocks.sort(key=lambda block: (order[block[0]], block[1]))
    frame = tidy(blocks)
    check_table(frame, list(definitions().values()))
    about = table_definitions()[source.table].source
    for path, content in table_files(source.table, frame).items():
        _add(built, path, content, len(frame), max(frame["date"]), source.inputs, about)
    return blocks


def _add(
    built: Built,
    path: str,
    content: bytes,
    rows: int,
    as_of: str,
    inputs: Iterable[str],
    about: dict[str, str],
    columns: Sequence[str] = (),
) -> None:
    given = [listed_inputs()[name] for name in inputs]
    made = resource(path, content, rows, as_of, max(each.retrieved for each in given), about)
    if columns:
        made["schema"] = {"fields": [{"name": column, "type": "string"} for column in columns]}
    made["inputs"] = [{"file": each.file, "sha256": each.sha256} for each in given]
    built.files[path] = content
    built.resources.append(made)


def _build_wards(built: Built, archive: Archive) -> None:
    """Build the table of the wards of designated cities, beside the 1,741."""
    inputs = (CENSUS_2025, *REGISTER, *PROJECTION)
    if not (paths := _paths(built, archive, "wards", inputs)):
        return
    census, persons, ages, *projection = paths
    blocks = [
        *census_tables.read_census_wards(census),
        *resident_register.read_register_wards(persons, ages),
        *population_projection.read_projection_wards(projection),
    ]
    _add_derived_wards(blocks)
    frame = tidy(blocks, wards().index)
    _add(built, "wards.parquet", parquet_bytes(frame), len(frame), "2050", inputs, other_tables()["wards"])


def _add_derived_wards(blocks: list[Block]) -> None:
    """Add the shares of age groups, which follow from their counts as they do for municipalities."""
    held = held_blocks(blocks)
    dates = {identifier: [date for own, date in held if own == identifier] for identifier, _ in held}
    for definition in definitions().values():
        rule = (
            resolved_rule(definition, lambda identifier: dates.get(identifier, [])) if definition["derived"] else None
        )
        if rule and all(each.removeprefix("-") in dates for each in (*rule["numerator"], *rule["denominator"])):
            made = entry(definition, held, rule, retrieved)
            blocks += [] if made is None else derived_blocks(definition["id"], rule, held)


def _build_superseded(built: Built, archive: Archive) -> None:
    """Build the table of figures that final ones have replaced: history, never on the map."""
    if paths := _paths(built, archive, "superseded", (PRELIMINARY,)):
        frame = tidy(census_tables.read_preliminary(paths))
        content = parquet_bytes(frame)
        _add(
            built,
            "superseded.parquet",
            content,
            len(frame),
            max(frame["date"]),
            (PRELIMINARY,),
            other_tables()["superseded"],
        )


def _build_facts(built: Built, archive: Archive) -> None:
    """Build the dated facts behind the memberships."""
    if pages := _paths(built, archive, "programme_facts", PAGES):
        rows = programmes.facts(*pages)
        content = table_text(FACT_COLUMNS, rows)
        about = other_tables()["programme_facts"]
        _add(built, "programme_facts.csv", content, len(rows), "2026-06", PAGES, about, FACT_COLUMNS)


def _build_areas(built: Built, archive: Archive) -> None:
    """Build the 二次医療圏."""
    if medical := _paths(built, archive, "secondary_medical_areas", (MEDICAL,)):
        areas = programmes.medical_areas(medical[0])
        content = table_text(AREA_COLUMNS, areas)
        about = other_tables()["secondary_medical_areas"]
        _add(built, "secondary_medical_areas.csv", content, len(areas), "2020", (MEDICAL,), about, AREA_COLUMNS)


def _build_age_groups(built: Built, archive: Archive) -> None:
    """Build the people by sex and five-year age group; they are those of the register."""
    if paths := _paths(built, archive, AGE_GROUPS, REGISTER):
        persons, ages = paths
        frame = age_groups.read_age_groups(ages)
        blocks = resident_register.read_resident_register([persons, ages])
        register = next(values for identifier, _, values, _ in blocks if identifier == "register_population")
        people = frame.groupby("code")["people"].sum()
        if not people.reindex(register.index).eq(register).all():
            msg = f"{ages.name} の年齢別の人数の和が、{persons.name} の人口と合いません。"
            raise DataError(msg)
        content = age_groups.age_group_bytes(frame)
        about = other_tables()[AGE_GROUPS]
        _add(built, f"{AGE_GROUPS}.parquet", content, len(frame), max(frame["date"]), REGISTER, about)
        built.resources[-1]["schema"] = {"fields": age_groups.FIELDS}


def table_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table as CSV: UTF-8, LF."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def catalog(
    held: Held, got: Callable[[str], str], among: Iterable[str] | None = None
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Return the entries of the catalog in their order, and the indicators that have no value anywhere.

    Parameters
    ----------
    held
        Every block that there is.
    got
        Name of a table → ISO day on which its official files were got.
    among
        Ids to which it is limited; all that are defined by default.

    Raises
    ------
    DataError
        When a shipped table lacks an indicator that is defined for it.
    """
    dates: dict[str, list[str]] = {}
    for identifier, date in held:
        dates.setdefault(identifier, []).append(date)
    known = definitions()
    tables = {known[identifier]["defined_in"] for identifier in dates}
    found, empty = {}, []
    for identifier in set(known) if among is None else set(among):
        definition = known[identifier]
        rule = resolved_rule(definition, lambda each: sorted(dates.get(each, [])))
        if (made := entry(definition, held, rule, got)) is not None:
            found[identifier] = made
        elif definition["defined_in"] in tables:
            if identifier not in dates and not definition["derived"]:
                msg = f"値のない指標の定義：{identifier}"
                raise DataError(msg)
            empty.append(identifier)
    listed = [{"id": each, "title": known[each]["title"]} for each in in_order(set(empty))]
    return [found[each] for each in in_order(set(found))], listed


def write(built: Built, folder: Path) -> None:
    """Write what was built, the data package last, and take away tables of earlier builds."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in sorted(built.files.items(), key=lambda each: each[0] == PACKAGE):
        write_atomic(folder / name, content)
    if PACKAGE in built.files:
        for path in folder.iterdir():
            if path.suffix in (".parquet", ".csv") and path.name not in built.files:
                path.unlink()


def differing(built: Built, folder: Path) -> list[str]:
    """Return the files that are not byte for byte what was built, or are there without having been built."""
    held = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    wrong = [
        name
        for name, content in built.files.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != content
    ]
    return sorted(wrong + (sorted(held - set(built.files)) if PACKAGE in built.files else []))
