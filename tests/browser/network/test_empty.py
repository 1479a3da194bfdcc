"""Samples drawn from nothing: an empty plane that says what to do, and a training that begins by itself."""

from playwright.sync_api import expect

from tests.browser.lab_page import DESKTOP
from tests.browser.network.network_page import NetworkPage

SHORT = "data=moons&samples=120&hidden=4&steps=300&seed=1&entrant=sgd:lr=0.3&entrant=adam:lr=0.03"
PAINTED = "({ look, run }) => look.get()?.race === run.get().id"


def place(network: NetworkPage, across: float, down: float) -> tuple[float, float]:
    """Where on the screen a place of the first picture is, in parts of its width and height."""
    network.page.evaluate("scrollTo(0, 0)")
    box = network.page.locator("#regions .region-picture").first.bounding_box()
    assert box is not None
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def stroke(network: NetworkPage, down: float) -> None:
    network.page.mouse.move(*place(network, 0.1, down))
    network.page.mouse.down()
    network.page.mouse.move(*place(network, 0.8, down), steps=12)
    network.page.mouse.up()


def test_an_empty_plane_says_what_to_do_and_the_training_begins_by_itself(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    before = network.setup
    network.page.get_by_role("button", name="Start empty").click()
    waiting, hints = network.part("regions", "waiting"), network.page.locator("#regions .region-hint")
    expect(waiting).to_contain_text("Pick a class above")
    expect(hints).to_have_count(2)
    expect(hints.first).to_be_visible()
    expect(network.page.locator("#pens .pen").first).to_have_attribute("aria-pressed", "true")
    network.wait("({ run, samples }) => run.get().have < 0 && samples.get().count === 0")
    stroke(network, 0.2)
    expect(waiting).to_contain_text("All of class A so far")
    first = len(network.setup["drawn"])
    assert first > 4
    assert network.ask("({ run }) => run.get().have") < 0, "nobody can learn from one class"
    network.page.locator("#pens .pen").nth(1).click()
    stroke(network, 0.8)
    assert len(network.setup["drawn"]) > first + 4, "a stroke goes on while the training begins"
    expect(waiting).to_be_empty()
    expect(hints.first).to_be_hidden()
    network.settled()
    network.wait("({ playhead }) => playhead.get().step > 10")
    network.pause()
    network.trained()
    undo = network.part("undo-redo", "undo")
    for _ in range(3):
        undo.click()
    assert network.setup == before
    network.settled()
    network.trained()


def test_a_sample_drawn_while_it_stands_still_leaves_it_where_it_is(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    network.go_to(200)
    network.page.locator("#pens .pen").first.click()
    run = network.ask("({ run }) => run.get().id")
    network.page.mouse.click(*place(network, 0.9, 0.1))
    network.wait("({ run }, before) => run.get().id !== before && run.get().complete", run)
    playhead = network.get("playhead")
    assert (playhead["playing"], playhead["step"]) == (False, 200)
    network.wait(PAINTED)
    network.page.keyboard.press("Control+z")
    network.wait("({ setup, run }) => setup.get().data === 'moons' && run.get().complete")
    assert not network.get("playhead")["playing"]


def test_an_empty_plane_is_a_choice_of_data_and_a_link(network: NetworkPage) -> None:
    network.open("data=iris&hidden=3&steps=100&entrant=adam", size=DESKTOP)
    network.part("data-card", "scene").select_option("empty")
    network.wait("({ run, samples }) => run.get().have < 0 && samples.get().dims[0] === 2")
    expect(network.part("data-card", "watch")).to_contain_text("An empty plane")
    assert network.setup["hidden"] == [8, 8], "what suits a plane"
    network.wait("() => location.hash.includes('drawn=&')")
    network.page.reload()
    network.wait("({ samples }) => samples.get()?.count === 0")
    expect(network.part("regions", "waiting")).to_contain_text("Pick a class above")
    expect(network.page.locator("#link-faults")).to_be_hidden()
    network.part("data-card", "scene").select_option("blobs")
    network.settled()
    network.wait(PAINTED)
