"""The sheet "look inside": one question after the other about the networks at the playhead."""

import json
import struct

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab.test_accessibility import AXE, SERIOUS
from tests.browser.lab_page import DESKTOP, PHONE, eventually, number
from tests.browser.network.network_page import NetworkPage, in_one_go

SHORT = "data=moons&samples=120&hidden=4,4&steps=200&seed=1&entrant=sgd:lr=0.3&entrant=adam:lr=0.02"
DIGITS = "data=digits&hidden=12&steps=150&entrant=sgd:lr=0.1&entrant=adam:lr=0.02"


def opened(network: NetworkPage, panel: str, fragment: str = SHORT) -> Locator:
    """The panel, of the networks at the end of their training."""
    network.open(fragment, size=DESKTOP)
    network.page.keyboard.press("End")
    network.page.locator(f"[data-inside='{panel}']").click()
    return network.page.locator(f"[data-panel='{panel}']")


def part(panel: Locator, name: str) -> Locator:
    return panel.locator(f"[data-part='{name}']")


def test_the_sheet_opens_beside_the_page_and_gives_the_focus_back(network: NetworkPage) -> None:
    panel = opened(network, "sample")
    expect(panel).to_be_visible()
    expect(network.page.locator("#inside-sheet-title")).to_be_focused()
    network.page.locator("#inside-sheet [data-part='which']").select_option(label="Take it home")
    expect(panel).to_be_hidden()
    expect(network.page.locator("[data-panel='export']")).to_be_visible()
    network.page.keyboard.press("Escape")
    expect(network.page.locator("#inside-sheet")).to_be_hidden()
    expect(network.page.locator("[data-inside='sample']")).to_be_focused()


def test_questions_that_make_no_sense_are_not_offered(network: NetworkPage) -> None:
    network.open("data=curve&hidden=4&steps=60&entrant=adam", size=DESKTOP)
    expect(network.page.locator("[data-inside='confusion']")).to_be_hidden()
    expect(network.page.locator("[data-inside='digit']")).to_be_hidden()
    expect(network.page.locator("[data-inside='tweak']")).to_be_visible()


# ---------------------------------------------------------------- one sample


def test_a_sample_goes_forward_and_its_error_comes_back(network: NetworkPage) -> None:
    panel = opened(network, "sample")
    part(panel, "row").fill("17")
    expect(part(panel, "loss")).not_to_be_empty()
    phase = part(panel, "phase")
    lit = panel.locator(".flow-cell.is-lit")
    expect(lit).to_have_count(2)
    phase.fill("1")
    expect(lit).to_have_count(2 + 4)
    phase.fill("3")
    expect(lit).to_have_count(2 + 4 + 4 + 1)
    probability = number(panel.locator(".flow-column").last.inner_text())
    said = part(panel, "said").inner_text()
    share = number(said.split("(")[1].split()[0]) / 100
    assert share == pytest.approx(probability if said.startswith("B") else 1 - probability, abs=0.02)
    phase.fill("5")
    expect(panel.locator(".flow-cell.is-error")).to_have_count(1)
    right = float(part(panel, "target").inner_text().endswith("B"))
    wanted = pytest.approx(probability - right, abs=0.02)  # e = p - t
    cell = panel.locator(".flow-cell.is-error")
    assert eventually(lambda: number(cell.inner_text()), lambda error: error == wanted) == wanted
    phase.fill("7")
    expect(panel.locator(".flow-cell.is-error")).to_have_count(9)


def test_the_chain_rule_follows_the_chosen_weight(network: NetworkPage) -> None:
    panel = opened(network, "sample")
    lines = panel.locator(".explain-line")
    expect(lines).to_have_count(6)
    before = lines.last.inner_html()
    part(panel, "weight-to").select_option(index=2)
    assert eventually(lambda: lines.last.inner_html(), lambda seen: seen != before) != before
    assert network.get("weight") == {"layer": 0, "from": 0, "to": 2}
    part(panel, "weight-layer").select_option(index=2)
    expect(lines).to_have_count(4)  # the loss makes probabilities of the last sums itself


def test_a_sample_is_picked_from_the_plane(network: NetworkPage) -> None:
    panel = opened(network, "sample")
    picture = part(panel, "pick")
    expect(picture.locator("canvas")).to_be_visible()
    picture.click(position={"x": 20, "y": 20})
    row = part(panel, "row").input_value()
    picture.click(position={"x": 100, "y": 110})
    assert part(panel, "row").input_value() != row


