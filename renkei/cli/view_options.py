"""The choices of the page as options of the command line, and the view that they make."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geo.errors import InvalidFilterError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from renkei.atlas import Atlas
    from renkei.present.page_state import PageState

F = TypeVar("F", bound="Callable[..., Any]")

FILTER_OPTIONS: dict[str, tuple[str, str]] = {
    "theme": ("T", "テーマ（繰り返すと「または」）"),
    "prefecture": ("P", "都道府県名か2桁コード"),
    "programme": ("X", "事業の id か日本語名"),
    "year": ("Y", "年度・開始年（西暦）"),
    "kind": ("K", "連携の種類（disaster、sister など）"),
    "tier": ("R", "根拠の種類（document、official、secondary、copy）"),
    "text": ("S", "含む言葉（空白区切りは「かつ」）"),
}
"""Key of a filter to metavar and help: as ``layers.filters`` says (a test holds it), without importing it for help."""

VIEW_OPTIONS: dict[str, tuple[str, str]] = {
    "scheme": ("S", "階級の分け方（auto、natural、quantile、equal、manual）"),
    "breaks": ("B", "手動の階級の境目（例：10,20,30）"),
    "unit": ("U", "塗り分けの単位（municipality、core_city、self_reliant、blocs）"),
    "from": ("D", "この時点からの変化を塗る"),
    "second": ("ID", "比べる指標"),
    "compare": ("C", "比べ方（swipe、bivariate）"),
    "bloc": ("ID", "選んだ圏域の id"),
    "network": ("ID", "選んだネットワークの id"),
    "area": ("A,B,…", "合わせて見る市区町村（名前かコードを「,」でつなぐ）"),
    "tie": ("A-B", "選んだ連携の両端（コード-コード）"),
}
"""Key in addresses to metavar and help."""


def filter_options(function: F) -> F:
    """Add one option a filter."""
    for key, (metavar, text) in reversed(FILTER_OPTIONS.items()):
        function = click.option(f"--{key}", multiple=True, metavar=metavar, help=text)(function)
    return function


def view_options(function: F) -> F:
    """Add the other choices of the page, but indicator, date, code and layers, which commands word for themselves."""
    for key, (metavar, text) in reversed(VIEW_OPTIONS.items()):
        function = click.option(f"--{key}", default="", metavar=metavar, help=text)(function)
    layers = "表示するもの（上から順に：cases、ties、networks、blocs、core_city、self_reliant、medical、none）"
    return click.option("--layer", multiple=True, metavar="L", help=layers)(function)


def view_of(atlas: Atlas, options: Mapping[str, Any]) -> PageState:
    """Return the view that options ask for.

    Parameters
    ----------
    atlas
        The tables.
    options
        By key, as in the page's address; a text, or several.

    Raises
    ------
    InvalidFilterError
        When a value does not exist; the message says which, and for filters what does.
    """
    from layers.filters import FILTERS, Filters  # noqa: PLC0415 - keeps --help quick
    from renkei.present.page_state import from_query  # noqa: PLC0415

    asked = {key: _texts(value) for key, value in options.items() if value}
    asked["show"] = asked.pop("layer", [])
    if "area" in asked:
        asked["area"] = [_area(asked["area"][-1])]
    written = {each.field: _joined(asked[each.key], single=each.single) for each in FILTERS if asked.get(each.key)}
    filters = Filters.from_values(atlas.tables, **written)
    chosen = {key: value for key, value in asked.items() if value and key not in {each.key for each in FILTERS}}
    view, notes = from_query(atlas, filters.to_query() | chosen)
    if notes:
        wrong = "、".join(f"--{note.replace('show=', 'layer=').replace('=', ' ')}" for note in notes)
        msg = f"{wrong} はありません。renkei indicators list や --help で確かめてください。"
        raise InvalidFilterError(msg)
    return view


def _area(written: str) -> str:
    """Return municipalities named or coded, between commas, as an address holds them."""
    from geo.resolve import resolve  # noqa: PLC0415
    from renkei.present.area_codes import MOST_MEMBERS, read_area, written_area  # noqa: PLC0415

    if codes := read_area(written):
        return written_area(codes)
    codes = tuple(resolve(each).one_code() for each in re.split(r"[,，、\n]+", written) if each.strip())
    if not read_area(found := written_area(codes)):
        msg = f"--area に指定できるのは、現在の市区町村を1つから{MOST_MEMBERS}までです（いま{len(codes)}）。"
        raise InvalidFilterError(msg)
    return found


def _texts(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [str(each) for each in value]  # type: ignore[attr-defined]


def _joined(values: list[str], *, single: bool) -> str | list[str]:
    return " ".join(values) if single else values
