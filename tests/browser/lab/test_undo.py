"""Undo and redo of whatever changes a setup, on every page, by buttons and by keys."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab_page import LabPage
from tests.browser.network.network_page import NetworkPage
from tests.browser.race.race_page import RacePage
from tests.browser.regression.regression_page import RegressionPage
from tests.browser.search.search_page import SMALL, SearchPage

RACE = "surface=beale&start=1,1&steps=80&entrant=gd:lr=0.001&entrant=adam:lr=0.01"
POINTS = "preset=seven&steps=60&entrant=gd:lr=0.02"
MOONS = "data=moons&samples=100&hidden=4&steps=60&entrant=sgd:lr=0.3"


def buttons(page: LabPage) -> list[bool]:
    """Whether undo and redo can be done."""
    return [page.part("undo-redo", name).is_enabled() for name in ("undo", "redo")]


def test_what_was_set_on_the_race_page_goes_back_act_by_act_and_comes_again(
    race: RacePage, base_url: str
) -> None:
    race.open(RACE)
    setups = [race.setup]
    assert buttons(race) == [False, False]

    def scene() -> None:
        race.part("scene-picker", "open").click()
        race.page.locator("#scene-picker .scene").first.click()

    for act in (
        lambda: race.drag_slider(race.slider(1), 0.9),
        lambda: race.drag(race.handle, 40, -30),
        lambda: (race.unfold(0), race.tool(0, "duplicate").click()),
        lambda: race.tool(1, "remove").click(),
        lambda: race.part("race-settings", "dice").click(),
        scene,
    ):
        act()
        assert race.setup != setups[-1]
        setups.append(race.setup)
    for wanted in reversed(setups[:-1]):
        race.page.keyboard.press("Control+z")
        assert race.setup == wanted
    assert buttons(race) == [False, True]
    race.settled()
    race.agrees(base_url)
    for wanted in setups[1:]:
        race.part("undo-redo", "redo").click()
        assert race.setup == wanted
    assert buttons(race) == [True, False]
    race.page.keyboard.press("Meta+z")
    race.page.keyboard.press("Meta+Shift+z")
    race.page.keyboard.press("Control+z")
    race.page.keyboard.press("Control+y")
    assert race.setup == setups[-1]
    assert race.get("window") == race.get("ground")["window"]


def test_a_zoom_is_no_act_and_stays_where_a_knob_goes_back(race: RacePage) -> None:
    race.open(RACE)
    race.drag_slider(race.slider(1), 0.9)
    race.page.locator("#map [data-zoom='in']").click()
    race.wait("({ setup }) => setup.get().window !== undefined")
    window = race.setup["window"]
    race.part("undo-redo", "undo").click()
    assert (race.setup["entrants"][1]["knobs"]["lr"], race.setup["window"]) == (0.01, window)
    assert buttons(race) == [False, True]


def test_a_knob_turned_by_the_arrow_keys_is_one_act(race: RacePage) -> None:
    race.open(RACE)
    race.slider(1).focus()
    for _ in range(5):
        race.page.keyboard.press("ArrowRight")
    assert race.setup["entrants"][1]["knobs"]["lr"] > 0.01
    race.page.keyboard.press("Control+z")
    assert race.setup["entrants"][1]["knobs"]["lr"] == 0.01
    assert buttons(race) == [False, True]


def test_in_a_field_that_is_typed_in_the_keys_are_the_browsers(race: RacePage) -> None:
    race.open(RACE)
    seed = race.part("race-settings", "seed")
    race.part("race-settings", "dice").click()
    drawn = race.setup["seed"]
    seed.focus()
    race.page.keyboard.press("End")
    race.page.keyboard.type("1")
    race.page.keyboard.press("Control+z")
    assert seed.input_value() == str(drawn), "the field has gone back, by its own means"
    race.page.keyboard.press("Tab")
    seed.focus()
    race.page.keyboard.press("Control+z")
    race.page.keyboard.press("Control+z")
    assert race.setup["seed"] != drawn, "nobody types there now"
    expect(seed).to_have_value(str(race.setup["seed"]))
    expect(seed).to_be_focused()


def test_points_drawn_over_a_table_give_the_table_back(regression: RegressionPage, base_url: str) -> None:
    regression.open(POINTS)
    first = regression.setup
    preset = regression.part("data-card", "preset")
    preset.select_option("table:diabetes")
    regression.wait("({ fit }) => fit.get()?.table")
    table = regression.setup
    preset.select_option("seven")
    regression.fitted()
    again = regression.setup
    regression.part("undo-redo", "undo").click()
    assert regression.setup == table
    expect(regression.part("data-card", "table")).to_be_visible()
    expect(preset).to_have_value("table:diabetes")
    regression.part("undo-redo", "undo").click()
    assert regression.setup == first
    expect(regression.part("data-card", "plane")).to_be_visible()
    regression.part("undo-redo", "redo").click()
    regression.part("undo-redo", "redo").click()
    assert regression.setup == again
    regression.fitted()
    regression.agrees(base_url)


def test_layers_knobs_and_settings_of_a_network_go_back(network: NetworkPage) -> None:
    network.open(MOONS)
    setups = [network.setup]
    for act in (
        lambda: network.setting("l2").fill("0.01"),
        lambda: network.setting("layers", "slider").press("ArrowRight"),
        lambda: network.part("race-settings", "dice").click(),
    ):
        act()
        setups.append(network.setup)
    assert len({str(each) for each in setups}) == 4
    for wanted in reversed(setups[:-1]):
        network.part("undo-redo", "undo").click()
        assert network.setup == wanted
    network.settled()
    network.trained()


@pytest.fixture
def search(page: Page) -> SearchPage:
    return SearchPage(page)


def test_what_is_varied_in_a_search_goes_back(search: SearchPage) -> None:
    search.open(f"{SMALL}&search=lr:1e-3..1:log;tries:4")
    first = search.get("wanted")
    search.part("varied", "add").click()
    search.part("varied", "halving").check()
    search.page.keyboard.press("Control+z")
    search.page.keyboard.press("Control+z")
    assert search.get("wanted") == first
    expect(search.part("varied", "halving")).not_to_be_checked()
    expect(search.part("varied", "values")).to_have_count(1)
    assert buttons(search) == [False, True]
