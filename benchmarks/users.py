"""Twenty, fifty, a hundred people at once: each sends what the page's browser sends, and waits for what it waits for.

Of a change the browser asks for the map's state over plain HTTP, of an indicator for its series first
(``page_files.js``). It tells Streamlit on the web socket where what that has drawn speaks of what changed: one choice
at a time, the newest (``server_link.js``). Everybody has a card open, as the page has it; every third person has a
town's card and the table of ties. Measured apart: until the map's state is there, until Streamlit has
taken a choice up and begins to draw card and table (some 10 to 30 ms of the processor's time more).
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import random
import re
import statistics
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from benchmarks.browser import free_port, page_command, running
from geo.codes import PREFECTURES
from layers.catalog import indicators
from layers.themes import THEMES
from renkei.atlas import Atlas
from renkei.present.page_state import DEFAULT_INDICATOR

ATLAS = Atlas.open()

CROWDS, CHANGES = (20, 50, 100), 15
WITH_TABLE = 3
"""Every so manieth person has a town's card and the table of ties open; the others the card of what is shown."""
PAUSE = (1.0, 3.0)
"""Seconds between a person's changes."""
PATIENCE = 60.0
FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
MB = 1_000_000
NUMBERS = [each.id for each in indicators(ATLAS.tables) if each.kind == "number"]
TOWNS = list(ATLAS.municipalities().index)

Query = dict[str, list[str]]


def resident_mb(process: int) -> float:
    """Return the resident memory of a process in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MB


def without(query: Query, parts: list[str]) -> Query:
    """Return a query without some of its parts."""
    return {key: values for key, values in query.items() if key not in parts}


class Files:
    """One connection over which a person's browser fetches; what it has fetched for good it does not fetch again."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.kept: dict[str, bytes] = {}
        self.turn = asyncio.Lock()
        self.connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, address: str) -> bytes:
        """Return the content at an address."""
        async with self.turn:
            if address in self.kept:
                return self.kept[address]
            ask = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept-Encoding: gzip\r\n\r\n"
            try:
                reader, head = await self._asked(ask)
            except (OSError, asyncio.IncompleteReadError):  # the server closes what is idle; a browser connects anew
                self.connection = None
                reader, head = await self._asked(ask)
            found = re.search(r"content-length: (\d+)", head)
            content = await reader.readexactly(int(found[1]) if found else 0)
            if " 200 " not in head.splitlines()[0]:
                msg = f"{head.splitlines()[0]} for {address}"
                raise RuntimeError(msg)
            content = gzip.decompress(content) if "content-encoding: gzip" in head else content
            if "immutable" in head:
                self.kept[address] = content
            return content

    async def _asked(self, ask: str) -> tuple[asyncio.StreamReader, str]:
        """Send a request; return whence its content is read, and the head of the answer."""
        self.connection = self.connection or await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.connection
        writer.write(ask.encode())
        return reader, (await reader.readuntil(b"\r\n\r\n")).decode().lower()


