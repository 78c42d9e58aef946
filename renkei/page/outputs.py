"""Files of what is on the screen: sheets, the kept page, layers, tables. Made from the same state as the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.codes import PREFECTURES
from geo.errors import InvalidFilterError
from geo.gazetteer import display_name
from renkei.analysis.place import place
from renkei.browser.map_state import shown
from renkei.browser.static_files import publish_all
from renkei.kept.offline_page import offline_page
from renkei.page.table_files import csv_bytes, panel_frame, xlsx_bytes
from renkei.paper.place_sheet import place_sheet
from renkei.paper.print_map import Sheet, render
from renkei.present.area_codes import read_area
from renkei.present.layer_files import EVERYTHING, export
from renkei.present.page_state import from_query
from renkei.present.party_names import area_name
from renkei.present.words import word

if TYPE_CHECKING:
    from pathlib import Path

    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState

Made = tuple[bytes, str, str]
"""Content, file name, media type."""
_PICTURES = {"sheet": "landscape", "portrait": "portrait", "slide": "slide"}
_KINDS = {
    "pdf": "application/pdf",
    "png": "image/png",
    "html": "text/html; charset=utf-8",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_CORNERS = 4
_DEAR = re.compile(rf"({'|'.join(_PICTURES)}|place)\.|map\.html$|(area-)?{EVERYTHING}\.")


def is_dear(name: str) -> bool:
    """Tell whether an output takes seconds: sheets, the kept page, everything in one file.

    Examples
    --------
    >>> is_dear("sheet.pdf"), is_dear("all.zip"), is_dear("cases.geojson"), is_dear("table.csv")
    (True, True, False, False)
    """
    return _DEAR.match(name) is not None


def read_extent(written: str) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of what the screen shows; None where the text says no such window.

    Examples
    --------
    >>> read_extent("138.4,36.1,139.7,37.0"), read_extent("1,2,3"), read_extent("139,37,138,36")
    ((138.4, 36.1, 139.7, 37.0), None, None)
    """
    try:
        numbers = [float(part) for part in written[:120].split(",")]
    except ValueError:
        return None
    if len(numbers) != _CORNERS:
        return None
    west, south, east, north = numbers
    if not (110 <= west < east <= 170 and 15 <= south < north <= 60):  # noqa: PLR2004 - Japan and its seas
        return None
    return west, south, east, north


def file_stem(state: PageState, name: str) -> str:
    """Name a file for what it shows.

    Examples
    --------
    >>> from renkei.present.page_state import PageState
    >>> file_stem(PageState(code="10444"), "地図")
    'renkei_群馬県川場村_地図'
    """
    where = (
        display_name(state.code)
        if state.code
        else area_name(read_area(state.area), "ja")
        if state.area
        else "・".join(PREFECTURES[code] for code in state.filters.prefectures[:2])
    )
    themes = "・".join(state.filters.themes[:2])
    return "_".join(part for part in ("renkei", where, themes, name) if part)


def made_output(atlas: Atlas, folder: Path, name: str, query: dict[str, list[str]]) -> Made:
    """Make a file.

    Parameters
    ----------
    atlas
        Of the page.
    folder
        Where published files lie.
    name
        Which: ``sheet.pdf``, ``slide.png``, ``place.pdf``, ``map.html``, ``cases.geojson``, ``ties.xlsx``, …
    query
        The address of the page, with ``extent`` and ``map`` of the screen.

    Returns
    -------
    bytes, str, str
        Content, file name and media type.

    Raises
    ------
    KeyError
        When there is no such file.
    RenkeiError
        When it cannot be made; the message says why.
    """
    stem, _, form = name.rpartition(".")
    kind = _KINDS[form]
    parameters = {key: values for key, values in query.items() if key not in ("map", "extent")}
    state, _ = from_query(atlas, parameters)
    view, extent = (query.get(key, [""])[-1] for key in ("map", "extent"))
    left = shown(atlas, state.filters)
    if form in ("pdf", "png"):
        return _paper(atlas, state, stem, form, read_extent(extent))
    if stem == EVERYTHING and form in ("gpkg", "xlsx", "zip"):
        return (
            export(atlas, EVERYTHING, form if form != "zip" else "bundle", state),
            f"{file_stem(state, '一式')}.{form}",
            kind,
        )
    if stem.startswith("area"):
        what = stem.removeprefix("area-")
        content = export(atlas, what, form, state, codes=read_area(state.area))
        return content, f"{file_stem(state, '一式' if what == EVERYTHING else what)}.{form}", kind
    if (stem, form) == ("map", "html"):
        content = offline_page(atlas, state, left, publish_all(atlas.shared, folder), view)
        return content, f"{file_stem(state, '地図')}.html", kind
    if form == "geojson":
        return export(atlas, stem, "geojson", state), f"{file_stem(state, stem)}.geojson", kind
    if form in ("xlsx", "csv"):
        frame = panel_frame(atlas, state, left, stem)
        if not len(frame):
            raise InvalidFilterError(word("no_rows", state.language))
        content = xlsx_bytes(frame) if form == "xlsx" else csv_bytes(frame)
        return content, f"{file_stem(state, word(f'panel_{stem}', state.language))}.{form}", kind
    raise KeyError(name)


def _paper(
    atlas: Atlas, state: PageState, stem: str, form: str, extent: tuple[float, float, float, float] | None
) -> Made:
    """Make the page of a place, or a sheet of the map."""
    if (stem, form) == ("place", "pdf"):
        if len(state.code) != len("13112"):
            msg = "市区町村が選ばれていません。地図で市区町村を選んでから、もう一度お試しください。"
            raise InvalidFilterError(msg)
        return place_sheet(atlas, place(atlas, state.code)), f"{file_stem(state, '概要')}.pdf", _KINDS[form]
    sheet = Sheet(extent=extent, paper=_PICTURES[stem])  # type: ignore[arg-type]
    return render(atlas, state, sheet, form), f"{file_stem(state, '地図')}.{form}", _KINDS[form]  # type: ignore[arg-type]
