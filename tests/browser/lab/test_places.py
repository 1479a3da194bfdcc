"""All places for searches are taken: the page says so, the wait can be ended, and the search begins by itself."""

import json
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect
from websockets.sync.client import ClientConnection, connect

from app.work.threads import SEARCHES
from tests.browser.conftest import Server
from tests.browser.race.race_page import RacePage

SWEEP = {
    "type": "sweep",
    "id": 1,
    "setup": {"data": "moons", "hidden": [64, 64], "entrants": [{"optimizer": "adam"}]},
    "rates": 256,
    "steps": 10_000,
}
"""Takes minutes, where a server allows it."""


@pytest.fixture
def patient_server(own_server: Server) -> Iterator[Server]:
    """One that allows searches of any length."""
    own_server.kill()
    own_server.environment["DESCENT_LAB_MAX_SEARCH"] = str(10**14)
    try:
        own_server.start()
        yield own_server
    finally:
        own_server.kill()
        own_server.environment.clear()


@pytest.fixture
def others(patient_server: Server) -> Iterator[list[ClientConnection]]:
    """As many as there are places, each at a search of their own."""
    with ExitStack() as stack:
        address = f"{patient_server.url.replace('http', 'ws')}/ws"
        wires = [stack.enter_context(connect(address, proxy=None, max_size=None)) for _ in range(SEARCHES)]
        for wire in wires:
            wire.send(json.dumps(SWEEP))
            assert json.loads(wire.recv(30))["type"] == "tuning"
        yield wires


def test_who_waits_for_a_search_is_told_and_can_end_it_and_gets_it(
    race: RacePage, patient_server: Server, others: list[ClientConnection]
) -> None:
    race.open("surface=beale&start=1,1.6&steps=100&entrant=adam:lr=0.0001", base=patient_server.url)
    tune, banner = race.part("entrants", "tune"), race.part("banner", "words")
    for _ in range(2):
        tune.click()
        expect(banner).to_contain_text("All places for searches are taken")
        expect(banner).to_contain_text("yours is the next")
        tune.click()
        expect(banner).to_be_empty()
        expect(tune).to_have_text("Tune fairly")
    assert race.get("problem") is None
    tune.click()
    expect(banner).to_contain_text("yours is the next")
    others[0].close()
    expect(banner).to_be_empty()
    expect(race.part("entrants", "tuned")).not_to_be_empty()
    assert race.setup["entrants"][0]["knobs"]["lr"] != 0.0001


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_how_long_a_tuning_will_take_stands_below_its_button(race: RacePage, width: int) -> None:
    race.page.set_viewport_size({"width": width, "height": 900})
    race.open("surface=beale&start=1,1.6&steps=100&entrant=adam")
    tune = race.part("entrants", "tune")
    before = tune.bounding_box()
    race.ask("({ tuning }) => tuning.set({ done: 1, total: 100, seconds: 1233.2 })")
    expect(tune).to_have_text("Stop tuning · 1 %")
    expect(race.part("entrants", "left")).to_have_text("About 1234 s to go.")
    after = tune.bounding_box()
    assert before is not None
    assert after is not None
    assert before["width"] == after["width"]
    assert race.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
