"""``renkei app``: start the map on this machine."""

from __future__ import annotations

import gc
import os
import shutil
import webbrowser
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.errors import DataError, InvalidFilterError, RenkeiError
from renkei.cli.conventions import Command, quiet_option, say

if TYPE_CHECKING:
    import socket

HIGHEST_PORT = 65535


def page_script() -> Path:
    """Return the page's script: beside the rooms in a checkout, inside the package in an installed wheel.

    Where that folder cannot be written (what browsers fetch is published in ``static/`` beside the script), a copy
    in the user's cache folder is run.

    Raises
    ------
    RenkeiError
        When the installation has no page.
    """
    here = Path(__file__).resolve().parent
    for script in (here.parent.parent / "streamlit_app.py", here.parent / "app" / "streamlit_app.py"):
        if not script.is_file():
            continue
        if os.access(script.parent, os.W_OK):
            return script
        from platformdirs import user_cache_path  # noqa: PLC0415 - only for read-only installations

        copy = user_cache_path("renkei", ensure_exists=True) / script.name
        shutil.copyfile(script, copy)
        return copy
    msg = "streamlit_app.py が見つかりません。インストールし直してください。"
    raise RenkeiError(msg)


def _check_installed() -> None:
    """Say what to install where renkei came without its page."""
    if find_spec("streamlit") is None:
        msg = '地図の画面の部品が入っていません。pip install "renkei[app]" で入れてください。'
        raise RenkeiError(msg)


def _listening(host: str, port: int) -> socket.socket:
    from renkei.page.serving import listening  # noqa: PLC0415 - keeps --help quick

    try:
        return listening(host, port)
    except OSError as error:
        msg = f"{host}:{port} では待ち受けられません（{error.strerror}）。--port で別の番号を指定してください。"
        raise InvalidFilterError(msg) from error


def configuration(host: str, port: int) -> dict[str, object]:
    """Return Streamlit's options that serve the page."""
    return {
        "server.address": host,
        "server.port": port,
        "server.headless": True,
        "server.enableWebsocketCompression": True,
        # No message is sent as the hash of an earlier one: a browser may have let that go between its request and the
        # answer, when choices come faster than answers, and Streamlit then gives the connection up for good.
        "global.minCachedMessageSize": 1e12,
        "server.showEmailPrompt": False,
        "logger.level": "warning",
        "runner.magicEnabled": False,
        # A whole collection after each run took four fifths of the server's time; Python's own goes on.
        "runner.postScriptGC": False,
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "minimal",
        # No visitor sees a traceback: renkei.page.error_page says what happened.
        "client.showErrorDetails": "none",
        # Two themes of the same colour: the page follows the browser's light or dark.
        "theme.light.primaryColor": "#0f6b5c",
        "theme.dark.primaryColor": "#4fb3a2",
    }


@click.command(cls=Command, help="地図を開く。Ctrl+C で終わる。")
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="待ち受けるアドレス（既定は自分のPCだけ）")
@click.option("--port", type=click.IntRange(1, HIGHEST_PORT), default=8501, metavar="N", help="ポート番号（既定 8501）")
@click.option(
    "--allow-host", multiple=True, metavar="NAME", help="この名前で開かれることを許す（庁内で公開するとき。繰り返せる）"
)
@click.option("--no-browser", is_flag=True, help="ブラウザーを開かない")
@quiet_option
def command(host: str, port: int, allow_host: tuple[str, ...], *, no_browser: bool, quiet: bool) -> int:
    """Serve until stopped."""
    if allow_host:
        os.environ["RENKEI_ALLOW_HOST"] = ",".join(allow_host)
    _check_installed()
    sock = _listening(host, port)
    open_browser = not no_browser and not os.environ.get("CI")
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - only to be read
    say("地図を準備しています…", quiet=quiet)
    _prepare()
    from streamlit import App  # noqa: PLC0415 - keeps --help quick

    from renkei.page.server import server_parts  # noqa: PLC0415
    from renkei.page.serving import serve  # noqa: PLC0415

    address = f"http://{shown}:{port}"
    script = page_script()
    app = App(
        script, **server_parts(script.parent / "static", (lambda: webbrowser.open(address)) if open_browser else None)
    )
    # The tables stay: collections need not look at them again.
    gc.collect()
    gc.freeze()
    click.echo(f"地図を開いています： {address} （終わるときは Ctrl+C）")
    serve(app, sock, configuration(host, port))
    return 0


def _prepare() -> None:
    """Import and read everything before the server answers, so that the first visitor does not wait for it."""
    from renkei.browser.map_facts import map_facts  # noqa: PLC0415
    from renkei.page import card, panels  # noqa: F401, PLC0415
    from renkei.page.current_atlas import current_atlas  # noqa: PLC0415

    atlas = current_atlas()
    if damaged := atlas.damages():
        told = "\n".join(f"・{each.message}" for each in damaged)
        msg = f"使うファイルが壊れているため、地図を開けません。\n{told}"
        raise DataError(msg)
    map_facts(atlas)
    for each in atlas.indicators():
        atlas.values(each.id)