# ---------------------------------------------------------------- to take home


def test_curves_weights_and_script_are_downloaded(network: NetworkPage) -> None:
    panel = opened(network, "export")

    def taken(kind: str) -> tuple[str, bytes]:
        with network.page.expect_download() as download:
            panel.locator(f"[data-export='{kind}']").click()
        return download.value.suggested_filename, download.value.path().read_bytes()

    name, curves = taken("csv")
    assert name.endswith(".csv")
    assert len(curves.decode().splitlines()) > 20
    name, weights = taken("safetensors")
    assert name.endswith(".safetensors")
    (length,) = struct.unpack("<Q", weights[:8])
    header = json.loads(weights[8 : 8 + length])
    assert header["0.weight"]["shape"] == [4, 2]
    name, script = taken("pytorch")
    assert name.endswith(".py")
    assert "nn.Linear(2, 4)" in script.decode()
    expect(part(panel, "said")).to_contain_text(name)


# ---------------------------------------------------------------- one weight, and one gradient


def test_a_tweaked_weight_lights_up_what_lies_behind_it_and_nothing_else(network: NetworkPage) -> None:
    panel = opened(network, "tweak")
    heard = panel.locator(".flow-cell.is-heard")
    part(panel, "slider").fill("-2.5")
    expect(heard).to_have_count(1 + 4 + 1)
    expect(panel.locator(".flow-cell.is-dark")).to_have_count(3)
    before, after = eventually(
        lambda: [number(each) for each in part(panel, "losses").inner_text().split(" → ")],
        lambda seen: seen[0] != seen[1],  # an answer to the value before may still be shown
    )
    assert after > before
    part(panel, "weight-layer").select_option(index=1)
    expect(part(panel, "reset")).to_be_disabled()
    part(panel, "slider").fill("2.9")
    expect(heard).to_have_count(1 + 1)
    network.shows("#inside-sheet .tweak-output canvas", 100)
    part(panel, "reset").click()
    expect(heard).to_have_count(0)


def test_a_tweaked_weight_of_a_network_that_reads_digits(network: NetworkPage) -> None:
    panel = opened(network, "tweak", DIGITS)
    part(panel, "slider").fill("2.5")
    expect(panel.locator(".flow-cell.is-heard")).to_have_count(1 + 10)
    part(panel, "weight-from").select_option(index=0)  # a corner: no digit has ink there
    part(panel, "slider").fill("-2.5")
    expect(part(panel, "heard")).to_contain_text("Nobody hears of it")


def test_one_step_of_one_weight_is_told_in_the_numbers_it_was_taken_with(network: NetworkPage) -> None:
    panel = opened(network, "step")
    note = part(panel, "note")
    expect(note).to_have_text("The training ends here. This is the step that would come next.")
    training = in_one_go(network.setup)
    step = 3 * training.every + 1
    assert training.every > 1, "between two records"
    network.go_to(step)
    for index, (move, entrant, weight) in enumerate(((0, 1, 0), (1, 0, 3))):
        if index:
            network.page.locator("#inside-sheet select[data-part='racer']").select_option(str(entrant))
            part(panel, "weight-to").select_option(index=3)
            part(panel, "on").click()
        now = step + move
        was, after = (training.weights(each)[weight, entrant] for each in (now, now + 1))
        expect(part(panel, "step")).to_have_text(f"step {now}")
        seen = eventually(
            lambda: [number(each) for each in part(panel, "next").inner_text().split(" → ")],
            lambda seen, ends=(was, after): seen == pytest.approx(ends, rel=1e-3),
        )
        assert seen == pytest.approx([was, after], rel=1e-3)
    expect(panel.locator(".explain-line")).to_have_count(2)  # what g is, and gradient descent
    expect(part(panel, "sentence")).not_to_be_empty()
    expect(note).to_be_empty()
    slope = number(part(panel, "slope").inner_text())
    assert number(panel.locator(".explain-numbers").first.inner_text()) == pytest.approx(slope, rel=1e-3)


