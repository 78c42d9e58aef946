"""The server in a network without a way out and with a silent resolver: it answers, refuses at once, and calls nobody."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APART = ["unshare", "--user", "--map-root-user", "--net", "--mount"]
pytestmark = pytest.mark.slow

SAFE = {"GET", "HEAD", "OPTIONS"}
AT_ONCE = 5.0
"""Seconds on a busy machine; a question to the silent resolver would take twenty."""


def _why_not() -> str:
    for tool in ("unshare", "ip", "mount"):
        if shutil.which(tool) is None:
            return f"no {tool} on this machine"
    tried = subprocess.run([*APART, "ip", "link", "set", "lo", "up"], capture_output=True, text=True, check=False)
    return f"no namespaces here: {tried.stderr.strip()}" if tried.returncode else ""


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    if why := _why_not():
        pytest.skip(why)
    command = [*APART, sys.executable, "-m", "tests.trust.isolated_server", str(tmp_path_factory.mktemp("isolated"))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_it_starts_answers_and_draws_the_page(seen):
    assert (seen["first"], seen["drawn"]) == (200, True)
    assert [status for status, _ in seen["own sockets"]] == [101, 101]


def test_a_foreign_page_opens_no_socket_and_holds_nobody_up(seen):
    assert {status for status, _ in seen["foreign sockets"]} == {403}
    assert max(seconds for _, seconds in seen["foreign sockets"]) < AT_ONCE
    assert {status for status, _ in seen["meanwhile"]} == {200}
    assert max(seconds for _, seconds in seen["meanwhile"]) < AT_ONCE


def test_a_name_that_was_made_to_point_here_is_not_answered(seen):
    assert {status for status, _ in seen["rebound sockets"]} == {403}
    assert {status for *_, status in seen["foreign host"]} == {421}


def test_no_route_gives_itself_to_a_foreign_page(seen):
    for method, path, status, allowed in seen["foreign origin"]:
        assert allowed not in ("*", "null", "https://evil.example"), (method, path)
        assert (status == 403) == (method not in SAFE), (method, path, status)


def test_it_asks_nobody(seen):
    assert seen["heard"] == [True, True], "the listener hears nothing: its silence would say nothing"
    assert seen["called"] == []
