"""The search for fair rates, on every page that has one."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab_page import LabPage
from tests.browser.network.network_page import NetworkPage
from tests.browser.race.race_page import RacePage
from tests.browser.regression.regression_page import RegressionPage

PAGES: dict[str, tuple[type[LabPage], str]] = {
    "race": (RacePage, "surface=rosenbrock&steps=5000&entrant=gd:lr=0.001&entrant=adam:lr=0.1"),
    "regression": (
        RegressionPage,
        "preset=sine&degree=5&batch=4&steps=5000&entrant=gd:lr=0.01&entrant=adam:lr=0.1",
    ),
    "network": (
        NetworkPage,
        "data=moons&samples=400&hidden=16,16&batch=8&steps=600&split=60,20,20&entrant=sgd:lr=0.1",
    ),
}


@pytest.mark.parametrize("kind", PAGES)
def test_a_search_for_fair_rates_is_ended_from_the_page_and_changes_nothing(page: Page, kind: str) -> None:
    make, link = PAGES[kind]
    lab = make(page)
    lab.open(link, playing=True)
    before = lab.setup["entrants"]
    lab.page.evaluate(
        """() => {
          window.sent = [];
          const { send } = WebSocket.prototype;
          WebSocket.prototype.send = function (text) { window.sent.push(String(text)); return send.call(this, text); };
        }"""
    )
    tune = lab.part("entrants", "tune")
    tune.press("Enter")
    expect(tune).to_contain_text("Stop tuning")
    lab.wait("({ tuning }) => tuning.get() !== null")
    tune.press("Enter")
    expect(tune).to_have_text("Tune fairly")
    sent = lab.page.evaluate(
        "() => window.sent.map((text) => JSON.parse(text)).map(({ type, id }) => [type, id])"
    )
    asked = next(id for type, id in sent if type == "tune")
    assert ["cancel", asked] in sent  # the server works no more, too
    assert lab.setup["entrants"] == before
    expect(lab.part("entrants", "tuned")).to_be_empty()