def test_who_has_stopped_or_diverged_takes_no_step(network: NetworkPage) -> None:
    hot = "&patience=20&entrant=sgd:lr=9e9&entrant=adam:lr=0.5"
    panel = opened(network, "step", f"data=curve&hidden=4&steps=300&seed=2{hot}")
    expect(part(panel, "note")).to_contain_text("Early stopping has put it back")
    network.page.locator("#inside-sheet select[data-part='racer']").select_option("0")
    expect(part(panel, "note")).to_contain_text("It diverged at step")


def test_the_stopwatch_times_both_ways_and_finds_the_same_gradient(network: NetworkPage) -> None:
    panel = opened(network, "stopwatch")
    part(panel, "run").click()
    expect(part(panel, "said")).to_contain_text("37 weights")
    expect(part(panel, "passes-differences")).to_have_text("74 forward")
    assert float(part(panel, "said").inner_text().split()[2]) > 1
    expect(part(panel, "agrees")).to_contain_text("same gradient")


# ---------------------------------------------------------------- searches


def test_random_search_stands_beside_the_optimizers(network: NetworkPage) -> None:
    panel = opened(network, "needle")
    part(panel, "run").click()
    best = part(panel, "best")
    expect(best).to_contain_text("The best of 1,000 random networks has a loss of")
    loss = number(best.inner_text().split("loss of ")[1].split()[0])
    training: list[float] = network.ask("({ run }) => [...run.get().measured.training[1]]")
    records: list[int] = network.ask("({ run }) => run.get().records")
    step = next(step for step, each in zip(records, training, strict=False) if each < loss)
    expect(part(panel, "racers").locator("li").last).to_have_text(f"Adam is better from step {step} on.")
    network.shows("[data-panel='needle'] .search-chart canvas", 300)
    expect(part(panel, "power")).to_have_text("37")
    expect(part(panel, "years")).to_contain_text("universe")


def test_a_search_that_is_too_much_is_refused_in_words(network: NetworkPage) -> None:
    panel = opened(network, "needle", "data=moons&hidden=64,64,64,64&steps=20&entrant=adam")
    part(panel, "slider").fill("3")
    part(panel, "run").click()
    expect(part(panel, "progress")).to_contain_text("may be at most")


def test_cross_validation_finds_a_winner_that_can_be_raced(network: NetworkPage) -> None:
    panel = opened(network, "folds")
    panel.locator("[data-over='width']").click()
    part(panel, "folds").locator("[data-part='slider']").fill("1")
    part(panel, "run").click()
    said = part(panel, "said")
    expect(said).to_contain_text("neurons a layer, with a mean loss of")
    expect(said).to_contain_text("On the test set")
    network.shows("[data-panel='folds'] .search-chart canvas", 200)
    width = [int(each) for each in said.inner_text().split("Best: ")[1].split()[0].split("-")]
    part(panel, "take").click()
    network.wait("({ setup }, width) => setup.get().hidden.join() === width.join()", width)


# ---------------------------------------------------------------- for everybody

BEYOND = """() => [document.documentElement, document.querySelector('.inside-body')]
  .map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)"""
PANELS = ["sample", "tweak", "step", "stopwatch", "confusion", "digit", "needle", "sweep", "folds", "export"]


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_axe_finds_no_serious_fault_inside(network: NetworkPage, shade: str) -> None:
    network.page.emulate_media(color_scheme="dark" if shade == "dark" else "light")
    network.open(DIGITS, size=DESKTOP if shade == "light" else PHONE)
    network.page.evaluate(AXE)
    assert network.page.evaluate(SERIOUS) == []
    for name in PANELS:
        network.page.evaluate("(name) => document.querySelector(`[data-inside=${name}]`).click()", name)
        expect(network.page.locator(f"[data-panel='{name}']")).to_be_visible()
        faults = eventually(lambda: network.page.evaluate(SERIOUS, "#inside"), lambda found: not found)
        assert faults == [], name


def test_nothing_scrolls_sideways_inside(network: NetworkPage) -> None:
    network.open(DIGITS, size=DESKTOP)
    for width in (360, 390, 1024, 1440):
        network.page.set_viewport_size({"width": width, "height": 900})
        for name in PANELS:
            network.page.evaluate("(name) => document.querySelector(`[data-inside=${name}]`).click()", name)
            # Pictures follow the window a moment later.
            beyond = eventually(lambda: network.page.evaluate(BEYOND), lambda pixels: pixels == [0, 0])
            assert beyond == [0, 0], (name, width)
            network.page.keyboard.press("Escape")
