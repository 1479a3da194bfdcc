"""The server is killed during a race and started again."""

from playwright.sync_api import expect

from tests.browser.conftest import Server
from tests.browser.race_page import RacePage

# Long enough that half of it is still to be computed when the server goes; noise, so that a shifted draw would show.
LONG = (
    "surface=rosenbrock&start=-1.2,1&steps=10000&seed=5&noise=0.2"
    "&entrant=sgd:lr=0.0005&entrant=adam:lr=0.01&change=3000:1:lr=0.003"
)


def lost(complaints: list[str]) -> None:
    """The browser itself reports every connection that fails; any other complaint stays."""
    complaints[:] = [each for each in complaints if "WebSocket" not in each and "ERR_CONNECTION" not in each]


def test_a_killed_server_costs_no_step(race: RacePage, own_server: Server, complaints: list[str]) -> None:
    race.open(LONG, base=own_server.url, playing=True)
    race.wait("({ run, playhead }) => run.get().have > 0 && playhead.get().step > 5")
    banner = race.page.locator("#banner")
    expect(banner).to_be_empty()
    have = race.ask("({ run }) => run.get().have")
    assert have < 10_000
    own_server.kill()
    expect(banner).to_contain_text("Connection lost")
    expect(banner).to_be_visible()
    step = race.step
    race.wait("({ playhead }, step) => playhead.get().step > step", step)  # what is here goes on playing
    own_server.start()
    race.wait("({ connection }) => connection.get().state === 'open'")
    expect(banner).to_be_empty()
    assert race.step >= step
    race.page.locator("#main").focus()
    race.page.keyboard.press("End")
    race.wait("({ playhead }) => playhead.get().step === 10000")
    race.agrees(own_server.url)
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
