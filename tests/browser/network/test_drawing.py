"""The drawing of a network: connections and their weights under hand and keys."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab_page import DESKTOP, number
from tests.browser.network.network_page import NetworkPage
from tests.browser.network.test_pictures import LOOKED, SHORT, columns, looked, weight


def test_a_hand_on_a_connection_reads_its_weight(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    looked(network, "End", 300)
    shown = network.part("network-drawing", "number")
    expect(network.part("network-drawing", "size")).to_have_text("2-4-3-1 · 31 weights")
    _, _, before, last = columns(network)
    for source, (x, y) in enumerate(before["spots"]):
        network.page.mouse.move(x + before["size"] / 2 + 6, y)
        expect(shown).to_contain_text(f"layer 2, neuron {source + 1} → output")
        assert number(shown.inner_text().split(": ")[1]) == pytest.approx(
            weight(network, 2, source, 0), rel=1e-3
        )
    x, y = last["spots"][0]
    network.page.mouse.move(x, y)
    expect(shown).to_contain_text("output: bias")
    assert number(shown.inner_text().split("bias ")[1]) == pytest.approx(weight(network, 2, 3, 0), rel=1e-3)


def test_a_click_chooses_the_connection_and_its_number_follows_the_playhead(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    looked(network, "End", 300)
    shown = network.part("network-drawing", "number")
    _, _, before, _ = columns(network)
    x, y = before["spots"][1]
    network.page.mouse.click(x + before["size"] / 2 + 6, y)
    assert network.get("weight") == {"layer": 2, "from": 1, "to": 0}
    network.page.mouse.move(5, 5)
    expect(shown).to_be_visible()
    at_the_end = shown.inner_text()
    network.page.keyboard.press("Home")
    network.wait(LOOKED, 0)
    expect(shown).not_to_have_text(at_the_end)
    assert number(shown.inner_text().split(": ")[1]) == pytest.approx(weight(network, 2, 1, 0), rel=1e-3)


def test_keys_walk_along_the_connections(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    looked(network, "End", 300)
    hand, said = network.part("network-drawing", "picture"), network.part("network-drawing", "said")
    hand.focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowDown", "PageDown"):
        network.page.keyboard.press(key)
    expect(said).to_contain_text("layer 1, neuron 3 → layer 2, neuron 2")
    assert number(said.inner_text().split(": ")[1]) == pytest.approx(weight(network, 1, 2, 1), rel=1e-3)
    network.page.keyboard.press("b")
    expect(said).to_contain_text("layer 2, neuron 2: bias")
    network.page.keyboard.press("Enter")
    assert network.get("weight") == {"layer": 1, "from": 4, "to": 1}
