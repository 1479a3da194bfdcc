"""Undo and redo of the samples that networks learn from: drawn by hand, taken away, pasted, or chosen."""

from playwright.sync_api import Locator, expect

from tests.browser.lab_page import DESKTOP
from tests.browser.network.network_page import NetworkPage

SHORT = "data=moons&samples=120&hidden=4&steps=300&seed=1&entrant=sgd:lr=0.3&entrant=adam:lr=0.03"
COUNT = "({ samples }, count) => samples.get()?.targets.length === count"
TABLE = "length,width,height,kind\n" + "\n".join(
    f"{i % 7},{i % 5},{i % 3},{'odd' if i % 2 else 'even'}" for i in range(40)
)


def place(network: NetworkPage, across: float, down: float) -> tuple[float, float]:
    """Where on the screen a place of the first picture is, in parts of its width and height."""
    network.page.evaluate("scrollTo(0, 0)")
    box = network.page.locator("#regions .region-picture").first.bounding_box()
    assert box is not None
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def buttons(network: NetworkPage) -> tuple[Locator, Locator]:
    return network.part("undo-redo", "undo"), network.part("undo-redo", "redo")


def opened(network: NetworkPage) -> None:
    """The page with two moons and the pen of class A in the hand."""
    network.open(SHORT, size=DESKTOP)
    network.wait(COUNT, 120)
    network.page.locator("#pens .pen").first.click()


def test_a_stroke_is_undone_as_one_and_done_again(network: NetworkPage) -> None:
    opened(network)
    undo, redo = buttons(network)
    expect(undo).to_be_disabled()
    before = network.setup
    network.page.mouse.move(*place(network, 0.1, 0.08))
    network.page.mouse.down()
    network.page.mouse.move(*place(network, 0.7, 0.08), steps=12)
    network.page.mouse.up()
    drawn = network.setup["drawn"]
    assert len(drawn) > 125, "a stroke puts down several"
    network.wait(COUNT, len(drawn))
    network.settled()
    network.go_to(20)
    network.setting("l2").fill("0.01")
    turned = network.setup["changes"]
    assert len(turned) == 1
    undo.click()
    network.wait(COUNT, 120)
    assert network.setup == {**before, "changes": turned}, "a setting is not what undo is of"
    expect(undo).to_be_disabled()
    redo.click()
    assert network.setup["drawn"] == drawn
    expect(redo).to_be_disabled()
    network.settled()
    network.trained()


def test_keys_undo_what_was_added_and_what_was_taken_away(network: NetworkPage) -> None:
    opened(network)
    network.page.mouse.click(*place(network, 0.9, 0.1))
    network.wait(COUNT, 121)
    network.page.mouse.click(*place(network, 0.9, 0.1))
    network.wait(COUNT, 120)
    expect(network.part("regions", "said")).to_have_text("Sample removed")
    for keys, count in (("z", 121), ("z", 120), ("Shift+z", 121), ("y", 120)):
        network.page.keyboard.press(f"Control+{keys}")
        network.wait(COUNT, count)
    network.page.keyboard.press("Control+z")
    network.page.keyboard.press("Control+z")
    assert network.setup["data"] == "moons"
    network.settled()
    network.trained()


def test_a_table_pasted_over_a_drawing_gives_it_back(network: NetworkPage) -> None:
    opened(network)
    network.page.mouse.click(*place(network, 0.9, 0.1))
    network.wait(COUNT, 121)
    before = network.setup
    network.part("data-card", "paste").click()
    network.part("data-card", "text").fill(TABLE)
    network.page.keyboard.press("Control+z")  # belongs to the field
    assert network.setup == before
    network.part("data-card", "text").fill(TABLE)
    network.part("data-card", "use").click()
    network.wait("({ samples }) => samples.get().dims[0] === 3")
    undo, redo = buttons(network)
    expect(undo).to_be_visible()  # though nothing can be drawn here
    undo.click()
    network.wait(COUNT, 121)
    assert network.setup == before
    redo.click()
    network.wait("({ samples }) => samples.get().dims[0] === 3")
    network.settled()


def test_another_set_gives_the_drawing_and_its_racers_back(network: NetworkPage) -> None:
    opened(network)
    network.page.mouse.click(*place(network, 0.9, 0.1))
    network.wait(COUNT, 121)
    before = network.setup
    network.part("data-card", "scene").select_option("spirals")
    network.wait("({ facts, setup }) => setup.get().data === 'spirals' && facts.get()?.dims[1] === 16")
    assert network.get("chosen") > 0
    network.page.locator("#regions .region-head").last.click()
    network.page.keyboard.press("Control+z")
    network.wait(COUNT, 121)
    assert network.setup == before
    assert network.get("chosen") == 1, "one of two, and no longer the fourth"
    network.settled()
    network.trained()
