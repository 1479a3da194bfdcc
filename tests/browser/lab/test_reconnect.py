"""The server is killed during a race and started again."""

from typing import Any

from playwright.sync_api import expect

from descent_lab.races.race import Race
from descent_lab.setups.reading import read_setup
from tests.browser.conftest import Server
from tests.browser.lab_page import LabPage
from tests.browser.race.race_page import RacePage
from tests.browser.regression.regression_page import RegressionPage

# Long enough that half of it is still to be computed when the server goes; noise, so that a shifted draw would show.
LONG = (
    "surface=rosenbrock&start=-1.2,1&steps=10000&seed=5&noise=0.2"
    "&entrant=sgd:lr=0.0005&entrant=adam:lr=0.01&change=3000:1:lr=0.003"
)
# And mini-batches, of which every step has its own.
FITTING = "preset=seven&steps=10000&seed=5&batch=2&noise=0.2&entrant=gd:lr=0.01&entrant=adam:lr=0.02"


def go_away(lab: LabPage, server: Server) -> None:
    """Kills the server, half of the race still to come; the page says so and goes on playing what it has."""
    lab.wait("({ run, playhead }) => run.get().have > 0 && playhead.get().step > 5")
    banner = lab.part("banner", "words")
    expect(banner).to_be_empty()
    assert lab.ask("({ run }) => run.get().have") < 10_000
    server.kill()
    expect(banner).to_contain_text("Connection lost")
    expect(banner).to_be_visible()
    lab.wait("({ playhead }, step) => playhead.get().step > step", lab.step)


def come_back(lab: LabPage, server: Server) -> None:
    """Starts the server again, and goes to the end of the race."""
    step = lab.step
    server.start()
    lab.wait("({ connection }) => connection.get().state === 'open'")
    expect(lab.part("banner", "words")).to_be_empty()
    assert lab.step >= step
    lab.page.locator("#main").focus()
    lab.page.keyboard.press("End")
    lab.wait("({ playhead }) => playhead.get().step === 10000")


def lost(complaints: list[str]) -> None:
    """The browser itself reports every connection that fails; any other complaint stays."""
    complaints[:] = [each for each in complaints if "WebSocket" not in each and "ERR_CONNECTION" not in each]


def in_one_go(setup: dict[str, Any]) -> list[list[str]]:
    """The paths of a setup from the engine itself, as `LabPage.paths` writes them."""
    race = Race(read_setup(setup))
    race.advance(race.setup.steps)
    return [[value.hex() for value in path.ravel().tolist()] for path in race.points(0, race.have)]


def test_a_killed_server_costs_no_step(race: RacePage, own_server: Server, complaints: list[str]) -> None:
    race.open(LONG, base=own_server.url, playing=True)
    go_away(race, own_server)
    come_back(race, own_server)
    assert race.agrees(own_server.url) == in_one_go(race.setup)
    lost(complaints)


def test_what_is_done_while_the_server_is_away_is_made_up_for(
    race: RacePage, own_server: Server, complaints: list[str]
) -> None:
    race.open("surface=beale&steps=100&entrant=gd:lr=0.003&entrant=adam:lr=0.2", base=own_server.url)
    own_server.kill()
    race.wait("({ connection }) => connection.get().state === 'lost'")
    race.drag(race.handle, 40, 20)
    own_server.start()
    race.wait("({ connection }) => connection.get().state === 'open'")
    race.agrees(own_server.url)
    lost(complaints)


def test_points_moved_and_drawn_on_the_way_outlive_the_server(
    regression: RegressionPage, own_server: Server, complaints: list[str]
) -> None:
    regression.open(FITTING, base=own_server.url, playing=True)
    regression.wait("({ playhead }) => playhead.get().step > 5")
    regression.drag_point(3, 30, -40)
    regression.page.mouse.click(*regression.pixel((2.7, 2.5)))
    drawn = regression.points
    assert len(drawn) == 8
    go_away(regression, own_server)
    assert regression.points == drawn
    regression.drag_point(4, -20, -30)  # nobody hears of it yet
    regression.page.mouse.click(*regression.pixel((4.6, 1.8)))
    changes, drawn = regression.setup["changes"], regression.points
    assert len(drawn) == 9
    come_back(regression, own_server)
    assert regression.agrees(own_server.url) == in_one_go(regression.setup)
    assert regression.setup["changes"] == changes
    assert regression.points == drawn
    assert all(0 < change["at"] < 10_000 for change in changes)
    assert [change["point"] for change in changes if change["point"] > 6] == [7, 8]
    regression.wait("({ fit }) => fit.get().sets.length === 9")
    lost(complaints)
