"""A seeded walk at random through page and addresses: nothing breaks, the state is the address is what is painted.

``RENKEI_WALK`` is how many steps are gone in all (300), ``RENKEI_SEED`` the seed of the first leg (1). A leg has 100 steps,
a page and a seed of its own: what is found in leg 37 is found again by ``RENKEI_WALK=100 RENKEI_SEED=37``.
"""

from __future__ import annotations

import os
import random

import pytest
from playwright.sync_api import Error

from renkei.browser.map_state import shown
from renkei.page.gate import TILES
from renkei.present.indicator_classes import title_of
from renkei.present.page_state import from_query
from tests.random_address import random_query, written
from tests.shared_atlas import ATLAS

from .conftest import PATIENCE_MS, Visit
from .walk_steps import step

STATES = int(os.environ.get("RENKEI_STATES_PAINTED", "5"))
"""So many addresses are opened in Chromium; two hundred in the long run."""
BATCH = 20
LEG = 100
"""Steps gone on one page."""
STEPS = -(-int(os.environ.get("RENKEI_WALK", "300")) // 3)
FIRST_SEED = int(os.environ.get("RENKEI_SEED", "1"))
SEEDS = range(FIRST_SEED, FIRST_SEED + -(-STEPS // LEG))
# The tiles of 国土地理院 are the one thing from outside: where a visitor turns them on, there may be no network. A file that is
# on its way when its table is closed is let go, which Streamlit notes.
NO_FAULTS = ("ERR_NAME_NOT_RESOLVED", "file upload - CanceledError")
# Once nothing waits for an answer and view, server and address agree: what the page says and shows, of one moment.
MOMENT = """async (patience) => {
  if (location.protocol === "about:") return null;
  const text = (query) => JSON.stringify(Object.entries(query).sort());
  const address = () => {
    const query = {};
    for (const [key, value] of new URLSearchParams(location.search)) if (key !== "map" && value) (query[key] ??= []).push(value);
    return query;
  };
  const page = window.renkeiPage;
  const agreed = () => page?.painted && page.index && page.answer && !page.wish && page.painted === page.answer.sequence
    && document.querySelector("#rk")?.dataset.adopted && document.querySelector(".stApp")?.dataset.testScriptState === "notRunning"
    && text(page.whole.query) === text(page.answer.query) && text(page.whole.query) === text(address());
  const until = performance.now() + patience;
  const enough = performance.now() + 4000;
  while (!agreed() && performance.now() < until) {
    // An address with a wrong value stays as it was sent until something is chosen.
    if (performance.now() > enough && page?.painted && page.painted === page.answer?.sequence && !page.wish && text(page.whole.query) === text(page.answer.query)) break;
    await new Promise((done) => setTimeout(done, 15));
  }
  const count = (marks) => [...marks ?? ""].filter((each) => each === "1").length;
  return {
    errors: [...document.querySelectorAll(".rk-error, .stException, [data-testid=stException]")].length,
    traceback: document.body.textContent.includes("Traceback (most recent"),
    failure: page?.failure, sequences: [page?.painted, page?.answer?.sequence, page?.whole?.sequence], wish: Boolean(page?.wish), whole: page?.whole?.query ?? {}, answered: page?.answer?.query ?? null, address: address(),
    painted: Boolean(page?.painted) && page.painted === page.answer?.sequence, cases: count(page?.answer?.cases), ties: count(page?.answer?.ties),
    title: document.querySelector("#rk-indicator-open")?.textContent ?? "", legend: page?.answer?.legend?.title ?? "",
    panel: document.querySelector(".rk-tab[aria-pressed=true]")?.dataset.panel ?? "", language: document.documentElement.lang,
    wide: document.documentElement.scrollWidth - innerWidth,
  };
}"""


def is_own(query: dict[str, list[str]]) -> bool:
    """Tell whether an address speaks of a visitor's own figures, which only that session has."""
    return any(value.startswith("own_") for values in query.values() for value in values)


def canonical(query: dict[str, list[str]]) -> dict[str, list[str]]:
    return from_query(ATLAS, query)[0].to_query(ATLAS)


def moment(visit: Visit, patience: int) -> dict[str, object]:
    """Return what the page says once it has settled, in the document to which the step has led."""
    for _ in range(5):
        try:
            visit.page.wait_for_load_state("domcontentloaded")
            if now := visit.evaluate(MOMENT, patience):
                return now
            visit.open()  # it had gone back to before the page was opened
        except Error as error:  # it led to another document meanwhile
            if "context was destroyed" not in str(error):
                raise
    pytest.fail("the page goes from document to document")


def faults(visit: Visit, patience: int = PATIENCE_MS) -> tuple[list[object], dict[str, object]]:
    """Return what is not as each step must leave it, and the moment in which that was seen."""
    now = moment(visit, patience)
    if now["answered"] is None:
        return [("never painted", now["failure"])], now
    errors = [each for each in visit.errors if not any(reason in each for reason in NO_FAULTS)]
    found: dict[str, object] = {
        "console": errors,
        "error page": now["errors"],
        "traceback": now["traceback"],
        "failure": now["failure"],
        "unanswered": now["wish"] or not now["painted"],
        "view": now["whole"] != now["answered"],
        "wider than the window": now["wide"] > 0,
    }
    if is_own(now["whole"]):
        found["address"] = now["address"] != now["whole"]
    else:
        state, notes = from_query(ATLAS, now["whole"])
        left = shown(ATLAS, state.filters)
        title = title_of(ATLAS.indicator(state.indicator_id), state.language)
        found |= {
            "illegal": notes,
            "answer": state.to_query(ATLAS) != now["answered"],
            "address": canonical(now["address"]) != now["answered"],
            "panel": now["panel"] != state.panel,
            "language": now["language"] != state.language,
            "cases": now["cases"] != len(left.cases),
            "ties": now["ties"] != len(left.ties),
            "title": title not in now["legend"] and not state.second_id,
        }
    return [(name, value) for name, value in found.items() if value], now


@pytest.mark.parametrize("seed", SEEDS)
def test_a_walk_breaks_nothing(context, server, server_log, seed):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    draw = random.Random(seed)
    logged = server_log.stat().st_size
    visit = Visit(context.new_page(), server)
    visit.page.set_viewport_size({"width": 1440, "height": 900})
    try:
        visit.open()
        done: list[str] = []
        for number in range(min(LEG, STEPS - (seed - FIRST_SEED) * LEG)):
            done.append(f"{number}. {step(visit, draw)}")
            found, now = faults(visit)
            if found:
                story = f"seed {seed}: {found}\n" + "\n".join([*done[-10:], str(now)])
                print(story)  # seen at once in a long walk that captures nothing (-s)
                pytest.fail(story, pytrace=False)
        assert [each for each in visit.foreign_requests() if not each.startswith(TILES)] == []
        said = server_log.read_bytes()[logged:].decode(errors="replace")
        assert "Traceback" not in said, said[-3000:]
        print(f"seed {seed}: {len(done)} steps")
    finally:
        visit.page.close()


@pytest.mark.parametrize("first", range(0, STATES, BATCH))
def test_random_addresses_are_painted(visit, first):
    """Each in a new document, as somebody opens a link."""
    for seed in range(first, min(first + BATCH, STATES)):
        query = random_query(random.Random(seed))
        visit.open(written(query))
        assert faults(visit)[0] == [], (seed, query)


def test_what_a_walk_compares_can_fail(visit):
    visit.open("?indicator=share_65")
    assert faults(visit)[0] == []
    visit.evaluate(
        """() => { renkeiPage.whole = { ...renkeiPage.whole, query: { theme: ["脱炭素"] } }; console.error("spoiled"); }"""
    )
    assert {name for name, _ in faults(visit, 500)[0]} >= {"console", "view", "answer", "cases"}
