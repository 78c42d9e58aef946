"""What a planner's hands do on the page."""

from __future__ import annotations

from renkei.present.indicator_classes import title_of
from tests.shared_atlas import ATLAS


def press_theme(visit, name: str) -> None:
    """Choose a theme in its menu, or take it back."""
    visit.page.locator("#rk-themes-open").click()
    visit.page.locator("#rk-themes").get_by_role("button", name=name, exact=True).click()
    visit.page.keyboard.press("Escape")


def choose_prefecture(visit, name: str) -> None:
    """Choose a prefecture in its menu, or take it back."""
    visit.page.locator("#rk-prefectures-open").click()
    visit.page.locator("#rk-prefectures").get_by_role("button", name=name, exact=True).click()
    visit.page.keyboard.press("Escape")


def choose_indicator(visit, identifier: str, *, english: bool = False) -> None:
    """Find an indicator by its title and choose it."""
    visit.page.locator("#rk-indicator-open").click()
    visit.page.locator("#rk-indicator-find").fill(title_of(ATLAS.indicator(identifier), "en" if english else "ja"))
    visit.page.locator(f"#rk-indicator-list [data-id='{identifier}']").click()


def click_on_map(visit, lon: float, lat: float) -> None:
    """Click where a place is drawn, like a person's pointer."""
    x, y = visit.evaluate(
        "([lon, lat]) => { const p = renkeiPage.view.map.latLngToContainerPoint([lat, lon]); return [p.x, p.y]; }",
        [lon, lat],
    )
    visit.page.mouse.click(x, y)
