"""The searches of the sheet "look inside": how they are ended, read and raced; and the focus in the sheet."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.inside.test_inside import SHORT, opened, part
from tests.browser.lab_page import DESKTOP, eventually, number
from tests.browser.network.network_page import NetworkPage

LONG = "data=moons&samples=2000&hidden=32,32&steps=8000&seed=1&entrant=adam:lr=0.02"


def long_search(network: NetworkPage, panel: str) -> Locator:
    """The panel, whose search is begun and would take long. The training goes on."""
    network.open(LONG, size=DESKTOP, playing=True)
    network.page.locator(f"[data-inside='{panel}']").click()
    shown = network.page.locator(f"[data-panel='{panel}']")
    expect(part(shown, "cancel")).to_be_hidden()
    part(shown, "run").click()
    return shown


@pytest.mark.parametrize("panel", ["sweep", "folds"])
def test_a_long_search_is_cancelled(network: NetworkPage, panel: str) -> None:
    shown = long_search(network, panel)
    progress = part(shown, "progress")
    expect(progress).to_contain_text("% done")
    expect(part(shown, "run")).to_be_focused()
    part(shown, "cancel").click()
    expect(progress).to_contain_text("Cancelled. It had come to:")
    expect(part(shown, "cancel")).to_be_hidden()
    expect(part(shown, "run")).to_be_focused()
    expect(part(shown, "run")).to_be_enabled()
    expect(part(shown, "found")).to_be_hidden()


def test_a_cancelled_random_search_keeps_what_it_has_found(network: NetworkPage) -> None:
    network.open(LONG, size=DESKTOP, playing=True)
    network.page.locator("[data-inside='needle']").click()
    panel = network.page.locator("[data-panel='needle']")
    part(panel, "tries").locator("[data-part='slider']").fill("2")
    part(panel, "run").click()
    best = part(panel, "best")
    expect(best).to_contain_text("random networks has a loss of")
    part(panel, "cancel").click()
    expect(part(panel, "progress")).to_contain_text("Cancelled.")
    tried = int(best.inner_text().split("The best of ")[1].split()[0].replace(",", ""))
    assert 0 < tried < 10_000
    network.shows("[data-panel='needle'] .search-chart canvas", 100)


def test_a_search_that_another_takes_the_place_of_says_so(network: NetworkPage) -> None:
    shown = long_search(network, "sweep")
    expect(part(shown, "progress")).to_contain_text("% done")
    network.page.locator("#inside-sheet [data-part='which']").select_option("needle")
    part(network.page.locator("[data-panel='needle']"), "run").click()
    network.page.locator("#inside-sheet [data-part='which']").select_option("sweep")
    expect(part(shown, "progress")).to_contain_text("another search has taken its place")
    expect(part(shown, "run")).to_be_enabled()


def test_escape_closes_the_sheet_wherever_the_focus_is(network: NetworkPage) -> None:
    panel = opened(network, "needle")
    sheet, opener = network.page.locator("#inside-sheet"), network.page.locator("[data-inside='needle']")
    part(panel, "run").click()
    expect(part(panel, "best")).to_contain_text("random networks")
    expect(part(panel, "run")).to_be_focused()
    network.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    expect(sheet).to_be_visible()
    network.page.evaluate("() => document.activeElement.blur()")
    network.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_focus_stays_in_the_sheet_where_its_button_goes(network: NetworkPage) -> None:
    opened(network, "confusion", SHORT.replace("steps=200", "steps=20"))
    network.page.locator(".mistake").first.click()
    expect(network.page.locator("[data-panel='sample']")).to_be_visible()
    title = network.page.locator("#inside-sheet-title")
    assert eventually(lambda: title.evaluate("(each) => each === document.activeElement"), bool)


# ---------------------------------------------------------------- a sweep


def swept(network: NetworkPage, over: str) -> Locator:
    """The panel of a sweep that is done."""
    panel = opened(network, "sweep")
    panel.locator(f"[data-over='{over}']").click()
    part(panel, "run").click()
    expect(part(panel, "said")).to_contain_text("Best: learning rate")
    return panel


def test_a_sweep_of_rates_and_widths_is_chosen_from_and_raced(network: NetworkPage) -> None:
    panel = swept(network, "both")
    cells = panel.locator(".sweep-cell")
    expect(cells).to_have_count(6 * 12)
    best = panel.locator(".sweep-cell.is-best")
    expect(best).to_have_count(1)
    expect(best).to_have_attribute("aria-pressed", "true")
    cell = cells.nth(3 * 12 + 6)
    box = cell.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24
    cell.click()
    told = part(panel, "cell")
    expect(told).to_contain_text("8-8 neurons")
    part(panel, "race").click()
    expect(part(panel, "said")).to_contain_text("Raced: learning rate")
    assert network.setup["hidden"] == [8, 8]
    rate = network.setup["entrants"][1]["knobs"]["lr"]
    assert number(told.inner_text().split("rate ")[1].split(",")[0]) == pytest.approx(rate, rel=0.01)
    network.wait("({ facts }) => facts.get().dims.join() === '2,8,8,1'")
    expect(cells).to_have_count(6 * 12)  # what was found stays


def test_a_sweep_is_read_under_the_pointer_and_by_keys(network: NetworkPage) -> None:
    panel = swept(network, "lr")
    cells, told = panel.locator(".sweep-cell"), part(panel, "cell")
    expect(cells).to_have_count(24)
    network.shows("[data-panel='sweep'] .search-chart canvas", 200)
    chosen = panel.locator(".sweep-cell[aria-pressed='true']")
    before = told.inner_text()
    cells.first.hover()
    expect(told).to_contain_text("learning rate 10⁻⁵")
    network.page.mouse.move(20, 20)
    expect(told).to_have_text(before)
    chart = part(panel, "chart").bounding_box()
    assert chart is not None
    # Between no two points: the nearest.
    network.page.mouse.click(chart["x"] + chart["width"] - 12, chart["y"] + 60)
    expect(told).to_contain_text("learning rate 10,")
    expect(chosen).to_have_attribute("aria-label", told.inner_text())
    chosen.focus()
    network.page.keyboard.press("Home")
    expect(told).to_contain_text("learning rate 10⁻⁵")
    network.page.keyboard.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()
    expect(cells.nth(1)).to_have_attribute("aria-pressed", "true")


def test_cells_of_a_sweep_are_told_apart_by_their_colours(network: NetworkPage) -> None:
    panel = swept(network, "lr")
    depths: list[float] = panel.locator(".sweep-cell").evaluate_all(
        "(cells) => cells.map((cell) => parseFloat(cell.style.getPropertyValue('--depth')))"
    )
    assert max(depths) == 100
    assert len({depth for depth in depths if depth > 0}) > 6
    expect(panel.locator(".sweep-key")).to_contain_text("logarithmic scale")
