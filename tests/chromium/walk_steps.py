"""What a visitor does at random on the page: each a function of the open page and of the drawn numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Error

from renkei.present.words import LANGUAGES, word
from tests.random_address import hostile_query, random_query, written
from tests.trust.hostile_files import FILES

if TYPE_CHECKING:
    import random

    from .conftest import Visit

WIDTHS = ((1440, 900), (1920, 1080), (1024, 768), (720, 900), (390, 844))
NAMES = (
    "川場村",
    "横浜",
    "ぐんま",
    "府中市",
    "浦和市",
    "公共交通",
    "<b>",
    "ない名前です",
    "13112",
    "\x1b[31m",
    "高齢者の足がない",
    "x" * 300,
    "2005-02-31",
    "=1+1",
    " ",
)
CONTROLS = """#rk button:not([disabled]):not([data-output]):not(#rk-copy-link), #rk select, #rk input:not(#rk-find),
  #rk summary, .st-key-card button, .st-key-card summary, .st-key-drawer button, .st-key-drawer summary,
  .st-key-drawer label, .st-key-drawer [data-baseweb=select] input"""
# A server run begins and ends unseen by the map when the control is one of Streamlit's: its end is waited for.
PRESS = """async ([controls, at, value]) => {
  const seen = [...document.querySelectorAll(controls)].filter((node) => node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length);
  const node = seen[Math.floor(at * seen.length)];
  if (!node) return "nothing";
  const name = `${node.tagName}#${node.id} ${(node.textContent || node.title || node.type || "").slice(0, 40)}`;
  const app = document.querySelector(".stApp");
  const ours = node.closest("#rk");
  const ran = ours ? null : new Promise((done) => {
    const observer = new MutationObserver(() => { observer.disconnect(); done(); });
    observer.observe(app, { attributeFilter: ["data-test-script-state"] });
    setTimeout(done, 400);
  });
  if (node.tagName === "SELECT") {
    node.value = node.options[Math.floor(value * node.options.length)].value;
    node.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (node.type === "range") {
    const [low, high] = [Number(node.min), Number(node.max)];
    node.value = String(Math.round(low + value * (high - low)));
    for (const kind of ["input", "change"]) node.dispatchEvent(new Event(kind, { bubbles: true }));
  } else if (node.tagName === "INPUT" && ["text", "search"].includes(node.type)) {
    node.focus();
    node.value = ["", "65", "人口", "10、20、30", "<b>", "-5"][Math.floor(value * 6)];
    for (const kind of ["input", "change"]) node.dispatchEvent(new Event(kind, { bubbles: true }));
  } else node.click();
  if (ran) await ran;
  return name;
}"""
TABLE = "令和6年度 調査\n自治体,導入率（％）,件数\n川場村,12.5,3\n帯広市,40,1\n府中市,3,2\nどこか村,1,x\n"
UPLOADS = {"own.csv": TABLE.encode(), "own-cp932.csv": TABLE.encode("cp932")} | {
    name: content
    for name, content in FILES.items()
    if len(content) < 1_000_000 and name.rpartition(".")[2] in ("csv", "xlsx", "xls", "json")
}
OPEN_ALL = (
    """() => { for (const each of document.querySelectorAll("#rk-legend, #rk-legend details")) each.open = true; }"""
)


def press(visit: Visit, draw: random.Random) -> str:
    """Use one of the controls that can be seen."""
    return f"press {visit.evaluate(PRESS, [CONTROLS, draw.random(), draw.random()])}"


def press_in_card(visit: Visit, draw: random.Random) -> str:
    """Use what stands on the card or in the drawer: tabs, rows of partners, a tie, an expander."""
    inside = ".st-key-card button, .st-key-card summary, .st-key-drawer button, .st-key-drawer summary"
    return f"press {visit.evaluate(PRESS, [inside, draw.random(), draw.random()])}"


def press_tab(visit: Visit, draw: random.Random) -> str:
    return f"press {visit.evaluate(PRESS, ['.rk-tab[data-panel]', draw.random(), draw.random()])}"


def open_menu(visit: Visit, draw: random.Random) -> str:
    """Open a menu and use what is in it."""
    menus = "#rk button[aria-expanded=false]"
    opened = visit.evaluate(PRESS, [menus, draw.random(), 0])
    inside = ".rk-pop:not([hidden]) :is(button:not([data-output]), select, input)"
    return f"open {opened}: {visit.evaluate(PRESS, [inside, draw.random(), draw.random()])}"


def open_legend(visit: Visit, _draw: random.Random) -> None:
    visit.evaluate(OPEN_ALL)


def press_map(visit: Visit, draw: random.Random) -> str:
    size = visit.page.viewport_size
    at = draw.randint(80, size["width"] - 40), draw.randint(90, size["height"] - 200)
    visit.page.mouse.click(*at)
    return f"click {at}"


def point_at_map(visit: Visit, draw: random.Random) -> None:
    size = visit.page.viewport_size
    visit.page.mouse.move(draw.randint(80, size["width"] - 40), draw.randint(90, size["height"] - 200))


def zoom(visit: Visit, draw: random.Random) -> None:
    near = draw.choice([5, 6.5, 7.5, 9, 11, 13])
    visit.evaluate("(zoom) => { renkeiPage.view.map.setZoom(zoom, { animate: false }); }", near)


def pan(visit: Visit, draw: random.Random) -> None:
    by = [draw.randint(-600, 600), draw.randint(-600, 600)]
    visit.evaluate("(by) => { renkeiPage.moved = true; renkeiPage.view.map.panBy(by, { animate: false }); }", by)


def find(visit: Visit, draw: random.Random) -> str:
    """Look for something; take one of the answers, or the first by Enter."""
    name = draw.choice(NAMES)
    field = visit.page.locator("#rk-find")
    if not field.is_visible():
        return "no search at this width"
    field.fill(name)
    if draw.random() < 0.5:
        for key in draw.choices(["ArrowDown", "ArrowUp", "Enter", "Escape"], k=3):
            field.press(key)
    else:
        field.press("Enter")
    return f"find {name[:20]!r}"


def press_key(visit: Visit, draw: random.Random) -> str:
    key = draw.choice(["Escape", "Tab", "Enter", "ArrowRight", "ArrowDown", "Home", "+"])
    visit.page.keyboard.press(key)
    return f"key {key}"


def change_width(visit: Visit, draw: random.Random) -> str:
    width, height = draw.choice(WIDTHS)
    visit.page.set_viewport_size({"width": width, "height": height})
    return f"width {width}"


def change_language(visit: Visit, _draw: random.Random) -> None:
    with visit.page.expect_navigation():
        visit.page.locator("#rk-language").evaluate("(node) => node.click()")


def reload(visit: Visit, _draw: random.Random) -> None:
    visit.page.reload()


def follow_link(visit: Visit, draw: random.Random) -> str:
    """Open the page at an address that somebody sent, legal or not."""
    query = written(random_query(draw) if draw.random() < 0.5 else hostile_query(draw))
    visit.page.goto(f"{visit.server}/{query}")
    return f"goto {query}"


def take_address(visit: Visit, draw: random.Random) -> str:
    """Step to another address without a new document, as going back and forward does."""
    asked = random_query(draw) if draw.random() < 0.6 else hostile_query(draw)
    for key in ("lang", "unit", "scheme"):  # another language is another document; no page of ours wrote another unit
        asked.pop(key, None)
    query = written({**asked, **visit.evaluate("() => document.documentElement.lang === 'en' ? { lang: ['en'] } : {}")})
    visit.evaluate(
        "(query) => { history.pushState(history.state, '', query); dispatchEvent(new PopStateEvent('popstate')); }",
        query,
    )
    return f"address {query}"


def go(visit: Visit, draw: random.Random) -> str:
    """Go back or forward; where that leaves the document, wait for the other one."""
    by = draw.choice([-1, -1, -2, 1])
    visit.evaluate(
        """(by) => new Promise((done) => {
          addEventListener("popstate", () => done(), { once: true });
          setTimeout(done, 300);
          history.go(by);
        })""",
        by,
    )
    return f"go {by}"


def upload(visit: Visit, draw: random.Random) -> str:
    """Give the page a file of one's own: a good one, or one of an attacker."""
    name = draw.choice(["own.csv", "own-cp932.csv", *UPLOADS])
    field = visit.page.locator(".st-key-drawer input[type=file]")
    if not field.count():
        visit.evaluate("() => { renkeiPage.choose({ panel: 'own' }); }")
        field.wait_for(state="attached")
    kind = "application/json" if name.endswith("json") else "text/csv"
    field.set_input_files({"name": name, "mimeType": kind, "buffer": UPLOADS[name]})
    visit.wait("() => !document.querySelector('.stFileUploader [role=progressbar]')")
    return f"upload {name}"


def select_cell(visit: Visit, draw: random.Random) -> str:
    """Press somewhere in a table of the drawer."""
    box = visit.page.evaluate(
        """() => { const box = document.querySelector(".st-key-drawer [data-testid=stDataFrame]")?.getBoundingClientRect();
          return box && box.width && [box.x, box.y, box.width, box.height]; }"""
    )
    if not box:
        return "no table"
    visit.page.mouse.click(box[0] + draw.random() * box[2], box[1] + draw.random() * min(box[3], 200))
    return "cell"


def download(visit: Visit, draw: random.Random) -> str:
    """Take a file of what is shown: the quick ones often, one that takes seconds now and then."""
    quick = ["cases.geojson", "partnerships.geojson", "blocs.geojson", "{panel}.xlsx", "{panel}.csv"]
    name = draw.choice([*quick * 4, "municipalities.geojson", "slide.png", "map.html", "sheet.pdf", "all.xlsx"])
    told = visit.evaluate(
        """async (name) => {
          document.querySelector("#rk-notices").replaceChildren();
          const button = document.querySelector(`[data-output="${CSS.escape(name)}"]`);
          if (button.hidden) return "no table";
          button.click();
          while (button.getAttribute("aria-busy") === "true") await new Promise((done) => setTimeout(done, 20));
          return document.querySelector("#rk-notices").textContent;
        }""",
        name,
    )
    if told not in ("", "no table") and told.removesuffix("×") not in {
        word("not_made", language) for language in LANGUAGES
    }:
        # Chromium notes every refusal; this one was said to the visitor.
        visit.errors[:] = [each for each in visit.errors if "status of 400" not in each and "status of 503" not in each]
    return f"download {name}: {told}"


def drag_swipe(visit: Visit, draw: random.Random) -> str:
    return f"press {visit.evaluate(PRESS, ['#rk input[type=range]', draw.random(), draw.random()])}"


STEPS = {
    press: 16,
    press_in_card: 8,
    press_tab: 4,
    open_menu: 8,
    open_legend: 1,
    press_map: 6,
    point_at_map: 4,
    zoom: 5,
    pan: 5,
    find: 5,
    press_key: 4,
    change_width: 4,
    take_address: 4,
    go: 4,
    select_cell: 3,
    drag_swipe: 3,
    download: 2,
    upload: 2,
    change_language: 1,
    reload: 1,
    follow_link: 2,
}
"""What is done, and how often beside the others; a new document costs as much as twenty other steps."""


def step(visit: Visit, draw: random.Random) -> str:
    """Do one thing at random; return what was done."""
    act = draw.choices([*STEPS], [*STEPS.values()])[0]
    try:
        return act(visit, draw) or act.__name__
    except Error as error:
        if "context was destroyed" in str(error):  # the step led to another document
            return f"{act.__name__}: another document"
        raise
