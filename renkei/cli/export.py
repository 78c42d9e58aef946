"""``renkei export``: a layer as a file for GIS or spreadsheets, as the page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from geo.errors import InvalidFilterError
from renkei.cli.conventions import STDOUT, Command, output_option, quiet_option, say, writable, write_output
from renkei.cli.view_options import filter_options, view_of, view_options

if TYPE_CHECKING:
    from renkei.atlas import Atlas


@click.command(
    cls=Command,
    help="レイヤーを書き出す。LAYER は municipalities、cases、ties、networks、blocs、medical、organisations、members、"
    "prefectures、wards、memberships、items、figures、partners、statements、agreements、"
    "needs_and_offers など。all は一式。--area を付けるとその市区町村に関わるものだけになり、"
    "area（輪郭と人口など）、area_figures（合わせた指標）、area_ages（年齢5歳階級）も書き出せる。"
    "形式は -o の拡張子（.geojson .gpkg .xlsx .csv .sjis.csv .fgb .parquet .shp.zip など）か "
    "--format で決まる。指標の列 X の隣には、その時点の列 X_date が並ぶ。",
)
@click.argument("layer_id", metavar="LAYER")
@output_option()
@click.option("--format", "form", default="", metavar="F", help="形式（拡張子で決まらないとき。-o - の既定は geojson）")
@click.option("--indicator", multiple=True, metavar="ID", help="市区町村に付ける指標（省くと地図の指標。繰り返せる）")
@click.option("--date", default="", metavar="D", help="指標の時点（省くと最新）")
@click.option("--code", multiple=True, metavar="C", help="この市区町村（名前かコード）に関わるものだけ")
@filter_options
@view_options
@quiet_option
def command(layer_id: str, output: str, form: str, **options: Any) -> int:
    """Write a layer; nothing is left behind when something is wrong."""
    from renkei.atlas import Atlas  # noqa: PLC0415 - keeps --help quick

    wanted = _format(output, form)
    if output != STDOUT:
        writable(output)
    indicators, date, places = options.pop("indicator"), options.pop("date"), options.pop("code")
    quiet = options.pop("quiet")
    atlas = Atlas.open()
    view = view_of(atlas, options | {"indicator": indicators[:1], "date": date if indicators else ""})
    from renkei.present.area_codes import read_area  # noqa: PLC0415
    from renkei.present.layer_files import export  # noqa: PLC0415

    codes = [*(_code(atlas, each) for each in places), *read_area(view.area)]
    content = export(atlas, layer_id, wanted, view, indicators=indicators, date=date, codes=codes)
    write_output(output, content)
    if output != STDOUT:
        from renkei.present.describe import describe  # noqa: PLC0415

        say(f"{output} に書き出しました（{len(content):,} バイト）。{describe(atlas, view)}", quiet=quiet)
    return 0


def _format(output: str, form: str) -> str:
    """Return the id of the format: what is named, else what the suffix says; both must agree."""
    from renkei.exchange.formats import find_format  # noqa: PLC0415

    if output == STDOUT:
        return find_format(form or "geojson").id
    if not form:
        return find_format(output).id
    named = find_format(form)
    try:
        by_suffix = find_format(output).id
    except InvalidFilterError:
        return named.id
    if by_suffix != named.id and not output.lower().endswith(named.suffix):
        msg = f"-o {output} の拡張子と --format {form} が違います。どちらかを直してください（{named.suffix}）。"
        raise InvalidFilterError(msg)
    return named.id


def _code(atlas: Atlas, written: str) -> str:
    from renkei.present.page_state import known_code  # noqa: PLC0415

    if code := known_code(written):
        return code
    from geo.resolve import resolve  # noqa: PLC0415

    found = resolve(written)
    if found.code is None or found.code not in atlas.municipalities().index:
        msg = f"--code 「{written[:40]}」：{found.explanation}"
        raise InvalidFilterError(msg)
    return found.code
