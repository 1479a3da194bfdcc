"""The page of networks: it trains, plays, takes knobs and settings on the way, and its links are the same training."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab_page import DESKTOP
from tests.browser.network.network_page import NetworkPage, in_one_go

SHORT = "data=moons&samples=100&hidden=4&batch=8&steps=400&seed=3&entrant=sgd:lr=0.1&entrant=adam:lr=0.02"


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
        network.go_to(step)
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
    before, run = network.losses(), network.ask("({ run }) => run.get().id")
    network.go_to(200)
    network.number(1).fill("0.5")
    network.wait("({ setup }) => setup.get().changes.length === 1")
    assert network.setup["changes"] == [{"at": 200, "entrant": 1, "knob": "lr", "value": 0.5}]
    network.trained()
    after = network.losses()
    assert after[0] == before[0]
    assert after[1][:201] == before[1][:201]
    assert after[1][202:] != before[1][202:]
    assert network.ask("({ run }) => run.get().id") == run, "not a new training"
    assert network.step == 200


def test_a_setting_turned_holds_from_the_playhead_on_and_can_be_taken_back(network: NetworkPage) -> None:
    network.open(SHORT)
    before = network.losses()
    network.go_to(150)
    network.setting("l2").fill("0.1")
    network.setting("batch", "slider").fill("0")
    network.wait("({ setup }) => setup.get().changes.length === 2")
    assert network.setup["changes"] == [
        {"at": 150, "setting": "l2", "value": 0.1},
        {"at": 150, "setting": "batch", "value": 1},
    ]
    assert (network.setup["l2"], network.setup["batch"]) == (0, 8)
    network.trained()
    assert network.step == 150
    network.go_to(100)
    expect(network.setting("l2")).to_have_value("0")
    chips = network.page.locator("#network-card .chip")
    expect(chips).to_have_text(["from step 150: L2 = 0.1", "from step 150: batch size = 1"])
    chips.first.click()
    chips.first.click()
    network.holds(before)


def test_a_setting_turned_while_it_plays_is_one_change(network: NetworkPage) -> None:
    network.open(SHORT)
    network.part("player", "play").click()
    network.wait("({ playhead }) => playhead.get().step > 20")
    slider = network.setting("jitter", "slider")
    for place in (1, 2, 3, 4):
        slider.fill(str(place))
        network.wait("({ playhead }, step) => playhead.get().step > step", network.step)
    network.pause()
    (change,) = network.setup["changes"]
    assert (change["setting"], change["at"] > 20) == ("jitter", True)
    network.trained()


def test_another_layer_is_another_training(network: NetworkPage) -> None:
    network.open(SHORT)
    network.setting("layers", "slider").fill("3")
    network.wait("({ facts }) => facts.get().dims.length === 5")
    lines = network.page.locator("#network-card .layer-line")
    expect(lines).to_have_count(3)
    lines.nth(1).locator("[data-part='number']").fill("6")
    lines.nth(2).locator("select").select_option("relu")
    network.wait("({ facts }) => facts.get().dims.join() === '2,4,6,4,1'")
    assert network.setup["activation"] == ["tanh", "tanh", "relu"]
    expect(network.part("network-card", "weights")).to_have_text("75 weights")
    network.trained()
    network.setting("layers", "slider").fill("0")
    network.wait("({ facts }) => facts.get().weights === 3")
    network.trained()


def test_a_link_is_the_same_training(network: NetworkPage, base_url: str) -> None:
    network.open(
        SHORT + "&dropout=0.2&jitter=0.1&change=100:1:lr=0.01&setting=200:batch=32&setting=300:l1=0.001"
    )
    network.trained()
    losses = network.losses()
    link = network.ask("() => location.hash.slice(1)")
    other = NetworkPage(network.page.context.new_page())
    other.open(link, base=base_url)
    assert other.losses() == losses
    assert other.setup == network.setup
    other.page.close()


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("data=suns", "There is no data 'suns'"),
        ("data=moons&hidden=99", "hidden.0 must be a whole number from 1 to 64"),
        ("data=moons&entrant=newton", "not for a network"),
    ],
)
def test_a_damaged_link_opens_the_page_and_says_what_was_wrong(
    network: NetworkPage, link: str, said: str
) -> None:
    network.open(link, playing=True)
    network.told(said)
    network.wait("({ run, setup }) => run.get().have > 0 && setup.get().data === 'moons'")
    faults = network.page.locator("#link-faults")
    expect(faults).to_contain_text("Shown instead: Two moons.")
    faults.get_by_role("button").click()
    expect(faults).to_be_hidden()


def test_every_layer_has_a_dropout_of_its_own_and_one_gesture_sets_all(network: NetworkPage) -> None:
    network.open("data=moons&samples=100&hidden=4,4&steps=200&dropout=0.1,0.5&entrant=adam:lr=0.02")
    shares = network.page.locator("#network-card [data-part='left-out']")
    expect(shares.first).to_have_value("10")
    expect(shares.last).to_have_value("50")
    expect(network.setting("dropout")).to_have_text("10–50 %")
    network.go_to(100)
    shares.first.fill("25")
    assert network.setup["changes"] == [{"at": 100, "setting": "dropout", "value": [0.25, 0.5]}]
    network.trained()
    expect(network.page.locator("#network-card .chip")).to_have_text("from step 100: dropout = 0.25, 0.5")
    network.setting("layers", "slider").fill("3")
    expect(shares).to_have_count(3)
    assert network.setup["dropout"] == [0.1, 0.5, 0.5]
    network.setting("dropout", "slider").fill("4")
    for share in shares.all():
        expect(share).to_have_value("20")


def test_a_number_that_does_not_fit_is_told_in_words(network: NetworkPage) -> None:
    network.open(SHORT)
    neurons = network.page.locator("#network-card .layer-line [data-part='number']").first
    wrong = network.part("network-card", "wrong")
    neurons.fill("65")
    said = "Neurons of layer 1: a whole number from 1 to 64 was expected, 65 came."
    expect(wrong).to_have_text(said)
    expect(neurons).to_have_accessible_description(said)
    neurons.blur()
    expect(neurons).to_have_value("4")
    expect(neurons).to_have_attribute("aria-invalid", "false")
    network.setting("l2").fill("-1")
    expect(wrong).to_have_text("L2: a number from 0 on was expected, -1 came.")
    network.setting("l2").fill("0.01")
    expect(wrong).to_be_empty()
