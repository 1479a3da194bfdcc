"""The page of networks: it trains, plays, takes knobs and settings on the way, and its links are the same training."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from app.engine.setup import read_setup
from app.engine.training import Training
from tests.browser.conftest import Server, free_port
from tests.browser.lab_page import DESKTOP, eventually
from tests.browser.network_page import NetworkPage

SHORT = "data=moons&samples=100&hidden=4&batch=8&steps=400&seed=3&entrant=sgd:lr=0.1&entrant=adam:lr=0.02"
LOSSES = "({ run }) => run.get().losses.map((each) => Array.from(each))"
MEASURED = """({ run }) => Object.fromEntries(Object.entries(run.get().measured).map(([name, rows]) =>
  [name, rows.map((each) => Array.from(each.subarray(0, run.get().records.length)))]))"""


def in_one_go(setup: dict[str, Any]) -> Training:
    """The training of a setup by the engine itself."""
    training = Training(read_setup(setup))
    training.advance(training.setup.steps)
    return training


def agrees(network: NetworkPage) -> None:
    """Waits until all that is held on the page is what the engine computes for the setup on screen, bit for bit."""
    training = in_one_go(network.setup)
    steps = training.setup.steps
    expected = training.losses(0, steps).tolist()
    assert eventually(lambda: network.ask(LOSSES), lambda seen: seen == expected) == expected
    measured = {name: np.asarray(rows).tolist() for name, rows in training.measured(0, steps).items()}
    assert network.ask(MEASURED) == measured
    assert network.ask("({ run }) => run.get().records") == [each.step for each in training.records(0, steps)]


def go_to(network: NetworkPage, step: int) -> None:
    network.part("player", "scrub").fill(str(step))
    network.wait("({ playhead }, step) => playhead.get().step === step", step)


def test_it_opens_on_two_moons_and_four_racers_that_play(network: NetworkPage) -> None:
    network.open(size=DESKTOP, playing=True)
    network.wait("({ playhead }) => playhead.get().playing && playhead.get().step > 30")
    network.wait("({ look, samples }) => look.get() !== null && samples.get() !== null")
    names = network.page.locator("#standings [data-part='name']")
    expect(names).to_have_count(4)
    assert {*names.all_inner_texts()} == {"SGD", "Momentum", "RMSprop", "Adam"}
    network.shows("#regions canvas", 20_000)
    network.shows("#network-drawing canvas", 5_000)
    network.shows("#loss-curve canvas", 2_000)
    expect(network.part("network-card", "weights")).to_have_text("105 weights")


def test_what_is_shown_belongs_to_the_record_at_the_playhead(network: NetworkPage) -> None:
    network.open(SHORT)
    every = network.get("facts")["every"]
    for step in (0, 3 * every + 1, 399, 400):
        go_to(network, step)
        record = step if step == 400 else step - step % every
        network.wait("({ look }, step) => look.get().step === step", record)
        training = in_one_go(network.setup)
        weights = network.ask("({ look }) => Array.from(look.get().weights)")
        assert weights == training.weights(record)[:, network.get("look")["entrant"]].tolist()
        at = network.ask("({ run }, step) => run.get().records.indexOf(step)", record)
        loss = network.ask("({ run }, at) => run.get().measured.training[1][at]", at)
        cell = network.page.locator("#standings tr", has_text="Adam").locator("[data-part='training']")
        expect(cell).to_contain_text(f"{loss:#.3g}")


def test_a_knob_turned_holds_from_the_playhead_on(network: NetworkPage) -> None:
    network.open(SHORT)
    before, run = network.ask(LOSSES), network.ask("({ run }) => run.get().id")
    go_to(network, 200)
    network.number(1).fill("0.5")
    network.wait("({ setup }) => setup.get().changes.length === 1")
    assert network.setup["changes"] == [{"at": 200, "entrant": 1, "knob": "lr", "value": 0.5}]
    agrees(network)
    after = network.ask(LOSSES)
    assert after[0] == before[0]
    assert after[1][:201] == before[1][:201]
    assert after[1][202:] != before[1][202:]
    assert network.ask("({ run }) => run.get().id") == run, "not a new training"
    assert network.step == 200


def test_a_setting_turned_holds_from_the_playhead_on_and_can_be_taken_back(network: NetworkPage) -> None:
    network.open(SHORT)
    before = network.ask(LOSSES)
    go_to(network, 150)
    network.part("network-card", "l2").locator("[data-part='value']").fill("0.1")
    network.part("network-card", "batch").locator("[data-part='slider']").fill("0")
    network.wait("({ setup }) => setup.get().changes.length === 2")
    assert network.setup["changes"] == [
        {"at": 150, "setting": "l2", "value": 0.1},
        {"at": 150, "setting": "batch", "value": 1},
    ]
    assert (network.setup["l2"], network.setup["batch"]) == (0, 8)
    agrees(network)
    assert network.step == 150
    go_to(network, 100)
    expect(network.part("network-card", "l2").locator("[data-part='value']")).to_have_value("0")
    chips = network.page.locator("#network-card .chip")
    expect(chips).to_have_text(["from step 150: L2 = 0.1", "from step 150: batch size = 1"])
    chips.first.click()
    chips.first.click()
    assert eventually(lambda: network.ask(LOSSES), lambda seen: seen == before) == before


def test_a_setting_turned_while_it_plays_is_one_change(network: NetworkPage) -> None:
    network.open(SHORT)
    network.part("player", "play").click()
    network.wait("({ playhead }) => playhead.get().step > 20")
    slider = network.part("network-card", "jitter").locator("[data-part='slider']")
    for place in (1, 2, 3, 4):
        slider.fill(str(place))
        network.page.wait_for_timeout(80)
    network.pause()
    (change,) = network.setup["changes"]
    assert (change["setting"], change["at"] > 20) == ("jitter", True)
    agrees(network)


def test_another_layer_is_another_training(network: NetworkPage) -> None:
    network.open(SHORT)
    network.part("network-card", "layers").locator("[data-part='slider']").fill("3")
    network.wait("({ facts }) => facts.get().dims.length === 5")
    lines = network.page.locator("#network-card .layer-line")
    expect(lines).to_have_count(3)
    lines.nth(1).locator("[data-part='number']").fill("6")
    lines.nth(2).locator("select").select_option("relu")
    network.wait("({ facts }) => facts.get().dims.join() === '2,4,6,4,1'")
    assert network.setup["activation"] == ["tanh", "tanh", "relu"]
    expect(network.part("network-card", "weights")).to_have_text("75 weights")
    agrees(network)
    network.part("network-card", "layers").locator("[data-part='slider']").fill("0")
    network.wait("({ facts }) => facts.get().weights === 3")
    agrees(network)


def test_a_link_is_the_same_training(network: NetworkPage, base_url: str) -> None:
    network.open(
        SHORT + "&dropout=0.2&jitter=0.1&change=100:1:lr=0.01&setting=200:batch=32&setting=300:l1=0.001"
    )
    agrees(network)
    losses = network.ask(LOSSES)
    link = network.ask("() => location.hash.slice(1)")
    other = NetworkPage(network.page.context.new_page())
    other.open(link, base=base_url)
    assert other.ask(LOSSES) == losses
    assert other.setup == network.setup
    other.page.close()


@pytest.mark.parametrize("link", ["data=suns", "data=moons&hidden=99", "data=moons&entrant=newton"])
def test_a_damaged_link_opens_the_page_and_says_what_was_wrong(network: NetworkPage, link: str) -> None:
    network.open(link, playing=True)
    network.told("expected")
    network.wait("({ run, setup }) => run.get().have > 0 && setup.get().data === 'moons'")


def test_data_that_are_chosen_bring_their_network_along(network: NetworkPage) -> None:
    network.open(SHORT)
    scene = network.part("data-card", "scene")
    for key, dims in (("spirals", [2, 16, 16, 1]), ("curve", [1, 16, 16, 1]), ("iris", [4, 8, 3])):
        scene.select_option(key)
        network.wait("({ facts }, dims) => facts.get()?.dims.join() === dims.join()", dims)
        network.wait("({ samples }, inputs) => samples.get().dims[0] === inputs", dims[0])
        expect(scene).to_have_value(key)
    expect(network.part("data-card", "spread")).to_be_hidden()
    scene.select_option("cure-l2")
    network.wait("({ setup }) => setup.get().l2 === 0.01")
    expect(scene).to_have_value("cure-l2")
    expect(network.part("data-card", "watch")).to_contain_text("price on large weights")
    network.open(network.ask("() => location.hash.slice(1)"))
    expect(scene).to_have_value("cure-l2")
    network.part("data-card", "samples").locator("[data-part='value']").fill("70")
    expect(scene).to_have_value("moons")


def test_early_stopping_marks_the_best_step(network: NetworkPage) -> None:
    network.open(size=DESKTOP, playing=True)
    network.part("data-card", "scene").select_option("cure-stopping")
    network.settled()
    network.pause()
    network.page.keyboard.press("End")
    stops = network.ask("({ run }) => run.get().stopped")
    assert stops == in_one_go(network.setup).stopped()
    pills = network.page.locator("#standings [data-part='outcome']")
    assert {*pills.all_inner_texts()} == {f"early stop: {step}" for step in stops}


def test_curves_show_losses_or_right_answers_against_steps_epochs_or_seconds(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    learning = network.page.locator("#learning")
    for name, store in (("Accuracy", "of"), ("epoch", "by"), ("time", "by")):
        learning.get_by_role("button", name=name, exact=True).click()
        assert network.get("curve")[store] == name.lower()
        network.shows("#loss-curve canvas", 2_000)
    assert network.ask("({ run }) => run.get().elapsed[400]") > 0
    network.part("data-card", "scene").select_option("curve")
    network.wait("({ facts }) => facts.get()?.classes.length === 0")
    expect(learning.locator("[data-part='of']")).to_be_hidden()
    assert network.get("curve")["of"] == "loss"


GOOD = "length,width,kind\n" + "\n".join(f"{i % 7},{i % 5},{'odd' if i % 2 else 'even'}" for i in range(40))


def test_a_table_of_ones_own(network: NetworkPage) -> None:
    network.open(SHORT)
    network.part("data-card", "paste").click()
    text, use = network.part("data-card", "text"), network.part("data-card", "use")
    text.fill("a,b,kind\n1,two,x\n2,3,y")
    use.click()
    expect(network.part("data-card", "csv").locator("[data-part='error']")).not_to_be_empty()
    assert network.setup["data"] == "moons", "what was there stays"
    text.fill(GOOD)
    use.click()
    network.wait("({ samples }) => samples.get().classes.join() === 'even,odd'")
    expect(network.part("data-card", "csv")).to_be_hidden()
    expect(network.part("data-card", "watch")).to_have_text(
        "A table of your own: 40 rows, 2 inputs, 2 classes."
    )
    network.settled()
    agrees(network)


def test_who_diverges_says_so_and_the_others_go_on(network: NetworkPage) -> None:
    network.open("data=curve&hidden=4&steps=200&entrant=sgd:lr=1000&entrant=adam:lr=0.01")
    go_to(network, 200)
    rows = network.page.locator("#standings tr")
    expect(rows.filter(has_text="SGD").locator("[data-part='outcome']")).to_contain_text("diverged at step")
    expect(rows.filter(has_text="Adam").locator("[data-part='outcome']")).to_be_hidden()
    agrees_up_to_nan = network.ask("({ run }) => run.get().losses[1].every(Number.isFinite)")
    assert agrees_up_to_nan


def test_a_killed_server_costs_no_step(
    network: NetworkPage, own_server: Server, complaints: list[str]
) -> None:
    network.open(SHORT + "&noise=0.01&dropout=0.1", base=own_server.url)
    go_to(network, 120)
    own_server.kill()
    network.wait("({ connection }) => connection.get().state === 'lost'")
    network.part("network-card", "l2").locator("[data-part='value']").fill("0.01")  # nobody hears of it yet
    own_server.start()
    network.wait("({ connection }) => connection.get().state === 'open'")
    assert network.setup["changes"] == [{"at": 120, "setting": "l2", "value": 0.01}]
    agrees(network)
    go_to(network, 300)
    network.wait("({ look, facts }) => look.get().step === 300 - (300 % facts.get().every)")
    complaints[:] = [each for each in complaints if "WebSocket" not in each and "ERR_CONNECTION" not in each]


def test_whoever_finds_all_places_taken_is_told_so_and_comes_next(
    network: NetworkPage, tmp_path: Path, complaints: list[str]
) -> None:
    server = Server(free_port(), tmp_path / "log.txt", {"DESCENT_LAB_MAX_TRAININGS": "1"})
    server.start()
    try:
        other = NetworkPage(network.page.context.new_page())
        other.open(
            "data=mnist&hidden=64,64&batch=256&steps=1100&entrant=adam&entrant=sgd",
            base=server.url,
            playing=True,
        )
        other.page.locator("#main").focus()
        other.page.keyboard.press("End")
        network.page.goto(f"{server.url}/network#{SHORT}")  # nothing comes yet
        banner = network.page.locator("#banner")
        expect(banner).to_have_text(
            "All places for trainings are taken (1), and yours is the next. It begins by itself."
        )
        other.page.close()
        network.wait("({ run }) => run.get().complete")
        expect(banner).to_be_empty()
    finally:
        server.kill()
    complaints[:] = [each for each in complaints if "WebSocket" not in each and "ERR_CONNECTION" not in each]
