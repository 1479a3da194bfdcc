"""The wheel over a map or a 3-D view: the page scrolls, unless Ctrl is held."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab_page import LabPage
from tests.browser.network.network_page import NetworkPage
from tests.browser.race.race_page import RacePage
from tests.browser.regression.regression_page import RegressionPage

EYE = "() => document.querySelector('#surface .figure')._fullLayout?.scene?._scene?.glplot && JSON.stringify(%s)"
DISTANCE = "document.querySelector('#surface .figure')._fullLayout.scene._scene.getCamera().eye"


def turned(lab: LabPage, view: str) -> None:
    """One turn of the wheel over the middle of a view."""
    x, y = lab.centre(lab.page.locator(f"#{view}"))
    lab.page.mouse.move(x, y)
    lab.page.mouse.wheel(0, 120)


@pytest.mark.parametrize("kind", [RacePage, RegressionPage, NetworkPage], ids=lambda kind: kind.__name__)
def test_the_wheel_scrolls_the_page_and_ctrl_zooms(page: Page, kind: type[LabPage]) -> None:
    lab = kind(page)
    lab.open(playing=True)
    lab.page.locator("#map").scroll_into_view_if_needed()
    expect(page.locator("#map .main-svg").first).to_be_visible()
    size = "() => descentLab.state.window ? JSON.stringify(descentLab.state.window.get()) : ''"
    page.evaluate("() => scrollTo(0, Math.max(0, scrollY - 100))")
    window, top = page.evaluate(size), page.evaluate("() => scrollY")
    turned(lab, "map")
    hint = page.locator("#map .wheel-hint")
    expect(hint).to_be_visible()
    expect(hint).to_contain_text("to zoom")
    page.wait_for_function("(top) => scrollY !== top", arg=top)
    assert page.evaluate(size) == window
    expect(hint).to_be_hidden()  # by itself


def test_ctrl_and_wheel_zoom_the_scene(race: RacePage) -> None:
    race.open()
    race.page.locator("[data-view='surface']").click()
    race.page.wait_for_function(EYE % DISTANCE)
    before, top = race.page.evaluate(EYE % DISTANCE), race.page.evaluate("() => scrollY")
    turned(race, "surface")
    expect(race.page.locator("#surface .wheel-hint")).to_be_visible()
    race.page.wait_for_function("(top) => scrollY !== top", arg=top)
    assert race.page.evaluate(EYE % DISTANCE) == before
    race.page.keyboard.down("Control")
    turned(race, "surface")
    race.page.keyboard.up("Control")
    race.page.wait_for_function(f"(before) => JSON.stringify({DISTANCE}) !== before", arg=before)
    expect(race.page.locator("#surface .wheel-hint")).to_be_hidden()
