"""Getting an official file: retries with backoff, time and size limits, resume, checksum, progress.

A file arrives under ``name.part`` and takes its name only when it is whole, so a broken connection never leaves
a file that looks finished; the next call goes on where the last one stopped.
"""

from __future__ import annotations

import hashlib
import time
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import orjson
import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from geo.data_folder import write_atomic
from geo.errors import DataError
from renkei.official.workbook import KEPT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

CHUNK = 1 << 16
PARTIAL = 206
UNCHANGED = 304
BEYOND_END = 416
AGAIN = "もう一度実行すると続きから取得します。"
MESSAGES = {
    401: "利用の許可がありません",
    403: "アクセスが拒否されました",
    404: "ファイルがありません（配布元のページが移ったようです）",
    410: "ファイルはなくなりました",
    429: "配布元が混み合っています。時間をおいてください",
}


class Limits(NamedTuple):
    """How long and how large: seconds to connect, without a byte, and for all; bytes; tries; first pause (s)."""

    connect: float = 10
    silence: float = 30
    whole: float = 900
    largest: int = 200_000_000
    tries: int = 4
    pause: float = 0.5


class Got(NamedTuple):
    """A file that is whole: its path, address, SHA-256, size, and whether it is the one that was there already."""

    path: Path
    url: str
    sha256: str
    bytes: int
    unchanged: bool


class _BrokenError(Exception):
    """The connection broke after some bytes: worth another try from there."""


def session(limits: Limits) -> requests.Session:
    """Return a session that tries again, with growing pauses, when a server is busy or does not answer."""
    retry = Retry(
        total=limits.tries - 1,
        backoff_factor=limits.pause,
        status_forcelist=(429, 500, 502, 503, 504),
        allowed_methods=("GET",),
        respect_retry_after_header=True,
        raise_on_status=False,
        redirect=5,
    )
    made = requests.Session()
    for scheme in ("https://", "http://"):
        made.mount(scheme, HTTPAdapter(max_retries=retry))
    # A resumed file must be the bytes themselves, not a compressed stream of them.
    made.headers.update({"User-Agent": "renkei (municipal planning map)", "Accept-Encoding": "identity"})
    return made


def download(
    url: str,
    target: Path,
    *,
    limits: Limits | None = None,
    progress: Callable[..., AbstractContextManager[Any]] | None = None,
) -> Got:
    """Get a file.

    Parameters
    ----------
    url
        http or https.
    target
        Where it is kept; a file that is there already is got again only when the server says that it changed.
    limits
        See ``Limits``.
    progress
        Called with description, size (None where not stated) and bytes already here; a context manager with
        ``update(n)``.

    Raises
    ------
    DataError
        When it cannot be got: no connection, refused, too large, too slow, cut short again and again.
    """
    limits = limits or Limits()
    if urlsplit(url).scheme not in ("http", "https"):
        msg = f"取得先「{url[:80]}」は http・https のアドレスではありません。"
        raise DataError(msg)
    target.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + limits.whole
    with session(limits) as made:
        for attempt in range(limits.tries):
            try:
                return _attempt(made, url, target, limits, deadline, progress)
            except _BrokenError as error:
                if attempt + 1 == limits.tries or time.monotonic() > deadline:
                    msg = f"{target.name} の取得が途中で切れました（{limits.tries}回試しました）。{AGAIN}{KEPT}"
                    raise DataError(msg) from error
                time.sleep(limits.pause * 2**attempt)
            except requests.RequestException as error:
                msg = (
                    f"{urlsplit(url).hostname} に接続できません。ネットワークを確かめるか、"
                    f"ファイルを手元に置いて --from で指定してください。{KEPT}"
                )
                raise DataError(msg) from error
    raise AssertionError  # the loop returns or raises


def _about(target: Path) -> Path:
    return target.with_name(f"{target.name}.json")


def _attempt(
    made: requests.Session,
    url: str,
    target: Path,
    limits: Limits,
    deadline: float,
    progress: Callable[..., AbstractContextManager[Any]] | None,
) -> Got:
    part = target.with_name(f"{target.name}.part")
    known = _known(target, url)
    have = part.stat().st_size if part.is_file() else 0
    headers: dict[str, str] = {}
    if have and known.get("mark"):
        # Without a mark of the version, the rest could be of another file: then it is got anew.
        headers = {"Range": f"bytes={have}-", "If-Range": known["mark"]}
    elif target.is_file() and known.get("sha256") == _sha256(target):
        headers = {key: known[name] for key, name in _CONDITIONS if known.get(name)}
    with made.get(url, headers=headers, stream=True, timeout=(limits.connect, limits.silence)) as answer:
        if answer.status_code == UNCHANGED and target.is_file():
            return Got(target, url, known["sha256"], target.stat().st_size, unchanged=True)
        if answer.status_code == BEYOND_END:
            part.unlink(missing_ok=True)
            raise _BrokenError
        if not answer.ok:
            why = MESSAGES.get(answer.status_code, "配布元の不調です。時間をおいてください")
            msg = f"{url.partition('?')[0]} を取得できません（{answer.status_code}：{why}）。{KEPT}"
            raise DataError(msg)
        have = have if answer.status_code == PARTIAL else 0
        size = answer.headers.get("Content-Length", "")
        total = have + int(size) if size.isdecimal() else None
        _check_size(target.name, total or 0, limits)
        mark = answer.headers.get("ETag", "")
        mark = "" if mark.startswith("W/") else mark or answer.headers.get("Last-Modified", "")
        state = {
            "address": _digest(url),
            "mark": mark,
            "etag": answer.headers.get("ETag", ""),
            "modified": answer.headers.get("Last-Modified", ""),
        }
        write_atomic(_about(target), orjson.dumps({**known, **state}))
        bar = progress(target.name, total, have) if progress else nullcontext()
        with part.open("ab" if have else "wb") as file, bar as shown:
            for chunk in _chunks(answer):
                have += len(chunk)
                _check_size(target.name, have, limits)
                file.write(chunk)
                if shown is not None:
                    shown.update(len(chunk))
                if time.monotonic() > deadline:
                    msg = f"{target.name} の取得が {limits.whole:,.0f} 秒で終わりません。{AGAIN}{KEPT}"
                    raise DataError(msg)
    if total is not None and have != total:
        raise _BrokenError
    digest = _sha256(part)
    same = target.is_file() and _sha256(target) == digest
    part.replace(target)
    write_atomic(_about(target), orjson.dumps({**state, "sha256": digest}))
    return Got(target, url, digest, have, unchanged=same)


_CONDITIONS = (("If-None-Match", "etag"), ("If-Modified-Since", "modified"))


def _known(target: Path, url: str) -> dict[str, str]:
    """Return what is noted of an earlier call for the same address; {} where nothing is."""
    try:
        noted = orjson.loads(_about(target).read_bytes())
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) and noted.get("address") == _digest(url) else {}


def _digest(url: str) -> str:
    """Return what tells addresses apart without keeping them: one may hold a user's application ID."""
    return hashlib.sha256(url.encode()).hexdigest()


def _check_size(name: str, size: int, limits: Limits) -> None:
    if size > limits.largest:
        msg = f"{name} は {limits.largest / 1e6:,.0f} MB を超えます。正しいファイルか確かめてください。{KEPT}"
        raise DataError(msg)


def _chunks(answer: requests.Response) -> Iterator[bytes]:
    """Yield bytes as they come: waiting for full blocks, a server that drips would outlast every limit."""
    try:
        while block := answer.raw.read1(CHUNK):
            yield block
    except (HTTPError, OSError) as error:
        raise _BrokenError from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