class Person:
    """One open page: what it has chosen, what Streamlit has drawn for it, how long it waited."""

    def __init__(self, port: int, prefecture: str, *, table: bool) -> None:
        self.port = port
        self.files = Files(port)
        self.query: Query = {"prefecture": [prefecture]}
        if table:
            self.query |= {"code": [next(code for code in TOWNS if code.startswith(prefecture))], "panel": ["ties"]}
        self.table = table
        self.made = self.component = self.fragment = self.script = ""
        self.said: dict[str, Any] = {}
        self.held: Query = {}
        self.number = self.open = 0
        self.idle = asyncio.Event()
        self.idle.set()
        self.since = 0.0
        self.painted: list[float] = []
        self.drawn: list[float] = []
        self.wrong = 0

    async def come(self) -> None:
        """Open the page, and wait until Streamlit has drawn it."""
        document = (await self.files.get(f"/?{urlencode(self.query, doseq=True)}")).decode()
        found = re.search(r"/renkei/made/\w+/", document)
        assert found
        self.made = found[0]
        address = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        self.socket = await connect(address, subprotocols=["streamlit"], max_size=None, compression=None)  # type: ignore[list-item]
        await self._send(None)
        while not self.said:
            self._take(await self.socket.recv())
        self.held = self.said["query"]
        self.listening = asyncio.create_task(self._listen())

    async def go(self) -> None:
        """Wait for what is being drawn, and close the page."""
        try:
            await asyncio.wait_for(self.idle.wait(), PATIENCE)
        except TimeoutError:
            self.wrong += 1
        self.listening.cancel()
        await self.socket.close()

    async def change(self, draw: random.Random) -> None:
        """Change an indicator (two of five times), a filter (two), the place (one); wait for the map's state."""
        what = draw.choice(["indicator", "indicator", "theme", "filter", "place"])
        if what == "indicator":
            identifier = draw.choice(NUMBERS)
            await self.files.get(f"{self.made}series/ja/{identifier}.json")  # the pointer rests on it
            self.query = self.query | {"indicator": [identifier]}
        elif what == "place" and self.table:
            self.query = self.query | {"code": [draw.choice(TOWNS)]}
        elif what == "filter":
            self.query = self.query | {"kind": [draw.choice(["sister", "disaster", "exchange"])]}
        else:
            self.query = self.query | {"theme": [draw.choice(THEMES).name]}
        query = self.query
        start = time.perf_counter()
        asking = asyncio.create_task(
            self.files.get(f"{self.made}state.json?{urlencode(sorted(query.items()), doseq=True)}")
        )
        await self._follow(start)
        answered = json.loads(await asking)["query"]
        self.painted.append(time.perf_counter() - start)
        usual = {"indicator": [DEFAULT_INDICATOR]}
        self.wrong += any(answered.get(key, usual.get(key)) != values for key, values in query.items())

    async def _follow(self, start: float) -> None:
        """Tell Streamlit where what it has drawn speaks of what changed."""
        self.since = start
        left = self.said["undrawn"]
        if self.open or without(self.held, left) == without(self.query, left):
            return
        self.number += 1
        self.open, self.held, self.told_at = self.number, self.query, start
        self.idle.clear()
        await self._send({"choice": {"n": self.number, "query": self.query}})

    async def _send(self, choice: dict[str, Any] | None) -> None:
        message = BackMsg()
        run = message.rerun_script
        run.query_string = urlencode(self.query, doseq=True, quote_via=quote)
        run.widget_states.SetInParent()
        if choice:
            run.page_script_hash, run.fragment_id = self.script, self.fragment
            run.widget_states.widgets.add(id=self.component, json_value=json.dumps(choice))
        await self.socket.send(message.SerializeToString())

    async def _listen(self) -> None:
        async for message in self.socket:
            if not self._take(message) or self.said["n"] < self.open or not self.open:
                continue
            self.drawn.append(time.perf_counter() - self.told_at)
            self.wrong += self.said["query"].get("prefecture") != self.query["prefecture"]
            self.open = 0
            self.idle.set()
            await self._follow(self.since)

    def _take(self, content: Any) -> bool:
        """Read a message; tell whether it is what Streamlit says when it takes a choice up."""
        message = ForwardMsg.FromString(content)
        if message.WhichOneof("type") == "new_session":
            self.script = message.new_session.page_script_hash
        if message.WhichOneof("type") != "delta":
            return False
        self.fragment = message.delta.fragment_id or self.fragment
        element = message.delta.new_element
        if element.WhichOneof("type") != "bidi_component":
            return False
        self.component = element.bidi_component.id
        self.said = json.loads(element.bidi_component.json)["said"]
        return True


async def crowd(port: int, process: int, size: int) -> list[dict[str, Any]]:
    """Let so many people change what they see for half a minute."""
    before = resident_mb(process)
    places = islice(cycle(PREFECTURES), size)
    people = [Person(port, prefecture, table=not n % WITH_TABLE) for n, prefecture in enumerate(places)]
    for person in people:
        await person.come()

    async def live(person: Person, draw: random.Random) -> None:
        for _ in range(CHANGES):
            await asyncio.sleep(draw.uniform(*PAUSE))
            await person.change(draw)

    start = time.perf_counter()
    await asyncio.gather(*(live(person, random.Random(seed)) for seed, person in enumerate(people)))
    took = time.perf_counter() - start
    more = (resident_mb(process) - before) / size
    for person in people:
        await person.go()
    rows = []
    for name, times in (
        ("map's state", sorted(each for person in people for each in person.painted)),
        ("taken up by Streamlit", sorted(each for person in people for each in person.drawn)),
    ):
        note = f"n={len(times)}, {len(times) / took:.0f} a second, median {statistics.median(times) * 1000:.0f}"
        rows.append(
            {
                "name": f"{size} people: {name}, p95",
                "value": round(times[int(len(times) * 0.95)] * 1000),
                "unit": "ms",
                "note": f"{note}, worst {times[-1] * 1000:.0f}",
            }
        )
    return [
        *rows,
        {"name": f"{size} people: memory more per person", "value": round(more, 1), "unit": "MB", "note": "resident"},
        {
            "name": f"{size} people: states of someone else",
            "value": sum(person.wrong for person in people),
            "unit": "",
            "note": "every part of each query compared; and choices never drawn",
        },
    ]


def run() -> list[dict[str, Any]]:
    """Let twenty, then fifty, then a hundred people at the same server."""
    port = free_port()
    found = []
    with running(page_command(port), port) as (_, process):
        asyncio.run(crowd(port, process, 2))
        for size in CROWDS:
            found += asyncio.run(crowd(port, process, size))
    return found
