"""Twenty people at once: each on a web socket of their own, as a browser speaks to the server."""

from __future__ import annotations

import json
import os
import random
import statistics
import threading
import time
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from benchmarks.browser import free_port, page_command, running
from geo.codes import PREFECTURES
from layers.catalog import indicators
from layers.themes import THEMES
from renkei.atlas import Atlas
from renkei.present.page_state import DEFAULT_INDICATOR

ATLAS = Atlas.open()

PEOPLE, CHANGES = 20, 15
PAUSE = (1.0, 3.0)
"""Seconds between a person's changes."""
FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
MB = 1_000_000


def resident_mb(process: int) -> float:
    """Return the resident memory of a process in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MB


class Person:
    """One open page: what it has chosen, its fragment, the last state of its map."""

    def __init__(self, url: str, prefecture: str) -> None:
        self.prefecture = prefecture
        self.socket = connect(
            url.replace("http", "ws") + "/_stcore/stream", subprotocols=["streamlit"], max_size=None, compression=None
        )
        self.query: dict[str, list[str]] = {"prefecture": [prefecture]}
        self.number = 0
        self.component = self.fragment = self.script = ""
        self.state: dict[str, Any] = {}
        self.times: list[float] = []
        self.wrong = 0
        self._send(first=True)
        self._until(lambda: False)

    def _send(self, *, first: bool = False) -> None:
        message = BackMsg()
        run = message.rerun_script
        run.query_string = f"prefecture={self.prefecture}" if first else ""
        run.widget_states.SetInParent()
        if not first:
            self.number += 1
            run.page_script_hash, run.fragment_id = self.script, self.fragment
            choice = {"choice": {"n": self.number, "query": self.query}}
            run.widget_states.widgets.add(id=self.component, json_value=json.dumps(choice))
        self.socket.send(message.SerializeToString())

    def _until(self, enough: Any) -> float | None:
        """Read until the run has ended; return when ``enough`` first held, in seconds of the clock."""
        found = None
        while True:
            message = ForwardMsg.FromString(self.socket.recv(timeout=60))
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.script = message.new_session.page_script_hash
            elif kind == "delta":
                self._read(message.delta)
                if found is None and enough():
                    found = time.perf_counter()
            elif kind == "script_finished" and message.script_finished in FINISHED:
                return found

    def _read(self, delta: Any) -> None:
        self.fragment = delta.fragment_id or self.fragment
        element = delta.new_element
        if element.WhichOneof("type") != "bidi_component":
            return
        self.component = element.bidi_component.id
        self.state = json.loads(element.bidi_component.json)["state"]

    def change(self, draw: random.Random, identifiers: list[str]) -> None:
        """Change the theme or the indicator; note how long the map's new state took, and whether it is this person's."""
        if draw.random() < 0.5:
            self.query = self.query | {"theme": [draw.choice(THEMES).name]}
        else:
            self.query = self.query | {"indicator": [draw.choice(identifiers)]}
        start = time.perf_counter()
        self._send()
        painted = self._until(lambda: self.state.get("n") == self.number)
        if painted is None:
            self.wrong += 1
            return
        self.times.append(painted - start)
        answered = self.state["query"]
        self.wrong += any(
            answered.get(key) != values for key, values in self.query.items() if values != [DEFAULT_INDICATOR]
        )


def run() -> list[dict[str, Any]]:
    """Let twenty people change what they see for half a minute."""
    identifiers = [each.id for each in indicators(ATLAS.tables) if each.kind == "number"]
    port = free_port()
    with running(page_command(port), port) as (url, process):
        first = Person(url, "13")
        for number in range(4):
            first.change(random.Random(number), identifiers)
        before = resident_mb(process)
        people = [Person(url, prefecture) for prefecture in list(PREFECTURES)[: PEOPLE - 1]] + [first]
        first.times.clear()

        def live(person: Person, seed: int) -> None:
            draw = random.Random(seed)
            for _ in range(CHANGES):
                time.sleep(draw.uniform(*PAUSE))
                person.change(draw, identifiers)

        threads = [threading.Thread(target=live, args=(person, seed)) for seed, person in enumerate(people)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        each = (resident_mb(process) - before) / (PEOPLE - 1)
        for person in people:
            person.socket.close()
    times = sorted(time for person in people for time in person.times)
    return [
        {
            "name": f"{PEOPLE} people: a change's new map state, p95",
            "value": round(times[int(len(times) * 0.95)] * 1000),
            "unit": "ms",
            "note": f"n={len(times)}, median {statistics.median(times) * 1000:.0f}, worst {times[-1] * 1000:.0f}",
        },
        {"name": f"{PEOPLE} people: memory more per person", "value": round(each, 1), "unit": "MB", "note": "resident"},
        {
            "name": f"{PEOPLE} people: states of someone else",
            "value": sum(person.wrong for person in people),
            "unit": "",
            "note": "prefecture, theme and indicator of each answer compared",
        },
    ]
